#!lua flags=allow-oom
-- Erases one record; its by stays known.
-- KEYS bodies order
-- ARGV id
-- Answers 1 erased or 0.
redis.call('ZREM', KEYS[2], ARGV[1])
return redis.call('HDEL', KEYS[1], ARGV[1])
