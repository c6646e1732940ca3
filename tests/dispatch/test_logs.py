"""What is written down of a run, and that nothing of a person is in it."""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.dispatch import logs
from console.dispatch.logs import KEPT, Logs, Word, crashes, files, report
from tests.shared import ROOT

PERSON = "Ida Müllerová"


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Logs]:
    begun = Logs.begin(tmp_path / "logs", "1")
    yield begun
    begun.close()


def lines(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "run-1.log").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def failing(name: str) -> None:
    try:
        dict[str, str]()[name]
    except KeyError as error:
        raise ValueError(f"no such driver: {name}") from error


def test_events_are_lines_with_numbers_and_our_own_words(run: Logs) -> None:
    log = logging.getLogger("console.test")
    log.info("imported %d orders of %s by %s", 12, PERSON, Word("move_stops.1"))
    (told,) = lines(run.folder)
    assert told["event"] == "imported %d orders of %s by %s"
    assert told["values"] == [12, "(text)", "move_stops.1"]
    assert (told["level"], told["logger"]) == ("INFO", "console.test")
    assert str(told["where"]).startswith("test_logs:")
    assert str(told["at"]).endswith("+00:00")


def test_an_error_is_its_kind_and_its_way(run: Logs) -> None:
    try:
        failing(PERSON)
    except ValueError as error:
        logging.getLogger("console").warning("unexpected", exc_info=error)
    (told,) = lines(run.folder)
    outer, inner = told["error"]
    assert (outer["kind"], inner["kind"]) == ("ValueError", "KeyError")
    assert outer["frames"][-1].endswith(" failing")
    assert PERSON not in (run.folder / "run-1.log").read_text("utf-8")


def test_libraries_may_say_nothing(run: Logs) -> None:
    logging.getLogger("urllib3").warning(f"asked for {PERSON}")  # noqa: G004 - as libraries do
    (told,) = lines(run.folder)
    assert told["event"] == "(text)"
    assert told["logger"] == "urllib3"


def test_a_report_for_others_says_where_and_not_whom() -> None:
    with pytest.raises(ValueError, match="no such driver") as caught:
        failing(PERSON)
    told = report(caught.value)
    assert "ValueError" in told
    assert "It came from KeyError" in told
    assert "test_logs.py" in told
    assert PERSON not in told


def test_an_error_that_came_from_itself_ends() -> None:
    one, other = ValueError(), KeyError()
    one.__context__, other.__context__ = other, one
    assert [type(each) for each in logs.causes(one)] == [ValueError, KeyError]


def test_files_rotate_and_old_ones_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LARGEST", 2_000)
    for number in range(3 * KEPT):
        begun = Logs.begin(tmp_path, str(number))
        logging.getLogger("console").warning("a line")
        begun.close()
    assert len(files(tmp_path)) <= 2 * KEPT + 2
    begun = Logs.begin(tmp_path, "long")
    for _ in range(50):
        logging.getLogger("console").warning("a line")
    begun.close()
    long = [file for file in files(tmp_path) if file.name.startswith("run-long")]
    assert {file.name for file in long} == {"run-long.log", "run-long.log.1"}
    assert all(file.stat().st_size <= 2_000 for file in long)


def test_an_orderly_end_leaves_no_crash(tmp_path: Path) -> None:
    Logs.begin(tmp_path, "1").close()
    assert crashes(tmp_path) == []
    assert [file.name for file in files(tmp_path)] == ["run-1.log"]


DIES = """
import sys
from pathlib import Path
from console.dispatch.logs import Logs
Logs.begin(Path(sys.argv[1]), "dead")
import ctypes
ctypes.string_at(0)
"""


def test_a_crash_in_native_code_is_written_down(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", DIES, str(tmp_path)], cwd=ROOT, capture_output=True, check=False
    )
    assert ended.returncode < 0
    (crash,) = crashes(tmp_path)
    assert "Segmentation fault" in crash.read_text("utf-8")
    assert "string_at" in crash.read_text("utf-8")
