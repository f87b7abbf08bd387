#!lua
-- Keeps whether by holds a place, in place of what is there.
-- KEYS place
-- ARGV by 1 or 0
local held = redis.call('HGET', KEYS[1], ARGV[1]) == '1' and 1 or 0
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HINCRBY', KEYS[1], '', tonumber(ARGV[2]) - held)
return 1
