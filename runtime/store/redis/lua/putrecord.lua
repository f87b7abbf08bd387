#!lua
-- Keeps a record, or that it was erased, in place of what is there.
-- KEYS ids bodies order
-- ARGV by id number body ('' for an erased one, else 'r' and the body)
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
if tonumber(redis.call('HGET', KEYS[1], '') or '0') < tonumber(ARGV[3]) then redis.call('HSET', KEYS[1], '', ARGV[3]) end
if ARGV[4] == '' then
  redis.call('HDEL', KEYS[2], ARGV[2])
  redis.call('ZREM', KEYS[3], ARGV[2])
  return 1
end
redis.call('HSET', KEYS[2], ARGV[2], string.sub(ARGV[4], 2))
redis.call('ZADD', KEYS[3], 0, ARGV[2])
return 1
