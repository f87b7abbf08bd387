#!lua flags=allow-oom
-- Gives the place of by back.
-- KEYS place
-- ARGV by
-- Answers 1 freed or 0.
if redis.call('HGET', KEYS[1], ARGV[1]) ~= '1' then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], 0)
redis.call('HINCRBY', KEYS[1], '', -1)
return 1
