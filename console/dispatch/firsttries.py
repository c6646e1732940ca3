"""The first tries of a depot's past days, from their journals; each day is read once.

What a day came to is kept beside the depot's rules, with the version of its journal: ids of places,
parts of the day and causes, nothing that names anybody.
"""

import json
import zlib
from base64 import b64decode, b64encode
from binascii import Error as BadText
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, tzinfo
from functools import partial
from typing import Any, cast

from console.dispatch.carrying import attempt_of
from console.dispatch.lanes import Lane
from console.dispatch.pastdays import DAYS, PastDay, depot_of, past_day, past_days
from console.dispatch.services import Services
from console.dispatch.station import Station, stream_of
from console.domain.errors import ConsoleError
from console.domain.places import PlaceId
from console.domain.plan import Cause, Fact, FactKind, Stop
from console.domain.reported import OUTCOMES, standing
from console.domain.risk import AT_THE_DOOR, FirstTry, Past, Span, span_at, span_of

_FORM = 1
"""Of what is kept; another one is read anew."""


async def read_past(station: Station) -> Past:
    """All first tries of the last days; what is new since the last time is read."""
    services, depot, zone = station.services, depot_of(station), station.service_day.zone
    run, owner = services.lanes.run, f"depot/{depot}/first_tries"
    days = await past_days(station, DAYS)
    kept = await run(Lane.SQL, partial(services.preferences.get, owner))
    tries, wanted = list[FirstTry](), dict[str, str]()
    for day in days:
        known = kept.get(day.isoformat(), "")
        read = partial(_of_day, services, stream_of(depot, day), known, day=day, zone=zone)
        found, wanted[day.isoformat()] = await run(Lane.SQL, read)
        tries += found
    gone = {key: "" for key, text in kept.items() if text and key not in wanted}
    changed = {key: text for key, text in wanted.items() if kept.get(key) != text} | gone
    if changed:
        with suppress(ConsoleError):  # who may not write there reads the days again
            await run(Lane.SQL, partial(services.preferences.put, owner, changed))
    places = sorted({each.place for each in tries})
    areas = await run(Lane.SQL, partial(_areas, services, places))
    return await run(Lane.FILES, partial(Past, tries, areas))


def _of_day(
    services: Services, stream: str, known: str, *, day: date, zone: tzinfo
) -> tuple[Sequence[FirstTry], str]:
    """A day's tries, and the text to be kept of them; blocking."""
    mark = f"{_FORM}.{services.journal.head(stream)}:"
    if known.startswith(mark):
        with suppress(ValueError, KeyError, TypeError, zlib.error, BadText):
            return _decoded(known[len(mark) :], day), known
    tries = first_tries(past_day(services, stream), day, zone)
    return tries, mark + _encoded(tries)


def _encoded(tries: Sequence[FirstTry]) -> str:
    rows = [[t.place, t.asked, t.came, t.cause or "", int(t.failed)] for t in tries]
    return b64encode(zlib.compress(json.dumps(rows).encode())).decode("ascii")


def _decoded(text: str, day: date) -> Sequence[FirstTry]:
    rows = cast("list[list[Any]]", json.loads(zlib.decompress(b64decode(text))))
    return [
        FirstTry(
            day, PlaceId(str(place)), Span(asked), Span(came), bool(failed),
            Cause(cause) if cause else None,
        )
        for place, asked, came, cause, failed in rows
    ]  # fmt: skip


def _areas(services: Services, places: Sequence[PlaceId]) -> Mapping[PlaceId, str]:
    """As the labels of stops write them; those of erased persons have none."""
    found = services.places.get(places)
    towns = ((p.id, f"{p.address.postcode} {p.address.city}".strip()) for p in found.values())
    return {place: town for place, town in towns if town}


def first_tries(past: PastDay, day: date, zone: tzinfo) -> Sequence[FirstTry]:
    """The visits of a day that ended, without further attempts and what no door has to do with."""
    told = dict[str, list[Fact]]()
    for fact in standing(past.facts.values()):
        told.setdefault(fact.subject, []).append(fact)
    tries = (
        _try(stop, told[stop.id], day, zone) for stop in past.stops.values() if stop.id in told
    )
    return [each for each in tries if each is not None]


def _try(stop: Stop, facts: Sequence[Fact], day: date, zone: tzinfo) -> FirstTry | None:
    ended = next((fact for fact in facts if fact.kind in OUTCOMES), None)
    logged = [fact for fact in facts if fact.kind is FactKind.EXCEPTION]
    last = ended or next((fact for fact in logged if fact.cause in AT_THE_DOOR), None)
    if last is None or all(attempt_of(order.id)[1] > 1 for order in stop.orders):
        return None
    failed = last.kind is not FactKind.DELIVERED and last.kind is not FactKind.COLLECTED
    cause = last.cause or next((fact.cause for fact in logged if fact.cause), None)
    if failed and cause is not None and cause not in AT_THE_DOOR:
        return None
    came = span_at(last.happened_at, zone)
    asked = span_of(stop.windows, zone)
    return FirstTry(day, stop.place, asked, came, failed, cause if failed else None)
