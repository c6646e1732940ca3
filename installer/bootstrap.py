"""Doorstep's one command: sets everything up, then opens the console or runs the tests.

    python3 installer/bootstrap.py demo       the console with a demo day (own store)
    python3 installer/bootstrap.py run        the console with your own days
    python3 installer/bootstrap.py test       every check and test
    python3 installer/bootstrap.py setup      only the set-up

Everything after the word goes to the program itself (`demo --headless --out DIR`, `test -k board`).
Runs on Python 3.9 or later with the standard library alone, from any folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from installer.environment import Environment
from installer.libraries import Need, apt_get, needs_for, provide
from installer.machine import (
    ROOT,
    SetupError,
    distribution,
    has_screen,
    is_root,
    say,
    this_command,
)
from installer.pythons import Python, clean_environment, find

COMMANDS = ("demo", "run", "test", "setup")
INSTALL_PYTHON = {
    "win32": "winget install Python.Python.3.13",
    "darwin": "brew install python@3.13",
    "fedora": "sudo dnf install python3.13",
    "rhel": "sudo dnf install python3.12",
    "arch": "sudo pacman -S python",
    "suse": "sudo zypper install python313",
}


def main(arguments: list[str]) -> int:
    """Do what the words ask; return the exit code of the program that was started."""
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"], ["help"]) else 2
    try:
        return _obey(arguments[0], arguments[1:])
    except SetupError as error:
        print(f"doorstep: {error}\nWhat to do: {error.remedy}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        print(f"\ndoorstep: Stopped. To go on: {this_command()}", file=sys.stderr, flush=True)
        return 130


def _obey(command: str, rest: list[str]) -> int:
    screen = has_screen(os.environ)
    environment = Environment(ROOT)
    prepare(environment, needs_for(command, screen=screen), tests=command == "test")
    compile_kernel(environment)
    if command == "setup":
        say("Ready. Next: python3 installer/bootstrap.py demo")
        return 0
    return start([str(environment.python), *words(command, rest, screen=screen)], command, screen)


def prepare(environment: Environment, needs: tuple[Need, ...], *, tests: bool) -> None:
    """Add what the system and the environment lack; all that cannot be added is told at once.

    Raises:
        SetupError: the program cannot be started here.
    """
    ready = environment.ready(tests=tests)
    python: Python | None = None
    errors: list[SetupError] = []
    try:
        provide(needs)
    except SetupError as error:
        errors.append(error)
    try:
        python = None if ready else choose_python()
    except SetupError as error:
        errors.append(error)
    if errors:
        remedies = "\n".join(error.remedy for error in errors)
        raise SetupError(
            " ".join(map(str, errors)), f"type\n{remedies}\nthen again: {this_command()}"
        )
    if python is not None:
        environment.make(python, tests=tests)


def compile_kernel(environment: Environment) -> None:
    """Have the optimiser's inner loops compiled, once; without them it searches more slowly."""
    line = [str(environment.python), "-P", "-m", "console.planning.kernel"]
    sys.stdout.flush()
    done = subprocess.run(line, env=clean_environment(), cwd=str(ROOT), check=False)
    if done.returncode:
        say("The optimiser could not be compiled here; it works, but searches more slowly")


def words(command: str, rest: list[str], *, screen: bool) -> list[str]:
    """Return the arguments for the environment's Python that do `command`."""
    if command == "test":
        return ["-m", "pytest", *rest]
    # -P: a folder called `console` where the user stands is not ours.
    console = ["-P", "-m", "console"]
    if command == "run":
        return [*console, *rest]
    headless = "--headless" in rest
    if not screen and not headless:
        say("There is no screen here, so the demo runs without a window (demo --headless)")
        rest = ["--headless", *rest]
        headless = True
    if headless and not any(word == "--out" or word.startswith("--out=") for word in rest):
        rest = [*rest, "--out", "doorstep-demo"]
        say(f"Plan and pictures go to {Path.cwd() / 'doorstep-demo'}")
    return [*console, "demo", *rest]


def start(line: list[str], command: str, screen: bool) -> int:
    """Become the program, or on Windows run it; its exit code is ours."""
    env = clean_environment()
    if is_root():
        env["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
    if command == "test" or not screen or "--headless" in line:
        env["QT_QPA_PLATFORM"] = "offscreen"
    if command == "test":
        os.chdir(str(ROOT))
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "nt":
        return subprocess.run(line, env=env, check=False).returncode
    os.execve(line[0], line, env)  # noqa: S606
    raise AssertionError("execve does not return")


def choose_python() -> Python:
    """Return a Python that can carry Doorstep, adding what it lacks where we may.

    Raises:
        SetupError: there is none; the remedy is the command that installs one.
    """
    say("Looking for Python 3.12 to 3.14")
    python, seen = find()
    if python is None and is_root() and distribution().get("ID") in ("debian", "ubuntu"):
        python, seen = _with_apt(seen)
    if python is not None:
        return python
    raise SetupError(_verdict(seen), remedy_for_python(distribution(), seen, sys.platform))


def _with_apt(seen: list[Python]) -> tuple[Python | None, list[Python]]:
    """Let the system's package manager add a Python, or the parts it leaves out."""
    say("Installing python3 and python3-venv with apt-get")
    apt_get("update")
    wanted = ["python3", "python3-venv"]
    wanted += ["python{}.{}-venv".format(*p.version[:2]) for p in seen if _from_system(p)]
    if apt_get("install", *dict.fromkeys(wanted)):
        return find()
    return None, seen


def _from_system(python: Python) -> bool:
    return python.right_version and python.path.startswith("/usr/bin/")


def _verdict(seen: list[Python]) -> str:
    if not seen:
        return "No working Python was found."
    best = max(seen, key=lambda python: (python.right_version, python.version))
    if best.right_version:
        return f"{best} lacks the standard modules {', '.join(best.missing)}."
    return f"Doorstep needs Python 3.12, 3.13 or 3.14 (64 bit); the best found is {best}."


def remedy_for_python(system: dict[str, str], seen: list[Python], platform: str) -> str:
    """Return the command that installs a fit Python on this kind of system."""
    family = [platform, system.get("ID", ""), *system.get("ID_LIKE", "").split()]
    if "debian" in family or "ubuntu" in family:
        return _remedy_on_debian(system, seen)
    known = [INSTALL_PYTHON[name] for name in family if name in INSTALL_PYTHON]
    if known:
        return known[0]
    return "Install Python 3.13 with your system's package manager"


def _remedy_on_debian(system: dict[str, str], seen: list[Python]) -> str:
    sudo = "" if is_root() else "sudo "
    lacking = [p for p in seen if _from_system(p)]
    if lacking:
        return "{}apt-get install python{}.{}-venv".format(sudo, *lacking[0].version[:2])
    release = system.get("VERSION_ID", "").split(".")[0]
    oldest = {"debian": 13, "ubuntu": 24}.get(system.get("ID", ""), 0)
    if release.isdigit() and int(release) >= oldest:
        return f"{sudo}apt-get update && {sudo}apt-get install python3 python3-venv"
    # Older releases have no such Python; uv brings one and needs no root for it.
    return (
        f"{sudo}apt-get update && {sudo}apt-get install python3-venv && python3 -m venv ~/.uv && "
        "~/.uv/bin/pip install uv && ~/.uv/bin/uv python install 3.13"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
