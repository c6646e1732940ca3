# pyright: basic
"""When a round is where, on flat arrays: what ``judge`` does where no hour and no rule counts.

For crews without a driving rule and without slices of the day. All that a hop needs lies side
by side, so that a round is driven without looking into the great matrices again.
"""

from typing import NamedTuple

import numpy as np

from console.planning.kernel.options import inline, inner
from console.planning.kernel.tables import (
    CHARGERS,
    DRIVE,
    HORIZON,
    IS_ENDLESS,
    IS_FIXED,
    LATEST_END,
    PAUSE,
    RELOADS,
    SHIFT_END,
    SLICES,
    Array,
)

NO_LEG = -1


class Room(NamedTuple):
    """Room for one round; the columns are named below."""

    line: Array  # (m, 10) what each leg and its stop ask for
    time: Array  # (m, 4) the run that counts
    soon: Array  # (m, 4) the soonest run, without a break
    tried: Array  # (m, 4) a run with the break on some leg
    ahead: Array  # (m, 4) the runs of stops up to each node, joined
    after: Array  # (m, 4) and from it


# line: travel to the stop, setup there, service, first window, windows, first and last hour of a
# single one, softly late from here on, demand, metres
TRAVEL, SETUP, SERVICE, WINDOW_AT, WINDOWS, EARLY, LATE, SOFT, WHAT, METRES = range(10)
STARTS, LEAVES, LATE_BY, SOFT_BY = range(4)


def room_of(stops: int) -> Room:
    """Room for rounds of so many stops."""
    four = [np.zeros((stops + 3, 4), np.int64) for _ in range(5)]
    return Room(np.zeros((stops + 3, 10), np.int64), *four)


@inline
def is_lean(t, k):
    """True for a crew whose rounds can be driven here."""
    crew = t.crew[k]
    return not (crew[DRIVE] or crew[SLICES] or crew[RELOADS] or crew[CHARGERS])


@inline
def _admitted(t, stop, ready):
    """(start of service, seconds late)."""
    count = stop[WINDOWS]
    if count == 0:
        return ready, np.int64(0)
    if count == 1 and stop[EARLY] <= stop[LATE]:
        start = max(ready, stop[EARLY])
        return start, max(np.int64(0), ready - stop[LATE])
    first = stop[WINDOW_AT]
    for x in range(first, first + count):
        if ready <= t.window[x, 1] and t.window[x, 0] <= t.window[x, 1]:
            return max(ready, t.window[x, 0]), np.int64(0)
    start = max(ready, t.window[first + count - 1, 0])
    return start, start - t.window[first + count - 1, 1]


@inner
def drive(t, line, time, k, count, leg, begin, leave):
    """Drive on from leg ``begin``, left at ``leave``, with the break on leg ``leg``.

    (whether the break fits, end, lateness, soft lateness), of the legs driven.
    """
    now, late, soft = leave, np.int64(0), np.int64(0)
    for i in range(begin, count + 1):
        if i == count and t.crew[k, IS_ENDLESS]:
            return leg != count, now, late, soft
        there = now + line[i, TRAVEL]
        ready = there + line[i, SETUP]
        if i == leg:
            pause = max(now, t.crew[k, PAUSE + 1])
            if pause + t.crew[k, PAUSE] > t.crew[k, PAUSE + 2]:
                return False, now, late, soft
            ready = max(pause, ready) + t.crew[k, PAUSE]
            if pause >= there + line[i, SETUP]:
                ready = pause + t.crew[k, PAUSE]
        if i == count:
            return True, ready, late, soft
        start, behind = _admitted(t, line[i], ready)
        softly = max(np.int64(0), start - line[i, SOFT])
        late += behind
        soft += softly
        now = start + line[i, SERVICE]
        time[i, STARTS], time[i, LEAVES] = start, now
        time[i, LATE_BY], time[i, SOFT_BY] = behind, softly
    return True, now, late, soft


