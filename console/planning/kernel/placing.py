# pyright: basic
"""Where a stop would go, and at what price: guessed by runs, confirmed by the judge."""

import numpy as np

from console.planning.kernel.judge import BROKEN
from console.planning.kernel.lines import (
    ASKED,
    BEHIND,
    BUSY,
    CARRIED,
    COST,
    CREW,
    IS_JUDGED,
    LENGTH,
    METRES,
    NUMBER,
    asked,
    is_rich_with,
    price_of,
    refresh,
    refresh_from,
    run_before,
    with_stop,
)
from console.planning.kernel.options import inline, inner
from console.planning.kernel.state import (
    ABOUT,
    BROKE,
    FARS,
    GUESS,
    HOPES,
    IS_OUT,
    JUDGED,
    LEG,
    MARK,
    OTHER_LEG,
    OTHER_PRICE,
    PRICE,
    SPAN,
    STAMP,
    STATE,
    SURE,
    WHOLE,
)
from console.planning.kernel.tables import (
    CAPACITY,
    EARLY,
    FIRST,
    FIXED,
    IS_RICH,
    KIND,
    LAST,
    LATE,
    LOAD,
    MOST_METRES,
    MOST_STOPS,
    PER_INNER_METRE,
    PER_METRE,
    PER_SECOND,
    PROFILE,
    RELOAD_TIME,
    RELOADS,
    ROOM,
    ROW,
    SERVICE,
    SKIP,
)

BLINK = 0.02  # share of rounds of which some legs are passed over
PASSED = 0.5  # of their legs
PASSED_ONE = 0.01  # share of legs passed over where a whole group is inserted
NEAREST = 30  # demands whose rounds are looked at first
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
    lines, known = s.lines, s.known[d, k]
    told = ASKED
    if known[STATE] == JUDGED and known[ABOUT] == lines.round[k, NUMBER] and known[LEG] == i:
        told = (known[WHOLE], known[SPAN], known[BROKE])
    for x in range(lines.round[k, LENGTH], i, -1):
        lines.order[k, x] = lines.order[k, x - 1]
    lines.order[k, i] = d
    lines.round[k, LENGTH] += 1
    s.pile[d, IS_OUT] = False
    if lines.round[k, COST] == BROKEN:
        refresh(t, lines, k)
    else:
        refresh_from(t, lines, k, i, told)


@inner
def place_of(t, s, d, opens):
    """(crew, leg) of the cheapest insertion that keeps every rule; (-1, 0) where none does.

    Looked at are the rounds of the nearest demands, then all others (of large plans not always, but
    what is known of them counts), and one empty round of each kind; where that gives nothing, or
    nothing that the judge confirms, every round.
    """
    lines = s.lines
    found = (t.demand[d, SKIP], np.int64(-1), np.int64(0))
    for x in range(HOPES):
        s.hopes[x, 0] = NEVER
    stamp = s.numbers[STAMP] = s.numbers[STAMP] + 1
    for x in range(min(t.near.shape[1], NEAREST)):
        k = lines.stop[t.near[d, x], CREW]
        if k >= 0 and s.mine[k, MARK] != stamp:
            s.mine[k, MARK] = stamp
            found = _better_place(t, s, k, d, found)
    all_rounds = np.random.random() < s.shares[FARS]
    fresh = -1
    for k in range(len(lines.round)):
        if lines.round[k, LENGTH]:
            if s.mine[k, MARK] != stamp and (all_rounds or _is_known(s, k, d)):
                found = _better_place(t, s, np.int64(k), d, found)
        elif t.crew[k, KIND] != fresh and fits(t, s, k, d):
            fresh = t.crew[k, KIND]
            if opens:
                found = (NEVER, found[1], found[2])
            found = _better_place(t, s, np.int64(k), d, found)
    was_hopeful = s.hopes[0, 0] < NEVER
    found = _confirmed(t, s, d, found)
    if found[1] < 0:
        for k in range(len(lines.round)):
            is_new = lines.round[k, LENGTH] and s.mine[k, MARK] != stamp
            if is_new or was_hopeful:
                found = _better_place(t, s, np.int64(k), d, found)
                found = _confirmed(t, s, d, found)
    return found[1], found[2]


@inline
def _fits_at_once(t, lines, k, d):
    """Whether a round with one demand more needs no second load."""
    fits = True
    for dimension in range(4):
        carried = lines.round[k, CARRIED + dimension] + t.demand[d, LOAD + dimension]
        fits = fits and carried <= t.crew[k, CAPACITY + dimension]
    return fits


@inline
def _is_known(s, k, d):
    """Whether what a demand adds to a round was looked at since that changed."""
    return s.known[d, k, ABOUT] == s.lines.round[k, NUMBER]


@inner
def _better_place(t, s, k, d, found):
    """The better of what was found and the best leg of a crew; now and then that is passed over.

    What the judge has to confirm goes to the hopes instead.
    """
    if not fits(t, s, k, d):
        return found
    known = s.known[d, k]
    if np.random.random() < BLINK:
        _look(t, s, k, d, found[0], PASSED)
        known[ABOUT] = -1
    elif known[ABOUT] != s.lines.round[k, NUMBER] or (known[LEG] < 0 and known[PRICE] < found[0]):
        _look(t, s, k, d, found[0], 0.0)
    if known[LEG] < 0 or known[PRICE] >= found[0]:
        return found
    if known[STATE] == GUESS:
        _hope(s, known[PRICE], k)
        return found
    return known[PRICE], np.int64(k), known[LEG]


