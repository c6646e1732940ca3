"""Finds a Python on this machine that can carry Doorstep."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

OLDEST = (3, 12)
NEWEST = (3, 14)
# The version it is developed on comes first, then the newer ones.
NAMES = ("python3.12", "python3.13", "python3.14", "python3", "python")
NEEDED = ("venv", "ensurepip", "ssl", "sqlite3", "ctypes")
KEEPERS = (("PYENV_ROOT", "versions"), ("UV_PYTHON_INSTALL_DIR", ""), ("APPDATA", "uv/python"))
HOME_KEEPERS = (".pyenv/versions", ".pyenv/pyenv-win/versions", ".local/share/uv/python")
STRIPPED = ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")

_ASK = """
import importlib.util, json, sys
missing = [n for n in sys.argv[1:] if importlib.util.find_spec(n) is None]
if "ssl" not in missing:
    try:
        import ssl
    except ImportError:
        missing.append("ssl")
print(json.dumps({
    "path": getattr(sys, "_base_executable", None) or sys.executable,
    "version": list(sys.version_info[:3]),
    "missing": missing,
    "wide": sys.maxsize > 2**32,
}))
"""


@dataclass(frozen=True)
class Python:
    """One interpreter that answered: where it is, its version, the standard modules it lacks."""

    path: str
    version: tuple[int, int, int]
    missing: tuple[str, ...] = ()
    wide: bool = True

    @property
    def right_version(self) -> bool:
        """Whether the locked libraries exist for this version."""
        return self.wide and OLDEST <= self.version[:2] <= NEWEST

    @property
    def fit(self) -> bool:
        """Whether Doorstep can be set up with it as it is."""
        return self.right_version and not self.missing

    def __str__(self) -> str:
        return "Python {}.{}.{} ({})".format(*self.version, self.path)


def clean_environment(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the caller's environment without what would leak another Python's libraries in."""
    env = dict(os.environ if environ is None else environ)
    for name in STRIPPED:
        env.pop(name, None)
    env["PYTHONNOUSERSITE"] = "1"
    return env


def ask(command: list[str], timeout: float = 20.0) -> Python | None:
    """Run a candidate and let it describe itself; None if it does not run or does not answer."""
    try:
        answer = subprocess.run(
            [*command, "-I", "-c", _ASK, *NEEDED],
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=timeout,
            check=True,
        )
        said = json.loads(answer.stdout)
        major, minor, micro = said["version"]
        return Python(
            said["path"], (major, minor, micro), tuple(said["missing"]), bool(said["wide"])
        )
    except (OSError, ValueError, KeyError, subprocess.SubprocessError):
        return None


def find(candidates: Iterable[list[str]] | None = None) -> tuple[Python | None, list[Python]]:
    """Return the first fit Python, or None, and all that answered on the way."""
    seen: list[Python] = []
    asked: set[str] = set()
    for command in candidates_here() if candidates is None else candidates:
        key = "\0".join([os.path.realpath(command[0]), *command[1:]])
        # A pyenv shim is one file under many names: what it starts depends on its name.
        if "shims" in Path(command[0]).parts:
            key = "\0".join(command)
        if key in asked:
            continue
        asked.add(key)
        python = ask(command)
        if python is None:
            continue
        seen.append(python)
        if python.fit:
            return python, seen
    return None, seen


def candidates_here() -> Iterator[list[str]]:
    """Yield every command on this machine that may start a Python, the likeliest first."""
    yield [getattr(sys, "_base_executable", None) or sys.executable]
    yield from _on_path()
    if os.name == "nt":
        for wish in ("-3.12", "-3.13", "-3.14", "-3"):
            yield ["py", wish]
    for folder in (*_version_folders(), *_install_folders()):
        for name in _executables():
            path = folder / name
            if path.exists():
                yield [str(path)]


def _executables() -> tuple[str, ...]:
    return ("python.exe",) if os.name == "nt" else tuple(n for n in NAMES if n != "python")


def _on_path() -> Iterator[list[str]]:
    # Each folder by itself: an early entry (a pyenv shim) may fail where a later one works.
    suffix = ".exe" if os.name == "nt" else ""
    folders = [Path(f) for f in os.environ.get("PATH", "").split(os.pathsep) if f]
    for name in NAMES:
        for folder in folders:
            path = folder / (name + suffix)
            if path.is_file() and os.access(str(path), os.X_OK):
                yield [str(path)]


def _homes() -> list[Path]:
    homes = [Path(os.path.expanduser("~"))]  # noqa: PTH111 - Path.home() raises without a home
    if os.name != "nt":
        import pwd

        with contextlib.suppress(KeyError):
            homes.append(Path(pwd.getpwuid(os.getuid()).pw_dir))
    return list(dict.fromkeys(homes))


def _version_folders() -> Iterator[Path]:
    """Yield the folders of interpreters that pyenv and uv keep, the likeliest first."""
    path = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep)]
    keepers = [folder.parent / "versions" for folder in path if folder.name == "shims"]
    for name, rest in KEEPERS:
        if os.environ.get(name):
            keepers.append(Path(os.environ[name]) / rest)
    for home in _homes():
        keepers += [home / rest for rest in HOME_KEEPERS]
    for keeper in dict.fromkeys(keepers):
        for version in _likeliest_first(keeper):
            yield version if os.name == "nt" else version / "bin"


def _likeliest_first(folder: Path) -> list[Path]:
    def worth(path: Path) -> tuple[bool, list[int]]:
        digits = "".join(c if c.isdigit() else " " for c in path.name)
        number = [int(part) for part in digits.split()]
        return tuple(number[:2]) == OLDEST, number

    try:
        found = [path for path in folder.iterdir() if path.is_dir()]
    except OSError:
        return []
    return sorted(found, key=worth, reverse=True)


def _install_folders() -> Iterator[Path]:
    for folder in ("/usr/local/bin", "/usr/bin", "/opt/homebrew/bin", "/opt/local/bin"):
        yield Path(folder)
    yield from (p / "bin" for p in _likeliest_first(Path("/opt")) if p.name.startswith("python"))
    framework = Path("/Library/Frameworks/Python.framework/Versions")
    yield from (p / "bin" for p in _likeliest_first(framework))
    for name in ("LOCALAPPDATA", "PROGRAMFILES"):
        base = os.environ.get(name)
        if base:
            yield from _likeliest_first(Path(base) / "Programs" / "Python")
            yield from _likeliest_first(Path(base) / "Python")
    for home in _homes():
        for name in ("miniforge3", "miniconda3", "anaconda3"):
            yield home / name if os.name == "nt" else home / name / "bin"
