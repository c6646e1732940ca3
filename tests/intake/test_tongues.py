"""What files are said to hold, in the language of whoever reads it."""

import pickle
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest

from console import formats, wording
from console.domain.errors import ConsoleError
from console.domain.load import Capacity
from console.domain.orders import OrderEntry
from console.intake import (
    Assumption,
    Column,
    FleetReport,
    MissingColumns,
    Notice,
    OrderReport,
    RecurringReport,
    Reject,
    check_fleet,
    check_order,
    check_recurring,
    check_skills,
    edited,
    read_fleet,
    read_orders,
    too_heavy,
)
from console.intake.columns import named
from console.intake.header import Recogniser
from console.tongues import Phrase, Tongue, aside, phrase, phrases, together
from tests.tongues import pseudo
from tests.tongues.catalogue import VOCABULARIES

GERMAN = Tongue.of("de")
BAD_ORDERS = """order_id;street;postcode;city;pieces;weight_kg;volume_m3;service_minutes;\
window_from;window_to;ready_at;deadline;soft_to;late_price;priority;order_type;pickup;people;lat;lon;skills
1;Gate 1;1234;Ort;x;-3;5 stone;999;25:00;12:00;;;;;sehr;;;;;;
2;Gate 2;12345;Ort;2.5;1e9;;0:05;13:00;12:00;;;;;;egal;2;99;95;9;
2;Gate 2;12345;Ort;;;;;2026-11-24;12:00;14:00;;;;;;;;0;0;
4;;;;;;;;10:00;12:00;;08:00;;;;;;;47.1;;
5;Gate 5;12345;Ort;;;;;10:00;12:00;13:00;09:00;;;;;;;north;9;
6;Gate 6;12345;Ort;;;;;10:00;12:00;;;13:00;2;;;;;;;
7;Gate 7;12345;Ort;1;3;;;2026-11-24 10:00;12:00;;;11:00;;;;;;;;
8;Gate 8;12345;Ort;1;3;;;2026-11-24T10:00Z;12:00;;;;3;hoch;;;0;;;
9;Gate 9;12345;Ort;1;3;1;2;;;;;;;;;;;;;;;;too many
1.2E+12;Gate 10;12345;Ort;1;3;1;2;;;;;;;;;;;;;
;Gate 11;12345;Ort;1;3;1;2;;;;;;;;;;;;;
11;"Gate 12;12345
"""
BAD_FLEET = """driver,vehicle,depot_address,depot_city,shift_start,shift_end,break_minutes,\
break_from,break_to,capacity_kg,weekdays,language,emission_class,reloads,chargers,charge_minutes,end_address,\
profile,hazmat,absences,skills,skill_ends,fixed_start,cost_per_km
Ana,V1,Gate 1,Ort,08:00,16:00,,,,10,,,,,,,Gate 9,,,,,,,1
Bo,V1,Gate 1,Ort,09:00,16:00,30,12:00,11:00,0,Xday,xx,euro9,3,,20,,bike,yes,heute,adr,lift 2027,mal,
Bo,,Gate 1,Ort,16:00,08:00,,,,,,,,,,,,,,,,,,
Cy,V2,Gate 1,Ort,08:00,16:00,60,12:00,12:30,,,,,2,S1,,,,,,,,,
Di,V3,Gate 1,Ort,,16:00,,,,,,,,,,,,,,,,,,
,V4,,,08:00,16:00,30,20:00,21:00,,,,,,,,,,,,,,,
Ed,V1,Gate 1,Ort,10:00,12:00,10,,,,,,,,,,,,,,,,,
"""
BAD_RECURRING = (
    {"order_id": "1", "street": "Gate 1", "weekdays": "Xday", "weeks": "2"},
    {"order_id": "2", "street": "Gate 1", "starts": "soon", "skipped": "never"},
    {"order_id": "3", "street": "Gate 1", "starts": "2026-12-02", "ends": "2026-12-01"},
)


def sentences(report: OrderReport | FleetReport | RecurringReport) -> Iterator[str]:
    """All that a report says."""
    told: list[Reject | Assumption | Notice] = [*report.rejects]
    if not isinstance(report, RecurringReport):
        told += report.assumptions
    if isinstance(report, FleetReport):
        told += report.notices
    for each in told:
        yield each.problem if isinstance(each, Reject) else each.sentence


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> list[OrderReport | FleetReport | RecurringReport]:
    folder: Path = tmp_path_factory.mktemp("bad")
    orders, fleet = folder / "orders.csv", folder / "fleet.csv"
    orders.write_text(BAD_ORDERS, encoding="cp1252")
    fleet.write_text(BAD_FLEET, encoding="utf-8")
    return [read_orders(orders), read_fleet(fleet), check_recurring(BAD_RECURRING)]


