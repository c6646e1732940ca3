# pyright: basic
"""Rounds joined from both ends, so that an insertion is priced in constant time.

A run of stops is (duration, earliest, latest): its least duration and the span of starts that
attain it (Vidal et al. 2013, here for runs that are never late). Every stop knows the run up to it
and the run from it, with and without the break. Where windows, hours or rests are richer than
that, these runs are a guess, and ``judge`` has the last word.
"""

from typing import NamedTuple

import numpy as np

from console.planning.kernel.door import Room, ask
from console.planning.kernel.judge import BROKEN
from console.planning.kernel.options import fast, inline, inner
from console.planning.kernel.runs import (
    first_run,
    hop_of,
    hop_to,
    joined,
    last_run,
    pause_run,
    put_run,
    run_at,
    stop_run,
)
from console.planning.kernel.tables import (
    BROUGHT,
    CAPACITY,
    FIRST,
    FIXED,
    HORIZON,
    IS_RICH,
    IS_RICH_CREW,
    LAST,
    LOAD,
    PAUSE,
    PER_METRE,
    PER_OVERTIME,
    PER_SECOND,
    PROFILE,
    ROW,
    SERVICE,
    SHIFT_END,
    Array,
    Tables,
)
from console.planning.kernel.work import BROKEN_PROMISES, END, START, work_of


class Lines(NamedTuple):
    """Rounds of k crews over n demands; the columns are named below."""

    order: Array  # (k, n + 1) demands
    round: Array  # (k, 15)
    stop: Array  # (n, 14)
    door: Array  # (2,) to the judge
    found: Array  # what it found
    made: Array  # (1,) how many rounds were ever made


# round: metres, seconds, the price (``BROKEN`` where a rule is broken), the leg that would hold the
# break (-1 where none can), amounts loaded at the depot, kg brought, whether only the judge knows
# its price, promises that are broken, the round's own number (0: empty; of all others no two alike)
LENGTH, METRES, DRIVING, BUSY, DURATION, COST, LEG, CARRIED = range(8)
KG, IS_JUDGED, PROMISES, NUMBER = range(CARRIED + 4, CARRIED + 8)
# stop: its position and crew (-1: none); the runs up to and from it, and the same with the break
# in them where that is on the other side of it
AT, CREW, AHEAD, BEHIND, RESTED_AHEAD, RESTED_BEHIND = 0, 1, 2, 5, 8, 11
UNASKED = np.int64(1) << 61
ASKED = (UNASKED, np.int64(0), np.int64(0))


def lines_of(tables: Tables) -> tuple[Lines, Room]:
    """Empty rounds, and the judge's room, which has to be kept as long as they are."""
    n, k = tables.allowed.shape
    stop = np.zeros((n, 14), np.int64)
    stop[:, CREW] = -1
    order, rounds = np.zeros((k, n + 1), np.int32), np.zeros((k, NUMBER + 1), np.int64)
    work = work_of(tables)
    room = Room(tables, work, order)
    return Lines(order, rounds, stop, room.door, work.found, np.zeros(1, np.int64)), room


@fast
def refresh(t, s, k):
    """Take in a changed order: sums, runs, and where the break would be."""
    m = s.round[k, LENGTH]
    for dimension in range(4):
        s.round[k, CARRIED + dimension] = 0
    row = t.crew[k, FIRST]
    metres, driving, busy = np.int64(0), np.int64(0), np.int64(0)
    kg, is_judged = np.int64(0), np.int64(0)
    run = first_run(t, k)
    sound = True
    p = t.crew[k, PROFILE]
    for i in range(m):
        d = s.order[k, i]
        s.stop[d, AT], s.stop[d, CREW] = i, k
        hop = hop_to(t, k, row, d)
        metres += t.metres[p, row, t.demand[d, ROW]]
        driving += t.travel[p, row, t.demand[d, ROW]]
        busy += hop + t.demand[d, SERVICE]
        kg += t.demand[d, BROUGHT + 1]
        is_judged |= t.demand[d, IS_RICH]
        for dimension in range(4):
            s.round[k, CARRIED + dimension] += t.demand[d, LOAD + dimension]
        run, ok = joined(run, hop, stop_run(t, d))
        sound = sound and ok
        put_run(s.stop, AHEAD, d, run)
        row = t.demand[d, ROW]
    hop = hop_of(t, k, row, t.crew[k, LAST])
    s.round[k, METRES] = metres + t.metres[p, row, t.crew[k, LAST]]
    s.round[k, DRIVING] = driving + hop
    s.round[k, BUSY] = busy + hop
    s.round[k, KG], s.round[k, IS_JUDGED] = kg, is_judged | is_rich_with(t, s, k, -1)
    _refresh_behind(t, s, k, m - 1)
    _refresh_price(t, s, k, joined(run, hop, last_run(t, k)), sound, ASKED)


