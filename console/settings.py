"""What this machine sets: where things are kept, who sits here; and where packed files are."""

import getpass
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

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


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of this machine: defaults, then ``doorstep.toml``, then the environment.

    ``home`` holds the store, the regions and what is rebuilt when lost. ``actor`` is the person at
    this console. ``cores`` bounds the optimiser's processes; 0 is one a core.
    """

    home: Path
    actor: str = ""
    cores: int = 0
    database: str = ""
    """The address of the shared database; empty where the store is a folder here."""

    @property
    def store(self) -> Path:
        """The folder of the database."""
        return self.home / "store"

    @property
    def regions(self) -> Path:
        """The folder of the street extracts."""
        return self.home / "regions"

    @property
    def cache(self) -> Path:
        """What may be lost at any time."""
        return self.home / "cache"


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; ValueError names the file and the key that is wrong."""
    env = os.environ if environment is None else environment
    home = Path(env.get("DOORSTEP_HOME") or user_data_path("doorstep", appauthor=False))
    file = home / "doorstep.toml"
    written: Mapping[str, object] = _read(file) if file.is_file() else {}
    cores = str(env.get("DOORSTEP_CORES", written.get("cores", 0)))
    if not cores.isdecimal():
        raise ValueError(f"{file}: cores must be a whole number, not {cores!r}")
    actor = env.get("DOORSTEP_ACTOR") or str(written.get("actor", "")) or _login()
    database = env.get("DOORSTEP_DATABASE", str(written.get("database", "")))
    return Settings(home, actor, int(cores), database)


def _read(file: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{file} cannot be read: {error}") from error


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "dispatcher"
