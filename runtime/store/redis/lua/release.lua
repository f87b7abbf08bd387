#!lua flags=allow-oom
-- Frees a person without work; renews the lease of any other.
-- KEYS session mailbox outbox due
-- ARGV now person lease
-- Answers {session, mailbox head, outbox head, lease end (0: free)}.
local m, o, ends = settle(KEYS[4], KEYS[2], KEYS[3], ARGV[2], now(ARGV[1]) + tonumber(ARGV[3]))
return {redis.call('GET', KEYS[1]), m, o, ends}
