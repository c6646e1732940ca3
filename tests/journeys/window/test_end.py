"""A window that is driven by a program which fails: the failure is told, and nothing else."""

import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from tests.journeys.town import Town

CHILD = """
import asyncio, sys
from dataclasses import replace
from pathlib import Path
from console.bootstrap import open_console
from console.dispatch.lanes import ThreadLanes
from console.settings import Settings
from console.ui.start import Options, run
from console.ui.theme.theme import Choice
from tests.journeys.window.conftest import DAY, Yesterday

home, folder, closes = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "closes"

async def fails(desktop):
    try:
        await desktop.conductor.settled()
        raise TimeoutError("it never came true")
    finally:
        if closes:
            desktop.window.close()

lanes = ThreadLanes()
console = open_console(Settings(home, "Ada", 2), lanes, store=folder / "store")
services = replace(console.services, clock=Yesterday())
try:
    run(services, Options(folder, Choice.LIGHT, size=(1280, 800), service_day=DAY), fails)
finally:
    console.close()
    lanes.close()
"""


@pytest.mark.parametrize("how", ["closes", "leaves it open"])
def test_only_what_failed_is_told(
    town: Town, planned_store: Path, tmp_path: Path, how: str
) -> None:
    copytree(planned_store, tmp_path / "store")
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(town.home), str(tmp_path), how],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.rstrip().endswith("TimeoutError: it never came true")
    assert "no running event loop" not in done.stderr
    assert done.stderr.count("Traceback") == 1, done.stderr[-3000:]
