#!lua flags=allow-oom
-- Takes over people whose time has come, and lists people who have due timers: at most n of each, earliest first.
-- KEYS due schedule
-- ARGV now lease n
-- Answers {people, people with timers, time of the earliest entry not listed ('' for none), now}.
local due, schedule, t, n = KEYS[1], KEYS[2], now(ARGV[1]), tonumber(ARGV[3])
local scored, people = redis.call('ZRANGEBYSCORE', due, '-inf', t, 'WITHSCORES', 'LIMIT', 0, n), {}
for i = 1, #scored, 2 do
  people[#people + 1] = scored[i]
  redis.call('ZADD', due, t + tonumber(ARGV[2]) - -tonumber(scored[i + 1]) % 1, scored[i]) -- how the last owner left stays
end
local timed = redis.call('ZRANGEBYSCORE', schedule, '-inf', t, 'LIMIT', 0, n)
local first = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')[2]
local second = redis.call('ZRANGE', schedule, #timed, #timed, 'WITHSCORES')[2]
if not first or (second and tonumber(second) < tonumber(first)) then first = second end
return {people, timed, first or '', t}
