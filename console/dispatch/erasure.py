"""A person who asks to be forgotten: found in the registers, and dropped from them.

Plans and their journals name nobody: they hold ids and numbers, and stay as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self

from console.domain.fleet import DriverId
from console.domain.orders import OrderId
from console.domain.places import PlaceId
from console.tongues import phrase, tr, trn


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
        orders, places = len(self.orders), len(self.places)
        notes, drivers = len(self.notes), len(self.drivers)
        told = [
            trn("{n} order", "{n} orders", orders) if orders else "",
            trn("{n} address", "{n} addresses", places) if places else "",
            trn("{n} note", "{n} notes", notes) if notes else "",
            trn("{n} driver", "{n} drivers", drivers) if drivers else "",
        ]
        return ", ".join(filter(None, told)) or tr("nothing")


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


NOBODY = phrase("Nobody of this name, number or address is in the registers.")
"""Said where ``find`` finds nothing."""


def unknown(words: Sequence[str]) -> str:
    """The same, with how to ask."""
    return tr(
        "{nobody} Give the whole name as it was written: “{words}” was looked for.",
        nobody=NOBODY,
        words=" ".join(words),
    )
