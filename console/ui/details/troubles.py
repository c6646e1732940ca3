"""Broken rules as lines of the dock."""

from collections.abc import Iterable

from console.dispatch.picture import Picture
from console.domain.violations import Violation
from console.tongues import tr
from console.ui.details.card import Trouble
from console.ui.harm import harm_text, load_ratio
from console.ui.labels import count_text, route_label

MOST = 30


def trouble(violation: Violation, picture: Picture, *, named: bool) -> Trouble:
    """One violation; ``named`` says where it is, else how far over, or why it is accepted."""
    schedule = picture.schedules.get(violation.route)
    where = _where(violation, picture) if named else load_ratio(violation, schedule)
    if violation.overridden:
        where = tr("accepted: {overridden}", overridden=violation.overridden)
    tone = "bad" if violation.is_harm else "text2" if violation.overridden else "warn"
    return Trouble(harm_text(violation), where, tone, violation.stop, violation.route)


def _where(violation: Violation, picture: Picture) -> str:
    driver = route_label(picture, violation.route).name
    label = picture.labels.get(violation.stop) if violation.stop else None
    return f"{driver} · {label.street}" if label else driver


def of_day(picture: Picture) -> tuple[Trouble, ...]:
    """Everything that needs the dispatcher, the gravest first."""
    found = [v for s in picture.schedules.values() for v in s.violations if v.is_harm]
    found.sort(key=lambda v: (v.stop is not None, -v.amount if v.unit == "s" else 0, v.stop or ""))
    lines = [trouble(violation, picture, named=True) for violation in found[:MOST]]
    if len(found) > MOST:
        lines.append(Trouble(tr("and {value} more", value=len(found) - MOST), "", "text2"))
    return (*_unserved(picture), *lines)


def _unserved(picture: Picture) -> Iterable[Trouble]:
    lost = [stop for stop in picture.plan.unassigned if stop in picture.off_road]
    waiting = [stop for stop in picture.plan.unassigned if stop not in picture.off_road]
    if lost:
        text = tr("{count_text} not on the map", count_text=count_text(len(lost)))
        yield Trouble(text, tr("Fix the addresses (Ctrl+G)"), "bad", lost[0])
    if waiting:
        yield Trouble(
            tr("{count_text} without a driver", count_text=count_text(len(waiting))),
            "",
            "warn",
            waiting[0],
        )
