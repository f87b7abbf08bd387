#!lua
-- Gives something to one caller for a while.
-- KEYS claim
-- ARGV ms
-- Answers {0} for ours, else {ms it is still another's}.
if redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) then return {0} end
return {math.max(redis.call('PTTL', KEYS[1]), 1)}
