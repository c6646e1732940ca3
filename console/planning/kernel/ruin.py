# pyright: basic
"""Taking stops out: strings around a random one, or a whole round."""

import numpy as np

from console.planning.kernel.lines import (
    AT,
    CREW,
    LENGTH,
    refresh,
)
from console.planning.kernel.options import inline, inner
from console.planning.kernel.state import (
    HANDS,
    IS_LEFT,
    IS_OUT,
    MARK,
    OUT,
    STAMP,
    TOUCHED,
    touch,
)
from console.planning.kernel.tables import IS_LINKED, STAYS

TAKEN = 10  # stops taken out per step, on average
LONGEST = 10  # stops of a string
WHOLE = 0.01  # share of steps in which a whole round is taken out
SPLIT = 0.5  # share of strings with a gap
GROW = 0.99  # chance that the gap grows by one more stop


@inline
def take_out(t, s, k, start, span, gap_at, gap):
    """Take ``span`` stops from ``start`` out of a round, but ``gap`` of them from ``gap_at``."""
    lines = s.lines
    m = lines.round[k, LENGTH]
    write = start
    for i in range(start, m):
        d = lines.order[k, i]
        is_kept = i >= start + span or (gap > 0 and gap_at <= i < gap_at + gap)
        if is_kept or t.demand[d, STAYS]:
            lines.order[k, write] = d
            write += 1
        else:
            put_out(s, d)
    lines.round[k, LENGTH] = write


@inline
def put_out(s, d):
    """A demand is on no round now."""
    s.pile[s.numbers[IS_LEFT], OUT] = d
    s.numbers[IS_LEFT] += 1
    s.pile[d, IS_OUT] = 1
    s.lines.stop[d, CREW] = -1


@inner
def ruin(t, s):
    """Strings around a random stop, one from each of the nearest rounds; or one whole round."""
    lines = s.lines
    n, k = t.allowed.shape
    used, placed = 0, 0
    for crew in range(k):
        if lines.round[crew, LENGTH]:
            used += 1
            placed += lines.round[crew, LENGTH]
    if used == 0:
        return
    centre = np.random.randint(0, n)
    if s.numbers[IS_LEFT] and np.random.random() < 0.5:
        centre = s.pile[np.random.randint(0, s.numbers[IS_LEFT]), OUT]
    if np.random.random() < WHOLE:
        _ruin_whole(t, s, centre)
        return
    longest = min(float(LONGEST), placed / used)
    strings = int(np.random.random() * (4 * TAKEN / (1 + longest) - 1) + 1)
    stamp = s.numbers[STAMP] = s.numbers[STAMP] + 1
    for x in range(t.near.shape[1]):
        d = t.near[centre, x]
        crew = lines.stop[d, CREW]
        if crew < 0 or s.mine[crew, MARK] == stamp:
            continue
        s.mine[crew, MARK] = stamp
        touch(t, s, crew)
        _ruin_string(t, s, crew, lines.stop[d, AT], longest)
        strings -= 1
        if strings == 0:
            break
    pull_partners(t, s)
    for x in range(s.numbers[HANDS]):
        refresh(t, lines, s.mine[x, TOUCHED])


@inner
def pull_partners(t, s):
    """What is collected and brought comes out together; rounds are not refreshed here."""
    lines = s.lines
    x = 0
    while x < s.numbers[IS_LEFT]:
        d = s.pile[x, OUT]
        x += 1
        if not t.demand[d, IS_LINKED]:
            continue
        for q in range(len(t.pair)):
            one, other = t.pair[q, 0], t.pair[q, 1]
            partner = other if one == d else one
            if d in (one, other) and lines.stop[partner, CREW] >= 0:
                _pull(t, s, partner)


@inner
def _pull(t, s, d):
    """Take one demand off its round, wherever it stands by now."""
    lines = s.lines
    k = lines.stop[d, CREW]
    touch(t, s, k)
    for i in range(lines.round[k, LENGTH]):
        if lines.order[k, i] == d:
            take_out(t, s, k, i, 1, 0, 0)
            return


@inner
def _ruin_whole(t, s, centre):
    crew = s.lines.stop[centre, CREW]
    if crew < 0 or (s.lines.round[crew, LENGTH] > 3 * LONGEST and np.random.random() > 0.3):
        return
    touch(t, s, crew)
    take_out(t, s, crew, 0, s.lines.round[crew, LENGTH], 0, 0)
    pull_partners(t, s)
    for x in range(s.numbers[HANDS]):
        refresh(t, s.lines, s.mine[x, TOUCHED])


@inline
def _ruin_string(t, s, k, at, longest):
    m = s.lines.round[k, LENGTH]
    count = min(m, int(np.random.random() * min(float(m), longest) + 1))
    gap = 0
    if count > 1 and count < m and np.random.random() < SPLIT:
        gap = 1
        while count + gap < m and np.random.random() < GROW:
            gap += 1
    span = count + gap
    low, high = max(0, at - span + 1), min(at, m - span)
    start = low + int(np.random.random() * (high - low + 1))
    gap_at = start + int(np.random.random() * (count + 1))
    take_out(t, s, k, start, span, gap_at, gap)
