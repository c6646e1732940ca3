import pickle
from datetime import time, timedelta
from pathlib import Path

import pytest

from console.domain.errors import ConsoleError
from console.domain.load import Load
from console.domain.orders import DayWindow, OrderEntry, OrderId, Priority
from console.domain.places import Address, Coordinate
from console.intake import MissingColumns, Reject, check_order, read_orders
from tests.intake.samples import GOOD, OWN, accounted, csv_of, failure, orders
from tests.shared import shared_data


def reject(**changes: str) -> Reject:
    """The one reject of a file whose third line changes the good order."""
    report = orders(csv_of({"order_id": "ok"}, changes))
    assert accounted(report)
    assert [entry.id for entry in report.entries] == ["ok"]
    (found,) = report.rejects
    assert found.row == 3
    assert found.problem[0].isupper()
    assert found.problem.endswith(".")
    return found


def entry(**changes: str) -> OrderEntry:
    """The one entry of a file that changes the good order."""
    report = orders(csv_of(changes))
    assert report.rejects == ()
    (found,) = report.entries
    return found


def test_a_good_row() -> None:
    assert orders(csv_of({})).entries == (
        OrderEntry(
            id=OrderId("A1"),
            address=Address("Weg 1", "9490", "Vaduz"),
            recipient="Ida",
            phone="+423 1",
            email="ida@example.org",
            load=Load(2, 3.5, 0.02),
            windows=(DayWindow(time(9), time(12)),),
            service_time=timedelta(minutes=4),
            skills=("adr", "tail-lift"),
            priority=Priority.HIGH,
            notes="dog",
            row=2,
        ),
    )


@pytest.mark.parametrize(
    ("name", "count"), [("liechtenstein-250", 250), ("liechtenstein-1000", 1000)]
)
def test_the_shared_days(name: str, count: int) -> None:
    report = read_orders(shared_data(f"orders/{name}.csv"))
    assert len(report.entries) == report.rows == count
    assert report.rejects == report.assumptions == report.unknown_columns == ()
    assert list(report.mapping) == OWN.split(",")
    assert [found.row for found in report.entries] == list(range(2, count + 2))
    assert pickle.loads(pickle.dumps(report)) == report


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"order_id": ""}, "order_id", "no order number"),
        ({"order_id": "1.23E+12"}, "order_id", "lost digits"),
        ({"order_id": "x" * 101}, "order_id", "101 characters"),
        ({"order_id": "ok"}, "order_id", "already in row 2"),
        ({"street": " "}, "street", "no address"),
        ({"street": "x" * 201}, "street", "at most 200"),
        ({"notes": "x" * 2001}, "notes", "at most 2000"),
        ({"pieces": "-1"}, "pieces", "negative"),
        ({"pieces": "2.5"}, "pieces", "whole"),
        ({"pieces": "many"}, "pieces", "“many” is not a number"),
        ({"pieces": "999999999"}, "pieces", "more than 100,000 pieces"),
        ({"weight_kg": "-0.1"}, "weight_kg", "negative"),
        ({"weight_kg": "nan"}, "weight_kg", "“nan” is not a number"),
        ({"weight_kg": "inf"}, "weight_kg", "not a number"),
        ({"weight_kg": "1e308"}, "weight_kg", "more than 100,000 kg"),
        ({"weight_kg": "1e9999"}, "weight_kg", "more than 100,000 kg"),
        ({"weight_kg": "5 stone"}, "weight_kg", "unit “stone”"),
        ({"volume_m3": "x"}, "volume_m3", "m3"),
        ({"service_minutes": "-3"}, "service_minutes", "negative"),
        ({"service_minutes": "481"}, "service_minutes", "more than 480 minutes"),
        ({"service_minutes": "0:05"}, "service_minutes", "not a number of minutes"),
        ({"window_from": "25:00"}, "window_from", "“25:00” is not a time"),
        ({"window_to": "soon"}, "window_to", "“soon” is not a time"),
        ({"window_from": "13:00"}, "window_to", "ends at 12:00 before it starts at 13:00"),
        ({"priority": "1"}, "priority", "write high, normal or low"),
        ({"lat": "47.1"}, "lon", "one half"),
        ({"lat": "95", "lon": "9"}, "lat", "nowhere on the earth"),
        ({"lat": "north", "lon": "9"}, "lat", "not two numbers"),
        ({"lat": "0", "lon": "0"}, "lat", "ocean"),
        ({"skills": ";".join("x" * 50 for _ in range(30))}, "skills", "characters"),
    ],
)
def test_what_is_rejected(changes: dict[str, str], field: str, words: str) -> None:
    found = reject(**changes)
    assert found.field == field
    assert words in found.problem


