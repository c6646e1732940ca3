"""What is asked of the regions and told about them: sources, clips, descriptions."""

import math
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from console.dispatch.ports import Progress, Region, Regions
from console.dispatch.publications import Publications, Published
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate
from console.formats import number
from console.tongues import tr

SHARED = "doorstep:shared"
"""The source of what was fetched from the shared database."""

LATEST = re.compile(r"-(?:latest|\d{6}|\d{4}-?\d\d-?\d\d)$")
_DIGEST = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{64}")
_ENDINGS = (".pbf", ".osm")
_KM = 1000.0
_METRES_PER_DEGREE = 111_195.0
_MOST_KM = 1000.0
_RECTANGLE, _CIRCLE = 4, 3  # numbers


@dataclass(frozen=True, slots=True)
class Clip:
    """A part of an extract: ``bounds`` (south, west, north, east), or a circle within them."""

    bounds: tuple[float, float, float, float]
    centre: Coordinate | None = None
    metres: float = 0.0

    @classmethod
    def around(cls, centre: Coordinate, km: float) -> Self:
        """A circle; ConsoleError for a radius that is no good."""
        if not 0 < km <= _MOST_KM:
            raise _unclear(tr("a radius of {km:g} km", km=km))
        up = km * _KM / _METRES_PER_DEGREE
        right = min(180.0, up / max(0.01, math.cos(math.radians(abs(centre.lat) + up))))
        south, north = max(-90.0, centre.lat - up), min(90.0, centre.lat + up)
        return cls((south, centre.lon - right, north, centre.lon + right), centre, km * _KM)

    @classmethod
    def read(cls, text: str) -> Self:
        """From ``SOUTH,WEST,NORTH,EAST`` in degrees, or ``LAT,LON,KM``; ConsoleError if neither."""
        try:
            numbers = [float(part.strip().removesuffix("km")) for part in text.split(",")]
        except ValueError:
            raise _unclear(text) from None
        if not all(map(math.isfinite, numbers)):
            raise _unclear(text)
        if len(numbers) == _CIRCLE and abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180:
            return cls.around(Coordinate(numbers[0], numbers[1]), numbers[2])
        if len(numbers) == _RECTANGLE:
            south, west, north, east = numbers
            if -90 <= south < north <= 90 and -180 <= west < east <= 180:
                return cls((south, west, north, east))
        raise _unclear(text)

    def __str__(self) -> str:
        """As ``read`` understands it."""
        if self.centre is not None:
            return f"{self.centre.lat:.5f},{self.centre.lon:.5f},{self.metres / _KM:g}km"
        return ",".join(f"{edge:.5f}" for edge in self.bounds)


