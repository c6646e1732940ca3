"""The routes at rest: made in slices, and after a pan only where something comes into sight."""

import json
from functools import partial

import pytest

from console.ui.map.marks import RouteLine
from tests.ui.map.conftest import BOUNDS

ROUTES = 24
ROUNDING = 12
"""Of 255: a smooth edge that a box cuts is reckoned from another side."""
_PREPARE = """
const layer = doorstepConsole.layer, rest = layer._rest;
const whole = () => {
  let slices = 1;
  while (!rest.make(layer.view, 1, 0)) slices += 1;
  return slices;
};
const bytes = () => {
  const { canvas } = rest.shown;
  return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
};
const differ = (a, b) => a.reduce((sum, value, i) => sum + (Math.abs(value - b[i]) > ROUNDING), 0);
"""
_PAN = """
whole();
doorstepConsole.map.panBy([ACROSS, DOWN], { animate: false });
layer._place();
rest.make(layer.view, 1, 0);
const lines = rest.coming ? rest.coming.left.length + 1 : 1;
whole();
const moved = bytes();
rest.forget();
const slices = whole();
return JSON.stringify({ off: differ(moved, bytes()), lines, slices, size: moved.length });
"""
_ZOOM = """
whole();
const before = rest.shown;
doorstepConsole.map.setZoom(doorstepConsole.map.getZoom() + 1, { animate: false });
layer._paint();
const stands = rest.shown === before && layer.isWaiting();
const slices = whole();
return JSON.stringify({ stands, slices, made: rest.shown !== before });
"""


def answer(driven, script: str, **numbers: int) -> dict[str, int]:
    script = _PREPARE + script
    for name, value in {"ROUNDING": ROUNDING, **numbers}.items():
        script = script.replace(name, str(value))
    asked = partial(driven.view._web.page.runJavaScript, f"(() => {{ {script} }})()")
    return json.loads(driven.answer(asked))


@pytest.fixture
def full(driven, town):
    """Routes to and fro through the whole region, some dashed."""
    south, west, north, east = BOUNDS
    wide, high = east - west, north - south
    driven.view.set_routes(
        RouteLine(
            f"r{n}",
            n + 1,
            f"#{40 + n * 5:02x}80a0",
            "#ffffff",
            tuple(
                (south + high * (n + i % 2) / (ROUTES + 1), west + wide * i / 30) for i in range(30)
            ),
            pattern=(10, 4) if n % 3 == 0 else (),
        )
        for n in range(ROUTES)
    )
    driven.show(town)
    return driven


@pytest.mark.parametrize("across", [37, -52])
@pytest.mark.parametrize("down", [0, 23, -80])
def test_after_a_pan_nothing_looks_otherwise_than_painted_anew(full, across, down):
    found = answer(full, _PAN, ACROSS=across, DOWN=down)
    assert found["off"] == 0
    assert found["size"] > 800 * 600 * 4
    assert found["slices"] >= ROUTES  # in no time at all one route a slice is made
    if not down:
        assert found["lines"] <= ROUTES


def test_while_routes_are_made_those_before_stand_in(full):
    found = answer(full, _ZOOM)
    assert found["stands"]
    assert found["made"]
    assert found["slices"] > 1