@inner
def _latest_leave(t, line, time, k, count, leg, end):
    """The latest departure that still ends at ``end`` and is no later at any stop."""
    limit = end
    for i in range(count, -1, -1):
        if i < count:
            limit = _latest_start(t, line[i], limit - line[i, SERVICE], time[i, STARTS])
        elif t.crew[k, IS_ENDLESS]:
            continue
        limit -= line[i, TRAVEL] + line[i, SETUP]
        if i == leg:
            limit -= t.crew[k, PAUSE]
            limit = min(limit, t.crew[k, PAUSE + 2] - t.crew[k, PAUSE])
    return limit


@inline
def _latest_start(t, stop, limit, start):
    if stop[SOFT] < HORIZON:
        limit = min(limit, max(stop[SOFT], start))
    count = stop[WINDOWS]
    if count == 0:
        return limit
    first = stop[WINDOW_AT]
    for x in range(first + count - 1, first - 1, -1):
        if t.window[x, 0] <= limit:
            return max(start, min(limit, t.window[x, 1]))
    return start


@inner
def _delayed(t, line, time, k, count, leg, run, leave):
    """(departure, run) leaving as late as the soonest run allows, which stands in ``time``."""
    if t.crew[k, IS_FIXED]:
        return leave, run
    later = _latest_leave(t, line, time, k, count, leg, run[1])
    if later > leave:
        again = drive(t, line, time, k, count, leg, 0, later)
        if again[0] and again[1] <= run[1] and again[2] <= run[2] and again[3] <= run[3]:
            return later, again
    return leave, run


@inline
def _is_better(t, k, one, other):
    """Whether (start, end, lateness, soft lateness) ranks before another (``Timetable.rank``)."""
    if one[2] != other[2]:
        return one[2] < other[2]
    excess = max(np.int64(0), one[1] - t.crew[k, LATEST_END])
    excesses = max(np.int64(0), other[1] - t.crew[k, LATEST_END])
    if excess != excesses:
        return excess < excesses
    if one[3] != other[3]:
        return one[3] < other[3]
    paid = 2 * (one[1] - one[0]) + max(np.int64(0), one[1] - t.crew[k, SHIFT_END])
    others = 2 * (other[1] - other[0]) + max(np.int64(0), other[1] - t.crew[k, SHIFT_END])
    return paid < others or (paid == others and one[1] < other[1])


@inner
def timed(t, r, k, count, leave):
    """(start, end, lateness, soft lateness, whether a break is missing, the leg that holds it).

    The run stands in ``r.time``.
    """
    run = drive(t, r.line, r.soon, k, count, NO_LEG, 0, leave)
    for i in range(count):
        for x in range(4):
            r.time[i, x] = r.soon[i, x]
    start, best = _delayed(t, r.line, r.time, k, count, NO_LEG, run, leave)
    leg = np.int64(NO_LEG)
    if t.crew[k, PAUSE] == 0 or best[1] - start <= t.crew[k, PAUSE + 3]:
        drive(t, r.line, r.time, k, count, leg, 0, start)
        return start, best[1], best[2], best[3], False, leg
    kept = (start, best[1], best[2], best[3])
    known = np.int64(NO_LEG)
    if not run[2]:
        known = _best_leg(t, r, k, count, leave)
    found = False
    last = count - 1 if t.crew[k, IS_ENDLESS] else count
    too_soon = t.crew[k, PAUSE + 1] if run[2] else np.int64(-HORIZON)
    late, soft = np.int64(0), np.int64(0)
    for x in range(last + 1):
        begun = r.soon[x - 1, LEAVES] if x else leave
        if begun + t.crew[k, PAUSE] > t.crew[k, PAUSE + 2]:
            break
        is_wanted = x == known if known >= 0 else x == last or r.soon[x, LEAVES] > too_soon
        if is_wanted:
            given = _with_break(t, r, k, count, x, leave, begun, late, soft)
            if given[0] and (not found or _is_better(t, k, given[1:], kept)):
                kept, leg, found = given[1:], np.int64(x), True
        if x < count:
            late += r.soon[x, LATE_BY]
            soft += r.soon[x, SOFT_BY]
    drive(t, r.line, r.time, k, count, leg, 0, kept[0])
    return kept[0], kept[1], kept[2], kept[3], not found, leg


