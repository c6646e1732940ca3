"""Orders: what merchants ask to have delivered."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NewType

from console.domain.fleet import DepotId, DriverId
from console.domain.load import Load
from console.domain.places import Address, Coordinate, PlaceId

OrderId = NewType("OrderId", str)

DEFAULT_SERVICE_TIME = timedelta(minutes=3)


class Priority(StrEnum):
    """Which orders are served first when not all can be."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 is the most important."""
        return _RANKS[self]


_RANKS = {Priority.HIGH: 0, Priority.NORMAL: 1, Priority.LOW: 2}


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """When service may begin: both ends included, aware UTC.

    With ``late_price`` (currency per minute) the window is soft: service may begin later at that
    price, never earlier.
    """

    earliest: datetime
    latest: datetime
    late_price: float | None = None

    def __post_init__(self) -> None:
        if self.earliest.tzinfo is None or self.latest.tzinfo is None:
            raise ValueError("a time window needs aware times")
        if self.latest < self.earliest:
            raise ValueError("a time window ends before it begins")


@dataclass(frozen=True, slots=True)
class Order:
    """The impersonal part of an order: all that planning needs, and the journal may hold.

    ``load`` is brought, ``collected`` is taken along to the depot. An order with a ``pickup``
    brings what that other order collects: same route, later; nothing is loaded for it at the depot.
    ``people`` is how many it takes. ``skip_price`` (currency) is what leaving it out costs; None
    is an order that has to be served, by its priority. It may not leave the depot before
    ``ready_at``; service begins by ``deadline``. ``setup_time`` and ``parking_time`` are spent
    before service, once for all stops in a row at one place. Another driver than one of
    ``drivers`` costs ``driver_price``. ``depot`` says where it is loaded (None: anywhere),
    ``territory`` whose it is. ``digest`` is the salted digest of the personal part in the register.
    """

    id: OrderId
    place: PlaceId
    load: Load = Load()
    windows: tuple[TimeWindow, ...] = ()
    service_time: timedelta = DEFAULT_SERVICE_TIME
    skills: tuple[str, ...] = ()
    priority: Priority = Priority.NORMAL
    digest: str = ""
    collected: Load = Load()
    pickup: OrderId | None = None
    people: int = 1
    skip_price: float | None = None
    ready_at: datetime | None = None
    deadline: datetime | None = None
    setup_time: timedelta = timedelta()
    parking_time: timedelta = timedelta()
    drivers: tuple[DriverId, ...] = ()
    driver_price: float = 0.0
    depot: DepotId | None = None
    territory: str = ""


@dataclass(frozen=True, slots=True)
class DayWindow:
    """A window as an order file says it: local times of the service day; None is open.

    ``late_price`` (currency per minute) makes it soft, as in ``TimeWindow``.
    """

    earliest: time | None = None
    latest: time | None = None
    late_price: float | None = None


@dataclass(frozen=True, slots=True)
class OrderEntry:
    """An order as it came in, personal part included; kept in the register, not in the journal.

    ``row`` is the line of the file it came from (header = 1), or None when typed by hand.
    ``ready_at`` and ``deadline`` are local times of the service day, ``drivers`` names, ``depot``
    a depot's name or address; the rest means what it means in ``Order``.
    """

    id: OrderId
    address: Address
    recipient: str = ""
    phone: str = ""
    email: str = ""
    load: Load = Load()
    windows: tuple[DayWindow, ...] = ()
    service_time: timedelta = DEFAULT_SERVICE_TIME
    skills: tuple[str, ...] = ()
    priority: Priority = Priority.NORMAL
    notes: str = ""
    coordinate: Coordinate | None = None
    row: int | None = None
    collected: Load = Load()
    pickup: OrderId | None = None
    people: int = 1
    skip_price: float | None = None
    ready_at: time | None = None
    deadline: time | None = None
    setup_time: timedelta = timedelta()
    parking_time: timedelta = timedelta()
    drivers: tuple[str, ...] = ()
    driver_price: float = 0.0
    depot: str = ""
    territory: str = ""

    def without_row(self) -> "OrderEntry":
        """The same order whatever line it stood on; what a re-import compares."""
        return replace(self, row=None)
