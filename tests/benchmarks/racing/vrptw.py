"""VRPTW files: Solomon's and Homberger's tables, and VRPLIB.

DIMACS convention: distances are Euclidean with one decimal, truncated; all is counted in tenths, so
windows and service are tenfold. The cost is the distance alone. Customer numbers are those of the
table; in VRPLIB, whose nodes count from the depot, they are the node less one, as in its solutions.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tests.benchmarks.racing.case import Case, Cells, Job, Van

EURO = 0.001  # a tenth of the file is a metre for Doorstep, and a kilometre costs one euro


class Unreadable(ValueError):  # noqa: N818 - a verdict
    """The file is not what it should be, with the reason."""


@dataclass(frozen=True, slots=True)
class Customer:
    """A row of the table, in the file's own units; the first is the depot."""

    number: int
    x: float
    y: float
    demand: int
    ready: float
    due: float
    service: float


def truncated(points: Sequence[tuple[float, float]]) -> Cells:
    """Distances in tenths: floor(10 d). Exact where the coordinates are whole numbers."""
    if all(float(v).is_integer() for point in points for v in point):
        whole = np.array(points, dtype=np.int64)
        apart = whole[:, None] - whole[None]
        squares = 100 * (apart**2).sum(axis=2)
        roots = np.floor(np.sqrt(squares)).astype(np.int64)
        roots -= roots**2 > squares
        return roots + ((roots + 1) ** 2 <= squares)
    exact = np.array(points, dtype=float)
    apart = exact[:, None] - exact[None]
    return np.floor(10 * np.hypot(apart[..., 0], apart[..., 1]) + 1e-9).astype(np.int64)


def read_solomon(name: str, text: str) -> Case:
    """A table with VEHICLE and CUSTOMER parts."""
    numbers = [row for row in map(_numbers, text.splitlines()) if row]
    fleet = next((row for row in numbers if len(row) == 2), None)
    table = [row for row in numbers if len(row) == 7]
    if fleet is None or len(table) < 2:
        raise Unreadable("neither vehicles nor customers in the table")
    customers = [Customer(int(r[0]), r[1], r[2], int(r[3]), r[4], r[5], r[6]) for r in table]
    points = [(c.x, c.y) for c in customers]
    return case_of(name, customers, (int(fleet[0]), int(fleet[1])), truncated(points))


def _numbers(line: str) -> list[float]:
    try:
        return [float(word) for word in line.split()]
    except ValueError:
        return []


def read_vrplib(name: str, text: str) -> Case:
    """VRPLIB with coordinates, demands, windows and one depot."""
    told, sections = _sections(text)
    if told.get("TYPE", "VRPTW") != "VRPTW":
        raise Unreadable(f"TYPE is {told['TYPE']}, only VRPTW is raced")
    points = {int(r[0]): (r[1], r[2]) for r in sections.get("NODE_COORD_SECTION", [])}
    demands = {int(r[0]): int(r[1]) for r in sections["DEMAND_SECTION"]}
    windows = {int(r[0]): (r[1], r[2]) for r in sections["TIME_WINDOW_SECTION"]}
    services = {int(r[0]): r[1] for r in sections.get("SERVICE_TIME_SECTION", [])}
    depot = int(sections["DEPOT_SECTION"][0][0]) if sections.get("DEPOT_SECTION") else 1
    each = float(told.get("SERVICE_TIME", 0))
    nodes = [depot, *(node for node in sorted(demands) if node != depot)]
    customers = [
        Customer(
            node - 1,
            *points.get(node, (0.0, 0.0)),
            demands[node],
            *windows[node],
            0.0 if node == depot else services.get(node, each),
        )
        for node in nodes
    ]
    fleet = (int(told.get("VEHICLES", len(nodes) - 1)), int(told["CAPACITY"]))
    if told.get("EDGE_WEIGHT_TYPE", "EUC_2D") == "EUC_2D":
        cells = truncated([points[node] for node in nodes])
    else:
        cells = _explicit(told, sections, [node - 1 for node in nodes])
    return case_of(name, customers, fleet, cells)


def _sections(text: str) -> tuple[dict[str, str], dict[str, list[list[float]]]]:
    told: dict[str, str] = {}
    sections: dict[str, list[list[float]]] = {}
    present = ""
    for line in text.splitlines():
        word = line.strip()
        if word.endswith("_SECTION"):
            present = word
            sections[present] = []
        elif ":" in word:
            key, _, value = word.partition(":")
            told[key.strip()] = value.strip().strip('"')
        elif present and (row := _numbers(word)) and row[0] >= 0:
            sections[present].append(row)
    return told, sections


def _explicit(
    told: dict[str, str], sections: dict[str, list[list[float]]], rows: Sequence[int]
) -> Cells:
    if told.get("EDGE_WEIGHT_FORMAT") != "FULL_MATRIX":
        raise Unreadable("of explicit weights only FULL_MATRIX is read")
    flat = np.array([cell for row in sections["EDGE_WEIGHT_SECTION"] for cell in row])
    size = math.isqrt(len(flat))
    tenths = np.floor(10 * flat.reshape(size, size) + 1e-9).astype(np.int64)
    return tenths[np.ix_(rows, rows)]


def case_of(name: str, customers: Sequence[Customer], fleet: tuple[int, int], cells: Cells) -> Case:
    """The case of a table; the first row is the depot."""
    depot, count = customers[0], fleet[0]
    jobs = tuple(
        Job(
            customer.number,
            row,
            round(10 * customer.service),
            ((round(10 * customer.ready), round(10 * customer.due)),),
            (customer.demand,),
        )
        for row, customer in enumerate(customers)
        if row
    )
    begins, ends = round(10 * depot.ready), round(10 * depot.due)
    vans = tuple(
        Van(v + 1, 0, 0, begins, ends, ends, (fleet[1],), per_metre=1.0) for v in range(count)
    )
    price = 10.0 * int(cells.max())
    return Case(name, jobs, vans, {"car": cells}, {"car": cells}, money=EURO, unserved_price=price)
