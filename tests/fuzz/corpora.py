"""What the fuzzer begins with: small, sound inputs of every kind, and their words."""

import io
import json
import zipfile
import zlib
from datetime import date, time
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from console.dispatch.registers import ShiftTemplate
from console.domain.fleet import DriverId, Rates, VehicleId
from console.domain.orders import OrderEntry, OrderId
from console.domain.places import Address, Coordinate
from console.domain.speeds import USUAL
from console.domain.traffic import Traffic
from console.domain.zones import Zone, ZoneId, ZoneKind
from console.storage import codec
from console.storage.rows import written
from tests.geo import town
from tests.intake.samples import csv_of, fleet_csv, open_document, workbook
from tests.storage.plans import one_of_each, rows_of

PART = b"\x1d"
"""Stands between the parts of an archive, and between a part's name and its content."""

BLOCK = b"\x1dblock\x1d"
"""Stands between the blocks of an extract, which hold any byte."""

SHEET_WORDS = (
    "<row ", "<c ", ' r="A2"', ' t="s"', ' t="e"', ' t="d"', "<f>", "<v>", "<is><t>", "]]>",
    "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "xl/worksheets/sheet1.xml", "externalLinks",
    'TargetMode="External"', "1E+309", "9999999999",
)  # fmt: skip
VROOM_WORDS = (
    '"jobs"', '"shipments"', '"vehicles"', '"matrices"', '"durations"', '"time_windows"',
    '"location_index"', '"capacity"', '"breaks"', '"steps"', '"service"', '"speed_factor"',
    '"time_window"', '"max_distance"', '"max_travel_time"', '"costs"',
)  # fmt: skip
PLAN_WORDS = ('"schema"', '"routes"', '"stops"', '"orders"', '"pinned"', '"unassigned"')
SETTINGS_WORDS = (
    "cores", "actor", "database", "[streets]", "[addresses]", "engine", "url", "timeout", "nan",
    "inf", "profiles", "= -1", '"""', "[[", "1979-05-27", "9999999999",
)  # fmt: skip


def order_lists() -> list[bytes]:
    """Plain, quoted, in other encodings and of other makers."""
    day = csv_of({"notes": 'say "hi", ü'}, {"order_id": "B", "window_from": "24:00"})
    return [
        day.encode(),
        day.encode("utf-16"),
        day.replace(",", ";").encode("cp1252"),
        day.replace(",", "\t").encode(),
        b"Name,Shipping Street,Shipping Zip,Lineitem name,Lineitem quantity\n#1,Weg 1,9490,Tea,2\n",
        b"order_id,street,lat,lon\n1,Weg,47.1,9.5\n2,,91,9.5\n",
    ]


def fleet_lists() -> list[bytes]:
    """The same for drivers."""
    return [
        fleet_csv({}, {"driver": "Beat", "weekdays": "Mo-Fr"}).encode(),
        b"driver;shift_start;shift_end;depot_address;reloads;chargers\nA;7;15;Weg 1;2;Weg 2\n",
    ]


def taught_lists() -> list[bytes]:
    """A mapping, an empty line, a list."""
    source = {"columns": ["no"], "glue": " ", "split": "-", "part": 1, "unit": "", "empty": ""}
    told = {"name": "m", "fields": {"order_id": source, "street": {**source, "columns": ["st"]}}}
    return [json.dumps(told).encode() + b"\n\nno,st,day\n1-2,Weg 1,23.11.2026\n", b"\n\na,b\n1,2\n"]


def pasted() -> list[bytes]:
    """With titles and without."""
    return [b"order_id\tstreet\tpieces\n1\tWeg 1\t2\n", b"1\tWeg\n"]


def books() -> list[bytes]:
    """Archives taken apart, and whole files of the other kinds."""
    rows = [line.split(",") for line in csv_of({}).splitlines()]
    return [
        parts(workbook(rows, [["x"]])),
        parts(open_document(["order_id", "street"], ["1", "Weg 1"])),
        workbook([["order_id", "street"], ["1", "Weg"]]),
    ]


