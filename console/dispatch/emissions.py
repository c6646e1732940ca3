"""What a kilometre emits by kind of vehicle: the factors of ``data/emissions.toml``."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from console.settings import bundled

GRAMS = 1000.0


@dataclass(frozen=True, slots=True)
class Factor:
    """Grams of CO2e a kilometre, well to wheel.

    ``is_published`` is False for what is derived or assumed; ``basis`` says how.
    """

    kind: str
    tank_to_wheel: float
    well_to_tank: float
    is_published: bool
    basis: str

    @property
    def kg_per_km(self) -> float:
        """Both parts, in kg."""
        return round((self.tank_to_wheel + self.well_to_tank) / GRAMS, 6)


@dataclass(frozen=True, slots=True)
class Factors:
    """All factors of one source; ``names`` are the words that fleets use for the kinds."""

    source: str
    year: int
    fallback: str
    kinds: Mapping[str, Factor]
    names: Mapping[str, str]

    def of(self, kind: str) -> Factor:
        """The factor of a vehicle kind as a fleet file calls it; the fallback's where unknown."""
        return self.kinds[self.names.get(_plain(kind), self.fallback)]

    def knows(self, kind: str) -> bool:
        """True when the kind has a factor of its own."""
        return _plain(kind) in self.names


@cache
def factors() -> Factors:
    """The factors that the console brings along."""
    return read_factors(bundled("data/emissions.toml").read_text(encoding="utf-8"))


def read_factors(text: str) -> Factors:
    """Factors from TOML; KeyError names what is missing, ValueError what is no number."""
    told: Mapping[str, Any] = tomllib.loads(text)
    source = told["source"]
    kinds = {name: _factor(name, given) for name, given in told["kind"].items()}
    names = {_plain(name): name for name in kinds}
    for name, given in told["kind"].items():
        names |= {_plain(word): name for word in given["names"]}
    return Factors(source["name"], int(source["year"]), source["fallback"], kinds, names)


def _factor(kind: str, given: Mapping[str, Any]) -> Factor:
    return Factor(
        kind,
        float(given["tank_to_wheel"]),
        float(given["well_to_tank"]),
        bool(given["published"]),
        given["basis"],
    )


def _plain(kind: str) -> str:
    """``E-Van`` and ``e van`` are the same word."""
    return " ".join(re.findall(r"[^\W_]+", kind.casefold()))
