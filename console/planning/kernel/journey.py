# pyright: basic
"""Everything a round does besides its stops: loading again, charging (``domain.itinerary``)."""

import numpy as np

from console.planning.kernel.options import inline, inner
from console.planning.kernel.tables import (
    BASE,
    CHARGE_TIME,
    CHARGER_AT,
    CHARGERS,
    FIRST,
    HORIZON,
    IS_ENDLESS,
    LAST,
    PROFILE,
    RANGE,
    READY,
    RELOAD_TIME,
    RELOADS,
    ROW,
    SERVICE,
    SETUP,
)
from console.planning.kernel.work import (
    CHARGING,
    LOADING,
    NOT_BEFORE,
    TASK_ROW,
    TASK_SERVICE,
    TASK_SETUP,
    WHAT,
)


@inner
def ready_at(t, orders, k, begin, end):
    """When all that is loaded for the stops from ``begin`` to ``end`` is there."""
    ready = np.int64(-HORIZON)
    for i in range(begin, end):
        ready = max(ready, t.demand[orders[k, i], READY])
    return ready


@inline
def _put(w, at, row, service, setup, what, not_before):
    w.task[at, TASK_ROW] = row
    w.task[at, TASK_SERVICE] = service
    w.task[at, TASK_SETUP] = setup
    w.task[at, WHAT] = what
    w.task[at, NOT_BEFORE] = not_before


@inner
def lay_out(t, w, orders, k, m, cuts):
    """All tasks of a round that loads again ``cuts`` times, into ``w.task``; how many they are."""
    kept = w.way[t.crew[k, RELOADS], m + 1]
    count = 0
    cut = 0
    for i in range(m):
        if cut < cuts and kept[cut] == i:
            end = kept[cut + 1] if cut + 1 < cuts else np.int64(m)
            ready = ready_at(t, orders, k, i, end)
            _put(w, count, t.crew[k, BASE], t.crew[k, RELOAD_TIME], 0, LOADING, ready)
            count += 1
            cut += 1
        d = orders[k, i]
        row, service = t.demand[d, ROW], t.demand[d, SERVICE]
        _put(w, count, row, service, t.demand[d, SETUP], d, -HORIZON)
        count += 1
    return _charged(t, w, k, count) if t.crew[k, CHARGERS] else count


@inner
def _charged(t, w, k, count):
    """With a charger before each leg after which the next one might be out of range."""
    for i in range(count - 1, -1, -1):  # to the back half, so that the front can be written
        for column in range(5):
            w.task[count + 2 + i, column] = w.task[i, column]
    here, used = t.crew[k, FIRST], np.int64(0)
    made = 0
    for i in range(count + 1):
        is_end = i == count
        if is_end and t.crew[k, IS_ENDLESS]:
            break
        row = t.crew[k, LAST] if is_end else w.task[count + 2 + i, TASK_ROW]
        beyond = np.int64(0)
        if not is_end and not (t.crew[k, IS_ENDLESS] and i == count - 1):
            beyond = _way_out(t, k, row)
        if used + _metres(t, k, here, row) + beyond > t.crew[k, RANGE]:
            charger = _on_the_way(t, k, here, row, used)
            if charger >= 0:
                _put(w, made, charger, t.crew[k, CHARGE_TIME], 0, CHARGING, -HORIZON)
                made += 1
                here, used = charger, np.int64(0)
        used += _metres(t, k, here, row)
        here = row
        if not is_end:
            for column in range(5):
                w.task[made, column] = w.task[count + 2 + i, column]
            made += 1
    return made


@inline
def _metres(t, k, a, b):
    return np.int64(t.metres[t.crew[k, PROFILE], a, b])


@inner
def _way_out(t, k, row):
    """Metres from a row to the nearest charger, or to the end if that is nearer."""
    least = np.int64(HORIZON)
    if not t.crew[k, IS_ENDLESS]:
        least = _metres(t, k, row, t.crew[k, LAST])
    first = t.crew[k, CHARGER_AT]
    for x in range(first, first + t.crew[k, CHARGERS]):
        least = min(least, _metres(t, k, row, t.charger[x]))
    return least


@inner
def _on_the_way(t, k, here, row, used):
    """The charger within range with the least detour; -1 where there is none."""
    least, found = np.int64(HORIZON), np.int64(-1)
    first = t.crew[k, CHARGER_AT]
    for x in range(first, first + t.crew[k, CHARGERS]):
        charger = t.charger[x]
        there = _metres(t, k, here, charger)
        if used + there <= t.crew[k, RANGE] and there + _metres(t, k, charger, row) < least:
            least, found = there + _metres(t, k, charger, row), charger
    return found
