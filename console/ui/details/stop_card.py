"""The card of one stop, and the sums of several."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from console import formats, wording
from console.dispatch.picture import Picture, StopLabel
from console.domain.load import DIMENSIONS, Load, total
from console.domain.orders import Priority
from console.domain.places import Certainty
from console.domain.plan import Fact, FactKind, RouteId, Stop, StopId, StopStatus
from console.domain.schedule import Visit
from console.tongues import inside, tr
from console.ui.details.card import Bar, Card, Part, Row, TagFace
from console.ui.details.risk import risk_part
from console.ui.details.troubles import trouble
from console.ui.harm import TIGHT_SECONDS, late_minutes
from console.ui.labels import count_text, route_label
from console.ui.theme.figures import THIN, cubic_metres, kg, minutes, number, pieces, with_unit

_UNITS = {"pieces": tr("pcs"), "kg": "kg", "m3": "m³", "units": tr("units")}
_STATUS = {
    StopStatus.ARRIVED: TagFace(tr("driver is there"), "truck", "accent"),
    StopStatus.DELIVERED: TagFace(tr("delivered"), "check", "ok"),
    StopStatus.FAILED: TagFace(tr("failed"), "x", "bad"),
}


def stop_card(stop: Stop, picture: Picture, reasons: Sequence[str]) -> Card:
    """Everything known of one stop; ``reasons`` say why it has no driver."""
    label = picture.labels.get(stop.id) or StopLabel(str(stop.id))
    visit = picture.visits.get(stop.id)
    route = stop.route
    number_of = picture.numbers.get(stop.id)
    size = len(picture.plan.routes[route].stops) if route else 0
    found = [trouble(violation, picture, named=False) for violation in picture.violations(stop.id)]
    known = (risk_part(stop, picture), _contact(label), _access(label), _logged(stop.id, picture))
    parts = (_time(stop, visit, picture), _load(stop, visit, picture), *known)
    return Card(
        head=tr("Stop {number_of} of {size}", number_of=number_of, size=size)
        if route
        else tr("Unassigned"),
        more=" ".join(f"#{order.id}" for order in stop.orders),
        chip=route_label(picture, route).number if route else 0,
        title=label.street,
        second=" · ".join(part for part in (label.town, *label.recipients) if part),
        tags=tuple(_tags(stop, visit, picture, label)),
        reasons=() if route else tuple(reasons),
        parts=tuple(part for part in parts if part.rows),
        trouble_title=tr("Broken rules") if found else "",
        troubles=tuple(found),
        buttons=_buttons(stop, accepts=bool(found)),
        stops=(stop.id,),
    )


def _buttons(stop: Stop, *, accepts: bool) -> tuple[tuple[str, str], ...]:
    assigned = stop.route is not None
    return (
        *((("override", tr("Accept…")),) if accepts else ()),
        *((("unassign", tr("Unassign")),) if assigned else ()),
        *((("pin", tr("Unpin") if stop.pinned else tr("Pin")),) if assigned else ()),
        ("log_exception", tr("Exception…")),
        ("edit_order", tr("Edit…")),
    )


def _tags(stop: Stop, visit: Visit | None, picture: Picture, label: StopLabel) -> Sequence[TagFace]:
    made: list[TagFace] = []
    if stop.status in _STATUS:
        made.append(_STATUS[stop.status])
    if visit and visit.lateness:
        late = with_unit(number(late_minutes(visit.lateness.total_seconds())), tr("min late"))
        made.append(TagFace(late, "clock", "bad"))
    if stop.pinned:
        made.append(TagFace(tr("pinned"), "pin", "accent"))
    if stop.priority is not Priority.NORMAL:
        tone = "accent" if stop.priority is Priority.HIGH else "text2"
        value = inside(wording.priority(stop.priority.value))
        made.append(TagFace(tr("{value} priority", value=value), "flag", tone))
    missing = {v.detail for v in picture.violations(stop.id) if v.detail}
    made += [
        TagFace(tr("needs {skill}", skill=skill), "key", "bad" if skill in missing else "text2")
        for skill in stop.skills
    ]
    if stop.overrides:
        made.append(TagFace("accepted", "shield", "text2"))
    if stop.id in picture.off_road:
        made.append(TagFace(tr("not on the map"), "map-pin-off", "bad"))
    elif not label.certainty.is_sure and label.certainty is not Certainty.UNKNOWN:
        made.append(TagFace(tr("address unsure"), "circle-question-mark", "warn"))
    return made


def _time(stop: Stop, visit: Visit | None, picture: Picture) -> Part:
    rows: list[Row] = []
    if visit is not None:
        late = visit.lateness > timedelta()
        back = tr("leaves {clock}", clock=picture.clock(visit.departure))
        arrives = picture.clock(visit.arrival)
        rows.append(Row(tr("Arrives"), arrives, "bad" if late else "text", back))
    names = [tr("Window"), *("or",) * max(0, len(stop.windows) - 1)]
    spans = (span_text(picture, w.earliest, w.latest) for w in stop.windows)
    rows += [Row(name, span) for name, span in zip(names, spans, strict=False)]
    if not stop.windows:
        rows.append(Row(tr("Window"), tr("any time"), "text2"))
    rows.append(Row(tr("Service"), minutes(stop.service_time)))
    if visit is not None:
        rows += _spare(visit)
    return Part(tr("Time"), tuple(rows), _bar(stop, visit, picture) if visit else None)


def _spare(visit: Visit) -> list[Row]:
    """Waiting and slack, where there is any."""
    rows: list[Row] = []
    if visit.waiting >= timedelta(minutes=1):
        rows.append(Row(tr("Waiting"), minutes(visit.waiting)))
    if visit.slack is not None and visit.slack >= timedelta():
        tight = visit.slack.total_seconds() < TIGHT_SECONDS
        rows.append(Row(tr("Slack"), minutes(visit.slack), "warn" if tight else "text"))
    return rows


def _bar(stop: Stop, visit: Visit, picture: Picture) -> Bar | None:
    if not stop.windows or stop.route is None:
        return None
    ends = [moment for w in stop.windows for moment in (w.earliest, w.latest)]
    return Bar(
        tuple((w.earliest.timestamp(), w.latest.timestamp()) for w in stop.windows),
        visit.arrival.timestamp(),
        tuple((moment.timestamp(), picture.clock(moment)) for moment in ends),
        picture.clock(visit.arrival),
        visit.lateness > timedelta(),
        route_label(picture, stop.route).number,
    )


def _load(stop: Stop, visit: Visit | None, picture: Picture) -> Part:
    rows = [Row(tr("This stop"), load_text(stop.load))]
    if visit is not None and stop.route is not None:
        on_board = visit.load + stop.load
        capacity = picture.plan.routes[stop.route].shift.capacity
        limited = [d for d in DIMENSIONS if capacity.limit(d)]
        if limited:
            fullest = max(limited, key=lambda d: on_board.amount(d) / (capacity.limit(d) or 1))
            rows.append(filled(tr("On arrival"), on_board, fullest, capacity.limit(fullest) or 1.0))
    return Part(tr("Load"), tuple(rows))


def filled(name: str, load: Load, dimension: str, limit: float) -> Row:
    """``174 of 280 kg`` with its bar."""
    amount = load.amount(dimension)
    digits = 1 if dimension == "m3" else 0
    shown, unit = formats.measure(amount, dimension)
    most, _ = formats.measure(limit, dimension)
    text = tr(
        "{shown} of {most}{THIN}{text}",
        shown=number(shown, digits),
        most=number(most, digits),
        THIN=THIN,
        text=_UNITS.get(unit, unit),
    )
    tone = "bad" if amount > limit + 1e-6 else "text"
    return Row(name, text, tone, share=amount / limit)


def span_text(picture: Picture, start: datetime, end: datetime) -> str:
    """From and to on the depot's clock."""
    return f"{picture.clock(start)} \N{EN DASH} {picture.clock(end)}"


