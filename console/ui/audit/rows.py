"""Rows of the journal in words: who, when, what, why, from which console, and what it changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from console import formats, wording
from console.analytics.tables import Table
from console.dispatch.journal import Entry
from console.dispatch.picture import Picture
from console.domain.commands import (
    AttendException,
    LogException,
    MarkDay,
    OverrideRule,
    SealDay,
)
from console.domain.patch import Delta, Patch
from console.domain.plan import Route, RouteId, Stop, StopId
from console.tongues import tr
from console.ui.history.steps import step_words, undone_by
from console.ui.labels import route_label

ARROW = "\N{RIGHTWARDS ARROW}"
COLUMNS = (tr("Step"), tr("Time"), tr("Who"), tr("Console"), tr("What"), tr("Why"), tr("Changes"))


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One step. ``undone`` is the version that took it back, 0 where it stands."""

    version: int
    clock: str
    actor: str
    console: str
    what: str
    why: str
    changes: tuple[str, ...]
    stops: frozenset[StopId]
    undone: int = 0

    @property
    def cells(self) -> tuple[str, ...]:
        """As a row of ``COLUMNS``; of many changes how many there are."""
        more = len(self.changes) - 1
        changed = self.changes[0] if self.changes else ""
        return (
            str(self.version),
            self.clock,
            self.actor,
            self.console,
            tr("{what} (undone in {undone})", what=self.what, undone=self.undone)
            if self.undone
            else self.what,
            self.why,
            tr("{changed} and {more} more", changed=changed, more=more) if more > 0 else changed,
        )

    @property
    def text(self) -> str:
        """All of it, in small letters, for the filter."""
        return " ".join((*self.cells, *self.changes)).casefold()


def _moment(at: datetime) -> str:
    """``24 Nov 14:05:09``: always with seconds, in 24 hours, so that rows can be told apart."""
    return f"{formats.day(at, year=False)} {at:%H:%M:%S}"


def audit_rows(
    entries: Sequence[Entry], picture: Picture, notes: Mapping[str, str]
) -> list[AuditRow]:
    """The oldest first; names are those of the present registers."""
    undone = undone_by(entries)
    return [
        AuditRow(
            entry.version,
            _moment(picture.local(entry.at)),
            entry.actor,
            entry.origin,
            step_words(entry),
            _why(entry, notes),
            changes_of(entry.patch, picture),
            frozenset(StopId(delta.key) for delta in entry.patch.stops),
            undone.get(entry.version, 0),
        )
        for entry in entries
    ]


def matching(
    rows: Sequence[AuditRow], words: str, actor: str, stops: frozenset[StopId]
) -> list[AuditRow]:
    """The rows that hold every word, are of this person ('' is anybody), touch one of the stops.

    No stops are all of them.
    """
    wanted = words.casefold().split()
    return [
        row
        for row in rows
        if (not actor or row.actor == actor)
        and (not stops or row.stops & stops)
        and (not wanted or all(word in row.text for word in wanted))
    ]


def traced(rows: Sequence[AuditRow], entries: Sequence[Entry], stops: frozenset[StopId],
           picture: Picture) -> list[AuditRow]:  # fmt: skip
    """The rows that touch these stops, each with what it changed for them alone."""
    found: list[AuditRow] = []
    for row, entry in zip(rows, entries, strict=True):
        if row.stops & stops:
            deltas = tuple(delta for delta in entry.patch.stops if delta.key in stops)
            own = changes_of(Patch(deltas), picture)
            found.append(
                AuditRow(row.version, row.clock, row.actor, row.console, row.what, row.why, own,
                         row.stops, row.undone)
            )  # fmt: skip
    return found


def changes_of(patch: Patch, picture: Picture) -> tuple[str, ...]:
    """What differs, a sentence an entity."""
    told = [f"{_street(delta.key, picture)}: {words}"
            for delta in patch.stops if (words := _stop_words(delta, picture))]  # fmt: skip
    told += [f"{_driver(RouteId(delta.key), picture)}: {words}"
             for delta in patch.routes if (words := _route_words(delta))]  # fmt: skip
    return tuple(told)


def exported(rows: Sequence[AuditRow]) -> Table:
    """For a file: every change of a step in one cell."""
    return Table(tr("Audit"), COLUMNS, [(*row.cells[:-1], "; ".join(row.changes)) for row in rows])


def _why(entry: Entry, notes: Mapping[str, str]) -> str:
    command = entry.command
    if isinstance(command, OverrideRule):
        return command.reason or tr("withdrawn")
    if isinstance(command, LogException):
        cause = wording.cause(command.fact.cause) if command.fact.cause else ""
        return ": ".join(part for part in (cause, notes.get(command.fact.note, "")) if part)
    if isinstance(command, MarkDay | AttendException | SealDay):
        return notes.get(command.fact.note, "")
    return ""


def _stop_words(delta: Delta[Stop], picture: Picture) -> str:
    before, after = delta.before, delta.after
    if before is None or after is None:
        return tr("added") if before is None else tr("removed")
    return ", ".join(_stop_parts(before, after, picture))


def _stop_parts(before: Stop, after: Stop, picture: Picture) -> Iterator[str]:
    if before.route != after.route:
        yield f"{_driver(before.route, picture)} {ARROW} {_driver(after.route, picture)}"
    if before.pinned != after.pinned:
        yield tr("pinned") if after.pinned else tr("unpinned")
    if before.status != after.status:
        yield wording.status(after.status.value)
    if before.orders != after.orders:
        yield tr("orders changed")
    if before.loaded != after.loaded:
        yield tr("loaded") if after.loaded else tr("unloaded")
    if before.overrides != after.overrides:
        yield tr("rule overridden") if after.overrides else tr("override withdrawn")


def _route_words(delta: Delta[Route]) -> str:
    before, after = delta.before, delta.after
    if before is None or after is None:
        return tr("shift opened") if before is None else tr("shift closed")
    flags = (
        (before.locked, after.locked, "locked", "unlocked"),
        (before.released, after.released, "released", "withdrawn"),
        (before.off, after.off, tr("off today"), tr("on again")),
    )
    words = [on if now else off for was, now, on, off in flags if was != now]
    if before.edition != after.edition and after.released:
        words.append(tr("handed out again"))
    if before.shift != after.shift:
        words.append(tr("shift changed"))
    if before.hold != after.hold:
        words.append(tr("held up") if after.hold else tr("not held up"))
    if before.stops != after.stops:
        told = f"{len(before.stops)} {ARROW} {len(after.stops)}"
        words.append(tr("{change} stops", change=told)
                     if len(before.stops) != len(after.stops) else tr("order changed"))  # fmt: skip
    return ", ".join(words)


def _street(stop: str, picture: Picture) -> str:
    label = picture.labels.get(StopId(stop))
    return label.street if label else stop


def _driver(route: RouteId | None, picture: Picture) -> str:
    if route is None:
        return tr("no driver")
    return route_label(picture, route).name if route in picture.plan.routes else str(route)
