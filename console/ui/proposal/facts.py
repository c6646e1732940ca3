"""A proposal in words and figures: what the panes around the map show. Pure values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from console.dispatch.picture import Picture
from console.dispatch.proposals import Proposal
from console.dispatch.registers import Scenario
from console.domain.measures import breakdown, skip_price
from console.domain.objective import Objective
from console.domain.plan import RouteId, StopId
from console.planning.compare import Kind, RouteChange, StopChange
from console.planning.underway import opened
from console.tongues import inside, tr, trn
from console.ui.labels import cost_of, cost_text, route_label
from console.ui.theme.figures import hours, minutes, with_unit

_NO_TIME, _LONG = timedelta(), timedelta(minutes=100)
_PROFILES = {
    "cost": tr("Cost"),
    "speed": tr("Speed"),
    "green": tr("Green"),
    "premium": tr("Premium"),
    "balanced": tr("Balanced"),
    "own": tr("own weights"),
}


@dataclass(frozen=True, slots=True)
class Used:
    """How much of the change budget is used; ``limit`` None has none."""

    caption: str
    used: int
    limit: int | None

    @property
    def is_over(self) -> bool:
        """True when it is more than was asked for."""
        return self.limit is not None and self.used > self.limit


@dataclass(frozen=True, slots=True)
class Change:
    """One stop that changes: from one driver's number to another's, 0 where it has none."""

    stop: StopId
    kind: Kind
    street: str
    was: int
    goes: int
    text: str
    tone: str = "text2"

    @property
    def spoken(self) -> str:
        """For screen readers."""
        both = self.was and self.goes
        ways = tr("driver {was} to driver {goes}", was=self.was, goes=self.goes) if both else ""
        return ", ".join(part for part in (self.street, ways, self.text) if part)


@dataclass(frozen=True, slots=True)
class DriverLine:
    """A driver's paid time now and as proposed, in hours; ``text`` says the change."""

    route: RouteId
    number: int
    name: str
    present: float
    proposed: float
    text: str
    tone: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Weighed:
    """One term of the objective in the depot's currency; ``share`` of the whole."""

    caption: str
    cost: str
    share: float
    change: str
    tone: str


def profile_words(name: str) -> str:
    """``own weights`` for a profile of the dispatcher's own, else what it is called."""
    return inside(_PROFILES.get(name, name))


def scenario_name(scenario: Scenario) -> str:
    """In quotation marks."""
    return tr("“{name}”", name=scenario.name)


def names(proposal: Proposal) -> tuple[str, str]:
    """Heads of the two plans: ``Present``, ``Proposal``, or what scenarios are called."""
    if proposal.kept is None:
        return tr("Present"), tr("Proposal")
    against = proposal.against.name if proposal.against is not None else tr("Present")
    return against, proposal.kept.name


# -- what changes --------------------------------------------------------------------------------


def budget(proposal: Proposal) -> list[Used]:
    """What the proposal changes, and how much it may."""
    compared, limits = proposal.comparison, proposal.terms.budget
    moved = tr("Arrive ±{minutes} min or more", minutes=compared.minutes)
    return [
        Used(tr("Change driver"), proposal.changed_driver, limits.drivers),
        Used(tr("Change order only"), len(compared.of_kind(Kind.ORDER)), None),
        Used(moved, len(compared.promises), limits.promises),
        Used(tr("Routes touched"), compared.routes_changed, len(proposal.base.routes)),
    ]


def kept(proposal: Proposal) -> list[tuple[str, str]]:
    """(icon, sentence) of what the dispatcher wanted kept, and is."""
    plan = proposal.base
    told = opened(plan) if proposal.terms.amends else plan
    locked = [r for r in told.routes.values() if r.is_frozen]
    pinned = sum(stop.pinned for stop in plan.stops.values())
    overrides = sum(len(each.overrides) for each in (*plan.stops.values(), *plan.routes.values()))
    pins = trn(
        "{n} pinned stop stays with its driver", "{n} pinned stops stay with their driver", pinned
    )
    told = (
        ("lock", len(locked), trn("{n} locked route", "{n} locked routes", len(locked))),
        ("pin", pinned, pins),
        ("shield", overrides, trn("{n} override kept", "{n} overrides kept", overrides)),
    )
    return [(icon, said) for icon, count, said in told if count]


def changes(proposal: Proposal) -> list[Change]:
    """Every stop that changes driver, is served now, or is not any more; then those that shift."""
    compared = proposal.comparison
    shown = (Kind.ASSIGNED, Kind.DROPPED, Kind.DRIVER, Kind.ORDER)
    found = [change for kind in shown for change in compared.of_kind(kind)]
    return [_change(change, proposal.present) for change in found]