def test_all_problems_of_a_row_are_in_its_one_reject() -> None:
    found = reject(pieces="-1", weight_kg="x", priority="?")
    assert found.order == "A1"
    assert found.field == "pieces"
    assert all(word in found.problem for word in ("negative", "not a number", "priority"))


def test_a_repeated_number_is_rejected_even_when_the_first_was() -> None:
    report = orders(csv_of({"pieces": "-1"}, {}, {"order_id": "B"}))
    assert [found.row for found in report.rejects] == [2, 3]
    assert "already in row 2" in report.rejects[1].problem


def test_what_is_assumed_is_said() -> None:
    blank = dict.fromkeys(("pieces", "weight_kg", "volume_m3", "service_minutes", "priority"), "")
    report = orders(csv_of(blank, {"order_id": "B"}, {"order_id": "C", "service_minutes": ""}))
    (first, _, _) = report.entries
    assert first.load == Load(1, 0, 0)
    assert first.service_time == timedelta(minutes=3)
    assert first.priority is Priority.NORMAL
    assert [(found.field, found.value, found.rows) for found in report.assumptions] == [
        ("pieces", "1", (2,)),
        ("weight_kg", "0", (2,)),
        ("volume_m3", "0", (2,)),
        ("service_minutes", "3", (2, 4)),
        ("priority", "normal", (2,)),
    ]
    assert report.assumptions[3].sentence == "No service time in 2 rows: 3 minutes assumed."
    assert report.assumptions[0].sentence == "No number of pieces in row 2: 1 piece assumed."


def test_a_file_of_two_columns_is_enough() -> None:
    report = orders(
        "Order No;Address\n1;Weg 1, 9490 Vaduz\n2;Gasse 2, LI-9494 Schaan, Liechtenstein\n"
    )
    assert [found.address for found in report.entries] == [
        Address("Weg 1", "9490", "Vaduz"),
        Address("Gasse 2", "LI-9494", "Schaan", "Liechtenstein"),
    ]
    assert "in all 2 rows" in report.assumptions[0].sentence


def test_half_open_windows() -> None:
    assert entry(window_to="").windows == (DayWindow(time(9), None),)
    assert entry(window_from="").windows == (DayWindow(None, time(12)),)
    assert entry(window_from="", window_to="").windows == ()
    assert entry(window_from="12:00").windows == (DayWindow(time(12), time(12)),)
    assert entry(window_to="24:00").windows == (DayWindow(time(9), time(23, 59)),)


def test_windows_in_one_column() -> None:
    report = orders(
        "order_id,street,time window\n1,Weg,9-12; 14:00-16:00\n2,Weg,12-9\n3,Weg,late\n4,Weg,\n"
    )
    assert report.entries[0].windows == (
        DayWindow(time(9), time(12)),
        DayWindow(time(14), time(16)),
    )
    assert [(found.row, found.field) for found in report.rejects] == [(3, "window"), (4, "window")]
    assert report.entries[1].windows == ()


def test_dates_before_times_are_said() -> None:
    report = orders(
        csv_of({"window_from": "2026-11-23 09:00", "window_to": "2026-11-23T12:00:00Z"})
    )
    assert report.entries[0].windows == (DayWindow(time(9), time(12)),)
    assert ["A date" in found.sentence for found in report.assumptions] == [True, False]
    assert "zone" in report.assumptions[1].sentence


