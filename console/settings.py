"""What this machine sets: where things are kept, who sits here; and where packed files are."""

import getpass
import json
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
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
_ADDRESS_NUMBERS: Mapping[str, tuple[float, float, Any]] = {
    "timeout": (0.1, 600, (int, float)),
    "pause": (0, 60, (int, float)),
    "most": (0, 1_000_000, int),
}


@dataclass(frozen=True, slots=True)
class AddressSettings:
    """Who finds addresses: the table ``[addresses]`` of ``doorstep.toml``.

    ``service`` is one of ``SERVICES``; ``region`` asks nobody outside. ``url`` is that of a server
    of one's own, ``key`` its key, ``contact`` an e-mail address for public ones, ``timeout`` in
    seconds. ``asks``: for doubtful addresses only, or for all. ``pause`` seconds lie between two
    questions, and no more than ``most`` are asked in one go (0: no limit); public servers' own
    limits hold besides.
    """

    service: str = "region"
    url: str = ""
    key: str = ""
    contact: str = ""
    timeout: float = 10.0
    asks: str = "doubtful"
    pause: float = 0.0
    most: int = 0


@dataclass(frozen=True, slots=True)
class RegionServices:
    """Who answers for one region."""

    streets: StreetSettings = StreetSettings()
    addresses: AddressSettings = AddressSettings()


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
    is_engine_given: bool = False
    """The environment names the engine, whatever was chosen for a region."""

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


LANGUAGE = "language"


def language(environment: Mapping[str, str] | None = None) -> str:
    """The window's language as a code: ``DOORSTEP_LANGUAGE``, else as chosen; '' is unsaid."""
    env = os.environ if environment is None else environment
    try:
        kept = (_home(env) / LANGUAGE).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        kept = ""
    return env.get("DOORSTEP_LANGUAGE") or kept


def keep_language(code: str, environment: Mapping[str, str] | None = None) -> None:
    """Choose the window's language for the next start; '' is the computer's own. OSError."""
    home = _home(os.environ if environment is None else environment)
    home.mkdir(parents=True, exist_ok=True)
    (home / LANGUAGE).write_text(code, encoding="utf-8")


def _home(env: Mapping[str, str]) -> Path:
    return Path(env.get("DOORSTEP_HOME") or user_data_path("doorstep", appauthor=False))


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; ValueError names the file and the key that is wrong."""
    env = os.environ if environment is None else environment
    home = _home(env)
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
    given = bool(env.get("DOORSTEP_ENGINE"))
    return Settings(home, actor, int(cores), database, streets, addresses, given)


def _streets(file: Path, written: object, env: Mapping[str, str]) -> StreetSettings:
    table = _table(f"{file}: streets", written)
    for name, variable in (("engine", "DOORSTEP_ENGINE"), ("url", "DOORSTEP_ENGINE_URL")):
        if env.get(variable):
            table[name] = env[variable]
    return street_settings(f"{file}: ", table)


def _table(where: str, written: object) -> dict[str, object]:
    if not isinstance(written, dict):
        raise ValueError(f"{where} must be a table, [{where.rpartition(' ')[2]}]")  # noqa: TRY004
    return dict(cast("dict[str, object]", written))


def street_settings(where: str, table: Mapping[str, object]) -> StreetSettings:
    """Read what is written; ValueError names, after ``where``, the key that is wrong."""
    for name, value in table.items():
        _check_street(f"{where}streets.{name}", name, value)
    found = StreetSettings(**cast("dict[str, Any]", table))
    if found.engine in SERVERS and not found.url:
        raise ValueError(f"{where}the engine {found.engine} needs streets.url")
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
    return address_settings(f"{file}: ", _table(f"{file}: addresses", written))


def address_settings(where: str, table: Mapping[str, object]) -> AddressSettings:
    """Read what is written; ValueError names, after ``where``, the key that is wrong."""
    for name, value in table.items():
        _check_address(f"{where}addresses.{name}", name, value)
    found = AddressSettings(**cast("dict[str, Any]", table))
    if found.service == "pelias" and not found.url:
        raise ValueError(f"{where}the address service pelias needs addresses.url")
    return found


def _check_address(where: str, name: str, value: object) -> None:
    known = [each.name for each in fields(AddressSettings)]
    if name not in known:
        raise ValueError(f"{where} is not known; there are {', '.join(known)}")
    choices = {"service": SERVICES, "asks": ASKS}.get(name)
    if choices and value not in choices:
        raise ValueError(f"{where} must be one of {', '.join(choices)}, not {value!r}")
    if name in _ADDRESS_NUMBERS:
        least, most, kind = _ADDRESS_NUMBERS[name]
        is_number = isinstance(value, kind) and not isinstance(value, bool)
        if not is_number or not least <= cast("float", value) <= most:
            raise ValueError(f"{where} must be from {least:g} to {most:g}, not {value!r}")
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


class Choices:
    """What was chosen in the window for each region, in a file of its own beside the settings.

    A region for which nothing was chosen is as the settings say. Keys of servers stand in it: only
    its owner may read it.
    """

    def __init__(self, config: Settings) -> None:
        self._config = config
        self.file = config.home / "services.json"

    def of(self, region: str) -> RegionServices:
        """Who answers for a region; ValueError names what is wrong with the file."""
        usual = RegionServices(self._config.streets, self._config.addresses)
        found = self._all().get(region, usual)
        given = self._config.is_engine_given
        return replace(found, streets=self._config.streets) if given else found

    def is_own(self, region: str) -> bool:
        """True where something was chosen."""
        return region in self._all()

    def put(self, region: str, chosen: RegionServices | None) -> None:
        """Keep what is chosen; None: as the settings say. ValueError, OSError."""
        known = self._all()
        if chosen is None:
            known.pop(region, None)
        else:
            known[region] = chosen
        told = {name: _told(each) for name, each in sorted(known.items())}
        for name, each in told.items():
            _chosen(f"{name}: ", each)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.file.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            json.dump(told, out, indent=1)
        fresh.replace(self.file)

    def _all(self) -> dict[str, RegionServices]:
        if not self.file.is_file():
            return {}
        try:
            told: object = json.loads(self.file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{self.file} cannot be read: {error}") from error
        return {
            name: _chosen(f"{self.file}: {name}: ", _table(f"{self.file}: {name}", each))
            for name, each in _table(str(self.file), told).items()
        }


def _chosen(where: str, told: Mapping[str, object]) -> RegionServices:
    streets = _table(f"{where}streets", told.get("streets", {}))
    addresses = _table(f"{where}addresses", told.get("addresses", {}))
    return RegionServices(street_settings(where, streets), address_settings(where, addresses))


def _told(chosen: RegionServices) -> dict[str, object]:
    streets = asdict(replace(chosen.streets, profiles=dict(chosen.streets.profiles)))
    return {"streets": streets, "addresses": asdict(chosen.addresses)}
