"""Exceptions in words: how bad, how it stands, how it was put right."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from console import formats, wording
from console.dispatch.picture import Picture
from console.domain.cases import SERVICE_LEVELS, Resolution, Severity, Step
from console.domain.casework import Case
from console.domain.plan import Fact
from console.tongues import tr
from console.ui.severities import SEVERITIES
from console.ui.theme.figures import minutes

RESOLUTIONS = {
    Resolution.RESCHEDULE: tr("Another day"),
    Resolution.TODAY: tr("Try again today"),
    Resolution.PICKUP_POINT: tr("To a pickup point"),
    Resolution.SAFE_PLACE: tr("Leave in a safe place"),
    Resolution.NEIGHBOUR: tr("Leave with a neighbour"),
    Resolution.OTHER_ADDRESS: tr("To another address"),
    Resolution.TO_DEPOT: tr("Back to the depot"),
    Resolution.TO_SENDER: tr("Back to the sender"),
    Resolution.CLOSED: tr("Close, nothing left to do"),
}


def what(case: Case) -> str:
    """The cause, and the leaf of the tree where one was chosen."""
    fact = case.fact
    cause = wording.cause(fact.cause) if fact.cause else tr("Other")
    if case.note.type:
        cause += f": {tr(case.note.type)}"
    return cause + (tr(" (plan differs)") if fact.discrepancy else "")


def moment(fact: Fact, picture: Picture) -> str:
    """``10:05``; with its day where that is not the one that is open."""
    clock, at = picture.clock(fact.happened_at), picture.local(fact.happened_at).date()
    day = picture.plan.day
    is_other = day is not None and at != day.service_day
    return f"{formats.day(at, year=False)} {clock}" if is_other else clock


def state(case: Case, now: datetime, levels: Mapping[Severity, timedelta] = SERVICE_LEVELS) -> str:
    """How it stands, with its age while it is open."""
    solved = case.resolved
    if solved is not None:
        way = solved.case.resolution if solved.case else None
        return tr("Resolved: {way}", way=RESOLUTIONS[way]) if way else tr("Resolved")
    age = minutes(timedelta(minutes=case.age(now) // timedelta(minutes=1)))
    if case.is_overdue(now, levels):
        return tr("Overdue, {age}", age=age)
    return tr("Open, {age}", age=age)


def step(fact: Fact) -> str:
    """What was done about it, in one line without its time."""
    case = fact.case
    if case is None or case.step is None:
        return ""
    if case.step is Step.RESOLVED and case.resolution is not None:
        day = f" {case.day:%d.%m.}" if case.day else ""
        return tr("Resolved: {way}", way=RESOLUTIONS[case.resolution] + day)
    if case.step is Step.OWNED:
        return tr("{owner} takes care of it", owner=case.owner)
    if case.step is Step.GRADED and case.severity is not None:
        return tr("Severity: {severity}", severity=SEVERITIES[case.severity])
    return _OTHER.get(case.step, "")


_OTHER = {
    Step.COMPENSATED: tr("Compensation"),
    Step.APPROVED: tr("Compensation approved"),
    Step.DECLINED: tr("Compensation declined"),
    Step.EXPLAINED: tr("Root cause written down"),
    Step.CHECKED: tr("Effect checked"),
    Step.TOLD: tr("Customer told"),
    Step.RETURNED: tr("Goods are back"),
    Step.ACTED: tr("Action taken"),
}
