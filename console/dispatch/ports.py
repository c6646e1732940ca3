"""What the use cases need from the outside, as Protocols; bootstrap injects the adapters."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Protocol

from console.dispatch.traces import Fix, Trace
from console.domain.errors import ConsoleError
from console.domain.orders import OrderEntry, OrderId
from console.domain.places import Access, Address, Coordinate, Location, Place, PlaceId
from console.domain.plan import FactId
from console.domain.traffic import NO_TRAFFIC, DayTraffic, SpeedState
from console.domain.travel import TravelMatrix
from console.tongues import tr

Progress = Callable[[str, float], None]
"""Called with a plain sentence and the share done (0 to 1); may be called from any thread."""


def stepwise(say: Callable[[str], object]) -> Progress:
    """Tells each new sentence, and of a long one every tenth of the whole."""
    last = ("", -1)

    def told(sentence: str, share: float) -> None:
        nonlocal last
        if (sentence, int(share * 10)) != last:
            last = sentence, int(share * 10)
            say(f"{round(share * 100):3d} %  {sentence}")

    return told


class Clock(Protocol):
    """The only source of the present moment."""

    def now(self) -> datetime:
        """Aware UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Region:
    """An installed street extract.

    ``bounds`` is (south, west, north, east) in degrees; ``hash`` that of the extract and of the
    build's version; ``folder`` holds roads, basemap and address index.
    """

    name: str
    hash: str
    folder: Path
    bounds: tuple[float, float, float, float]
    zone: str
    addresses: int
    built_at: datetime

    def contains(self, point: Coordinate) -> bool:
        """True when the point lies within the bounds."""
        south, west, north, east = self.bounds
        return south <= point.lat <= north and west <= point.lon <= east


class Regions(Protocol):
    """The installed regions."""

    def known(self) -> Sequence[Region]:
        """All installed regions, by name."""
        ...

    def find(self, name: str) -> Region:
        """The region of this name; ConsoleError names those that exist."""
        ...

    def add(self, extract: Path, name: str, progress: Progress) -> Region:
        """Build a region from an ``.osm.pbf`` (minutes, blocking); the old one stays until done.

        An unchanged extract is not built again. ConsoleError on a file that is no extract.
        """
        ...


class Geocoder(Protocol):
    """Finds addresses within one region; blocking, safe to call from any one thread."""

    def locate(self, address: Address) -> Location:
        """The best answer with its certainty and candidates."""
        ...

    def locate_all(
        self, addresses: Sequence[Address], progress: Progress | None = None
    ) -> list[Location]:
        """The same for many.

        Where ``progress`` raises ``extracts.Cancelled``, what is found until then: answers to the
        first of them.
        """
        ...

    def reverse(self, point: Coordinate) -> Location:
        """The nearest address to a point."""
        ...


@dataclass(frozen=True, slots=True)
class Snapped:
    """Where a point joins the road network and how far that is in metres."""

    point: Coordinate
    metres: float


