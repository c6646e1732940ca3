"""Whatever the bytes are: a report that accounts for every row, or a ConsoleError."""

import random
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.errors import ConsoleError
from console.intake.report import FleetReport, OrderReport
from tests.intake.samples import (
    GOOD,
    OWN,
    accounted,
    csv_of,
    failure,
    fleet,
    fleet_csv,
    orders,
    workbook,
)

quickly = settings(
    max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
Read = Callable[[bytes], OrderReport | FleetReport]

CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [*GOOD.values(), "nan", "inf", "1e308", "-1", "25:00", "1,234", "1.234,5", '"', "\x00",
         "\r", "\u2028", "\ud800", "'0123", "#REF!", "=1+1", "0", "24:00", "9" * 400, "1001.0",
         "٣", "½"]
    ),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, max_size=18), max_size=12)


def check(read: Read, content: bytes) -> None:
    try:
        report = read(content)
    except ConsoleError as error:
        assert failure(error)  # noqa: PT017 - an error is one of two good outcomes
    else:
        assert accounted(report)
        for reject in report.rejects:
            assert reject.problem.endswith(".")
            assert reject.field


def both(content: bytes) -> None:
    check(orders, content)
    check(fleet, content)


@quickly
@given(st.binary(max_size=2000))
def test_any_bytes(content: bytes) -> None:
    both(content)
    both(OWN.encode() + b"\n" + content)


@quickly
@given(
    st.text(max_size=1500), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252", "cp1251"])
)
def test_any_text(text: str, encoding: str) -> None:
    both(f"{OWN}\n{text}".encode(encoding, "replace"))


@quickly
@given(st.text(alphabet=",;\"\n\r\t =+-@éà\x00'|19.:", max_size=400))
def test_the_letters_that_matter(text: str) -> None:
    both(f"{OWN}\n{text}".encode())
    both(text.encode())


@quickly
@given(ROWS, st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_any_table(rows: list[list[str]], delimiter: str, end: str, quoted: bool) -> None:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if quoted else text

    header = OWN.replace(",", delimiter)
    lines = [header, *(delimiter.join(cell(text) for text in row) for row in rows)]
    content = end.join(lines).encode("utf-8", "surrogatepass")
    check(orders, content)


@quickly
@given(
    st.lists(
        st.dictionaries(st.sampled_from(sorted(set(GOOD) - {"order_id"})), CELLS, max_size=4),
        max_size=6,
    )
)
def test_rows_are_neither_lost_nor_doubled(rows: list[dict[str, str]]) -> None:
    full = [{"order_id": f"n{number}", **row} for number, row in enumerate(rows)]
    content = csv_of(*full).encode("utf-8", "replace")
    if not rows:
        return
    try:
        report = orders(content)
    except ConsoleError as error:
        assert "binary" in error.message  # noqa: PT017 - too many control characters
    else:
        assert accounted(report)
        assert report.rows == len(rows)


@cache
def real_files() -> tuple[bytes, ...]:
    day = csv_of(*({"order_id": f"A{number}", "notes": 'say "hi", ü'} for number in range(40)))
    rows = [line.split(",") for line in csv_of({}, {"order_id": "B"}).splitlines()]
    return (
        day.encode(),
        day.encode("utf-16"),
        day.encode("cp1252"),
        fleet_csv({}, {"driver": "Beat"}).encode(),
        workbook(rows, [["x"]]),
    )


def mutated(content: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    data = bytearray(content)
    kind = chance.randrange(5)
    if kind == 0:
        return bytes(data[: chance.randrange(len(data))])
    if kind == 1:
        at = chance.randrange(len(data))
        data[at:at] = chance.randbytes(chance.randrange(1, 50))
    elif kind == 2:
        at = chance.randrange(len(data))
        del data[at : at + chance.randrange(1, 200)]
    else:
        for _ in range(chance.choice([1, 3, 30])):
            data[chance.randrange(len(data))] = chance.choice(
                [0, 10, 34, 44, 59, 255, chance.randrange(256)]
            )
    return bytes(data)


@pytest.mark.parametrize("which", range(5))
def test_damaged_real_files(which: int) -> None:
    content = real_files()[which]
    for seed in range(60):
        both(mutated(content, seed))
