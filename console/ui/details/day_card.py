"""The card of a route, and of the day when nothing is picked."""

from datetime import timedelta

from console import formats
from console.dispatch.picture import Picture
from console.domain.load import DIMENSIONS
from console.domain.plan import Route, StopStatus
from console.domain.schedule import Schedule
from console.tongues import tr, trn
from console.ui.details.card import Card, Part, Row, TagFace
from console.ui.details.stop_card import filled, span_text
from console.ui.details.troubles import of_day, trouble
from console.ui.labels import cost_of, route_label
from console.ui.theme.figures import hours, km, minutes, number, percent

_NAMES = {"pieces": tr("Pieces"), "kg": tr("Weight"), "m3": tr("Volume"), "units": tr("Units")}


def route_card(route: Route, picture: Picture) -> Card:
    """A driver's day."""
    label = route_label(picture, route.id)
    schedule = picture.schedules.get(route.id)
    found = schedule.violations if schedule else ()
    own = [trouble(v, picture, named=v.stop is not None) for v in found]
    contact = Part(tr("Contact"), (Row(tr("Phone"), label.phone),) if label.phone else ())
    parts = (_work(route, schedule, picture), _loads(route, schedule), contact)
    return Card(
        head=label.name,
        more=label.plate,
        chip=label.number,
        tags=tuple(_tags(route)),
        parts=tuple(part for part in parts if part.rows),
        trouble_title=tr("Broken rules") if own else "",
        troubles=tuple(own),
        buttons=(
            *((("override", tr("Accept…")),) if any(v.rule.is_hard for v in found) else ()),
            ("lock", tr("Unlock") if route.locked else tr("Lock")),
            ("switch_driver", tr("On again") if route.off else tr("Off today")),
            ("edit_shift", tr("Shift…")),
            *(
                (("directions", tr("Directions…")), ("to_phone", tr("To phone…")))
                if schedule
                else ()
            ),
        ),
    )


def _tags(route: Route) -> list[TagFace]:
    made: list[TagFace] = []
    if route.off:
        made.append(TagFace(tr("off today"), "user-x", "warn"))
    if route.locked:
        made.append(TagFace("locked", "lock", "text2"))
    if route.started_at is not None:
        made.append(TagFace(tr("on the road"), "truck", "accent"))
    made += [TagFace(skill, "key", "text2") for skill in route.shift.skills]
    return made


def _work(route: Route, schedule: Schedule | None, picture: Picture) -> Part:
    shift = route.shift
    span = span_text(picture, shift.start, shift.end)
    extra = f"+{minutes(shift.max_overtime)}" if shift.max_overtime else ""
    rows = [Row(tr("Shift"), span, more=tr("{extra} overtime", extra=extra) if extra else "")]
    if schedule is None:
        return Part(tr("Route"), (*rows, Row(tr("Stops"), tr("none yet"), "text2")))
    over = schedule.overtime > timedelta()
    served = sum(picture.plan.stops[s].status is not StopStatus.PLANNED for s in route.stops)
    rows += [
        Row(tr("On the road"), span_text(picture, schedule.start, schedule.end),
            "warn" if over else "text", f"{hours(schedule.duration)} h"),
        *(Row(tr("Break"), span_text(picture, start, end))
          for start, end in schedule.breaks),
        Row(tr("Stops"), number(len(route.stops)),
            more=tr("{served} done", served=served) if served else ""),
        Row(tr("Distance"), km(schedule.metres)),
        Row(tr("Driving"), f"{hours(schedule.driving)} h"),
        Row(tr("Cost"), cost_of(schedule.cost, picture.currency)),
    ]  # fmt: skip
    if schedule.lateness:
        rows.append(Row(tr("Late"), minutes(schedule.lateness), "bad"))
    return Part(tr("Route"), tuple(rows))


def _loads(route: Route, schedule: Schedule | None) -> Part:
    if schedule is None:
        return Part(tr("Load"), ())
    limits = ((d, route.shift.capacity.limit(d)) for d in DIMENSIONS)
    rows = [filled(_NAMES[d], schedule.load, d, limit) for d, limit in limits if limit]
    return Part(tr("Load"), tuple(rows))


def day_card(picture: Picture) -> Card:
    """How good the day is, and what needs somebody."""
    totals, plan = picture.totals, picture.plan
    day = plan.day.service_day if plan.day else None
    found = of_day(picture)
    working = [route for route in plan.routes.values() if not route.off]
    title = formats.day_in_full(day) if day else tr("No day is open")
    return Card(
        head=tr("The day"),
        more=picture.depot_name,
        title=title,
        second=_verdict(picture),
        parts=(_sums(picture, len(working)),) if totals.orders or working else (),
        trouble_title=tr("Needs you") if found else "",
        troubles=found,
    )


def _verdict(picture: Picture) -> str:
    totals = picture.totals
    if not totals.orders:
        return tr("Drop an order file on the window, or press Ctrl+O.")
    if not totals.served:
        return tr("Nothing is planned yet. F5 plans the day.")
    if picture.lacks_times:
        return tr("Travel times are missing: hours, cost and what is late are not known yet.")
    if not totals.unassigned and not totals.harms:
        return tr("Every order has a driver and no rule is broken.")
    return ""


def _busy(picture: Picture) -> int:
    return sum(bool(route.stops) for route in picture.plan.routes.values())


def _sums(picture: Picture, working: int) -> Part:
    totals = picture.totals
    share = totals.served / totals.orders if totals.orders else 0.0
    rows = [
        Row(tr("Orders"), number(totals.orders)),
        Row(tr("Served"), number(totals.served), more=percent(share)),
        Row(
            tr("Drivers"),
            number(working),
            more=tr("{schedules} with stops", schedules=_busy(picture)),
        ),
    ]
    if totals.served and picture.is_timed:
        each = totals.cost / totals.served
        rows += [
            Row(tr("Cost"), cost_of(totals.cost, picture.currency),
                more=tr("{cost_of} an order", cost_of=cost_of(each, picture.currency))),
            Row(tr("Distance"), km(totals.metres)),
            Row(tr("Paid time"), f"{hours(totals.paid)} h"),
        ]  # fmt: skip
    if totals.late:
        many = trn(
            "{late_stops} stop",
            "{late_stops} stops",
            totals.late_stops,
            late_stops=totals.late_stops,
        )
        rows.append(Row(tr("Late"), minutes(totals.late), "bad", many))
    return Part(tr("Plan"), tuple(rows))
