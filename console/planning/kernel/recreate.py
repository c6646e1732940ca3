# pyright: basic
"""Putting stops back in, one by one, each where it is cheapest."""

import numpy as np

from console.planning.kernel.groups import insert_group
from console.planning.kernel.options import fast, inline, inner
from console.planning.kernel.placing import insert, place_of
from console.planning.kernel.state import IS_LEFT, IS_OUT, KEYS, OLD_OUT, OUT, WAS_LEFT, touch
from console.planning.kernel.tables import IS_LINKED, IS_MUST, SKIP

OPEN = 0.02  # share of steps in which the first stop opens a new round


@inner
def sort_out(t, s):
    """What is out in an order of the paper or at random.

    Where something that has to be served was left out, the dearest to leave out come first; what is
    optional keeps no such order, or what is better left out would never be found.
    """
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
    by_price = False
    for x in range(s.numbers[WAS_LEFT]):
        by_price = by_price or t.demand[s.pile[x, OLD_OUT], IS_MUST] != 0
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


@fast
def recreate(t, s):
    """Insert what is out, one by one, each where it is cheapest."""
    sort_out(t, s)
    opens = np.random.random() < OPEN
    count = s.numbers[IS_LEFT]
    left = 0
    for x in range(count):
        d = s.pile[x, OUT]
        if t.demand[d, IS_LINKED]:
            if s.pile[d, IS_OUT]:
                insert_group(t, s, d, opens)
            opens = False
            if s.pile[d, IS_OUT]:
                s.pile[left, OUT] = d
                left += 1
            continue
        k, i = place_of(t, s, d, opens)
        opens = False
        if k < 0:
            s.pile[left, OUT] = d
            left += 1
        else:
            touch(t, s, k)
            insert(t, s, k, i, d)
    _count_left(s, left)


@inner
def _count_left(s, count):
    """A member of a group that was put aside may have come in with another one."""
    left = 0
    for x in range(count):
        d = s.pile[x, OUT]
        if s.pile[d, IS_OUT]:
            s.pile[left, OUT] = d
            left += 1
    s.numbers[IS_LEFT] = left
