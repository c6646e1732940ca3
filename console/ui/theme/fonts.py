"""Fonts by role, with tabular figures."""

from collections.abc import Sequence
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from console.ui.theme.tokens import TypeRole

_FALLBACK_STRETCH = 90
"""DejaVu Sans is 15 % too wide; where its condensed cut is missing it is narrowed by hand."""


@cache
def _installed() -> frozenset[str]:
    return frozenset(QFontDatabase.families())


def present_families(families: Sequence[str]) -> list[str]:
    """The wished families that this machine has, in order; the wishes when it has none."""
    return [family for family in families if family in _installed()] or list(families)


def role_font(families: Sequence[str], role: TypeRole, scale: float) -> QFont:
    """Font of a role; ``scale`` is the user's text size (1.0 = 100 %)."""
    present = present_families(families)
    font = QFont()
    font.setFamilies(present)
    font.setPointSizeF(role.pt * scale)
    font.setWeight(QFont.Weight(role.weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    if present[0] == "DejaVu Sans":
        font.setStretch(_FALLBACK_STRETCH)
    return font
