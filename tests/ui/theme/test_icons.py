import re
from pathlib import Path

from console.settings import bundled

UI = Path(bundled("resources")).parent / "console/ui"
NAMED = re.compile(r'(?:\bicon|pixmap|dress)\(\s*(?:[\w.]+,\s*)?"([a-z0-9-]+)"')


def test_every_icon_the_window_names_is_packed():
    named = {name for file in UI.rglob("*.py") for name in NAMED.findall(file.read_text("utf-8"))}
    packed = {file.stem for file in bundled("resources/icons").glob("*.svg")}
    assert named - packed == set()


def test_the_map_page_s_icons_are_packed():
    text = "".join(file.read_text("utf-8") for file in bundled("resources/map").glob("*.js"))
    for name in ("maximize", "locate-fixed", "layers", "route", "plus", "minus", "x", "map-pin"):
        assert f'"{name}"' in text
        assert (bundled("resources/icons") / f"{name}.svg").is_file()