@inline
def is_rich_with(t, s, k, d):
    """Whether a crew makes its round, with a demand on top (-1: none), one for the judge."""
    rich = np.int64(t.crew[k, IS_RICH_CREW] == 1)
    if t.crew[k, IS_RICH_CREW] == 2:
        for dimension in range(4):
            more = t.demand[d, LOAD + dimension] if d >= 0 else np.int64(0)
            if s.round[k, CARRIED + dimension] + more > t.crew[k, CAPACITY + dimension]:
                rich = np.int64(1)
    return rich


@inner
def refresh_from(t, s, k, i, told):
    """Take in that leg i of a sound round was cut in two by a demand, as ``refresh`` would.

    ``told`` is (price, seconds, broken promises) where the judge was asked before, else ``ASKED``.
    """
    m, p = s.round[k, LENGTH], t.crew[k, PROFILE]
    d = s.order[k, i]
    before = t.crew[k, FIRST] if i == 0 else t.demand[s.order[k, i - 1], ROW]
    there = t.demand[d, ROW]
    into = hop_to(t, k, before, d)
    if i == m - 1:
        after = t.crew[k, LAST]
        spared, out = hop_of(t, k, before, after), hop_of(t, k, there, after)
    else:
        e = s.order[k, i + 1]
        after = t.demand[e, ROW]
        spared, out = hop_to(t, k, before, e), hop_to(t, k, there, e)
    s.round[k, METRES] += np.int64(t.metres[p, before, there]) + t.metres[p, there, after]
    s.round[k, METRES] -= t.metres[p, before, after]
    s.round[k, DRIVING] += np.int64(t.travel[p, before, there]) + t.travel[p, there, after]
    s.round[k, DRIVING] -= t.travel[p, before, after]
    s.round[k, BUSY] += into + out - spared + t.demand[d, SERVICE]
    s.round[k, KG] += t.demand[d, BROUGHT + 1]
    s.round[k, IS_JUDGED] |= t.demand[d, IS_RICH] | is_rich_with(t, s, k, d)
    for dimension in range(4):
        s.round[k, CARRIED + dimension] += t.demand[d, LOAD + dimension]
    run, row, sound = run_before(t, s, k, i), before, True
    for x in range(i, m):
        d = s.order[k, x]
        s.stop[d, AT], s.stop[d, CREW] = x, k
        run, ok = joined(run, hop_to(t, k, row, d), stop_run(t, d))
        sound = sound and ok
        put_run(s.stop, AHEAD, d, run)
        row = t.demand[d, ROW]
    _refresh_behind(t, s, k, i)
    hop = hop_of(t, k, row, t.crew[k, LAST])
    _refresh_price(t, s, k, joined(run, hop, last_run(t, k)), sound, told)


@inner
def _refresh_price(t, s, k, whole, sound, told):
    """Where the break is, and the price of the whole round, which is (run, is not late)."""
    run, ok = whole
    sound = sound and ok
    m = s.round[k, LENGTH]
    s.made[0] += 1
    s.round[k, NUMBER] = s.made[0] if m else 0
    best = run
    s.round[k, LEG] = -1
    s.round[k, PROMISES] = 0
    if t.crew[k, PAUSE + 0] > 0 and m:
        rested, leg = _best_leg(t, s, k)
        s.round[k, LEG] = leg
        if leg >= 0:
            _refresh_rested(t, s, k, leg)
        if run[0] > t.crew[k, PAUSE + 3]:
            best = rested
            sound = sound and leg >= 0
    s.round[k, DURATION] = best[0]
    s.round[k, COST] = price_of(t, k, s.round[k, METRES], best) if m else 0
    if not sound:
        s.round[k, COST] = BROKEN
    if s.round[k, IS_JUDGED] and m:
        _judged(t, s, k, m, told)


@inner
def _judged(t, s, k, m, told):
    """What runs are only a guess of."""
    if told[0] == UNASKED:
        told = asked(s, k, m)
    s.round[k, COST], s.round[k, DURATION], s.round[k, PROMISES] = told


@inline
def asked(s, k, m):
    """(price, seconds, broken promises) of the first ``m`` demands of a row, by the judge."""
    price = ask(s.door, k, m)
    return price, s.found[END] - s.found[START], s.found[BROKEN_PROMISES]


@inline
def price_of(t, k, metres, run):
    """What a round costs by its metres and its run from end to end."""
    over = max(np.int64(0), run[1] + run[0] - t.crew[k, SHIFT_END])
    timed = run[0] * t.crew[k, PER_SECOND] + over * t.crew[k, PER_OVERTIME]
    return t.crew[k, FIXED] + metres * t.crew[k, PER_METRE] + timed


@inline
def _refresh_behind(t, s, k, last):
    """The runs from stops up to position ``last``; those from later ones are right."""
    m = s.round[k, LENGTH]
    run = last_run(t, k) if last == m - 1 else run_at(s.stop, BEHIND, s.order[k, last + 1])
    for i in range(last, -1, -1):
        d = s.order[k, i]
        if i == m - 1:
            hop = hop_of(t, k, t.demand[d, ROW], t.crew[k, LAST])
        else:
            hop = hop_to(t, k, t.demand[d, ROW], s.order[k, i + 1])
        run, _ = joined(stop_run(t, d), hop, run)
        put_run(s.stop, BEHIND, d, run)