@inner
def _look(t, s, k, d, limit, passed):
    """Note the legs of a crew where a demand costs least, or that none costs less than a limit.

    From the first leg on that is reached too late all are, and none is of use after which the next
    stop would be too late. Some legs are passed over.
    """
    lines, known = s.lines, s.known[d, k]
    m = lines.round[k, LENGTH]
    p = t.crew[k, PROFILE]
    there = t.demand[d, ROW]
    service, late = t.demand[d, SERVICE], t.demand[d, LATE]
    served = t.demand[d, EARLY] + service
    is_judged = lines.round[k, IS_JUDGED] | t.demand[d, IS_RICH] | is_rich_with(t, lines, k, d)
    floor = t.extra[d, k] - lines.round[k, COST]
    if is_judged and t.crew[k, RELOADS] and not _fits_at_once(t, lines, k, d):
        floor += t.crew[k, RELOAD_TIME] * t.crew[k, PER_SECOND]
    best, leg, other, second = limit, np.int64(-1), limit, np.int64(-1)
    a = t.crew[k, FIRST]
    for i in range(m + 1):
        run = run_before(t, lines, k, i)
        if run[0] + run[1] > late:
            break
        before, b, is_late = a, t.crew[k, LAST], False
        if i < m:
            e = lines.order[k, i]
            a = b = t.demand[e, ROW]
            is_late = served > lines.stop[e, BEHIND + 2]
        if is_late:
            continue
        more = np.int64(t.metres[p, before, there]) + t.metres[p, there, b]
        metres = lines.round[k, METRES] + more - t.metres[p, before, b]
        bound, extra = t.crew[k, FIXED] + metres * t.crew[k, PER_METRE], floor
        if t.crew[k, PER_SECOND]:
            seconds = lines.round[k, BUSY] + service - t.travel[p, before, b]
            seconds += np.int64(t.travel[p, before, there]) + t.travel[p, there, b]
            bound += seconds * t.crew[k, PER_SECOND]
        if t.crew[k, PER_INNER_METRE]:
            extra += t.crew[k, PER_INNER_METRE] * _inner_metres(t, k, (before, there, b), i, m)
        if bound + extra >= other or metres > t.crew[k, MOST_METRES]:
            continue
        if passed and np.random.random() < passed:
            continue
        whole, ok = with_stop(t, lines, k, i, d)
        if not ok:
            continue
        price = price_of(t, k, metres, whole) + extra
        if price < best:
            if is_judged:
                other, second = best, leg
            else:
                other = price
            best, leg = price, np.int64(i)
        elif price < other:
            other, second = price, np.int64(i)
    known[ABOUT], known[PRICE], known[LEG] = lines.round[k, NUMBER], best, leg
    known[STATE] = GUESS if is_judged else SURE
    known[OTHER_PRICE], known[OTHER_LEG] = other, second


@inner
def _hope(s, price, k):
    """Remember a crew whose insertion seems good, among the few best of this stop."""
    if price >= s.hopes[HOPES - 1, 0]:
        return
    x = HOPES - 1
    while x and s.hopes[x - 1, 0] > price:
        s.hopes[x, 0], s.hopes[x, 1] = s.hopes[x - 1, 0], s.hopes[x - 1, 1]
        x -= 1
    s.hopes[x, 0], s.hopes[x, 1] = price, k


@inner
def _confirmed(t, s, d, found):
    """The better of what was found and the hopes that the judge confirms."""
    for x in range(HOPES):
        price, k = s.hopes[x, 0], s.hopes[x, 1]
        s.hopes[x, 0] = NEVER
        if price < found[0]:
            _judge_legs(t, s, k, d, found[0])
            known = s.known[d, k]
            if known[STATE] == JUDGED and known[PRICE] < found[0]:
                found = (known[PRICE], k, known[LEG])
    return found


@inner
def _judge_legs(t, s, k, d, limit):
    """Have the judge price the leg that seems best, and the other where that may be better."""
    known = s.known[d, k]
    other, second = known[OTHER_PRICE], known[OTHER_LEG]
    known[STATE] = JUDGED
    best, leg = NEVER, np.int64(-1)
    one = _judged_price(t, s, k, known[LEG], d)
    if one[0] < NEVER:
        best, leg = one[0], known[LEG]
        known[WHOLE], known[SPAN], known[BROKE] = one[1], one[2], one[3]
    if second >= 0 and other < min(best, limit):
        one = _judged_price(t, s, k, second, d)
        if one[0] < best:
            best, leg = one[0], second
            known[WHOLE], known[SPAN], known[BROKE] = one[1], one[2], one[3]
    elif second >= 0 and best == NEVER:
        known[STATE], best, leg = GUESS, other, second
        known[OTHER_LEG] = -1
    known[PRICE], known[LEG] = best, leg


@inner
def _judged_price(t, s, k, i, d):
    """(what a demand on leg i adds, the whole round's price, seconds, broken promises).

    By the judge; ``NEVER`` where it breaks a rule.
    """
    now, told = price_now(t, s, k), price_with(t, s, k, i, d)
    if now == BROKEN or told[0] == BROKEN:
        return NEVER, told[0], told[1], told[2]
    return told[0] - now + t.extra[d, k], told[0], told[1], told[2]


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
        if not ok or metres > t.crew[k, MOST_METRES] or np.random.random() < PASSED_ONE:
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
    """(price, seconds, broken promises) of the round with a demand on leg i, by the judge."""
    lines = s.lines
    m = lines.round[k, LENGTH]
    for x in range(m, i, -1):
        lines.order[k, x] = lines.order[k, x - 1]
    lines.order[k, i] = d
    told = asked(lines, k, m + 1)
    for x in range(i, m):
        lines.order[k, x] = lines.order[k, x + 1]
    return told
