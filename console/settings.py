"""What this machine sets: where things are kept, who sits here; and where packed files are."""

import getpass
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, cast

from platformdirs import user_data_path

MOST_CORES = 1024
_MOST = {"timeout": 600, "table_size": 10_000, "factor": 5}
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


ENGINES = ("auto", "osrm", "valhalla", "osrm-server", "valhalla-server", "ors-server", "straight")
SERVERS = frozenset({"osrm-server", "valhalla-server", "ors-server"})


@dataclass(frozen=True, slots=True)
class StreetSettings:
    """Where travel times come from: the table ``[streets]`` of ``doorstep.toml``.

    ``engine`` is one of ``ENGINES``; ``auto`` is OSRM, or Valhalla where OSRM does not run.
    The rest is for servers: ``url``, ``key``, ``timeout`` in seconds, ``table_size`` (places of a
    table, 0 what such servers take by default), ``profiles`` from our kinds of vehicle to theirs.
    ``factor`` is for straight lines: how much longer a way is, 0 the usual.
    """

    engine: str = "auto"
    url: str = ""
    key: str = ""
    timeout: float = 30.0
    table_size: int = 0
    factor: float = 0.0
    profiles: Mapping[str, str] = field(default_factory=dict[str, str])


SERVICES = ("region", "nominatim", "photon", "pelias")
ASKS = ("doubtful", "all")
_LONGEST_WAIT = 600.0  # seconds


@dataclass(frozen=True, slots=True)
class AddressSettings:
    """Who finds addresses: the table ``[addresses]`` of ``doorstep.toml``.

    ``service`` is one of ``SERVICES``; ``region`` asks nobody outside. ``url`` is that of a server
    of one's own, ``key`` its key, ``contact`` an e-mail address for public ones, ``timeout`` in
    seconds. ``asks``: for doubtful addresses only, or for all.
    """

    service: str = "region"
    url: str = ""
    key: str = ""
    contact: str = ""
    timeout: float = 10.0
    asks: str = "doubtful"


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of this machine: defaults, then ``doorstep.toml``, then the environment.

    ``home`` holds the store, the regions and what is rebuilt when lost. ``actor`` is the person at
    this console. ``cores`` bounds the optimiser's processes; 0 is one a core. ``streets`` says
    where travel times come from.
    """

    home: Path
    actor: str = ""
    cores: int = 0
    database: str = ""
    """The address of the shared database; empty where the store is a folder here."""
    streets: StreetSettings = StreetSettings()
    addresses: AddressSettings = AddressSettings()

    @property
    def store(self) -> Path:
        """The folder of the database."""
        return self.home / "store"

    @property
    def regions(self) -> Path:
        """The folder of the street extracts."""
        return self.home / "regions"

    @property
    def logs(self) -> Path:
        """The folder of what this console did and what went wrong."""
        return self.home / "logs"

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
    if not cores.isdecimal() or len(cores) > 4 or int(cores) > MOST_CORES:
        raise ValueError(
            f"{file}: cores must be a whole number up to {MOST_CORES}, not {cores[:20]!r}"
        )
    actor = env.get("DOORSTEP_ACTOR") or str(written.get("actor", "")) or _login()
    database = env.get("DOORSTEP_DATABASE", str(written.get("database", "")))
    streets = _streets(file, written.get("streets", {}), env)
    addresses = _addresses(file, written.get("addresses", {}))
    return Settings(home, actor, int(cores), database, streets, addresses)


def _streets(file: Path, written: object, env: Mapping[str, str]) -> StreetSettings:
    if not isinstance(written, dict):
        raise ValueError(f"{file}: streets must be a table, [streets]")  # noqa: TRY004
    table = dict(cast("dict[str, object]", written))
    for name, variable in (("engine", "DOORSTEP_ENGINE"), ("url", "DOORSTEP_ENGINE_URL")):
        if env.get(variable):
            table[name] = env[variable]
    for name, value in table.items():
        _check_street(f"{file}: streets.{name}", name, value)
    found = StreetSettings(**cast("dict[str, Any]", table))
    if found.engine in SERVERS and not found.url:
        raise ValueError(f"{file}: the engine {found.engine} needs streets.url")
    return found


def _check_street(where: str, name: str, value: object) -> None:
    kinds = {"engine": str, "url": str, "key": str, "timeout": (int, float), "table_size": int,
             "factor": (int, float), "profiles": dict}  # fmt: skip
    if name not in kinds:
        raise ValueError(f"{where} is not known; there are {', '.join(kinds)}")
    if not isinstance(value, kinds[name]) or isinstance(value, bool):
        raise ValueError(f"{where} cannot be {value!r}")  # noqa: TRY004 - a file's fault
    if name == "engine" and value not in ENGINES:
        raise ValueError(f"{where} must be one of {', '.join(ENGINES)}, not {value!r}")
    if isinstance(value, (int, float)) and not 0 <= value <= _MOST.get(name, 0):
        raise ValueError(f"{where} must be from 0 to {_MOST[name]}, not {value}")
    words = cast("dict[str, object]", value).values() if isinstance(value, dict) else ()
    if not all(isinstance(word, str) for word in words):
        raise ValueError(f"{where} must give a name to each kind of vehicle")


def _addresses(file: Path, written: object) -> AddressSettings:
    if not isinstance(written, dict):
        raise ValueError(f"{file}: addresses must be a table, [addresses]")  # noqa: TRY004
    table = dict(cast("dict[str, object]", written))
    for name, value in table.items():
        _check_address(f"{file}: addresses.{name}", name, value)
    found = AddressSettings(**cast("dict[str, Any]", table))
    if found.service == "pelias" and not found.url:
        raise ValueError(f"{file}: the address service pelias needs addresses.url")
    return found


def _check_address(where: str, name: str, value: object) -> None:
    known = [each.name for each in fields(AddressSettings)]
    if name not in known:
        raise ValueError(f"{where} is not known; there are {', '.join(known)}")
    choices = {"service": SERVICES, "asks": ASKS}.get(name)
    if choices and value not in choices:
        raise ValueError(f"{where} must be one of {', '.join(choices)}, not {value!r}")
    if name == "timeout":
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not is_number or not 0 < cast("float", value) <= _LONGEST_WAIT:
            raise ValueError(f"{where} must be seconds up to {_LONGEST_WAIT:.0f}, not {value!r}")
    elif not isinstance(value, str):
        raise ValueError(f"{where} must be a text, not {value!r}")


def _read(file: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, RecursionError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{file} cannot be read: {error}") from error


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "dispatcher"
