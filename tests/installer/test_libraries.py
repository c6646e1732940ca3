"""System libraries: what is found missing, what is typed, what apt-get is told."""

import stat
import sys
from pathlib import Path

import pytest

from installer import libraries
from installer.libraries import QT, SCREEN_TESTS, SERVER_TESTS, WINDOW, Need
from installer.machine import SetupError

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")

ABSENT = Need("libdoorstep-is-not-here.so.7", ("libdoorstep7t64", "libdoorstep7"))
WISH = Need("doorstep-no-such-program", ("doorstep-tools",), vital=False)


@pytest.fixture
def apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put an apt-get and an apt-cache on the PATH that write down what they are told."""
    log = tmp_path / "apt.log"
    log.touch()
    body = f'#!/bin/sh\necho "$(basename "$0") $*" >> {log}\ncase "$0 $*" in\n'
    body += "*apt-cache*t64) echo Package: yes;;\nesac\n"
    for name in ("apt-get", "apt-cache"):
        path = tmp_path / name
        path.write_text(body)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return log


def become(monkeypatch: pytest.MonkeyPatch, *, root: bool) -> None:
    monkeypatch.setattr(libraries, "is_root", lambda: root)


def test_what_is_there_is_not_missing() -> None:
    assert libraries.missing((Need("libc.so.6", ("libc6",)), Need("sh", ("dash",)))) == []
    assert libraries.missing((ABSENT, WISH)) == [ABSENT, WISH]


def test_without_rights_the_line_to_type_is_told(
    apt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    become(monkeypatch, root=False)
    with pytest.raises(SetupError, match="lacks libdoorstep-is-not-here") as refused:
        libraries.provide((ABSENT, WISH))
    line = "sudo apt-get install --no-install-recommends libdoorstep7t64 doorstep-tools"
    assert line in refused.value.remedy
    assert "install" not in apt.read_text()


def test_a_wish_that_stays_open_does_not_stop(
    apt: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    become(monkeypatch, root=False)
    libraries.provide((WISH,))
    assert "Going on without" in capsys.readouterr().out


def test_root_updates_installs_and_tries_once_more(
    apt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    become(monkeypatch, root=True)
    libraries.provide((WISH,))
    told = [line for line in apt.read_text().splitlines() if line.startswith("apt-get")]
    assert [line.split()[6] for line in told] == ["update", "-y"]
    assert told[1].endswith("install doorstep-tools")
    (apt.parent / "apt-get").write_text(f'#!/bin/sh\necho "apt-get $*" >> {apt}\nexit 100\n')
    apt.write_text("")
    with pytest.raises(SetupError, match="lacks"):
        libraries.provide((ABSENT,))
    assert apt.read_text().count("update") == 2


def test_without_apt_the_libraries_themselves_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SetupError) as refused:
        libraries.provide((ABSENT,))
    assert ABSENT.what in refused.value.remedy
    assert "apt" not in refused.value.remedy


def test_what_each_command_needs() -> None:
    assert libraries.needs_for("demo", screen=False) == QT
    assert libraries.needs_for("demo", screen=True) == QT + WINDOW
    assert libraries.needs_for("run", screen=True) == QT + WINDOW
    tests = libraries.needs_for("test", screen=False)
    assert tests == QT + SCREEN_TESTS + SERVER_TESTS
    assert {need.what for need in tests if not need.vital} >= {"Xvfb", "xdotool", "fonts"}
