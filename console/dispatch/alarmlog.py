"""The alarms of the open day as they are kept: facts of the journal, hence the same for everybody.

An alarm's facts have ids that say what they tell of, so that two consoles that see the same thing
note it once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import uuid4

from console.dispatch.alarms import Alarms, Found, Look
from console.dispatch.station import Station
from console.domain.alarm import (
    AlarmKey,
    AlarmLife,
    AlarmNote,
    AlarmStep,
    AnswerKind,
    lives_of,
)
from console.domain.commands import NoteAlarms
from console.domain.plan import Fact, FactId, FactKind, Plan, RouteId
from console.domain.reported import standing


@dataclass(frozen=True, slots=True)
class Alarm:
    """One that holds: what is wrong now, and what was done about it so far."""

    found: Found
    life: AlarmLife

    @property
    def id(self) -> str:
        """Its own for ever."""
        return self.life.id


@dataclass(slots=True)
class AlarmWatch:
    """Looks at the open day, again and again; lives on the desk's thread."""

    station: Station
    _memory: Alarms = field(default_factory=Alarms)
    _facts: object = None
    _lives: Mapping[str, AlarmLife] = field(default_factory=dict[str, AlarmLife])

    def look(self, look: Look) -> list[Alarm]:
        """All alarms that hold, quiet ones too, by harm. What is new or over is noted at once.

        ``station.save`` makes that durable.
        """
        found = self._memory.look(look)
        opened = self._open()
        holding = {each.key for each in found}
        facts = [
            _fact(_next(self.lives, each.key), AlarmStep.RAISED, each.key, look.now, each.harm)
            for each in found
            if each.key not in opened
        ]
        facts += [
            _fact(life.id, AlarmStep.ENDED, key, look.now)
            for key, life in opened.items()
            if key not in holding and self._memory.is_over(key, look)
        ]
        if facts:
            self.station.workday.submit(NoteAlarms(tuple(facts)))
            opened = self._open()
        return [Alarm(each, opened[each.key]) for each in found if each.key in opened]

    @property
    def lives(self) -> Mapping[str, AlarmLife]:
        """All alarms of the day, by id."""
        facts = self.station.workday.desk.plan.facts
        if facts is not self._facts:
            self._facts, self._lives = facts, lives_in(self.station.workday.desk.plan)
        return self._lives

    def _open(self) -> dict[AlarmKey, AlarmLife]:
        return {life.key: life for life in self.lives.values() if life.ended is None}


def lives_in(plan: Plan) -> Mapping[str, AlarmLife]:
    """All alarms of a day, oldest first."""
    told = [fact for fact in plan.facts.values() if fact.kind is FactKind.ALARM]
    return lives_of(
        (str(fact.subject), fact.happened_at, fact.alarm)
        for fact in standing(told)
        if fact.alarm is not None
    )


def _next(lives: Mapping[str, AlarmLife], key: AlarmKey) -> str:
    """The name of the next alarm of this key."""
    number = 1 + sum(life.key == key for life in lives.values())
    return f"{key.kind}|{key.route}|{key.stop}|{number}"


def _fact(
    alarm: str, step: AlarmStep, key: AlarmKey, at: datetime, harm: float = 0.0
) -> Fact:  # fmt: skip
    note = AlarmNote(step, key.kind, key.route, key.stop, harm=round(harm, 1))
    name = FactId(f"{alarm}|{step}")
    return Fact(name, FactKind.ALARM, RouteId(alarm), at, alarm=note)


async def snooze(station: Station, alarm: Alarm, span: timedelta) -> None:
    """Hide it for a while."""
    until = station.services.clock.now() + span
    await _note(station, alarm, replace(_said(alarm, AlarmStep.SNOOZED), until=until))


async def assign(station: Station, alarm: Alarm, owner: str) -> None:
    """Somebody sees to it from now on; '' is nobody."""
    await _note(station, alarm, replace(_said(alarm, AlarmStep.ASSIGNED), owner=owner))


async def answered(
    station: Station, alarm: Alarm, answer: AnswerKind, cost: float = 0.0, *, by_rule: bool = False
) -> None:
    """Something was done about it, or it is accepted as it is."""
    said = replace(
        _said(alarm, AlarmStep.ANSWERED),
        answer=answer,
        cost=round(cost, 2),
        harm=alarm.found.harm,
        by_rule=by_rule,
    )
    await _note(station, alarm, said)


async def proposed(station: Station, alarm: Alarm, answer: AnswerKind, cost: float) -> None:
    """The depot's rule found an answer, and leaves it to somebody."""
    said = _said(alarm, AlarmStep.PROPOSED)
    said = replace(said, answer=answer, cost=round(cost, 2), by_rule=True)
    await _note(station, alarm, said)


def _said(alarm: Alarm, step: AlarmStep) -> AlarmNote:
    key = alarm.life.key
    return AlarmNote(step, key.kind, key.route, key.stop)


async def _note(station: Station, alarm: Alarm, note: AlarmNote) -> None:
    at = station.services.clock.now()
    fact = Fact(FactId(uuid4().hex), FactKind.ALARM, RouteId(alarm.id), at, alarm=note)
    await station.submit(NoteAlarms((fact,)))


def median_reaction(lives: Sequence[AlarmLife]) -> timedelta | None:
    """How long half of those that somebody reacted to waited at most; None where there is none."""
    spans = sorted(life.reaction for life in lives if life.reaction is not None)
    if not spans:
        return None
    half = len(spans) // 2
    return spans[half] if len(spans) % 2 else (spans[half - 1] + spans[half]) / 2
