"""The map's base page: written once by folium, kept on disk, free of outside links."""

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Any

from console.settings import bundled

_CHANNEL = "qwebchannel.js"
_SCRIPTS = (
    "vendor/leaflet/leaflet.js",
    "vendor/protomaps-leaflet/protomaps-leaflet.js",
    _CHANNEL,
    "page/geometry.js",
    "page/scene.js",
    "page/lines.js",
    "page/arrange.js",
    "page/stops.js",
    "page/vans.js",
    "page/tags.js",
    "page/clusters.js",
    "page/rest.js",
    "page/canvas.js",
    "page/hits.js",
    "page/hands.js",
    "page/pointer.js",
    "page/candidates.js",
    "page/basemap.js",
    "page/ground.js",
    "page/zones.js",
    "page/layers.js",
    "page/controls.js",
    "page/boot.js",
)
_STYLES = ("vendor/leaflet/leaflet.css", "page/map.css")
_MAP_NAME = "map_doorstep"
_MIN_ZOOM, _MAX_ZOOM = 8, 19
_BOOT = (
    "{% macro script(this, kwargs) %}doorstep.boot({{ this._parent.get_name() }});{% endmacro %}"
)


def _key() -> str:
    """Changes whenever the page would: with folium or with the code that writes it."""
    parts = (version("folium"), *_SCRIPTS, *_STYLES, _BOOT, Path(__file__).read_text("utf-8"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def write_page() -> str:
    """Write the page with folium (which costs a second to import)."""
    from branca.element import MacroElement
    from folium import Map
    from folium.template import Template

    class ConsoleMap(Map):
        """A folium map whose assets are all our own."""

        default_js = [(script, script) for script in _SCRIPTS]
        default_css = [(style, style) for style in _STYLES]

        def get_name(self) -> str:
            """A fixed name, so that the page is the same every time."""
            return _MAP_NAME

    class Boot(MacroElement):
        """Hands the Leaflet map to our scripts."""

        _template = Template(_BOOT)

    page: Any = ConsoleMap(
        location=(0, 0),
        zoom_start=_MIN_ZOOM,
        tiles=None,
        min_zoom=_MIN_ZOOM,
        max_zoom=_MAX_ZOOM,
        prefer_canvas=True,
        zoom_control=False,
        attribution_control=False,
        fade_animation=False,
        zoom_snap=0.5,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=100,
    )
    page.add_child(Boot())
    return page.get_root().render()


def base_page(cache: Path) -> bytes:
    """The page, from ``cache`` or written into it; an unwritable cache is no obstacle."""
    kept = cache / f"map-{_key()}.html"
    try:
        return kept.read_bytes()
    except OSError:
        page = write_page().encode()
    try:
        cache.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part")
        part.write_bytes(page)
        part.replace(kept)
    except OSError:
        return page
    return page


def asset(path: str) -> bytes | None:
    """A packed file of the page by its address: ``page/``, ``vendor/`` or ``icons/``."""
    folders = {"page": "resources/map", "vendor": "resources/vendor", "icons": "resources/icons"}
    first, _, rest = path.partition("/")
    if first not in folders:
        return None
    root = bundled(folders[first]).resolve()
    wanted = (root / rest).resolve()
    if root not in wanted.parents or not wanted.is_file():
        return None
    return wanted.read_bytes()
