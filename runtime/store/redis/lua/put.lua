#!lua
-- Keeps a person in place of who is there.
-- KEYS session mailbox outbox ring old due timers schedule journal echoes
-- ARGV person session its-life journal-life memory-life due n-mail n-out n-journal n-ring n-old echoes echo-life
--   mail… out… journal… (id time)… of the ring (id time)… of the old (timer at body)…
-- session: '' for none. its-life: ms, 0 without end. due: '' for a free person. The ring's id '' is the watermark.
local uk = ARGV[1]
for _, name in ipairs(redis.call('HKEYS', KEYS[7])) do redis.call('ZREM', KEYS[8], uk .. '\0' .. name) end
redis.call('ZREM', KEYS[6], uk)
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[7], KEYS[9], KEYS[10])

if ARGV[2] ~= '' then
  redis.call('SET', KEYS[1], ARGV[2])
  if ARGV[3] ~= '0' then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
end
if ARGV[6] ~= '' then redis.call('ZADD', KEYS[6], ARGV[6], uk) end
if ARGV[12] ~= '' then redis.call('SET', KEYS[10], ARGV[12], 'PX', ARGV[13]) end
local at = 14
for i, key in ipairs({KEYS[2], KEYS[3], KEYS[9]}) do
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
redis.call('PEXPIRE', KEYS[9], ARGV[4])
for i = at, #ARGV, 3 do
  redis.call('HSET', KEYS[7], ARGV[i], ARGV[i + 2])
  redis.call('ZADD', KEYS[8], ARGV[i + 1], uk .. '\0' .. ARGV[i])
end
return 1
