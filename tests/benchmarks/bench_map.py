"""The map's smoothness: panned by script, offscreen, with stops, routes, zones and all layers.

python -m tests.benchmarks.bench_map [--stops 60] [--zoom 16] [--region FILE.osm.pbf]

Prints median, 95th and worst of the time from frame to frame while the map is panned 8 px a frame.
"""

import argparse
import json
import os
import random
import tempfile
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

FRAMES = 240
ARROWS = frozenset({"oneways", "heads"})
VARIANTS = (
    ("everything", frozenset()),
    ("no arrows", ARROWS),
    ("no arrows, names, numbers", ARROWS | {"names", "numbers"}),
)
_PAN = """
(() => {
  const map = doorstepConsole.map;
  const times = [];
  window.panned = "";
  let last = performance.now();
  const step = (now) => {
    times.push(now - last);
    last = now;
    const way = Math.floor(times.length / 60) % 2 ? -8 : 8;
    map.panBy([way, way / 2], { animate: false });
    if (times.length < FRAMES) requestAnimationFrame(step);
    else window.panned = JSON.stringify(times);
  };
  requestAnimationFrame(step);
})()
"""


class Clock:
    def now(self):
        return datetime(2026, 11, 23, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stops", type=int, default=60)
    parser.add_argument("--zoom", type=float, default=16)
    parser.add_argument("--region", type=Path)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    with tempfile.TemporaryDirectory(prefix="doorstep-bench-") as folder:
        measure(options, Path(folder))


def measure(options: argparse.Namespace, folder: Path) -> None:
    from console.geo.basemap import RegionBasemap
    from console.geo.regions import RegionStore
    from console.simulator.city import write_city
    from console.ui.map.layers import Layers
    from console.ui.map.view import MapView
    from console.ui.start import application
    from console.ui.theme.theme import Choice, apply_theme

    extract = options.region
    if extract is None:
        extract = folder / "city.osm.pbf"
        write_city(extract)
    region = RegionStore(folder / "regions", Clock()).add(extract, "city", lambda *_: None)
    app = application()
    theme = apply_theme(app, Choice.LIGHT)
    view = MapView(theme, folder / "cache")
    view.resize(1280, 800)
    view.show_region(RegionBasemap(region.folder), region.bounds)
    view.show()
    fill(view, theme, region.bounds, options)
    for name, hidden in VARIANTS * 2:
        view.set_layers(Layers(hidden))
        wait(app, view.settled)
        times = sorted(pan(app, view)[10:])
        shown = [times[len(times) // 2], times[int(len(times) * 0.95)], times[-1]]
        print(f"{name:26} frames: median, p95, worst ms: " + ", ".join(f"{t:.0f}" for t in shown))
    view.close()


def fill(view, theme, bounds, options) -> None:
    """``--stops`` on the screen, on eight routes, and a zone."""
    from console.ui.map.marks import RouteLine, StopMark, ZoneMark

    dice = random.Random(4)
    south, west, north, east = bounds
    lat, lon = (south + north) / 2, (west + east) / 2
    spread = 0.9 * 1280 * 360 / (256 * 2**options.zoom)
    points = [
        (lat + dice.uniform(-0.2, 0.2) * spread, lon + dice.uniform(-0.5, 0.5) * spread)
        for _ in range(options.stops)
    ]
    colors = [theme.driver_color(n + 1).name() for n in range(8)]
    view.set_routes(
        RouteLine(f"r{n}", n + 1, colors[n], "#ffffff", wavy(points[n::8], dice)) for n in range(8)
    )
    view.set_stops(
        StopMark(f"s{i}", f"r{i % 8}", i, *point, color=colors[i % 8], ink="#ffffff")
        for i, point in enumerate(points)
    )
    corners = (lat, lon, lat, lon + spread / 4, lat + spread / 8, lon + spread / 4)
    view.set_zones([ZoneMark("z", "Works", corners, "bad")])
    view.move_camera(lat, lon, options.zoom)


def wavy(points, dice):
    """Through the points, some 300 corners in all."""
    line = []
    for (a, b), (c, d) in pairwise(points):
        steps = max(1, 300 // len(points))
        for i in range(steps):
            t = i / steps
            line.append((a + (c - a) * t + dice.uniform(-1, 1) * 2e-5, b + (d - b) * t))
    return tuple(line)


def wait(app, signal) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    turning = QEventLoop()
    signal.connect(turning.quit)
    QTimer.singleShot(30_000, turning.quit)
    turning.exec()


def pan(app, view) -> list[float]:
    from PySide6.QtCore import QEventLoop, QTimer

    page = view._web.page
    page.runJavaScript(_PAN.replace("FRAMES", str(FRAMES)))
    found: list[str] = []
    for _ in range(600):
        turning = QEventLoop()
        QTimer.singleShot(100, turning.quit)
        turning.exec()
        page.runJavaScript("window.panned", lambda text: found.append(text or ""))
        if found and found[-1]:
            return json.loads(found[-1])
    raise SystemExit("the map did not move")


if __name__ == "__main__":
    main()
