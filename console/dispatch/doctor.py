"""Is this installation whole? One line a part: version, found or not, remedy."""

import importlib
import importlib.metadata
import platform
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from console.dispatch.services import Component
from console.tongues import Said, phrase

REINSTALL = phrase("Run: python3 installer/bootstrap.py setup")


@dataclass(frozen=True, slots=True)
class Part:
    """A distribution to look for, the module that must load, and what it is for."""

    distribution: str
    module: str
    purpose: Said


PARTS = (
    Part("PySide6", "PySide6.QtWidgets", phrase("desktop window")),
    Part("PySide6_WebEngine", "PySide6.QtWebEngineCore", phrase("map view")),
    Part("qasync", "qasync", phrase("event loop")),
    Part("folium", "folium", phrase("map page")),
    Part("pandas", "pandas", phrase("figures")),
    Part("python-calamine", "python_calamine", phrase("spreadsheets")),
    Part("charset-normalizer", "charset_normalizer", phrase("file encodings")),
    Part("SQLAlchemy", "sqlalchemy", phrase("database")),
    Part("alembic", "alembic", phrase("database migrations")),
    Part("msgspec", "msgspec", phrase("journal codec")),
    Part("ortools", "ortools.constraint_solver.pywrapcp", phrase("optimiser")),
    Part("pyvrp", "pyvrp", phrase("optimiser's searches")),
    Part("osmium", "osmium", phrase("street extracts")),
    Part("osrm-bindings", "osrm", phrase("roads and travel times")),
    Part("pyvalhalla", "valhalla", phrase("roads and travel times")),
    Part("contourpy", "contourpy", phrase("what is within reach")),
    Part("shapely", "shapely", phrase("map drawing")),
    Part("timezonefinder", "timezonefinder", phrase("time zones")),
    Part("reportlab", "reportlab", phrase("route sheets")),
    Part("segno", "segno", phrase("QR codes")),
)


NOT_ON_WINDOWS = {"osrm-bindings"}


def examine(parts: Iterable[Part] = PARTS) -> list[Component]:
    """Load every part for real; a part that does not load says why."""
    python = Component("Python", platform.python_version(), found=True)
    lacking = NOT_ON_WINDOWS if sys.platform == "win32" else set[str]()
    return [python, *(_examined(part) for part in parts if part.distribution not in lacking)]


def _examined(part: Part) -> Component:
    name = f"{part.distribution} ({part.purpose})"
    try:
        version = importlib.metadata.version(part.distribution)
    except importlib.metadata.PackageNotFoundError:
        return Component(name, "", found=False, remedy=str(REINSTALL))
    try:
        importlib.import_module(part.module)
    except (ImportError, OSError) as error:
        return Component(name, version, found=False, remedy=f"{error}. {REINSTALL}")
    return Component(name, version, found=True)
