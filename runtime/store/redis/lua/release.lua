#!lua flags=allow-oom
-- Frees a person without work; renews the lease of any other.
-- KEYS session mailbox outbox due
-- ARGV now person lease
-- Answers {session, mailbox head, outbox head, lease end (0: free)}.
local t = now(ARGV[1])
local m, o, ends = settle(KEYS[4], KEYS[2], KEYS[3], ARGV[2], t + tonumber(ARGV[3]))
return {hold(KEYS[1], t).plain, m, o, ends}
