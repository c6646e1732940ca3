"""What a stop weighs on a vehicle: amounts in several dimensions."""

from collections.abc import Iterable
from dataclasses import dataclass

DIMENSIONS = ("pieces", "kg", "m3", "units")

# Weights and volumes come as decimal text; sums of floats are off in the last bits only.
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Load:
    """Amounts: pieces, kilograms, cubic metres and one unit of the depot's own choice."""

    pieces: int = 0
    kg: float = 0.0
    m3: float = 0.0
    units: float = 0.0

    def __add__(self, other: "Load") -> "Load":
        return Load(
            self.pieces + other.pieces,
            round(self.kg + other.kg, 6),
            round(self.m3 + other.m3, 6),
            round(self.units + other.units, 6),
        )

    def __sub__(self, other: "Load") -> "Load":
        return Load(
            self.pieces - other.pieces,
            round(self.kg - other.kg, 6),
            round(self.m3 - other.m3, 6),
            round(self.units - other.units, 6),
        )

    def amount(self, dimension: str) -> float:
        """The amount in one of ``DIMENSIONS``."""
        return float(getattr(self, dimension))


def total(loads: Iterable[Load]) -> Load:
    """The sum of all loads."""
    pieces, kg, m3, units = 0, 0.0, 0.0, 0.0
    for load in loads:
        pieces += load.pieces
        kg += load.kg
        m3 += load.m3
        units += load.units
    return Load(pieces, round(kg, 6), round(m3, 6), round(units, 6))


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a vehicle can carry; None is no limit in that dimension."""

    pieces: int | None = None
    kg: float | None = None
    m3: float | None = None
    units: float | None = None

    def limit(self, dimension: str) -> float | None:
        """The limit in one of ``DIMENSIONS``."""
        value = getattr(self, dimension)
        return None if value is None else float(value)

    def excess(self, load: Load) -> dict[str, float]:
        """By how much the load is over, per dimension that is exceeded."""
        over: dict[str, float] = {}
        for dimension in DIMENSIONS:
            limit = self.limit(dimension)
            if limit is not None and load.amount(dimension) > limit + TOLERANCE:
                over[dimension] = round(load.amount(dimension) - limit, 6)
        return over

    def share(self, load: Load) -> float:
        """The fullest dimension as a share of its limit (1.0 is full); 0 without limits."""
        shares = [
            load.amount(dimension) / limit
            for dimension in DIMENSIONS
            if (limit := self.limit(dimension))
        ]
        return max(shares, default=0.0)
