#!lua flags=no-writes
-- Reads all that is kept of a person at one moment.
-- KEYS session mailbox outbox ring old due schedule journal echoes
-- ARGV now person window
-- Answers {session, its life in ms (-1: without end, -2: none), mailbox, outbox, due ('' for a free person),
-- {timer, at, body, …}, journal, its life, {id, time, …} of the ring, its life, the same of the old,
-- echoes, their life}.
local uk, at = ARGV[2], now(ARGV[1])
local timers, h = {}, hold(KEYS[1], at)
for _, timer in ipairs(h.timers) do
  timers[#timers + 1] = timer.name
  timers[#timers + 1] = string.format('%.0f', timer.at)
  timers[#timers + 1] = timer.body
end
local life = h.n > 0 and h.ends > 0 and h.ends - at or redis.call('PTTL', KEYS[1])
return {
  h.plain, life,
  redis.call('LRANGE', KEYS[2], 0, -1), redis.call('LRANGE', KEYS[3], 0, -1),
  redis.call('ZSCORE', KEYS[6], uk) or '', timers,
  redis.call('LRANGE', KEYS[8], 0, -1), redis.call('PTTL', KEYS[8]),
  redis.call('ZRANGE', KEYS[4], 0, -1, 'WITHSCORES'), redis.call('PTTL', KEYS[4]),
  redis.call('ZRANGEBYSCORE', KEYS[5], '(' .. string.format('%.0f', at - tonumber(ARGV[3])), '+inf', 'WITHSCORES'),
  redis.call('GET', KEYS[9]) or '', redis.call('PTTL', KEYS[9]),
}
