"""Where drivers were: some minutes of a way in a row, until retention drops it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
from sqlalchemy import insert, select

from console.dispatch.registers import Track
from console.dispatch.street import Position
from console.domain.places import Coordinate
from console.domain.plan import RouteId
from console.storage import codec
from console.storage.database import Database
from console.storage.places import opaque_id
from console.storage.schema import positions

type Fixes = list[tuple[float, float, float, float, float | None, float | None]]
"""Seconds since 1970, degrees north and east, metres of accuracy, heading in degrees, m/s."""

_decoder = msgspec.json.Decoder(Fixes)
_DECIMALS = 6  # of a degree: a tenth of a metre


@dataclass(frozen=True, slots=True)
class SqlPositions:
    """Implements ``dispatch.registers.Positions``."""

    database: Database
    make_id: Callable[[], str] = opaque_id

    def put(self, stream: str, tracks: Sequence[Track]) -> None:
        """Keep them beside those that are there."""
        rows = [self._row(stream, track) for track in tracks if track.positions]
        if rows:
            with self.database.writing(alone=False) as connection:
                connection.execute(insert(positions), rows)

    def of_day(self, stream: str) -> dict[RouteId, list[Position]]:
        """Every way of a day, each position once and in order of its time."""
        query = select(positions.c.route, positions.c.value).where(positions.c.stream == stream)
        found: dict[RouteId, dict[datetime, Position]] = {}
        with self.database.reading() as connection:
            for row in connection.execute(query.order_by(positions.c.since, positions.c.id)):
                way = found.setdefault(row.route, {})
                way.update((each.at, each) for each in _read(row.route, row.value))
        return {route: [way[at] for at in sorted(way)] for route, way in sorted(found.items())}

    def _row(self, stream: str, track: Track) -> dict[str, str]:
        times = [each.at for each in track.positions]
        return {
            "id": self.make_id(),
            "stream": stream,
            "route": track.route,
            "driver": track.driver,
            "since": min(times).astimezone(UTC).isoformat(),
            "until": max(times).astimezone(UTC).isoformat(),
            "value": msgspec.json.encode([_fix(each) for each in track.positions]).decode(),
        }


def _fix(each: Position) -> tuple[float | None, ...]:
    lat, lon = round(each.point.lat, _DECIMALS), round(each.point.lon, _DECIMALS)
    return (each.at.timestamp(), lat, lon, each.accuracy, each.heading, each.speed)


def _read(route: RouteId, value: str) -> Iterator[Position]:
    for at, lat, lon, accuracy, heading, speed in codec.decode_kept(_decoder, value, "positions"):
        when = datetime.fromtimestamp(at, UTC)
        yield Position(route, when, Coordinate(lat, lon), accuracy, heading, speed)
