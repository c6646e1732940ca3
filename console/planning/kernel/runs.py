# pyright: basic
"""Runs of stops as three numbers, and how two of them join (``lines``)."""

import numpy as np

from console.planning.kernel.options import inline
from console.planning.kernel.tables import (
    EARLY,
    LATE,
    LATEST_END,
    LEAVE,
    LEAVE_BY,
    PAUSE,
    PROFILE,
    ROW,
    SERVICE,
    SETUP,
)


@inline
def joined(one, hop, other):
    """Two runs with ``hop`` seconds between them, and whether the second is not late."""
    spent = one[0] + hop
    if other[1] - spent > one[2]:
        return (spent + other[0] + other[1] - spent - one[2], one[2], one[2]), True
    earliest = max(other[1] - spent, one[1])
    latest = min(other[2] - spent, one[2])
    return (spent + other[0], earliest, max(earliest, latest)), latest >= earliest


@inline
def hop_of(t, k, a, b):
    """Seconds from row to row for a crew."""
    return np.int64(t.travel[t.crew[k, PROFILE], a, b])


@inline
def hop_to(t, k, a, d):
    """Seconds from a row to a demand, its setup included where it stands elsewhere."""
    b = t.demand[d, ROW]
    hop = np.int64(t.travel[t.crew[k, PROFILE], a, b])
    return hop + t.demand[d, SETUP] if a != b else hop


@inline
def stop_run(t, d):
    """One stop."""
    return (t.demand[d, SERVICE], t.demand[d, EARLY], t.demand[d, LATE])


@inline
def first_run(t, k):
    """Where a crew begins."""
    return (np.int64(0), t.crew[k, LEAVE], t.crew[k, LEAVE_BY])


@inline
def last_run(t, k):
    """Where a crew ends."""
    return (np.int64(0), t.crew[k, LEAVE], t.crew[k, LATEST_END])


@inline
def pause_run(t, k, hop):
    """The break on a leg of ``hop`` seconds, as if before setting off (``segments``)."""
    return (
        t.crew[k, PAUSE + 0],
        t.crew[k, PAUSE + 1] - hop,
        t.crew[k, PAUSE + 2] - t.crew[k, PAUSE + 0],
    )


@inline
def run_at(runs, c, d):
    """One row of runs."""
    return (runs[d, c + 0], runs[d, c + 1], runs[d, c + 2])


@inline
def put_run(runs, c, d, run):
    """Set one row of runs."""
    runs[d, c + 0] = run[0]
    runs[d, c + 1] = run[1]
    runs[d, c + 2] = run[2]
