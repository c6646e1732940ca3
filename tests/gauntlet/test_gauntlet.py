"""A short round of every fault; and faults that must be noticed, so that the gauntlet can fail."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from console.storage import seals
from console.storage.store import Store
from tests.gauntlet import __main__, apsw_driver, consoles, flips, million, power, years
from tests.gauntlet.faults import FAULTS, ran
from tests.gauntlet.tally import Ledger, Tally, examine

STREAM = "plan/depot/1"


@pytest.mark.parametrize("name", FAULTS)
def test_nothing_is_lost(name: str, tmp_path: Path) -> None:
    tally = ran(name, range(FAULTS[name].short), tmp_path)
    assert (tally.lost, tally.silent) == (0, 0), tally.notes
    assert tally.rounds == FAULTS[name].short
    assert tally.acknowledged


def test_a_store_that_does_not_sync_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute = apsw_driver.Connection.execute

    def careless(self: Any, sql: str, parameters: Any = ()) -> Any:
        return execute(self, sql.replace("synchronous=FULL", "synchronous=OFF"), parameters)

    monkeypatch.setattr(apsw_driver.Connection, "execute", careless)
    assert power.fault(range(1, 5), tmp_path).lost  # seed 0 is before the first acknowledgement


def test_registers_without_seals_are_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seals, "broken", lambda _: [])
    assert flips.fault(range(40), tmp_path).silent


def test_a_lost_row_a_gap_and_a_changed_row_are_noticed(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    desk = consoles.desk_of(store, STREAM, "ana")
    consoles.begin(desk)
    ids = [entry.command_id for entry in desk.entries]
    fine = Tally()
    assert examine(fine, 0, (store.journal, STREAM), ids) == desk.plan
    assert (fine.acknowledged, fine.lost, fine.silent) == (2, 0, 0)
    never = Tally()
    examine(never, 0, (store.journal, STREAM), [*ids, "never saved"])
    assert never.lost == 1
    with store.database.writing() as connection:
        connection.execute(text("UPDATE entry SET actor = 'x' WHERE version = 2"))
    changed = Tally()
    examine(changed, 0, (store.journal, STREAM), ids)
    assert changed.lost == 2
    store.close()


def test_a_row_that_is_gone_is_noticed_among_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled = years.fill

    def careless(store: Store, days: range) -> int:
        rows = filled(store, days)
        with store.database.writing() as connection:
            connection.execute(text("DELETE FROM entry WHERE version = 7"))
        return rows

    monkeypatch.setattr(years, "ROWS", 40)
    monkeypatch.setattr(years, "fill", careless)
    with pytest.raises(RuntimeError, match="error of its own"):
        million.fault(range(1), tmp_path)


def test_totals_add_up_over_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = tmp_path / "ledger"
    words = ["one-stop", "--rounds", "2", "--ledger", str(ledger)]
    assert __main__.main(words) == 0
    assert __main__.main(words) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told == {
        "faults": [{"name": "one-stop", "rounds": 4, "acknowledged": 4, "lost": 0, "silent": 0}]
    }
    assert Ledger(ledger).total("one-stop").rounds == 4


def test_what_was_lost_once_stays_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = Ledger(tmp_path / "ledger")
    ledger.add("one-stop", Tally(rounds=5, acknowledged=5, lost=1))
    words = ["one-stop", "--rounds", "1", "--ledger", str(ledger.folder)]
    assert __main__.main(words) == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["faults"][0]["lost"] == 1
