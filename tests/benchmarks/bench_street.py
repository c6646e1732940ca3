"""A thousand positions a second in the real window, offscreen, with 60 routes on the road.

python -m tests.benchmarks.bench_street [--rate 1000] [--seconds 60] [--together 10] [--home DAY]

Each driver goes along her line and stands a minute at her first stop, so that she arrives. Told is
how many positions came in and where they are now, and how long the window's thread was held at
most: a timer of 10 ms beside it, its gaps on the clock and in the thread's own computing.
``--home`` takes a day that ``tests.benchmarks.window --home`` has made, or keeps the one made here.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks.bench_window import DAY, ROOT

BEGUN = datetime(DAY.year, DAY.month, DAY.day, 9, tzinfo=UTC)
SPEED = 9.0  # m/s
STAY = 60.0  # s at the first stop
BEAT = 0.01  # s between two handfuls


def main() -> None:
    options = _options()
    if options.child:
        _child(options)
        return
    with tempfile.TemporaryDirectory(prefix="doorstep-bench-", ignore_cleanup_errors=True) as made:
        home = (options.home or Path(made)).absolute()
        if not (home / "orders.csv").exists():
            _spawn("fill", home, options)
        _spawn("street", home, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=1000, help="positions a second")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--together", type=int, default=10, help="positions in one call")
    parser.add_argument("--stops", type=int, default=2000)
    parser.add_argument("--drivers", type=int, default=60)
    parser.add_argument("--planned", type=float, default=15.0, help="seconds of the first plan")
    parser.add_argument("--rows", type=int, default=1)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--child", default="")
    return parser.parse_args()


def _spawn(child: str, home: Path, options: argparse.Namespace) -> None:
    words = ["--child", child, "--home", str(home)]
    for name in ("rate", "seconds", "together", "stops", "drivers", "planned", "rows"):
        words += [f"--{name}", str(getattr(options, name))]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    env |= {"QTWEBENGINE_DISABLE_SANDBOX": "1", "QT_LOGGING_RULES": "*=false"}
    command = [sys.executable, "-m", "tests.benchmarks.bench_street", *words]
    subprocess.run(command, cwd=ROOT, env=env, check=True)


@dataclass(frozen=True, slots=True)
class _Running:
    """The machine's clock, moved to the morning of the day."""

    since: float

    def now(self) -> datetime:
        return BEGUN + timedelta(seconds=time.monotonic() - self.since)


def _child(options: argparse.Namespace) -> None:
    from console.bootstrap import open_console
    from console.dispatch.lanes import ThreadLanes
    from console.settings import Settings
    from console.ui.start import Options, run
    from tests.benchmarks.window.day import make_day

    config = Settings(options.home, "bench")
    if options.child == "fill":
        make_day(config, options)
        return
    lanes = ThreadLanes()
    console = open_console(config, lanes)
    services = replace(console.services, clock=_Running(time.monotonic()))

    async def ready(desktop: Any) -> None:
        try:
            await _street(desktop, options)
        finally:
            desktop.window.close()

    try:
        run(services, Options(config.cache, size=(1920, 1080), service_day=DAY), ready)
    finally:
        console.close()
        lanes.close()


