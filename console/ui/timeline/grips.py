"""What can be taken hold of on a row besides stops: the ends of a shift, and the break."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from console.domain.fleet import Shift
from console.domain.plan import RouteId
from console.ui.timeline.faces import RowFace, minute

STEP = 5
"""Minutes to which a shift or a break moves."""
SHORTEST = timedelta(minutes=30)
AROUND_BREAK = timedelta(minutes=15)
"""How far a break may lie from where it was put: it is taken between two stops."""


class Part(StrEnum):
    """What is held."""

    START = "start"
    END = "end"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Grip:
    """A part of one route's row; ``off`` is how far from its middle it was taken, in minutes."""

    route: RouteId
    part: Part
    off: float = 0.0


def grip_on(face: RowFace, at: float, reach: float) -> Grip | None:
    """The grip of a row at a minute, ``reach`` minutes around; the break before the ends."""
    for begin, end in face.breaks:
        if begin - reach / 2 <= at <= end + reach / 2:
            return Grip(face.route, Part.BREAK, at - (begin + end) / 2)
    for part, edge in ((Part.START, face.shift[0]), (Part.END, face.shift[1])):
        if abs(at - edge) <= reach:
            return Grip(face.route, part, at - edge)
    return None


def reshaped(shift: Shift, grip: Grip, at: float) -> Shift:
    """The shift when a grip is let go at a minute; never shorter than half an hour."""
    moment = _snapped(at - grip.off)
    if grip.part is Part.START:
        return replace(shift, start=min(moment, shift.end - SHORTEST))
    if grip.part is Part.END:
        return replace(shift, end=max(moment, shift.start + SHORTEST))
    return _with_break(shift, moment)


def _with_break(shift: Shift, middle: datetime) -> Shift:
    rule = shift.break_rule
    if rule is None:
        return shift
    half = rule.duration / 2
    last = shift.latest_end - half
    middle = max(shift.start + half, min(middle, last))
    span = half + AROUND_BREAK
    return replace(shift, break_rule=replace(rule, earliest=middle - span, latest=middle + span))


def shifted_face(face: RowFace, shift: Shift) -> RowFace:
    """The row with another shift's band."""
    return replace(face, shift=(minute(shift.start), minute(shift.end)))


def _snapped(at: float) -> datetime:
    return datetime.fromtimestamp(round(at / STEP) * STEP * 60, UTC)
