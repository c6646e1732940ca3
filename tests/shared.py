"""Paths of the data that lies beside the repository and is not part of it."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"


def shared_data(relative: str) -> Path:
    """Return the path of a file or folder in the shared data; skip the test where it is absent."""
    path = SHARED_DATA / relative
    if not path.exists():
        # it lies beside the repository and is no part of it: a clone elsewhere has none
        pytest.skip(f"shared data not here: {relative}")
    return path
