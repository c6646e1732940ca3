"""Where the console finds what was packed with it."""

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """Return the path of a packed file or folder, such as ``resources/tokens.toml``.

    Looks in a PyInstaller bundle, beside the package (checkout) and inside it (wheel).
    FileNotFoundError when it is in none of them: the installation is incomplete.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    roots = [Path(frozen), Path(frozen) / "console"] if frozen else []
    roots += [_PACKAGE.parent, _PACKAGE]
    for root in roots:
        if (path := root / name).exists():
            return path
    raise FileNotFoundError(f"the installation lacks {name}")
