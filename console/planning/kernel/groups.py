# pyright: basic
"""Demands that belong together: what one collects another brings, on the same round and later."""

import numpy as np

from console.planning.kernel.judge import BROKEN
from console.planning.kernel.lines import AT, CREW, LENGTH, refresh
from console.planning.kernel.options import inner
from console.planning.kernel.placing import NEVER, fits, guessed_legs, insert, price_now
from console.planning.kernel.state import IS_OUT, MARK, STAMP, touch
from console.planning.kernel.tables import BRINGS, BRINGS_AT, GROUP, IS_LINKED, KIND, SKIP

LOOSE = 0.3  # how much dearer a leg may seem for what is collected: what is brought decides too


@inner
def insert_group(t, s, d, opens):
    """Insert all that is linked to a demand into the crew where that is cheapest.

    Nothing is inserted where no crew can take all of it for less than leaving it out costs.
    """
    lines = s.lines
    group = t.demand[d, GROUP]
    best, crew = _skipped(t, s, group), np.int64(-1)
    stamp = s.numbers[STAMP] = s.numbers[STAMP] + 1
    for x in range(t.near.shape[1]):
        k = lines.stop[t.near[d, x], CREW]
        if k >= 0 and s.mine[k, MARK] != stamp:
            s.mine[k, MARK] = stamp
            price = _price_in(t, s, k, group)
            if price < best:
                best, crew = price, np.int64(k)
    if t.near.shape[1] == 0:
        best, crew = _anywhere(t, s, group, best)
    fresh = np.int64(-1)
    for k in range(len(lines.round)):
        if lines.round[k, LENGTH] == 0 and t.crew[k, KIND] != fresh:
            fresh = t.crew[k, KIND]
            price = _price_in(t, s, k, group)
            if price < best or (opens and price < NEVER):
                best, crew = price, np.int64(k)
                opens = False
    if crew >= 0 and not _put_in(t, s, crew, group):
        _take_back(t, s, crew, group)


@inner
def _anywhere(t, s, group, best):
    """(price, crew) of the cheapest round, where nobody knows what is near."""
    crew = np.int64(-1)
    for k in range(len(s.lines.round)):
        if s.lines.round[k, LENGTH]:
            price = _price_in(t, s, np.int64(k), group)
            if price < best:
                best, crew = price, np.int64(k)
    return best, crew


@inner
def _skipped(t, s, group):
    """What leaving the whole group out costs."""
    price = np.int64(0)
    for d in range(group, len(t.demand)):
        if t.demand[d, GROUP] == group:
            price += t.demand[d, SKIP]
    return price


@inner
def _price_in(t, s, k, group):
    """What a crew's round would cost more with the group; ``NEVER`` where it cannot take it."""
    before = price_now(t, s, k)
    if before == BROKEN:
        return NEVER
    touch(t, s, k)
    price = NEVER
    if _put_in(t, s, k, group):
        price = price_now(t, s, k) - before + _extra(t, k, group)
    _take_back(t, s, k, group)
    return price


@inner
def _extra(t, k, group):
    price = np.int64(0)
    for d in range(group, len(t.demand)):
        if t.demand[d, GROUP] == group:
            price += t.extra[d, k]
    return price


@inner
def _put_in(t, s, k, group):
    """Insert one after the other, what is collected first; False where one does not go in."""
    touch(t, s, k)
    for _ in range(len(t.demand)):
        waits = False
        moved = False
        for d in range(group, len(t.demand)):
            if t.demand[d, GROUP] != group or not s.pile[d, IS_OUT]:
                continue
            since = _first_leg(t, s, k, d)
            if since < 0:
                waits = True
                continue
            if not fits(t, s, k, d) or not _insert_somewhere(t, s, k, d, since):
                return False
            moved = True
        if not waits:
            break
        if not moved:
            return False
    return price_now(t, s, k) != BROKEN


@inner
def _first_leg(t, s, k, d):
    """The first leg behind all that is collected for a demand; -1 where some is not there yet."""
    lines = s.lines
    since = np.int64(0)
    first = t.demand[d, BRINGS_AT]
    for q in range(first, first + t.demand[d, BRINGS]):
        source = t.pair[q, 1]
        if s.pile[source, IS_OUT] or lines.stop[source, CREW] != k:
            return np.int64(-1)
        since = max(since, lines.stop[source, AT] + 1)
    return since


@inner
def _insert_somewhere(t, s, k, d, since):
    _, first, _, second = guessed_legs(t, s, k, d, since, NEVER)
    if first < 0:
        return False
    i = first
    if second >= 0 and t.demand[d, BRINGS] == 0 and np.random.random() < LOOSE:
        i = second
    insert(t, s, k, i, d)
    if price_now(t, s, k) == BROKEN and second >= 0:
        _remove(t, s, k, d)
        insert(t, s, k, second if i == first else first, d)
    return True


@inner
def _take_back(t, s, k, group):
    """Take the group off the round again; it is out."""
    lines = s.lines
    i = 0
    while i < lines.round[k, LENGTH]:
        d = lines.order[k, i]
        if t.demand[d, GROUP] == group and t.demand[d, IS_LINKED]:
            _remove(t, s, k, d)
        else:
            i += 1


@inner
def _remove(t, s, k, d):
    """Take one demand off its round; the list of what is out is the caller's."""
    lines = s.lines
    for i in range(lines.stop[d, AT], lines.round[k, LENGTH] - 1):
        lines.order[k, i] = lines.order[k, i + 1]
    lines.round[k, LENGTH] -= 1
    lines.stop[d, CREW] = -1
    s.pile[d, IS_OUT] = 1
    refresh(t, lines, k)