def load_text(load: Load) -> str:
    """``2 pcs · 26 kg · 0.11 m³``; what is nothing is left out."""
    parts = [
        pieces(load.pieces) if load.pieces else "",
        kg(load.kg) if load.kg else "",
        cubic_metres(load.m3) if load.m3 else "",
        with_unit(number(load.units), tr("units")) if load.units else "",
    ]
    return " · ".join(part for part in parts if part) or tr("nothing")


def _access(label: StopLabel) -> Part:
    """How the place is reached, what is known of it."""
    known = label.access
    rows = [
        Row(name, words)
        for name, words in (
            (tr("Gate"), known.gate),
            (tr("Floor"), known.floor),
            (tr("Safe place"), known.safe_place),
            (tr("Van stands"), tr("on the map") if known.parking else ""),
            (tr("To park"), minutes(known.parking_time) if known.parking_time else ""),
        )
        if words
    ]
    return Part(tr("Access"), tuple(rows))


def _contact(label: StopLabel) -> Part:
    phones = [Row(tr("Phone"), phone) for phone in label.phones]
    notes = [Row(tr("Note"), note) for note in label.notes]
    return Part(tr("Contact"), (*phones, *notes))


def _logged(subject: StopId | RouteId, picture: Picture) -> Part:
    facts = [fact for fact in picture.plan.facts.values() if fact.subject == subject]
    facts.sort(key=lambda fact: fact.happened_at)
    return Part(tr("Reported"), tuple(_fact(fact, picture) for fact in facts))


