"""The real window, offscreen: start, gaps while the optimiser runs, a drag, a large import.

python -m tests.benchmarks.bench_window [--stops 1000] [--drivers 30] [--seconds 10]

Prints one line a figure. Each figure is taken in a process of its own, on a demo city of its own.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from datetime import date
from pathlib import Path

DAY = date(2030, 3, 5)
ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    options = _options()
    if options.child:
        _child(options)
        return
    with tempfile.TemporaryDirectory(prefix="doorstep-bench-", ignore_cleanup_errors=True) as home:
        for child in ("fill", "start", "start", "start", "gap", "drag", "rows"):
            _spawn(child, Path(home), options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stops", type=int, default=1000)
    parser.add_argument("--drivers", type=int, default=30)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--planned", type=float, default=8.0, help="seconds of the first plan")
    parser.add_argument("--child", default="")
    parser.add_argument("--home", type=Path)
    return parser.parse_args()


def _spawn(child: str, home: Path, options: argparse.Namespace) -> None:
    words = ["--child", child, "--home", str(home), "--stops", str(options.stops)]
    words += ["--drivers", str(options.drivers), "--rows", str(options.rows)]
    words += ["--seconds", str(options.seconds), "--planned", str(options.planned)]
    env = {**os.environ, "BENCH_BEGUN": str(time.time()), "QT_QPA_PLATFORM": "offscreen"}
    env |= {"QTWEBENGINE_DISABLE_SANDBOX": "1", "QT_LOGGING_RULES": "*=false"}
    module = "tests.benchmarks.bench_window"
    subprocess.run([sys.executable, "-m", module, *words], cwd=ROOT, env=env, check=True)


def _child(options: argparse.Namespace) -> None:
    from console.dispatch.lanes import InlineLanes, ThreadLanes
    from console.settings import Settings

    config = Settings(options.home, "bench")
    if options.child == "fill":
        asyncio.run(fill(config, InlineLanes(), options))
        return
    from console.bootstrap import open_console
    from console.ui.start import Options, run

    lanes = ThreadLanes()
    console = open_console(config, lanes)
    tasks = {"start": _start, "gap": _gap, "drag": _drag, "rows": _rows}
    size = (1920, 1080)
    shown = Options(config.cache, size=size, service_day=DAY, seconds=options.seconds)

    async def ready(desktop: object) -> None:
        try:
            await tasks[options.child](desktop, options)
        finally:
            desktop.window.close()

    run(console.services, shown, ready)
    console.close()
    lanes.close()


async def fill(config: object, lanes: object, options: argparse.Namespace) -> None:
    """A city, its streets, and a day with a first plan."""
    from console.bootstrap import open_console, regions
    from console.dispatch.fleetwork import import_fleet
    from console.dispatch.optimising import optimise
    from console.dispatch.orderwork import locate_day, read_file, take_in
    from console.dispatch.station import Station
    from console.planning.run import Terms
    from console.simulator.city import write_city
    from console.simulator.fleet import write_fleet
    from console.simulator.orders import write_orders

    home = config.home
    home.mkdir(parents=True, exist_ok=True)
    city = write_city(home / "city.osm.pbf")
    write_orders(home / "orders.csv", city, count=options.stops)
    write_orders(home / "many.csv", city, count=options.rows, seed=8)
    write_fleet(home / "fleet.csv", city, drivers=options.drivers)
    region = regions(config).add(home / "city.osm.pbf", "city", lambda *_: None)
    console = open_console(config, lanes)
    station = Station(console.services)
    await station.open(DAY)
    await station.use_region(region)
    await import_fleet(station, home / "fleet.csv")
    await take_in(station, await read_file(station, home / "orders.csv"))
    await locate_day(station)
    await optimise(station, Terms(options.planned))
    station.close()
    console.close()


async def _start(desktop, options) -> None:
    begun = float(os.environ["BENCH_BEGUN"])
    print(f"start to usable window      {time.time() - begun:6.2f} s")
    painted = asyncio.Event()
    desktop.panes.map_view.settled.connect(painted.set)
    desktop.cartographer.draw()
    await asyncio.wait_for(painted.wait(), 30)
    print(f"start to painted map        {time.time() - begun:6.2f} s")


class Gaps:
    """A 10 ms timer on the GUI thread that remembers its worst gaps."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self.last, self.gaps = time.perf_counter(), []
        self.timer = QTimer()
        self.timer.timeout.connect(self._tick)
        self.timer.start(10)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self.last)
        self.last = now

    def line(self) -> str:
        ordered = sorted(self.gaps)
        p99 = ordered[int(len(ordered) * 0.99)]
        return f"worst gap {ordered[-1] * 1000:6.0f} ms, p99 {p99 * 1000:5.0f} ms"


async def _measured(work: Callable[[], Coroutine]) -> tuple[Gaps, float]:
    await asyncio.sleep(3)
    gaps, begun = Gaps(), time.perf_counter()
    await work()
    gaps.timer.stop()
    return gaps, time.perf_counter() - begun


async def _gap(desktop, options) -> None:
    gaps, _ = await _measured(desktop.optimiser.search)
    totals = desktop.station.picture.totals
    print(f"while optimising {totals.orders:5d} orders: {gaps.line()}")


async def _drag(desktop, options) -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    await asyncio.sleep(3)
    desktop.window.show_page(1)
    await asyncio.sleep(1)
    took = []
    for _ in range(10):
        picture = desktop.station.picture
        routes = sorted(picture.schedules, key=lambda r: -len(picture.plan.routes[r].stops))
        source, target = routes[0], routes[-1]
        stops = picture.plan.routes[source].stops[:20]
        begun = time.perf_counter()
        desktop.conductor.move(stops, target, None, forced=False)
        changed = picture.plan is not desktop.station.picture.plan
        if not changed:
            from console.domain.commands import MoveStops

            desktop.conductor.submit(MoveStops(stops, target))
        # What waits to be painted is painted, no more: the views mark what changed.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)
        took.append(time.perf_counter() - begun)
        await desktop.conductor.settled()
        await desktop.station.undo()
    took.sort()
    print(
        f"drag of 20 stops, all views: median {took[5] * 1000:.0f} ms, worst {took[-1] * 1000:.0f}"
    )


async def _rows(desktop, options) -> None:
    from console.dispatch.orderwork import read_file, take_in

    station = desktop.station
    told = {}

    async def parsed() -> None:
        begun = time.perf_counter()
        report = await read_file(station, options.home / "many.csv")
        told["parse"] = time.perf_counter() - begun
        await take_in(station, report)

    gaps, took = await _measured(parsed)
    times = f"parsed {told['parse']:.1f} s, in the plan {took:.1f} s"
    print(f"{options.rows} rows: {times}, {gaps.line()}")


if __name__ == "__main__":
    main()
