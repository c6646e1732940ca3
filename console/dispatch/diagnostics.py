"""A file for whoever helps: what is installed, what is set, how large the store is, the logs.

Nothing in it is of a person. The logs are written so; all else goes through ``impersonal``, and
settings are told by name only where their values might say who somebody is.
"""

import json
import os
import platform
import re
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import cast

from console import __version__
from console.dispatch import logs
from console.dispatch.planfile import write_whole
from console.dispatch.services import Component

MOST_BYTES = 5_000_000  # of logs, the newest first

_CREDENTIALS = re.compile(r"(?<=//)[^/@\s]+@")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)*")


@dataclass(frozen=True, slots=True)
class Findings:
    """What is known: ``counts`` are rows by table, ``names`` words that say who works here."""

    components: Sequence[Component]
    settings: Mapping[str, object]
    counts: Mapping[str, int]
    logs: Path
    names: Sequence[str]


def write_diagnostics(found: Findings, path: Path) -> None:
    """Write the zip, whole or not at all; ConsoleError when the disk says no."""
    write_whole(path, zipped(found))


def zipped(found: Findings) -> bytes:
    """The same in memory."""
    hide = hidden(found.names)
    parts = [
        {key: impersonal(str(value), hide) for key, value in _told(part).items()}
        for part in found.components
    ]
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("READ_ME.txt", _ABOUT)
        book.writestr("parts.json", _json(parts))
        book.writestr("settings.json", _json(told_settings(found.settings)))
        book.writestr("store.json", _json(found.counts))
        book.writestr("machine.json", _json(_machine()))
        for file, text in _logs(found.logs):
            book.writestr(f"logs/{file}", impersonal(text, hide))
    return out.getvalue()


_ABOUT = """\
What Doorstep's diagnostics hold: versions, what is installed and missing, which settings are made
(not what secrets or addresses they hold), how many rows the store has, and the logs of the last
runs. No name, address, telephone number, e-mail address, coordinate or note of anybody.
Look through it before you send it: every file is plain text.
"""


def _told(part: Component) -> dict[str, object]:
    return {"part": part.name, "version": part.version, "found": part.found, "do": part.remedy}


def told_settings(values: Mapping[str, object]) -> dict[str, object]:
    """Numbers and switches as they are, of texts only whether there is one, but for ``PLAIN``."""
    told: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            told[name] = told_settings(cast("Mapping[str, object]", value))
        elif isinstance(value, (bool, int, float)) or name in PLAIN:
            told[name] = value
        else:
            told[name] = "set" if value else ""
    return told


PLAIN = frozenset({"engine", "service", "asks"})
"""Settings whose values are words of the program."""


def hidden(names: Iterable[str]) -> list[tuple[str, str]]:
    """What is replaced by what: this user's folder and the names that are known, longest first."""
    found = {str(Path.home()): "~", **dict.fromkeys(names, "(somebody)")}
    kept = [(word, put) for word, put in found.items() if len(word) > 1]
    return sorted(kept, key=lambda pair: len(pair[0]), reverse=True)


def impersonal(text: str, hide: Iterable[tuple[str, str]]) -> str:
    """A text without logins, e-mail addresses, this user's folder and the names."""
    text = _CREDENTIALS.sub("", text)
    for word, put in hide:
        is_name = word.isidentifier()
        pattern = rf"(?<!\w){re.escape(word)}(?!\w)" if is_name else re.escape(word)
        text = re.sub(pattern, put, text, flags=re.IGNORECASE)
    return _MAIL.sub("(e-mail)", text)


def _machine() -> dict[str, object]:
    return {
        "doorstep": __version__,
        "python": sys.version,
        "system": platform.system(),
        "release": platform.release(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "packed": bool(getattr(sys, "frozen", False)),
    }


def _logs(folder: Path) -> Iterable[tuple[str, str]]:
    left = MOST_BYTES
    for file in logs.files(folder):
        data = file.read_bytes()[-left:] if left else b""
        left -= len(data)
        if data:
            yield file.name, data.decode("utf-8", "replace")


def _json(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False)
