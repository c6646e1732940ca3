# pyright: basic
"""A round judged exactly: ``domain.schedule``'s verdict and price, compiled.

Runs of stops joined in constant time (``lines``) tell the truth for plain rounds only. This drives
a round as the reference does: loading again and charging derived, every leg for the break tried,
the departure as late as it may be. ``tests/planning/test_judge.py`` holds both together.
"""

import numpy as np

from console.planning.kernel import lean
from console.planning.kernel.driving import NO_LEG, arrival, forward, latest_leave
from console.planning.kernel.journey import lay_out, ready_at
from console.planning.kernel.options import inline, inner
from console.planning.kernel.tables import (
    CHARGERS,
    DRIVE,
    FAR,
    FIRST,
    FIXED,
    HORIZON,
    IS_ENDLESS,
    IS_FIXED,
    LAST,
    LATE_PRICE,
    LATEST_END,
    LEAVE,
    MOST_DRIVING,
    MOST_METRES,
    MOST_STOPS,
    PAUSE,
    PER_INNER_METRE,
    PER_METRE,
    PER_OVERTIME,
    PER_SECOND,
    PROFILE,
    PROMISE_FROM,
    PROMISE_PRICE,
    PROMISE_TO,
    RANGE,
    RELOADS,
    SHIFT_END,
    SLICES,
    SOFT_LATEST,
    WINDOW_AT,
    WINDOWS,
)
from console.planning.kernel.trips import cut, weigh
from console.planning.kernel.work import (
    AT_WHEEL,
    BROKEN_PROMISES,
    CHARGING,
    CUTS,
    END,
    INNER,
    IS_UNPAUSED,
    LATENESS,
    LEAVES,
    LEG,
    NOT_BEFORE,
    OVER,
    RESTS,
    SOFT_BY,
    SOFT_PRICE,
    SOFTNESS,
    START,
    STARTS,
    STRETCH,
    TASK_ROW,
    TASK_SERVICE,
    TASK_SETUP,
    TASKS,
    UNPAIRED,
    WAY,
    WHAT,
)

BROKEN = -(1 << 60)
SHOULD, DRIVEN_OUT = False, True


@inner
def judge(t, w, orders, k, m):
    """Judge the first ``m`` demands of row k of ``orders`` as crew k's round, into ``w.found``.

    Its price without what is priced per demand and crew (``t.extra``) and per inner metre;
    ``BROKEN`` where it breaks a rule. An empty round costs nothing.
    """
    if m == 0:
        for x in range(len(w.found)):
            w.found[x] = 0
        w.found[START] = w.found[END] = t.crew[k, LEAVE]
        return np.int64(0)
    cuts = cut(t, w, orders, k, m)
    weigh(t, w, orders, k, m, cuts)
    w.found[CUTS] = cuts
    count = lay_out(t, w, orders, k, m, cuts)
    w.found[TASKS] = count
    leave = t.crew[k, LEAVE]
    if t.crew[k, IS_FIXED] < 2:
        first = w.way[t.crew[k, RELOADS], m + 1][0] if cuts else np.int64(m)
        leave = max(leave, ready_at(t, orders, k, np.int64(0), first))
    if t.crew[k, DRIVE] or t.crew[k, SLICES] or _lay_lines(t, w, k, count):
        _time(t, w, k, count, leave)
    else:
        _time_lean(t, w, k, count, leave)
    _measure(t, w, k, count)
    return _price(t, w, k, m)


@inner
def _lay_lines(t, w, k, count):
    """The tasks as ``lean`` drives them; True where one has to wait for goods, which it cannot."""
    here = t.crew[k, FIRST]
    for i in range(count + 1):
        line, task = w.line[i], w.task[i]
        row = task[TASK_ROW] if i < count else t.crew[k, LAST]
        line[lean.TRAVEL] = t.travel[t.crew[k, PROFILE], here, row]
        line[lean.SETUP] = task[TASK_SETUP] if i < count and row != here else 0
        here = row
        if i == count:
            break
        line[lean.SERVICE], d = task[TASK_SERVICE], task[WHAT]
        line[lean.WINDOWS], line[lean.SOFT] = 0, HORIZON
        line[lean.EARLY], line[lean.LATE] = -HORIZON, HORIZON
        if d >= 0:
            first = t.demand[d, WINDOW_AT]
            line[lean.WINDOW_AT], line[lean.WINDOWS] = first, t.demand[d, WINDOWS]
            line[lean.SOFT] = t.demand[d, SOFT_LATEST]
            if t.demand[d, WINDOWS]:
                line[lean.EARLY], line[lean.LATE] = t.window[first, 0], t.window[first, 1]
        elif task[NOT_BEFORE] > -HORIZON:
            return True
    return False


