"""One drag with a real mouse: the window under Xvfb, the pointer moved by xdotool."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHILD = Path(__file__).with_name("real_drag_child.py")


@pytest.fixture
def display():
    """An X server of our own on a free display."""
    for program in ("Xvfb", "xdotool"):
        if shutil.which(program) is None:
            pytest.fail(f"{program} is missing: apt-get install xvfb xdotool")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(10)


def drag(display, start, end, steps=8):
    """Press, move in steps, let go: one process, so that nothing comes between."""
    words = ["mousemove", *map(str, start), "sleep", "0.1", "mousedown", "1", "sleep", "0.15"]
    corner = (start[0], end[1])  # level with the target, so that no gap above it shifts it
    for here, there in ((start, corner), (corner, end)):
        for step in range(1, steps + 1):
            point = [a + (b - a) * step // steps for a, b in zip(here, there, strict=True)]
            words += ["mousemove", *map(str, point), "sleep", "0.04"]
    words += ["sleep", "0.5", "mouseup", "1"]
    subprocess.run(["xdotool", *words], env={**os.environ, "DISPLAY": display}, check=True)


@pytest.mark.screen
@pytest.mark.parametrize("kind", ["board", "timeline"])
def test_a_stop_is_dragged_to_another_driver(display, tmp_path, kind):
    shot = Path(os.environ.get("DOORSTEP_SHOTS", tmp_path)) / f"real-drag-{kind}.png"
    env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    child = subprocess.Popen(
        [sys.executable, str(CHILD), kind, str(shot)], env=env, stdout=subprocess.PIPE, text=True
    )
    with child:
        assert child.stdout is not None
        ready = child.stdout.readline().split()
        assert ready[:1] == ["READY"], "the window did not open"
        x1, y1, x2, y2 = map(int, ready[1:])
        drag(display, (x1, y1), (x2, y2))
        moved = child.stdout.readline().split()
        child.wait(30)
    assert moved == ["MOVED", "True", "1"]
    assert child.returncode == 0
    assert shot.stat().st_size > 10_000
