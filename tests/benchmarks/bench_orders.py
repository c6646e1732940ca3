"""The order table with 50,000 orders: made, filtered, sorted, grouped.

QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.bench_orders [--orders 50000]

Prints the median of nine goes a line, in milliseconds of wall clock and of CPU, the table's own
answer included (rows counted, the first screen of cells asked for).
"""

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QApplication

from console.dispatch.picture import Picture, StopLabel
from console.domain.load import Load
from console.domain.orders import Order, OrderId, Priority
from console.domain.places import PlaceId
from console.domain.plan import Plan, Stop, StopId
from console.ui.ordertable.model import OrderRows
from console.ui.ordertable.query import query_of
from console.ui.ordertable.table import OrderTable
from console.ui.theme.theme import Choice, apply_theme

GOES = 9


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--orders", type=int, default=50_000)
    count = parser.parse_args().orders
    app = QApplication([])
    theme = apply_theme(app, Choice.LIGHT)
    rows = OrderRows()
    table = OrderTable(rows, theme)
    table.resize(1200, 800)
    table.show()
    picture = drawn(count)
    words = ["weg 77", "kunde 4", "", "nowhere", "kg>20 weg 1", "is:unassigned", "town:town-7"]

    def shown() -> None:
        table.viewport().grab()

    measure("made", lambda: (rows.show_picture(picture), shown()))
    for text in words:
        measure(f"filter “{text}”", lambda text=text: (rows.look_for(query_of(text)), shown()))
    rows.look_for(query_of(""))
    for key in ("kg", "street"):
        measure(f"sort by {key}", lambda key=key: (rows.sort_by(key, down=True), shown()))
    measure("group by town", lambda: (rows.group_by("town"), shown()))


def drawn(count: int) -> Picture:
    """Orders without drivers, as on the morning of a big day."""
    stops: dict[StopId, Stop] = {}
    labels: dict[StopId, StopLabel] = {}
    base = Order(OrderId("x"), PlaceId("p"))
    for n in range(count):
        key = StopId(f"s{n}")
        load = Load(n % 9 + 1, n * 37 % 600 / 10, 0.01)
        priority = Priority.HIGH if n % 11 == 0 else Priority.NORMAL
        order = replace(base, id=OrderId(f"ORD-{n:06}"), load=load, priority=priority)
        stops[key] = Stop(key, PlaceId(f"p{n}"), (order,))
        town = f"94{n % 90:02} Town-{n % 90}"
        labels[key] = StopLabel(f"Weg {n % 997}", town, (f"Kunde {n * 7 % 9999}",), ("+423 1",))
    return Picture(plan=Plan(stops=stops), labels=labels)


def measure(name: str, call: Callable[[], object]) -> None:
    walls, cpus = list[float](), list[float]()
    for _ in range(GOES):
        wall, cpu = time.perf_counter(), time.process_time()
        call()
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    print(f"{name:28} {statistics.median(walls):7.0f} ms {statistics.median(cpus):7.0f} ms CPU")


if __name__ == "__main__":
    main()