def parts(archive: bytes) -> bytes:
    """An archive as text that can be changed anywhere."""
    with zipfile.ZipFile(io.BytesIO(archive)) as book:
        kept = [n for n in book.namelist() if not n.startswith(("docProps", "xl/theme"))]
        return PART.join(part for name in kept for part in (name.encode(), book.read(name)))


def zipped(data: bytes) -> bytes:
    """And back; a name that is there twice stays so."""
    pieces = data.split(PART)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, content in zip(pieces[::2], pieces[1::2], strict=False):
            where = name.decode("latin-1").replace("\x00", "_")[:200] or "x"
            info = zipfile.ZipInfo(where)
            if where not in book.NameToInfo:
                book.writestr(info, content)
    return out.getvalue()


def problems() -> list[bytes]:
    """With points, with matrices, with everything."""
    vehicle = {
        "id": 1, "start": [9.5, 47.1], "end": [9.5, 47.1], "capacity": [4, 10],
        "time_window": [0, 30000], "breaks": [{"id": 1, "service": 900, "time_windows": [[1, 9]]}],
        "costs": {"fixed": 1, "per_hour": 2, "per_km": 3}, "skills": [1], "speed_factor": 0.9,
        "max_tasks": 3, "max_distance": 90000, "max_travel_time": 9000,
        "steps": [{"type": "start"}, {"type": "job", "id": 1}],
    }  # fmt: skip
    job = {
        "id": 1, "location": [9.6, 47.2], "time_windows": [[100, 200], [300, 400]],
        "service": 60, "setup": 5, "delivery": [1, 2], "skills": [1], "priority": 50,
    }  # fmt: skip
    half = {"id": 7, "location": [9.61, 47.21], "service": 9}
    shipment = {"pickup": half, "delivery": {**half, "id": 8}, "amount": [1], "priority": 99}
    square = {"car": {"durations": [[0, 5], [6, None]], "distances": [[0, 50], [60, 0]]}}
    at = {"id": 2, "location_index": 1}
    documents = [
        {"vehicles": [vehicle], "jobs": [job], "shipments": [shipment]},
        {"vehicles": [{"id": 1, "start_index": 0}], "jobs": [at], "matrices": square},
        {"vehicles": [{"id": 1, "end_index": 0}], "jobs": [at], "matrix": [[0, 1], [1, 0]]},
        {"vehicles": [vehicle], "jobs": [{**job, "time_windows": [[1795392000, 1795399000]]}]},
    ]
    return [json.dumps(each).encode() for each in documents]


def plan_files() -> list[bytes]:
    """Today's form and the first one's."""
    stop = {"orders": ["a", "b"], "pinned": True, "loaded": False}
    told = {
        "schema": 1, "date": "2026-11-23", "unassigned": [{"order": "c"}],
        "routes": [{"driver": "Ida", "stops": [stop], "locked": True}],
    }  # fmt: skip
    return [json.dumps(told).encode()]


def journal_rows() -> list[bytes]:
    """One of every kind of command, with its patch."""
    rows = [written(each) for each in rows_of(one_of_each())[0]]
    return [b"\n".join((row.kind.encode(), row.command, row.patch)) for row in rows]


def packed_rows() -> list[bytes]:
    """A small one and one that unpacks to much."""
    return [codec.pack(b"{}" * 50), zlib.compress(bytes(10**6), 9)]


def snapshots() -> list[bytes]:
    """A plan with something of everything."""
    return [codec.encode_plan(rows_of(one_of_each())[1])]


