"""A person who asks to be forgotten: found in the registers, and dropped from them.

Plans and their journals name nobody: they hold ids and numbers, and stay as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self

from console.domain.fleet import DriverId
from console.domain.orders import OrderId
from console.domain.places import PlaceId


@dataclass(frozen=True, slots=True)
class Person:
    """What the registers hold of somebody: ids only, so that it may be kept itself.

    ``places`` are addresses that nobody else has; ``notes`` are texts on her deliveries.
    """

    orders: tuple[OrderId, ...] = ()
    places: tuple[PlaceId, ...] = ()
    notes: tuple[str, ...] = ()
    drivers: tuple[DriverId, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.orders or self.drivers)

    def with_all_of(self, other: Self) -> "Person":
        """Both, each id once."""
        return Person(
            tuple(dict.fromkeys((*self.orders, *other.orders))),
            tuple(dict.fromkeys((*self.places, *other.places))),
            tuple(dict.fromkeys((*self.notes, *other.notes))),
            tuple(dict.fromkeys((*self.drivers, *other.drivers))),
        )

    @property
    def sentence(self) -> str:
        """How much there is of her."""
        counted = (
            (len(self.orders), "order"),
            (len(self.places), "address"),
            (len(self.notes), "note"),
            (len(self.drivers), "driver"),
        )
        told = [_counted(count, word) for count, word in counted if count]
        return ", ".join(told) or "nothing"


def _counted(count: int, word: str) -> str:
    many = f"{word}es" if word.endswith("s") else f"{word}s"
    return f"{count} {word if count == 1 else many}"


class Registry(Protocol):
    """Who is in the registers; every call blocks."""

    def find(self, words: str) -> Person:
        """What there is of somebody, by whole name, telephone number, e-mail or order number."""
        ...

    def erase(self, person: Person) -> str:
        """Drop her for good; answers what she should know of copies, in a sentence.

        Addresses become a town and a point within a kilometre, drivers a number. ConsoleError
        where this is not allowed.
        """
        ...


NOBODY = "Nobody of this name, number or address is in the registers."
"""Said where ``find`` finds nothing."""


def unknown(words: Sequence[str]) -> str:
    """The same, with how to ask."""
    return f"{NOBODY} Give the whole name as it was written: “{' '.join(words)}” was looked for."
