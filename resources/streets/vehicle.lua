-- One kind of vehicle for OSRM's extractor, on top of the profile that comes with OSRM.
--
-- The build writes a file that sets SHARE (OSRM's profiles), BASE ("car", "bicycle" or "foot"),
-- VEHICLE (what differs from BASE) and MINUTE (of the week from Monday 00:00, nil for any time),
-- and runs this one.
--
-- A street that is open at some hours only is open where MINUTE is nil, as its addresses are to be
-- served in these hours; to what begins or ends there, not to what passes through.

package.path = SHARE .. "/?.lua;" .. package.path
local base = dofile(SHARE .. "/" .. BASE .. ".lua")

local DAYS = { mo = 0, tu = 1, we = 2, th = 3, fr = 4, sa = 5, su = 6 }
local OPEN = Set { "yes", "permissive", "designated", "delivery", "destination", "customers" }
local ENDS_ONLY = Set { "delivery", "destination", "customers" }
local WALKERS = Set { "pedestrian", "footway" }
local ZONE_SPEED = 7 -- km/h among people on foot

local function is_day(days, day)
  if days == "" then return true end
  for part in days:gmatch("[^,]+") do
    local first, last = part:match("^(%a%a)%-(%a%a)$")
    first, last = DAYS[first or part], DAYS[last or part]
    if first and last and (day - first) % 7 <= (last - first) % 7 then return true end
  end
  return false
end

local function is_hour(hours, minute)
  if hours == "" then return true end
  for h1, m1, h2, m2 in hours:gmatch("(%d%d?):(%d%d)%-(%d%d?):(%d%d)") do
    local from, to = h1 * 60 + m1, h2 * 60 + m2
    if from <= to and from <= minute and minute < to then return true end
    if from > to and (minute >= from or minute < to) then return true end
  end
  return false
end

-- "Mo-Fr 06:00-10:00,14:00-15:00; Sa 07:00-09:00", at a minute of the week
local function holds(condition, minute)
  for rule in condition:lower():gmatch("[^;]+") do
    local days, hours = rule:match("^%s*([%a,%-]*)%s*([%d:,%-%s]*)$")
    if days and is_day(days, math.floor(minute / 1440)) and is_hour(hours, minute % 1440) then
      return true
    end
  end
  return false
end

-- The value that conditional access gives: the last condition that holds; with MINUTE nil the
-- first one that lets in.
local function by_hour(way)
  local text
  for _, key in ipairs(VEHICLE.access) do
    text = text or way:get_value_by_key(key .. ":conditional")
  end
  if not text or text == "" then return nil end
  local found
  for value, condition in text:gmatch("([%a_]+)%s*@%s*%(?([^()]+)%)?") do
    if MINUTE == nil then
      if OPEN[value] then return value end
    elseif holds(condition, MINUTE) then
      found = value
    end
  end
  return found
end

local function always(way)
  for _, key in ipairs(VEHICLE.access) do
    local value = way:get_value_by_key(key)
    if value and value ~= "" then return value end
  end
  return nil
end

local function close(result)
  result.forward_mode = mode.inaccessible
  result.backward_mode = mode.inaccessible
end

local function open(way, result, value)
  local oneway = way:get_value_by_key("oneway")
  local speed = ZONE_SPEED
  if result.forward_speed > 0 then speed = result.forward_speed end
  result.name = way:get_value_by_key("name") or ""
  result.is_startpoint = true
  result.forward_mode, result.backward_mode = mode.driving, mode.driving
  result.forward_speed, result.backward_speed = speed, speed
  result.forward_rate, result.backward_rate = speed / 3.6, speed / 3.6
  result.forward_restricted = ENDS_ONLY[value] or false
  result.backward_restricted = ENDS_ONLY[value] or false
  if oneway == "yes" then result.backward_mode = mode.inaccessible end
  if oneway == "-1" then result.forward_mode = mode.inaccessible end
end

local function is_passable(result)
  return result.forward_mode ~= mode.inaccessible and result.forward_speed > 0
      or result.backward_mode ~= mode.inaccessible and result.backward_speed > 0
end

local function motor(profile, way, result)
  local highway = way:get_value_by_key("highway")
  if not highway or highway == "" then return end
  local hourly = by_hour(way)
  if hourly and not OPEN[hourly] then
    close(result)
  elseif hourly and not is_passable(result) then
    open(way, result, hourly)
  elseif WALKERS[highway] then
    local value = always(way)
    if value and ENDS_ONLY[value] then open(way, result, value) end
  end
end

local function carries_hazmat_past(way)
  return way:get_value_by_key("hazmat") ~= "no"
end

local setup, process_way = base.setup, base.process_way

base.setup = function()
  local profile = setup()
  for key, value in pairs(VEHICLE) do
    if key ~= "access" and key ~= "hazmat" then profile[key] = value end
  end
  if VEHICLE.access then
    profile.access_tags_hierarchy = Sequence(VEHICLE.access)
    profile.restrictions = Sequence(VEHICLE.access)
  end
  return profile
end

base.process_way = function(profile, way, result, relations)
  process_way(profile, way, result, relations)
  if VEHICLE.access then motor(profile, way, result) end
  if VEHICLE.hazmat and not carries_hazmat_past(way) then close(result) end
end

return base
