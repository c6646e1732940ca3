# pyright: basic
"""What is on board along a round, and where it loads again: ``domain.loads``, compiled."""

import numpy as np

from console.domain.segments import UNLIMITED
from console.planning.kernel.options import inline, inner
from console.planning.kernel.tables import (
    ABOARD,
    BASE,
    BRINGS,
    BRINGS_AT,
    BROUGHT,
    CAPACITY,
    COLLECTED,
    FIRST,
    HELD,
    HOLDS,
    HORIZON,
    LOAD,
    PROFILE,
    RELOAD_TIME,
    RELOADS,
    ROW,
    SLICE_AT,
    SLICES,
)
from console.planning.kernel.work import HAS_PAIRS, OVER, PEAK, UNPAIRED

NEVER = np.int64(HORIZON)


@inner
def pairs_missing(t, orders, k, m):
    """How many things are brought that were not collected at an earlier stop of the round."""
    missing = 0
    for i in range(m):
        d = orders[k, i]
        first = t.demand[d, BRINGS_AT]
        for q in range(first, first + t.demand[d, BRINGS]):
            if _position(orders, k, i, t.pair[q, 1]) < 0:
                missing += 1
    return missing


@inline
def _position(orders, k, end, d):
    """Where a demand stands among the first ``end`` of a round; -1 where it does not."""
    for i in range(end):
        if orders[k, i] == d:
            return i
    return -1


@inner
def carried(t, orders, k, m, at, dimension):
    """What was collected before stop ``at`` and is brought there or later."""
    amount = np.int64(0)
    for i in range(at, m):
        d = orders[k, i]
        amount += t.demand[d, HELD + dimension]
        first = t.demand[d, BRINGS_AT]
        for q in range(first, first + t.demand[d, BRINGS]):
            if _position(orders, k, at, t.pair[q, 1]) >= 0:
                amount += t.pair[q, 2 + dimension]
    return amount


@inner
def trip_peak(t, orders, k, begin, end, dimension, aboard):
    """The most on board of a trip of the stops from ``begin`` to ``end``."""
    board = aboard
    for i in range(begin, end):
        board += t.demand[orders[k, i], LOAD + dimension]
    peak = board
    for i in range(begin, end):
        d = orders[k, i]
        board += t.demand[d, COLLECTED + dimension] - t.demand[d, BROUGHT + dimension]
        peak = max(peak, board)
    return peak


@inner
def has_pairs(t, orders, k, m):
    """Whether something is brought that is collected on the way, or was."""
    several = np.int64(0)
    for i in range(m):
        several += t.demand[orders[k, i], BRINGS] + t.demand[orders[k, i], HOLDS]
    return several > 0


@inline
def _on_board(t, w, orders, k, m, begin, dimension, is_first):
    """What is on board when a trip begins, apart from what is loaded for it."""
    if is_first:
        return np.int64(t.crew[k, ABOARD + dimension])
    if not w.found[HAS_PAIRS]:
        return np.int64(0)
    return carried(t, orders, k, m, begin, dimension)


@inline
def _may_load_at_once(t, k):
    """Whether a crew under way may load again before anything else."""
    aboard = np.int64(0)
    for dimension in range(4):
        aboard += t.crew[k, ABOARD + dimension]
    return aboard > 0


@inner
def _reach(t, w, orders, k, m, begin, is_first):
    """The end of the longest trip from a stop on that fits."""
    reach = m
    for dimension in range(4):
        if t.crew[k, CAPACITY + dimension] >= UNLIMITED:
            continue
        peak = board = _on_board(t, w, orders, k, m, begin, dimension, is_first)
        for i in range(begin, reach):
            d = orders[k, i]
            taken = t.demand[d, LOAD + dimension]
            board += taken - t.demand[d, BROUGHT + dimension] + t.demand[d, COLLECTED + dimension]
            peak = max(peak + taken, board)
            if peak > t.crew[k, CAPACITY + dimension]:
                reach = i
                break
    return reach


@inline
def _hop(t, k, a, b):
    """Seconds by the first slice, whatever the hour."""
    if t.crew[k, SLICES]:
        return np.int64(t.slice[t.crew[k, SLICE_AT], a, b])
    return np.int64(t.travel[t.crew[k, PROFILE], a, b])


@inner
def _detour(t, orders, k, i):
    """Seconds that loading again before stop i costs."""
    a = t.demand[orders[k, i - 1], ROW] if i else t.crew[k, FIRST]
    b = t.demand[orders[k, i], ROW]
    base = t.crew[k, BASE]
    return _hop(t, k, a, base) + t.crew[k, RELOAD_TIME] + _hop(t, k, base, b) - _hop(t, k, a, b)


