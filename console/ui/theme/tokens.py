"""The design tokens as values, read once from ``resources/tokens.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from console.settings import bundled


class Scheme(StrEnum):
    """A set of colours."""

    DARK = "dark"
    LIGHT = "light"
    HIGH_CONTRAST = "high_contrast"


@dataclass(frozen=True, slots=True)
class DriverColor:
    """What marks one driver everywhere: fill and the ink on it as ``#rrggbb``, dashes in px.

    ``dash`` is empty for a solid line.
    """

    fill: str
    ink: str
    dash: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TypeRole:
    """Size of a text role at 100 %: pixels, points, line height in pixels, weight."""

    px: float
    pt: float
    line: float
    weight: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """All tokens; colours are ``#rrggbb`` or ``#rrggbbaa`` (alpha last, as in CSS)."""

    colors: Mapping[Scheme, Mapping[str, str]]
    maps: Mapping[Scheme, Mapping[str, str]]
    drivers: Mapping[Scheme, tuple[DriverColor, ...]]
    families: tuple[str, ...]
    roles: Mapping[str, TypeRole]
    sizes: Mapping[str, Any]
    radii: Mapping[str, int]
    spaces: Mapping[str, Any]
    opacities: Mapping[str, float]
    motion: Mapping[str, int]
    markers: Mapping[str, Any]
    lines: Mapping[str, Any]

    def driver(self, number: int, scheme: Scheme) -> DriverColor:
        """Colour of a driver by its number from 1; past the last it starts again."""
        colors = self.drivers[scheme]
        return colors[(number - 1) % len(colors)]


def _drivers(table: Mapping[str, Any], tone: str) -> tuple[DriverColor, ...]:
    names: list[str] = table["patterns"]
    dashes = [tuple(float(part) for part in name.split()[1:]) for name in names]
    patterns: list[int] = table["pattern"]
    rows = zip(table[tone], table[f"{tone}_ink"], patterns, strict=True)
    return tuple(DriverColor(fill, ink, dashes[pattern]) for fill, ink, pattern in rows)


def _roles(table: Mapping[str, Any]) -> dict[str, TypeRole]:
    return {
        name: TypeRole(role["px"], role["pt"], role["line"], role["weight"])
        for name, role in table.items()
        if "px" in role
    }


@cache
def load_tokens() -> Tokens:
    """Read the tokens; a missing or broken file is a defect of the installation."""
    raw: dict[str, Any] = tomllib.loads(
        bundled("resources/tokens.toml").read_text(encoding="utf-8")
    )
    tones = {Scheme.DARK: "dark", Scheme.LIGHT: "light", Scheme.HIGH_CONTRAST: "dark"}
    return Tokens(
        colors={scheme: raw["color"][scheme] for scheme in Scheme},
        maps={scheme: raw["map"][scheme] for scheme in Scheme},
        drivers={scheme: _drivers(raw["driver"], tone) for scheme, tone in tones.items()},
        families=tuple(raw["type"]["families"]),
        roles=_roles(raw["type"]),
        sizes=raw["size"],
        radii=raw["radius"],
        spaces=raw["space"],
        opacities=raw["opacity"],
        motion={name: value for name, value in raw["motion"].items() if isinstance(value, int)},
        markers=raw["marker"],
        lines=raw["line"],
    )
