"""The card of a route, and of the day when nothing is picked."""

from datetime import timedelta

from console import formats
from console.dispatch.picture import Picture
from console.domain.load import DIMENSIONS
from console.domain.plan import Route, StopStatus
from console.domain.schedule import Schedule
from console.ui.details.card import Card, Part, Row, TagFace
from console.ui.details.stop_card import filled, span_text
from console.ui.details.troubles import of_day, trouble
from console.ui.labels import cost_of, route_label
from console.ui.theme.figures import hours, km, minutes, number, percent

_NAMES = {"pieces": "Pieces", "kg": "Weight", "m3": "Volume", "units": "Units"}


def route_card(route: Route, picture: Picture) -> Card:
    """A driver's day."""
    label = route_label(picture, route.id)
    schedule = picture.schedules.get(route.id)
    found = schedule.violations if schedule else ()
    own = [trouble(v, picture, named=v.stop is not None) for v in found]
    contact = Part("Contact", (Row("Phone", label.phone),) if label.phone else ())
    parts = (_work(route, schedule, picture), _loads(route, schedule), contact)
    return Card(
        head=label.name,
        more=label.plate,
        chip=label.number,
        tags=tuple(_tags(route)),
        parts=tuple(part for part in parts if part.rows),
        trouble_title="Broken rules" if own else "",
        troubles=tuple(own),
        buttons=(
            *((("override", "Accept…"),) if any(v.rule.is_hard for v in found) else ()),
            ("lock", "Unlock" if route.locked else "Lock"),
            ("switch_driver", "On again" if route.off else "Off today"),
            ("edit_shift", "Shift…"),
            *((("directions", "Directions…"), ("to_phone", "To phone…")) if schedule else ()),
        ),
    )


def _tags(route: Route) -> list[TagFace]:
    made: list[TagFace] = []
    if route.off:
        made.append(TagFace("off today", "user-x", "warn"))
    if route.locked:
        made.append(TagFace("locked", "lock", "text2"))
    if route.started_at is not None:
        made.append(TagFace("on the road", "truck", "accent"))
    made += [TagFace(skill, "key", "text2") for skill in route.shift.skills]
    return made


def _work(route: Route, schedule: Schedule | None, picture: Picture) -> Part:
    shift = route.shift
    span = span_text(picture, shift.start, shift.end)
    extra = f"+{minutes(shift.max_overtime)}" if shift.max_overtime else ""
    rows = [Row("Shift", span, more=f"{extra} overtime" if extra else "")]
    if schedule is None:
        return Part("Route", (*rows, Row("Stops", "none yet", "text2")))
    over = schedule.overtime > timedelta()
    served = sum(picture.plan.stops[s].status is not StopStatus.PLANNED for s in route.stops)
    rows += [
        Row("On the road", span_text(picture, schedule.start, schedule.end),
            "warn" if over else "text", f"{hours(schedule.duration)} h"),
        *(Row("Break", span_text(picture, start, end))
          for start, end in schedule.breaks),
        Row("Stops", number(len(route.stops)), more=f"{served} done" if served else ""),
        Row("Distance", km(schedule.metres)),
        Row("Driving", f"{hours(schedule.driving)} h"),
        Row("Cost", cost_of(schedule.cost, picture.currency)),
    ]  # fmt: skip
    if schedule.lateness:
        rows.append(Row("Late", minutes(schedule.lateness), "bad"))
    return Part("Route", tuple(rows))


def _loads(route: Route, schedule: Schedule | None) -> Part:
    if schedule is None:
        return Part("Load", ())
    limits = ((d, route.shift.capacity.limit(d)) for d in DIMENSIONS)
    rows = [filled(_NAMES[d], schedule.load, d, limit) for d, limit in limits if limit]
    return Part("Load", tuple(rows))


def day_card(picture: Picture) -> Card:
    """How good the day is, and what needs somebody."""
    totals, plan = picture.totals, picture.plan
    day = plan.day.service_day if plan.day else None
    found = of_day(picture)
    working = [route for route in plan.routes.values() if not route.off]
    title = f"{day:%A} {formats.day(day, year=False)}" if day else "No day is open"
    return Card(
        head="The day",
        more=picture.depot_name,
        title=title,
        second=_verdict(picture),
        parts=(_sums(picture, len(working)),) if totals.orders or working else (),
        trouble_title="Needs you" if found else "",
        troubles=found,
    )


def _verdict(picture: Picture) -> str:
    totals = picture.totals
    if not totals.orders:
        return "Drop an order file on the window, or press Ctrl+O."
    if not totals.served:
        return "Nothing is planned yet. F5 plans the day."
    if not totals.unassigned and not totals.harms:
        return "Every order has a driver and no rule is broken."
    return ""


def _sums(picture: Picture, working: int) -> Part:
    totals = picture.totals
    share = totals.served / totals.orders if totals.orders else 0.0
    rows = [
        Row("Orders", number(totals.orders)),
        Row("Served", number(totals.served), more=percent(share)),
        Row("Drivers", number(working), more=f"{len(picture.schedules)} with stops"),
    ]
    if totals.served:
        each = totals.cost / totals.served
        rows += [
            Row("Cost", cost_of(totals.cost, picture.currency),
                more=f"{cost_of(each, picture.currency)} an order"),
            Row("Distance", km(totals.metres)),
            Row("Paid time", f"{hours(totals.paid)} h"),
        ]  # fmt: skip
    if totals.late:
        many = f"{totals.late_stops} stop{'' if totals.late_stops == 1 else 's'}"
        rows.append(Row("Late", minutes(totals.late), "bad", many))
    return Part("Plan", tuple(rows))
