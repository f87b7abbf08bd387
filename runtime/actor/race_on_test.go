//go:build race

package actor_test

// flooding is how many people write ten messages each in TestFloodOfOneOffice: with the race detector five hundred take a minute.
const flooding = 100