GERMAN = """Tagesliste Depot Schaan;;;;;;;;;;
;;;;;;;;;;
Auftrags-Nr.;Empfänger;Straße;Haus-Nr.;PLZ;Ort;Stück;Gewicht (kg);Volumen [m³];von;bis;Prio;Hinweis
1001;"Müller; Söhne";Gässle;5a;1067;Dresden;2;1.234,5;0,051;9;12 Uhr;hoch;Hund
1002;Ida;Weg 7;7;80331;München;1;12,5;;0930;;;
1003;Ida;Weg;7;80332;München;1.000;1,234;;;;niedrig;
1004;Ida;Weg;7;80333;München;1;1;;;;eilig;
1005;Ida;Weg;7;80334;München;1;1;;;;;
1006;Ida;Weg;7;80335;München;1;1;;;;;
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_german_file(encoding: str) -> None:
    report = orders(GERMAN.encode(encoding))
    assert accounted(report)
    assert report.rejects == ()
    first, second, third, fourth, *_ = report.entries
    assert first.recipient == "Müller; Söhne"
    assert first.address == Address("Gässle 5a", "01067", "Dresden")
    assert first.load == Load(2, 1234.5, 0.051)
    assert first.windows == (DayWindow(time(9), time(12)),)
    assert second.address.street == "Weg 7"
    assert second.windows == (DayWindow(time(9, 30), None),)
    assert third.load == Load(1000, 1.234)
    assert [found.priority.value for found in (first, second, third, fourth)] == [
        "high", "normal", "low", "high",
    ]  # fmt: skip
    assert first.row == 4
    assert any("leading zero" in found.sentence for found in report.assumptions)


def test_french_and_danish_titles() -> None:
    french = orders(
        "N° commande,Destinataire,Adresse,Code postal,Ville,Nombre de colis,Poids (g),"
        "Créneau début,Créneau fin,Durée (s),Priorité\n"
        "1,Zoé,1 rue A,75001,Paris,2,500,9h30,12h,90,haute\n"
    )
    (found,) = french.entries
    assert found.load == Load(2, 0.5)
    assert found.windows == (DayWindow(time(9, 30), time(12)),)
    assert found.service_time == timedelta(seconds=90)
    danish = orders(
        "Ordrenr.;Modtager;Vejnavn;Husnr.;Postnr.;By;Antal;Vægt;Tidligst;Senest\n"
        "1;Åse;Nørregade;5;1165;København;3;2,5;08.30;10.00\n"
    )
    (found,) = danish.entries
    assert found.address == Address("Nørregade 5", "1165", "København")
    assert found.load == Load(3, 2.5)
    assert found.windows == (DayWindow(time(8, 30), time(10)),)
    assert any("No unit in the title “Vægt”" in said.sentence for said in danish.assumptions)


def test_units_of_titles_and_cells() -> None:
    report = orders(
        "order_id,street,weight_g,duration_seconds,volume (l)\n"
        "1,W,500,120,20\n2,W,2 kg,5 min,1 m3\n"
    )
    assert [found.load for found in report.entries] == [Load(1, 0.5, 0.02), Load(1, 2, 1)]
    assert [found.service_time.seconds for found in report.entries] == [120, 300]


def test_an_unknown_unit_is_an_unknown_column() -> None:
    report = orders("order_id,street,weight (stone)\n1,W,500\n")
    assert report.unknown_columns == ("weight (stone)",)


def test_unknown_untitled_and_second_columns_are_listed() -> None:
    report = orders("order_id,street,Colour,,Phone,Mobile,\n1,W,red,x,1,2,\n")
    assert report.unknown_columns == ("Colour", "column 4 (no title)", "Mobile")
    assert report.entries[0].phone == "1"


def test_too_many_cells_are_not_guessed_at() -> None:
    report = orders("order_id,street,city\n1,Weg 1, rear,Vaduz\n2,Weg 2,Vaduz,,,\n3,Weg 3\n")
    assert [found.row for found in report.rejects] == [2]
    assert "4 cells under 3 columns" in report.rejects[0].problem
    assert report.rejects[0].order == "1"
    assert [found.address.city for found in report.entries] == ["Vaduz", ""]


def test_rows_with_line_breaks_are_numbered_by_their_first_line() -> None:
    report = orders('order_id,street,notes\n1,W,"a\nb"\n,W,\n2,W,"c\n\nd"\n2,W,\n')
    assert [found.row for found in report.entries] == [2, 5]
    assert [found.notes for found in report.entries] == ["a\nb", "c\nd"]
    assert [found.row for found in report.rejects] == [4, 8]


def test_an_unclosed_mark_loses_nothing() -> None:
    report = orders('order_id,street\n1,W\n2,"W\n3,W\n')
    assert accounted(report)
    assert [found.id for found in report.entries] == ["1", "3"]
    assert report.rejects[0].order == "2"
    assert "never closed" in report.rejects[0].problem


def test_a_number_beside_the_street_is_the_houses() -> None:
    report = orders("sep=;\nid;Strasse;Nr.;Ort\n1;Weg;5;Vaduz\n2;Weg 6;6;Vaduz\n")
    assert [found.address.street for found in report.entries] == ["Weg 5", "Weg 6"]
    assert orders("Number,Street\n7,Weg 1\n").entries[0].id == "7"


def test_spaces_before_a_quoted_cell() -> None:
    report = orders('order_id, street, notes\n1, "Weg 1, rear", "a ""b"""\n')
    assert report.entries[0].address.street == "Weg 1, rear"
    assert report.entries[0].notes == 'a "b"'


