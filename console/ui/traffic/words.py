"""Zones in words and colours."""

from datetime import date, timedelta

from console.domain.emission import CLASSES, from_class, least_of
from console.domain.traffic import Weekdays
from console.domain.zones import EVERY_DAY, Zone, ZoneKind
from console.formats import clock, day_figures, name_of_day
from console.tongues import inside, tr
from console.ui.map.marks import ZoneMark

KINDS = {
    ZoneKind.SLOW: "Slow",
    ZoneKind.CLOSED: "Closed",
    ZoneKind.LOW_EMISSION: "Low emission",
    ZoneKind.DELIVERY_HOURS: "Delivery hours",
}
TONES = {
    ZoneKind.SLOW: "warn",
    ZoneKind.CLOSED: "bad",
    ZoneKind.LOW_EMISSION: "ok",
    ZoneKind.DELIVERY_HOURS: "accent",
}
_DASHES = {ZoneKind.SLOW: "6 4", ZoneKind.DELIVERY_HOURS: "2 4"}
_MONDAY = date(2001, 1, 1)
DAYS = (tr("Mo"), tr("Tu"), tr("We"), tr("Th"), tr("Fr"), tr("Sa"), tr("Su"))


def hours_text(zone: Zone) -> str:
    """``08:00 to 12:00``, or the whole day."""
    if zone.begins == zone.ends:
        return tr("all day")
    return tr("{clock} to {clock2}", clock=clock(zone.begins), clock2=clock(zone.ends))


def group_text(group: Weekdays) -> str:
    """``Monday to Thursday``, ``Friday``: by its days, in the language of the window."""
    days = sorted(group.days)
    names = [name_of_day(_MONDAY + timedelta(days=day)) for day in days]
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return tr("{first} to {last}", first=names[0], last=names[-1])
    return ", ".join(names)


def days_text(zone: Zone) -> str:
    """``Mo-Fr``, ``Sa, Su``; nothing for every day."""
    days = sorted(zone.weekdays)
    if tuple(days) == EVERY_DAY:
        return ""
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{DAYS[days[0]]}\N{EN DASH}{DAYS[days[-1]]}"
    return ", ".join(DAYS[day] for day in days)


def dates_text(zone: Zone) -> str:
    """From and until, where it has dates."""
    if zone.first and zone.first == zone.last:
        return tr("on {day_figures}", day_figures=day_figures(zone.first))
    first = tr("from {day_figures}", day_figures=day_figures(zone.first)) if zone.first else ""
    last = tr("until {day_figures}", day_figures=day_figures(zone.last)) if zone.last else ""
    return f"{first} {last}".strip()


def what_text(zone: Zone) -> str:
    """What it does."""
    if zone.kind is ZoneKind.SLOW:
        return tr("{percent} % of the speed", percent=zone.percent)
    if zone.kind is ZoneKind.LOW_EMISSION:
        return (
            tr("only {text}", text=tr(" or ").join(who_texts(zone)))
            if zone.allowed
            else tr("nobody may enter")
        )
    return inside(KINDS[zone.kind])


def who_texts(zone: Zone) -> list[str]:
    """Who may enter a low-emission zone: a class for all that are cleaner, and other words."""
    least = least_of(zone.allowed)
    classes = from_class(least)
    named = [class_text(least)] if least else []
    return [*named, *(word for word in zone.allowed if word not in classes)]


def class_text(least: str) -> str:
    """``Euro 5 or cleaner``."""
    if least == CLASSES[-1]:
        return tr("electric")
    return tr("Euro {number} or cleaner", number=least.removeprefix("euro"))


def summary(zone: Zone) -> str:
    """All of it in one line."""
    parts = (what_text(zone), hours_text(zone), days_text(zone), dates_text(zone))
    return " · ".join(part for part in parts if part)


def mark(zone: Zone, day: date | None, *, lit: bool) -> ZoneMark:
    """As the map draws it."""
    timed = zone.begins != zone.ends
    span = f" {clock(zone.begins)}\N{EN DASH}{clock(zone.ends)}" if timed else ""
    return ZoneMark(
        zone.id,
        f"{zone.name}{span}",
        tuple(value for corner in zone.corners for value in (corner.lat, corner.lon)),
        TONES[zone.kind],
        _DASHES.get(zone.kind, ""),
        idle=day is not None and not zone.holds_on(day),
        lit=lit,
    )
