"""Files that nobody knows are taught once: columns, units, dates, splitting, joined rows."""

from datetime import date, time
from pathlib import Path

import pytest

from console.domain.errors import ConsoleError
from console.intake import ColumnMap, DateOrder, MissingColumns, Source, look, orders_by
from console.intake.dates import date_of
from console.intake.mapping import fingerprint, unique

DAY = date(2026, 12, 3)
BAKERY = """Bäckerei Süß, Lieferungen;;;;;;
;;;;;;
Beleg;Wohin;Wer;Gramm;Liefertag;Wunsch;Interna
B-1;Weg 1 / 9490 / Vaduz;Meier, Ida;1500;03.12.2026;8-10;x
B-2;Weg 2 / 9490 / Vaduz;Bo;;4.12.26;;y
B-3;Weg 3 / 9490 / Vaduz;Eva;250;bald;;
B-4;;Ute;250;;;
"""
TAUGHT = ColumnMap(
    "Bakery",
    {
        "order_id": Source(("Beleg",)),
        "street": Source(("Wohin",), split="/", part=1),
        "postcode": Source(("Wohin",), split="/", part=2),
        "city": Source(("Wohin",), split="/", part=-1),
        "recipient": Source(("Wer",)),
        "weight": Source(("Gramm",), unit="g", empty="100"),
        "service_date": Source(("Liefertag",)),
        "window": Source(("Wunsch",)),
    },
)


@pytest.fixture
def bakery(tmp_path: Path) -> Path:
    path = tmp_path / "bakery.csv"
    path.write_text(BAKERY, encoding="utf-8")
    return path


def test_the_header_is_found_though_nobody_knows_its_titles(bakery: Path) -> None:
    sample = look(bakery)
    assert sample.titles[:3] == ("Beleg", "Wohin", "Wer")
    assert len(sample.rows) == 4
    assert sample.at(0).titles[0] == "Bäckerei Süß, Lieferungen"
    with pytest.raises(MissingColumns, match="order_id"):
        orders_by(sample, sample.guess)


def test_what_was_taught_is_done(bakery: Path) -> None:
    report = orders_by(look(bakery), TAUGHT, DAY)
    (entry,) = report.entries
    assert (entry.id, entry.recipient, entry.row) == ("B-1", "Meier, Ida", 4)
    assert entry.address.line == "Weg 1, 9490 Vaduz"
    assert entry.load.kg == 1.5
    assert (entry.windows[0].earliest, entry.windows[0].latest) == (time(8), time(10))
    assert [reject.row for reject in report.rejects] == [5, 6, 7]
    assert "4 Dec 2026" in report.rejects[0].problem
    assert "31/12/2026" in report.rejects[1].problem
    assert report.rejects[0].order == "B-2"
    assert report.unknown_columns == ("Interna",)
    assert report.mapping["weight_kg"] == "Gramm"
    assert (report.rows, report.layout) == (4, "Bakery")


def test_without_a_day_every_row_counts_and_empty_cells_get_their_default(bakery: Path) -> None:
    report = orders_by(look(bakery), TAUGHT)
    assert [entry.id for entry in report.entries] == ["B-1", "B-2", "B-3"]
    assert report.entries[1].load.kg == 0.1


def test_columns_are_joined(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("nr,nm1,nm2,strt\n1,Ida,Meier,Weg 1\n2,,Bo,Weg 2\n", encoding="utf-8")
    fields = {
        "order_id": Source(("nr",)),
        "street": Source(("strt",)),
        "recipient": Source(("nm2", "nm1"), glue=", "),
        "city": Source(empty="Vaduz"),
    }
    report = orders_by(look(path), ColumnMap("x", fields))
    assert [entry.recipient for entry in report.entries] == ["Meier, Ida", "Bo"]
    assert {entry.address.city for entry in report.entries} == {"Vaduz"}


def test_rows_of_one_order_become_one_with_items(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text(
        "nr;strt;what;n;kilo\n7;Weg 1;Lamp;2;1,5\n7;;Bulb;10;0,25 kg\n8;Weg 2;Desk;;\n"
        "7;Weg 1;Late;1;\n",
        encoding="utf-8",
    )
    fields = {
        "order_id": Source(("nr",)),
        "street": Source(("strt",)),
        "item": Source(("what",)),
        "pieces": Source(("n",)),
        "weight": Source(("kilo",)),
    }
    report = orders_by(look(path), ColumnMap("shop", fields, joins_lines=True))
    lamp, desk = report.entries
    assert (lamp.load.pieces, lamp.load.kg) == (12, 1.75)
    assert lamp.notes == "2 x Lamp\n10 x Bulb"
    assert desk.notes == "1 x Desk"
    assert report.joined == 1
    (late,) = report.rejects  # not next to its order: perhaps a mistake
    assert "already in row 2" in late.problem


def test_a_changed_header_asks_again(bakery: Path, tmp_path: Path) -> None:
    sample = look(bakery)
    changed = tmp_path / "changed.csv"
    changed.write_text(BAKERY.replace("Wohin", "Ziel"), encoding="utf-8")
    assert look(changed).fingerprint != sample.fingerprint
    with pytest.raises(MissingColumns, match="no column “Wohin”") as caught:
        orders_by(look(changed), TAUGHT)
    assert "Ziel" in caught.value.columns


def test_a_kept_header_is_found_below_other_rows(bakery: Path, tmp_path: Path) -> None:
    kept = look(bakery).fingerprint
    later = tmp_path / "later.csv"
    later.write_text("order_id;street;city;a;b;c;d\n" + BAKERY.replace("Beleg", "BELEG"), "utf-8")
    sample = look(later, {kept}.__contains__)
    assert sample.fingerprint == kept
    assert sample.titles[0] == "BELEG"


def test_titles_without_name_and_twins() -> None:
    assert unique(["Name", "", "Name", " "]) == ("Name", "column 2", "Name (2)", "column 4")
    assert fingerprint(["Straße", "PLZ"]) == fingerprint(["strasse", " plz "])
    assert fingerprint(["a", "b"]) != fingerprint(["b", "a"])


def test_a_known_format_is_guessed(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("order_id,street,weight (g),article\n1,Weg 1,500,Lamp\n", encoding="utf-8")
    guess = look(path).guess
    assert guess.fields["weight"] == Source(("weight (g)",), unit="g")
    assert guess.joins_lines
    assert orders_by(look(path), guess).entries[0].load.kg == 0.5


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(ConsoleError, match="empty"):
        look(path)


@pytest.mark.parametrize(
    ("text", "order", "found"),
    [
        ("03/12/2026", DateOrder.DMY, DAY),
        ("12/3/2026", DateOrder.MDY, DAY),
        ("3.12.26", DateOrder.DMY, DAY),
        ("2026-12-03T09:30:00", DateOrder.DMY, DAY),
        ("2026-12-03", DateOrder.MDY, DAY),
        ("46359", DateOrder.YMD, DAY),
        ("3 12 2026 8:00", DateOrder.DMY, DAY),
        ("13/13/2026", DateOrder.DMY, None),
        ("soon", DateOrder.DMY, None),
        ("", DateOrder.DMY, None),
    ],
)
def test_days(text: str, order: DateOrder, found: date | None) -> None:
    assert date_of(text, order) == found
