"""Journal rows as steps a dispatcher reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from console import formats, wording
from console.dispatch.journal import Entry
from console.dispatch.picture import Picture
from console.domain.commands import AttendException, MarkDay, ReturnTo, Revert
from console.domain.commands.revert import holds_facts
from console.domain.patch import Outline
from console.domain.plan import FactKind
from console.tongues import tr, trn
from console.ui.exceptions.words import step as step_of_case
from console.ui.labels import count_text
from console.ui.theme.figures import THIN

REVERT = Revert.kind


@dataclass(frozen=True, slots=True)
class Step:
    """One row. ``undone`` is the version that took it back, 0 when it stands; ``name`` its name."""

    version: int
    clock: str
    actor: str
    what: str
    touched: str
    undone: int = 0
    can_revert: bool = True
    name: str = ""

    @property
    def sentence(self) -> str:
        """For screen readers."""
        undone = "undone" if self.undone else ""
        parts = (self.name, self.clock, self.actor, self.what, self.touched, undone)
        return ", ".join(part for part in parts if part).replace(THIN, " ")


def steps(
    entries: Sequence[Entry], picture: Picture, names: Mapping[str, str] | None = None
) -> list[Step]:
    """Newest first. Times on the depot's clock, with the day where it is not the service day.

    ``names`` are those of versions.
    """
    undone, called = undone_by(entries), names or {}
    return [
        replace(
            _step(entry, undone.get(entry.version, 0), picture),
            name=called.get(str(entry.version), ""),
        )
        for entry in reversed(entries)
    ]


def undone_by(entries: Sequence[Entry]) -> dict[int, int]:
    """Version -> the revert that took it back and still stands."""
    taken: dict[int, int] = {}
    for entry in reversed(entries):
        command = entry.command
        if isinstance(command, Revert) and entry.version not in taken:
            taken[command.version] = entry.version
    return taken


def _step(entry: Entry, undone: int, picture: Picture) -> Step:
    day = picture.plan.day
    local = picture.local(entry.at)
    hour = formats.clock(local)
    same = day is None or local.date() == day.service_day
    return Step(
        version=entry.version,
        clock=hour if same else f"{formats.day(local, year=False)} {hour}",
        actor=entry.actor,
        what=step_words(entry),
        touched=_touched(entry.outline),
        undone=undone,
        can_revert=not undone and not entry.outline.day and not _holds_facts(entry),
    )


def _holds_facts(entry: Entry) -> bool:
    """What a row did is read only where it may hold one."""
    return bool(entry.outline.facts) and holds_facts(entry.patch)


def step_words(entry: Entry) -> str:
    """What a row did, in words."""
    words, command = wording.command(entry.kind), entry.command
    if isinstance(command, Revert):
        return tr("{words}: step {version}", words=words, version=command.version)
    if isinstance(command, ReturnTo):
        return f"{words}: {command.version}"
    if isinstance(command, MarkDay):
        return _mark_words(command)
    if isinstance(command, AttendException):
        return step_of_case(command.fact) or words
    return words


def _mark_words(command: MarkDay) -> str:
    if command.fact.kind is FactKind.NAMED:
        return tr("Version {subject} named", subject=command.fact.subject)
    return tr("Step skipped: {subject}", subject=command.fact.subject)


def _touched(changed: Outline) -> str:
    if changed.stops:
        return count_text(len(changed.stops))
    routes = len(changed.routes)
    return f"{routes}{THIN}{trn('route', 'routes', routes)}" if routes else ""