def promises(proposal: Proposal) -> list[Change]:
    """Stops whose arrival moves, farthest first."""
    moved = sorted(proposal.comparison.promises, key=lambda c: -abs(c.moved or _NO_TIME))
    return [_promise(change, proposal.present) for change in moved]


def _change(change: StopChange, picture: Picture) -> Change:
    texts = {Kind.ASSIGNED: tr("now served"), Kind.DROPPED: tr("no driver any more")}
    text = texts.get(change.kind) or _moved(change)
    tone = {Kind.ASSIGNED: "ok", Kind.DROPPED: "warn"}.get(change.kind, "text2")
    return Change(
        change.stop,
        change.kind,
        _street(change.stop, picture),
        _number(change.was, picture),
        _number(change.goes, picture),
        text,
        tone,
    )


def _promise(change: StopChange, picture: Picture) -> Change:
    line = _change(change, picture)
    was, goes = change.arrival_was, change.arrival
    text = f"{picture.clock(was)} → {picture.clock(goes)}" if was and goes else ""
    return Change(line.stop, line.kind, line.street, 0, line.goes, text, "text")


def _moved(change: StopChange) -> str:
    moved = change.moved
    if moved is None:
        return ""
    if abs(moved) < _LONG:
        return minutes(moved, signed=True)
    return with_unit(hours(moved) if moved < _NO_TIME else f"+{hours(moved)}", "h")


def _street(stop: StopId, picture: Picture) -> str:
    label = picture.labels.get(stop)
    return label.street if label else str(stop)


def _number(route: RouteId | None, picture: Picture) -> int:
    return route_label(picture, route).number if route in picture.plan.routes and route else 0


# -- drivers and weights -------------------------------------------------------------------------


def drivers(proposal: Proposal) -> list[DriverLine]:
    """The day of every driver who has stops, by number."""
    used = (row for row in proposal.comparison.routes if row.before or row.after)
    return sorted((_driver(row, proposal.present) for row in used), key=lambda line: line.number)


def _driver(row: RouteChange, picture: Picture) -> DriverLine:
    label = route_label(picture, row.route)
    spent = [each.duration if each else _NO_TIME for each in (row.before, row.after)]
    by = spent[1] - spent[0]
    same = tr("locked") if picture.plan.routes[row.route].is_frozen else tr("same")
    text = minutes(by, signed=True) if row.changed else same
    if row.changed and row.after is None:
        text = tr("not needed")
    elif row.changed and row.before is None:
        text = tr("now used")
    tone = "text3" if not row.changed else "warn" if by > _NO_TIME else "ok"
    present, proposed = (each.total_seconds() / 3600 for each in spent)
    who, spans = (row.route, label.number, label.name), (present, proposed)
    return DriverLine(*who, *spans, text, tone, row.changed)


def weighed(proposal: Proposal) -> list[Weighed]:
    """The objective's terms that count, as the proposal has them and by how much they change."""
    objective, currency = proposal.terms.objective, proposal.present.currency
    before, after = (_terms(each, objective) for each in (proposal.present, proposal.proposed))
    whole = sum(amount for _, amount in after) or 1.0
    made: list[Weighed] = []
    for (caption, was), (_, goes) in zip(before, after, strict=True):
        if was or goes:
            by = round(goes - was, 2)
            tone = "text3" if not by else "ok" if by < 0 else "warn"
            change = cost_text(by, currency) if by else tr("same")
            made.append(Weighed(caption, cost_of(goes, currency), goes / whole, change, tone))
    return made


def _terms(picture: Picture, objective: Objective) -> Sequence[tuple[str, float]]:
    waiting = sum(skip_price(picture.plan.stops[stop]) for stop in picture.plan.unassigned)
    told = breakdown(picture.schedules.values(), objective, waiting)
    return (
        (tr("Driving and wages"), told.money),
        (tr("Paid hours"), told.hours),
        (tr("Kilometres"), told.distance),
        (tr("CO₂e"), told.co2e),
        (tr("Soft lateness, preferences"), told.lateness),
        (tr("Compactness"), told.compactness),
        (tr("Fairness"), told.balance),
        (tr("Left unassigned"), told.skipped),
    )


def profile(proposal: Proposal) -> str:
    """``Profile balanced``."""
    return tr("Profile {name}", name=profile_words(proposal.terms.objective.name))
