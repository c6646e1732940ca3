"""The files of the guide's day: the demo's own, and two that show what goes wrong."""

import csv
from pathlib import Path

from console.simulator.demo import DemoFiles

EARLY = "WF-20001"
DOUBTFUL = "WF-20002"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def late_orders(files: DemoFiles, folder: Path) -> Path:
    """Four rows: one before anybody works, one of a house nobody knows, two that are rejected."""
    good = [row for row in rows_of(files.orders) if row["street"][-1:].isdigit()]
    street = good[0]["street"].rstrip("0123456789 ")
    early = {**good[0], "order_id": EARLY, "weight_kg": "12", "window_from": "06:20"}
    early |= {"window_to": "06:50", "skills": "", "pieces": "2", "volume_m3": "0.1", "notes": ""}
    unknown = {**good[0], "order_id": DOUBTFUL, "street": f"{street} 912", "notes": ""}
    backwards = {**good[1], "order_id": "WF-20003", "window_from": "16:00", "window_to": "14:00"}
    nameless = {**good[2], "order_id": "WF-20004", "street": "", "postcode": "", "city": ""}
    return _written(folder / "late-orders.csv", [early, unknown, backwards, nameless])


TITLES = {
    "order_id": "Auftr.",
    "recipient": "An",
    "street": "Zeile 1",
    "postcode": "Ort A",
    "city": "Ort B",
    "weight_kg": "Gew.",
    "window_from": "v",
    "window_to": "b",
}
"""The merchant's words for ours."""


def strange_orders(files: DemoFiles, folder: Path) -> Path:
    """Titles that no layout knows."""
    rows = rows_of(files.orders)[:12]
    told = [{new: row[old] for old, new in TITLES.items()} for row in rows]
    return _written(folder / "shop-export.csv", told)


def _written(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
