"""The real window, offscreen, with 2,000 stops and 60 routes: repaints, drags, echoes, memory.

python -m tests.benchmarks.window [--stops 2000] [--drivers 60] [--rows 50000] [--hours 8]

Prints a line a figure: median, 95th of a hundred and worst in milliseconds of the clock, the
median of the window's own computing, and the target. With ``--hours`` it works that long a day
instead, and tells how memory grew. ``--home`` keeps the day that is made, or takes one.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.bench_window import DAY, ROOT


def main() -> None:
    options = _options()
    if options.child:
        _child(options)
    elif options.home:
        _whole(options, options.home)
    else:
        with tempfile.TemporaryDirectory(
            prefix="doorstep-bench-", ignore_cleanup_errors=True
        ) as home:
            _whole(options, Path(home))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stops", type=int, default=2000)
    parser.add_argument("--drivers", type=int, default=60)
    parser.add_argument("--rows", type=int, default=50_000, help="orders in the table")
    parser.add_argument("--hours", type=float, default=0.0, help="of simulated use")
    parser.add_argument("--seconds", type=float, default=5.0, help="of each search")
    parser.add_argument("--planned", type=float, default=15.0, help="seconds of the first plan")
    parser.add_argument("--only", default="", help="parts of the figures: drags,echoes")
    parser.add_argument("--size", default="1920x1080")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--child", default="")
    return parser.parse_args()


def _whole(options: argparse.Namespace, home: Path) -> None:
    children = ["hours"] if options.hours else ["figures"]
    if not (home / "orders.csv").exists():
        children.insert(0, "fill")
    for child in children:
        _spawn(child, home.absolute(), options)


def _spawn(child: str, home: Path, options: argparse.Namespace) -> None:
    words = ["--child", child, "--home", str(home)]
    for name in ("stops", "drivers", "rows", "hours", "seconds", "planned", "size", "only"):
        words += [f"--{name}", str(getattr(options, name))]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    env |= {"QTWEBENGINE_DISABLE_SANDBOX": "1", "QT_LOGGING_RULES": "*=false"}
    command = [sys.executable, "-m", "tests.benchmarks.window", *words]
    subprocess.run(command, cwd=ROOT, env=env, check=True)


def _child(options: argparse.Namespace) -> None:
    from console.bootstrap import open_console
    from console.dispatch.lanes import ThreadLanes
    from console.settings import Settings
    from console.ui.start import Desktop, Options, run
    from tests.benchmarks.window.day import make_day
    from tests.benchmarks.window.figures import figures
    from tests.benchmarks.window.use import hours

    config = Settings(options.home, "bench")
    if options.child == "fill":
        make_day(config, options)
        return
    work = {"figures": figures, "hours": hours}[options.child]
    lanes = ThreadLanes()
    console = open_console(config, lanes)
    width, height = options.size.split("x")
    size = int(width), int(height)
    shown = Options(config.cache, size=size, service_day=DAY, seconds=options.seconds)

    async def ready(desktop: Desktop) -> None:
        try:
            await work(desktop, options)
        finally:
            desktop.window.close()

    try:
        run(console.services, shown, ready)
    finally:
        console.close()
        lanes.close()


if __name__ == "__main__":
    main()