class Held:
    """How long the window's thread does not come back to its events."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self.walls, self.works = list[float](), list[float]()
        self._last = time.perf_counter(), time.thread_time()
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.start(10)

    def _tick(self) -> None:
        now = time.perf_counter(), time.thread_time()
        self.walls.append((now[0] - self._last[0]) * 1000)
        self.works.append((now[1] - self._last[1]) * 1000)
        self._last = now

    def stop(self) -> str:
        """The worst of both, and what one in a hundred and one in a thousand exceeds."""
        self._timer.stop()
        shares = (0.5, 0.99, 0.999, 1.0)
        lines = []
        for name, some in (("clock", sorted(self.walls)), ("computing", sorted(self.works))):
            told = [some[min(len(some) - 1, int(len(some) * share))] for share in shares]
            words = "median {:.1f}, p99 {:.1f}, p99.9 {:.1f}, worst {:.1f} ms".format(*told)
            lines.append(f"{name}: {words}")
        return "; ".join(lines)


async def _street(desktop: Any, options: argparse.Namespace) -> None:
    station, live = desktop.station, desktop.live
    ways = await _on_the_road(station)
    live.view_live()
    await asyncio.sleep(3)  # the map is painted, travel times are there
    idle = Held()
    await asyncio.sleep(5)
    print(f"held at {len(ways)} routes, nothing coming in: {idle.stop()}", flush=True)
    positions = _positions(ways, options)
    held, worked = Held(), time.thread_time()
    took = await _sent(live.tracking, positions, options)
    told, worked = held.stop(), time.thread_time() - worked
    await live.tracking.keep()
    print(f"{len(positions)} positions in {took:.1f} s, {worked / took:.0%} of the thread")
    print(f"held meanwhile: {told}")
    _count(station, live.tracking, positions)


async def _on_the_road(station: Any) -> dict[Any, Any]:
    """Everybody has her route and has left; the line of each, and how far her first stop is."""
    from console.dispatch.lanes import Lane
    from console.dispatch.reporting import report
    from console.dispatch.street import Report
    from console.dispatch.ways import points_of
    from console.domain.commands import ReleaseRoutes
    from console.domain.plan import FactId, FactKind
    from console.domain.watching import Line, Plane

    routes = [route for route in station.picture.plan.routes.values() if route.stops]
    waiting = [route.id for route in routes if not route.released]
    if waiting:
        await station.submit(ReleaseRoutes(tuple(waiting)))
    await report(
        station,
        [Report(FactId(f"left {r.id}"), FactKind.DEPARTED, r.id, BEGUN) for r in routes],
    )
    streets, ways = await station.streets(), dict[Any, Any]()
    for route in routes:
        points = points_of(station.picture, route, {})
        ask = partial(streets.geometry, points)
        legs = (await station.services.lanes.run(Lane.STREETS, ask)).legs
        plane = Plane(points[0].lat, points[0].lon)
        line = Line([plane.xy(point) for leg in legs for point in leg])
        first = Line([plane.xy(point) for point in legs[0]]).metres
        ways[route.id] = plane, line, first
    return ways


def _positions(ways: dict[Any, Any], options: argparse.Namespace) -> Sequence[Any]:
    """Everybody in turn; who is near her first stop stands there for most of the minute."""
    from console.dispatch.street import Position

    made = []
    every = len(ways) / options.rate
    for number in range(round(options.rate * options.seconds / len(ways))):
        seconds = number * every
        for place, (route, (plane, line, first)) in enumerate(ways.items()):
            begun = max(0.0, first - SPEED * (place % 15))
            driven = begun + SPEED * seconds
            if driven > first:
                driven = first + SPEED * max(0.0, (driven - first) / SPEED - STAY)
            xy, heading = line.at(driven)
            at = BEGUN + timedelta(minutes=5, seconds=seconds + place / 1000)
            made.append(Position(route, at, plane.point(xy), heading=heading, speed=SPEED))
    return made


async def _sent(street: Any, positions: Sequence[Any], options: argparse.Namespace) -> float:
    """As a gateway would: so many in a call, calls as they come, none waits for the one before."""
    begun, sent, calls = time.monotonic(), 0, set[asyncio.Future[None]]()
    while sent < len(positions):
        due = min(len(positions), int((time.monotonic() - begun) * options.rate))
        while sent < due:
            some = positions[sent : sent + options.together]
            call = asyncio.ensure_future(street.accept(some))
            calls.add(call)
            call.add_done_callback(calls.discard)
            sent += len(some)
        await asyncio.sleep(BEAT)
    await asyncio.gather(*calls)
    return time.monotonic() - begun


def _count(station: Any, street: Any, positions: Sequence[Any]) -> None:
    """Each driver is where her last position was; one in fifteen seconds is in the store."""
    from console.dispatch.station import stream_of
    from console.dispatch.whereabouts import EVERY

    wanted, last = dict[Any, int](), dict[Any, Any]()
    newest = {each.route: each for each in positions}
    for each in positions:
        if each.route not in last or (each.at - last[each.route]).total_seconds() >= EVERY:
            last[each.route] = each.at
            wanted[each.route] = wanted.get(each.route, 0) + 1
    here = sum(street.seen(route).at == each.at for route, each in newest.items())
    on_line = sum(street.seen(route).along is not None for route in newest)
    day = station.picture.plan.day
    kept = station.services.positions.of_day(stream_of(day.depot, day.service_day))
    since = min(each.at for each in positions)
    found = {route: sum(p.at >= since for p in way) for route, way in kept.items()}
    lost = sum(max(0, count - found.get(route, 0)) for route, count in wanted.items())
    plan = station.picture.plan
    arrived = sum(stop.status.value != "planned" for stop in plan.stops.values())
    print(
        f"{here} of {len(newest)} drivers where they said last, {on_line} on their line, "
        f"{sum(wanted.values())} positions to keep, {lost} lost, {arrived} arrivals noted"
    )


if __name__ == "__main__":
    main()
