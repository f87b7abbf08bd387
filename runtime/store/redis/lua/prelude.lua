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

-- What lies under the key of a session: revision (10 digits), last event (8 bytes), sealed session; nothing for somebody never
-- seen. Where timers are set, their block stands before that, so that they take no key of their own:
--   'T', number of timers (2 bytes), when the session ends (6 bytes, Unix ms, 0 for never), then each timer's
--   name (sized), time (6 bytes, Unix ms), body (sized).
-- Such a key lives until its last timer has fired or is cleared: a timer outlives the session.

-- sized puts the length before a string: one byte, or 255 and four.
local function sized(s)
  if #s < 255 then return string.char(#s) .. s end
  return struct.pack('>BI4', 255, #s) .. s
end

-- sized_in returns where what stands sized at i begins, and where the next thing does.
local function sized_in(v, i)
  local n = string.byte(v, i)
  if n == 255 then
    n = struct.unpack('>I4', v, i + 1)
    i = i + 4
  end
  return i + 1, i + n + 1
end

-- sized_at returns what stands sized at i, and where the next thing begins.
local function sized_at(v, i)
  local from, next = sized_in(v, i)
  return string.sub(v, from, next - 1), next
end

-- snapshot is hold(key, t).plain for who needs no timers.
local function snapshot(key, t)
  local v = redis.call('GET', key)
  if not v or string.byte(v) ~= 84 then return v end
  local n, ends, i = struct.unpack('>I2I6', v, 2)
  if ends > 0 and ends <= t then return false end
  for _ = 1, n do
    local _, name = sized_in(v, i)
    _, i = sized_in(v, name + 6)
  end
  return i <= #v and string.sub(v, i)
end

-- hold reads a session's key: plain (revision, event, session; false for none and for one that has ended), ends and timers.
local function hold(key, t)
  local v = redis.call('GET', key)
  if not v or string.byte(v) ~= 84 then return {plain = v, ends = 0, timers = {}, n = 0} end
  local n, ends, i = struct.unpack('>I2I6', v, 2)
  local h = {ends = ends, timers = {}, n = n}
  for j = 1, n do
    local timer = {}
    timer.name, i = sized_at(v, i)
    timer.at = struct.unpack('>I6', v, i)
    timer.body, i = sized_at(v, i + 6)
    h.timers[j] = timer
  end
  h.plain = string.sub(v, i)
  if h.plain == '' or (ends > 0 and ends <= t) then h.plain = false end
  return h
end

-- keep writes what hold read, and the time of the earliest timer into the schedule.
local function keep(key, schedule, uk, h, t)
  local n = #h.timers
  if n > 0 then
    local first, block = h.timers[1].at, {struct.pack('>BI2I6', 84, n, h.ends)}
    for _, timer in ipairs(h.timers) do
      first = math.min(first, timer.at)
      block[#block + 1] = sized(timer.name) .. struct.pack('>I6', timer.at) .. sized(timer.body)
    end
    redis.call('SET', key, table.concat(block) .. (h.plain or ''))
    redis.call('ZADD', schedule, first, uk)
    return
  end
  if h.n > 0 then redis.call('ZREM', schedule, uk) end
  if not h.plain then
    redis.call('DEL', key)
  elseif h.ends > 0 then
    redis.call('SET', key, h.plain, 'PX', math.max(1, h.ends - t))
  else
    redis.call('SET', key, h.plain)
  end
end

-- timer_at returns which timer has a name, nil where none has.
local function timer_at(timers, name)
  for i, timer in ipairs(timers) do
    if timer.name == name then return i end
  end
end

-- set_timer sets a timer, or clears it where at is ''.
local function set_timer(timers, name, at, body)
  local i = timer_at(timers, name)
  if at == '' then
    if i then table.remove(timers, i) end
  else
    timers[i or #timers + 1] = {name = name, at = tonumber(at), body = body}
  end
end

-- echo_at returns where an echo begins in a list of them (24 bytes each), nil where it is not.
local function echo_at(list, id)
  for i = 1, #list, 24 do
    if string.sub(list, i, i + 7) == id then return i end
  end
end
