"""What is written about an alarm of the running day: impersonal, so that the journal has it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class AlarmKind(StrEnum):
    """What is wrong, the worst first."""

    LATE_AHEAD = "late_ahead"
    MISSED = "missed"  # the window is over, and the customer was not served
    LEGAL_HOURS = "legal_hours"  # a break, the time at the wheel or the shift's length will break
    NOT_LOADED = "not_loaded"  # she left without goods that she delivers
    UNPLANNED = "unplanned"  # a window closes soon, and nobody has the stop
    UNRELEASED = "unreleased"  # should have left, and is not released
    OVERTIME = "overtime"
    NO_SIGNAL = "no_signal"
    OFF_ROUTE = "off_route"
    LONG_STOP = "long_stop"


class AlarmStep(StrEnum):
    """What became of an alarm."""

    RAISED = "raised"
    PROPOSED = "proposed"  # a rule of the depot found an answer; nobody took it yet
    SNOOZED = "snoozed"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    ENDED = "ended"  # what it told of no longer holds


class AnswerKind(StrEnum):
    """What may be done about an alarm."""

    REORDER = "reorder"
    HAND_OVER = "hand_over"
    PLACE = "place"  # a stop that nobody has is put on a route
    RELEASE = "release"
    CALL = "call"
    ACCEPT = "accept"
    SWAP = "swap"  # stops for stops of another route, or tail for tail


@dataclass(frozen=True, slots=True)
class AlarmNote:
    """What a fact says of an alarm; which fields count depends on its ``step``.

    ``route`` and ``stop`` are what it is about, '' for none. ``until`` is when a snoozed one comes
    back, ``harm`` how bad it was at that moment (see ``dispatch.alarms``), ``cost`` what the answer
    costs in the depot's currency. ``by_rule`` tells that a rule of the depot gave the answer.
    """

    step: AlarmStep
    kind: AlarmKind
    route: str = ""
    stop: str = ""
    owner: str = ""
    until: datetime | None = None
    answer: AnswerKind | None = None
    cost: float = 0.0
    harm: float = 0.0
    by_rule: bool = False


@dataclass(frozen=True, slots=True)
class AlarmKey:
    """Which alarm it is: what is wrong, on which route ('' for none), at which stop ('': all)."""

    kind: AlarmKind
    route: str = ""
    stop: str = ""


@dataclass(frozen=True, slots=True)
class AlarmLife:
    """One alarm from the moment it was raised. ``id`` is its own for ever."""

    id: str
    key: AlarmKey
    raised: datetime
    ended: datetime | None = None
    reacted: datetime | None = None
    snoozed: datetime | None = None
    owner: str = ""
    answer: AnswerKind | None = None
    harm: float = 0.0
    cost: float = 0.0
    by_rule: bool = False

    @property
    def reaction(self) -> timedelta | None:
        """How long until somebody did something about it; None where nobody has."""
        return None if self.reacted is None else max(timedelta(), self.reacted - self.raised)

    def is_quiet(self, now: datetime, harm: float) -> bool:
        """True while it is snoozed, or accepted as it was: one that grew by half is shown again."""
        if self.snoozed is not None and now < self.snoozed:
            return True
        return self.answer is AnswerKind.ACCEPT and harm <= GROWN * self.harm


GROWN = 1.5
_REACTIONS = (AlarmStep.SNOOZED, AlarmStep.ASSIGNED, AlarmStep.ANSWERED)


def lives_of(notes: Iterable[tuple[str, datetime, AlarmNote]]) -> Mapping[str, AlarmLife]:
    """All alarms by id, from (alarm, moment, note) in any order; oldest first."""
    lives = dict[str, AlarmLife]()
    order = list(AlarmStep)
    told = sorted(notes, key=lambda each: (each[1], order.index(each[2].step), each[0]))
    for name, at, note in told:
        known = lives.get(name)
        if known is None:
            known = AlarmLife(name, AlarmKey(note.kind, note.route, note.stop), at)
        lives[name] = _after(known, at, note)
    return lives


def _after(life: AlarmLife, at: datetime, note: AlarmNote) -> AlarmLife:
    if note.step in _REACTIONS and life.reacted is None:
        life = replace(life, reacted=at)
    told: dict[AlarmStep, Callable[[], AlarmLife]] = {
        AlarmStep.ENDED: lambda: replace(life, ended=at),
        AlarmStep.SNOOZED: lambda: replace(life, snoozed=note.until),
        AlarmStep.ASSIGNED: lambda: replace(life, owner=note.owner),
        AlarmStep.PROPOSED: lambda: replace(life, by_rule=True),
        AlarmStep.ANSWERED: lambda: _answered(life, note),
    }
    return told[note.step]() if note.step in told else life


def _answered(life: AlarmLife, note: AlarmNote) -> AlarmLife:
    return replace(life, answer=note.answer, harm=note.harm, cost=note.cost, by_rule=note.by_rule)
