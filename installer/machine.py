"""What this machine is: its system, its rights, its screen, and words said to the user."""

from __future__ import annotations

import os
import shlex
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class SetupError(Exception):
    """Set-up cannot go on; the message says why and `remedy` what to type."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def say(sentence: str) -> None:
    """Tell the user one thing, at once."""
    print("doorstep: " + sentence, flush=True)


def is_root() -> bool:
    """Whether the process may install system packages itself."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def this_command() -> str:
    """Return the command line that the user typed, to be typed again."""
    name = Path(sys.executable).name or "python3"
    return " ".join(shlex.quote(part) for part in [name, *sys.argv])


def distribution() -> dict[str, str]:
    """Return /etc/os-release as a mapping; empty where there is none."""
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    pairs = (line.split("=", 1) for line in lines if "=" in line)
    return {key: value.strip().strip('"') for key, value in pairs}


def has_screen(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a window can be shown: on Linux, whether the named display answers."""
    if not platform.startswith("linux"):
        return True
    wayland = environ.get("WAYLAND_DISPLAY")
    if wayland:
        return (Path(environ.get("XDG_RUNTIME_DIR", "/")) / wayland).exists()
    display = environ.get("DISPLAY")
    return bool(display) and _display_answers(display or "")


def _display_answers(display: str) -> bool:
    host, _, rest = display.rpartition(":")
    number = rest.split(".")[0]
    if not number.isdigit():
        return False
    if host in ("", "unix"):
        path = "/tmp/.X11-unix/X" + number  # noqa: S108 - where X servers listen
        return _connects(socket.AF_UNIX, path) or _connects(socket.AF_UNIX, "\0" + path)
    return _connects(socket.AF_INET, (host, 6000 + int(number)))


def _connects(family: int, address: str | tuple[str, int]) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(2.0)
            probe.connect(address)
    except OSError:
        return False
    return True