@inner
def _time_lean(t, w, k, count, leave):
    room = lean.Room(w.line, w.time, w.soon, w.tried, w.ahead, w.after)
    run = lean.timed(t, room, k, count, leave)
    w.found[START], w.found[END] = run[0], run[1]
    w.found[LATENESS], w.found[SOFTNESS] = run[2], run[3]
    w.found[IS_UNPAUSED], w.found[LEG] = run[4], run[5]
    for i in range(count + 1):
        w.time[i, RESTS] = 0


@inline
def _is_better(w, k, t, start, end, late, soft):
    """Whether a run ranks before the one in ``w.found`` (``Timetable.rank``)."""
    if late != w.found[LATENESS]:
        return late < w.found[LATENESS]
    excess = max(np.int64(0), end - t.crew[k, LATEST_END])
    other = max(np.int64(0), w.found[END] - t.crew[k, LATEST_END])
    if excess != other:
        return excess < other
    if soft != w.found[SOFTNESS]:
        return soft < w.found[SOFTNESS]
    paid = 2 * (end - start) + max(np.int64(0), end - t.crew[k, SHIFT_END])
    others = 2 * (w.found[END] - w.found[START])
    others += max(np.int64(0), w.found[END] - t.crew[k, SHIFT_END])
    return paid < others or (paid == others and end < w.found[END])


@inline
def _keep(w, leg, start, run):
    w.found[LEG], w.found[START] = leg, start
    w.found[END], w.found[LATENESS], w.found[SOFTNESS] = run[1], run[2], run[3]


@inner
def _latest(t, w, k, count, leg, leave):
    """(departure as late as the soonest run with the break on a leg allows, that run)."""
    run = forward(t, w, w.time, k, count, leg, leave)
    if not run[0] or t.crew[k, IS_FIXED]:
        return leave, run
    return max(leave, latest_leave(t, w, w.time, k, count, leg, run[1])), run


@inner
def _is_no_later(t, w, k, count, leg, start, run):
    """Whether leaving at ``start`` ends no later and is no later anywhere than a run."""
    again = forward(t, w, w.time, k, count, leg, start)
    return again[0] and again[1] <= run[1] and again[2] <= run[2] and again[3] <= run[3]


@inner
def _delayed(t, w, k, count, leg, leave):
    """(departure, run) with the break on a leg, leaving as late as the soonest run allows."""
    start, run = _latest(t, w, k, count, leg, leave)
    if start > leave and run[0]:
        if not _is_no_later(t, w, k, count, leg, start, run):
            return leave, run
        run = forward(t, w, w.time, k, count, leg, start)
    return start, run


@inner
def _time(t, w, k, count, leave):
    """The best way to drive it, into ``w.found``; its run stands in ``w.time``."""
    start, run = _delayed(t, w, k, count, NO_LEG, leave)
    _keep(w, NO_LEG, start, run)
    w.found[IS_UNPAUSED] = 0
    if t.crew[k, PAUSE] > 0 and run[1] - start > t.crew[k, PAUSE + 3]:
        plain = start, run
        found = _with_break(t, w, k, count, leave, SHOULD)
        if found and w.found[START] > leave:
            soonest = forward(t, w, w.time, k, count, w.found[LEG], leave)
            if not _is_no_later(t, w, k, count, w.found[LEG], w.found[START], soonest):
                found = _with_break(t, w, k, count, leave, DRIVEN_OUT)
        if not found:
            _keep(w, NO_LEG, plain[0], plain[1])
            w.found[IS_UNPAUSED] = 1
    run = forward(t, w, w.time, k, count, w.found[LEG], w.found[START])
    _keep(w, w.found[LEG], w.found[START], run)


