"""Rows of the order table: found, sorted, grouped, and a sound model all the while."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from console.dispatch.drawing import with_risks
from console.domain.orders import Priority
from console.domain.rates import Count
from console.domain.risk import Door, Risk, Risks
from console.tongues import Tongue, aside
from console.ui.ordertable.columns import BY_KEY, COLUMNS, GROUPS, lines_of
from console.ui.ordertable.model import GROUP, Group, OrderRows
from console.ui.ordertable.query import query_of

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def rows(desk):
    made = OrderRows()
    made.tester = QAbstractItemModelTester(made, FATAL)
    made.show_picture(desk.picture)
    return made


def column(rows, key):
    at = [column.key for column in rows.columns].index(key)
    return [rows.index(row, at).data() for row in range(rows.rowCount())]


def orders(picture):
    return [order for stop in picture.plan.stops.values() for order in stop.orders]


def test_a_row_an_order_the_unassigned_first(rows, desk):
    assert rows.counts == (len(orders(desk.picture)),) * 2
    drivers = column(rows, "driver")
    waiting = len(desk.picture.plan.unassigned)
    assert drivers[:waiting] == ["unassigned"] * waiting
    assert drivers[waiting].startswith("1 ")


@pytest.mark.parametrize("key", [column.key for column in COLUMNS])
def test_every_column_sorts_both_ways(rows, desk, key):
    rows.sort_by(key, down=False)
    up = [rows.line(row).order.id for row in range(rows.rowCount())]
    values = [BY_KEY[key].value(rows.line(row)) for row in range(rows.rowCount())]
    filled = [v.casefold() if isinstance(v, str) else v for v in values if v not in ("", None)]
    assert filled == sorted(filled)
    rows.sort_by(key, down=True)
    assert sorted(up) == sorted(rows.line(r).order.id for r in range(rows.rowCount()))
    rows.sort(-1)
    assert rows.sorted_by is None


@pytest.mark.parametrize(
    "text",
    ["is:unassigned", "is:late", "is:assigned", "kg>20", "kg<=3.5", "skills:lift", "late>0",
     'street:"nørre voldgade"', "from>00:30", "priority=high", "door:8", "stop=3"],
)  # fmt: skip
def test_filters_leave_what_they_say(rows, desk, text):
    query = query_of(text)
    assert query.tests
    assert not query.words
    rows.look_for(query)
    wanted = [line for line in lines_of(desk.picture) if all(test(line) for test in query.tests)]
    assert 0 < rows.counts[0] == len(wanted) < rows.counts[1]


def test_words_are_all_looked_for(rows, desk):
    label = next(iter(desk.picture.labels.values()))
    rows.look_for(query_of(label.street.upper()))
    assert rows.counts[0]
    rows.look_for(query_of(f"{label.street} nowhere-at-all"))
    assert rows.counts[0] == 0
    rows.look_for(query_of(""))
    assert rows.counts[0] == rows.counts[1]


@pytest.mark.parametrize("text", ["kg>heavy", "mood:good", "is:blue", "a:", "12:30"])
def test_what_is_no_term_is_a_word(text):
    assert query_of(text).words == (text,)


@pytest.mark.parametrize("key", GROUPS)
def test_groups_have_heads_with_their_sums(rows, desk, key):
    rows.group_by(key)
    heads = [rows.index(row, 0).data(GROUP) for row in range(rows.rowCount())]
    groups = [head for head in heads if isinstance(head, Group)]
    assert sum(group.orders for group in groups) == rows.counts[0]
    weight = sum(order.load.kg for order in orders(desk.picture))
    assert sum(group.kg for group in groups) == pytest.approx(weight)
    assert [group.label for group in groups] == sorted(group.label for group in groups)
    first = heads.index(groups[0])
    assert rows.flags(rows.index(first, 0)) == Qt.ItemFlag.ItemIsEnabled
    assert rows.line(first) is None
    rows.group_by("")
    assert rows.rowCount() == rows.counts[0]


def test_columns_are_chosen(rows):
    rows.choose_columns(["kg", "order", "gone"])
    assert [column.key for column in rows.columns] == ["kg", "order"]
    assert rows.headerData(0, Qt.Orientation.Horizontal) == "kg"
    rows.choose_columns([])
    assert [column.key for column in rows.columns] == ["order"]


def test_a_cell_asks_for_its_change(rows, qtbot):
    at = [column.key for column in rows.columns].index("kg")
    asked = []
    rows.edited.connect(lambda lines, field, text: asked.append((lines, field, text)))
    index = rows.index(0, at)
    assert not rows.setData(index, rows.line(0).order.load.kg and index.data())  # the same
    assert rows.setData(index, " 7.5 ")
    ((lines, field, text),) = asked
    assert ([line.order.id for line in lines], field, text) == (
        [rows.line(0).order.id], "weight_kg", "7.5",
    )  # fmt: skip
    street = [column.key for column in rows.columns].index("street")
    assert not rows.flags(rows.index(0, street)) & Qt.ItemFlag.ItemIsEditable


def test_rows_are_dragged_as_stops(rows):
    mime = rows.mimeData([rows.index(0, 0), rows.index(0, 1), rows.index(2, 0)])
    assert mime.formats() == rows.mimeTypes()


def test_a_reader_hears_column_and_order(rows):
    said = rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == f"Order {rows.line(0).order.id}, order {rows.line(0).order.id}"


def test_risks_are_a_column_and_a_filter_where_they_are_known(rows, desk):
    assert "risk" not in [column.key for column in rows.columns]
    first, second = list(desk.picture.visits)[:2]
    risks = {first: Risk(6.0, 14.0, 0.06, Door()), second: Risk(1.0, 19.0, 0.06, Door())}
    rows.show_picture(with_risks(desk.picture, Risks(risks, Count(60, 1000), 1000, 40)))
    rows.choose_columns(["order", "risk"])
    assert sorted(text for text in column(rows, "risk") if text) == ["30", "5"]
    rows.look_for(query_of("is:risky"))
    assert [line.stop.id for line in shown(rows)] == [first]
    rows.look_for(query_of("risk>4"))
    assert {line.stop.id for line in shown(rows)} == {first, second}


def shown(rows):
    return [rows.line(row) for row in range(rows.rowCount())]


def test_a_priority_is_shown_found_and_typed_in_the_windows_language_and_found_in_english(rows):
    """A view that was kept in one language holds in the other one."""
    rows.sort_by("priority", down=False)
    english = column(rows, "priority")
    assert english == sorted(english, key=lambda word: Priority(word).rank)
    with aside(Tongue.of("de")):
        german = column(rows, "priority")
        assert {"high", "low"}.isdisjoint(german)
        assert german.count("hoch") == english.count("high") > 0
        for text in ("priority:high", "priority:hoch", "priority=hoch", "prioritY=HIGH"):
            rows.look_for(query_of(text))
            assert rows.counts[0] == german.count("hoch")
        rows.look_for(query_of("driver:unassigned"))
        waiting = rows.counts[0]
        rows.look_for(query_of('driver:"ohne Fahrer"'))
        assert rows.counts[0] == waiting > 0
        rows.look_for(query_of(""))
        at = [each.key for each in rows.columns].index("priority")
        assert rows.index(0, at).data(Qt.ItemDataRole.EditRole) == "hoch"


def test_a_state_is_found_by_its_english_word_in_any_language(rows, desk):
    found = BY_KEY["state"].texts
    with aside(Tongue.of("de")):
        told = {found(line) for line in lines_of(desk.picture)}
    assert all(text == plain == "" or text != plain for text, plain in told)


def test_a_column_may_be_called_by_its_title(rows):
    title = "".join(BY_KEY["late"].title.casefold().split())
    assert query_of(f"{title}>0").tests
