"""One isolated machine for all tests: an own home, no screen, no sandbox for root."""

import faulthandler
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from console.ui.sweeping import Sweeper

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
_sweepers: "list[Sweeper]" = []
_WINDOWS = {"ui", "window"}
"""Folders of tests whose neighbours have windows, too."""


def pytest_configure() -> None:
    """Where a crash is told: the real standard output, before anything captures it."""
    _told.append(os.dup(1))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A console of an earlier test took the handler for its own log, and let go of it.

    Tests with windows look for garbage as the program does: never in another thread.
    """
    faulthandler.enable(_told[0])
    has_windows = "qapp" in getattr(item, "fixturenames", ()) or _WINDOWS & {*item.path.parts}
    if has_windows and not _sweepers:
        from console.ui.sweeping import Sweeper  # Qt is not for tests that have no windows

        _sweepers.append(Sweeper())
    elif not has_windows and _sweepers:
        _sweepers.pop().end()


def pytest_runtest_teardown() -> None:
    """Nothing is looked for within a test."""
    for sweeper in _sweepers:
        sweeper.sweep()


@pytest.fixture
def user_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give one test a home of its own, empty."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("DOORSTEP_HOME", str(home / "doorstep"))
    return home
