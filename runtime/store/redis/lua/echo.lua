#!lua
-- Remembers an echo, unless its id is known.
-- KEYS echoes
-- ARGV id look-and-time ttl bytes
-- Answers {1 noted or 0 known}.
local list = redis.call('GET', KEYS[1]) or ''
if echo_at(list, ARGV[1]) then return {0} end
redis.call('SET', KEYS[1], string.sub(list .. ARGV[1] .. ARGV[2], -tonumber(ARGV[4])), 'PX', ARGV[3])
return {1}
