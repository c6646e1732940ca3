"""Room in which rounds are judged: compiled code makes no arrays of its own."""

from typing import NamedTuple

import numpy as np

from console.planning.kernel.tables import RELOADS, Array, Tables


class Work(NamedTuple):
    """Room for one judge; the columns are named below."""

    task: Array  # (m, 6) everything a round does, in order
    time: Array  # (m, 6) the run that was driven last
    soon: Array  # (m, 6) the soonest run
    layer: Array  # (reloads + 1, n + 2) seconds of the cheapest splits
    way: Array  # (reloads + 1, n + 2, reloads + 1) and where they cut
    found: Array  # (FOUND,)
    line: Array  # (m, 10) and three of (m, 4), all for ``lean``
    tried: Array
    ahead: Array
    after: Array


# task: row, service, setup, demand or LOADING or CHARGING, a window from here on (loading), is last
TASK_ROW, TASK_SERVICE, TASK_SETUP, WHAT, NOT_BEFORE = range(5)
# time: start of service, departure, seconds late, softly late, rest before the leg, arrival
STARTS, LEAVES, LATE_BY, SOFT_BY, RESTS, ARRIVES = range(6)
LOADING, CHARGING = -1, -2

(
    START,
    END,
    WAY,  # metres
    AT_WHEEL,  # seconds
    LATENESS,
    SOFTNESS,
    IS_UNPAUSED,  # a break is owed and fits nowhere
    OVER,  # what is too much in each dimension
) = range(8)
(
    STRETCH,  # the most metres between two charges
    UNPAIRED,  # brings what was not collected
    BROKEN_PROMISES,
    INNER,  # metres straight from stop to stop
    SOFT_PRICE,
    PEAK,  # the most on board in each dimension
) = range(OVER + 4, OVER + 10)
CUTS = PEAK + 4
TASKS = CUTS + 1
LEG = TASKS + 1
HAS_PAIRS = LEG + 1  # something is brought that is collected on the way
FOUND = HAS_PAIRS + 1


def work_of(tables: Tables) -> Work:
    """Room for the longest rounds there can be."""
    n, k = tables.allowed.shape
    reloads = int(tables.crew[:, RELOADS].max(initial=0)) if k else 0
    m = 2 * (n + reloads) + 4
    return Work(
        np.zeros((m, 6), np.int64),
        np.zeros((m, 6), np.int64),
        np.zeros((m, 6), np.int64),
        np.zeros((reloads + 1, n + 2), np.int64),
        np.zeros((reloads + 1, n + 2, reloads + 1), np.int64),
        np.zeros(FOUND, np.int64),
        np.zeros((m, 10), np.int64),
        *(np.zeros((m, 4), np.int64) for _ in range(3)),
    )
