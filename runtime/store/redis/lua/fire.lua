#!lua
-- Moves a due timer into the mailbox, once.
-- KEYS session mailbox outbox due schedule
-- ARGV now person lease timer id
-- Answers {0} for a timer that is not there or not due, {1} for a person who is owned, else
-- {2, session, mailbox head, outbox head, lease end}.
local session, mail, due, schedule = KEYS[1], KEYS[2], KEYS[4], KEYS[5]
local t, uk = now(ARGV[1]), ARGV[2]
local h = hold(session, t)
local i = timer_at(h.timers, ARGV[4])
if not i or h.timers[i].at > t then return {0} end
local timer = table.remove(h.timers, i)
keep(session, schedule, uk, h, t)
if timer.body == '' then timer.body = '\0' .. timer.name .. '\0' .. string.format('%.0f', timer.at) end
redis.call('RPUSH', mail, ARGV[5] .. timer.body)
if redis.call('ZSCORE', due, uk) then return {1} end
local ends = t + tonumber(ARGV[3])
redis.call('ZADD', due, ends, uk)
return {2, h.plain, redis.call('LINDEX', mail, 0), redis.call('LINDEX', KEYS[3], 0), ends}
