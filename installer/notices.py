"""Writes the table of libraries in THIRD_PARTY.md: every locked one, its version and licence.

.venv/bin/python -m installer.notices        rewrite the table
"""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path

from installer.environment import RUNTIME
from installer.machine import ROOT, say

BEGIN = "<!-- libraries: written by installer/notices.py -->"
END = "<!-- end of libraries -->"

# Only build the wheel or run on other systems; nothing of theirs is passed on.
NOT_SHIPPED = {
    "colorama",
    "editables",
    "hatchling",
    "pathspec",
    "pluggy",
    "pywin32-ctypes",
    "tomlkit",
    "trove-classifiers",
}

# Read in the licence files where the metadata gives no SPDX expression.
READ = {
    "cycler": "BSD-3-Clause",
    "flatbuffers": "Apache-2.0",
    "jaraco-classes": "MIT",
    "kiwisolver": "BSD-3-Clause",
    "matplotlib": "PSF-2.0 (matplotlib)",
    "osrm-bindings": "BSD-2-Clause",
    "protobuf": "BSD-3-Clause",
    "pyrage": "MIT",
    "ortools": "Apache-2.0",
    "pysqlite3": "Zlib, bundled SQLite is public domain",
    "reportlab": "BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "shellingham": "ISC",
    "timezonefinder": "MIT",
    "timezonefinder-data": "ODbL-1.0 (zone borders from OpenStreetMap)",
    "jinja2": "BSD-3-Clause",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
}


def locked(root: Path = ROOT) -> dict[str, str]:
    """Return name and version of every library in the runtime lock, without the build's own."""
    text = (root / "installer" / RUNTIME).read_text(encoding="utf-8")
    pairs = re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", text, flags=re.MULTILINE)
    return {name: version for name, version in pairs if name not in NOT_SHIPPED}


def licence(name: str) -> str:
    """Return the licence of an installed library, as an SPDX expression where it has one.

    Raises:
        LookupError: neither its metadata nor our own reading names one.
    """
    if name in READ:
        return READ[name]
    metadata = importlib.metadata.metadata(name)
    said = metadata.get("License-Expression") or metadata.get("License") or ""
    if not said or len(said) > 80:
        raise LookupError(f"Read the licence of {name} and add it to READ")
    return said


def table(root: Path = ROOT) -> str:
    """Return the Markdown table of all libraries that are passed on with Doorstep."""
    rows = [
        f"| {name} | {version} | {licence(name)} |"
        for name, version in sorted(locked(root).items())
    ]
    return "\n".join(["| library | version | licence |", "| --- | --- | --- |", *rows])


def renewed(text: str, root: Path = ROOT) -> str:
    """Return THIRD_PARTY.md's text with the table as it is now."""
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    return f"{head}{BEGIN}\n\n{table(root)}\n\n{END}{tail}"


def main() -> None:
    """Rewrite the table in place."""
    path = ROOT / "THIRD_PARTY.md"
    path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
    say(f"{len(locked())} libraries in {path.name}")


if __name__ == "__main__":
    main()
