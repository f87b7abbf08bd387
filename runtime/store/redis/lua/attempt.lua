#!lua flags=allow-oom
-- Notes that work on an item begins, or takes the note away.
-- KEYS attempt
-- ARGV note ('' for none) ttl
-- Answers {}.
if ARGV[1] == '' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
end
return {}
