"""Is a store whole? The database's own check, every chain, and every plan replayed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from console.domain.errors import ConsoleError, Rejected
from console.domain.patch import Patch
from console.domain.plan import Plan
from console.storage.database import Database
from console.storage.journal import SqlJournal
from console.storage.snapshots import Snapshots
from console.tongues import tr

Told = Callable[[str, float], None]
Heads = Mapping[str, tuple[int, str]]
"""Streams with their newest version and its hash."""

_NOTHING: Heads = {}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and everything that is wrong with it; ``faults`` is empty when whole."""

    name: str
    streams: int
    rows: int
    faults: tuple[str, ...]
    heads: Heads = field(default_factory=dict[str, tuple[int, str]])
    """Streams whose patches were applied one after another, up to which row."""

    @property
    def is_whole(self) -> bool:
        """True when nothing was found."""
        return not self.faults


def check(
    database: Database, told: Told = lambda _sentence, _share: None, *, known: Heads = _NOTHING
) -> Finding:
    """Look at everything; consoles may go on meanwhile, and nothing is changed.

    A snapshot has to be what replay gives at its version; patches have to apply one after another.
    Rows up to a head that is ``known`` were replayed before: where the chain leads to the same
    hash they are the same rows, so that the chain alone is looked at.
    """
    faults: list[str] = []
    try:
        told(tr("The file itself"), 0.0)
        faults += filter(None, [database.faults() or database.contents()])
        heads = SqlJournal(database).heads()
    except ConsoleError as error:
        return Finding(database.name, 0, 0, (error.message,))
    return _looked(database, heads, known, faults, told)


def check_new(
    database: Database, told: Told = lambda _sentence, _share: None, *, known: Heads
) -> Finding:
    """Look at what has come since everything was looked at: the streams with another head."""
    try:
        heads = SqlJournal(database).heads()
    except ConsoleError as error:
        return Finding(database.name, 0, 0, (error.message,))
    new = {stream: head for stream, head in heads.items() if known.get(stream) != head}
    return _looked(database, new, {}, [], told)


def _looked(
    database: Database, heads: Heads, known: Heads, faults: list[str], told: Told
) -> Finding:
    rows, whole = 0, dict[str, tuple[int, str]]()
    for number, (stream, head) in enumerate(heads.items()):
        told(stream, 0.1 + 0.9 * number / len(heads))
        try:
            if known.get(stream) == head:
                rows += SqlJournal(database).verify(stream)
            else:
                rows += _replayed(database, stream)
            whole[stream] = head
        except ConsoleError as error:
            faults.append(error.message)
    told(tr("Done"), 1.0)
    return Finding(database.name, len(heads), rows, tuple(faults), whole)


def _replayed(database: Database, stream: str) -> int:
    """The number of rows; ConsoleError at the first that does not hold."""
    kept = Snapshots(database).latest(stream)
    plan = Plan()
    for entry in SqlJournal(database).each(stream):
        plan = _applied(entry.patch, plan, stream, entry.version)
        if kept is not None and kept[0] == plan.version and kept[1] != plan:
            raise ConsoleError(
                tr("The snapshot of {stream} is not what its rows give.", stream=stream)
            )
    return plan.version


def _applied(patch: Patch, plan: Plan, stream: str, version: int) -> Plan:
    try:
        return patch.apply(plan)
    except Rejected as error:
        raise ConsoleError(
            tr(
                "Version {version} of {stream} does not fit the one before ({reason}).",
                version=version,
                stream=stream,
                reason=error.reason,
            )
        ) from error


def sentence(findings: Sequence[Finding]) -> str:
    """All of it in words."""
    return "\n".join(
        f"{each.name}: {each.streams} streams, {each.rows} rows, "
        + ("whole" if each.is_whole else "; ".join(each.faults))
        for each in findings
    )
