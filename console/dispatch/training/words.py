"""What a grade says in sentences: for the window and for paper."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from console import formats, wording
from console.dispatch.kindofday import Incident, IncidentKind
from console.dispatch.picture import Picture
from console.dispatch.training.grading import Grade
from console.dispatch.training.pricing import Answer
from console.dispatch.training.scoring import Score
from console.dispatch.training.tracing import WORTH, Step
from console.dispatch.training.troubles import Trouble
from console.domain.plan import RouteId
from console.tongues import tr, trn

MOST_MOVES = 4  # that are told one by one

KINDS = {
    IncidentKind.BREAKDOWN: tr("Vehicle breaks down"),
    IncidentKind.ILL: tr("Driver is ill"),
    IncidentKind.SLOW: tr("Streets are slow"),
    IncidentKind.CLOSURE: tr("Road is closed"),
    IncidentKind.DEPOT_LATE: tr("Depot is late"),
    IncidentKind.LONG_STOP: tr("A stop takes long"),
    IncidentKind.ADDRESSES: tr("Addresses are wrong"),
    IncidentKind.SILENCE: tr("Phone is silent"),
}
"""What each kind of incident is called."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a debrief in words. ``better`` is '' where nothing better was found."""

    version: int
    clock: str
    trouble: str
    after: str
    decision: str
    known: str
    did: str
    better: str
    best: str
    lost: str
    is_bad: bool


def lines_of(grade: Grade, picture: Picture) -> list[Line]:
    """A line a step, in the order of the day."""
    return [_line(step, picture) for step in grade.steps]


def _line(step: Step, picture: Picture) -> Line:
    is_bad = step.lost >= WORTH
    return Line(
        step.version,
        picture.clock(step.at),
        trouble_words(step.trouble, picture) if step.trouble else "",
        _minutes(step.after),
        tr("Nothing was done") if step.is_unanswered else wording.command(step.kind),
        known_words(step),
        _money(step.did, picture),
        answer_words(step.better, picture) if is_bad else "",
        _money(step.better.price, picture),
        _money(step.lost, picture) if is_bad else "",
        is_bad,
    )


def _money(amount: float, picture: Picture) -> str:
    return f"{formats.number(amount)} {picture.currency}"


def _minutes(after: timedelta | None) -> str:
    return "" if after is None else tr("{value} min", value=round(after.total_seconds() / 60))


def trouble_words(trouble: Trouble, picture: Picture) -> str:
    """``09:58 Vehicle breakdown, Ida``."""
    known = trouble.what in set(IncidentKind)
    what = KINDS[IncidentKind(trouble.what)] if known else wording.cause(trouble.what)
    who = _driver(trouble.route, picture) if trouble.route else tr("everybody")
    return f"{picture.clock(trouble.at)} {what}, {who}"


def incident_words(incident: Incident) -> str:
    """What an incident is called."""
    return KINDS[incident.kind]


def _driver(route: RouteId, picture: Picture) -> str:
    label = picture.drivers.get(route)
    return label.name if label else str(route)


def known_words(step: Step) -> str:
    """``58 open, 2 late, 9 left``: how the day stood."""
    known = step.known
    parts = [tr("{count} open", count=known.open)]
    if known.late:
        parts.append(tr("{count} late", count=known.late))
    if known.left:
        parts.append(tr("{count} that nobody drives to", count=known.left))
    return ", ".join(parts)


def answer_words(answer: Answer, picture: Picture) -> str:
    """``Give 5 stops to Ole and 3 stops to Pia``."""
    if not answer.moves:
        return tr("Leave the plan as it was")
    to = Counter(move.target for move in answer.moves)
    parts = [
        trn(
            "{count} stop to {name}",
            "{count} stops to {name}",
            count,
            count=count,
            name=tr("nobody") if route is None else _driver(route, picture),
        )
        for route, count in to.most_common(MOST_MOVES)
    ]
    rest = sum(to.values()) - sum(count for _, count in to.most_common(MOST_MOVES))
    if rest:
        parts.append(tr("{count} to others", count=rest))
    return ", ".join(parts)


def parts_of(score: Score) -> list[tuple[str, float, str]]:
    """The score's parts: name, figure, what it says."""
    return [
        (tr("Service quality"), score.service, tr("what was delivered, in time")),
        (tr("Cost"), score.cost, tr("how near the decisions came to the best ones")),
        (tr("Stability"), score.stability, tr("stops that kept a driver who could drive")),
        (
            tr("Communication"),
            score.communication,
            tr("troubles answered within 10 minutes, failed deliveries attended to"),
        ),
    ]
