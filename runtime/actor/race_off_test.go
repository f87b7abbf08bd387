//go:build !race

package actor_test

// flooding is how many people write ten messages each in TestFloodOfOneOffice.
const flooding = 500
