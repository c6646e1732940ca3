# pyright: basic
"""Putting stops back in, one by one, each where it is cheapest."""

import numpy as np

from console.planning.kernel.lines import (
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
from console.planning.kernel.options import fast, inline
from console.planning.kernel.state import (
    IS_LEFT,
    IS_OUT,
    KEYS,
    MARK,
    OUT,
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


@fast
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


@inline
def _comes_after(t, s, one, other, key, by_price):
    if by_price and t.demand[one, SKIP] != t.demand[other, SKIP]:
        return t.demand[one, SKIP] < t.demand[other, SKIP]
    return key >= 0 and s.pile[one, KEYS + key] > s.pile[other, KEYS + key]


@inline
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


@fast
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


@fast
def insert(t, s, k, i, d):
    """Put a demand on leg i."""
    lines = s.lines
    for x in range(lines.round[k, LENGTH], i, -1):
        lines.order[k, x] = lines.order[k, x - 1]
    lines.order[k, i] = d
    lines.round[k, LENGTH] += 1
    s.pile[d, IS_OUT] = False
    refresh(t, lines, k)


@fast
def place_of(t, s, d, opens):
    """(crew, leg) of the cheapest insertion that keeps every rule; (-1, 0) where none does."""
    lines = s.lines
    best, crew, leg = t.demand[d, SKIP], -1, 0
    stamp = s.numbers[STAMP] = s.numbers[STAMP] + 1
    for x in range(t.near.shape[1]):
        k = lines.stop[t.near[d, x], CREW]
        if k >= 0 and s.mine[k, MARK] != stamp:
            s.mine[k, MARK] = stamp
            if fits(t, s, k, d):
                best, crew, leg = _better_place(t, s, k, d, (best, crew, leg))
    fresh = -1
    for k in range(len(lines.round)):
        if lines.round[k, LENGTH] == 0 and fits(t, s, k, d) and t.crew[k, KIND] != fresh:
            fresh = t.crew[k, KIND]
            if opens:
                best = NEVER
            best, crew, leg = _better_place(t, s, k, d, (best, crew, leg))
    if crew < 0:
        for k in range(len(lines.round)):
            if lines.round[k, LENGTH] and s.mine[k, MARK] != stamp and fits(t, s, k, d):
                best, crew, leg = _better_place(t, s, k, d, (best, crew, leg))
    return crew, leg


@inline
def _better_place(t, s, k, d, found):
    lines = s.lines
    best, crew, leg = found
    m = lines.round[k, LENGTH]
    p = t.crew[k, PROFILE]
    there = t.demand[d, ROW]
    now = lines.round[k, COST]
    inner = t.crew[k, PER_INNER_METRE]
    a = t.crew[k, FIRST]
    floor = t.crew[k, FIXED] - now + t.extra[d, k]
    for i in range(m + 1):
        b = t.demand[lines.order[k, i], ROW] if i < m else t.crew[k, LAST]
        more = np.int64(t.metres[p, a, there]) + t.metres[p, there, b] - t.metres[p, a, b]
        metres = lines.round[k, METRES] + more
        seconds = (
            lines.round[k, BUSY]
            + t.demand[d, SERVICE]
            + t.travel[p, a, there]
            + t.travel[p, there, b]
        )
        seconds -= t.travel[p, a, b]
        bound = floor + metres * t.crew[k, PER_METRE] + seconds * t.crew[k, PER_SECOND]
        if inner:
            bound += inner * _inner_metres(t, k, (a, there, b), i, m)
        if bound < best and np.random.random() > BLINK and metres <= t.crew[k, MOST_METRES]:
            run, ok = with_stop(t, lines, k, i, d)
            if ok:
                price = price_of(t, k, metres, run) - now + t.extra[d, k]
                if inner:
                    price += inner * _inner_metres(t, k, (a, there, b), i, m)
                if price < best:
                    best, crew, leg = price, k, i
        a = b
    return best, crew, leg


@inline
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
