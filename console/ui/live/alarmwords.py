"""What alarms and what may be done about them are called; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from console import wording
from console.dispatch.alarmlog import Alarm
from console.dispatch.alarms import Doubt, Found
from console.dispatch.answers import Answer
from console.dispatch.picture import Picture
from console.domain.alarm import AlarmKind, AlarmLife, AnswerKind
from console.domain.plan import RouteId, StopId
from console.tongues import tr, trn
from console.ui.labels import route_label
from console.ui.theme.figures import minutes

KINDS = {
    AlarmKind.LATE_AHEAD: tr("Late ahead"),
    AlarmKind.MISSED: tr("Window missed"),
    AlarmKind.LEGAL_HOURS: tr("Legal hours"),
    AlarmKind.NOT_LOADED: tr("Goods not on board"),
    AlarmKind.UNPLANNED: tr("Nobody has it"),
    AlarmKind.UNRELEASED: tr("Should have left, not released"),
    AlarmKind.OVERTIME: tr("Overtime"),
    AlarmKind.NO_SIGNAL: tr("No position"),
    AlarmKind.OFF_ROUTE: tr("Off the route"),
    AlarmKind.LONG_STOP: tr("Long stop"),
}
_NAMED = 3
"""Stops of an answer that are named."""
ANSWERS = {
    AnswerKind.REORDER: tr("Another order of the stops"),
    AnswerKind.HAND_OVER: tr("Handed over"),
    AnswerKind.SWAP: tr("Swapped"),
    AnswerKind.PLACE: tr("Put on a route"),
    AnswerKind.RELEASE: tr("Released"),
    AnswerKind.CALL: tr("Driver called"),
    AnswerKind.ACCEPT: tr("Accepted as it is"),
}
_GRAVE = 45.0  # harm, from which on an alarm is red


@dataclass(frozen=True, slots=True)
class AlarmFace:
    """A row of the list."""

    id: str
    number: int
    title: str
    tone: str
    age: str
    about: str
    state: str

    @property
    def spoken(self) -> str:
        """All of it in a sentence."""
        return ", ".join(part for part in (self.title, self.about, self.state, self.age) if part)


def alarm_face(alarm: Alarm, picture: Picture, now: datetime) -> AlarmFace:
    """One alarm's row."""
    found, life = alarm.found, alarm.life
    label = route_label(picture, RouteId(found.key.route)) if found.key.route else None
    quiet = life.is_quiet(now, found.harm)
    return AlarmFace(
        alarm.id,
        label.number if label else 0,
        title(found),
        "text2" if quiet else "bad" if found.harm >= _GRAVE else "warn",
        minutes(max(timedelta(), now - life.raised)),
        about(found, picture),
        state(life, picture, now) if quiet else life.owner,
    )


def title(found: Found) -> str:
    """What is wrong, with its figure."""
    span, count = minutes(found.span), len(found.stops)
    kind = found.key.kind
    if kind is AlarmKind.LATE_AHEAD:
        return trn("{n} stop late, by {span}", "{n} stops late, up to {span}", count, n=count,
                   span=span)  # fmt: skip
    if kind is AlarmKind.NOT_LOADED:
        return trn("Goods of {n} stop not on board", "Goods of {n} stops not on board", count,
                   n=count)  # fmt: skip
    if kind is AlarmKind.LEGAL_HOURS:
        rule = wording.rule(found.detail).capitalize()
        return tr("{rule}, by {span}", rule=rule, span=span) if found.span else rule
    told = {
        AlarmKind.MISSED: tr("Window missed {span} ago", span=span),
        AlarmKind.UNPLANNED: tr("Nobody has it, {span} are left", span=span),
        AlarmKind.OVERTIME: tr("{span} overtime", span=span),
        AlarmKind.NO_SIGNAL: tr("No position for {span}", span=span),
        AlarmKind.LONG_STOP: tr("Stands for {span}", span=span),
    }
    return told.get(kind, KINDS[kind])