@inline
def run_before(t, s, k, i):
    """The run up to leg i."""
    return first_run(t, k) if i == 0 else run_at(s.stop, AHEAD, s.order[k, i - 1])


@inline
def run_after(t, s, k, i):
    """The run from the end of leg i."""
    return last_run(t, k) if i == s.round[k, LENGTH] else run_at(s.stop, BEHIND, s.order[k, i])


@inline
def leg_hop(t, s, k, i):
    """The seconds of leg i."""
    a = t.crew[k, FIRST] if i == 0 else t.demand[s.order[k, i - 1], ROW]
    if i == s.round[k, LENGTH]:
        return hop_of(t, k, a, t.crew[k, LAST])
    return hop_to(t, k, a, s.order[k, i])


@inline
def _best_leg(t, s, k):
    """(the whole round with its break, the leg that holds it), -1 where none can."""
    best = (np.int64(0), np.int64(0), np.int64(0))
    leg = -1
    paid, end = np.int64(HORIZON), np.int64(HORIZON)
    if t.crew[k, PAUSE + 2] - t.crew[k, PAUSE + 0] < t.crew[k, PAUSE + 1]:
        return best, leg
    for i in range(s.round[k, LENGTH] + 1):
        hop = leg_hop(t, s, k, i)
        with_pause, ok = joined(run_before(t, s, k, i), np.int64(0), pause_run(t, k, hop))
        if not ok:
            continue
        whole, ok = joined(with_pause, hop, run_after(t, s, k, i))
        if not ok:
            continue
        ends = whole[1] + whole[0]
        pays = 2 * whole[0] + max(np.int64(0), ends - t.crew[k, SHIFT_END])
        if leg < 0 or pays < paid or (pays == paid and ends < end):
            best, leg, paid, end = whole, i, pays, ends
    return best, leg


@inline
def _refresh_rested(t, s, k, leg):
    """The runs beyond the break's leg, on either side, with the break in them."""
    m = s.round[k, LENGTH]
    hop = leg_hop(t, s, k, leg)
    pause = pause_run(t, k, hop)
    run, _ = joined(run_before(t, s, k, leg), np.int64(0), pause)
    for i in range(leg, m):
        d = s.order[k, i]
        run, _ = joined(run, leg_hop(t, s, k, i), stop_run(t, d))
        put_run(s.stop, RESTED_AHEAD, d, run)
    run, _ = joined(pause, hop, run_after(t, s, k, leg))
    gap = np.int64(0)
    for i in range(leg - 1, -1, -1):
        d = s.order[k, i]
        run, _ = joined(stop_run(t, d), gap, run)
        put_run(s.stop, RESTED_BEHIND, d, run)
        gap = leg_hop(t, s, k, i)


@fast
def with_stop(t, s, k, i, d):
    """(the round with a demand on leg i, whether every rule of time holds)."""
    m = s.round[k, LENGTH]
    a = t.crew[k, FIRST] if i == 0 else t.demand[s.order[k, i - 1], ROW]
    into = hop_to(t, k, a, d)
    if i == m:
        out = hop_of(t, k, t.demand[d, ROW], t.crew[k, LAST])
    else:
        out = hop_to(t, k, t.demand[d, ROW], s.order[k, i])
    stop = stop_run(t, d)
    ahead, behind = run_before(t, s, k, i), run_after(t, s, k, i)
    with_it, ok = joined(ahead, into, stop)
    if not ok:
        return with_it, False
    whole, ok = joined(with_it, out, behind)
    if not ok or whole[0] <= t.crew[k, PAUSE + 3] or t.crew[k, PAUSE + 0] == 0:
        return whole, ok
    return _with_stop_and_break(t, s, k, i, (ahead, into, stop, out, behind))


@inline
def _with_stop_and_break(t, s, k, i, parts):
    ahead, into, stop, out, behind = parts
    leg = s.round[k, LEG]
    if leg >= 0 and i > leg:
        rested, ok = joined(run_at(s.stop, RESTED_AHEAD, s.order[k, i - 1]), into, stop)
        if ok:
            rested, ok = joined(rested, out, behind)
        return rested, ok
    if leg >= 0 and i < leg:
        whole, ok = joined(ahead, into, stop)
        if ok:
            whole, ok = joined(whole, out, run_at(s.stop, RESTED_BEHIND, s.order[k, i]))
        return whole, ok
    best, found = ahead, False
    run, ok = joined(ahead, np.int64(0), pause_run(t, k, into))
    if ok:
        run, ok = joined(run, into, stop)
        if ok:
            run, ok = joined(run, out, behind)
            if ok:
                best, found = run, True
    run, ok = joined(ahead, into, stop)
    if ok:
        run, ok = joined(run, np.int64(0), pause_run(t, k, out))
        if ok:
            run, ok = joined(run, out, behind)
            if ok and (not found or run[0] < best[0]):
                best, found = run, True
    return best, found
