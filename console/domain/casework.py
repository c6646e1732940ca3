"""The life of an exception, from the facts about it: open, owned, resolved, paid, explained.

Pure: what stands follows from the facts, in whatever order they came in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.cases import SERVICE_LEVELS, CaseNote, Severity, Step
from console.domain.plan import Fact, FactId, FactKind
from console.domain.reported import standing


@dataclass(frozen=True, slots=True)
class Case:
    """One exception with all that was done about it, in order of time.

    ``fact`` is the exception that was logged, or the failure that was reported.
    """

    fact: Fact
    steps: tuple[Fact, ...] = ()

    @property
    def note(self) -> CaseNote:
        """What was logged with it."""
        return self.fact.case or CaseNote()

    @property
    def severity(self) -> Severity:
        """As it was graded last."""
        graded = self._last(Step.GRADED)
        found = graded.severity if graded else self.note.severity
        return found or Severity.NORMAL

    @property
    def owner(self) -> str:
        """Who took it; '' while nobody did."""
        owned = self._last(Step.OWNED)
        return owned.owner if owned else ""

    @property
    def resolved(self) -> Fact | None:
        """How it was put right."""
        return next((fact for fact in reversed(self.steps) if fact.is_decision), None)

    @property
    def is_open(self) -> bool:
        """True while nobody resolved it."""
        return self.resolved is None

    @property
    def explained(self) -> Fact | None:
        """Its root cause, the last that was written down."""
        return next((f for f in reversed(self.steps) if _step(f) is Step.EXPLAINED), None)

    @property
    def acted(self) -> Fact | None:
        """When the action against that cause was taken; None while it was not."""
        return self._since(Step.ACTED, self.explained)

    @property
    def checked(self) -> Fact | None:
        """What was found of that action's effect, at last."""
        return self._since(Step.CHECKED, self.acted)

    @property
    def money(self) -> Fact | None:
        """What was last said of its compensation: paid or asked for, approved, declined."""
        said = (Step.COMPENSATED, Step.APPROVED, Step.DECLINED)
        return next((fact for fact in reversed(self.steps) if _step(fact) in said), None)

    def age(self, now: datetime) -> timedelta:
        """How long it is open, or was."""
        until = self.resolved.happened_at if self.resolved else now
        return max(timedelta(), until - self.fact.happened_at)

    def due(self, levels: Mapping[Severity, timedelta] = SERVICE_LEVELS) -> datetime:
        """By when it should be resolved."""
        span = levels.get(self.severity, SERVICE_LEVELS[self.severity])
        return self.fact.happened_at + span

    def is_overdue(
        self, now: datetime, levels: Mapping[Severity, timedelta] = SERVICE_LEVELS
    ) -> bool:
        """True where it took, or takes, longer than its service level."""
        return self.fact.happened_at + self.age(now) > self.due(levels)

    def _since(self, step: Step, after: Fact | None) -> Fact | None:
        """The last of its kind, not before another step."""
        if after is None:
            return None
        later = [fact for fact in self.steps if fact.happened_at >= after.happened_at]
        return next((fact for fact in reversed(later) if _step(fact) is step), None)

    def _last(self, step: Step) -> CaseNote | None:
        return next((f.case for f in reversed(self.steps) if _step(f) is step), None)


def _step(fact: Fact) -> Step | None:
    return fact.case.step if fact.case else None


def cases_of(facts: Iterable[Fact]) -> list[Case]:
    """All exceptions of a day, oldest first.

    A failure is one, unless an exception was logged at the same stop: then that tells of it.
    """
    kept = standing(facts)
    logged = [fact for fact in kept if fact.kind is FactKind.EXCEPTION]
    told = {fact.subject for fact in logged}
    failed = {fact.subject: fact for fact in kept if fact.kind is FactKind.FAILED}
    heads = logged + [fact for subject, fact in failed.items() if subject not in told]
    steps: dict[FactId, list[Fact]] = {}
    for fact in kept:
        if fact.kind is FactKind.ATTENDED:
            steps.setdefault(FactId(fact.subject), []).append(fact)
    made = [Case(fact, tuple(steps.get(fact.id, ()))) for fact in heads]
    return sorted(made, key=lambda case: (case.fact.happened_at, case.fact.id))