@inner
def _with_break(t, w, k, count, leave, is_strict):
    """Try every leg for the break, keep the best; False where none can hold it.

    The departures are those that should do, unless ``is_strict``: then each is driven.
    """
    soonest = forward(t, w, w.soon, k, count, NO_LEG, leave)
    found = False
    too_soon = t.crew[k, PAUSE + 1] if soonest[2] else np.int64(-(1 << 40))
    last = count - 1 if t.crew[k, IS_ENDLESS] else count
    for leg in range(last + 1):
        begun = w.soon[leg - 1, LEAVES] if leg else leave
        if begun + t.crew[k, PAUSE] > t.crew[k, PAUSE + 2]:
            break
        if leg != last and w.soon[leg, LEAVES] <= too_soon:
            continue
        if is_strict:
            start, run = _delayed(t, w, k, count, np.int64(leg), leave)
        else:
            start, run = _latest(t, w, k, count, np.int64(leg), leave)
        if run[0] and (not found or _is_better(w, k, t, start, run[1], run[2], run[3])):
            _keep(w, leg, start, run)
            found = True
    return found


@inner
def _measure(t, w, k, count):
    """Metres, seconds at the wheel, soft prices and promises of the run in ``w.time``."""
    p = t.crew[k, PROFILE]
    metres, driving, inner = np.int64(0), np.int64(0), np.int64(0)
    stretch, longest, soft = np.int64(0), np.int64(0), np.int64(0)
    broken = 0
    here, before, leave = t.crew[k, FIRST], np.int64(-9), w.found[START]
    for i in range(count + 1):
        if i == count:
            if t.crew[k, IS_ENDLESS]:
                break
            row, what = t.crew[k, LAST], np.int64(-9)
        else:
            row, what = w.task[i, TASK_ROW], w.task[i, WHAT]
        way = np.int64(t.metres[p, here, row])
        metres += way
        stretch += way
        longest = max(longest, stretch)
        if what == CHARGING:
            stretch = np.int64(0)
        if what >= 0 and before >= 0:
            inner += way
        leave += w.time[i, RESTS]
        driving += arrival(t, k, here, row, leave) - leave
        if i < count and what >= 0:
            soft += w.time[i, SOFT_BY] * t.demand[what, LATE_PRICE]
            start = w.time[i, STARTS]
            if start < t.demand[what, PROMISE_FROM] or start > t.demand[what, PROMISE_TO]:
                broken += 1
                soft += t.demand[what, PROMISE_PRICE]
        if i < count:
            leave = w.time[i, LEAVES]
        here, before = row, what
    w.found[WAY], w.found[AT_WHEEL], w.found[INNER] = metres, driving, inner
    w.found[STRETCH], w.found[SOFT_PRICE], w.found[BROKEN_PROMISES] = longest, soft, broken


@inner
def _price(t, w, k, m):
    if w.found[LATENESS] or w.found[IS_UNPAUSED] or w.found[UNPAIRED]:
        return np.int64(BROKEN)
    for dimension in range(4):
        if w.found[OVER + dimension]:
            return np.int64(BROKEN)
    if w.found[END] > t.crew[k, LATEST_END] or m > t.crew[k, MOST_STOPS]:
        return np.int64(BROKEN)
    if w.found[WAY] > t.crew[k, MOST_METRES] or w.found[AT_WHEEL] > t.crew[k, MOST_DRIVING]:
        return np.int64(BROKEN)
    if w.found[WAY] >= FAR or (t.crew[k, CHARGERS] and w.found[STRETCH] > t.crew[k, RANGE]):
        return np.int64(BROKEN)
    seconds = w.found[END] - w.found[START]
    price = t.crew[k, FIXED] + w.found[WAY] * t.crew[k, PER_METRE]
    price += seconds * t.crew[k, PER_SECOND]
    price += max(np.int64(0), w.found[END] - t.crew[k, SHIFT_END]) * t.crew[k, PER_OVERTIME]
    return price + w.found[SOFT_PRICE] + w.found[INNER] * t.crew[k, PER_INNER_METRE]
