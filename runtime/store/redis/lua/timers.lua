#!lua flags=allow-oom
-- Lists all timers of people of one partition. Who has none is taken off the schedule.
-- KEYS schedule session…
-- ARGV now person…, one for each session
-- Answers {{name, time, …}, …}, one for each session.
local all, t = {}, now(ARGV[1])
for i = 2, #KEYS do
  local found = {}
  for _, timer in ipairs(hold(KEYS[i], t).timers) do
    found[#found + 1] = timer.name
    found[#found + 1] = timer.at
  end
  if #found == 0 then redis.call('ZREM', KEYS[1], ARGV[i]) end
  all[i - 1] = found
end
return all
