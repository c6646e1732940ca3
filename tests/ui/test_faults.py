"""Errors nobody expected: told once for each place, with a report that names nobody."""

import asyncio
import threading

import pytest

from console.ui.faults import Faults

PERSON = "Ida Müllerová"


@pytest.fixture
def told(qtbot, monkeypatch):
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr("threading.excepthook", None)
    found = []
    faults = Faults(lambda summary, report: found.append((summary, report)))
    loop = asyncio.new_event_loop()
    faults.install(loop)
    yield faults, found, loop
    loop.close()


def broken() -> BaseException:
    try:
        dict[str, str]()[PERSON]
    except KeyError as error:
        return error
    raise AssertionError


def test_each_place_is_told_once(told, caplog):
    faults, found, _ = told
    for _ in range(3):
        faults.report(broken())
    ((summary, report),) = found
    assert PERSON in summary
    assert PERSON not in report
    assert "test_faults.py" in report
    assert [record.message for record in caplog.records] == ["unexpected"] * 3
    caplog.clear()


def test_threads_and_the_loop_are_listened_to(qtbot, told, caplog):
    _, found, loop = told
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(found) == 1)
    loop.call_exception_handler({"exception": ValueError("x"), "message": "y"})
    loop.call_exception_handler({"message": "only words"})
    assert [summary.split(":")[0] for summary, _ in found] == ["ZeroDivisionError", "ValueError"]
    assert caplog.records[-1].getMessage() == "the loop is not well: only words"
    caplog.clear()
