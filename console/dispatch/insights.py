"""What dispatchers found out and share: kept beside the depot's rules, read by every console.

The text may name somebody: it is a text of the register of notes, and goes with the person whose
door or whose driver it is about. Every vote is an entry of its own, so that two may vote at once.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, cast
from uuid import uuid4

from console import wording
from console.dispatch.lanes import Lane
from console.dispatch.openactions import today_of
from console.dispatch.pastdays import depot_of
from console.dispatch.picture import Picture
from console.dispatch.services import Services
from console.dispatch.station import Station
from console.domain.clusters import By, Group
from console.domain.errors import ConsoleError
from console.domain.insight import About, Insight, InsightId, Topic, Vote
from console.domain.places import PlaceId
from console.domain.plan import Cause, Stop
from console.tongues import tr

LONGEST = 500
_VOTE = "@"


@dataclass(frozen=True, slots=True)
class Shared:
    """An insight with its text and the name of what it is about."""

    insight: Insight
    text: str
    name: str


def owner_of(depot: str) -> str:
    """Where they are kept."""
    return f"depot/{depot}/shared_insights"


async def insights(station: Station) -> list[Shared]:
    """All of the depot's, the newest first; those whose text was erased are gone."""
    services = station.services
    owner = owner_of(depot_of(station))
    kept = await services.lanes.run(Lane.SQL, partial(services.preferences.get, owner))
    found = read_all(kept)
    ids = [each.note for each in found]
    texts = await services.lanes.run(Lane.SQL, partial(services.notes.get, ids))
    known = [each for each in found if texts.get(each.note)]
    names = await services.lanes.run(Lane.SQL, partial(_names, services, known))
    shared = [Shared(i, texts[i.note], names.get((i.about, i.key), i.key)) for i in known]
    return sorted(shared, key=lambda s: (s.insight.made, s.insight.id), reverse=True)


async def share(station: Station, topic: Topic, text: str, until: date | None = None) -> InsightId:
    """Write down what was found out, today; ConsoleError where it says nothing or is over."""
    words, today = " ".join(text.split()), today_of(station)
    if not words:
        raise ConsoleError(
            tr("The insight says nothing."), remedy=tr("Write down what you found out.")
        )
    if len(words) > LONGEST:
        raise ConsoleError(
            tr("The insight is too long: {count} characters.", count=len(words)),
            remedy=tr("Say it in {most} characters.", most=LONGEST),
        )
    if until is not None and until < today:
        raise ConsoleError(
            tr("Its end date has passed already."), remedy=tr("Choose today or a later day.")
        )
    services, (about, key) = station.services, topic
    note = await services.lanes.run(Lane.SQL, partial(services.notes.put, words))
    own = InsightId(uuid4().hex)
    await _keep(station, {own: _written(Insight(own, about, key, note, services.actor, today,
                                                until))})  # fmt: skip
    return own


async def vote(station: Station, insight: InsightId, *, holds: bool) -> None:
    """Say that it holds, or that it is no longer true; the last word of each person counts."""
    told = json.dumps({"holds": holds, "on": today_of(station).isoformat()})
    await _keep(station, {f"{insight}{_VOTE}{station.services.actor}": told})


async def end_on(station: Station, insight: Insight, until: date | None) -> None:
    """Let it end with a day, or, None, hold for good."""
    await _keep(station, {insight.id: _written(replace(insight, until=until))})


async def _keep(station: Station, values: Mapping[str, str]) -> None:
    services, owner = station.services, owner_of(depot_of(station))
    await services.lanes.run(Lane.SQL, partial(services.preferences.put, owner, values))


# -- which of them applies -------------------------------------------------------------------------


def topics_of(stop: Stop, picture: Picture) -> set[Topic]:
    """What a stop has to do with, but for its area."""
    topics: set[Topic] = {(About.DOOR, str(stop.place))}
    route = picture.plan.routes.get(stop.route) if stop.route is not None else None
    if route is not None:
        topics |= {
            (About.DRIVER, str(route.shift.driver)),
            (About.VEHICLE, str(route.shift.vehicle)),
        }
    facts = picture.plan.facts.values()
    topics |= {(About.CAUSE, f.cause.value) for f in facts if f.subject == stop.id and f.cause}
    risk = picture.risks.of.get(stop.id)
    if risk is not None and risk.is_high and risk.door.cause is not None:
        topics.add((About.CAUSE, risk.door.cause.value))
    return topics


def known_of(stop: Stop, picture: Picture, shared: Sequence[Shared], today: date) -> list[Shared]:
    """Those that stand and concern a stop, the nearest first: its door, its area, its crew."""
    label = picture.labels.get(stop.id)
    town, topics = label.town if label is not None else "", topics_of(stop, picture)
    found = [s for s in shared if s.insight.concerns(topics, town) and s.insight.stands(today)]
    order = list(About)
    return sorted(found, key=lambda s: order.index(s.insight.about))


def topic_of(group: Group) -> Topic:
    """What an insight from a pattern is about; of windows and lately, the whole depot."""
    known = {By.AREA: About.AREA, By.CUSTOMER: About.DOOR, By.DRIVER: About.DRIVER,
             By.VEHICLE: About.VEHICLE}  # fmt: skip
    about = known.get(group.by)
    return (about, group.key) if about is not None else (About.DEPOT, "")


def _names(services: Services, found: Sequence[Insight]) -> Mapping[Topic, str]:
    """From the registers; blocking."""
    doors = [PlaceId(each.key) for each in found if each.about is About.DOOR]
    places = services.places.get(doors)
    names = {(About.DOOR, str(p.id)): p.address.line for p in places.values() if p.address.line}
    names |= {(About.DRIVER, str(d.id)): d.name for d in services.fleet.drivers()}
    names |= {(About.VEHICLE, str(v.id)): v.plate for v in services.fleet.vehicles()}
    return names | {(About.CAUSE, cause.value): wording.cause(cause) for cause in Cause}


# -- as text ---------------------------------------------------------------------------------------


def _written(insight: Insight) -> str:
    return json.dumps(
        {
            "about": insight.about.value,
            "key": insight.key,
            "note": insight.note,
            "author": insight.author,
            "made": insight.made.isoformat(),
            "until": insight.until.isoformat() if insight.until is not None else "",
        },
        ensure_ascii=False,
    )


def read_all(kept: Mapping[str, str]) -> list[Insight]:
    """From texts; what a later version wrote and this one cannot read is passed over."""
    votes = dict[str, dict[str, Vote]]()
    for key, text in kept.items():
        own, sign, who = key.partition(_VOTE)
        said = _vote(text) if sign else None
        if said is not None:
            votes.setdefault(own, {})[who] = said
    read = (_read(key, text, votes.get(key, {})) for key, text in kept.items() if _VOTE not in key)
    return [each for each in read if each is not None]


def _vote(text: str) -> Vote | None:
    try:
        told = cast("Mapping[str, Any]", json.loads(text))
        return Vote(bool(told["holds"]), date.fromisoformat(told["on"]))
    except (ValueError, KeyError, TypeError):
        return None


def _read(key: str, text: str, votes: Mapping[str, Vote]) -> Insight | None:
    try:
        told = cast("Mapping[str, Any]", json.loads(text))
        until = told["until"]
        return Insight(
            InsightId(key), About(told["about"]), str(told["key"]), str(told["note"]),
            str(told["author"]), date.fromisoformat(told["made"]),
            date.fromisoformat(until) if until else None, votes,
        )  # fmt: skip
    except (ValueError, KeyError, TypeError):
        return None
