"""Which store a machine uses, as written down in ``doorstep.toml`` and libpq's password file."""

import os
import re
from contextlib import suppress
from pathlib import Path

from console.domain.errors import ConsoleError
from console.storage.address import Address
from console.tongues import tr

SETTINGS, PASSWORDS = "doorstep.toml", "database.pass"
_LINE = re.compile(r"^[ \t]*database[ \t]*=.*$", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


def write_database(home: Path, where: str) -> None:
    """Set ``database`` in the settings; everything else in the file stays as it is."""
    file = home / SETTINGS
    try:
        before = file.read_text(encoding="utf-8") if file.is_file() else ""
        _replace(file, with_database(before, where), private=False)
    except OSError as error:
        raise _unwritable(file, error) from error


def with_database(text: str, where: str) -> str:
    """The settings with this address, '' for the local store."""
    line = f'database = "{where}"'
    first = _TABLE.search(text)
    head, tables = (text[: first.start()], text[first.start() :]) if first else (text, "")
    if _LINE.search(head):
        return _LINE.sub(lambda _: line, head, count=1) + tables
    return f"{line}\n{head}{tables}"


def keep_password(home: Path, where: Address) -> None:
    """Write a login's password where libpq looks for it; only this user may read the file."""
    file = home / PASSWORDS
    key = ":".join(_escaped(p) for p in (where.host, str(where.port), where.database, where.login))
    try:
        known = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        others = [line for line in known if not line.startswith(f"{key}:")]
        lines = [*others, f"{key}:{_escaped(where.password)}"]
        _replace(file, "\n".join(lines) + "\n", private=True)
    except OSError as error:
        raise _unwritable(file, error) from error


def know_passwords(home: Path) -> None:
    """Let libpq find them, in this process and its children, unless the user says where."""
    if (home / PASSWORDS).is_file():
        os.environ.setdefault("PGPASSFILE", str(home / PASSWORDS))


def _escaped(part: str) -> str:
    return part.replace("\\", "\\\\").replace(":", "\\:")


def _replace(file: Path, text: str, *, private: bool) -> None:
    """Whole or not at all; ``private`` to this user from the first byte on."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    with suppress(FileNotFoundError):
        fresh.unlink()
    mode = 0o600 if private else 0o644
    with os.fdopen(
        os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8"
    ) as out:
        out.write(text)
    fresh.replace(file)


def _unwritable(file: Path, error: OSError) -> ConsoleError:
    return ConsoleError(
        tr("{file} cannot be written: {strerror}.", file=file, strerror=error.strerror),
        remedy=tr("Free some space, or allow this user to write there."),
    )
