"""A desk on the journal: the only way a plan changes, whoever changes it.

The plan shown is the confirmed one plus the outbox. A desk lives on one thread; what blocks (the
journal) is called by ``flush`` and ``pull``, or by somebody else between ``head_of_outbox`` and
``confirm``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol
from uuid import uuid4

from console.dispatch.journal import Draft, Entry, Journal
from console.dispatch.meanwhile import Row, refuse_touched, row_of
from console.dispatch.ports import Clock
from console.dispatch.roles import Role, may
from console.domain.commands import AdoptSolution, Command, ReturnTo, Revert
from console.domain.commands.returning import returned
from console.domain.errors import ConsoleError, Rejected, Stale
from console.domain.integrity import check
from console.domain.patch import Patch, diff
from console.domain.plan import Plan
from console.tongues import tr


@dataclass(frozen=True, slots=True)
class PlanChange:
    """From one plan to the next; ``entry`` is the row behind it, None for several at once."""

    before: Plan
    after: Plan
    patch: Patch
    entry: Draft | Entry | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A command of ours that a colleague's change overtook; offered again, never merged."""

    draft: Draft
    verdict: Rejected

    @property
    def command(self) -> Command:
        """What was wanted."""
        return self.draft.command


class Listener(Protocol):
    """Told of every change of the plan and of every refusal."""

    def plan_changed(self, change: PlanChange) -> None:
        """The plan moved."""
        ...

    def refused(self, refusal: Refusal) -> None:
        """A command that had been accepted here was overtaken."""
        ...


