"""What an address service answers, and how one is asked."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from console.domain.places import Address, Coordinate

MOST = 5  # answers to one question
Bounds = tuple[float, float, float, float]
"""(south, west, north, east) in degrees."""


class Kind(StrEnum):
    """What was found."""

    HOUSE = "house"
    INTERPOLATED = "interpolated"
    STREET = "street"
    POI = "poi"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a service, in our words."""

    kind: Kind
    point: Coordinate
    label: str
    name: str = ""
    street: str = ""
    number: str = ""
    postcode: str = ""
    town: str = ""


class Service(Protocol):
    """One service's protocol: paths to ask, JSON to read (KeyError, TypeError, ValueError)."""

    @property
    def name(self) -> str:
        """The kind of server, for messages."""
        ...

    @property
    def credit(self) -> str:
        """Whose data it is."""
        ...

    def search(self, address: Address, bounds: Bounds) -> str:
        """Path and query for an address, within bounds."""
        ...

    def reverse(self, point: Coordinate) -> str:
        """Path and query for what is at a point."""
        ...

    def read(self, found: Any) -> list[Answer]:
        """The answers, best first."""
        ...
