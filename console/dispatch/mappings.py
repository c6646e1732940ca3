"""Mappings that were taught: kept for all users of the store, found again by a file's header."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import msgspec

from console.dispatch.lanes import Lane
from console.dispatch.station import Station
from console.intake import (
    FIELDS,
    ColumnMap,
    OrderReport,
    Sample,
    look,
    orders_by,
    read_orders,
)

EVERYBODY = ""
"""The user under whom preferences that all share are kept."""

_PREFIX = "mapping/"


@dataclass(frozen=True, slots=True)
class Read:
    """An order file as it was read; ``taught`` is the mapping that was found for it, if one was."""

    report: OrderReport
    taught: ColumnMap | None = None


async def read_learned(station: Station, path: Path) -> Read:
    """Read an order file by the mapping kept for its header, else by what we know of titles.

    ``MissingColumns`` when neither tells what every order needs.
    """
    kept = await mappings(station)
    run = station.services.lanes.run
    if kept:
        sample = await run(Lane.FILES, partial(look, path, kept.__contains__))
        if taught := kept.get(sample.fingerprint):
            day = station.service_day.day
            return Read(await run(Lane.FILES, partial(orders_by, sample, taught, day)), taught)
    return Read(await run(Lane.FILES, partial(read_orders, path)))


async def look_at(station: Station, path: Path) -> tuple[Sample, ColumnMap]:
    """A file to be taught, with the mapping kept for its header, else a first guess."""
    kept = await mappings(station)
    sample = await station.services.lanes.run(Lane.FILES, partial(look, path, kept.__contains__))
    return sample, kept.get(sample.fingerprint, sample.guess)


async def read_taught(station: Station, sample: Sample, taught: ColumnMap) -> OrderReport:
    """Read the whole file by a mapping, and keep that for the next file with this header."""
    day = station.service_day.day
    report = await station.services.lanes.run(Lane.FILES, partial(orders_by, sample, taught, day))
    values = {_PREFIX + sample.fingerprint: written(taught)}
    preferences = station.services.preferences
    await station.services.lanes.run(Lane.SQL, partial(preferences.put, EVERYBODY, values))
    return report


async def mappings(station: Station) -> dict[str, ColumnMap]:
    """All that are kept, by fingerprint; one that a later version wrote is passed over."""
    preferences = station.services.preferences
    kept = await station.services.lanes.run(Lane.SQL, partial(preferences.get, EVERYBODY))
    found = {
        key.removeprefix(_PREFIX): read_back(text)
        for key, text in kept.items()
        if key.startswith(_PREFIX)
    }
    return {key: taught for key, taught in found.items() if taught is not None}


def written(taught: ColumnMap) -> str:
    """A mapping as text."""
    return msgspec.json.encode(taught).decode()


def read_back(text: str) -> ColumnMap | None:
    """A mapping from its text; None where it cannot be understood."""
    try:
        told = msgspec.json.decode(text, type=ColumnMap)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return None
    known = {key: source for key, source in told.fields.items() if key in FIELDS}
    return replace(told, fields=known)
