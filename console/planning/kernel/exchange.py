# pyright: basic
"""Two rounds exchange runs of stops: tails, or what lies between; a round moves one of its own.

What ruin and recreate puts together stop by stop, these moves do in one go, which long rounds and
whole clusters need (2-opt* of Potvin and Rousseau 1995, CROSS of Taillard et al. 1997).
"""

import numpy as np

from console.planning.kernel.lines import (
    AT,
    CARRIED,
    CREW,
    LENGTH,
    refresh,
    run_after,
    run_before,
)
from console.planning.kernel.options import inline, inner
from console.planning.kernel.runs import hop_to, joined, stop_run
from console.planning.kernel.state import OLD_LENGTH, touch
from console.planning.kernel.tables import (
    FIRST,
    FIXED,
    KIND,
    LAST,
    LOAD,
    PER_METRE,
    PER_SECOND,
    PROFILE,
    ROOM,
    ROW,
)

CLOSE = 40  # nearest demands among which a partner is drawn
TRIES = 20  # pairs of demands that are looked at for one exchange
TAILS = 0.4  # share of tries that exchange all that follows
LONG = 15  # stops of the others' longest run


@inner
def exchange(t, s, limit):
    """Do one exchange that seems to cost less than ``limit``; none where none is found."""
    lines = s.lines
    n, reach = t.mates.shape
    reach = min(reach, CLOSE)
    if reach < 1:
        return
    for _ in range(TRIES):
        d = np.random.randint(0, n)
        e = t.mates[d, np.random.randint(0, reach)]
        k, other = lines.stop[d, CREW], lines.stop[e, CREW]
        if k < 0 or other < 0:
            continue
        i, j = lines.stop[d, AT] + 1, lines.stop[e, AT]
        if k == other:
            if _moved_within(t, s, k, (i, j), limit):
                return
            continue
        a, b = lines.round[k, LENGTH] - i, lines.round[other, LENGTH] - j
        if np.random.random() >= TAILS:
            a = np.random.randint(0, min(a, LONG) + 1)
            b = np.random.randint(1, min(b, LONG) + 1)
        if _seems_good(t, s, (k, i, a, other, j, b), limit) and _is_allowed(
            t, s, (k, i, a, other, j, b)
        ):
            _swap(t, s, (k, i, a, other, j, b))
            return


@inline
def _row_at(t, lines, k, i):
    """The row of a position; the depot's on either side."""
    if i < 0:
        return t.crew[k, FIRST]
    if i >= lines.round[k, LENGTH]:
        return t.crew[k, LAST]
    return t.demand[lines.order[k, i], ROW]


@inline
def _leg_price(t, k, a, b):
    p = t.crew[k, PROFILE]
    return (
        np.int64(t.metres[p, a, b]) * t.crew[k, PER_METRE]
        + np.int64(t.travel[p, a, b]) * t.crew[k, PER_SECOND]
    )


@inner
def _half_price(t, lines, k, cut, other, run):
    """What it costs to put a run of another round in the place of one's own, by legs alone."""
    i, a = cut
    j, b = run
    before, after = _row_at(t, lines, k, i - 1), _row_at(t, lines, k, i + a)
    more = np.int64(0)
    if b:
        more += _leg_price(t, k, before, _row_at(t, lines, other, j))
        more += _leg_price(t, k, _row_at(t, lines, other, j + b - 1), after)
    else:
        more += _leg_price(t, k, before, after)
    if a:
        more -= _leg_price(t, k, before, _row_at(t, lines, k, i))
        more -= _leg_price(t, k, _row_at(t, lines, k, i + a - 1), after)
    else:
        more -= _leg_price(t, k, before, after)
    if a == lines.round[k, LENGTH] and b == 0:
        more -= t.crew[k, FIXED]
    return more


@inner
def _seems_good(t, s, cut, limit):
    lines = s.lines
    k, i, a, other, j, b = cut
    if a == lines.round[k, LENGTH] and b == lines.round[other, LENGTH]:
        return False
    more = _half_price(t, lines, k, (i, a), other, (j, b))
    more += _half_price(t, lines, other, (j, b), k, (i, a))
    return more < limit


