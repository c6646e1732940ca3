"""Fleet files become fleet entries and rejects."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import time, timedelta
from functools import cache
from pathlib import Path

from console.domain.errors import ConsoleError
from console.domain.fleet import BREAK_AFTER, FleetEntry, Rates
from console.domain.load import Capacity
from console.domain.places import Address
from console.formats import Figure, Moment
from console.intake import dimensions, duties
from console.intake.columns import FLEET, named
from console.intake.duties import with_duties
from console.intake.header import Recogniser, read_header
from console.intake.reader import read_table
from console.intake.record import (
    Measure,
    Reading,
    Record,
    RowReader,
    reading_of,
    records_of,
)
from console.intake.report import FleetReport, Notice, Reject
from console.intake.roster import with_roster
from console.intake.rows import Row, Table
from console.intake.texts import shown
from console.tongues import phrase, tr

_CAPACITY, _NO_LIMIT = phrase("capacity"), phrase("no limit assumed")
PIECES = Measure("capacity_pieces", _CAPACITY, dimensions.PIECES, 1_000_000, 1, None, _NO_LIMIT)
WEIGHT = Measure("capacity_weight", _CAPACITY, dimensions.KG, 1_000_000, 0.001, None, _NO_LIMIT)
VOLUME = Measure("capacity_volume", _CAPACITY, dimensions.M3, 10_000, 0.000001, None, _NO_LIMIT)
UNITS = Measure("capacity_units", _CAPACITY, dimensions.UNITS, 1_000_000, 0.000001)
BREAK = Measure("break_minutes", phrase("break"), dimensions.MINUTES, 480, 0, 0,
                phrase("no break assumed"))  # fmt: skip
OVERTIME = Measure("max_overtime_minutes", phrase("overtime"), dimensions.MINUTES, 720, 0, 0,
                   phrase("none allowed"))  # fmt: skip
FIXED = Measure("fixed_cost", phrase("fixed cost"), dimensions.MONEY, 1_000_000)
PER_KM = Measure("cost_per_km", phrase("cost per km"), dimensions.MONEY, 10_000)
PER_HOUR = Measure("cost_per_hour", phrase("cost per hour"), dimensions.MONEY, 100_000)
RANGE = Measure("range_km", phrase("range"), dimensions.KM, 100_000, 1)
MEASURES = {
    measure.field: measure
    for measure in (
        PIECES, WEIGHT, VOLUME, UNITS, BREAK, OVERTIME, FIXED, PER_KM, PER_HOUR, RANGE,
        *duties.MEASURES,
    )
}  # fmt: skip

# Used only where a file gives no cost at all, so that routes can be told apart; always reported.
ASSUMED_RATES = Rates(fixed=0.0, per_km=0.40, per_hour=30.0)


@cache
def fleet_recogniser() -> Recogniser:
    """The one that knows fleet columns."""
    return Recogniser(FLEET)


def read_fleet(path: Path | str, *, columns: Mapping[str, str] | None = None) -> FleetReport:
    """Read a fleet file of any supported kind; one row is a driver with vehicle and shift.

    ``columns`` is the dispatcher's own mapping, our column name -> the file's title. Raises
    ``ConsoleError`` when nothing can be read or no row gives a driver.
    """
    table = read_table(Path(path), fleet_recogniser().score)
    return fleet_of(table, columns or {})


def check_fleet(name: str, rows: Sequence[Mapping[str, str]]) -> FleetReport:
    """Rows typed by hand, our own column names -> text, by the rules of fleet files.

    A row's number is its place, from 1. ConsoleError when no row gives a driver.
    """
    titles = tuple(dict.fromkeys(key for row in rows for key in row)) or ("driver", "shift_start")
    cells = [Row(n, tuple(row.get(t, "") for t in titles)) for n, row in enumerate(rows, 1)]
    return fleet_of(Table(name, (Row(0, titles), *cells), comma_is_decimal=True), {})


def fleet_of(table: Table, columns: Mapping[str, str]) -> FleetReport:
    """The same for a table that was already read."""
    header = read_header(table, fleet_recogniser(), columns)
    records = records_of(table, header)
    reading = reading_of(FLEET, header, records, MEASURES, comma_is_decimal=table.comma_is_decimal)
    entries, rejects = _read_all(records, reading)
    if not entries:
        first = " ".join(
            tr("Row {row}: {problem}", row=reject.row, problem=reject.problem)
            for reject in rejects[:3]
        )
        raise ConsoleError(
            tr("No row of “{name}” gives a driver. {first}", name=table.name, first=first),
            remedy=tr("Correct these rows."),
        )
    return FleetReport(
        entries,
        rejects,
        (*table.assumptions, *reading.ledger.assumptions(len(records))),
        header.unknown,
        header.mapping,
        len(records),
        tuple(_shared_vehicles(entries)),
    )


def _read_all(
    records: list[Record], reading: Reading
) -> tuple[tuple[FleetEntry, ...], tuple[Reject, ...]]:
    first_rows: dict[str, int] = {}
    entries: list[FleetEntry] = []
    rejects: list[Reject] = []
    for record in records:
        row = RowReader(record, reading)
        driver = row.text("driver", 100)
        entry = None if record.damage else _entry(row, driver, first_rows)
        if entry is None or row.problems:
            rejects.append(row.reject(driver or None))
        else:
            entries.append(entry)
    return _apart(entries, rejects)


def _apart(
    entries: list[FleetEntry], rejects: list[Reject]
) -> tuple[tuple[FleetEntry, ...], tuple[Reject, ...]]:
    """Without rows that give a driver a second shift on a weekday."""
    kept, taken = list[FleetEntry](), dict[tuple[str, int], int]()
    for entry in entries:
        days = [(entry.driver.casefold(), day) for day in entry.weekdays or range(7)]
        other = next((taken[day] for day in days if day in taken), None)
        if other is None:
            kept.append(entry)
            taken.update(dict.fromkeys(days, entry.row or 0))
            continue
        problem = phrase(
            "The driver {driver} already has a shift on such a day in row {other}: "
            "give each row weekdays of its own.",
            driver=shown(entry.driver),
            other=other,
        )
        rejects.append(Reject(entry.row or 0, entry.driver, "weekdays", problem))
    return tuple(kept), tuple(sorted(rejects, key=lambda reject: reject.row))


def _entry(row: RowReader, driver: str, first_rows: dict[str, int]) -> FleetEntry | None:
    """The row's entry; worth something only if the row has no problems afterwards."""
    _check_driver(row, driver, first_rows)
    hours = _shift(row)
    overtime = row.minutes(OVERTIME)
    depot = Address(
        row.text("depot_address"),
        row.code("depot_postcode", 20),
        row.text("depot_city", 100),
        row.text("depot_country", 100),
    )
    if not row.cell("depot_address").strip():
        row.complain("depot_address", phrase("The row has no depot address: fill depot_address."))
    capacity, rates = _capacity(row), _rates(row)
    kind = row.words("vehicle_type")
    if hours is None:
        return None
    pause, pause_from, pause_to = _break(row, hours, overtime)
    entry = FleetEntry(
        driver=driver,
        vehicle=_vehicle(row, driver),
        depot=depot,
        shift_start=hours[0],
        shift_end=hours[1],
        phone=row.code("phone", 50),
        skills=row.words("skills"),
        vehicle_kind=kind[0] if kind else "van",
        capacity=capacity,
        break_time=pause,
        break_from=pause_from,
        break_to=pause_to,
        rates=rates,
        max_overtime=overtime,
        range_km=row.amount(RANGE),
        row=row.record.number,
    )
    return with_roster(row, with_duties(row, entry))


