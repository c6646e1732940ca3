"""Undo: a new row whose patch is the inverse of an older one."""

from dataclasses import dataclass, field
from typing import ClassVar

from console.domain.errors import Rejected
from console.domain.patch import Patch
from console.domain.plan import Plan


@dataclass(frozen=True, slots=True)
class Revert:
    """Take back the row of ``version``.

    ``undo`` is that row's patch inverted; the desk reads it from the journal, it is not stored
    again with the command.
    """

    version: int
    undo: Patch = field(default=Patch(), metadata={"stored": False})

    kind: ClassVar[str] = "revert.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """Every entity of the patch, and the stops that enter or leave its routes."""
        return self.undo.touched()

    def apply(self, plan: Plan) -> Plan:
        """Undo; ``changed_since`` where somebody built on it, ``facts_stay`` for a fact."""
        if holds_facts(self.undo):
            raise Rejected("facts_stay", version=self.version)
        return self.undo.apply(plan)


def holds_facts(patch: Patch) -> bool:
    """True where something happened in it, which stays; a decision on an exception may go."""
    sides = (side for delta in patch.facts for side in (delta.before, delta.after))
    return any(fact is not None and not fact.is_decision for fact in sides)
