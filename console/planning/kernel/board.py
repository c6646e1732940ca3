# pyright: basic
"""A block of stops at every place of every round, each judged exactly: the board's what-if."""

import numpy as np

from console.planning.kernel import lean
from console.planning.kernel.journey import ready_at
from console.planning.kernel.judge import judge
from console.planning.kernel.options import fast, inline
from console.planning.kernel.tables import (
    CAPACITY,
    FIRST,
    IS_ENDLESS,
    IS_FIXED,
    IS_RICH,
    LAST,
    LEAVE,
    LOAD,
    PROFILE,
    ROW,
    SERVICE,
    SETUP,
    SOFT_LATEST,
    WINDOW_AT,
    WINDOWS,
)
from console.planning.kernel.trips import trip_peak
from console.planning.kernel.work import (
    AT_WHEEL,
    END,
    IS_UNPAUSED,
    LATE_BY,
    LATENESS,
    OVER,
    SOFT_BY,
    SOFTNESS,
    START,
    STRETCH,
    TASKS,
    WAY,
    WHAT,
)


@fast
def sweep(t, w, r, orders, lengths, block, before, found, late, price, soft):
    """Judge ``block`` at every place of every round, a row each of ``found``.

    ``orders`` are the rounds without the block, with room for it; the block ends behind them.
    ``before`` are the seconds each demand is late now. ``late`` gets by how much more demands are
    late in sum; ``soft`` what soft lateness costs by ``price`` (per second and demand).
    """
    leg = 0
    size = len(block)
    for k in range(len(lengths)):
        m = lengths[k]
        for i in range(m - 1, -1, -1):
            orders[k, i + size] = orders[k, i]
        for x in range(size):
            orders[k, x] = block[x]
        is_lean = lean.is_lean(t, k)
        is_rich = is_lean and _has_rich(t, orders, k, m + size)
        for p in range(m + 1):
            if is_lean:
                if p == 0:
                    for i in range(m + size + 1):
                        _lay(t, r, orders, k, m + size, i)
                else:
                    for i in range(p - 1, p + size + 1):
                        _lay(t, r, orders, k, m + size, i)
                _judge(t, r, orders, k, m + size, found[leg], is_rich)
                late[leg], soft[leg] = _lean_lateness(r, m + size, before, price)
            else:
                judge(t, w, orders, k, m + size)
                _note(w, found, leg)
                late[leg], soft[leg] = _lateness(w, before, price)
            if p < m:
                passed = orders[k, p + size]
                for x in range(size - 1, -1, -1):
                    orders[k, p + 1 + x] = orders[k, p + x]
                orders[k, p] = passed
            leg += 1
    return leg


@fast
def stand(t, w, orders, lengths, before, found, price, soft):
    """Judge every round as it stands, a row each of ``found``; ``before`` gets who is late."""
    for k in range(len(lengths)):
        judge(t, w, orders, k, lengths[k])
        _note(w, found, k)
        soft[k] = 0.0
        if lengths[k]:
            for i in range(w.found[TASKS]):
                d = w.task[i, WHAT]
                if d >= 0:
                    before[d] = w.time[i, LATE_BY]
                    soft[k] += w.time[i, SOFT_BY] * price[d]


@inline
def _has_rich(t, orders, k, n):
    rich = np.int64(0)
    for i in range(n):
        rich += t.demand[orders[k, i], IS_RICH]
    return rich > 0


@fast
def _lay(t, r, orders, k, n, i):
    """Leg i of row k of ``orders`` and the stop it leads to, side by side."""
    here = t.demand[orders[k, i - 1], ROW] if i else t.crew[k, FIRST]
    line = r.line[i]
    if i == n:
        row = t.crew[k, LAST]
        line[lean.SETUP] = 0
    else:
        d = orders[k, i]
        demand = t.demand[d]
        row = demand[ROW]
        line[lean.SETUP] = demand[SETUP] if row != here else 0
        line[lean.SERVICE] = demand[SERVICE]
        first = demand[WINDOW_AT]
        line[lean.WINDOW_AT], line[lean.WINDOWS] = first, demand[WINDOWS]
        line[lean.EARLY], line[lean.LATE] = -lean.HORIZON, lean.HORIZON
        if demand[WINDOWS]:
            line[lean.EARLY], line[lean.LATE] = t.window[first, 0], t.window[first, 1]
        line[lean.SOFT], line[lean.WHAT] = demand[SOFT_LATEST], d
    line[lean.TRAVEL] = t.travel[t.crew[k, PROFILE], here, row]
    line[lean.METRES] = t.metres[t.crew[k, PROFILE], here, row]


@fast
def _judge(t, r, orders, k, n, found, is_rich):
    """The round in ``r.line`` and ``orders``, into ``found``; see ``judge``."""
    leave = t.crew[k, LEAVE]
    if is_rich and t.crew[k, IS_FIXED] < 2:
        leave = max(leave, ready_at(t, orders, k, np.int64(0), n))
    run = lean.timed(t, r, k, n, leave)
    found[START], found[END], found[LATENESS], found[SOFTNESS] = run[0], run[1], run[2], run[3]
    found[IS_UNPAUSED] = run[4]
    metres, driving = np.int64(0), np.int64(0)
    legs = n if t.crew[k, IS_ENDLESS] else n + 1
    for i in range(legs):
        metres += r.line[i, lean.METRES]
        driving += r.line[i, lean.TRAVEL]
    found[WAY], found[STRETCH], found[AT_WHEEL] = metres, metres, driving
    for dimension in range(4):
        peak = np.int64(0)
        if is_rich:
            peak = trip_peak(t, orders, k, np.int64(0), n, dimension, np.int64(0))
        else:
            for i in range(n):
                peak += t.demand[orders[k, i], LOAD + dimension]
        found[OVER + dimension] = max(np.int64(0), peak - t.crew[k, CAPACITY + dimension])


@fast
def _note(w, found, leg):
    for x in range(len(w.found)):
        found[leg, x] = w.found[x]


@fast
def _lean_lateness(r, n, before, price):
    worse, soft = np.int64(0), 0.0
    for i in range(n):
        d = r.line[i, lean.WHAT]
        worse += max(np.int64(0), r.time[i, lean.LATE_BY] - before[d])
        soft += r.time[i, lean.SOFT_BY] * price[d]
    return worse, soft


@fast
def _lateness(w, before, price):
    worse, soft = np.int64(0), 0.0
    for i in range(w.found[TASKS]):
        d = w.task[i, WHAT]
        if d >= 0:
            worse += max(np.int64(0), w.time[i, LATE_BY] - before[d])
            soft += w.time[i, SOFT_BY] * price[d]
    return worse, soft
