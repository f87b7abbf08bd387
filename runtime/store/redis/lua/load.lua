#!lua flags=allow-oom
-- Reads the work of a person and renews the lease of one who is not free.
-- KEYS session mailbox outbox due attempt
-- ARGV now person lease
-- Answers {session, mailbox head, outbox head, lease end (0: free), how the last owner left: 0 silent, 1 put off, 2 put off untried,
-- attempt}.
local ends, t, left = 0, now(ARGV[1]), 0
local score = redis.call('ZSCORE', KEYS[4], ARGV[2])
if score then
  left = -tonumber(score) % 1 * 4
  ends = t + tonumber(ARGV[3])
  redis.call('ZADD', KEYS[4], ends, ARGV[2])
end
return {
  hold(KEYS[1], t).plain, redis.call('LINDEX', KEYS[2], 0), redis.call('LINDEX', KEYS[3], 0), ends, left, redis.call('GET', KEYS[5]),
}
