# pyright: basic
"""A block of stops at every place of every round, each judged exactly: the board's what-if."""

import numpy as np

from console.planning.kernel.judge import judge
from console.planning.kernel.options import fast
from console.planning.kernel.work import LATE_BY, SOFT_BY, TASKS, WHAT

WORSE, SOFTLY = range(2)  # columns of ``late``, seconds


@fast
def sweep(t, w, orders, lengths, first, block, before, found, late, price, soft):
    """Judge ``block`` at every place of every round from ``first`` on, a row each of ``found``.

    ``orders`` are the rounds without the block, with room for it; they are the same afterwards.
    ``before`` are the seconds each demand is late now. ``late`` gets by how much more demands are
    late in sum; ``soft`` what soft lateness costs by ``price`` (per second and demand).
    """
    leg = 0
    size = len(block)
    for k in range(len(lengths)):
        m = lengths[k]
        for i in range(m - 1, first[k] - 1, -1):
            orders[k, i + size] = orders[k, i]
        for x in range(size):
            orders[k, first[k] + x] = block[x]
        for p in range(first[k], m + 1):
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


@fast
def _note(w, found, leg):
    for x in range(len(w.found)):
        found[leg, x] = w.found[x]


@fast
def _lateness(w, before, price):
    worse, soft = np.int64(0), 0.0
    for i in range(w.found[TASKS]):
        d = w.task[i, WHAT]
        if d >= 0:
            worse += max(np.int64(0), w.time[i, LATE_BY] - before[d])
            soft += w.time[i, SOFT_BY] * price[d]
    return worse, soft