@inner
def _with_break(t, r, k, count, leg, leave, begun, late, soft):
    """(fits, start, end, lateness, soft lateness); up to the leg it is the soonest run."""
    rest = drive(t, r.line, r.tried, k, count, leg, leg, begun)
    if not rest[0]:
        return False, leave, rest[1], rest[2], rest[3]
    for i in range(leg):
        r.tried[i, STARTS] = r.soon[i, STARTS]
    run = (True, rest[1], late + rest[2], soft + rest[3])
    start, run = _delayed(t, r.line, r.tried, k, count, leg, run, leave)
    return True, start, run[1], run[2], run[3]


@inline
def _join(a, hop, b, into):
    """Two runs of stops with ``hop`` seconds between them (``domain.segments``)."""
    spent = a[0] - a[1] + hop
    wait = b[2] - spent - a[3]
    late = a[2] + spent - b[3]
    if wait > 0:
        one, two, three, four = a[0] + b[0] + hop + wait, a[1] + b[1], a[3], a[3]
    elif late > 0:
        one, two, three, four = a[0] + b[0] + hop, a[1] + b[1] + late, a[2], a[2]
    else:
        one, two = a[0] + b[0] + hop, a[1] + b[1]
        three, four = max(b[2] - spent, a[2]), min(b[3] - spent, a[3])
    into[0], into[1], into[2], into[3] = one, two, three, four


@inline
def _node(t, r, k, count, i, leave, into):
    """A node of the round as a run of one: where it begins, its stops, where it ends."""
    into[0], into[1], into[2], into[3] = 0, 0, leave, HORIZON
    if i == 0 and t.crew[k, IS_FIXED]:
        into[3] = leave
    if 0 < i <= count:
        into[0] = r.line[i - 1, SERVICE]
        into[2], into[3] = r.line[i - 1, EARLY], r.line[i - 1, LATE]


@inner
def _best_leg(t, r, k, count, leave):
    """The leg for the break where nothing is late (``timetable._best_leg``); ``NO_LEG`` unknown."""
    duration = t.crew[k, PAUSE]
    earliest, latest = t.crew[k, PAUSE + 1], t.crew[k, PAUSE + 2]
    if latest - duration < earliest:
        return np.int64(NO_LEG)
    for i in range(count):
        if r.line[i, WINDOWS] > 1 or r.line[i, SOFT] < HORIZON:
            return np.int64(NO_LEG)
    legs = count if t.crew[k, IS_ENDLESS] else count + 1
    node, rest, whole = r.ahead[0], r.ahead[1], r.ahead[2]
    _node(t, r, k, count, legs, leave, r.after[legs])
    for i in range(legs - 1, 0, -1):
        _node(t, r, k, count, i, leave, node)
        _join(node, r.line[i, TRAVEL] + r.line[i, SETUP], r.after[i + 1], r.after[i])
    ahead = r.ahead[3]
    _node(t, r, k, count, 0, leave, ahead)
    best = (np.int64(0), np.int64(0), np.int64(0))
    known = np.int64(NO_LEG)
    for leg in range(legs):
        hop = r.line[leg, TRAVEL] + r.line[leg, SETUP]
        node[0], node[1], node[2], node[3] = duration, 0, earliest - hop, latest - duration
        _join(ahead, np.int64(0), node, rest)
        _join(rest, hop, r.after[leg + 1], whole)
        if not whole[1]:
            end = whole[2] + whole[0]
            late = max(np.int64(0), end - t.crew[k, LATEST_END])
            price = 2 * whole[0] + max(np.int64(0), end - t.crew[k, SHIFT_END])
            if known < 0 or (late, price, end) < best:
                best, known = (late, price, end), np.int64(leg)
        _node(t, r, k, count, leg + 1, leave, node)
        _join(ahead, hop, node, whole)
        for x in range(4):
            ahead[x] = whole[x]
    return known