def _fact(fact: Fact, picture: Picture) -> Row:
    if fact.kind is FactKind.EXCEPTION:
        text = wording.cause(fact.cause) if fact.cause else tr("Exception")
        return Row(picture.clock(fact.happened_at), text, "warn")
    said = wording.status(fact.kind.value)
    return Row(picture.clock(fact.happened_at), said[:1].upper() + said[1:])


def stops_card(stops: Sequence[Stop], picture: Picture) -> Card:
    """The sums of several stops."""
    routes = list(dict.fromkeys(stop.route for stop in stops if stop.route))
    service = sum((stop.service_time for stop in stops), timedelta())
    waiting = sum(stop.route is None for stop in stops)
    late = sum(picture.is_late(stop.id) for stop in stops)
    drivers = ", ".join(route_label(picture, route).name for route in routes[:4])
    more = tr(" and {value} more", value=len(routes) - 4) if len(routes) > 4 else ""
    rows = [
        Row(tr("Load"), load_text(total(stop.load for stop in stops))),
        Row(tr("Service"), minutes(service)),
        Row(tr("Orders"), number(sum(len(stop.orders) for stop in stops))),
        *((Row(tr("Drivers"), drivers + more),) if routes else ()),
        *((Row(tr("Unassigned"), number(waiting), "warn"),) if waiting else ()),
        *((Row(tr("Late"), number(late), "bad"),) if late else ()),
        *_pins(stops),
    ]
    any_pinned = all(stop.pinned for stop in stops)
    return Card(
        head=tr("{count_text} selected", count_text=count_text(len(stops))),
        parts=(Part(tr("Together"), tuple(rows)),),
        buttons=(
            *((("unassign", tr("Unassign")),) if routes else ()),
            *((("pin", tr("Unpin") if any_pinned else tr("Pin")),) if routes else ()),
        ),
        stops=tuple(stop.id for stop in stops),
    )


def _pins(stops: Sequence[Stop]) -> Sequence[Row]:
    pinned = sum(stop.pinned for stop in stops)
    return (Row(tr("Pinned"), number(pinned)),) if pinned else ()
