# pyright: basic
"""A compiled search under way: its rounds, the best ones, what is out, and how to go back."""

from typing import NamedTuple

import numpy as np

from console.domain.segments import UNLIMITED
from console.planning.kernel.door import Room
from console.planning.kernel.judge import BROKEN
from console.planning.kernel.lines import (
    COST,
    CREW,
    DURATION,
    IS_JUDGED,
    KG,
    LENGTH,
    PROMISES,
    Lines,
    lines_of,
    refresh,
)
from console.planning.kernel.options import fast, inline, inner
from console.planning.kernel.tables import (
    CAPACITY,
    EARLY,
    FIRST,
    HOME,
    HORIZON,
    KIND,
    LATE,
    LOAD,
    PER_INNER_METRE,
    PROFILE,
    ROW,
    SKIP,
    STAYS,
    Array,
    Tables,
)

SLOTS = 1 << 14
HOPES = 2
BEYOND = 1 << 46  # dearer than any plan
WIDTH = 128  # stops of the longest round that the pool holds
EXCHANGED = 0.8  # share of steps in which rounds exchange runs
WIDE = 500  # stops up to which every round is looked at for each insertion


class Search(NamedTuple):
    """A search under way: rounds, the best ones, what is out, and how to go back.

    The columns of ``pile`` (per demand), ``mine`` (per crew) and ``pool`` (per slot) are named
    below; ``numbers`` likewise.
    """

    lines: Lines
    pile: Array  # (n, 10)
    mine: Array  # (k, 6)
    numbers: Array  # (7,)
    best_order: Array  # (k, n + 1)
    old_order: Array  # (k, n + 1) as it was before the step, and so below
    old_round: Array
    old_stop: Array  # (k, n + 1, stop's columns)
    pool: Array  # (SLOTS, 5)
    pool_order: Array  # (SLOTS, WIDTH)
    shares: Array  # (2,) named below
    hopes: Array  # (HOPES, 2) price and crew of insertions that seem best
    known: Array  # (n, k, 8) what insertion into each round was found to cost


# shares: of steps in which rounds exchange runs, of insertions for which far rounds are looked at
EXCHANGES, FARS = range(2)
# numbers: the plan's price and the best one's, how many are out, were out, crews touched, steps
COST_NOW, BEST, IS_LEFT, WAS_LEFT, HANDS, STAMP, STEPS = range(7)
# pile: demands on no round, whether this one is, the list before the step, its name, sorting keys
OUT, IS_OUT, OLD_OUT, SIGNS, KEYS = range(5)
# mine: lengths of the best and the old round, the old cost, crews touched, whether this one is
BEST_LENGTH, OLD_LENGTH, OLD_COST, TOUCHED, IS_TOUCHED, MARK = range(6)
# known: the number of the round that this is about, what a demand adds to it and on which leg (-1:
# no leg adds less), how sure that is; the second best leg where it is a guess, else what the judge
# said of the whole round
ABOUT, PRICE, LEG, STATE, OTHER_PRICE, OTHER_LEG = range(6)
WHOLE, SPAN, BROKE = range(OTHER_PRICE, OTHER_PRICE + 3)
SURE, GUESS, JUDGED = range(3)
# pool: a round's name, price, crew and length, and the price of the cheapest plan it was seen in
POOL_SIGN, POOL_COST, POOL_CREW, POOL_LENGTH, POOL_PLAN = range(5)


def search_of(tables: Tables, seed: int) -> tuple[Search, Room]:
    """A search with empty rounds; everything is out. The room has to be kept beside it."""
    n, k = tables.allowed.shape
    pile = np.zeros((n, 10), np.int64)
    pile[:, OUT], pile[:, IS_OUT] = np.arange(n), 1
    pile[:, SIGNS] = np.random.default_rng(seed).integers(1, 1 << 62, n, dtype=np.int64)
    pile[:, KEYS : KEYS + 5] = _keys(tables)
    numbers = np.zeros(7, np.int64)
    numbers[IS_LEFT] = n
    lines, room = lines_of(tables)
    search = Search(
        lines,
        pile,
        np.zeros((k, 6), np.int64),
        numbers,
        np.zeros((k, n + 1), np.int32),
        np.zeros((k, n + 1), np.int32),
        np.zeros_like(lines.round),
        np.zeros((k, n + 1, lines.stop.shape[1]), np.int64),
        np.zeros((SLOTS, 5), np.int64),
        np.zeros((SLOTS, min(WIDTH, n + 1)), np.int32),
        np.array(_shares(tables), np.float64),
        np.zeros((HOPES, 2), np.int64),
        np.full((n, k, 8), -1, np.int64),
    )
    return search, room


