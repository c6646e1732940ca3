"""The day's drivers as rows, each with what the change would cost with that driver."""

from collections.abc import Iterable
from dataclasses import replace

from console import wording
from console.dispatch.consequences import Consequence
from console.dispatch.picture import DropPreview, Picture
from console.domain.plan import RouteId
from console.domain.violations import Violation
from console.tongues import tr
from console.ui.choosing.choice import Choice
from console.ui.harm import harm_text
from console.ui.labels import count_text, delta_text, route_label, short_why
from console.ui.theme.figures import THIN, number


def driver_choice(picture: Picture, route: RouteId) -> Choice:
    """A driver without any figures."""
    label = route_label(picture, route)
    stops = len(picture.plan.routes[route].stops)
    schedule = picture.schedules.get(route)
    until = tr(" · until {clock}", clock=picture.clock(schedule.end)) if schedule else ""
    detail = f"{count_text(stops)}{until}" if stops else tr("empty")
    words = f"{label.number} {label.plate} {label.phone}".casefold()
    return Choice(route, label.name, detail, chip=label.number, words=words)


def previewed(picture: Picture, preview: DropPreview) -> Choice:
    """A driver with what dropping stops there would do."""
    figures = Consequence(None, preview.seconds, preview.cost, preview.late_stops, preview.harm)
    return judged(picture, preview.route, figures)


def judged(picture: Picture, route: RouteId, found: Consequence) -> Choice:
    """A driver with what a command would do."""
    row = driver_choice(picture, route)
    if found.refusal is not None:
        reason = wording.reason(found.refusal.reason, found.refusal.details)
        return replace(row, note=short_why(reason), tone="bad", enabled=False)
    right = delta_text(found.seconds, found.cost, picture.currency) if found.timed else ""
    note, tone = _remark(found)
    harmful = found.harm is not None and found.harm.is_harm
    return replace(row, right=right, note=note, tone=tone, harmful=harmful)


def refused(picture: Picture, route: RouteId, why: str) -> Choice:
    """A driver who cannot take it, with the reason."""
    return replace(driver_choice(picture, route), note=short_why(why), tone="bad", enabled=False)


def ordered(rows: Iterable[tuple[Choice, float]]) -> list[Choice]:
    """The cheapest harmless one first and marked, then what needs a reason, then the rest."""
    ranked = sorted(rows, key=lambda row: (not row[0].enabled, row[0].harmful, row[1]))
    made = [row for row, _ in ranked]
    if made and made[0].enabled and not made[0].harmful and not made[0].note and made[0].right:
        made[0] = replace(made[0], note="best", tone="ok")
    return made


def _remark(found: Consequence) -> tuple[str, str]:
    if found.harm is not None:
        return _harm(found.harm)
    if found.late_stops > 0:
        return tr("{late_stops}{THIN}late", late_stops=number(found.late_stops), THIN=THIN), "warn"
    return "", "text2"


def _harm(harm: Violation) -> tuple[str, str]:
    return harm_text(harm), "bad" if harm.is_harm else "warn"
