import re
import subprocess
import sys

import pytest

from console.settings import bundled
from console.ui.map.page import asset, base_page, write_page


@pytest.fixture(scope="module")
def page():
    return write_page()


def test_no_link_leads_outside(page):
    assert not re.search(r"https?:|//[a-z]", page, re.IGNORECASE)


def test_every_asset_is_packed(page):
    wanted = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(wanted) > 10
    assert [path for path in wanted if path != "qwebchannel.js" and asset(path) is None] == []


def test_the_page_is_the_same_every_time(page):
    assert write_page() == page


def test_our_own_scripts_are_small_and_hold_no_colour_and_no_link():
    scripts = list(bundled("resources/map").glob("*.js"))
    assert scripts
    for script in scripts:
        text = script.read_text(encoding="utf-8")
        assert text.count("\n") <= 250, script.name
        assert not re.search(r"""["'`]#[0-9a-f]{3,8}["'`]|https?://""", text, re.IGNORECASE)
    style = (bundled("resources/map") / "map.css").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb", style, re.IGNORECASE)


def test_the_second_start_does_not_import_folium(tmp_path):
    base_page(tmp_path)
    code = (
        "import sys, pathlib; from console.ui.map.page import base_page;"
        f"page = base_page(pathlib.Path({str(tmp_path)!r}));"
        "sys.exit('folium' in sys.modules or len(page) < 500)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_cache_that_cannot_be_written_is_no_obstacle(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert b"map_doorstep" in base_page(blocked)


@pytest.mark.parametrize(
    "path", ["page/../tokens.toml", "page/", "elsewhere/x.js", "icons/../../pyproject.toml"]
)
def test_only_the_page_s_own_files_are_served(path):
    assert asset(path) is None


def test_vendored_code_carries_its_licence():
    for folder in ("leaflet", "protomaps-leaflet"):
        assert (bundled("resources/vendor") / folder / "LICENSE").is_file()
