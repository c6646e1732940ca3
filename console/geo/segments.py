"""The road segments of one profile as OSRM built them: ends, seconds, weights, kind of road.

OSRM keeps its arrays in tar files (``map.osrm.geometry``, ``map.osrm.nbg_nodes``); numbers of fewer
bits than a byte's multiple are packed one after the other, the lowest bit first. The kind of road
is not among them: a build looks it up in the extract once and keeps one byte a segment.
"""

import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.domain.errors import ConsoleError
from console.domain.traffic import CLASSES, RoadClass
from console.tongues import tr

FILE = "map.osrm.classes"
_GEOMETRY, _NODES = "/common/segment_data/", "/common/nbn_data/"
_ID_BITS, _WEIGHT_BITS = 40, 22
_NO_WAY = 2**_WEIGHT_BITS - 1
_RADIUS_M = 6_372_797.560856  # the earth as OSRM has it
_PAIR = np.uint64(0x9E3779B97F4A7C15)  # spreads pairs of ids over 64 bits
_KINDS = {
    "motorway": RoadClass.MOTORWAY,
    "trunk": RoadClass.TRUNK,
    "primary": RoadClass.PRIMARY,
    "secondary": RoadClass.SECONDARY,
    "tertiary": RoadClass.TERTIARY,
}

