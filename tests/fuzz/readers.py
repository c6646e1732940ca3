"""Everything that reads what others wrote: bytes in, the house's own errors or nothing out.

A reader may raise ``ConsoleError`` (whose sentence is checked) and ``Rejected``; anything else, a
process that dies, memory without bound or an answer that does not come is a finding.
"""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from console import settings
from console.dispatch.mappings import read_back
from console.dispatch.startplan import read_start
from console.dispatch.vroommaking import EPOCH, Making, spots_of, tasks_of, travel_of
from console.dispatch.vroomwork import called
from console.domain.errors import ConsoleError, Rejected
from console.domain.fleet import DepotId, DriverId, VehicleId
from console.domain.places import PlaceId
from console.domain.plan import Plan, RouteId
from console.geo import addresses, clipping, pointers
from console.geo.extract import survey
from console.intake import read_pasted
from console.intake.archives import check_archive
from console.intake.fleet import fleet_of, fleet_recogniser
from console.intake.mapping import look, orders_by
from console.intake.orders import order_recogniser, orders_of
from console.intake.reader import table_of
from console.intake.vroom import problem_of
from console.storage import codec, fleet, orders, traffic
from console.storage.journal import row_of
from tests.fuzz import corpora
from tests.intake.samples import accounted
from tests.storage.plans import one_of_each, rows_of

DAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Reader:
    """How to read bytes, what to begin with, and the words that mean something there."""

    read: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]
    words: tuple[str, ...] = ()
    longest: int = 4096
    """Bytes of an input; how well the fuzzer can think."""


def guarded(reader: Reader, data: bytes) -> None:
    """Read; whatever is not the house's own error passes through."""
    try:
        reader.read(data)
    except ConsoleError as error:
        if not error.message.strip().endswith((".", "?", "!")):
            raise AssertionError(f"no sentence: {error.message}") from error
    except Rejected:
        pass


# -- lists -----------------------------------------------------------------------------------------


def _order_list(data: bytes) -> None:
    report = orders_of(table_of("orders.csv", data, order_recogniser().score), {})
    assert accounted(report)


def _fleet_list(data: bytes) -> None:
    assert accounted(fleet_of(table_of("fleet.csv", data, fleet_recogniser().score), {}))


def _taught(data: bytes) -> None:
    """A list that is taught, by a mapping that was kept; both are hostile."""
    told, _, content = data.partition(b"\n\n")
    mapping = read_back(told.decode("utf-8", "replace"))
    sample = look(_file("taught.csv", content))
    for header in range(min(2, len(sample.table.rows))):
        sample.at(header)
    if mapping is not None:
        orders_by(sample, mapping, DAY)


def _pasted(data: bytes) -> None:
    read_pasted(data.decode("utf-8", "surrogateescape"))


def _book(data: bytes) -> None:
    """Parts become an archive, so that no checksum hides the reader from the fuzzer.

    Only what is read in the console's own process: the rest is read in one that may be lost.
    """
    content = data if data.startswith(b"PK") else corpora.zipped(data)
    if not check_archive("book.xlsx", content):
        return
    table = table_of("book.xlsx", content, order_recogniser().score)
    assert accounted(orders_of(table, {}))


# -- plans and problems ----------------------------------------------------------------------------


def _problem(data: bytes) -> None:
    """As ``take_in_problem`` does, without registers."""
    problem = problem_of("problem.json", data)
    spots = list(dict.fromkeys(spots_of(problem)))
    places = {spot: PlaceId(f"p{i}") for i, spot in enumerate(spots)}
    crews = {v.id: (DriverId(str(v.id)), VehicleId(str(v.id))) for v in problem.vehicles}
    base = EPOCH if problem.is_dated else datetime(2026, 11, 23, tzinfo=UTC)
    made = Making(problem, base, places, crews, DepotId("d"))
    called(problem.vehicles)
    assert len(list(made.orders())) == len(list(tasks_of(problem)))
    for vehicle in problem.vehicles:
        made.shift(vehicle)
    list(made.assumed)
    made.names({v.id: RouteId(str(v.id)) for v in problem.vehicles})
    if problem.matrices:
        travel_of(problem, places)


def _plan_file(data: bytes) -> None:
    read_start(_file("plan.json", data))


# -- what is kept ----------------------------------------------------------------------------------


@cache
def _a_plan() -> Plan:
    return rows_of(one_of_each())[1]


