"""Is a store whole? The database's own check, every chain, and every plan replayed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from console.domain.errors import ConsoleError, Rejected
from console.domain.patch import Patch
from console.domain.plan import Plan
from console.storage.database import Database
from console.storage.journal import SqlJournal
from console.storage.snapshots import Snapshots

Told = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and everything that is wrong with it; ``faults`` is empty when whole."""

    name: str
    streams: int
    rows: int
    faults: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """True when nothing was found."""
        return not self.faults


def check(database: Database, told: Told = lambda _sentence, _share: None) -> Finding:
    """Look at everything; consoles may go on meanwhile, and nothing is changed.

    A snapshot has to be what replay gives at its version; patches have to apply one after another.
    """
    faults: list[str] = []
    try:
        told("The file itself", 0.0)
        faults += filter(None, [database.faults() or database.contents()])
        streams = SqlJournal(database).streams()
    except ConsoleError as error:
        return Finding(database.name, 0, 0, (error.message,))
    rows = 0
    for number, stream in enumerate(streams):
        told(stream, 0.1 + 0.9 * number / len(streams))
        try:
            rows += _replayed(database, stream)
        except ConsoleError as error:
            faults.append(error.message)
    told("Done", 1.0)
    return Finding(database.name, len(streams), rows, tuple(faults))


def _replayed(database: Database, stream: str) -> int:
    """The number of rows; ConsoleError at the first that does not hold."""
    kept = Snapshots(database).latest(stream)
    plan = Plan()
    for entry in SqlJournal(database).read(stream):
        plan = _applied(entry.patch, plan, stream, entry.version)
        if kept is not None and kept[0] == plan.version and kept[1] != plan:
            raise ConsoleError(f"The snapshot of {stream} is not what its rows give.")
    return plan.version


def _applied(patch: Patch, plan: Plan, stream: str, version: int) -> Plan:
    try:
        return patch.apply(plan)
    except Rejected as error:
        raise ConsoleError(
            f"Version {version} of {stream} does not fit the one before ({error.reason})."
        ) from error


def sentence(findings: Sequence[Finding]) -> str:
    """All of it in words."""
    return "\n".join(
        f"{each.name}: {each.streams} streams, {each.rows} rows, "
        + ("whole" if each.is_whole else "; ".join(each.faults))
        for each in findings
    )
