#!lua flags=allow-oom
-- Lists all timers of people of one partition. Who has none is taken off the schedule.
-- KEYS schedule session…
-- ARGV now person…, one for each session
-- Answers {{name, time, …}, …}, one for each session. Somebody whose key is damaged answers one timer without a name, which no
-- call can fire, and is looked at again a minute later: one person's fault must not keep a partition's timers from all others.
local all, t = {}, now(ARGV[1])
for i = 2, #KEYS do
  local found, ok, h = {}, pcall(hold, KEYS[i], t)
  for _, timer in ipairs(ok and h.timers or {{name = '\0000', at = 0}}) do
    found[#found + 1] = timer.name
    found[#found + 1] = timer.at
  end
  if not ok then
    redis.call('ZADD', KEYS[1], t + 60000, ARGV[i])
  elseif #found == 0 then
    redis.call('ZREM', KEYS[1], ARGV[i])
  end
  all[i - 1] = found
end
return all