Ids = NDArray[np.uint64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Segments:
    """Directed segments, a row each.

    ``seconds`` and ``weights`` are OSRM's on the empty road, ``metres`` the length, ``lat`` and
    ``lon`` the middle in degrees, ``kinds`` positions in ``domain.traffic.CLASSES``.
    """

    origins: Ids
    targets: Ids
    seconds: Floats
    weights: Floats
    metres: Floats
    lat: Floats
    lon: Floats
    kinds: NDArray[np.uint8]


def read(base: Path) -> Segments:
    """All segments one may drive along, from the files that begin with ``base``."""
    ends, ids, points = _Ends(base), _ids(base), _points(base)
    kinds = _kinds(base, len(ends.nodes))
    at = ends.inner
    here, there = ends.nodes[at - 1], ends.nodes[at]
    parts = [
        _directed((here, there), ends.forward(at), kinds[at]),
        _directed((there, here), ends.reverse(at - 1), kinds[at]),
    ]
    joined: list[Any] = [np.concatenate(each) for each in zip(*parts, strict=True)]
    here, there, seconds, weights, kinds = joined
    (lat, lon), (lat2, lon2) = points[here].T, points[there].T
    return Segments(
        ids[here],
        ids[there],
        seconds,
        weights,
        _metres(lat, lon, lat2, lon2),
        (lat + lat2) / 2,
        (lon + lon2) / 2,
        kinds,
    )


def classify(extract: str, base: str, tell: Callable[[float], None]) -> int:
    """Write the kind of road of every segment; answers how many there are (a child's job)."""
    where = Path(base)
    ends, ids = _Ends(where), _ids(where)
    pairs, kinds = _pairs_of(extract, tell)
    order = np.argsort(pairs)
    pairs, kinds = pairs[order], kinds[order]
    found = np.full(len(ends.nodes), CLASSES.index(RoadClass.LOCAL), dtype=np.uint8)
    wanted = _pair(ids[ends.nodes[ends.inner - 1]], ids[ends.nodes[ends.inner]])
    at = np.minimum(np.searchsorted(pairs, wanted), max(0, len(pairs) - 1))
    known = pairs[at] == wanted if len(pairs) else np.zeros(len(wanted), dtype=bool)
    found[ends.inner[known]] = kinds[at[known]]
    (where.parent / FILE).write_bytes(found.tobytes())
    return len(ends.inner)


class _Ends:
    """Nodes of all segments in a row, geometry after geometry, with what each takes."""

    def __init__(self, base: Path) -> None:
        self._file = base.with_name(f"{base.name}.geometry")
        self.nodes = np.frombuffer(_member(self._file, f"{_GEOMETRY}nodes"), dtype=np.uint32)
        index = np.frombuffer(_member(self._file, f"{_GEOMETRY}index"), dtype=np.uint32)
        first = np.zeros(len(self.nodes) + 1, dtype=bool)
        first[index] = True
        self.inner = np.flatnonzero(~first[:-1])
        """Positions of nodes that end a segment which begins at the node before."""

    def forward(self, at: NDArray[np.int64]) -> tuple[Ids, Ids]:
        """Tenths of seconds and weights of the segments that end at these positions."""
        return self._cells("forward_durations", at), self._cells("forward_weights", at)

    def reverse(self, at: NDArray[np.int64]) -> tuple[Ids, Ids]:
        """The same of those that end there coming from the node after."""
        return self._cells("reverse_durations", at), self._cells("reverse_weights", at)

    def _cells(self, name: str, at: NDArray[np.int64]) -> Ids:
        raw = _member(self._file, f"{_GEOMETRY}{name}/packed")
        return _unpacked(raw, len(self.nodes), _WEIGHT_BITS)[at]


def _directed(
    ends: tuple[Any, Any], costs: tuple[Ids, Ids], kinds: NDArray[np.uint8]
) -> tuple[Any, ...]:
    """Only what one may drive: OSRM marks the rest, and doubles nodes that have a signal."""
    here, there = ends
    seconds, weights = costs
    used = (seconds != _NO_WAY) & (weights != _NO_WAY) & (seconds > 0) & (here != there)
    return here[used], there[used], seconds[used] / 10, weights[used] / 10, kinds[used]


def _member(file: Path, name: str) -> bytes:
    try:
        with tarfile.open(file) as parts:
            found = parts.extractfile(name)
            if found is not None:
                return found.read()
    except (OSError, KeyError, tarfile.TarError) as error:
        raise _unknown(file) from error
    raise _unknown(file)


def _unknown(file: Path) -> ConsoleError:
    return ConsoleError(
        tr(
            "The roads of this region cannot be given other speeds ({name} is not as expected).",
            name=file.name,
        ),
        remedy=tr("Add the region's extract again; until then its roads are driven as if empty."),
    )


def _ids(base: Path) -> Ids:
    file = base.with_name(f"{base.name}.nbg_nodes")
    count = len(_member(file, f"{_NODES}coordinates")) // 8
    return _unpacked(_member(file, f"{_NODES}osm_node_ids/packed"), count, _ID_BITS)


def _points(base: Path) -> Floats:
    """(lat, lon) of every node in degrees."""
    raw = _member(base.with_name(f"{base.name}.nbg_nodes"), f"{_NODES}coordinates")
    return np.frombuffer(raw, dtype=np.int32).reshape(-1, 2)[:, ::-1] / 1e6


def _kinds(base: Path, count: int) -> NDArray[np.uint8]:
    file = base.parent / FILE
    try:
        kinds = np.frombuffer(file.read_bytes(), dtype=np.uint8)
    except OSError as error:
        raise _unknown(file) from error
    if len(kinds) != count:
        raise _unknown(file)
    return kinds


def _unpacked(raw: bytes, count: int, bits: int) -> Ids:
    """Whole numbers of ``bits`` bits each, one after the other across 64-bit words."""
    words = np.append(np.frombuffer(raw[: len(raw) // 8 * 8], dtype=np.uint64), np.uint64(0))
    at = np.arange(count, dtype=np.uint64) * np.uint64(bits)
    word, shift = (at >> np.uint64(6)).astype(np.int64), at & np.uint64(63)
    low = words[word] >> shift
    high = np.where(shift > 0, words[word + 1] << ((np.uint64(64) - shift) & np.uint64(63)), 0)
    return (low | high) & np.uint64(2**bits - 1)


def _pair(one: Ids, other: Ids) -> Ids:
    """A number for two ends, whatever their order."""
    return np.minimum(one, other) * _PAIR + np.maximum(one, other)


def _pairs_of(extract: str, tell: Callable[[float], None]) -> tuple[Ids, NDArray[np.uint8]]:
    """Every pair of neighbouring nodes on a road that is not local, and its kind."""
    import osmium as library

    osmium: Any = library  # it has no complete types
    ones: list[int] = []
    others: list[int] = []
    kinds: list[int] = []
    roads = osmium.FileProcessor(extract, osmium.osm.WAY).with_filter(
        osmium.filter.KeyFilter("highway")
    )
    for way in roads:
        kind = _KINDS.get(way.tags.get("highway", "").removesuffix("_link"))
        if kind is None:
            continue
        nodes: list[int] = [node.ref for node in way.nodes]
        ones += nodes[:-1]
        others += nodes[1:]
        kinds += [CLASSES.index(kind)] * (len(nodes) - 1)
    tell(1.0)
    pairs = _pair(np.array(ones, dtype=np.uint64), np.array(others, dtype=np.uint64))
    return pairs, np.array(kinds, dtype=np.uint8)


def _metres(lat: Floats, lon: Floats, lat2: Floats, lon2: Floats) -> Floats:
    """Great-circle lengths (haversine)."""
    a, b = np.radians(lat), np.radians(lat2)
    chord = np.sin((b - a) / 2) ** 2
    chord += np.cos(a) * np.cos(b) * np.sin(np.radians(lon2 - lon) / 2) ** 2
    return 2 * _RADIUS_M * np.arcsin(np.sqrt(np.minimum(1, chord)))
