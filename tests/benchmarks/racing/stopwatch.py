"""Solvers in processes of their own, started together and watched: wall, processor and memory.

A process imports, and makes its model of the case, before it says that it is ready; then the clock
starts. Figures come from Linux's /proc; elsewhere they are 0.
"""

import multiprocessing
import os
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path

from tests.benchmarks.racing.case import Case, Routes

_SPAWN = multiprocessing.get_context("spawn")
LOOK = 0.5  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Task:
    """What one process is to do: so many seconds from the start, with this seed and threads."""

    case: Case
    seconds: float
    seed: int = 0
    threads: int = 1
    option: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What came back: None is no plan. ``first`` is when there was a first full plan (s)."""

    routes: Routes | None
    first: float | None = None
    note: str = ""


Find = Callable[[], Found]
Prepare = Callable[[Task], Find]


@dataclass(frozen=True, slots=True)
class Watched:
    """The answers in the tasks' order; seconds from the start until the last was there."""

    found: tuple[Found, ...]
    wall: float
    cpu: float
    peak_bytes: int


def watch(prepare: Prepare, tasks: Sequence[Task]) -> Watched:
    """Run all tasks at once, each in a process of its own."""
    pipes = [_start(prepare, task) for task in tasks]
    processes = [process for process, _ in pipes]
    ends = [pipe for _, pipe in pipes]
    for pipe in ends:
        _receive(pipe)  # ready
    pids = [process.pid or 0 for process in processes]
    before, began = _cpu(pids), time.monotonic()
    for pipe in ends:
        pipe.send("go")
    peak = _until_all_answer(ends, pids)
    wall, cpu = time.monotonic() - began, _cpu(pids) - before
    found = tuple(_receive(pipe) for pipe in ends)
    for process, pipe in pipes:
        pipe.send("end")
        process.join()
    return Watched(found, wall, cpu, peak)


def _start(prepare: Prepare, task: Task) -> tuple[multiprocessing.process.BaseProcess, Connection]:
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_serve, args=(theirs, prepare, task))
    process.start()
    theirs.close()
    return process, ours


def _serve(pipe: Connection, prepare: Prepare, task: Task) -> None:
    try:
        find = prepare(task)
        pipe.send(Found(None, note="ready"))
        pipe.recv()
        found = find()
    except Exception as failure:  # noqa: BLE001 - it is the answer
        traceback.print_exc()
        found = Found(None, note=f"{type(failure).__name__}: {failure}")
    pipe.send(found)
    pipe.recv()  # until all is measured


def _receive(pipe: Connection) -> Found:
    try:
        return pipe.recv()
    except EOFError:
        return Found(None, note="the process died")


def _until_all_answer(ends: Sequence[Connection], pids: Sequence[int]) -> int:
    waiting, peak = list(ends), 0
    while waiting:
        ready = wait(waiting, timeout=LOOK)
        waiting = [pipe for pipe in waiting if pipe not in ready]
        if not ready:
            peak = max(peak, _memory(pids))
    return peak


def _family(pids: Sequence[int]) -> Iterator[int]:
    """These processes and all below them."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        fields = _stat(int(entry.name))
        if fields:
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    waiting = list(pids)
    while waiting:
        pid = waiting.pop()
        yield pid
        waiting += parents.get(pid, [])


def _stat(pid: int) -> list[str]:
    """The fields after the name, from the state on."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def _cpu(pids: Sequence[int]) -> float:
    """User and system seconds, those of children that ended included."""
    ticks = sum(sum(int(field) for field in _stat(pid)[11:15]) for pid in _family(pids))
    return ticks / os.sysconf("SC_CLK_TCK")


def _memory(pids: Sequence[int]) -> int:
    """Bytes; what processes share counts once."""
    total = 0
    for pid in _family(pids):
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        line = next((row for row in text.splitlines() if row.startswith("Pss:")), "Pss: 0")
        total += 1024 * int(line.split()[1])
    return total