def _check_driver(row: RowReader, driver: str, first_rows: dict[str, int]) -> None:
    """A driver may have several rows where each says on which weekdays it holds."""
    if not row.cell("driver").strip():
        row.complain("driver", phrase("The row has no driver: give a name."))
    if not driver:
        return
    if row.cell("weekdays").strip():
        return  # checked when all rows are read
    first = first_rows.setdefault(driver.casefold(), row.record.number)
    if first != row.record.number:
        row.complain(
            "driver",
            phrase(
                "The driver {driver} is already in row {first}: "
                "give this one another name, or remove the row.",
                driver=shown(driver),
                first=first,
            ),
        )


def _shift(row: RowReader) -> tuple[time, time] | None:
    start = row.time("shift_start")
    end = row.time("shift_end", is_end=True)
    for name, found in (("shift_start", start), ("shift_end", end)):
        if found is None and not row.cell(name).strip():
            row.complain(
                name, phrase("The row has no {name}: write a time like 08:00.", name=named(name))
            )
    if start is None or end is None:
        return None
    if end <= start:
        row.complain(
            "shift_end",
            phrase(
                "The shift ends at {end}, not after its start at {start}: correct the "
                "times. A shift past midnight has to end at 24:00 and go on as one of the next "
                "day.",
                end=Moment(end),
                start=Moment(start),
            ),
        )
        return None
    return start, end


