"""Exports under a passphrase."""

from pathlib import Path

import pytest

from console.dispatch import sealed
from console.dispatch.exporting import Export, Form, export
from console.domain.errors import ConsoleError
from tests.dispatch.consoles import World, journey
from tests.dispatch.test_exporting import planned

PHRASE = "vier Wörter ganz unerwartet"


def test_what_is_sealed_opens_and_nothing_else_does(tmp_path: Path) -> None:
    data = "Ida Müllerová, Weg 1".encode() * 100
    file = sealed.write(tmp_path / "plan.csv", data, PHRASE)
    assert file == tmp_path / "plan.csv.age"
    assert [each.name for each in tmp_path.iterdir()] == ["plan.csv.age"]
    raw = file.read_bytes()
    assert raw.startswith(b"age-encryption.org/v1\n")
    assert b"Ida" not in raw
    assert sealed.unseal(raw, PHRASE) == data
    with pytest.raises(ConsoleError, match="cannot be opened"):
        sealed.unseal(raw, PHRASE + "x")
    with pytest.raises(ConsoleError, match="cannot be opened"):
        sealed.unseal(raw[:-1] + bytes([raw[-1] ^ 1]), PHRASE)


def test_a_file_is_opened_beside_it_and_overwrites_nothing(tmp_path: Path) -> None:
    file = sealed.write(tmp_path / "plan.csv", b"told", PHRASE)
    assert sealed.open_file(file, PHRASE).read_bytes() == b"told"
    with pytest.raises(ConsoleError, match="already there"):
        sealed.open_file(file, PHRASE)
    assert sealed.open_file(file, PHRASE, tmp_path / "b.csv").read_bytes() == b"told"
    with pytest.raises(ConsoleError, match="cannot be read"):
        sealed.open_file(tmp_path / "none.age", PHRASE)


def test_exports_can_be_sealed(tmp_path: Path) -> None:
    world, out = World(tmp_path), tmp_path / "out"

    @journey
    async def run() -> None:
        with world.console() as station:
            await planned(station, world)
            with pytest.raises(ConsoleError, match="guessed in no time"):
                await export(station, Export(Form.CSV, out / "a.csv", passphrase="short"))
            for form in (Form.XLSX, Form.GPX, Form.PLAN):
                wish = Export(form, out / f"{form}{form.suffix}", passphrase=PHRASE)
                files = await export(station, wish)
                assert all(file.suffix == ".age" for file in files)

    run()
    kept = sorted(out.iterdir())
    assert len(kept) == 4
    for file in kept:
        assert file.read_bytes().startswith(b"age-encryption.org/v1\n"), file.name
    book = sealed.unseal((out / "xlsx.xlsx.age").read_bytes(), PHRASE)
    assert book.startswith(b"PK")
