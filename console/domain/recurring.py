"""Orders that come again: on which days, and what they are on one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from console.domain.orders import OrderEntry, OrderId

WEEK = 7


@dataclass(frozen=True, slots=True)
class Pattern:
    """On which days something recurs.

    ``weekdays`` count from Monday as 0, () is every day. ``weeks`` 2 is every other week, counted
    from the one of ``first``. ``first`` and ``last`` are included, None is open; ``skipped`` are
    days on which it does not take place all the same.
    """

    weekdays: tuple[int, ...] = ()
    weeks: int = 1
    first: date | None = None
    last: date | None = None
    skipped: tuple[date, ...] = ()

    def falls_on(self, day: date) -> bool:
        """True when it takes place on this day."""
        if (self.first and day < self.first) or (self.last and day > self.last):
            return False
        if day in self.skipped or (self.weekdays and day.weekday() not in self.weekdays):
            return False
        return self.first is None or _weeks(self.first, day) % self.weeks == 0


@dataclass(frozen=True, slots=True)
class RecurringOrder:
    """An order with the days on which it is made again; known by the order's number."""

    entry: OrderEntry
    pattern: Pattern = Pattern()

    @property
    def id(self) -> OrderId:
        """Its number, of which those of its days are made."""
        return self.entry.id

    def on(self, day: date) -> OrderEntry:
        """The order of one day, whose number is the same however often it is asked for."""
        pickup = self.entry.pickup
        return replace(
            self.entry,
            id=dated(self.id, day),
            pickup=None if pickup is None else dated(pickup, day),
            row=None,
        )


def due(orders: Sequence[RecurringOrder], day: date) -> list[OrderEntry]:
    """What takes place on a day."""
    return [order.on(day) for order in orders if order.pattern.falls_on(day)]


def dated(order: OrderId, day: date) -> OrderId:
    """``BAKERY-20261124``."""
    return OrderId(f"{order}-{day:%Y%m%d}")


def _weeks(first: date, day: date) -> int:
    """From the week of one day to that of another; weeks begin on Mondays."""
    start = first - timedelta(days=first.weekday())
    return (day - start).days // WEEK
