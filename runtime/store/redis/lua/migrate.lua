#!lua flags=allow-oom
-- Moves the timers of a person from a hash and entries of the schedule of their own (layout 1) to the session's key.
-- KEYS session timers schedule
-- ARGV now person
-- Answers how many there were.
local session, timers, schedule, t, uk = KEYS[1], KEYS[2], KEYS[3], now(ARGV[1]), ARGV[2]
local h = hold(session, t)
if h.n == 0 then h.ends = math.max(0, redis.call('PTTL', session)) end
if h.n == 0 and h.ends > 0 then h.ends = h.ends + t end
local held = redis.call('HGETALL', timers)
for i = 1, #held, 2 do
  local member = uk .. '\0' .. held[i]
  local name, gen = string.match(held[i], '^(.*)%z(%d+)$')
  local at = redis.call('ZSCORE', schedule, member)
  if at and name then set_timer(h.timers, name .. '\0' .. string.format('%.0f', tonumber(gen)), at, held[i + 1]) end
  redis.call('ZREM', schedule, member)
end
redis.call('DEL', timers)
if #h.timers > 0 then keep(session, schedule, uk, h, t) end
return #held / 2
