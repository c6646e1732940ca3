"""How long a long day takes to open, and how soon a colleague sees an edit.

``python -m tests.benchmarks.bench_store [--rows 100000] [--consoles 20]``
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from threading import Event

from console.dispatch.desk import Desk
from console.dispatch.journal import Draft, beginning
from console.domain.commands import AddStops, MoveStops, OpenShifts
from console.domain.errors import Rejected
from console.domain.patch import diff
from console.domain.plan import Plan, StopId
from console.storage import address, postgres
from console.storage.store import Store
from tests.gauntlet import consoles
from tests.postgres import running
from tests.storage.plans import shift

STREAM = "plan/depot/long"
STOPS, BATCH = 500, 1000
_LATE_S = 3.0  # that consoles go on looking when the last edit was made


def timed[T](call: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    answer = call()
    return answer, time.perf_counter() - began


def fill(store: Store, rows: int) -> Plan:
    """Moves of 500 stops among four routes, written in batches."""
    chance, plan, drafts = random.Random(1), Plan(), list[Draft]()
    first = [
        OpenShifts(tuple((route, shift(i)) for i, route in enumerate(consoles.ROUTES))),
        AddStops(tuple(consoles.plain(f"s{i}") for i in range(STOPS))),
    ]
    number = 0
    while number < rows:
        command = (
            first.pop(0)
            if first
            else MoveStops((StopId(f"s{chance.randrange(STOPS)}"),), chance.choice(consoles.ROUTES))
        )
        try:
            patch = diff(plan, command.apply(plan))
        except Rejected:
            continue
        if not patch:
            continue
        number += 1
        drafts.append(
            Draft(STREAM, number, f"c{number}", command, patch, "ana", "one", consoles.EIGHT)
        )
        plan = patch.apply(plan)
        if len(drafts) == BATCH or number == rows:
            store.journal.append_all(drafts)
            drafts = []
    return plan


def opened(folder: Path) -> Desk:
    """What a console does before the first picture."""
    store = Store.open(folder)
    desk = Desk(store.journal, STREAM, "ana", "one", consoles.Ticking())
    desk.begin(*beginning(store.journal, store.snapshots, STREAM))
    store.close()
    return desk


def long_day(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(folder)
        plan, seconds = timed(lambda: fill(store, rows))
        print(f"{rows:,} commands written in {seconds:.1f} s")
        store.close()
        desk, seconds = timed(lambda: opened(Path(folder)))
        print(f"opened by replay: {seconds:.2f} s")
        assert desk.plan == plan
        store = Store.open(folder)
        _, seconds = timed(lambda: store.snapshots.keep(STREAM, plan))
        store.close()
        print(f"snapshot kept: {seconds:.2f} s")
        for _ in range(3):
            desk, seconds = timed(lambda: opened(Path(folder)))
            print(f"opened from the snapshot: {seconds:.2f} s, {len(desk.entries)} rows read")
            assert desk.plan == plan


@dataclass
class Heard:
    """Of one console, with the clock that all processes share: its edits, and when it saw others'.

    ``work`` is its computing time in seconds; what was made before it was up (``since``) it could
    not see in time.
    """

    born: dict[str, float] = field(default_factory=dict[str, float])
    seen: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])
    work: float = 0.0
    since: float = 0.0


def colleagues(count: int, seconds: float = 20.0, rate: float = 0.5) -> None:
    """Consoles on PostgreSQL, each a process with a desk and a watch, half a command a second."""
    server = running()
    where = server.url(server.fresh(), "ana")
    writer = Store.open(where)
    consoles.begin(consoles.desk_of(writer, STREAM, "first"), stops=STOPS)
    writer.close()
    begin = time.monotonic() + 2.0 + count * 0.2  # all of them are up by then
    work = [(where, number, (begin, begin + seconds), rate) for number in range(count)]
    with get_context("fork").Pool(count) as pool:
        heard = pool.starmap(_console, work, chunksize=1)
    reader = Store.open(where)
    saved = {entry.command_id for entry in reader.journal.read(STREAM)}
    reader.close()
    _tell(heard, {own: at for each in heard for own, at in each.born.items() if own in saved})


def _tell(heard: Sequence[Heard], born: Mapping[str, float]) -> None:
    """Each saved edit at each other console, but for those made before that one was up."""
    due = sum(
        at >= each.since for each in heard for own, at in born.items() if own not in each.born
    )
    early = len(born) * (len(heard) - 1) - due
    ordered = sorted(
        at - born[own]
        for each in heard
        for own, at in each.seen
        if born.get(own, 0.0) >= each.since
    )
    late = [float("inf")] * (due - len(ordered))
    p50, p99 = ([*ordered, *late][int(due * share)] * 1000 for share in (0.5, 0.99))
    work = sum(each.work for each in heard)
    print(
        f"{len(heard)} consoles, {len(born)} edits, seen {len(ordered)} times of {due} "
        f"({early} more were made before a console was up): "
        f"median {p50:.0f} ms, p99 {p99:.0f} ms, worst {ordered[-1] * 1000:.0f} ms; "
        f"{work:.1f} s of computing, {work / max(1, len(ordered)) * 1000:.1f} ms an edit seen"
    )


def _console(where: str, number: int, between: tuple[float, float], rate: float) -> Heard:
    store, chance, heard = Store.open(where), random.Random(number), Heard()
    desk = consoles.desk_of(store, STREAM, f"console-{number}")
    woken = Event()
    watch = postgres.ServerWatch(address.read(where), woken.set)
    begin, end = between
    due = begin + chance.expovariate(rate)
    time.sleep(max(0.0, begin - time.monotonic()))
    desk.pull()
    heard.since, worked = time.monotonic(), time.process_time()
    while (now := time.monotonic()) < end + _LATE_S:
        known = len(desk.entries)
        if due <= now < end:
            due += chance.expovariate(rate)
            _edit(desk, chance, heard.born)
        elif woken.wait((due if due < end else end + _LATE_S) - now):
            woken.clear()
            desk.pull()
        at, fresh = time.monotonic(), desk.entries[known:]
        heard.seen += [(entry.command_id, at) for entry in fresh if entry.origin != desk.origin]
    heard.work = time.process_time() - worked
    watch.close()
    store.close()
    return heard


def _edit(desk: Desk, chance: random.Random, born: dict[str, float]) -> None:
    """One edit; its birth is the moment of the drop, before it is saved."""
    dropped = time.monotonic()
    try:
        change = desk.submit(consoles.some_edit(desk, chance))
    except Rejected:
        return
    assert change.entry is not None
    born[change.entry.command_id] = dropped
    desk.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--consoles", type=int, default=20)
    asked = parser.parse_args()
    if asked.rows:
        long_day(asked.rows)
    if asked.consoles:
        colleagues(asked.consoles)


if __name__ == "__main__":
    main()
