"""Kinds of vehicle as the road engine sees them: what a street has to let through."""

import re
from dataclasses import dataclass, fields
from typing import Self

KINDS = ("car", "van", "truck", "bicycle", "foot")
LIGHT_T = 3.5
"""Gross tonnes up to which a vehicle is a van."""
_SIZED = frozenset({"van", "truck"})
_LETTERS = {"h": "height_m", "w": "width_m", "l": "length_m", "t": "weight_t"}
_PART = re.compile(r"([hwlt])(\d{1,2}(?:\.\d{1,2})?)$")
_HAZMAT = "hazmat"


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of vehicle; written ``truck-h3.8-w2.5-l9-t12-hazmat``, without what is usual.

    Metres and tonnes; None is what is usual for the kind. Only vans and trucks have a size, only
    trucks carry dangerous goods.
    """

    kind: str = "car"
    height_m: float | None = None
    width_m: float | None = None
    length_m: float | None = None
    weight_t: float | None = None
    hazmat: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what ``str`` wrote; ValueError says what is wrong with it."""
        kind, *parts = text.split("-")
        if kind not in KINDS:
            raise ValueError(f"{kind!r} is none of {', '.join(KINDS)}")
        found: dict[str, float] = {}
        for part in parts:
            if part == _HAZMAT:
                continue
            match = _PART.match(part)
            if match is None or float(match[2]) <= 0:
                raise ValueError(f"{part!r} in the profile {text!r} says nothing")
            found[_LETTERS[match[1]]] = float(match[2])
        if (found and kind not in _SIZED) or (_HAZMAT in parts and kind != "truck"):
            raise ValueError(f"a {kind} has no size and no dangerous goods: {text!r}")
        return cls(kind, **found, hazmat=_HAZMAT in parts)

    def __str__(self) -> str:
        sizes = {name: getattr(self, name) for name in _LETTERS.values()}
        parts = [
            f"{letter}{sizes[name]:g}"
            for letter, name in _LETTERS.items()
            if sizes[name] is not None
        ]
        return "-".join([self.kind, *parts, *([_HAZMAT] if self.hazmat else [])])

    @property
    def size(self) -> "Size | None":
        """What it measures, the usual where it does not say; None for a bicycle and on foot."""
        usual = _USUAL.get(self.kind)
        if usual is None:
            return None
        said = {field.name: getattr(self, field.name) for field in fields(Size)}
        return Size(
            **{name: getattr(usual, name) if it is None else it for name, it in said.items()}
        )


@dataclass(frozen=True, slots=True)
class Size:
    """Metres and tonnes of a vehicle with its load."""

    height_m: float
    width_m: float
    length_m: float
    weight_t: float


# A large family car, a high panel van, a rigid lorry of 12 t within Directive 96/53/EC's limits.
_USUAL = {
    "car": Size(2.0, 1.9, 4.8, 2.0),
    "van": Size(2.8, 2.1, 6.0, 3.5),
    "truck": Size(3.8, 2.55, 9.0, 12.0),
}


def is_profile(text: str) -> bool:
    """True when ``text`` names a kind of vehicle we know."""
    try:
        Profile.parse(text)
    except ValueError:
        return False
    return True