def _break(
    row: RowReader, hours: tuple[time, time], overtime: timedelta
) -> tuple[timedelta, time | None, time | None]:
    """Duration and window of the break; an open end is the shift's."""
    pause = row.minutes(BREAK)
    earliest, latest = row.time("break_from"), row.time("break_to", is_end=True)
    if not pause:
        return pause, earliest, latest
    if earliest is None or latest is None:
        made = phrase("as wide as the shift")
        row.assume("break_from", "shift", phrase("No complete break window"), made)
    earliest, latest = earliest or hours[0], latest or hours[1]
    _check_break(
        row,
        pause,
        (earliest, latest),
        (_since_midnight(hours[0]), _since_midnight(hours[1]) + overtime),
    )
    return pause, earliest, latest


def _check_break(
    row: RowReader,
    pause: timedelta,
    window: tuple[time, time],
    work: tuple[timedelta, timedelta],
) -> None:
    earliest, latest = (_since_midnight(end) for end in window)
    ends = {"earliest": Moment(window[0]), "latest": Moment(window[1])}
    if latest < earliest:
        sentence = phrase(
            "The break window ends at {latest} before it starts at {earliest}: "
            "correct or swap the two times.",
            **ends,
        )
        row.complain("break_to", sentence)
    elif latest - earliest < pause:
        sentence = phrase(
            "The break of {minutes} minutes does not fit between {earliest} and {latest}: "
            "widen break_from and break_to.",
            minutes=Figure(pause / timedelta(minutes=1)),
            **ends,
        )
        row.complain("break_minutes", sentence)
    elif work[1] - work[0] > BREAK_AFTER and min(latest, work[1]) - max(earliest, work[0]) < pause:
        sentence = phrase(
            "The break between {earliest} and {latest} lies outside the shift: "
            "move break_from and break_to into it.",
            **ends,
        )
        row.complain("break_from", sentence)


def _since_midnight(moment: time) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)


def _capacity(row: RowReader) -> Capacity:
    pieces = row.whole(PIECES)
    return Capacity(pieces, row.amount(WEIGHT), row.amount(VOLUME), row.amount(UNITS))


def _rates(row: RowReader) -> Rates:
    fixed, per_km, per_hour = (row.amount(measure) for measure in (FIXED, PER_KM, PER_HOUR))
    if fixed is None and per_km is None and per_hour is None:
        made = phrase(
            "{per_km} per km and {per_hour} per hour assumed",
            per_km=Figure(ASSUMED_RATES.per_km, 2),
            per_hour=Figure(ASSUMED_RATES.per_hour, 2),
        )
        row.assume("cost_per_km", "", phrase("No cost"), made)
        return ASSUMED_RATES
    for measure, value in ((FIXED, fixed), (PER_KM, per_km), (PER_HOUR, per_hour)):
        if value is None:
            row.assume(measure.field, "0", measure.lacking, phrase("0 assumed"))
    return Rates(fixed or 0.0, per_km or 0.0, per_hour or 0.0)


def _vehicle(row: RowReader, driver: str) -> str:
    vehicle = row.code("vehicle")
    if not vehicle:
        made = phrase("one of the driver's own, under the driver's name")
        row.assume("vehicle", "", phrase("No vehicle"), made)
    return vehicle or driver


def _shared_vehicles(entries: Iterable[FleetEntry]) -> Iterable[Notice]:
    """Drivers who would need the same vehicle at the same time."""
    earlier: dict[str, list[FleetEntry]] = {}
    for entry in entries:
        for other in earlier.setdefault(entry.vehicle, []):
            if entry.shift_start < other.shift_end and other.shift_start < entry.shift_end:
                sentence = phrase(
                    "{driver} and {other} (row {row}) both have the vehicle {vehicle} at the same "
                    "time: check {column}.",
                    driver=entry.driver,
                    other=other.driver,
                    row=other.row,
                    vehicle=shown(entry.vehicle),
                    column=named("vehicle"),
                )
                yield Notice(entry.driver, entry.row, "vehicle", sentence)
        earlier[entry.vehicle].append(entry)
