"""Loads and money in whole numbers."""

import math
from collections.abc import Iterable, Sequence

from console.domain.fleet import Shift
from console.domain.load import DIMENSIONS, TOLERANCE, Load
from console.domain.segments import UNLIMITED
from console.planning.problem import LOAD_SCALE, MONEY, Amounts


def amounts(load: Load) -> Amounts:
    """A load in whole numbers, rounded up."""
    return _four(
        math.ceil((load.amount(name) - TOLERANCE) * LOAD_SCALE[name]) for name in DIMENSIONS
    )


def capacity(shift: Shift) -> Amounts:
    """What its vehicle holds, rounded down; ``UNLIMITED`` where there is no limit."""
    limits = ((name, shift.capacity.limit(name)) for name in DIMENSIONS)
    return _four(
        UNLIMITED if limit is None else math.floor((limit + TOLERANCE) * LOAD_SCALE[name])
        for name, limit in limits
    )


def most(limit: Amounts, loads: Sequence[Amounts]) -> Amounts:
    """The greatest of each dimension."""
    return _four(max(column) for column in zip(limit, *loads, strict=True))


def money(price: float) -> int:
    """A price (depot's currency) in ``MONEY`` parts."""
    return round(price * MONEY)


def _four(numbers: Iterable[int]) -> Amounts:
    pieces, kg, m3, units = numbers
    return (pieces, kg, m3, units)
