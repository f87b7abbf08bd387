#!lua flags=allow-oom
-- Removes the outbox head if it is the given item.
-- KEYS mailbox outbox due
-- ARGV now person lease id
-- Answers {0} for another head, else {1, mailbox head, outbox head, lease end (0: free)}.
local mail, out, due = KEYS[1], KEYS[2], KEYS[3]
local head = redis.call('LINDEX', out, 0)
if not head or string.sub(head, 1, 8) ~= ARGV[4] then return {0} end
redis.call('LPOP', out)
local m, o, ends = settle(due, mail, out, ARGV[2], now(ARGV[1]) + tonumber(ARGV[3]))
return {1, m, o, ends}
