"""The words a user types and what they become."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from installer import bootstrap, machine
from installer.machine import SetupError
from installer.pythons import Python
from tests.shared import ROOT

CONSOLE = ["-P", "-m", "console"]
OLD = Python("/usr/bin/python3", (3, 11, 2))
BARE = Python("/usr/bin/python3.13", (3, 13, 5), ("ensurepip",))


def test_words_become_the_program() -> None:
    assert bootstrap.words("run", [], screen=True) == CONSOLE
    assert bootstrap.words("demo", ["--seed", "3"], screen=True) == [
        *CONSOLE,
        "demo",
        "--seed",
        "3",
    ]
    assert bootstrap.words("test", ["-k", "board"], screen=False) == ["-m", "pytest", "-k", "board"]


def test_without_a_screen_the_demo_says_so_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    said = bootstrap.words("demo", [], screen=False)
    assert said == [*CONSOLE, "demo", "--headless", "--out", "doorstep-demo"]
    out = capsys.readouterr().out
    assert "no screen" in out
    assert str(Path.cwd() / "doorstep-demo") in out


def test_a_headless_demo_keeps_its_folder() -> None:
    rest = ["--headless", "--out", "there"]
    assert bootstrap.words("demo", rest, screen=True) == [*CONSOLE, "demo", *rest]


def test_unknown_words_print_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["dance"]) == 2
    assert bootstrap.main([]) == 2
    assert bootstrap.main(["--help"]) == 0
    assert "bootstrap.py demo" in capsys.readouterr().out


def test_an_error_is_one_sentence_and_one_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> int:
        raise SetupError("The disk is full.", "Free some")

    monkeypatch.setattr(bootstrap, "_obey", fail)
    assert bootstrap.main(["setup"]) == 1
    assert capsys.readouterr().err == "doorstep: The disk is full.\nWhat to do: Free some\n"


def test_an_interrupt_says_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "_obey", interrupt)
    assert bootstrap.main(["setup"]) == 130
    assert "To go on: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("system", "seen", "command"),
    [
        ({"ID": "debian", "VERSION_ID": "13"}, [], "apt-get install python3 python3-venv"),
        ({"ID": "debian", "VERSION_ID": "13"}, [BARE], "apt-get install python3.13-venv"),
        ({"ID": "debian", "VERSION_ID": "12"}, [OLD], "uv python install 3.13"),
        ({"ID": "ubuntu", "VERSION_ID": "24.04"}, [], "apt-get install python3 python3-venv"),
        ({"ID": "ubuntu", "VERSION_ID": "22.04"}, [OLD], "uv python install 3.13"),
        ({"ID": "fedora"}, [], "dnf install python3.13"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, [], "dnf install python3.12"),
        ({"ID": "arch"}, [], "pacman -S python"),
        ({}, [], "your system's package manager"),
    ],
)
def test_no_fit_python_names_the_command(
    system: dict[str, str], seen: list[Python], command: str
) -> None:
    remedy = bootstrap.remedy_for_python(system, seen, "linux")
    assert command in remedy


def test_all_that_is_lacking_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_python() -> Python:
        raise SetupError("No Python.", "brew python")

    def no_library(_: object) -> None:
        raise SetupError("No library.", "apt library")

    monkeypatch.setattr(bootstrap, "choose_python", no_python)
    monkeypatch.setattr(bootstrap, "provide", no_library)
    monkeypatch.setattr(bootstrap.Environment, "ready", lambda *_, **__: False)
    assert bootstrap.main(["setup"]) == 1
    said = capsys.readouterr().err
    assert (
        "No library. No Python.\nWhat to do: type\napt library\nbrew python\nthen again: " in said
    )


def test_no_fit_python_elsewhere() -> None:
    assert "winget install" in bootstrap.remedy_for_python({}, [], "win32")
    assert "brew install" in bootstrap.remedy_for_python({}, [], "darwin")


def test_the_verdict_names_the_best_found() -> None:
    assert "3.11.2" in bootstrap._verdict([OLD])
    assert "ensurepip" in bootstrap._verdict([OLD, BARE])
    assert "No working Python" in bootstrap._verdict([])


def test_a_screen_is_one_that_answers(tmp_path: Path) -> None:
    assert machine.has_screen({}, "darwin")
    assert not machine.has_screen({}, "linux")
    assert not machine.has_screen({"DISPLAY": ":4711"}, "linux")
    assert not machine.has_screen({"DISPLAY": "nonsense"}, "linux")
    assert not machine.has_screen({"WAYLAND_DISPLAY": "w", "XDG_RUNTIME_DIR": "/nowhere"}, "linux")
    (tmp_path / "w").touch()
    assert machine.has_screen({"WAYLAND_DISPLAY": "w", "XDG_RUNTIME_DIR": str(tmp_path)}, "linux")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="abstract sockets")
def test_a_listening_display_is_a_screen() -> None:
    number = 4000 + os.getpid() % 50000
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"\0/tmp/.X11-unix/X{number}")
        server.listen()
        assert machine.has_screen({"DISPLAY": f":{number}.0"}, "linux")


def test_the_exit_code_is_passed_on(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from installer.bootstrap import start;"
        "sys.exit(start([sys.executable, '-c', 'import sys; sys.exit(7)'], 'run', True))"
    )
    line = [sys.executable, "-c", code, str(ROOT)]
    assert subprocess.run(line, cwd=tmp_path, check=False).returncode == 7


def test_the_ci_script_calls_the_test_command() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "installer/bootstrap.py test" in script
    assert os.access(ROOT / ".ci/run", os.X_OK)
    subprocess.run(["bash", "-n", str(ROOT / ".ci/run")], check=True)
