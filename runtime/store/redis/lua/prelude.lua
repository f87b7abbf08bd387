-- Shared by all scripts; goes in behind their first line.

-- now is the server's time in Unix ms; a test may give another in arg.
local function now(arg)
  if arg ~= '' then return tonumber(arg) end
  local t = redis.call('TIME')
  return tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000)
end

-- settle frees a person without work and renews the lease of any other.
-- It returns the first mailbox item, the first outbox item (false where empty) and the end of the lease (0: free).
local function settle(due, mail, out, uk, ends)
  local m, o = redis.call('LINDEX', mail, 0), redis.call('LINDEX', out, 0)
  if not m and not o then
    redis.call('ZREM', due, uk)
    return m, o, 0
  end
  redis.call('ZADD', due, ends, uk)
  return m, o, ends
end
