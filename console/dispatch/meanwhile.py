"""What was decided meanwhile, as far as a later command can run into it."""

from collections.abc import Sequence
from dataclasses import dataclass

from console.dispatch.journal import Draft, Entry
from console.domain.commands import Command
from console.domain.errors import Rejected
from console.domain.plan import Plan


@dataclass(slots=True)
class Row:
    """What later conflict checks need to know of a row."""

    origin: str
    command_id: str
    touched: frozenset[str]
    is_fact: bool
    actor: str


def row_of(row: Draft | Entry) -> Row:
    """That of a row of the journal or the outbox."""
    is_fact = row.command is not None and row.command.is_fact
    return Row(row.origin, row.command_id, row.patch.touched(), is_fact, row.actor)


def refuse_touched(command: Command, plan: Plan, rows: Sequence[Row]) -> None:
    """``changed_since`` when a row decided about something this command names; facts do not."""
    if command.is_fact or not rows:
        return
    names = command.names(plan)
    for row in rows:
        touched = names & row.touched
        if touched and not row.is_fact:
            raise Rejected("changed_since", by=row.actor, entity=min(touched))
