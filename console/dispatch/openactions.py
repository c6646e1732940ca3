"""Actions against root causes that are open, on whichever day: what is due is seen on any.

They are noted beside the depot's rules, one entry an exception, so that no journal has to be read
to see them. The journal of the exception's day is what holds.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, cast

from console.dispatch.exceptions import case_of
from console.dispatch.lanes import Lane
from console.dispatch.pastdays import depot_of
from console.dispatch.station import Station
from console.domain.cases import CaseNote
from console.domain.casework import Case
from console.domain.plan import Cause, Fact, FactId


@dataclass(frozen=True, slots=True)
class Action:
    """An action that is open: not taken, or its effect not checked yet."""

    exception: FactId
    day: date
    cause: Cause | None
    owner: str
    due: date | None
    is_taken: bool
    text: str = ""
    note: str = ""

    def is_overdue(self, today: date) -> bool:
        """True where it should have been taken by now."""
        return not self.is_taken and self.due is not None and self.due < today


async def open_actions(station: Station) -> list[Action]:
    """The depot's, on all its days: what is due first, first; those that wait for a check last."""
    services = station.services
    owner = f"depot/{depot_of(station)}/actions"
    kept = await services.lanes.run(Lane.SQL, partial(services.preferences.get, owner))
    found = [each for key, text in kept.items() if (each := _read(key, text)) is not None]
    ids = [each.note for each in found if each.note]
    texts = await services.lanes.run(Lane.SQL, partial(services.notes.get, ids))
    named = [replace(each, text=words_of(texts.get(each.note, ""))["action"]) for each in found]
    return sorted(named, key=lambda a: (a.is_taken, a.due or date.max, a.day, a.exception))


def overdue(actions: Sequence[Action], today: date) -> int:
    """How many should have been taken by now."""
    return sum(each.is_overdue(today) for each in actions)


def today_of(station: Station) -> date:
    """Today on the depot's clock, whatever day is open."""
    return station.services.clock.now().astimezone(station.service_day.zone).date()


async def index_action(station: Station, exception: FactId) -> None:
    """Note beside the rules how the action stands; '' once there is nothing left to do."""
    case = case_of(station.workday.desk.plan, exception)
    told = case.explained
    if told is None or told.case is None:
        return
    services, owner = station.services, f"depot/{depot_of(station)}/actions"
    text = _written(station, case, told) if case.checked is None else ""
    values = {str(exception): text}
    await services.lanes.run(Lane.SQL, partial(services.preferences.put, owner, values))


def _written(station: Station, case: Case, told: Fact) -> str:
    note = told.case or CaseNote()
    return json.dumps(
        {
            "day": station.service_day.day.isoformat(),
            "cause": case.fact.cause.value if case.fact.cause is not None else "",
            "owner": note.owner,
            "due": note.due.isoformat() if note.due is not None else "",
            "taken": case.acted is not None,
            "note": told.note,
        },
        ensure_ascii=False,
    )


def _read(key: str, text: str) -> Action | None:
    """None for what is done; what cannot be read is passed over, the journal has it."""
    try:
        told = cast("Mapping[str, Any]", json.loads(text))
        cause, due = told["cause"], told["due"]
        return Action(
            FactId(key), date.fromisoformat(told["day"]), Cause(cause) if cause else None,
            str(told["owner"]), date.fromisoformat(due) if due else None, bool(told["taken"]),
            note=str(told["note"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError):
        return None


def words_of(text: str) -> dict[str, Any]:
    """The words of a root cause; a text of another kind is taken as its first why."""
    empty: dict[str, Any] = {"whys": [], "action": "", "evidence": ""}
    if not text:
        return empty
    try:
        told = cast("Mapping[str, Any]", json.loads(text))
        whys = [str(each) for each in told["whys"]]
        return {"whys": whys, "action": str(told["action"]), "evidence": str(told["evidence"])}
    except (ValueError, KeyError, TypeError):
        return empty | {"whys": [text]}
