import pytest

from console.domain.errors import ConsoleError
from console.intake.orders import order_recogniser
from console.intake.rows import Row
from console.intake.text import MAX_DAMAGED, read_text
from tests.intake.samples import failure


def read(text: str) -> list[Row]:
    return read_text("orders.csv", text, order_recogniser().score)[0]


def cells(text: str) -> list[tuple[str, ...]]:
    return [row.cells for row in read(text)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_delimiter(delimiter: str) -> None:
    rows = [["order_id", "street", "notes"], ["1", "Weg, 1; a|b", "x\ty"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert cells(text) == [tuple(row) for row in rows]


def test_the_delimiter_is_the_one_under_which_there_is_a_header() -> None:
    text = "Orders, of today, for, all\norder_id;street;notes\n1;Weg 1, 2, 3, 4;a, b\n"
    assert cells(text)[1] == ("order_id", "street", "notes")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end(end: str) -> None:
    rows = read(end.join(["order_id,street", "1,Weg 1", "", ' ,"" ', "2,Weg 2"]))
    assert [row.number for row in rows] == [1, 2, 5]
    assert rows[-1].cells == ("2", "Weg 2")


def test_a_record_with_line_breaks_counts_its_lines() -> None:
    rows = read('order_id,notes\n1,"a\r\nb\n\nc ""d"""\n2,x\n')
    assert [(row.number, row.cells) for row in rows] == [
        (1, ("order_id", "notes")),
        (2, ("1", 'a\r\nb\n\nc "d"')),
        (6, ("2", "x")),
    ]


def test_other_separators_of_unicode_end_no_line() -> None:
    assert cells("order_id,street\n1,a\u2028b\x0bc\x85d\n")[1] == ("1", "a\u2028b\x0bc\x85d")


def test_a_mark_that_is_never_closed_costs_one_row() -> None:
    text = 'order_id,street\n1,Weg 1\n2,"Weg 2\n3,Weg 3\n4,Weg 4\n'
    rows = read(text)
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert [bool(row.damage) for row in rows] == [False, False, True, False, False]
    assert rows[2].cells == ("2", "Weg 2")


def test_a_mark_that_a_later_row_would_close_costs_one_row() -> None:
    text = 'order_id,street\n1,"Weg 1\n2,Weg 2\n3,"Weg 3, back"\n4,Weg 4\n'
    rows = read(text)
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert [bool(row.damage) for row in rows] == [False, True, False, False, False]
    assert rows[3].cells == ("3", "Weg 3, back")


def test_marks_inside_a_cell_are_text() -> None:
    assert cells('order_id,street\n1,5" pipe\n2,"a"b\n')[1:] == [("1", '5" pipe'), ("2", "ab")]


def test_too_many_damaged_lines_end_it() -> None:
    with pytest.raises(ConsoleError) as caught:
        read("order_id,street\n" + 'x,"a\nb,c"d\n' * 2 * MAX_DAMAGED)
    assert "damaged" in failure(caught.value)


def test_a_wide_line_is_damaged_and_a_tail_of_empty_cells_is_not() -> None:
    rows = read("order_id,street\n" + "x," * 5000 + "x\n" + "1,Weg" + "," * 5000 + "\n")
    assert [bool(row.damage) for row in rows] == [False, True, False]
    assert max(len(row.cells) for row in rows) <= 1000


def test_one_endless_line_is_quick_and_small() -> None:
    for text in ("x" * 3_000_000, "x," * 1_500_000, '"' + "x" * 3_000_000, '"x",' * 750_000):
        assert all(row.damage for row in read(text))


def test_more_rows_than_a_day_can_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.intake.text.MAX_ROWS", 10)
    with pytest.raises(ConsoleError, match="more than 10 rows"):
        read("order_id,street\n" + "1,Weg\n" * 10)
