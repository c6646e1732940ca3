"""What judged rounds come to in metres, money and broken rules: columns over many rounds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from console.domain.load import DIMENSIONS
from console.domain.plan import Route
from console.domain.violations import Rule
from console.planning.kernel import work
from console.planning.kernel.tables import FAR
from console.planning.moves import Broken, Floats, Ints
from console.planning.problem import UNLIMITED


@dataclass(frozen=True, slots=True)
class Sums:
    """Cost (depot's currency), paid seconds, metres, lateness (s, hard and soft), a round each.

    ``over`` is by how much each rule is broken, 0 where it is not; loads in whole ``LOAD_SCALE``
    parts.
    """

    cost: Floats
    seconds: Ints
    metres: Ints
    late: Ints
    over: dict[Broken, Ints]


class Terms:
    """Prices and limits of routes as columns; the judge's times are seconds after ``origin``."""

    def __init__(self, routes: Sequence[Route], origin: int) -> None:
        shifts = [route.shift for route in routes]
        rates = [shift.rates for shift in shifts]
        self._fixed = _floats([rate.fixed for rate in rates])
        self._per_km = _floats([rate.per_km for rate in rates])
        self._per_hour = _floats([rate.per_hour for rate in rates])
        self._overtime = _floats([rate.overtime_factor - 1 for rate in rates])
        self._end = _ints([int(s.end.timestamp()) - origin for s in shifts])
        self._latest_end = _ints([int(s.latest_end.timestamp()) - origin for s in shifts])
        self._stops = _limits([s.max_stops for s in shifts])
        self._metres = _limits([s.max_metres for s in shifts])
        driving = [s.max_driving for s in shifts]
        self._driving = _limits([None if d is None else int(d.total_seconds()) for d in driving])
        self._range = _limits([s.range_m for s in shifts])

    def sums(self, found: Ints, crew: Ints, count: Ints) -> Sums:
        """Of rounds with ``count`` stops, as the judge found them (``kernel.work``)."""
        seconds = found[:, work.END] - found[:, work.START]
        metres = found[:, work.WAY]
        overtime = np.maximum(found[:, work.END] - self._end[crew], 0)
        paid = (seconds + overtime * self._overtime[crew]) / 3600
        cost = self._fixed[crew] + metres / 1000 * self._per_km[crew] + paid * self._per_hour[crew]
        return Sums(
            np.where(count > 0, cost, 0.0),
            seconds,
            metres,
            found[:, work.LATENESS] + found[:, work.SOFTNESS],
            self._over(found, crew, count),
        )

    def _over(self, found: Ints, crew: Ints, count: Ints) -> dict[Broken, Ints]:
        over: dict[Broken, Ints] = {
            (Rule.OVERLOADED, name): found[:, work.OVER + i] for i, name in enumerate(DIMENSIONS)
        }
        over |= {
            (Rule.SHIFT, "s"): found[:, work.END] - self._latest_end[crew],
            (Rule.RANGE, "m"): found[:, work.STRETCH] - self._range[crew],
            (Rule.DISTANCE, "m"): found[:, work.WAY] - self._metres[crew],
            (Rule.DRIVING, "s"): found[:, work.AT_WHEEL] - self._driving[crew],
            (Rule.STOPS, ""): count - self._stops[crew],
            (Rule.BREAK, ""): found[:, work.IS_UNPAUSED],
            (Rule.UNREACHABLE, ""): (found[:, work.WAY] >= FAR).astype(np.int64),
        }
        has_stops = count > 0
        return {key: np.where(has_stops, np.maximum(by, 0), 0) for key, by in over.items()}


def _limits(numbers: Sequence[int | None]) -> Ints:
    return _ints([UNLIMITED if number is None else number for number in numbers])


def _ints(numbers: Sequence[int]) -> Ints:
    return np.array(numbers, dtype=np.int64)


def _floats(numbers: Sequence[float]) -> Floats:
    return np.array(numbers, dtype=np.float64)
