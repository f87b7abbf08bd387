#!lua
-- Takes a place for by while fewer than limit hold it.
-- KEYS place: by → 1 holds it or 0 has freed it, and under '' how many hold it
-- ARGV by limit
-- Answers 1 taken or 0.
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known then return tonumber(known) end
if tonumber(redis.call('HGET', KEYS[1], '') or '0') >= tonumber(ARGV[2]) then return 0 end
redis.call('HINCRBY', KEYS[1], '', 1)
redis.call('HSET', KEYS[1], ARGV[1], 1)
return 1
