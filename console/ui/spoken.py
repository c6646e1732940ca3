"""What a screen reader says of painted rows and cards."""

from console import wording
from console.dispatch.picture import Picture
from console.domain.plan import RouteId, StopId, StopStatus
from console.tongues import tr, trn
from console.ui.harm import harm_text, late_minutes
from console.ui.labels import count_text
from console.ui.theme.figures import THIN


def stop_sentence(picture: Picture, stop: StopId) -> str:
    """``Lars Winther, stop 18, Esbern Snares Gade 4, 10:17, 17 minutes late, pinned``."""
    entry = picture.plan.stops.get(stop)
    if entry is None:
        return ""
    driver = picture.drivers.get(entry.route) if entry.route else None
    label = picture.labels.get(stop)
    visit = picture.visits.get(stop)
    parts = [
        driver.name if driver else tr("Unassigned"),
        tr("stop {numbers}", numbers=picture.numbers[stop]) if stop in picture.numbers else "",
        label.street if label else "",
        picture.clock(visit.arrival) if visit else "",
        *_harms(picture, stop),
        tr("pinned") if entry.pinned else "",
        "" if entry.status is StopStatus.PLANNED else wording.status(entry.status.value),
    ]
    return ", ".join(part for part in parts if part)


def route_sentence(picture: Picture, route: RouteId | None) -> str:
    """``Lars Winther, 26 stops, back at 12:14, 38 kg over, locked``."""
    if route is None:
        return tr("Unassigned, {stops}", stops=_stops(len(picture.plan.unassigned)))
    entry = picture.plan.routes[route]
    driver = picture.drivers.get(route)
    schedule = picture.schedules.get(route)
    harms = [v for v in schedule.violations if v.stop is None] if schedule else []
    parts = [
        driver.name if driver else str(route),
        _stops(len(entry.stops)),
        tr("back at {clock}", clock=picture.clock(schedule.end)) if schedule else "",
        *(harm_text(harm).replace(THIN, " ") for harm in harms),
        tr("locked") if entry.locked else "",
        tr("released") if entry.released else "",
        tr("off today") if entry.off else "",
    ]
    return ", ".join(part for part in parts if part)


def _stops(count: int) -> str:
    return count_text(count).replace(THIN, " ")


def _harms(picture: Picture, stop: StopId) -> list[str]:
    visit = picture.visits.get(stop)
    said: list[str] = []
    if visit and visit.lateness:
        count = late_minutes(visit.lateness.total_seconds())
        said.append(trn("{count} minute late", "{count} minutes late", count, count=count))
    others = [v for v in picture.violations(stop) if v.unit != "s"]
    return said + [harm_text(harm).replace(THIN, " ") for harm in others]
