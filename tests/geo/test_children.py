import multiprocessing
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from console.domain.errors import ConsoleError
from console.geo import children, roads
from tests.geo import jobs


def run(job: Callable[..., Any], text: str = "x", stop: threading.Event | None = None) -> Any:
    return children.run(job, text, tell=lambda _: None, stop=stop or threading.Event())


def test_a_job_answers_and_tells() -> None:
    told: list[float] = []
    answer = children.run(jobs.echo, "yes", tell=told.append, stop=threading.Event())
    assert (answer, told) == ("yes", [0.5])


@pytest.mark.parametrize(
    ("job", "says", "remedy"),
    [
        (jobs.die, "ended without a word", "smaller extract"),
        (jobs.fill_the_disk, "disk is full", "Make room"),
        (jobs.fill_the_database, "disk is full", "Make room"),
        (jobs.choke, "damaged or incomplete.*EOF", "again"),
    ],
)
def test_a_failed_job_is_a_sentence(job: Callable[..., Any], says: str, remedy: str) -> None:
    with pytest.raises(ConsoleError, match=says) as caught:
        run(job)
    assert remedy in caught.value.remedy


def _wait_for(path: Path) -> int:
    while not (path.exists() and path.read_text()):
        time.sleep(0.02)
    return int(path.read_text())


def test_a_stopped_job_leaves_no_process(tmp_path: Path) -> None:
    stop = threading.Event()
    threading.Thread(target=lambda: (_wait_for(tmp_path / "pid"), stop.set())).start()
    with pytest.raises(children.Cancelled):
        run(jobs.hang, str(tmp_path / "pid"), stop)
    with pytest.raises(ProcessLookupError):
        os.kill(_wait_for(tmp_path / "pid"), 0)


def test_a_stopped_command_leaves_no_process(tmp_path: Path) -> None:
    stop = threading.Event()
    code = "import os, sys, time; print(os.getpid(), flush=True); time.sleep(600)"
    threading.Thread(target=lambda: (_wait_for(tmp_path / "log"), stop.set())).start()
    with pytest.raises(children.Cancelled):
        children.command([sys.executable, "-c", code], tmp_path / "log", stop)
    with pytest.raises(ProcessLookupError):
        os.kill(_wait_for(tmp_path / "log"), 0)


@pytest.mark.parametrize(
    ("output", "code", "says"),
    [
        ("[error] No space left on device", 1, "disk is full"),
        ("[info] x\n[error] There are no snappable edges left", 1, "no road that a car may use"),
        ("", -9, "ran out of memory"),
        ("[info] a\n[error] something odd\n[info] b", 3, r"could not be built \(something odd\)"),
        ("", 3, r"could not be built \(code 3\)"),
    ],
)
def test_what_the_road_tools_say_becomes_a_sentence(
    tmp_path: Path, output: str, code: int, says: str
) -> None:
    def run_tool(words: list[str], log: Path) -> None:
        log.write_text(output)
        raise subprocess.CalledProcessError(code, words)

    (tmp_path / "a.osm.pbf").write_bytes(b"x")
    with pytest.raises(ConsoleError, match=says) as caught:
        roads.build(tmp_path / "a.osm.pbf", tmp_path, roads.Build("car"), run_tool)
    assert caught.value.remedy
    assert not list(tmp_path.rglob("map.osm.pbf"))


def test_a_stop_counts_before_an_answer_that_is_there_already() -> None:
    ours, theirs = multiprocessing.Pipe()
    stop = threading.Event()
    stop.set()
    with ours, theirs:
        theirs.send(("result", 1))
        with pytest.raises(children.Cancelled):
            children._follow(ours, lambda _share: None, stop)