@inner
def _is_allowed(t, s, cut):
    k, i, a, other, j, b = cut
    return _takes(t, s, k, (i, a), other, (j, b)) and _takes(t, s, other, (j, b), k, (i, a))


@inner
def _takes(t, s, k, cut, other, run):
    """Whether a crew may carry another's run instead of its own, the break apart."""
    lines = s.lines
    i, a = cut
    j, b = run
    if t.crew[k, KIND] != t.crew[other, KIND]:
        for x in range(j, j + b):
            if not t.allowed[lines.order[other, x], k]:
                return False
    for dimension in range(4):
        carried = lines.round[k, CARRIED + dimension]
        for x in range(i, i + a):
            carried -= t.demand[lines.order[k, x], LOAD + dimension]
        for x in range(j, j + b):
            carried += t.demand[lines.order[other, x], LOAD + dimension]
        if carried > t.crew[k, ROOM + dimension]:
            return False
    run = run_before(t, lines, k, i)
    row = _row_at(t, lines, k, i - 1)
    for x in range(j, j + b):
        d = lines.order[other, x]
        run, ok = joined(run, hop_to(t, k, row, d), stop_run(t, d))
        if not ok:
            return False
        row = t.demand[d, ROW]
    p = t.crew[k, PROFILE]
    hop = np.int64(t.travel[p, row, _row_at(t, lines, k, i + a)])
    run, ok = joined(run, hop, run_after(t, lines, k, i + a))
    return ok


@inner
def _swap(t, s, cut):
    lines = s.lines
    k, i, a, other, j, b = cut
    touch(t, s, k)
    touch(t, s, other)
    _replace(s, k, (i, a), other, (j, b))
    _replace(s, other, (j, b), k, (i, a))
    refresh(t, lines, k)
    refresh(t, lines, other)


@inner
def _replace(s, k, cut, other, run):
    """Write a round anew from the old ones: another's run in the place of its own."""
    lines = s.lines
    i, a = cut
    j, b = run
    write = i
    for x in range(j, j + b):
        lines.order[k, write] = s.old_order[other, x]
        write += 1
    for x in range(i + a, s.mine[k, OLD_LENGTH]):
        lines.order[k, write] = s.old_order[k, x]
        write += 1
    lines.round[k, LENGTH] = write


@inner
def _moved_within(t, s, k, places, limit):
    """A run that begins at j comes to stand before i, sometimes the other way round."""
    lines = s.lines
    i, j = places
    longest = lines.round[k, LENGTH] - j if j >= i else i - j
    if j == i:
        return False
    if j < i:
        longest = i - j - 1
    longest = min(longest, LONG)
    if longest < 1:
        return False
    b = np.random.randint(1, longest + 1)
    turned = b > 1 and np.random.random() < 0.3
    first, last = _row_at(t, lines, k, j), _row_at(t, lines, k, j + b - 1)
    before, after = _row_at(t, lines, k, j - 1), _row_at(t, lines, k, j + b)
    left, right = _row_at(t, lines, k, i - 1), _row_at(t, lines, k, i)
    more = _leg_price(t, k, before, after) - _leg_price(t, k, before, first)
    more -= _leg_price(t, k, last, after) + _leg_price(t, k, left, right)
    if turned:
        more += _leg_price(t, k, left, last) + _leg_price(t, k, first, right)
    else:
        more += _leg_price(t, k, left, first) + _leg_price(t, k, last, right)
    if more >= limit:
        return False
    touch(t, s, k)
    write = min(i, j)
    if j < i:
        for x in range(j + b, i):
            lines.order[k, write] = s.old_order[k, x]
            write += 1
    for x in range(b):
        lines.order[k, write] = s.old_order[k, j + b - 1 - x if turned else j + x]
        write += 1
    if j > i:
        for x in range(i, j):
            lines.order[k, write] = s.old_order[k, x]
            write += 1
    refresh(t, lines, k)
    return True
