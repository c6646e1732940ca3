# pyright: basic
"""A round driven once, forward and backward: ``domain.running``, compiled."""

import numpy as np

from console.planning.kernel.options import inline, inner
from console.planning.kernel.tables import (
    DRIVE,
    DRIVEN,
    FIRST,
    FIRST_PART,
    HORIZON,
    IS_ENDLESS,
    IS_HALF,
    LAST,
    PAUSE,
    PROFILE,
    REST,
    SECOND_PART,
    SLICE_AT,
    SLICES,
    SOFT_LATEST,
    WINDOW_AT,
    WINDOWS,
)
from console.planning.kernel.work import (
    ARRIVES,
    LATE_BY,
    LEAVES,
    NOT_BEFORE,
    RESTS,
    SOFT_BY,
    STARTS,
    TASK_ROW,
    TASK_SERVICE,
    TASK_SETUP,
    WHAT,
)

NO_LEG = -1
NO_PAUSE = np.int64(-HORIZON)


@inner
def arrival(t, k, a, b, leave):
    """When one arrives, leaving row a for row b at ``leave`` (``TravelMatrix.arrival``)."""
    count = t.crew[k, SLICES]
    if count == 0:
        return leave + np.int64(t.travel[t.crew[k, PROFILE], a, b])
    first = t.crew[k, SLICE_AT]
    now, left = float(leave), 1.0
    for x in range(count):
        ends = float(t.begins[first + x + 1]) if x + 1 < count else np.inf
        if now >= ends:
            continue
        whole = np.int64(t.slice[first + x, a, b])
        if whole * left <= ends - now:
            return np.int64(round(now + whole * left))
        left -= (ends - now) / whole
        now = ends
    return leave


@inner
def departure(t, k, a, b, arrive):
    """The latest moment to leave so as to arrive by ``arrive`` (``TravelMatrix.departure``)."""
    count = t.crew[k, SLICES]
    if count == 0:
        return arrive - np.int64(t.travel[t.crew[k, PROFILE], a, b])
    first = t.crew[k, SLICE_AT]
    now, left = float(arrive), 1.0
    leave = arrive
    for x in range(count - 1, -1, -1):
        begins = float(t.begins[first + x]) if x else -np.inf
        whole = np.int64(t.slice[first + x, a, b])
        if now < begins or (now == begins and whole):
            continue
        if whole * left <= now - begins:
            leave = np.int64(now - whole * left)
            break
        left -= (now - begins) / whole
        now = begins
    while arrival(t, k, a, b, leave) > arrive:
        leave -= 1
    while arrival(t, k, a, b, leave + 1) <= arrive:
        leave += 1
    return leave


@inline
def stood(t, k, driven, half, seconds):
    """The wheel after standing still: (seconds driven, whether a first part was taken)."""
    if seconds >= t.crew[k, REST] or (half and seconds >= t.crew[k, SECOND_PART]):
        return np.int64(0), np.int64(0)
    return driven, np.int64(1) if seconds >= t.crew[k, FIRST_PART] else half


