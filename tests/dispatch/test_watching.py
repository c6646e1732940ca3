"""New files of a watched folder, once each, and not before they are whole."""

import os
from pathlib import Path

import pytest

from console.dispatch.watching import WatchedFolder, watched_in


def put(folder: Path, name: str, text: str, stamp: int) -> Path:
    """A file with a time of its own: the clock's grain does not decide the test."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(stamp, stamp))
    return path


def test_a_file_is_ready_once_it_stays_as_it_is(tmp_path: Path) -> None:
    folder = WatchedFolder(tmp_path)
    assert folder.ready() == []
    assert not folder.is_waiting
    path = put(tmp_path, "orders.csv", "a", 1000)
    assert folder.ready() == []
    assert folder.is_waiting
    put(tmp_path, "orders.csv", "ab", 2000)  # it is still being written
    assert folder.ready() == []
    assert folder.ready() == [path]
    folder.take(path)
    assert folder.ready() == []
    assert not folder.is_waiting


def test_a_changed_file_is_new_again(tmp_path: Path) -> None:
    path = put(tmp_path, "orders.xlsx", "a", 1000)
    folder = WatchedFolder(tmp_path)
    folder.take_all()
    folder.ready()
    assert folder.ready() == []
    put(tmp_path, "orders.xlsx", "b", 2000)
    folder.ready()
    assert folder.ready() == [path]


def test_other_files_are_passed_over(tmp_path: Path) -> None:
    for name in ("a.pdf", ".hidden.csv", "~lock.csv", "plan.json"):
        put(tmp_path, name, "a", 1000)
    (tmp_path / "folder").mkdir()
    folder = WatchedFolder(tmp_path)
    folder.ready()
    assert folder.ready() == []


def test_several_come_by_name(tmp_path: Path) -> None:
    names = ["b.CSV", "a.csv", "c.ods"]
    for name in names:
        put(tmp_path, name, "a", 1000)
    folder = WatchedFolder(tmp_path)
    folder.ready()
    assert [path.name for path in folder.ready()] == ["a.csv", "b.CSV", "c.ods"]


def test_a_folder_that_has_gone(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such"):
        WatchedFolder(tmp_path / "gone").ready()
    folder = WatchedFolder(tmp_path)
    folder.take(tmp_path / "gone.csv")
    assert folder.taken == []


def test_it_is_kept_as_text(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", "a", 1000)
    folder = WatchedFolder(tmp_path)
    folder.take_all()
    kept = watched_in(folder.as_text())
    assert kept is not None
    kept.ready()
    assert (kept.path, kept.ready()) == (tmp_path, [])
    for text in ("", "{}", "[1]", '{"path": 1, "taken": []}'):
        assert watched_in(text) is None
