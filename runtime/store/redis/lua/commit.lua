#!lua
-- Applies a step: session, mailbox pop, outbox push, timers and journal, fenced by the revision.
-- KEYS session mailbox outbox due schedule journal
-- ARGV now person lease rev event session ttl entry journal-size journal-ttl n out×n (timer at body)…
-- entry: '' for none, else 'j' and the entry. ttl: 0 without end. at: '' clears the timer.
-- Answers {1 committed, rev, mailbox head, outbox head, lease end}, {2 already, rev}, {3 released, rev}, {4 lost, rev},
-- {5 absent, rev}.
local session, mail, out, due = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local schedule, journal = KEYS[5], KEYS[6]
local t, uk, want, event, ttl = now(ARGV[1]), ARGV[2], tonumber(ARGV[4]), ARGV[5], tonumber(ARGV[7])

local rev, last = 0, nil
local h = hold(session, t)
if h.plain then rev, last = tonumber(string.sub(h.plain, 1, 10)), string.sub(h.plain, 11, 18) end
if ttl > 0 then h.ends = t + ttl else h.ends = 0 end
if rev == want + 1 and last == event then
  keep(session, schedule, uk, h, t) -- a write, so that a WAIT behind it covers the first attempt too
  return {2, rev}
end
if rev ~= want then return {4, rev} end
local head = redis.call('LINDEX', mail, 0)
if not head or string.sub(head, 1, 8) ~= event then return {5, rev} end

redis.call('LPOP', mail)
if ARGV[6] == '' then
  h.timers = {}
  redis.call('DEL', journal)
end
h.plain = string.format('%010d', rev + 1) .. event .. ARGV[6]
local n = tonumber(ARGV[11])
for i = 12, 11 + n do redis.call('RPUSH', out, ARGV[i]) end
for i = 12 + n, #ARGV, 3 do set_timer(h.timers, ARGV[i], ARGV[i + 1], ARGV[i + 2]) end
keep(session, schedule, uk, h, t)
if ARGV[8] ~= '' then
  redis.call('RPUSH', journal, string.sub(ARGV[8], 2))
  redis.call('LTRIM', journal, -tonumber(ARGV[9]), -1)
  redis.call('PEXPIRE', journal, ARGV[10])
end

local m, o, ends = settle(due, mail, out, uk, t + tonumber(ARGV[3]))
if ends == 0 then return {3, rev + 1} end
return {1, rev + 1, m, o, ends}
