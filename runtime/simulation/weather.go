package simulation

import (
	"math/rand/v2"
	"time"

	"hoithoai/runtime/store"
)

// Weather draws what a seed is to go through: one kind of fault alone, which then is frequent, or all of them together, which
// reaches what only comes of two; small limits, one process or several, bursts or none, and now and then a message that ends every process.
func Weather(seed uint64) Config {
	rng := rand.New(rand.NewPCG(seed, 0x77656174686572))
	c := Config{
		Seed: seed, Writers: 1 + rng.IntN(3), Tellers: 1 + rng.IntN(2), Messages: 4 + rng.IntN(5), Replicas: 1 + rng.IntN(3),
		Store: store.Config{Ring: 1 << rng.IntN(7)},
	}
	if rng.IntN(3) == 0 {
		c.Gather = 3 * time.Second
	}
	c.Faults = weathers[rng.IntN(len(weathers))]
	if rng.IntN(4) == 0 {
		c.Doomed = 1
	}
	return c
}

// weathers are the kinds of bad luck.
var weathers = [...]Faults{
	{Refused: .04, Lost: .04, Slow: .06},
	{Stalled: .03, Freezes: .2},
	{Dead: .02, Shot: .03, Kills: .05},
	{Wire: .25, Sluggish: .1},
	{Unheard: .25, Again: .3, Late: .15},
	{
		Refused: .01, Lost: .01, Slow: .03, Stalled: .01, Dead: .005, Shot: .01, Wire: .06, Sluggish: .03, Unheard: .05, Again: .1, Late: .03,
		Kills: .03, Freezes: .1,
	},
}
