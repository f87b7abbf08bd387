#!lua flags=allow-oom
-- Removes the outbox head if it is the given item, starts timers that are still set, and uses echoes up.
-- KEYS mailbox outbox due session schedule echoes
-- ARGV now person lease id [echo-ttl echoes-bytes n taken×n (timer at body)…]
-- Answers {0} for another head, else {1, mailbox head, outbox head, lease end (0: free)}.
local mail, out, due, uk = KEYS[1], KEYS[2], KEYS[3], ARGV[2]
local head = redis.call('LINDEX', out, 0)
if not head or string.sub(head, 1, 8) ~= ARGV[4] then return {0} end
redis.call('LPOP', out)
local n = tonumber(ARGV[7] or '0')
if n > 0 then
  local list = redis.call('GET', KEYS[6]) or ''
  for i = 8, 7 + n do
    local at = echo_at(list, ARGV[i])
    if at then
      list = string.sub(list, 1, at + 7) .. string.rep('\0', 16) .. string.sub(list, at + 24)
    else
      list = list .. ARGV[i] .. string.rep('\0', 16)
    end
  end
  redis.call('SET', KEYS[6], string.sub(list, -tonumber(ARGV[6])), 'PX', ARGV[5])
end
local t = now(ARGV[1])
if #ARGV > 7 + n then
  local h = hold(KEYS[4], t)
  for i = 8 + n, #ARGV, 3 do
    if timer_at(h.timers, ARGV[i]) then set_timer(h.timers, ARGV[i], ARGV[i + 1], ARGV[i + 2]) end
  end
  if h.n > 0 then keep(KEYS[4], KEYS[5], uk, h, t) end
end
local m, o, ends = settle(due, mail, out, uk, t + tonumber(ARGV[3]))
return {1, m, o, ends}
