#!lua
-- Takes an event into a person's mailbox, once.
-- KEYS session mailbox outbox ring old due
-- ARGV now person lease id body sent retry window ring-size old-size mailbox-size
-- Answers {1 accepted, session, mailbox head (1: this event), outbox head, lease end}, {2 queued}, {3 duplicate}, {4 stale}, {5 flooded}.
-- ring: the newest ids by the channel's time; its member '' carries the watermark and sorts before any id of that time.
-- old: the ids that fell out of the ring, by the time they did.
local session, mail, out, ring, old, due = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local t, uk, id, sent, window = now(ARGV[1]), ARGV[2], ARGV[4], tonumber(ARGV[6]), tonumber(ARGV[8])
if sent < 1 or sent > t then sent = t end

local left, seen = redis.call('ZSCORE', old, id), redis.call('ZMSCORE', ring, id, '')
if seen[1] or (left and tonumber(left) > t - window) then
  redis.call('PEXPIRE', ring, window) -- a write, so that a WAIT behind it covers the first attempt too
  return {3}
end
local mark = tonumber(seen[2] or '0')
if sent < mark and ARGV[7] == '0' then
  redis.call('PEXPIRE', ring, window)
  return {4}
end
local waiting = redis.call('LLEN', mail)
if waiting >= tonumber(ARGV[11]) then return {5} end

redis.call('ZADD', ring, sent, id)
local size = redis.call('ZCARD', ring)
if mark > 0 then size = size - 1 end
if size > tonumber(ARGV[9]) then
  local low = redis.call('ZRANGE', ring, 0, 1, 'WITHSCORES')
  local i = low[1] == '' and 3 or 1
  redis.call('ZREM', ring, low[i])
  redis.call('ZADD', ring, math.max(mark, tonumber(low[i + 1])), '')
  redis.call('ZADD', old, t, low[i])
  redis.call('ZREMRANGEBYSCORE', old, '-inf', t - window)
  redis.call('ZREMRANGEBYRANK', old, 0, -1 - tonumber(ARGV[10]))
  redis.call('PEXPIRE', old, window)
end
redis.call('PEXPIRE', ring, window)
redis.call('RPUSH', mail, id .. ARGV[5])

local ends = t + tonumber(ARGV[3])
if redis.call('ZADD', due, 'NX', ends, uk) == 0 then return {2} end
return {1, snapshot(session, t), waiting == 0 or redis.call('LINDEX', mail, 0), redis.call('LINDEX', out, 0), ends}