def _journal(data: bytes) -> None:
    """A row as a colleague's console might have written it: kind, command and patch."""
    kind, _, rest = data.partition(b"\n")
    command, _, patch = rest.partition(b"\n")
    found = codec.decode_command(kind.decode("utf-8", "replace"), command)
    if found is not None:
        codec.encode_command(found)
        found.names(_a_plan())
    read = codec.decode_patch(patch)
    assert codec.decode_outline(patch) == read.outline
    plan = read.apply(_a_plan())
    assert codec.decode_plan(codec.encode_plan(plan)) == plan


def _packed(data: bytes) -> None:
    """A row whose bytes are compressed, or claim to be."""
    texts = dict.fromkeys(("stream", "command_id", "kind", "actor", "origin", "hash"), "x")
    row_of({**texts, "version": 1, "at": "", "packed": True, "command": data, "patch": data})


def _snapshot(data: bytes) -> None:
    codec.decode_plan(data)


def _registers(data: bytes) -> None:
    """Values of registers as another version, or another hand, left them."""
    which, value = data[:1], data[1:].decode("utf-8", "replace")
    if which == b"t":
        kept = traffic.decoded(value)
        kept.on(DAY, ZoneInfo("Europe/Vaduz"))
    elif which == b"o":
        orders.decoded(value)
    else:
        fleet.decoded(value)


# -- what this machine sets ------------------------------------------------------------------------


def _settings(data: bytes) -> None:
    """ValueError is what ``settings.load`` answers; its sentence names the file."""
    file = _file("doorstep.toml", data)
    try:
        found = settings.load({"DOORSTEP_HOME": str(file.parent)})
    except ValueError as error:
        assert "doorstep.toml" in str(error), error  # noqa: PT017 - one of two good outcomes
    else:
        assert 0 <= found.cores <= settings.MOST_CORES


def _pointer(data: bytes) -> None:
    """A region's ``region.json``."""
    file = _file(f"r/{pointers.POINTER}", data)
    (file.parent / "0123456789abcdef").mkdir(exist_ok=True)
    found = pointers.region(file.parent)
    if found is not None:
        south, west, north, east = found.bounds
        assert south <= north
        assert west <= east


def _extract(data: bytes) -> None:
    """As the children of a region's build do; what they raise comes back as a sentence."""
    file = _file("x.osm.pbf", corpora.framed(data))
    folder = file.parent
    try:
        if survey(str(file), str(folder / "sorted.osm.pbf"), _untold).roads:
            clipping.clip(str(file), str(folder / "part.osm.pbf"), "47.0,15.0,3", _untold)
            addresses.build(str(file), str(folder / "addresses.sqlite"), _untold)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - ``children`` makes a sentence of it
        return
    finally:
        for made in ("sorted.osm.pbf", "part.osm.pbf", "addresses.sqlite"):
            (folder / made).unlink(missing_ok=True)


def _untold(_share: float) -> None:
    pass


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """In memory where there is such a place: the fuzzer writes thousands of files."""
    root = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    return tempfile.TemporaryDirectory(prefix="doorstep-fuzz-", dir=root)


def _file(name: str, content: bytes) -> Path:
    path = Path(_folder().name) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


_JSON = ("[", "]", "{", "}", "null", "true", "-1", "1e308", "1e999", "NaN", "9" * 30, '""')
_CELLS = ('"', ",", ";", "\t", "\r\n", "\x00", "=1+1", "1,234.5", "24:00", "nan", "\ufeff", "٣")

READERS = {
    "orders": Reader(_order_list, corpora.order_lists, _CELLS),
    "fleet": Reader(_fleet_list, corpora.fleet_lists, _CELLS),
    "taught": Reader(_taught, corpora.taught_lists, (*_CELLS, *_JSON)),
    "pasted": Reader(_pasted, corpora.pasted, _CELLS),
    "workbook": Reader(_book, corpora.books, corpora.SHEET_WORDS, 20_000),
    "vroom": Reader(_problem, corpora.problems, (*_JSON, *corpora.VROOM_WORDS)),
    "plan": Reader(_plan_file, corpora.plan_files, (*_JSON, *corpora.PLAN_WORDS)),
    "journal": Reader(_journal, corpora.journal_rows, (*_JSON, "2026-11-23T08:00:00Z", "PT4M")),
    "packed": Reader(_packed, corpora.packed_rows),
    "snapshot": Reader(_snapshot, corpora.snapshots, _JSON, 20_000),
    "registers": Reader(_registers, corpora.register_rows, (*_JSON, "24:00", "2026-02-30")),
    "settings": Reader(_settings, corpora.settings_files, corpora.SETTINGS_WORDS),
    "region": Reader(_pointer, corpora.pointers, _JSON),
    "extract": Reader(_extract, corpora.extracts, (corpora.BLOCK.decode(),), 20_000),
}
