"""The map's process killed, at any moment, under a map that shows a day.

``python -m tests.gauntlet.views FIRST END`` does it for these seeds in a process of its own, as the
web engine starts only once in each; its last line is JSON: ``{"shown": .., "notes": [..]}``.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.gauntlet.tally import Tally

STOPS = 40
_WAIT_S = 60.0
_BOUNDS = (47.10, 9.48, 47.20, 9.60)


def view_killed(seeds: range, _: Path) -> Tally:
    """What was shown is shown again, also what was changed while the page was gone."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    words = [sys.executable, "-m", "tests.gauntlet.views", str(seeds.start), str(seeds.stop)]
    done = subprocess.run(words, env=env, check=True, stdout=subprocess.PIPE, text=True)
    told = json.loads(done.stdout.splitlines()[-1])
    tally = Tally(rounds=len(seeds), acknowledged=told["shown"])
    for seed, missing, what in told["notes"]:
        tally.lost += missing
        if not missing:
            tally.blame(seed, what)
        else:
            tally.notes.append(f"seed {seed}: {what}")
    return tally


class _Blank:
    """A region in which nothing is: what is shown is the day's."""

    attribution = ""

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        return None


class _Round:
    """A map of its own for each: three deaths in a row and it gives up, and says so."""

    def __init__(self, app: Any, theme: Any, cache: Path) -> None:
        from console.ui.map.view import MapView

        self._app, self.view = app, MapView(theme, cache)
        self.view.resize(800, 600)
        self.view.show_region(_Blank(), _BOUNDS)
        self.view.show()

    def until(self, so: Callable[[], bool]) -> bool:
        """Let the window live until it is so; False where it does not come."""
        end = time.monotonic() + _WAIT_S
        while not (is_so := so()) and time.monotonic() < end:
            self._app.processEvents()
            time.sleep(0.002)
        return is_so

    def shown(self) -> int:
        """How many stops the page says it shows; -1 while it does not answer."""
        got: list[dict[str, int]] = []
        self.view.counts(got.append)
        end = time.monotonic() + 2.0
        while not got and time.monotonic() < end:
            self._app.processEvents()
        return got[0].get("stops", -1) if got and got[0] else -1

    def kill(self) -> bool:
        """kill -9 of the page's process; False where it never had one."""
        page = self.view._web.page
        if not self.until(lambda: page.renderProcessPid() > 0):
            return False
        os.kill(page.renderProcessPid(), signal.SIGKILL)
        return True

    def close(self) -> None:
        from PySide6.QtCore import QEvent

        self.view.close()
        self.view.deleteLater()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _fall(seed: int, each: _Round) -> tuple[int, list[tuple[int, int, str]]]:
    """Stops shown in the end, and what was wrong as (seed, stops that lack, words)."""
    from console.ui.map.marks import StopMark

    chance = random.Random(seed)
    marks = [
        StopMark(f"s{i}", None, None, chance.uniform(47.12, 47.18), chance.uniform(9.5, 9.58))
        for i in range(STOPS)
    ]
    each.view.set_stops(marks[: STOPS // 2])
    if seed % 3 and not each.until(lambda: each.shown() == STOPS // 2):
        return 0, [(seed, 0, "the map was never shown")]
    later = time.monotonic() + chance.random() * 0.3  # anywhere in what it does, loading included
    each.until(lambda: time.monotonic() > later)
    if not each.kill():
        return 0, [(seed, 0, "the page has no process")]
    each.view.set_stops(marks)
    each.until(lambda: each.shown() == STOPS)
    shown = each.shown()
    missing = STOPS - max(0, shown)
    return shown, [(seed, missing, f"{shown} of {STOPS} stops are shown again")] if missing else []


def main(first: int, end: int) -> None:
    from console.ui.start import application
    from console.ui.theme.theme import Choice, apply_theme

    app, shown, notes = application(), 0, list[tuple[int, int, str]]()
    theme = apply_theme(app, Choice.LIGHT)
    with tempfile.TemporaryDirectory() as cache:
        for seed in range(first, end):
            each = _Round(app, theme, Path(cache))
            count, wrong = _fall(seed, each)
            shown, notes = shown + count, [*notes, *wrong]
            each.close()
    print(json.dumps({"shown": shown, "notes": notes}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