def test_every_sentence_is_one_of_the_catalogue(reports):
    """In a language nobody speaks, whatever is English was never sent through the catalogue."""
    with aside(pseudo.tongue("of nobody")):
        said = [told for report in reports for told in sentences(report)]
    assert len(said) > 30
    assert [told for told in said if not (told.startswith("[") and told.endswith("]"))] == []


def test_a_reader_of_german_meets_no_english(reports):
    english = [told for report in reports for told in sentences(report)]
    with aside(GERMAN):
        german = [told for report in reports for told in sentences(report)]
    assert len(german) == len(english)
    assert not {*german} & {*english}
    words = {word.strip(".,:;").casefold() for told in german for word in told.split()}
    assert not words & {"the", "is", "row", "rows", "write", "assumed", "correct", "with", "and"}
    assert "Die Zeile hat keine Auftragsnummer: ihr eine geben." in german


def test_figures_and_hours_are_written_as_the_reader_writes_them():
    reject = check_order({"order_id": "1", "street": "Gate 1", "weight_kg": "200000"})
    assert isinstance(reject, Reject)
    before = formats.present()
    formats.use(formats.Formats(clock=formats.Clock.H12, marks=formats.Marks.COMMA))
    try:
        with aside(GERMAN):
            assert "mehr als 100.000 kg" in reject.problem
        late = phrase("The {soft}", soft=formats.Moment(time(14, 5)))
        assert str(late) == "The 2:05 pm"
        assert str(formats.Figure(0.5)) == "0,5"
        assert str(formats.Figure(-2.5, 2)) == "-2,50"
        assert "2026" in str(formats.Day(date(2026, 11, 24)))
    finally:
        formats.use(before)


def test_what_is_said_later_crosses_processes_and_is_equal_where_it_says_the_same(reports):
    for report in reports:
        assert pickle.loads(pickle.dumps(report)) == report
    assert phrase("No {label}", label=phrase("weight")) == phrase(
        "No {label}", label=phrase("weight")
    )
    assert len({phrase("No {label}", label=1), phrase("No {label}", label=1)}) == 1


def test_counts_and_lists_take_the_forms_of_the_language():
    one, two = (phrases("{n} order", "{n} orders", n, n=n) for n in (1, 2))
    assert str(together((one, two, "x"), ", ")) == "1 order, 2 orders, x"
    with aside(GERMAN):
        assert str(together((one, two, "x"), ", ")) == "1 Auftrag, 2 Aufträge, x"
    assert isinstance(together((one,)), Phrase)


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda each: each.what)
def test_a_column_as_it_is_called_in_german_is_read_as_that_column(vocabulary):
    recogniser = Recogniser(vocabulary)
    with aside(GERMAN):
        called = {field: str(named(field)) for field in vocabulary.titles}
    found = {field: recogniser.meaning(title) for field, title in called.items()}
    assert {f: called[f] for f, meaning in found.items() if not meaning or meaning.field != f} == {}


def test_a_column_keeps_its_own_name_in_english_and_where_nobody_knows_it():
    assert str(Column("weight_kg")) == "weight_kg"
    with aside(GERMAN):
        assert str(Column("weight_kg")) == "Gewicht"
        assert str(Column("colour")) == "colour"


@pytest.mark.parametrize("tongue", [Tongue(), GERMAN], ids=["en", "de"])
def test_what_a_cell_says_in_either_language_is_understood(tongue):
    entry = check_order({"order_id": "1", "street": "Gate 1"})
    assert isinstance(entry, OrderEntry)
    with aside(tongue):
        words = {key: wording.priority_word(key) for key in wording.PRIORITY_WORDS}
        days = ", ".join(formats.weekday(day) for day in range(7))
    for key, word in words.items():
        made = edited(entry, "priority", word)
        assert isinstance(made, OrderEntry)
        assert made.priority == key
    row = {"driver": "Ana", "shift_start": "08:00", "shift_end": "16:00", "depot_address": "Gate 1"}
    (driver,) = check_fleet("fleet", [{**row, "weekdays": days}]).entries
    assert driver.weekdays == tuple(range(7))


def test_notices_and_whole_files_are_told_in_german(tmp_path):
    entry = check_order({"order_id": "1", "street": "Gate 1", "skills": "adr", "weight_kg": "900"})
    assert isinstance(entry, OrderEntry)
    empty, odd = tmp_path / "empty.csv", tmp_path / "odd.csv"
    empty.write_text(" \n", encoding="utf-8")
    odd.write_text("order_id,city,colour\n1,Ort,red\n", encoding="utf-8")
    with aside(GERMAN):
        (skill,) = check_skills([entry], ())
        (heavy,) = too_heavy([entry], [Capacity(kg=800)])
        assert "„adr“" in skill.sentence
        assert "900 kg (größtes Fahrzeug 800)" in heavy.sentence
        with pytest.raises(ConsoleError, match=r"„empty\.csv“ ist leer"):
            read_orders(empty)
        with pytest.raises(MissingColumns, match="fehlt eine Spalte: „Straße“"):
            read_orders(odd)
