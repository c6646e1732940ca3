"""What became of alarms: raised, snoozed, assigned, answered, ended."""

from dataclasses import dataclass
from typing import ClassVar

from console.domain.errors import Rejected
from console.domain.plan import Fact, FactKind, Plan


@dataclass(frozen=True, slots=True)
class NoteAlarms:
    """Facts about alarms; the subject of each is its alarm. The same id is noted once."""

    facts: tuple[Fact, ...]

    kind: ClassVar[str] = "note_alarms.1"
    is_fact: ClassVar[bool] = True

    def names(self, plan: Plan) -> frozenset[str]:
        """Nothing: they survive every rebase."""
        return frozenset()

    def apply(self, plan: Plan) -> Plan:
        """Note them; ``not_about_an_alarm`` for a fact of another kind."""
        for fact in self.facts:
            if fact.kind is not FactKind.ALARM or fact.alarm is None:
                raise Rejected("not_about_an_alarm", kind=fact.kind.value)
        new = [fact for fact in self.facts if fact.id not in plan.facts]
        return plan.with_facts(new) if new else plan