def _unclear(text: str) -> ConsoleError:
    return ConsoleError(
        tr("“{text}” is no part of a map.", text=text),
        remedy=tr(
            "Write SOUTH,WEST,NORTH,EAST in degrees, or LAT,LON,KM for a circle: 47.1,9.5,20km"
        ),
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A region to install. ``source`` is a file or an http address; no name: after the source.

    ``checksum`` is the extract's MD5 or SHA-256 in hex, if one is known.
    """

    source: str
    name: str = ""
    clip: Clip | None = None
    checksum: str = ""

    @classmethod
    def read(cls, source: str, name: str = "", clip: str = "", checksum: str = "") -> Self:
        """From the words of a command; ConsoleError names the one that is wrong."""
        if checksum and not _DIGEST.fullmatch(checksum):
            raise ConsoleError(
                tr("{checksum!r} is no checksum.", checksum=checksum),
                remedy=tr("Give the MD5 or SHA-256 in hex."),
            )
        return cls(source, name, Clip.read(clip) if clip else None, checksum)

    @property
    def title(self) -> str:
        """What the region will be called."""
        return self.name or title_of(self.source)


def is_address(source: str) -> bool:
    """True for what has to be downloaded."""
    return source.casefold().startswith(("http://", "https://"))


def title_of(source: str) -> str:
    """A name from a file or address: ``…/liechtenstein-latest.osm.pbf`` is liechtenstein."""
    path = source.partition("?")[0].partition("#")[0] if is_address(source) else source
    name = re.split(r"[/\\]", path)[-1]
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    name = LATEST.sub("", name)
    return re.sub(r"[^\w .-]+", "-", name).strip(" .-") or "region"


@dataclass(frozen=True, slots=True)
class Described:
    """An installed region as it is listed.

    ``region`` is None where it cannot be used, and ``problem`` says why. ``size`` is in bytes on
    this disk; ``data_date`` is the day of the map data, "" where the extract does not say.
    ``credit`` has to be shown on every map of it.
    """

    name: str
    region: Region | None
    size: int
    source: str = ""
    clip: str = ""
    data_date: str = ""
    licence: str = ""
    credit: str = ""
    profiles: tuple[str, ...] = ()
    addresses: int = 0
    streets: int = 0
    roads: int = 0
    problem: str = ""


def told(each: Described) -> list[tuple[str, str]]:
    """All that is known of a region, as titles and sentences."""
    built = each.region.built_at.date().isoformat() if each.region else ""
    rows = [
        (tr("Region"), each.name),
        (tr("Status"), each.problem or tr("ready")),
        (tr("Source"), tr("the shared database") if each.source == SHARED else each.source),
        (tr("Only a part"), each.clip),
        (tr("Map data of"), each.data_date or tr("not said by the extract")),
        (tr("Built"), built),
        (tr("Licence"), each.licence),
        (tr("Credit"), each.credit),
        (tr("Size"), tr("{size} MB on this disk", size=number(each.size / 1e6, 1))),
        (
            tr("Addresses"),
            tr(
                "{addresses} on {streets} streets",
                addresses=number(each.addresses),
                streets=number(each.streets),
            ),
        ),
        (tr("Roads"), number(each.roads)),
        (tr("Vehicles"), ", ".join(each.profiles)),
        (tr("Time zone"), each.region.zone if each.region else ""),
    ]
    return [(title, text) for title, text in rows if text]


def line(each: Described) -> str:
    """The same in one line."""
    data = (
        tr("data of {data_date}", data_date=each.data_date)
        if each.data_date
        else tr("data undated")
    )
    fine = tr(
        "{addresses:>9,} addresses  {value:6,.0f} MB  {data}",
        addresses=each.addresses,
        value=each.size / 1e6,
        data=data,
    )
    return f"{each.name:24} {each.problem or fine}"


class Atlas(Regions, Protocol):
    """The installed regions, and what changes them. Calls block; only one of them builds."""

    def described(self) -> Sequence[Described]:
        """All of them, by name, the broken ones too."""
        ...

    def install(
        self, wanted: Wanted, progress: Progress, stop: threading.Event | None = None
    ) -> Region:
        """Fetch, clip and build; the region of this name serves until the new one is ready.

        ``stop`` ends the work within a second: ``Cancelled``. ConsoleError says what is wrong, and
        nothing has changed.
        """
        ...

    def update(self, name: str, progress: Progress, stop: threading.Event | None = None) -> Region:
        """The same from where the region came from; an unchanged source is not built again."""
        ...

    def publish(
        self,
        name: str,
        shelf: Publications,
        progress: Progress,
        stop: threading.Event | None = None,
    ) -> Published:
        """Send a region to the shared database for all consoles; see ``Publications``."""
        ...

    def fetch(
        self,
        name: str,
        shelf: Publications,
        progress: Progress,
        stop: threading.Event | None = None,
    ) -> Region:
        """Bring a published region here; the one of this name serves until that is ready.

        ``stop`` ends it after the piece under way; the next fetch goes on from there.
        """
        ...

    def remove(self, name: str) -> None:
        """Forget a region; what others have open of it they keep until they close it."""
        ...


class Cancelled(Exception):  # noqa: N818 - not a defect: the user stopped the work
    """The work was called off; nothing has changed."""


@dataclass(frozen=True, slots=True)
class ChosenRegion:
    """The only region, or none: a problem with travel times of its own needs no streets."""

    region: Region | None

    def known(self) -> Sequence[Region]:
        """It, if there is one."""
        return [self.region] if self.region else []

    def find(self, name: str) -> Region:
        """It by its name; ConsoleError for any other."""
        if self.region is None or self.region.name != name:
            raise ConsoleError(tr("There is no region “{name}” here.", name=name))
        return self.region

    def described(self) -> Sequence[Described]:
        """Nothing to manage."""
        return []

    def add(self, extract: Path, name: str, progress: Progress) -> Region:
        """Nothing is built for one problem."""
        raise self._fixed(name)

    def install(
        self, wanted: Wanted, progress: Progress, stop: threading.Event | None = None
    ) -> Region:
        """Nothing is built for one problem."""
        raise self._fixed(wanted.title)

    def update(self, name: str, progress: Progress, stop: threading.Event | None = None) -> Region:
        """Nothing is built for one problem."""
        raise self._fixed(name)

    def publish(
        self,
        name: str,
        shelf: Publications,
        progress: Progress,
        stop: threading.Event | None = None,
    ) -> Published:
        """Nothing is published for one problem."""
        raise self._fixed(name)

    def fetch(
        self,
        name: str,
        shelf: Publications,
        progress: Progress,
        stop: threading.Event | None = None,
    ) -> Region:
        """Nothing is fetched for one problem."""
        raise self._fixed(name)

    def remove(self, name: str) -> None:
        """Nothing is removed for one problem."""
        raise self._fixed(name)

    def _fixed(self, name: str) -> ConsoleError:
        return ConsoleError(
            tr("“{name}” cannot be changed here.", name=name), remedy=tr("Use doorstep region.")
        )
