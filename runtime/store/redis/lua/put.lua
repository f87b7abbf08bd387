#!lua
-- Keeps a person in place of who is there.
-- KEYS session mailbox outbox ring old due schedule journal echoes
-- ARGV person session its-life journal-life memory-life due n-mail n-out n-journal n-ring n-old echoes echo-life now
--   mail… out… journal… (id time)… of the ring (id time)… of the old (timer at body)…
-- session: '' for none. its-life: ms, 0 without end. due: '' for a free person. The ring's id '' is the watermark.
local uk = ARGV[1]
redis.call('ZREM', KEYS[6], uk)
redis.call('ZREM', KEYS[7], uk)
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[8], KEYS[9])

local t, h = now(ARGV[14]), {plain = ARGV[2] ~= '' and ARGV[2], ends = 0, timers = {}, n = 0}
if ARGV[3] ~= '0' then h.ends = t + tonumber(ARGV[3]) end
if ARGV[6] ~= '' then redis.call('ZADD', KEYS[6], tonumber(ARGV[6]) - 0.25, uk) end -- put off
if ARGV[12] ~= '' then redis.call('SET', KEYS[9], ARGV[12], 'PX', ARGV[13]) end
local at = 15
for i, key in ipairs({KEYS[2], KEYS[3], KEYS[8]}) do
  for _ = 1, tonumber(ARGV[6 + i]) do
    redis.call('RPUSH', key, ARGV[at])
    at = at + 1
  end
end
for i, key in ipairs({KEYS[4], KEYS[5]}) do
  for _ = 1, tonumber(ARGV[9 + i]) do
    redis.call('ZADD', key, ARGV[at + 1], ARGV[at])
    at = at + 2
  end
  redis.call('PEXPIRE', key, ARGV[5])
end
redis.call('PEXPIRE', KEYS[8], ARGV[4])
for i = at, #ARGV, 3 do set_timer(h.timers, ARGV[i], ARGV[i + 1], ARGV[i + 2]) end
keep(KEYS[1], KEYS[7], uk, h, t)
return 1
