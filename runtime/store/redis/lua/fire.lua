#!lua
-- Moves a due timer into the mailbox, once.
-- KEYS session mailbox outbox due timers schedule
-- ARGV now person lease timer id
-- Answers {0} for a timer that is not there or not due, {1} for a person who is owned, else
-- {2, session, mailbox head, outbox head, lease end}.
local mail, due, timers, schedule = KEYS[2], KEYS[4], KEYS[5], KEYS[6]
local t, uk, name = now(ARGV[1]), ARGV[2], ARGV[4]
local at = redis.call('ZSCORE', schedule, uk .. '\0' .. name)
local body = redis.call('HGET', timers, name)
if not at or not body or tonumber(at) > t then return {0} end
redis.call('HDEL', timers, name)
redis.call('ZREM', schedule, uk .. '\0' .. name)
redis.call('RPUSH', mail, ARGV[5] .. body)
if redis.call('ZSCORE', due, uk) then return {1} end
local ends = t + tonumber(ARGV[3])
redis.call('ZADD', due, ends, uk)
return {2, redis.call('GET', KEYS[1]), redis.call('LINDEX', mail, 0), redis.call('LINDEX', KEYS[3], 0), ends}
