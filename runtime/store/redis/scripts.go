package redis

import (
	_ "embed" // the scripts lie beside this file
	"strings"

	"github.com/redis/go-redis/v9"
)

// The scripts, one per operation. What they expect and answer stands in them.
var (
	//go:embed lua/prelude.lua
	prelude string
	//go:embed lua/accept.lua
	acceptText string
	//go:embed lua/commit.lua
	commitText string
	//go:embed lua/done.lua
	doneText string
	//go:embed lua/release.lua
	releaseText string
	//go:embed lua/load.lua
	loadText string
	//go:embed lua/attempt.lua
	attemptText string
	//go:embed lua/claim.lua
	claimText string
	//go:embed lua/fire.lua
	fireText string
	//go:embed lua/timers.lua
	timersText string
	//go:embed lua/migrate.lua
	migrateText string
	//go:embed lua/echo.lua
	echoText string
	//go:embed lua/draw.lua
	drawText string
	//go:embed lua/tell.lua
	tellText string
	//go:embed lua/only.lua
	onlyText string
	//go:embed lua/append.lua
	appendText string
	//go:embed lua/list.lua
	listText string
	//go:embed lua/erase.lua
	eraseText string
	//go:embed lua/take.lua
	takeText string
	//go:embed lua/free.lua
	freeText string
	//go:embed lua/dump.lua
	dumpText string
	//go:embed lua/put.lua
	putText string
	//go:embed lua/putrecord.lua
	putRecordText string
	//go:embed lua/putplace.lua
	putPlaceText string
)

// scripts are the operations a client can run.
type scripts struct {
	accept, commit, done, release, load, claim, fire *redis.Script
	attempt                                          *redis.Script
	timers, migrate                                  *redis.Script
	echo, draw, tell, only                           *redis.Script
	append, list, erase, take, free                  *redis.Script
	dump, put, putRecord, putPlace                   *redis.Script
}

func newScripts() scripts {
	return scripts{
		accept: script(acceptText), commit: script(commitText), done: script(doneText), release: script(releaseText),
		load: script(loadText), claim: script(claimText), fire: script(fireText), echo: script(echoText),
		attempt: script(attemptText), timers: script(timersText), migrate: script(migrateText),
		draw: script(drawText), tell: script(tellText), only: script(onlyText),
		append: script(appendText), list: script(listText), erase: script(eraseText),
		take: script(takeText), free: script(freeText),
		dump: script(dumpText), put: script(putText), putRecord: script(putRecordText), putPlace: script(putPlaceText),
	}
}

// script puts the prelude behind the first line, which tells the server that the script may be refused as a whole when
// memory is full: nothing is ever half-written.
func script(text string) *redis.Script {
	first, rest, _ := strings.Cut(text, "\n")
	return redis.NewScript(first + "\n" + prelude + rest)
}