@inner
def _rest_before(t, k, driven, half, a, b, leave):
    """(seconds of rest before a leg, the wheel after it)."""
    limit = t.crew[k, DRIVE]
    seconds = arrival(t, k, a, b, leave) - leave
    if driven + seconds <= limit:
        return np.int64(0), driven + seconds, half
    first = t.crew[k, SECOND_PART] if half else t.crew[k, REST]
    leave += first
    seconds = arrival(t, k, a, b, leave) - leave
    more = max(np.int64(0), -(-seconds // limit) - 1)
    return first + more * t.crew[k, REST], seconds - more * limit, np.int64(0)


@inner
def _hop(t, k, a, b, setup, leave, is_paused):
    """(whether the break fits, arrival, ready, start of the break)."""
    there = arrival(t, k, a, b, leave)
    if not is_paused:
        return True, there, there + setup, NO_PAUSE
    begins = max(leave, t.crew[k, PAUSE + 1])
    duration = t.crew[k, PAUSE]
    if begins + duration > t.crew[k, PAUSE + 2]:
        return False, there, there, NO_PAUSE
    if begins >= there + setup:  # the break begins at the door
        return True, there, begins + duration, begins
    return True, there + duration, there + duration + setup, begins


@inner
def _tried(t, k, driven, half, a, b, setup, leave, is_paused):
    """A leg with its rests: (hop, rest, the wheel after it, seconds of the break at the door)."""
    rest, driven, half = _rest_before(t, k, driven, half, a, b, leave)
    fits, there, ready, begins = _hop(t, k, a, b, setup, leave + rest, is_paused)
    at_door = np.int64(0)
    if fits and is_paused and ready == begins + t.crew[k, PAUSE]:
        at_door = t.crew[k, PAUSE]
    return fits, there, ready, begins, rest, driven, half, at_door


@inner
def _ruled_hop(t, k, driven, half, a, b, setup, leave, is_paused):
    """The same; a break on the way counts before the leg."""
    found = _tried(t, k, driven, half, a, b, setup, leave, is_paused)
    if is_paused and not found[7]:
        rested, is_half = stood(t, k, driven, half, t.crew[k, PAUSE])
        other = _tried(t, k, rested, is_half, a, b, setup, leave, is_paused)
        if other[0] and not other[7]:
            return other
    return found


@inner
def _admitted(t, task, ready):
    """(start of service, seconds late) of a task."""
    d = task[WHAT]
    if d < 0:
        return max(ready, task[NOT_BEFORE]), np.int64(0)
    first, count = t.demand[d, WINDOW_AT], t.demand[d, WINDOWS]
    if count == 0:
        return ready, np.int64(0)
    for x in range(first, first + count):
        if ready <= t.window[x, 1] and t.window[x, 0] <= t.window[x, 1]:
            return max(ready, t.window[x, 0]), np.int64(0)
    x = first + count - 1
    start = max(ready, t.window[x, 0])
    return start, start - t.window[x, 1]


@inner
def forward(t, w, time, k, count, leg, leave):
    """Drive it, leaving at ``leave`` with the break on leg ``leg``, into ``time``.

    (whether the break fits, end, lateness, soft lateness, start of the break).
    """
    is_ruled = t.crew[k, DRIVE] > 0
    driven, half = t.crew[k, DRIVEN], t.crew[k, IS_HALF]
    now, here = leave, t.crew[k, FIRST]
    late, soft, pause = np.int64(0), np.int64(0), NO_PAUSE
    for i in range(count + 1):
        if i == count:
            if t.crew[k, IS_ENDLESS]:
                return leg != count, now, late, soft, pause
            row, setup = t.crew[k, LAST], np.int64(0)
        else:
            row = w.task[i, TASK_ROW]
            setup = w.task[i, TASK_SETUP] if row != here else np.int64(0)
        at_door = np.int64(0)
        time[i, RESTS] = 0
        if is_ruled:
            hop = _ruled_hop(t, k, driven, half, here, row, setup, now, i == leg)
            fits, there, ready, begins = hop[0], hop[1], hop[2], hop[3]
            time[i, RESTS], driven, half, at_door = hop[4], hop[5], hop[6], hop[7]
        else:
            fits, there, ready, begins = _hop(t, k, here, row, setup, now, i == leg)
        if not fits:
            return False, now, late, soft, pause
        if i == leg:
            pause = begins
        if i == count:
            return True, ready, late, soft, pause
        start, behind = _admitted(t, w.task[i], ready)
        if is_ruled:
            driven, half = stood(t, k, driven, half, start - ready + at_door)
        late += behind
        d = w.task[i, WHAT]
        time[i, SOFT_BY] = max(np.int64(0), start - t.demand[d, SOFT_LATEST]) if d >= 0 else 0
        soft += time[i, SOFT_BY]
        time[i, ARRIVES], time[i, STARTS], time[i, LATE_BY] = there, start, behind
        now = start + w.task[i, TASK_SERVICE]
        time[i, LEAVES] = now
        here = row
    return True, now, late, soft, pause


@inner
def _latest_start(t, task, limit, start):
    """The latest start up to ``limit`` in any window; of a late stop the present start."""
    d = task[WHAT]
    if d < 0:
        early = task[NOT_BEFORE]
        if early == -HORIZON:
            return limit
        return max(start, limit) if early <= limit else start
    if t.demand[d, SOFT_LATEST] < HORIZON:
        limit = min(limit, max(t.demand[d, SOFT_LATEST], start))
    first, count = t.demand[d, WINDOW_AT], t.demand[d, WINDOWS]
    if count == 0:
        return limit
    for x in range(first + count - 1, first - 1, -1):
        if t.window[x, 0] <= limit:
            return max(start, min(limit, t.window[x, 1]))
    return start


@inner
def _latest_on_leg(t, k, a, b, setup, limit, is_paused):
    if not is_paused:
        return departure(t, k, a, b, limit - setup)
    duration = t.crew[k, PAUSE]
    on_the_way = departure(t, k, a, b, limit - setup - duration)
    return min(on_the_way, t.crew[k, PAUSE + 2] - duration)


@inner
def latest_leave(t, w, time, k, count, leg, end):
    """The latest departure that still ends at ``end`` and is no later at any stop.

    The rests of the run in ``time`` are fixed parts of their legs.
    """
    limit = end
    if not t.crew[k, IS_ENDLESS]:
        origin = w.task[count - 1, TASK_ROW] if count else t.crew[k, FIRST]
        limit = _latest_on_leg(t, k, origin, t.crew[k, LAST], np.int64(0), limit, leg == count)
        limit -= time[count, RESTS]
    for i in range(count - 1, -1, -1):
        task = w.task[i]
        limit = _latest_start(t, task, limit - task[TASK_SERVICE], time[i, STARTS])
        origin = w.task[i - 1, TASK_ROW] if i else t.crew[k, FIRST]
        setup = task[TASK_SETUP] if origin != task[TASK_ROW] else np.int64(0)
        limit = _latest_on_leg(t, k, origin, task[TASK_ROW], setup, limit, i == leg)
        limit -= time[i, RESTS]
    return limit
