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
    ruin,
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
)

CHANGE = 0.03  # share of steps in which two crews change their rounds
GOOD = 1.02  # plans up to this much dearer than the best give their rounds to the pool


@inner
def change_owners(t, s):
    """Two crews that differ take each other's rounds."""
    lines = s.lines
    k = len(lines.round)
    one, other = np.random.randint(0, k), np.random.randint(0, k)
    if (
        t.crew[one, KIND] == t.crew[other, KIND]
        or lines.round[one, LENGTH] + lines.round[other, LENGTH] == 0
    ):
        return
    for i in range(lines.round[one, LENGTH]):
        if not t.allowed[lines.order[one, i], other]:
            return
    for i in range(lines.round[other, LENGTH]):
        if not t.allowed[lines.order[other, i], one]:
            return
    touch(t, s, one)
    touch(t, s, other)
    for i in range(s.mine[other, OLD_LENGTH]):
        lines.order[one, i] = s.old_order[other, i]
    for i in range(s.mine[one, OLD_LENGTH]):
        lines.order[other, i] = s.old_order[one, i]
    lines.round[one, LENGTH], lines.round[other, LENGTH] = (
        s.mine[other, OLD_LENGTH],
        s.mine[one, OLD_LENGTH],
    )
    refresh(t, lines, one)
    refresh(t, lines, other)


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