def about(found: Found, picture: Picture) -> str:
    """Whom and which stop it is about."""
    route = RouteId(found.key.route)
    name = route_label(picture, route).name if found.key.route else ""
    stop = called(found.stops[0], picture) if found.stops else ""
    return " · ".join(part for part in (name, stop) if part)


def called(stop: StopId, picture: Picture) -> str:
    """A stop by number and street."""
    label = picture.labels.get(stop)
    return f"{picture.numbers.get(stop, '')} {label.street if label else stop}".strip()


def state(life: AlarmLife, picture: Picture, now: datetime) -> str:
    """What became of it so far."""
    if life.ended is not None:
        return tr("over since {clock}", clock=picture.clock(life.ended))
    if life.snoozed is not None and now < life.snoozed:
        return tr("snoozed until {clock}", clock=picture.clock(life.snoozed))
    if life.answer is None:
        return tr("open")
    done = ANSWERS[life.answer]
    return tr("{done}, by the depot's rule", done=done) if life.by_rule else done


def answer_name(answer: Answer, picture: Picture) -> str:
    """What an answer does."""
    if answer.kind is AnswerKind.HAND_OVER:
        to = ", ".join(route_label(picture, route).name for route in answer.to)
        count = len(answer.stops)
        return trn("Hand {n} stop over to {to}", "Hand {n} stops over to {to}", count, n=count,
                   to=to)  # fmt: skip
    if answer.kind is AnswerKind.SWAP:
        return _swap_name(answer, route_label(picture, answer.to[0]).name)
    if answer.kind is AnswerKind.PLACE:
        return tr("Give it to {to}", to=route_label(picture, answer.to[0]).name)
    return {
        AnswerKind.REORDER: tr("Change the order of the stops"),
        AnswerKind.RELEASE: tr("Release the route"),
        AnswerKind.CALL: tr("Call the driver"),
        AnswerKind.ACCEPT: tr("Accept it as it is"),
    }[answer.kind]


def _swap_name(answer: Answer, to: str) -> str:
    """``Swap with Jan: 3 stops for 2``."""
    gives = trn("{n} stop", "{n} stops", len(answer.stops))
    return tr("Swap with {to}: {gives} for {count}", to=to, gives=gives, count=len(answer.back))


def answer_detail(answer: Answer, found: Found, picture: Picture) -> str:
    """What follows from it."""
    if answer.kind is AnswerKind.CALL:
        label = picture.drivers.get(RouteId(found.key.route))
        return (label.phone if label else "") or tr("No number is known.")
    if answer.kind is AnswerKind.ACCEPT:
        return tr("Hidden, unless it gets half as bad again.")
    if answer.kind is AnswerKind.RELEASE:
        return tr("The driver gets the route.")
    parts = [_some(answer.stops, picture)]
    if answer.back:
        parts = [
            tr("gives {some}", some=parts[0]),
            tr("takes {some}", some=_some(answer.back, picture)),
        ]
    if answer.saved:
        parts.append(tr("{span} less", span=minutes(answer.saved)))
    if answer.late:
        parts.append(trn("{n} stop stays late", "{n} stops stay late", answer.late, n=answer.late))
    if answer.meets:
        parts.append(tr("the goods are on the van: the drivers meet"))
    return " · ".join(part for part in parts if part)


def _some(stops: Sequence[StopId], picture: Picture) -> str:
    """The first of them by name."""
    named = [called(stop, picture) for stop in stops[:_NAMED]]
    return ", ".join(named) + ("…" if len(stops) > _NAMED else "")


def doubt_line(doubt: Doubt, picture: Picture) -> str:
    """``Ida · Weg 3: expected 12:36, at the latest 12:58, promised by 12:45``."""
    label = picture.labels.get(doubt.stop)
    where = label.street if label is not None else str(doubt.stop)
    return tr(
        "{name} · {where}: expected {at}, at the latest {high}, promised by {end}",
        name=route_label(picture, doubt.route).name,
        where=where,
        at=picture.clock(doubt.eta.at),
        high=picture.clock(doubt.eta.high),
        end=picture.clock(doubt.end),
    )
