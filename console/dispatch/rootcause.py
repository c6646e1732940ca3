"""Why it happened, what is done so that it does not again, and whether that helped.

The steps stand in the journal of the day of the exception. What may name somebody, the whys and the
evidence, is a text of the register.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from console.dispatch.exceptions import attend, case_of, links_of
from console.dispatch.lanes import Lane
from console.dispatch.openactions import index_action, words_of
from console.dispatch.patterns import look_back
from console.dispatch.photos import keep_photo
from console.dispatch.ports import Progress
from console.dispatch.station import Station
from console.domain.cases import CaseNote, Step
from console.domain.casework import Case
from console.domain.clusters import By
from console.domain.effect import Effect, Measured, Outcome, effect
from console.domain.errors import ConsoleError
from console.domain.plan import Fact, FactId, Plan, RouteId, StopId
from console.tongues import tr

WHYS = 5


@dataclass(frozen=True, slots=True)
class Root:
    """What was found out. ``whys`` lead from what happened to why; the last is the root cause.

    ``photo`` is a picture's bytes; ``by`` and ``key`` say whose rate should fall, None all visits'.
    """

    whys: tuple[str, ...]
    action: str
    owner: str
    due: date
    evidence: str = ""
    photo: bytes = b""
    by: By | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record of a root cause; the texts are '' where they were erased."""

    whys: tuple[str, ...]
    action: str
    evidence: str
    owner: str
    due: date | None
    photo: str
    acted: datetime | None
    worked: bool | None
    checked: str

    def is_overdue(self, today: date) -> bool:
        """True where the action should have been taken by now."""
        return self.acted is None and self.due is not None and self.due < today


async def explain(station: Station, exception: FactId, root: Root) -> Fact:
    """Write a root cause down; one that is written later takes its place.

    ConsoleError where it says no why, no action or no owner.
    """
    case = case_of(station.workday.desk.plan, exception)
    whys = tuple(why for each in root.whys if (why := " ".join(each.split())))
    _check(whys, root)
    photo = await keep_photo(station.services, root.photo) if root.photo else _photo_of(case)
    words = {"whys": list(whys), "evidence": root.evidence.strip(), "action": root.action.strip()}
    note = CaseNote(
        Step.EXPLAINED,
        photo=photo,
        owner=root.owner.strip(),
        due=root.due,
        scope=root.by.value if root.by is not None else "",
        key=root.key,
    )
    fact = await attend(station, exception, note, json.dumps(words, ensure_ascii=False))
    await index_action(station, exception)
    return fact


def _check(whys: tuple[str, ...], root: Root) -> None:
    lacking = (
        (not whys, tr("Nobody asked why yet."), tr("Answer at least the first why.")),
        (not root.action.strip(), tr("There is no action."), tr("Say what is done against it.")),
        (not root.owner.strip(), tr("The action is nobody's."), tr("Say who takes it.")),
    )
    for is_lacking, message, remedy in lacking:
        if is_lacking:
            raise ConsoleError(message, remedy=remedy)


def _photo_of(case: Case) -> str:
    """The evidence that is there stays."""
    return case.explained.case.photo if case.explained and case.explained.case else ""


async def acted(station: Station, exception: FactId) -> Fact:
    """The action was taken, now; ConsoleError where there is none to take."""
    case = case_of(station.workday.desk.plan, exception)
    if case.explained is None or case.acted is not None:
        raise ConsoleError(tr("No action waits here."), remedy=tr("Look at the exception again."))
    fact = await attend(station, exception, CaseNote(Step.ACTED))
    await index_action(station, exception)
    return fact


async def check(station: Station, exception: FactId, found: Effect, said: str) -> Fact:
    """Note what became of it, in words with their figures.

    ConsoleError before the action, and while there are too few visits since to say.
    """
    case = case_of(station.workday.desk.plan, exception)
    if case.acted is None:
        raise ConsoleError(
            tr("The action was not taken yet."), remedy=tr("Say so first: Action taken.")
        )
    if found.outcome is Outcome.FEW:
        raise ConsoleError(
            tr("It is too early: there are too few visits since."), remedy=tr("Check again later.")
        )
    note = CaseNote(Step.CHECKED, worked=found.worked)
    fact = await attend(station, exception, note, said)
    await index_action(station, exception)
    return fact


async def known(station: Station, case: Case) -> Known | None:
    """What is on record; None where nobody looked for the root cause."""
    told = case.explained
    if told is None or told.case is None:
        return None
    checked = case.checked
    ids = [each.note for each in (told, checked) if each is not None and each.note]
    services = station.services
    texts = await services.lanes.run(Lane.SQL, partial(services.notes.get, ids))
    words = words_of(texts.get(told.note, ""))
    return Known(
        tuple(words["whys"]), words["action"], words["evidence"], told.case.owner, told.case.due,
        told.case.photo, case.acted.happened_at if case.acted else None,
        checked.case.worked if checked and checked.case else None,
        texts.get(checked.note, "") if checked else "",
    )  # fmt: skip


# -- whose rate should fall ------------------------------------------------------------------------


async def scopes_of(station: Station, case: Case) -> list[tuple[By, str]]:
    """The groups a case is in: its area, customer, driver and vehicle."""
    plan = station.workday.desk.plan
    stop = plan.stops.get(StopId(case.fact.subject))
    found = list[tuple[By, str]]()
    if stop is not None:
        services = station.services
        places = await services.lanes.run(Lane.SQL, partial(services.places.get, [stop.place]))
        place = places.get(stop.place)
        area = (place.address.postcode or place.address.city) if place is not None else ""
        found += [(By.AREA, area)] if area else []
        found.append((By.CUSTOMER, str(stop.place)))
    route = plan.routes.get(RouteId(_route_of(plan, case)))
    if route is not None:
        found.append((By.DRIVER, str(route.shift.driver)))
        found.append((By.VEHICLE, str(route.shift.vehicle)))
    return found


def _route_of(plan: Plan, case: Case) -> str:
    return case.note.route or links_of(plan, case.fact.subject).route


async def effect_of(station: Station, case: Case, told: Progress | None = None) -> Effect:
    """The rate before the action and since; ConsoleError where none was taken.

    Whatever ``told`` raises ends it.
    """
    measured, taken = measured_of(case), case.acted
    if measured is None or taken is None:
        raise ConsoleError(
            tr("The action was not taken yet."), remedy=tr("Say so first: Action taken.")
        )
    looked = await look_back(station, told)
    since = taken.happened_at.astimezone(station.service_day.zone).date()
    run = station.services.lanes.run
    return await run(Lane.FILES, partial(effect, looked.tries, measured, since))


def measured_of(case: Case) -> Measured | None:
    """Whose rate should fall, as it was written down."""
    note = case.explained.case if case.explained is not None else None
    if note is None:
        return None
    known_ones = {each.value: each for each in By}
    return Measured(case.fact.cause, known_ones.get(note.scope), note.key)
