# pyright: basic
"""Putting stops back in, one by one, each where it is cheapest."""

import numpy as np
from numba import njit

from console.planning.kernel.lines import (
    AT,
    BUSY,
    CARRIED,
    COST,
    CREW,
    LENGTH,
    METRES,
    price_of,
    refresh,
    with_stop,
)
from console.planning.kernel.options import FAST, INLINE
from console.planning.kernel.state import (
    DIAL_REACH,
    END_SEEN,
    IS_LEFT,
    IS_OUT,
    KEYS,
    MARK,
    OUT,
    SEEN,
    STAMP,
    WAS_LEFT,
    touch,
)
from console.planning.kernel.tables import (
    CAPACITY,
    FIRST,
    FIXED,
    KIND,
    LAST,
    LOAD,
    MOST_METRES,
    MOST_STOPS,
    PER_INNER_METRE,
    PER_METRE,
    PER_SECOND,
    PROFILE,
    ROW,
    SERVICE,
    SKIP,
)

BLINK = 0.01
OPEN = 0.02  # share of steps in which the first stop opens a new round
NEVER = np.int64(1) << 62


@njit(**FAST)
def sort_out(t, s):
    """What is out in an order of the paper or at random; dear ones first if any is left."""
    count = s.numbers[IS_LEFT]
    for x in range(count - 1, 0, -1):
        y = np.random.randint(0, x + 1)
        s.pile[x, OUT], s.pile[y, OUT] = s.pile[y, OUT], s.pile[x, OUT]
    r = np.random.random()
    key = -1
    if r > 0.3:
        key = min(4, int((r - 0.3) / 0.7 * 5))
        if key == 2 and np.random.random() < 0.5:
            key = 0
    by_price = s.numbers[WAS_LEFT] > 0
    for x in range(1, count):
        d = s.pile[x, OUT]
        y = x - 1
        while y >= 0 and _comes_after(t, s, s.pile[y, OUT], d, key, by_price):
            s.pile[y + 1, OUT] = s.pile[y, OUT]
            y -= 1
        s.pile[y + 1, OUT] = d


@njit(**INLINE)
def _comes_after(t, s, one, other, key, by_price):
    if by_price and t.demand[one, SKIP] != t.demand[other, SKIP]:
        return t.demand[one, SKIP] < t.demand[other, SKIP]
    return key >= 0 and s.pile[one, KEYS + key] > s.pile[other, KEYS + key]


@njit(**INLINE)
def fits(t, s, k, d):
    """Whether a crew may take a demand, its limits of time apart."""
    lines = s.lines
    if not t.allowed[d, k] or lines.round[k, LENGTH] + 1 > t.crew[k, MOST_STOPS]:
        return False
    for dimension in range(4):
        if (
            lines.round[k, CARRIED + dimension] + t.demand[d, LOAD + dimension]
            > t.crew[k, CAPACITY + dimension]
        ):
            return False
    return True


@njit(**FAST)
def recreate(t, s):
    """Insert what is out, one by one, each where it is cheapest."""
    sort_out(t, s)
    opens = np.random.random() < OPEN
    count = s.numbers[IS_LEFT]
    left = 0
    for x in range(count):
        d = s.pile[x, OUT]
        k, i = place_of(t, s, d, opens)
        opens = False
        if k < 0:
            s.pile[left, OUT] = d
            left += 1
        else:
            touch(t, s, k)
            insert(t, s, k, i, d)
    s.numbers[IS_LEFT] = left


@njit(**FAST)
def insert(t, s, k, i, d):
    """Put a demand on leg i."""
    lines = s.lines
    for x in range(lines.round[k, LENGTH], i, -1):
        lines.order[k, x] = lines.order[k, x - 1]
    lines.order[k, i] = d
    lines.round[k, LENGTH] += 1
    s.pile[d, IS_OUT] = False
    refresh(t, lines, k)


