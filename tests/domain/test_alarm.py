"""The life of an alarm, from the notes about it in whatever order they come."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from console.domain.alarm import (
    AlarmKey,
    AlarmKind,
    AlarmNote,
    AlarmStep,
    AnswerKind,
    lives_of,
)
from console.domain.commands import NoteAlarms
from console.domain.errors import Rejected
from console.domain.plan import Fact, FactId, FactKind, Plan, RouteId

EIGHT = datetime(2026, 11, 23, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def note(step: AlarmStep, **told: object) -> AlarmNote:
    return AlarmNote(step, AlarmKind.LATE_AHEAD, "r", **told)


def test_what_stands_does_not_depend_on_the_order_of_the_notes() -> None:
    told = [
        ("a", EIGHT, note(AlarmStep.RAISED)),
        ("a", EIGHT + 3 * MINUTE, note(AlarmStep.ASSIGNED, owner="bea")),
        ("a", EIGHT + 5 * MINUTE, note(AlarmStep.ANSWERED, answer=AnswerKind.ACCEPT, harm=20.0)),
        ("a", EIGHT + 9 * MINUTE, note(AlarmStep.ENDED)),
    ]
    (first, *others) = (lives_of(each)["a"] for each in permutations(told))
    assert all(other == first for other in others)
    assert first.key == AlarmKey(AlarmKind.LATE_AHEAD, "r")
    assert (first.owner, first.answer, first.reaction) == ("bea", AnswerKind.ACCEPT, 3 * MINUTE)
    assert first.ended == EIGHT + 9 * MINUTE


def test_a_proposal_of_a_rule_is_no_reaction() -> None:
    proposed = note(AlarmStep.PROPOSED, answer=AnswerKind.REORDER, by_rule=True)
    told = [("a", EIGHT, note(AlarmStep.RAISED)), ("a", EIGHT + MINUTE, proposed)]
    life = lives_of(told)["a"]
    assert life.by_rule
    assert life.reaction is None
    assert life.answer is None
    assert not life.is_quiet(EIGHT, 1.0)


def test_only_what_tells_of_an_alarm_is_noted_and_the_same_once() -> None:
    fact = Fact(FactId("f"), FactKind.ALARM, RouteId("a"), EIGHT, alarm=note(AlarmStep.RAISED))
    plan = NoteAlarms((fact,)).apply(Plan())
    assert plan.facts == {"f": fact}
    assert NoteAlarms((fact,)).apply(plan) is plan
    with pytest.raises(Rejected, match="not_about_an_alarm"):
        NoteAlarms((Fact(FactId("g"), FactKind.DELIVERED, RouteId("a"), EIGHT),)).apply(plan)