@dataclass(frozen=True, slots=True)
class Geometry:
    """A route's line along streets: one leg per pair of neighbouring points, each a point list."""

    legs: tuple[tuple[Coordinate, ...], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a driver does: a sentence in her language, the metres and seconds until the next.

    ``kind`` is a stable word for an arrow: ``depart``, ``arrive``, ``left``, ``right``,
    ``slight_left``, ``slight_right``, ``sharp_left``, ``sharp_right``, ``straight``, ``uturn``,
    ``roundabout``, ``merge``, ``ferry``. ``at`` is where.
    """

    sentence: str
    metres: int
    seconds: int
    kind: str
    street: str
    at: Coordinate


@dataclass(frozen=True, slots=True)
class Way:
    """How far it is from one point to another: driving seconds and metres on the road."""

    seconds: int
    metres: int
    source: str


@dataclass(frozen=True, slots=True)
class Reach:
    """What is within ``minutes`` of driving; closed outlines, holes are not told apart."""

    minutes: int
    outlines: tuple[tuple[Coordinate, ...], ...]


class OffRoad(ConsoleError):  # noqa: N818 - a verdict
    """Places too far from any road; ``places`` holds the distance of each in metres."""

    def __init__(
        self, places: Mapping[PlaceId, float], limit_m: float, profile: str = "car"
    ) -> None:
        self.places = dict(places)
        far = [f"{place} ({metres:,.0f} m)" for place, metres in self.places.items()]
        super().__init__(
            tr(
                "Farther than {limit_m:.0f} m from any road that a {profile} may use: {some}.",
                limit_m=limit_m,
                profile=profile,
                some=_some(far),
            ),
            remedy=tr("Put these places on the map where the driver can stop."),
        )


class Unreachable(ConsoleError):  # noqa: N818 - a verdict
    """Pairs of places between which no way leads; ``pairs`` are (from, to)."""

    def __init__(self, pairs: Sequence[tuple[PlaceId, PlaceId]]) -> None:
        self.pairs = tuple(pairs)
        named = [
            tr("from {origin} to {target}", origin=origin, target=target)
            for origin, target in self.pairs
        ]
        super().__init__(
            tr("No road leads {some}.", some=_some(named)),
            remedy=tr("Put these places on the map where a driver can get to them."),
        )

    @property
    def loneliest(self) -> PlaceId:
        """The place that most of the broken pairs have in common."""
        counts = Counter(place for pair in self.pairs for place in pair)
        return max(counts, key=lambda place: (counts[place], place))


def _some(named: Sequence[str], most: int = 5) -> str:
    more = tr(" and {value} more", value=len(named) - most) if len(named) > most else ""
    return ", ".join(named[:most]) + more


class Streets(Protocol):
    """Travel on one region's roads by one engine; blocking calls, thread-safe.

    A profile is a kind of vehicle as ``domain.profiles`` writes it. Every call raises ConsoleError
    with a remedy where the engine fails.
    """

    def prepare(self, profile: str, progress: Progress | None = None) -> None:
        """Build what a profile's roads need (minutes), unless it is there.

        Whatever ``progress`` raises stops it.
        """
        ...

    def is_ready(self, profile: str) -> bool:
        """True when questions about a profile are answered without a build."""
        ...

    def matrix(
        self,
        points: Mapping[PlaceId, Coordinate],
        profile: str = "car",
        progress: Progress | None = None,
    ) -> TravelMatrix:
        """Durations and distances between all pairs, cached by place pair.

        Raises OffRoad or Unreachable, which name the places. Whatever ``progress`` raises stops it.
        """
        ...

    def drivable(
        self,
        points: Mapping[PlaceId, Coordinate],
        profile: str,
        traffic: DayTraffic = NO_TRAFFIC,
        progress: Progress | None = None,
    ) -> TravelMatrix:
        """The same for a vehicle that may not get everywhere: UNREACHABLE where it does not.

        With a day's traffic, whose speeds are built where they are not yet, where there is any.
        """
        ...

    def day_matrix(
        self,
        points: Mapping[PlaceId, Coordinate],
        traffic: DayTraffic,
        profile: str = "car",
        progress: Progress | None = None,
    ) -> TravelMatrix:
        """The same for a day with its traffic, whose speeds are built where they are not yet.

        Raises OffRoad, and Unreachable for pairs that nothing joins at any time of the day.
        """
        ...

    def has_day(self, traffic: DayTraffic, profile: str = "car") -> bool:
        """True where everything is built that the day needs."""
        ...

    def prepare_day(
        self, traffic: DayTraffic, profile: str, progress: Progress, stop: Event
    ) -> None:
        """Build what the day's traffic needs (seconds for a city), unless ``stop`` is set."""
        ...

    def geometry(self, points: Sequence[Coordinate], profile: str = "car") -> Geometry:
        """The line along streets through the points in order."""
        ...

    def day_geometry(
        self, points: Sequence[Coordinate], states: Sequence[SpeedState], profile: str = "car"
    ) -> Geometry:
        """The same where each leg is driven in a state of the day's roads, one a leg."""
        ...

    def snap(self, points: Sequence[Coordinate], profile: str = "car") -> list[Snapped | None]:
        """Nearest points on the road network; None beyond the limit."""
        ...

    def directions(
        self, points: Sequence[Coordinate], profile: str = "car", language: str = "en"
    ) -> list[tuple[Step, ...]]:
        """What a driver does on each leg between neighbouring points, in her language.

        () for a leg along which no road leads; ConsoleError where there is none at all.
        """
        ...

    def day_directions(
        self,
        points: Sequence[Coordinate],
        states: Sequence[SpeedState],
        profile: str = "car",
        language: str = "en",
    ) -> list[tuple[Step, ...]]:
        """The same where each leg is driven in a state of the day's roads, one a leg."""
        ...

    def way(self, origin: Coordinate, target: Coordinate, profile: str = "car") -> Way:
        """How far it is from one point to another."""
        ...

    def reach(self, point: Coordinate, minutes: Sequence[int], profile: str = "car") -> list[Reach]:
        """What is within so many minutes of driving from a point, in the order asked."""
        ...

    def trace(self, fixes: Sequence[Fix], profile: str = "car") -> Trace:
        """The road driven by what was at these positions, in order of time.

        Raises Untraceable where the engine cannot match positions to its roads.
        """
        ...

    def close(self) -> None:
        """End the engine's process."""
        ...


class Basemap(Protocol):
    """Vector tiles of one region."""

    @property
    def attribution(self) -> str:
        """The credit a map of them must show; '' where there is nobody to credit."""
        ...

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """One Mapbox vector tile, uncompressed; None where there is nothing."""
        ...


class Places(Protocol):
    """The register of places."""

    def remember(self, address: Address) -> Place:
        """The place of this address, made when new; the same address is the same place."""
        ...

    def remember_all(self, addresses: Sequence[Address]) -> list[Place]:
        """The same for many, in one transaction; answers in the order asked."""
        ...

    def get(self, ids: Sequence[PlaceId]) -> dict[PlaceId, Place]:
        """Those of the places that are known."""
        ...

    def put(self, some: Sequence[Place]) -> None:
        """Store coordinates and certainty, not the access record."""
        ...

    def put_access(self, place: PlaceId, access: Access) -> None:
        """Replace a known place's access record."""
        ...


class Orders(Protocol):
    """The register of the personal part of orders."""

    def get(self, ids: Sequence[OrderId]) -> dict[OrderId, OrderEntry]:
        """Those of the orders that are known."""
        ...

    def put(self, entries: Sequence[OrderEntry]) -> dict[OrderId, str]:
        """Store entries; answers each one's salted digest."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """What a customer is written; by its ``id`` it goes out once, however often it is handed on."""

    id: FactId
    orders: tuple[OrderId, ...]
    recipient: str
    phone: str
    email: str
    text: str


class Messages(Protocol):
    """What goes out to customers."""

    def send(self, message: Message) -> None:
        """Hand it on; never blocks, never raises: who cannot be reached is written to later."""
        ...
