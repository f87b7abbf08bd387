package fake

import "time"

// Clock returns a clock that begins with the machine's and never steps, for Config.Now of a fake that runs with the real time:
// what Zalo says of times agrees with itself, also where this machine's clock is put back in the middle of a test. Otherwise
// events, whose times only rise, would lie after the messages that answer them.
func Clock() func() time.Time {
	began := time.Now()
	return func() time.Time { return began.Add(time.Since(began)) }
}
