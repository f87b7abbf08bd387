package redis

import "github.com/redis/go-redis/v9"

// Tags are the hash tags of the partitions.
func Tags() []string { return tags[:] }

// ParseURL is what a URL becomes.
func ParseURL(text string) (*redis.UniversalOptions, error) { return parseURL(text) }

// PersonKeys are all keys of a person, with those of the partition.
func (s *Store) PersonKeys(key string) []string {
	return s.keys.named(key, kindSession, kindMailbox, kindOutbox, kindRing, kindOld, kindTimers, kindJournal, kindDue, kindSchedule)
}

// Client is the connection, for tests that look at the server behind the store's back.
func (s *Store) Client() redis.UniversalClient { return s.client }

// Passing is whether an error is worth another attempt.
func Passing(err error) bool { return passing(err) }

// MapError is what an error becomes.
func MapError(err error) error { return mapError(err) }
