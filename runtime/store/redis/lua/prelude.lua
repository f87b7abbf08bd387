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

-- set_timer sets a timer of a person, or clears it where at is ''.
local function set_timer(timers, schedule, uk, name, at, body)
  if at == '' then
    redis.call('HDEL', timers, name)
    redis.call('ZREM', schedule, uk .. '\0' .. name)
    return
  end
  redis.call('HSET', timers, name, body)
  redis.call('ZADD', schedule, at, uk .. '\0' .. name)
end

-- echo_at returns where an echo begins in a list of them (24 bytes each), nil where it is not.
local function echo_at(list, id)
  for i = 1, #list, 24 do
    if string.sub(list, i, i + 7) == id then return i end
  end
end
