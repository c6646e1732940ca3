"""Who is here, on a server and beside a file: seen, gone, and never taken at a stranger's word."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from console.dispatch import presence as told
from console.dispatch.presence import MOST_BYTES, Presence, presence
from console.storage import address, postgres
from console.storage.company import FolderCompany, NoticeCompany
from tests.postgres import Server

ANA = presence("a1", "ana", "plan/south/2026-11-24", ["s1", "s2"])
BEN = presence("b1", "ben", "plan/south/2026-11-24", [])


def test_a_message_holds_what_it_can_and_counts_the_rest() -> None:
    many = presence("a1", "ana", "plan/south/2026-11-24", [f"sø{i:05}" for i in range(5000)])
    assert many.picked == 5000
    assert 300 < len(many.stops) < 5000
    assert len(many.text) < MOST_BYTES + 500
    assert told.read(many.text) == many


def test_what_is_no_message_is_none() -> None:
    for text in ("", "x", "[]", "1", "{}", "[" * 9000, ANA.text.replace('"s1"', "7")):
        assert told.read(text) is None
    assert told.read(ANA.text.replace('"a1"', '""')) is None


def test_windows_on_one_file_see_each_other(tmp_path: Path) -> None:
    ana, ben = FolderCompany(tmp_path / "here", "a1"), FolderCompany(tmp_path / "here", "b1")
    ana.tell(ANA)
    assert ana.others() == []
    ben.tell(BEN)
    assert ben.others() == [ANA]
    assert ana.others() == [BEN]
    later = presence("a1", "ana", ANA.stream, ["s3"])
    ana.tell(later)
    assert ben.others() == [later]
    ana.leave()
    assert ben.others() == []


def test_a_window_that_died_is_forgotten_by_its_file(tmp_path: Path) -> None:
    ana, ben = FolderCompany(tmp_path, "a1"), FolderCompany(tmp_path, "b1")
    ana.tell(ANA)
    ben.tell(BEN)
    assert ben.others() == [ANA]
    past = time.time() - told.GONE_S - 60
    os.utime(tmp_path / "a1", (past, past))
    assert ben.others() == []
    assert not (tmp_path / "a1").exists()


def test_a_live_window_shows_its_pulse(tmp_path: Path, monkeypatch) -> None:
    ana = FolderCompany(tmp_path, "a1")
    ana.tell(ANA)
    (tmp_path / "a1").unlink()
    ana.others()
    assert not (tmp_path / "a1").exists()  # not yet
    monkeypatch.setattr("console.storage.company.PULSE_S", 0.0)
    ana.others()
    assert (tmp_path / "a1").exists()


def test_strange_files_are_passed_over(tmp_path: Path) -> None:
    ana = FolderCompany(tmp_path, "a1")
    ana.tell(ANA)
    (tmp_path / "b1").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "c1").write_text("{", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    assert ana.others() == []


def test_a_folder_that_cannot_be_written_shows_nobody(tmp_path: Path) -> None:
    (tmp_path / "here").write_text("a file", encoding="utf-8")
    ana = FolderCompany(tmp_path / "here", "a1")
    ana.tell(ANA)
    assert ana.others() == []
    ana.leave()


def test_the_server_says_who_somebody_is() -> None:
    company, said = NoticeCompany(), list[str]()
    company.tell(ANA)
    company.speak(said.append)
    assert said == [ANA.text]
    company.speak(said.append)
    assert len(said) == 1
    company.heard(BEN.text, 7, lambda process: {7: "mallory"}[process])
    assert [each.actor for each in company.others()] == ["mallory"]
    company.speak(said.append)
    assert len(said) == 2  # she is new, and does not know of us
    company.heard(BEN.text, 7, lambda _: "")
    assert [each.actor for each in company.others()] == ["mallory"]
    company.heard(presence("b1", "ben", "", []).text, 8, lambda _: "")
    assert company.others() == []


def test_who_is_not_heard_of_is_gone(monkeypatch) -> None:
    company = NoticeCompany()
    company.heard(BEN.text, 7, lambda _: "ben")
    assert company.others() == [BEN]
    monkeypatch.setattr("console.storage.company.GONE_S", -1.0)
    assert company.others() == []
    monkeypatch.undo()
    company.lost()
    assert company.others() == []


def test_our_own_notice_and_noise_are_not_heard() -> None:
    company = NoticeCompany()
    company.tell(ANA)
    company.heard(ANA.text, 7, lambda _: "ana")
    company.heard("noise", 8, lambda _: "ben")
    assert company.others() == []


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_consoles_on_a_server_see_each_other(server: Server, shared: str) -> None:
    watches = [
        postgres.ServerWatch(address.read(server.url(shared, who))) for who in ("ana", "ben")
    ]
    ana, ben = (watch.company(o) for watch, o in zip(watches, ("a1", "b1"), strict=True))
    try:
        ana.tell(ANA)
        _until(lambda: watches[0].is_connected and watches[1].is_connected)
        ben.tell(Presence("b1", "somebody else", ANA.stream))
        _until(lambda: list(ben.others()) == [ANA] and list(ana.others()) == [BEN])
        before = watches[0].data_version()
        ben.tell(presence("b1", "ben", ANA.stream, ["s9"]))
        _until(lambda: [each.stops for each in ana.others()] == [("s9",)])
        assert watches[0].data_version() == before  # no reason to read the journal
        with psycopg.connect(server.url(shared, "vera"), autocommit=True) as stranger:
            stranger.execute("SELECT pg_notify(%s, %s)", (postgres.HERE, "noise"))
            stranger.execute("SELECT pg_notify(%s, %s)", (postgres.HERE, ANA.text))
        _until(lambda: watches[1].is_connected)
        watches[1].close()
        _until(lambda: list(ana.others()) == [])
    finally:
        for watch in watches:
            watch.close()


def test_nobody_is_here_while_the_server_is_away(server: Server, shared: str) -> None:
    watches = [
        postgres.ServerWatch(address.read(server.url(shared, who))) for who in ("ana", "ben")
    ]
    ana, ben = (watch.company("") for watch in watches)
    try:
        ana.tell(ANA)
        ben.tell(BEN)
        _until(lambda: list(ana.others()) == [BEN])
        server.control("-m", "immediate", "stop")
        _until(lambda: list(ana.others()) == [])
        server.start()
        _until(lambda: list(ana.others()) == [BEN] and list(ben.others()) == [ANA])
    finally:
        for watch in watches:
            watch.close()
