# pyright: basic
"""Where a stop would go, and at what price: guessed by runs, confirmed by the judge."""

import numpy as np

from console.planning.kernel.judge import BROKEN, judge
from console.planning.kernel.lines import (
    BUSY,
    CARRIED,
    COST,
    CREW,
    IS_JUDGED,
    LENGTH,
    METRES,
    price_of,
    refresh,
    with_stop,
)
from console.planning.kernel.options import inline, inner
from console.planning.kernel.state import IS_OUT, MARK, STAMP
from console.planning.kernel.tables import (
    FIRST,
    FIXED,
    IS_RICH,
    IS_RICH_CREW,
    KIND,
    LAST,
    LOAD,
    MOST_METRES,
    MOST_STOPS,
    PER_INNER_METRE,
    PER_METRE,
    PER_SECOND,
    PROFILE,
    ROOM,
    ROW,
    SERVICE,
    SKIP,
)

BLINK = 0.01
NEVER = np.int64(1) << 62


@inline
def fits(t, s, k, d):
    """Whether a crew may take a demand, its limits of time apart."""
    lines = s.lines
    if not t.allowed[d, k] or lines.round[k, LENGTH] + 1 > t.crew[k, MOST_STOPS]:
        return False
    for dimension in range(4):
        if (
            lines.round[k, CARRIED + dimension] + t.demand[d, LOAD + dimension]
            > t.crew[k, ROOM + dimension]
        ):
            return False
    return True


@inner
def insert(t, s, k, i, d):
    """Put a demand on leg i."""
    lines = s.lines
    for x in range(lines.round[k, LENGTH], i, -1):
        lines.order[k, x] = lines.order[k, x - 1]
    lines.order[k, i] = d
    lines.round[k, LENGTH] += 1
    s.pile[d, IS_OUT] = False
    refresh(t, lines, k)


@inner
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
                best, crew, leg = better_place(t, s, k, d, (best, crew, leg))
    fresh = -1
    for k in range(len(lines.round)):
        if lines.round[k, LENGTH] == 0 and fits(t, s, k, d) and t.crew[k, KIND] != fresh:
            fresh = t.crew[k, KIND]
            if opens:
                best = NEVER
            best, crew, leg = better_place(t, s, k, d, (best, crew, leg))
    if crew < 0:
        for k in range(len(lines.round)):
            if lines.round[k, LENGTH] and s.mine[k, MARK] != stamp and fits(t, s, k, d):
                best, crew, leg = better_place(t, s, k, d, (best, crew, leg))
    return crew, leg


@inline
def better_place(t, s, k, d, found):
    """The cheaper of what was found and the best leg of one crew: (price, crew, leg)."""
    lines = s.lines
    if lines.round[k, IS_JUDGED] or t.demand[d, IS_RICH] or t.crew[k, IS_RICH_CREW]:
        return _judged_place(t, s, k, d, found)
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


@inner
def _judged_place(t, s, k, d, found):
    """Of the two legs that seem best the first that the judge finds cheaper than what was found."""
    best, crew, leg = found
    now = price_now(t, s, k)
    if now == BROKEN:
        return best, crew, leg
    one, first, other, second = guessed_legs(t, s, k, d, 0, best)
    for x in range(2):
        i, guess = (first, one) if x == 0 else (second, other)
        if i < 0 or guess >= best:
            break
        price = price_with(t, s, k, i, d)
        if price != BROKEN and price - now + t.extra[d, k] < best:
            return price - now + t.extra[d, k], np.int64(k), np.int64(i)
    return best, crew, leg


@inner
def guessed_legs(t, s, k, d, since, limit):
    """The two legs from leg ``since`` on that seem cheapest below a limit: prices, legs or -1."""
    lines = s.lines
    m = lines.round[k, LENGTH]
    p = t.crew[k, PROFILE]
    there = t.demand[d, ROW]
    now = price_now(t, s, k)
    one, other = limit, limit
    first, second = np.int64(-1), np.int64(-1)
    for i in range(since, m + 1):
        a = t.demand[lines.order[k, i - 1], ROW] if i else t.crew[k, FIRST]
        b = t.demand[lines.order[k, i], ROW] if i < m else t.crew[k, LAST]
        more = np.int64(t.metres[p, a, there]) + t.metres[p, there, b] - t.metres[p, a, b]
        metres = lines.round[k, METRES] + more
        run, ok = with_stop(t, lines, k, i, d)
        if not ok or metres > t.crew[k, MOST_METRES] or np.random.random() < BLINK:
            continue
        price = price_of(t, k, metres, run) - now + t.extra[d, k]
        if price < one:
            one, other, first, second = price, one, np.int64(i), first
        elif price < other:
            other, second = price, np.int64(i)
    return one, first, other, second


@inner
def price_now(t, s, k):
    """What a crew's round costs without what is priced per demand and crew."""
    lines = s.lines
    cost = lines.round[k, COST]
    if lines.round[k, LENGTH] == 0 or cost == BROKEN or lines.round[k, IS_JUDGED]:
        return cost
    if t.crew[k, PER_INNER_METRE]:
        p = t.crew[k, PROFILE]
        for i in range(1, lines.round[k, LENGTH]):
            a, b = t.demand[lines.order[k, i - 1], ROW], t.demand[lines.order[k, i], ROW]
            cost += np.int64(t.metres[p, a, b]) * t.crew[k, PER_INNER_METRE]
    return cost


@inner
def price_with(t, s, k, i, d):
    """The judge's price of the round with a demand on leg i."""
    lines = s.lines
    m = lines.round[k, LENGTH]
    for x in range(m, i, -1):
        lines.order[k, x] = lines.order[k, x - 1]
    lines.order[k, i] = d
    price = judge(t, lines.work, lines.order, k, m + 1)
    for x in range(i, m):
        lines.order[k, x] = lines.order[k, x + 1]
    return price
