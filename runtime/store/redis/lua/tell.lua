#!lua
-- Notes what a process learned about pauses, and returns what all know.
-- KEYS pauses processes
-- ARGV now process process-life life after (lane left since count by sure seq)… (ms)
-- Answers {processes, newest seq, {lane, left, since, count, by, sure, seq}…}.
-- pauses: lane → seq until since count sure by (numbers with spaces between), and under '' the newest seq.
local t, after = now(ARGV[1]), tonumber(ARGV[5])
local function read(text)
  local seq, ends, since, count, sure, by = string.match(text, '^(%d+) (%d+) (%d+) (%d+) (%d) (.*)$')
  return tonumber(seq), tonumber(ends), tonumber(since), tonumber(count), tonumber(sure), by
end

for i = 6, #ARGV, 7 do
  local left = tonumber(ARGV[i + 1])
  local stands = 0
  local text = redis.call('HGET', KEYS[1], ARGV[i])
  if text then stands = read(text) end
  if left > 0 or stands == tonumber(ARGV[i + 6]) then
    local seq = redis.call('HINCRBY', KEYS[1], '', 1)
    redis.call('HSET', KEYS[1], ARGV[i], string.format('%d %d %d %d %s %s', seq, t + left, t - tonumber(ARGV[i + 2]),
      tonumber(ARGV[i + 3]), ARGV[i + 5], ARGV[i + 4]))
  end
end
redis.call('ZADD', KEYS[2], t, ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', t - tonumber(ARGV[3]))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[4])

local newest = tonumber(redis.call('HGET', KEYS[1], '') or '0')
local answer = {redis.call('ZCARD', KEYS[2]), newest}
if newest <= after then return answer end
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  if all[i] ~= '' then
    local seq, ends, since, count, sure, by = read(all[i + 1])
    if seq > after then answer[#answer + 1] = {all[i], math.max(ends - t, 0), t - since, count, by, sure, seq} end
  end
end
return answer