_Stacks = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(slots=True)
class Desk:
    """One console's view of one stream."""

    journal: Journal
    stream: str
    actor: str
    origin: str
    clock: Clock
    roles: frozenset[Role] = frozenset(Role)
    confirmed: Plan = field(default_factory=Plan)
    plan: Plan = field(default_factory=Plan)
    entries: list[Entry] = field(default_factory=list[Entry])
    _outbox: list[Draft] = field(default_factory=list[Draft])
    _listeners: list[Listener] = field(default_factory=list[Listener])
    _stuck: set[int] = field(default_factory=set[int])
    _stacked: tuple[object, "_Stacks"] = (None, ((), ()))

    @classmethod
    def open(
        cls, journal: Journal, stream: str, *, actor: str, origin: str, clock: Clock
    ) -> "Desk":
        """A desk that has replayed its stream."""
        desk = cls(journal, stream, actor, origin, clock)
        desk.absorb(journal.read(stream))
        return desk

    def begin(self, plan: Plan, entries: Sequence[Entry]) -> None:
        """Go on from a confirmed plan: rows up to it are remembered, later ones taken in."""
        self.confirmed = self.plan = plan
        self.entries = [entry for entry in entries if entry.version <= plan.version]
        self.absorb(entries)

    def follow(self, listener: Listener) -> None:
        """Tell this listener of everything from now on."""
        self._listeners.append(listener)

    @property
    def is_saved(self) -> bool:
        """True when every command is durable."""
        return not self._outbox

    # -- up: commands ---------------------------------------------------------------------------

    def submit(self, command: Command, base: int | None = None) -> PlanChange:
        """Apply a command and put it into the outbox; ``Rejected`` when it does not fit.

        ``base`` is the version its author saw, the present one unless told.
        """
        self._check_role(command)
        if base is not None:
            self._check_base(command, base)
        before = self.plan
        draft = self._draft(command, before, str(uuid4()))
        self._outbox.append(draft)
        self.plan = draft.patch.apply(before)
        change = PlanChange(before, self.plan, draft.patch, draft)
        self._tell(change)
        return change

    def dry_run(self, command: Command) -> Plan:
        """The plan the command would give, or ``Rejected``; nothing happens."""
        self._check_role(command)
        after = command.apply(self.plan)
        check(self.plan, after, diff(self.plan, after), is_fact=command.is_fact)
        return after

    def revert(self, version: int) -> PlanChange:
        """Take back one row as a new row."""
        return self.submit(Revert(version, self._row(version).patch.inverted()))

    def return_to(self, version: int) -> PlanChange:
        """Make the plan as it was after this row, as a new row that can be undone.

        ``not_saved_yet``, ``unknown_version``, ``no_change``; facts stay.
        """
        if not self.is_saved:
            raise Rejected("not_saved_yet")
        then = self.plan_at(version)
        return self.submit(ReturnTo(version, diff(self.plan, returned(self.plan, then))))

    def plan_at(self, version: int) -> Plan:
        """The confirmed plan as it was after this row; ``unknown_version``."""
        self._row(version)
        plan = self.confirmed
        for entry in reversed(self.entries):
            if entry.version <= version:
                break
            plan = entry.patch.inverted().apply(plan)
        return replace(plan, version=version)

    def undo(self) -> PlanChange:
        """Take back this console's last step; a refused one is passed over the next time."""
        return self._step(self.undo_stack(), "nothing_to_undo")

    def redo(self) -> PlanChange:
        """Take back this console's last undo."""
        return self._step(self.redo_stack(), "nothing_to_redo")

    def undo_stack(self) -> tuple[int, ...]:
        """Versions that can be undone, the next one last; derived from the journal."""
        return self._stacks()[0]

    def redo_stack(self) -> tuple[int, ...]:
        """Versions of undos that can be taken back, the next one last."""
        return self._stacks()[1]

    def _step(self, stack: Sequence[int], empty: str) -> PlanChange:
        if not self.is_saved:
            raise Rejected("not_saved_yet")
        if not stack:
            raise Rejected(empty)
        try:
            return self.revert(stack[-1])
        except Rejected as verdict:
            self._stuck.add(stack[-1])
            raise self._explained(verdict, stack[-1]) from None

    def _stacks(self) -> _Stacks:
        """Derived anew only after a row or a refusal: every pick in the window asks."""
        of = len(self.entries), self.confirmed.version, len(self._stuck)
        if self._stacked[0] != of:
            self._stacked = of, self._derived_stacks()
        return self._stacked[1]

    def _derived_stacks(self) -> _Stacks:
        undo: list[int] = []
        redo: list[int] = []
        for entry in self.entries:
            if entry.origin != self.origin or entry.command is None or entry.command.is_fact:
                continue
            target = entry.command.version if isinstance(entry.command, Revert) else None
            if target is not None and target in redo:
                redo.remove(target)
                undo.append(entry.version)
            elif target is not None and target in undo:
                undo.remove(target)
                redo.append(entry.version)
            else:
                undo.append(entry.version)
                redo.clear()
        return (
            tuple(version for version in undo if version not in self._stuck),
            tuple(version for version in redo if version not in self._stuck),
        )

    # -- down: rows -----------------------------------------------------------------------------

    def head_of_outbox(self) -> Draft | None:
        """The next row to make durable."""
        return self._outbox[0] if self._outbox else None

    @property
    def outbox(self) -> tuple[Draft, ...]:
        """All that is not durable yet, in order."""
        return tuple(self._outbox)

    def resume(self, drafts: Sequence[Draft]) -> None:
        """Take up what an earlier console of this id could not send, ahead of anything new.

        What has arrived after all is left out; the rest is rebased on the rows since.
        """
        known = {entry.command_id for entry in self.entries}
        left = [draft for draft in drafts if draft.command_id not in known]
        self._outbox = [*left, *self._outbox]
        since = self._since(drafts[0].version - 1) if drafts else ()
        self._rebase([row_of(entry) for entry in since if entry.origin != self.origin])

    def refuse(self, verdict: Rejected) -> None:
        """Our next row will never be durable: take it out, tell its author, rebase the rest."""
        refused = Refusal(self._outbox.pop(0), verdict)
        self._rebase(())
        for listener in self._listeners:
            listener.refused(refused)

    def verdict_on(self, draft: Draft) -> Rejected | None:
        """Why a row of ours does not fit after what others did since; None when it would."""
        rows = [row_of(entry) for entry in self._since(draft.version - 1)]
        try:
            refuse_touched(
                draft.command, self.plan, [row for row in rows if row.origin != self.origin]
            )
            self._draft(draft.command, self.plan, draft.command_id)
        except Rejected as verdict:
            return verdict
        return None

    def confirm(self, entry: Entry) -> None:
        """Our next row is durable."""
        self.absorb((entry,))

    def absorb(self, entries: Sequence[Entry]) -> None:
        """Take in rows of the journal in order, ours and colleagues'; rebase what waits."""
        foreign: list[Entry] = []
        for entry in entries:
            if entry.version <= self.confirmed.version:
                continue
            if entry.version != self.confirmed.version + 1:
                raise ConsoleError(
                    tr(
                        "The journal {stream} has a gap before version {version}.",
                        stream=self.stream,
                        version=entry.version,
                    ),
                    remedy=tr("Restart the console; run 'doorstep doctor' if it happens again."),
                )
            self.confirmed = entry.patch.apply(self.confirmed)
            self.entries.append(entry)
            if self._outbox and self._outbox[0].command_id == entry.command_id:
                self._outbox.pop(0)
            else:
                self._drop_sent(entry.command_id)
                foreign.append(entry)
        if foreign or not self._outbox:
            waits = bool(self._outbox)
            self._rebase([row_of(entry) for entry in foreign] if waits else ())

    def flush(self) -> None:
        """Make the outbox durable, blocking; pulls and rebases where a colleague was first."""
        while (draft := self.head_of_outbox()) is not None:
            try:
                entry = self.journal.append(draft)
            except Stale:
                self.pull()
                continue
            if entry.version != draft.version:
                self.pull()  # it had been committed before a crash or a lost answer
            else:
                self.confirm(entry)

    def pull(self) -> None:
        """Take in what colleagues wrote, blocking."""
        self.absorb(self.journal.read(self.stream, self.confirmed.version))

    def _drop_sent(self, command_id: str) -> None:
        self._outbox = [draft for draft in self._outbox if draft.command_id != command_id]

    def _rebase(self, foreign: Sequence[Row]) -> None:
        before, waiting = self.plan, self._outbox
        self.plan, self._outbox = self.confirmed, []
        refused: list[Refusal] = []
        for draft in waiting:
            try:
                refuse_touched(draft.command, self.plan, foreign)
                again = self._draft(draft.command, self.plan, draft.command_id)
            except Rejected as verdict:
                refused.append(Refusal(draft, verdict))
                continue
            self._outbox.append(replace(again, at=draft.at))
            self.plan = again.patch.apply(self.plan)
        if before.version != self.plan.version or before != self.plan:
            self._tell(PlanChange(before, self.plan, diff(before, self.plan)))
        for refusal in refused:
            for listener in self._listeners:
                listener.refused(refusal)

    # -- rules ----------------------------------------------------------------------------------

    def _draft(self, command: Command, before: Plan, command_id: str) -> Draft:
        after = command.apply(before)
        patch = diff(before, after)
        if not patch and not command.is_fact:
            raise Rejected("no_change")
        check(before, after, patch, is_fact=command.is_fact)
        return Draft(
            self.stream,
            before.version + 1,
            command_id,
            command,
            patch,
            self.actor,
            self.origin,
            self.clock.now(),
        )

    def _check_role(self, command: Command) -> None:
        """The shared database would say the same, later."""
        if not may(self.roles, command.kind, self.stream):
            raise Rejected("not_allowed", kind=command.kind)

    def _check_base(self, command: Command, base: int) -> None:
        """Refuse what was decided on a plan that has moved since.

        Own later changes count too for a proposal: the solver has not seen them.
        """
        own_counts = isinstance(command, AdoptSolution)
        later = [
            row_of(entry)
            for entry in self._since(base)
            if own_counts or entry.origin != self.origin
        ]
        if own_counts:
            later += [row_of(draft) for draft in self._outbox if draft.version > base]
        refuse_touched(command, self.plan, later)

    def _since(self, version: int) -> Sequence[Entry]:
        """Confirmed rows above a version; rows have no gaps."""
        newer = self.confirmed.version - version
        return self.entries[-newer:] if newer > 0 else ()

    def _row(self, version: int) -> Entry:
        for entry in self.entries:
            if entry.version == version:
                return entry
        raise Rejected("unknown_version", version=version)

    def _explained(self, verdict: Rejected, version: int) -> Rejected:
        """Who built on the step that cannot be undone."""
        mine = self._row(version).patch.touched()
        for entry in reversed(self.entries):
            if entry.version > version and entry.patch.touched() & mine:
                return Rejected(
                    "undo_refused", cause=verdict.reason, by=entry.actor, version=entry.version
                )
        return verdict

    def _tell(self, change: PlanChange) -> None:
        for listener in self._listeners:
            listener.plan_changed(change)


def new_origin() -> str:
    """An id for a console."""
    return uuid4().hex[:12]