@njit(**FAST)
def place_of(t, s, d, opens):
    """(crew, leg) of the cheapest insertion that keeps every rule; (-1, 0) where none does.

    Looked at are the legs beside the likeliest neighbours and one empty round of each kind; where
    that gives nothing, every leg.
    """
    lines = s.lines
    found = (t.demand[d, SKIP], -1, 0)
    stamp = s.numbers[STAMP] = s.numbers[STAMP] + 1
    for x in range(min(t.mates.shape[1], int(s.dials[DIAL_REACH]))):
        e = t.mates[d, x]
        k = lines.stop[e, CREW]
        if k >= 0 and _may_take(t, s, k, d, stamp):
            found = _beside(t, s, k, d, (e, stamp), found)
    fresh = -1
    for k in range(len(lines.round)):
        if lines.round[k, LENGTH] == 0 and t.crew[k, KIND] != fresh and fits(t, s, k, d):
            fresh = t.crew[k, KIND]
            if opens:
                found = (NEVER, found[1], found[2])
            found = _better_leg(t, s, k, d, 0, found)
    if found[1] < 0:
        for k in range(len(lines.round)):
            if lines.round[k, LENGTH] and _may_take(t, s, k, d, stamp):
                for i in range(lines.round[k, LENGTH] + 1):
                    found = _better_leg(t, s, k, d, i, found)
    return found[1], found[2]


@njit(**INLINE)
def _may_take(t, s, k, d, stamp):
    """``fits``, asked once an insertion and crew."""
    if s.mine[k, MARK] != stamp and s.mine[k, MARK] != -stamp:
        s.mine[k, MARK] = stamp if fits(t, s, k, d) else -stamp
    return s.mine[k, MARK] == stamp


@njit(**INLINE)
def _beside(t, s, k, d, mate, found):
    """The better of what was found and the legs before and after a demand, each looked at once."""
    lines = s.lines
    e, stamp = mate
    i = lines.stop[e, AT]
    if s.pile[e, SEEN] != stamp:
        s.pile[e, SEEN] = stamp
        found = _better_leg(t, s, k, d, i, found)
    i += 1
    if i == lines.round[k, LENGTH]:
        if s.mine[k, END_SEEN] != stamp:
            s.mine[k, END_SEEN] = stamp
            found = _better_leg(t, s, k, d, i, found)
    elif s.pile[lines.order[k, i], SEEN] != stamp:
        s.pile[lines.order[k, i], SEEN] = stamp
        found = _better_leg(t, s, k, d, i, found)
    return found


@njit(**FAST)
def _better_leg(t, s, k, d, i, found):
    """The better of what was found and leg i of a crew, which is passed over now and then."""
    lines = s.lines
    best = found[0]
    m = lines.round[k, LENGTH]
    p = t.crew[k, PROFILE]
    there = t.demand[d, ROW]
    a = t.demand[lines.order[k, i - 1], ROW] if i else t.crew[k, FIRST]
    b = t.demand[lines.order[k, i], ROW] if i < m else t.crew[k, LAST]
    more = np.int64(t.metres[p, a, there]) + t.metres[p, there, b] - t.metres[p, a, b]
    metres = lines.round[k, METRES] + more
    seconds = lines.round[k, BUSY] + t.demand[d, SERVICE]
    seconds += np.int64(t.travel[p, a, there]) + t.travel[p, there, b] - t.travel[p, a, b]
    extra = t.extra[d, k] - lines.round[k, COST]
    if t.crew[k, PER_INNER_METRE]:
        extra += t.crew[k, PER_INNER_METRE] * _inner_metres(t, k, (a, there, b), i, m)
    bound = t.crew[k, FIXED] + metres * t.crew[k, PER_METRE] + seconds * t.crew[k, PER_SECOND]
    if bound + extra >= best or metres > t.crew[k, MOST_METRES] or np.random.random() < BLINK:
        return found
    run, ok = with_stop(t, lines, k, i, d)
    if not ok:
        return found
    price = price_of(t, k, metres, run) + extra
    if price >= best:
        return found
    return price, k, i


@njit(**INLINE)
def _inner_metres(t, k, rows, i, m):
    """The metres between stops that an insertion adds."""
    a, there, b = rows
    p = t.crew[k, PROFILE]
    more = np.int64(0)
    if i > 0:
        more += t.metres[p, a, there]
    if i < m:
        more += t.metres[p, there, b]
    if 0 < i < m:
        more -= t.metres[p, a, b]
    return more
