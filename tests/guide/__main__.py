"""Make the guide's pictures anew: python -m tests.guide [--language de] [--out FOLDER]

They go into resources/help/pictures, those of another language into its own folder there. Drives
the real window, offscreen, on the demo's own city and day, and writes one small PNG for each
picture that a page of the guide shows. Takes some minutes; needs no display.
"""

import argparse
import os
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from console.tongues import LANGUAGES, SOURCE, Tongue, speak

ROOT = Path(__file__).resolve().parents[2]
HELP = ROOT / "resources/help"
DAY = date(2026, 11, 24)
SIZE = (1280, 800)


_LOCALES = {"en": "C", "de": "de_DE"}
"""Whose formats its readers are used to."""


class Evening:
    """A clock that stands still on the evening before the day."""

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 15, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="usually the guide's own folder")
    parser.add_argument("--language", choices=LANGUAGES, default=SOURCE)
    parser.add_argument("--seconds", type=float, default=6.0, help="of each search")
    parser.add_argument("--city", type=Path, help="where the demo city is kept between runs")
    options = parser.parse_args()
    own = HELP if options.language == SOURCE else HELP / options.language
    options.out = options.out or own / "pictures"
    speak(Tongue.of(options.language))  # before any module of the window says something
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="doorstep-guide-", ignore_cleanup_errors=True) as home:
        take(Path(home), options)


def take(home: Path, options: argparse.Namespace) -> None:
    from dataclasses import replace

    from console.bootstrap import open_console
    from console.demonstration import make_demo
    from console.dispatch.lanes import ThreadLanes
    from console.settings import Settings
    from console.ui.start import Desktop, Options, run
    from console.ui.theme.theme import Choice
    from tests.guide.camera import Camera
    from tests.guide.walk import Walk

    config = Settings(options.city or home, "Ada")
    files = make_demo(config, print)
    lanes = ThreadLanes()
    console = open_console(config, lanes, store=home / "store")

    async def walked(desktop: Desktop) -> None:
        try:
            await Walk(desktop, files, Camera(desktop, options.out), home).whole()
        finally:
            desktop.window.close()

    shown = Options(
        home / "cache",
        Choice.LIGHT,
        size=SIZE,
        service_day=DAY,
        seconds=options.seconds,
        locale=_LOCALES[options.language],
    )
    try:
        run(replace(console.services, clock=Evening()), shown, walked)
    finally:
        console.close()
        lanes.close()


if __name__ == "__main__":
    main()
