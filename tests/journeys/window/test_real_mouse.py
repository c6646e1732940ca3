"""The whole window under a mouse and a keyboard that are real: Xvfb and xdotool."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.town import Town
from tests.ui.board.test_real_drag import display, drag

__all__ = ["display"]

CHILD = Path(__file__).with_name("mouse_child.py")


def after(child: subprocess.Popen[str], word: str) -> list[str]:
    """What the child says after this word."""
    assert child.stdout is not None
    for said in child.stdout:
        first, *rest = said.split()
        if first == word:
            return rest
    raise AssertionError(f"the window ended without {word}")


def drag_as_asked(child: subprocess.Popen[str], display: str) -> None:
    """From where to where it says."""
    x1, y1, x2, y2 = map(int, after(child, "DRAG"))
    drag(display, (x1, y1), (x2, y2))


@pytest.mark.screen
def test_a_dispatcher_drags_undoes_drags_from_the_list_and_across_the_map(
    display: str, town: Town, planned_store: Path, tmp_path: Path
) -> None:
    shot = Path(os.environ.get("DOORSTEP_SHOTS", tmp_path)) / "real-mouse.png"
    env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    child = subprocess.Popen(
        [sys.executable, str(CHILD), str(town.home), str(planned_store.parent), str(shot)],
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        with child:
            stops, routes = map(int, after(child, "SHOWN"))
            assert stops > 30, "the map shows no stops"
            assert routes > 1, "the map shows no routes"
            drag_as_asked(child, display)
            assert after(child, "BEHIND") == ["True"]
            keys = after(child, "KEY")
            subprocess.run(
                ["xdotool", "key", *keys], env={**os.environ, "DISPLAY": display}, check=True
            )
            assert after(child, "BACK") == ["True"]
            drag_as_asked(child, display)
            assert after(child, "DROPPED") == ["True"]
            drag_as_asked(child, display)
            assert after(child, "ACROSS") == ["True"]
            assert child.wait(30) == 0
    finally:
        if child.poll() is None:
            child.kill()
    assert shot.stat().st_size > 10_000