@inner
def _is_before(w, one, other, length, other_length):
    """Whether one list of cuts comes before another."""
    for x in range(min(length, other_length)):
        if one[x] != other[x]:
            return one[x] < other[x]
    return length < other_length


@inner
def cut(t, w, orders, k, m):
    """Split a round into trips that fit.

    The number of cuts, which then stand in ``w.way[reloads, m + 1]``; 0 where it fits at once or
    cannot be made to fit.
    """
    fits = True
    w.found[HAS_PAIRS] = has_pairs(t, orders, k, m)
    for dimension in range(4):
        if t.crew[k, CAPACITY + dimension] >= UNLIMITED:
            continue
        peak = trip_peak(t, orders, k, 0, m, dimension, t.crew[k, ABOARD + dimension])
        fits = fits and peak <= t.crew[k, CAPACITY + dimension]
    reloads = t.crew[k, RELOADS]
    if fits or reloads == 0:
        return 0
    best, cuts = NEVER, 0
    kept = w.way[reloads, m + 1]
    for layer in range(reloads + 1):
        _fill_layer(t, w, orders, k, m, layer)
        spent = w.layer[layer, m]
        way = w.way[layer, m]
        if spent < best or (spent == best < NEVER and _is_before(w, way, kept, layer, cuts)):
            best, cuts = spent, layer
            for x in range(layer):
                kept[x] = way[x]
        w.layer[layer, m] = NEVER
    return cuts


@inner
def _fill_layer(t, w, orders, k, m, layer):
    """The cheapest ways to have served the first j stops with ``layer`` cuts, by j."""
    for j in range(m + 1):
        w.layer[layer, j] = NEVER
    is_last = layer == t.crew[k, RELOADS]
    since = np.int64(0)
    if is_last and layer and not w.found[HAS_PAIRS]:
        since = _last_trip(t, orders, k, m)
    for begin in range(since, m if layer else 1):
        spent = np.int64(0)
        if layer == 1 and begin == 0:
            if not _may_load_at_once(t, k):
                continue
            spent = _detour(t, orders, k, begin)
        elif layer:
            if begin == 0 or w.layer[layer - 1, begin] == NEVER:
                continue
            spent = w.layer[layer - 1, begin] + _detour(t, orders, k, begin)
        reach = m if since else _reach(t, w, orders, k, m, begin, layer == 0)
        first = m if is_last else begin + 1  # the last trip has to be the last
        for end in range(first, reach + 1):
            _offer(w, layer, begin, end, spent)


@inner
def _last_trip(t, orders, k, m):
    """The first stop from which on all that follows fits at once; the fewer stops, the less."""
    since = np.int64(0)
    for dimension in range(4):
        if t.crew[k, CAPACITY + dimension] >= UNLIMITED:
            continue
        board = peak = np.int64(0)
        for i in range(m - 1, since - 1, -1):
            d = orders[k, i]
            taken = t.demand[d, LOAD + dimension]
            more = taken - t.demand[d, BROUGHT + dimension] + t.demand[d, COLLECTED + dimension]
            board += taken
            peak = max(board, peak + more)
            if peak > t.crew[k, CAPACITY + dimension]:
                since = np.int64(i + 1)
                break
    return since


@inline
def _offer(w, layer, begin, end, spent):
    known = w.layer[layer, end]
    way = w.way[layer, end]
    is_better = spent < known
    if spent == known and layer:
        before = w.way[layer - 1, begin]
        for x in range(layer):
            new = before[x] if x < layer - 1 else np.int64(begin)
            if new != way[x]:
                is_better = new < way[x]
                break
    if is_better:
        w.layer[layer, end] = spent
        if layer:
            before = w.way[layer - 1, begin]
            for x in range(layer - 1):
                way[x] = before[x]
            way[layer - 1] = begin


@inner
def weigh(t, w, orders, k, m, cuts):
    """Note the most on board, what is too much, and what is brought but not collected."""
    kept = w.way[t.crew[k, RELOADS], m + 1]
    for dimension in range(4):
        peak = np.int64(0)
        begin = np.int64(0)
        for trip in range(cuts + 1):
            end = kept[trip] if trip < cuts else np.int64(m)
            aboard = _on_board(t, w, orders, k, m, begin, dimension, trip == 0)
            peak = max(peak, trip_peak(t, orders, k, begin, end, dimension, aboard))
            begin = end
        w.found[PEAK + dimension] = peak
        w.found[OVER + dimension] = max(np.int64(0), peak - t.crew[k, CAPACITY + dimension])
    w.found[UNPAIRED] = pairs_missing(t, orders, k, m) if w.found[HAS_PAIRS] else 0
