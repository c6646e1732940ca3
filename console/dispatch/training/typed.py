"""Incidents as rows of a table that somebody types: texts to incidents, and back."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import time

from console.dispatch.kindofday import (
    Incident,
    IncidentKind,
    ScenarioFault,
    check_incident,
)
from console.tongues import tr

Row = dict[str, str]
_TIMES = frozenset(("at", "until"))
_WHOLE = frozenset(("driver", "count"))
_WHERE = "incident"


def row_of(incident: Incident) -> Row:
    """An incident as it is typed; what is as usual stays empty."""
    usual = Incident(incident.kind)
    made: Row = {"kind": str(incident.kind)}
    for each in fields(Incident)[1:]:
        told = getattr(incident, each.name)
        if told != getattr(usual, each.name):
            made[each.name] = f"{told:%H:%M}" if isinstance(told, time) else f"{told:g}"
    return made


def incident_of(row: Mapping[str, str]) -> Incident:
    """What a row says; ScenarioFault names the field that is wrong."""
    given = dict[str, object]()
    for each in fields(Incident)[1:]:
        text = row.get(each.name, "").strip()
        if text:
            given[each.name] = _read(each.name, text)
    kind = _kind(row.get("kind", "").strip())
    return check_incident(Incident(kind, **given))  # pyright: ignore[reportArgumentType]


def _kind(text: str) -> IncidentKind:
    try:
        return IncidentKind(text)
    except ValueError:
        raise _fault("kind", tr("is not one of {known}", known=", ".join(IncidentKind))) from None


def _read(name: str, text: str) -> object:
    if name in _TIMES:
        try:
            return time.fromisoformat(text.zfill(5))
        except ValueError:
            raise _fault(name, tr("is no time such as 10:00")) from None
    try:
        return int(text) if name in _WHOLE else float(text.replace(",", "."))
    except ValueError:
        raise _fault(name, tr("is no number")) from None


def _fault(name: str, what: str) -> ScenarioFault:
    return ScenarioFault(_WHERE, name, what)
