"""Route sheets as a printer gets them: one per driver, every letter of Europe on them."""

from pathlib import Path

import pytest
from PySide6.QtPdf import QPdfDocument
from pytestqt.qtbot import QtBot

from console.dispatch.picture import Picture
from console.domain.errors import ConsoleError
from console.domain.plan import Plan
from console.gateway.sheets import BOLD, FONT, PdfSheets
from console.settings import bundled
from tests.dispatch.prints import HARD, picture


def pages(path: Path) -> list[str]:
    document = QPdfDocument()
    assert document.load(str(path)) is QPdfDocument.Error.None_
    return [document.getAllText(i).text() for i in range(document.pageCount())]


@pytest.fixture
def printed(qtbot: QtBot, tmp_path: Path) -> list[str]:
    path = tmp_path / "sheets.pdf"
    assert PdfSheets().write(picture(), path) == 2
    return pages(path)


def test_one_page_a_driver_by_number(printed: list[str]) -> None:
    assert len(printed) == 2
    assert "1 · Driver A & co · FL 1" in printed[0]
    assert "2 · Driver B & co · FL 2" in printed[1]


def test_what_the_driver_needs_is_on_it(printed: list[str]) -> None:
    page = " ".join(printed[1].split())
    drawn = picture()
    schedule = next(s for s in drawn.schedules.values() if len(s.visits) == 3)
    assert "Mon 23 Nov 2026" in page
    assert f"leaves {drawn.clock(schedule.start)}" in page
    assert "3 stops" in page
    assert "10:00 to 11:00" in page  # nine to ten in UTC
    assert "cold" in page
    assert "ring <twice> & wait" in page
    assert "+423 1" in page


def test_every_letter_is_printed(printed: list[str]) -> None:
    flat = " ".join(printed[0].split())
    for word in (*HARD.split(), "Zoë", "Krüger", "Åse"):
        assert word in flat
    assert "\ufffd" not in flat


def test_a_long_day_goes_on_overleaf(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    assert PdfSheets().write(picture(notes="note " * 400), path) == 2
    told = pages(path)
    assert len(told) > 2
    assert sum("Recipient" in page for page in told) == len(told)  # the heading is repeated


def test_a_note_longer_than_a_page_is_no_crash(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "endless.pdf"
    assert PdfSheets().write(picture(notes="word " * 4000), path) == 2
    assert len(pages(path)) > 2


def test_nothing_to_print(tmp_path: Path) -> None:
    with pytest.raises(ConsoleError, match="no route to print") as caught:
        PdfSheets().write(Picture(plan=Plan()), tmp_path / "x.pdf")
    assert caught.value.remedy
    assert not (tmp_path / "x.pdf").exists()


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no" / "folder.pdf", Path("/dev/full")):
        with pytest.raises(ConsoleError, match="could not be written") as caught:
            PdfSheets().write(picture(), path)
        assert caught.value.remedy


def test_fonts_stand_beside_their_licence() -> None:
    assert (bundled("resources/fonts") / "LICENSE").is_file()
    for name in (FONT, BOLD):
        assert bundled(f"resources/fonts/{name}.ttf").is_file()
