"""One isolated machine for all tests: an own home, no screen, no sandbox for root."""

import faulthandler
import os
import tempfile
from pathlib import Path

import pytest

# Set before anything imports Qt. A test that needs a display starts one for its own child.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu --disable-logging")

_home = tempfile.TemporaryDirectory(prefix="doorstep-tests-", ignore_cleanup_errors=True)


def _isolate(home: Path) -> None:
    """Point every place where the console could find or leave a user's data at `home`."""
    places = {
        "HOME": home,
        "USERPROFILE": home,
        "APPDATA": home / "appdata",
        "LOCALAPPDATA": home / "localappdata",
        "XDG_DATA_HOME": home / ".local/share",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_STATE_HOME": home / ".local/state",
        "XDG_RUNTIME_DIR": home / "run",
        "DOORSTEP_HOME": home / "doorstep",
    }
    for name, place in places.items():
        place.mkdir(parents=True, exist_ok=True)
        os.environ[name] = str(place)
    places["XDG_RUNTIME_DIR"].chmod(0o700)


_isolate(Path(_home.name))

_told: list[int] = []


def pytest_configure() -> None:
    """Where a crash is told: the real standard output, before anything captures it."""
    _told.append(os.dup(1))


def pytest_runtest_setup() -> None:
    """A console of an earlier test took the handler for its own log, and let go of it."""
    faulthandler.enable(_told[0])


@pytest.fixture
def user_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give one test a home of its own, empty."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("DOORSTEP_HOME", str(home / "doorstep"))
    return home
