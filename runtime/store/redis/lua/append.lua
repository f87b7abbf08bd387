#!lua
-- Appends a record to a list, once for every by.
-- KEYS ids bodies order
-- ARGV by hex-of-by body
-- Answers {id, 1 appended or 0 known}. ids: by → id, and under '' the number of records ever written.
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known then
  redis.call('HSET', KEYS[1], ARGV[1], known) -- a write, so that a WAIT behind it covers the first attempt too
  return {known, 0}
end
local n = redis.call('HINCRBY', KEYS[1], '', 1)
local id = string.format('%012d-%s', n, ARGV[2])
redis.call('HSET', KEYS[1], ARGV[1], id)
redis.call('HSET', KEYS[2], id, ARGV[3])
redis.call('ZADD', KEYS[3], 0, id)
return {id, 1}