def _shares(tables: Tables) -> list[float]:
    """Nothing is exchanged where demands stay in their order; large plans are searched near by."""
    exchanges = 0.0 if tables.demand[:, STAYS].any() else EXCHANGED
    return [exchanges, min(1.0, WIDE / max(1, len(tables.demand)))]


def _keys(tables: Tables) -> Array:
    """Load, far, close, short window, early; the smaller comes first."""
    demand, crew = tables.demand, tables.crew
    if not len(demand) or not len(crew):
        return np.zeros((len(demand), 5), np.int64)
    away = tables.travel[0, crew[0, FIRST], demand[:, ROW]].astype(np.int64)
    room = np.clip(crew[:, CAPACITY : CAPACITY + 4].max(axis=0), 1, HORIZON)
    share = (demand[:, LOAD : LOAD + 4] * 1_000_000 // room).max(axis=1)
    span = demand[:, LATE] - demand[:, EARLY]
    return np.stack([-share, -away, away, span, demand[:, EARLY]], axis=1).astype(np.int64)


@fast
def seeded(seed):
    """Set the compiled code's random numbers."""
    np.random.seed(seed)


@fast
def load_rounds(t, s, order, length):
    """Go to a plan; its rounds have to keep every rule."""
    lines = s.lines
    n, k = t.allowed.shape
    s.pile[:, IS_OUT] = 1
    lines.stop[:, CREW] = -1
    for crew in range(k):
        lines.round[crew, LENGTH] = length[crew]
        for i in range(length[crew]):
            lines.order[crew, i] = order[crew, i]
            s.pile[order[crew, i], IS_OUT] = False
        refresh(t, lines, crew)
    _count_out(s, n)
    s.numbers[COST_NOW] = total(t, s)


@inner
def _count_out(s, n):
    count = 0
    for d in range(n):
        if s.pile[d, IS_OUT]:
            s.pile[count, OUT] = d
            count += 1
    s.numbers[IS_LEFT] = count


@fast
def round_cost(t, s, k):
    """What a crew's round costs with everything that is priced on it."""
    lines = s.lines
    if lines.round[k, LENGTH] == 0:
        return np.int64(0)
    cost = lines.round[k, COST]
    if cost == BROKEN:
        return cost
    p = t.crew[k, PROFILE]
    for i in range(lines.round[k, LENGTH]):
        d = lines.order[k, i]
        cost += t.extra[d, k]
        if i and t.crew[k, PER_INNER_METRE] and not lines.round[k, IS_JUDGED]:
            a = t.demand[lines.order[k, i - 1], ROW]
            cost += t.metres[p, a, t.demand[d, ROW]] * t.crew[k, PER_INNER_METRE]
    return cost


@fast
def unevenness(t, s):
    """The price of rounds that differ from their mean."""
    if t.balance[0] == 0:
        return np.int64(0)
    lines = s.lines
    count, whole = 0, np.int64(0)
    for k in range(len(lines.round)):
        if lines.round[k, LENGTH]:
            count += 1
            whole += _measured(t, lines, k)
    if count == 0:
        return np.int64(0)
    mean = whole / count
    off = 0.0
    for k in range(len(lines.round)):
        if lines.round[k, LENGTH]:
            off += abs(_measured(t, lines, k) - mean)
    return np.int64(off * t.balance[0])


@inline
def _measured(t, lines, k):
    if t.balance[1] == 0:
        return lines.round[k, DURATION]
    if t.balance[1] == 1:
        return np.int64(lines.round[k, LENGTH])
    return lines.round[k, KG]


@fast
def common_price(t, s):
    """What is priced on the plan as a whole: uneven rounds, changes beyond what is allowed."""
    return unevenness(t, s) + BEYOND * _beyond(t, s)


@inner
def _beyond(t, s):
    """How many demands change crew, and promises are broken, beyond the most."""
    beyond = np.int64(0)
    if t.cap[0] < UNLIMITED:
        changes = np.int64(0)
        for d in range(len(t.demand)):
            home = t.demand[d, HOME]
            if home >= 0 and s.lines.stop[d, CREW] != home:
                changes += 1
        beyond += max(np.int64(0), changes - t.cap[0])
    if t.cap[1] < UNLIMITED:
        broken = np.int64(0)
        for k in range(len(s.lines.round)):
            if s.lines.round[k, LENGTH]:
                broken += s.lines.round[k, PROMISES]
        beyond += max(np.int64(0), broken - t.cap[1])
    return beyond


@fast
def total(t, s):
    """The plan's price: rounds, what is priced on the whole, and what is out."""
    cost = common_price(t, s)
    for k in range(len(s.lines.round)):
        cost += round_cost(t, s, k)
    for x in range(s.numbers[IS_LEFT]):
        cost += t.demand[s.pile[x, OUT], SKIP]
    return cost


@inner
def touch(t, s, k):
    """Remember a crew's round as it was before the step."""
    if s.mine[k, IS_TOUCHED]:
        return
    s.mine[k, IS_TOUCHED] = True
    s.mine[s.numbers[HANDS], TOUCHED] = k
    s.numbers[HANDS] += 1
    lines = s.lines
    s.mine[k, OLD_LENGTH] = lines.round[k, LENGTH]
    s.mine[k, OLD_COST] = round_cost(t, s, k)
    for c in range(lines.round.shape[1]):
        s.old_round[k, c] = lines.round[k, c]
    for i in range(lines.round[k, LENGTH]):
        d = s.old_order[k, i] = lines.order[k, i]
        for c in range(lines.stop.shape[1]):
            s.old_stop[k, i, c] = lines.stop[d, c]


@fast
def begin_step(t, s):
    """Nothing is touched yet."""
    for x in range(s.numbers[HANDS]):
        s.mine[s.mine[x, TOUCHED], IS_TOUCHED] = False
    s.numbers[HANDS] = 0
    s.numbers[WAS_LEFT] = s.numbers[IS_LEFT]
    for x in range(s.numbers[IS_LEFT]):
        s.pile[x, OLD_OUT] = s.pile[x, OUT]


@inner
def undo_step(t, s):
    """Back to what was before the step."""
    lines = s.lines
    for x in range(s.numbers[IS_LEFT]):
        s.pile[s.pile[x, OUT], IS_OUT] = False
    for x in range(s.numbers[WAS_LEFT]):
        s.pile[x, OUT] = s.pile[x, OLD_OUT]
        s.pile[s.pile[x, OUT], IS_OUT] = True
        lines.stop[s.pile[x, OUT], CREW] = -1
    s.numbers[IS_LEFT] = s.numbers[WAS_LEFT]
    for x in range(s.numbers[HANDS]):
        k = s.mine[x, TOUCHED]
        for c in range(lines.round.shape[1]):
            lines.round[k, c] = s.old_round[k, c]
        for i in range(s.mine[k, OLD_LENGTH]):
            d = lines.order[k, i] = s.old_order[k, i]
            for c in range(lines.stop.shape[1]):
                lines.stop[d, c] = s.old_stop[k, i, c]


@fast
def keep_best(s):
    """The present plan is the best one."""
    s.numbers[BEST] = s.numbers[COST_NOW]
    lines = s.lines
    for k in range(len(lines.round)):
        s.mine[k, BEST_LENGTH] = lines.round[k, LENGTH]
        for i in range(lines.round[k, LENGTH]):
            s.best_order[k, i] = lines.order[k, i]


@inner
def pool_touched(t, s):
    """Remember the rounds that the last step changed."""
    lines = s.lines
    for x in range(s.numbers[HANDS]):
        k = s.mine[x, TOUCHED]
        m = lines.round[k, LENGTH]
        if m == 0 or m > s.pool_order.shape[1]:
            continue
        sign = np.int64(t.crew[k, KIND] + 1) * 7919
        for i in range(m):
            sign += s.pile[lines.order[k, i], SIGNS]
        cost, plan = round_cost(t, s, k), s.numbers[COST_NOW]
        slot = sign & (SLOTS - 1)
        if s.pool[slot, POOL_SIGN] == sign:
            plan = min(plan, s.pool[slot, POOL_PLAN])
            if s.pool[slot, POOL_COST] <= cost:
                s.pool[slot, POOL_PLAN] = plan
                continue
        s.pool[slot, POOL_SIGN], s.pool[slot, POOL_COST] = sign, cost
        s.pool[slot, POOL_CREW], s.pool[slot, POOL_LENGTH] = k, m
        s.pool[slot, POOL_PLAN] = plan
        for i in range(m):
            s.pool_order[slot, i] = lines.order[k, i]
