#!lua
-- Takes turns of a lane at an even pace (generic cell rate algorithm).
-- KEYS pace
-- ARGV now every room most wait (ms with fractions)
-- Answers {n, ahead, wait} (µs). pace: when the next turn comes, in ms with fractions.
local t, every, room, most = now(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local at = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), t)
local ahead, n, wait = at - t, 0, 0
while n < most and at - t <= room do
  at = at + every
  n = n + 1
end
if n == 0 then
  wait = at - t - room
  if wait > tonumber(ARGV[5]) then return {0, 0, math.ceil(wait * 1000)} end
  at, n = at + every, 1
end
redis.call('SET', KEYS[1], string.format('%.3f', at), 'PX', math.ceil(at - t) + 60000)
return {n, math.floor(ahead * 1000 + 0.5), math.ceil(wait * 1000)}