def register_rows() -> list[bytes]:
    """Traffic, an order, an ordinary shift."""
    entry = OrderEntry(OrderId("a"), Address("Weg 1", "9490", "Vaduz"), "Ida", "+423 1")
    told = msgspec.to_builtins(entry) | {"coordinate": {"lat": 47.1, "lon": 9.5}}
    corners = tuple(Coordinate(47 + y, 9 + x) for x, y in ((0.1, 0), (0, 0.1), (0.1, 0.1)))
    night = {"begins": time(22), "ends": time(5), "weekdays": (0, 6)}
    zones = tuple(
        Zone(ZoneId(k), "z", k, corners, first=date(2026, 1, 1), **night) for k in ZoneKind
    )
    template = msgspec.json.encode(
        ShiftTemplate(
            DriverId("d"), VehicleId("v"), time(7), time(16), rates=Rates(1, 2, 3), weekdays=(0, 1)
        )
    )
    return [
        b"t" + msgspec.json.encode(Traffic(USUAL, zones)),
        b"o" + msgspec.json.encode(told),
        b"f" + template,
    ]


def settings_files() -> list[bytes]:
    """Everything a settings file may hold."""
    return [
        (
            b'cores = 2\nactor = "ana"\ndatabase = "postgresql://depot/doorstep"\n'
            b'[streets]\nengine = "osrm-server"\nurl = "http://127.0.0.1:5000"\ntimeout = 3.5\n'
            b'table_size = 10\nfactor = 1.3\nprofiles = {car = "driving"}\n'
            b'[addresses]\nservice = "photon"\nkey = "k"\ncontact = "a@b.c"\nasks = "all"\n'
        ),
        b"",
    ]


def pointers() -> list[bytes]:
    """A region's pointer as it is written."""
    from console.geo.pointers import BUILD_VERSION

    told = {
        "name": "r", "hash": "0123456789abcdef", "bounds": [47.0, 9.4, 47.3, 9.7],
        "zone": "Europe/Vaduz", "country": "LI", "addresses": 1, "streets": 1, "roads": 1,
        "extract": "x", "extract_date": "", "built_at": "2026-11-23T08:00:00+00:00",
        "build_version": BUILD_VERSION, "clip": "47.1,9.5,20km", "source": "x.osm.pbf",
    }  # fmt: skip
    return [json.dumps(told).encode()]


def extracts() -> list[bytes]:
    """A town's blocks, unpacked: the fuzzer sees no compressed byte."""
    drawn = town.draw()
    with TemporaryDirectory() as folder:
        small, whole = Path(folder) / "a.osm.pbf", Path(folder) / "b.osm.pbf"
        drawn.write(whole)
        drawn.nodes, drawn.ways, drawn.turns = drawn.nodes[:40], drawn.ways[:1], []
        drawn.write(small)
        return [BLOCK.join(blocks(small.read_bytes())), BLOCK.join(blocks(whole.read_bytes()))]


def blocks(pbf: bytes) -> list[bytes]:
    """The unpacked blocks of an extract."""
    found, at = list[bytes](), 0
    while at < len(pbf):
        length = int.from_bytes(pbf[at : at + 4])
        size = pbf[at + 4 : at + 4 + length]
        blob_size = _varint(size[size.rindex(b"\x18") + 1 :])
        blob = pbf[at + 4 + length : at + 4 + length + blob_size]
        found.append(zlib.decompress(blob[blob.index(b"\x78\x9c") :]))
        at += 4 + length + blob_size
    return found


def framed(data: bytes) -> bytes:
    """Blocks become an extract: the first is its header."""
    out = bytearray()
    for number, block in enumerate(data.split(BLOCK)):
        blob = b"\x0a" + _as_varint(len(block)) + block  # raw
        kind = b"OSMData" if number else b"OSMHeader"
        header = b"\x0a" + _as_varint(len(kind)) + kind + b"\x18" + _as_varint(len(blob))
        out += len(header).to_bytes(4) + header + blob
    return bytes(out)


def _varint(data: bytes) -> int:
    value = 0
    for shift, byte in enumerate(data):
        value |= (byte & 0x7F) << (7 * shift)
        if byte < 0x80:
            break
    return value


def _as_varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
