"""A trainee's decisions, read back from the journal: what was known, when, and what was better.

What was known is the plan of the row before, by replay. A decision answers the last trouble before
it that befell one of its drivers or stops, else the last one that befell everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from console.dispatch.drawing import touched_routes
from console.dispatch.journal import Entry
from console.dispatch.replay import Replay
from console.dispatch.training.pricing import Answer, Moment, best, late, left, price
from console.dispatch.training.troubles import Trouble, stranded
from console.domain.commands import (
    AttendException,
    LogException,
    MarkDay,
    NoteAlarms,
    OpenDay,
    RecordFact,
    ReleaseRoutes,
    SealDay,
)
from console.domain.plan import Plan
from console.domain.travel import TravelMatrix

NO_DECISIONS = frozenset(
    each.kind
    for each in (
        AttendException,
        LogException,
        MarkDay,
        NoteAlarms,
        OpenDay,
        RecordFact,
        ReleaseRoutes,
        SealDay,
    )
)
"""Facts and their care, and what only tells drivers of a decision."""

WORTH = 1.0
"""What a better answer has to save, in the depot's currency, to be worth telling."""


@dataclass(frozen=True, slots=True)
class Known:
    """How the day stood: open stops, those that come late, those that nobody drives to."""

    open: int
    late: int
    left: int
    stranded: int


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a debrief: a decision, or a trouble that nobody answered (``kind`` is then '').

    ``version`` is the row it stands in; what was known is the row before, of an unanswered trouble
    its own row. ``after`` is how long after the trouble she acted. ``did`` is the price of the plan
    as it then was, ``better`` the best answer there was at that moment, her own included.
    ``is_last`` is False where she went on to answer the same trouble.
    """

    version: int
    at: datetime
    kind: str
    known: Known
    did: float
    better: Answer
    trouble: Trouble | None = None
    after: timedelta | None = None
    is_last: bool = True

    @property
    def lost(self) -> float:
        """What the better answer would have saved, in the depot's currency; 0 where none was."""
        return round(max(0.0, self.did - self.better.price), 2)

    @property
    def is_unanswered(self) -> bool:
        """True where nothing was done."""
        return not self.kind


@dataclass(frozen=True, slots=True)
class Tracer:
    """Reads a day's decisions; takes tens of milliseconds each, so it is for a lane."""

    replay: Replay
    matrix: TravelMatrix

    def steps(self, begins: int, found: Sequence[Trouble]) -> list[Step]:
        """Decisions from row ``begins`` on, and troubles left alone where that cost something."""
        made = [
            self._decision(entry, found)
            for entry in self.replay.entries[begins:]
            if entry.kind not in NO_DECISIONS
        ]
        made = _lasts(made)
        answered = {id(step.trouble) for step in made}
        missed = [self._missed(t) for t in found if id(t) not in answered and not t.is_at_door]
        steps = [*made, *(step for step in missed if step.lost >= WORTH)]
        return sorted(steps, key=lambda step: step.version)

    def _decision(self, entry: Entry, found: Sequence[Trouble]) -> Step:
        before, after = self.replay.at(entry.version - 1), self.replay.at(entry.version)
        moment = self.moment(before, entry)
        did = price(moment.with_plan(after))
        better = best(moment)
        if did <= better.price:
            better = Answer(did, after)
        trouble = _answers(entry, before, after, found)
        waited = max(timedelta(), entry.at - trouble.at) if trouble else None
        return Step(
            entry.version,
            entry.at,
            entry.kind,
            known(moment),
            did,
            better,
            trouble,
            waited,
        )

    def _missed(self, trouble: Trouble) -> Step:
        version = max(1, trouble.version)
        entry = self.replay.entries[version - 1]
        moment = replace(self.moment(self.replay.at(version), entry), now=trouble.at)
        return Step(version, trouble.at, "", known(moment), price(moment), best(moment), trouble)

    def moment(self, plan: Plan, entry: Entry) -> Moment:
        """A plan as it was known when a row was written."""
        return Moment(plan, self.matrix, entry.at, stranded(plan))


def known(moment: Moment) -> Known:
    """The figures of a moment."""
    stops = moment.plan.stops.values()
    return Known(
        sum(stop.is_open for stop in stops),
        len(late(moment)),
        len(left(moment)),
        len(moment.stranded),
    )


def _answers(entry: Entry, before: Plan, after: Plan, found: Sequence[Trouble]) -> Trouble | None:
    """The trouble a decision answers."""
    past = [each for each in found if each.version < entry.version and each.at <= entry.at]
    routes = touched_routes(before, after, entry.patch)
    stops = {delta.key for delta in entry.patch.stops}
    facts = {fact.subject for d in entry.patch.facts if (fact := d.after) is not None}
    at_door = [t for t in past if t.stop in stops or (t.fact and t.fact in facts)]
    mine = [t for t in past if not t.is_at_door and t.route is not None and t.route in routes]
    everybodys = [t for t in past if not t.is_at_door and t.route is None]
    return next((some[-1] for some in (mine, at_door, everybodys) if some), None)


def _lasts(steps: list[Step]) -> list[Step]:
    """With ``is_last`` only where no later decision answers the same trouble."""
    last = {id(step.trouble): step.version for step in steps if step.trouble is not None}
    return [
        replace(step, is_last=step.trouble is None or last[id(step.trouble)] == step.version)
        for step in steps
    ]