def test_coordinates() -> None:
    report = orders(
        "order_id;street;lat;lon\n1;W;47,14;9,52\n2;;47.14;9.52\n3;W;;\n4;W;47.141;9.521\n"
    )
    assert [found.coordinate for found in report.entries] == [
        Coordinate(47.14, 9.52), Coordinate(47.14, 9.52), None, Coordinate(47.141, 9.521),
    ]  # fmt: skip
    assert report.entries[1].address.street == "47.140000, 9.520000"
    pair = orders('order_id,coordinates\n1,"47.14, 9.52"\n').entries[0]
    assert pair.coordinate == Coordinate(47.14, 9.52)


def test_control_characters_are_cleaned() -> None:
    found = entry(recipient="I\x07da\u202e", notes="a\x00\r\nb", order_id="A\u200b1")
    assert (found.recipient, found.notes, found.id) == ("Ida", "a\nb", "A1")


@pytest.mark.parametrize(
    ("code", "country", "kept"),
    [
        ("2139", "US", "02139"),
        ("6800", "AT", "6800"),
        ("1067", "", "1067"),
        ("01067", "DE", "01067"),
    ],
)
def test_zeros_lost_from_postcodes(code: str, country: str, kept: str) -> None:
    assert entry(postcode=code, country=country).address.postcode == kept


def test_a_missing_column_names_what_was_looked_for_and_found() -> None:
    with pytest.raises(MissingColumns) as caught:
        orders("Bezug,Street,City\n1,Weg,Vaduz\n")
    text = failure(caught.value)
    assert "“order_id”" in text
    assert "“auftragsnummer”" in text or "“order number”" in text
    assert "“Bezug”" in text
    assert caught.value.fields == ("order_id",)
    assert caught.value.columns == ("Bezug", "Street", "City")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (copy.message, copy.remedy, copy.fields) == (
        caught.value.message, caught.value.remedy, caught.value.fields,
    )  # fmt: skip
    assert orders("Bezug,Street,City\n1,Weg,Vaduz\n", order_id="Bezug").entries[0].id == "1"


def test_the_dispatchers_mapping_comes_first() -> None:
    report = orders("a;b;Phone;c\n1;Weg;2;3,5\n", order_id="a", street="b", weight_kg="c")
    (found,) = report.entries
    assert (found.id, found.address.street, found.phone, found.load.kg) == ("1", "Weg", "2", 3.5)


def test_an_order_typed_by_hand() -> None:
    found = check_order({**GOOD, "weight_kg": "1,5"})
    assert isinstance(found, OrderEntry)
    assert found.row is None
    assert found.load.kg == 1.5
    refused = check_order({**GOOD, "street": "", "pieces": "x"})
    assert isinstance(refused, Reject)
    assert (refused.row, refused.order, refused.field) == (0, "A1", "street")


def test_only_a_console_error_leaves(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("hello")
    with pytest.raises(ConsoleError):
        read_orders(path)
