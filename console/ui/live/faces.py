"""What the rows of drivers say: words and tones, made from the board; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.dispatch.liveboard import Doing, LiveLine
from console.dispatch.picture import Picture
from console.domain.plan import RouteId, StopId, StopStatus
from console.tongues import tr
from console.ui.labels import route_label
from console.ui.map.marks import VanMark
from console.ui.theme.figures import minutes, number
from console.ui.theme.theme import Theme

LATE_WARN, LATE_BAD = timedelta(minutes=10), timedelta(minutes=20)
LOST_SECONDS = 300
LONG_STOP = timedelta(minutes=15)  # standing longer than this is said


@dataclass(frozen=True, slots=True)
class LiveFace:
    """A driver's row: ``7/23``, ``+12 min``, what she is at, and how old the last fix is."""

    route: RouteId
    number: int
    name: str
    progress: str
    share: float
    delay: str
    delay_tone: str
    doing: str
    doing_tone: str
    fix: str
    fix_tone: str

    @property
    def spoken(self) -> str:
        """All of it in a sentence."""
        parts = (self.name, self.progress, self.delay, self.doing, self.fix)
        return ", ".join(part for part in parts if part)


def live_face(line: LiveLine, picture: Picture, now: datetime) -> LiveFace:
    """One driver's row."""
    label = route_label(picture, line.route)
    delay, tone = _delay(line)
    doing, doing_tone = _doing(line, picture, now)
    fix, fix_tone = _fix(line, now)
    share = line.done / line.total if line.total else 0.0
    return LiveFace(
        line.route,
        label.number,
        label.name,
        line.progress,
        share,
        delay,
        tone,
        doing,
        doing_tone,
        fix,
        fix_tone,
    )


def _delay(line: LiveLine) -> tuple[str, str]:
    if line.delay is None:
        return ("", "text3") if line.is_released else (tr("not released"), "text3")
    tones = ((LATE_BAD, "bad"), (LATE_WARN, "warn"))
    tone = next((tone for least, tone in tones if line.delay >= least), "text2")
    return minutes(line.delay, signed=True), tone


def _doing(line: LiveLine, picture: Picture, now: datetime) -> tuple[str, str]:
    """What she is at: figures first, as the address is what gets shortened."""
    tone = "bad" if line.late else "text3"
    late = tr("{late} will be late · ", late=line.late) if line.late else ""
    if line.doing is Doing.DRIVING and line.next is not None:
        return tr(
            "{late}{when} at {called}",
            late=late,
            when=_when(line, picture),
            called=_called(line.next, picture),
        ), tone
    if line.doing in (Doing.AT_STOP, Doing.RESTING) and line.since is not None:
        stood, is_visit = now - line.since, line.doing is Doing.AT_STOP
        where = (
            tr("at {called}", called=_called(line.next, picture)) if is_visit else tr("on break")
        )
        tone = "warn" if is_visit and stood > LONG_STOP and not late else tone
        return f"{late}{minutes(stood)} {where}", tone
    schedule = picture.schedules.get(line.route)
    if line.doing is Doing.WAITING and schedule is not None:
        return tr("{late}leaves {clock}", late=late, clock=picture.clock(schedule.start)), tone
    if line.doing is Doing.HEADING_HOME and schedule is not None:
        return tr("heading home, back {clock}", clock=picture.clock(schedule.end)), "text3"
    return line.doing.value, "text3"


def _called(stop: StopId | None, picture: Picture) -> str:
    if stop is None:
        return ""
    label = picture.labels.get(stop)
    return f"{picture.numbers.get(stop, '')} {label.street if label else ''}".strip()


def _when(line: LiveLine, picture: Picture) -> str:
    if line.eta is None:
        return ""
    clock = picture.clock
    return f"{clock(line.eta.at)} ({clock(line.eta.low)}-{clock(line.eta.high)})"


def _fix(line: LiveLine, now: datetime) -> tuple[str, str]:
    if line.seen is None or line.doing in (Doing.WAITING, Doing.BACK, Doing.OFF):
        return "", "text3"
    age = max(0, round((now - line.seen.at).total_seconds()))
    if not line.seen.is_stale(now):
        return tr("fix {age} s", age=age), "text3"
    return tr("no fix {value} min", value=number(age // 60)), "warn"


def vans(lines: Sequence[LiveLine], picture: Picture, theme: Theme, now: datetime) -> list[VanMark]:
    """Drivers on the map; those who are back or have not left are not shown."""
    marks = list[VanMark]()
    for line in lines:
        seen = line.seen
        if seen is None or line.doing in (Doing.WAITING, Doing.BACK, Doing.OFF):
            continue
        label = route_label(picture, line.route)
        age = "lost" if (now - seen.at).total_seconds() > LOST_SECONDS else "fresh"
        if age == "fresh" and seen.is_stale(now):
            age = "stale"
        is_late = line.delay is not None and line.delay >= LATE_BAD
        words = f"{label.name} {minutes(line.delay, signed=True)}" if is_late and line.delay else ""
        marks.append(
            VanMark(
                line.route,
                label.number,
                seen.point.lat,
                seen.point.lon,
                seen.heading,
                theme.driver_color(label.number).name(),
                theme.driver_ink(label.number).name(),
                age,
                is_late,
                tr("last fix {clock}", clock=picture.clock(seen.at)) if age == "lost" else words,
            )
        )
    return marks


def headline(lines: Sequence[LiveLine], picture: Picture) -> str:
    """``133 of 237 done · 3 failed · 4 will be late``."""
    stops = [s for s in picture.plan.stops.values() if s.route is not None]
    ended = sum(s.status in (StopStatus.DELIVERED, StopStatus.FAILED) for s in stops)
    failed = sum(stop.status is StopStatus.FAILED for stop in stops)
    late = sum(line.late for line in lines)
    told = tr("{ended} of {stops} done", ended=number(ended), stops=number(len(stops)))
    told += tr(" · {failed} failed", failed=number(failed)) if failed else ""
    return told + (tr(" · {late} will be late", late=number(late)) if late else "")
