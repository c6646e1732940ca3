# pyright: basic
"""Ruin and recreate, compiled.

Strings of neighbouring stops are taken out and inserted again, greedily with blinks; what is a
little worse is accepted while the search is hot (Christiaens and Vanden Berghe 2020, "Slack
induction by string removals").

Added to the paper: rounds of different crews change owners, whole rounds are taken out, a new
round is opened now and then, and stops may stay out at a price.
"""

import math

import numpy as np

from console.planning.kernel.exchange import exchange
from console.planning.kernel.judge import BROKEN
from console.planning.kernel.lines import (
    CARRIED,
    COST,
    DRIVING,
    LENGTH,
    METRES,
    refresh,
)
from console.planning.kernel.options import fast, inner
from console.planning.kernel.recreate import (
    recreate,
)
from console.planning.kernel.ruin import (
    LONGEST,
    pull_partners,
    put_out,
    ruin,
    take_out,
)
from console.planning.kernel.state import (
    BEST,
    COST_NOW,
    EXCHANGES,
    HANDS,
    IS_LEFT,
    OLD_COST,
    OLD_LENGTH,
    OUT,
    STEPS,
    TOUCHED,
    begin_step,
    common_price,
    keep_best,
    pool_touched,
    round_cost,
    touch,
    undo_step,
)
from console.planning.kernel.tables import (
    KIND,
    MOST_DRIVING,
    MOST_METRES,
    MOST_STOPS,
    ROOM,
    SKIP,
    STAYS,
)

CHANGE = 0.03  # share of steps in which two crews change their rounds
LIGHTER = 6  # strings that come out of a round that is too much for its new crew, at most
GOOD = 1.02  # plans up to this much dearer than the best give their rounds to the pool


@fast
def keeps_limits(t, s, k):
    """Whether a crew's round keeps every rule."""
    lines = s.lines
    if lines.round[k, LENGTH] == 0:
        return True
    if lines.round[k, COST] == BROKEN or lines.round[k, METRES] > t.crew[k, MOST_METRES]:
        return False
    if (
        lines.round[k, DRIVING] > t.crew[k, MOST_DRIVING]
        or lines.round[k, LENGTH] > t.crew[k, MOST_STOPS]
    ):
        return False
    for dimension in range(4):
        if lines.round[k, CARRIED + dimension] > t.crew[k, ROOM + dimension]:
            return False
    return True


@fast
def change_owners(t, s):
    """Two crews that differ take each other's rounds; what they may not take, or cannot, is out."""
    lines = s.lines
    k = len(lines.round)
    one, other = np.random.randint(0, k), np.random.randint(0, k)
    if (
        t.crew[one, KIND] == t.crew[other, KIND]
        or lines.round[one, LENGTH] + lines.round[other, LENGTH] == 0
        or not (_may_leave(t, s, one, other) and _may_leave(t, s, other, one))
    ):
        return
    touch(t, s, one)
    touch(t, s, other)
    _take_over(t, s, one, other)
    _take_over(t, s, other, one)
    refresh(t, lines, one)
    refresh(t, lines, other)
    _settle(t, s)
    _lighten(t, s, one)
    _lighten(t, s, other)
    if s.numbers[IS_LEFT]:
        recreate(t, s)


@inner
def _may_leave(t, s, k, other):
    """Whether no stop that has to stay with its crew is lost if another takes the round."""
    lines = s.lines
    for i in range(lines.round[k, LENGTH]):
        d = lines.order[k, i]
        if t.demand[d, STAYS] and not t.allowed[d, other]:
            return False
    return True


@inner
def _take_over(t, s, k, other):
    """A crew has what another had before, as far as it may."""
    length = 0
    for i in range(s.mine[other, OLD_LENGTH]):
        d = s.old_order[other, i]
        if t.allowed[d, k]:
            s.lines.order[k, length] = d
            length += 1
        else:
            put_out(s, d)
    s.lines.round[k, LENGTH] = length


@inner
def _lighten(t, s, k):
    """Strings come out of a round until it keeps every rule."""
    lines = s.lines
    for _ in range(LIGHTER):
        if keeps_limits(t, s, k):
            return
        m = lines.round[k, LENGTH]
        count = min(m, LONGEST)
        take_out(t, s, k, np.random.randint(0, m - count + 1), count, 0, 0)
        _settle(t, s)


@inner
def _settle(t, s):
    """What is collected and brought comes out together, and the rounds know what they have."""
    pull_partners(t, s)
    for x in range(s.numbers[HANDS]):
        refresh(t, s.lines, s.mine[x, TOUCHED])


@inner
def step(t, s, heat):
    """One ruin and recreate; True when it was accepted."""
    begin_step(t, s)
    before = np.int64(0)
    for x in range(s.numbers[IS_LEFT]):
        before += t.demand[s.pile[x, OUT], SKIP]
    uneven = common_price(t, s)
    limit = -heat * math.log(np.random.random() + 1e-300)
    r = np.random.random()
    if r < CHANGE:
        change_owners(t, s)
    elif r < CHANGE + s.shares[EXCHANGES]:
        exchange(t, s, limit)
        if s.numbers[HANDS] == 0:
            return False
    if s.numbers[HANDS] == 0:
        ruin(t, s)
        recreate(t, s)
    after = common_price(t, s) - uneven - before
    for x in range(s.numbers[IS_LEFT]):
        after += t.demand[s.pile[x, OUT], SKIP]
    sound = True
    for x in range(s.numbers[HANDS]):
        k = s.mine[x, TOUCHED]
        if not keeps_limits(t, s, k):
            sound = False
            break
        after += round_cost(t, s, k) - s.mine[k, OLD_COST]
    if not sound or after >= limit:
        undo_step(t, s)
        return False
    s.numbers[COST_NOW] += after
    return True


@fast
def run_steps(t, s, steps, heat):
    """So many steps at one heat; True when a better plan was found."""
    found = False
    for _ in range(steps):
        if step(t, s, heat):
            if s.numbers[COST_NOW] < GOOD * s.numbers[BEST]:
                pool_touched(t, s)
            if s.numbers[COST_NOW] < s.numbers[BEST]:
                keep_best(s)
                found = True
    s.numbers[STEPS] += steps
    return found
