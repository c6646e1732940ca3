"""The system libraries and programs that Qt and the tests need on Linux."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from installer.machine import SetupError, is_root, say
from installer.pythons import clean_environment


@dataclass(frozen=True)
class Need:
    """One thing the system must provide, and the Debian packages with it, newest name first.

    `what` is a shared library's soname, a program's name, `fonts` or `postgresql` (the server).
    """

    what: str
    packages: tuple[str, ...]
    vital: bool = True


QT = (
    Need("libEGL.so.1", ("libegl1",)),
    Need("libGL.so.1", ("libgl1",)),
    Need("libX11.so.6", ("libx11-6",)),
    Need("libXcomposite.so.1", ("libxcomposite1",)),
    Need("libXdamage.so.1", ("libxdamage1",)),
    Need("libXrandr.so.2", ("libxrandr2",)),
    Need("libXtst.so.6", ("libxtst6",)),
    Need("libasound.so.2", ("libasound2t64", "libasound2")),
    Need("libdbus-1.so.3", ("libdbus-1-3",)),
    Need("libexpat.so.1", ("libexpat1",)),
    Need("libfontconfig.so.1", ("libfontconfig1",)),
    Need("libfreetype.so.6", ("libfreetype6",)),
    Need("libgbm.so.1", ("libgbm1",)),
    Need("libglib-2.0.so.0", ("libglib2.0-0t64", "libglib2.0-0")),
    Need("libnspr4.so", ("libnspr4",)),
    Need("libnss3.so", ("libnss3",)),
    Need("libudev.so.1", ("libudev1",)),
    Need("libxcb-dri3.so.0", ("libxcb-dri3-0",)),
    Need("libxkbcommon.so.0", ("libxkbcommon0",)),
    Need("libxkbfile.so.1", ("libxkbfile1",)),
    Need("fonts", ("fonts-dejavu-core",), vital=False),
)
WINDOW = (
    Need("libX11-xcb.so.1", ("libx11-xcb1",)),
    Need("libxcb-cursor.so.0", ("libxcb-cursor0",)),
    Need("libxcb-icccm.so.4", ("libxcb-icccm4",)),
    Need("libxcb-image.so.0", ("libxcb-image0",)),
    Need("libxcb-keysyms.so.1", ("libxcb-keysyms1",)),
    Need("libxcb-randr.so.0", ("libxcb-randr0",)),
    Need("libxcb-render-util.so.0", ("libxcb-render-util0",)),
    Need("libxcb-shape.so.0", ("libxcb-shape0",)),
    Need("libxcb-sync.so.1", ("libxcb-sync1",)),
    Need("libxcb-xfixes.so.0", ("libxcb-xfixes0",)),
    Need("libxcb-xkb.so.1", ("libxcb-xkb1",)),
    Need("libxkbcommon-x11.so.0", ("libxkbcommon-x11-0",)),
)
SCREEN_TESTS = (
    *(Need(need.what, need.packages, vital=False) for need in WINDOW),
    Need("Xvfb", ("xvfb",), vital=False),
    Need("xauth", ("xauth",), vital=False),
    Need("xdotool", ("xdotool",), vital=False),
)
SERVER_TESTS = (Need("postgresql", ("postgresql",), vital=False),)


def needs_for(command: str, *, screen: bool) -> tuple[Need, ...]:
    """Return what `command` (demo, run, setup or test) needs of the system."""
    if command == "test":
        return QT + SCREEN_TESTS + SERVER_TESTS
    return QT + WINDOW if screen else QT


def missing(needs: tuple[Need, ...]) -> list[Need]:
    """Return the needs that this system does not meet, by trying each of them."""
    return [need for need in needs if not _met(need.what)]


def _met(what: str) -> bool:
    if what == "fonts":
        return _any_font()
    if what == "postgresql":  # Debian keeps the server's programs out of the path
        return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or bool(shutil.which("initdb"))
    if ".so" not in what:
        return shutil.which(what) is not None
    try:
        ctypes.CDLL(what)
    except OSError:
        return False
    return True


def _any_font() -> bool:
    folders = ["/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts"]
    for folder in folders:
        for _, _, files in os.walk(os.path.expanduser(folder)):  # noqa: PTH111
            if any(name.lower().endswith((".ttf", ".otf", ".ttc")) for name in files):
                return True
    return False


def provide(needs: tuple[Need, ...]) -> None:
    """Install what is missing where we may; else say what to type, and stop if it is vital.

    Raises:
        SetupError: something vital is missing and cannot be added from here.
    """
    if not sys.platform.startswith("linux"):
        return
    lacking = missing(needs)
    if not lacking:
        return
    if shutil.which("apt-get") is None:
        _report(lacking, "install the packages that hold: " + ", ".join(n.what for n in lacking))
        return
    if is_root():
        say("System packages are missing; installing them with apt-get: " + _names(lacking))
        lacking = _install(lacking)
        if not lacking:
            return
    _report(lacking, apt_line(lacking))


def apt_line(lacking: list[Need]) -> str:
    """Return the one line that installs what is lacking on Debian and its children."""
    sudo = "" if is_root() else "sudo "
    return "{0}apt-get update && {0}apt-get install --no-install-recommends {1}".format(
        sudo, " ".join(choose(lacking))
    )


def choose(lacking: list[Need]) -> list[str]:
    """Return one package name per need: the newest name that this release of Debian knows."""
    return list(dict.fromkeys(_known(need.packages) for need in lacking))


def _known(packages: tuple[str, ...]) -> str:
    *newer, plain = packages
    if shutil.which("apt-cache"):
        for package in newer:
            shown = subprocess.run(
                ["apt-cache", "show", "--no-all-versions", package],  # noqa: S607
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                check=False,
            )
            if shown.stdout.strip():
                return package
    return plain


def _names(lacking: list[Need]) -> str:
    return ", ".join(need.what for need in lacking)


def _report(lacking: list[Need], remedy: str) -> None:
    message = "This system lacks " + _names(lacking) + "."
    if any(need.vital for need in lacking):
        raise SetupError(message, remedy)
    say(message + " Going on without; to add it, type:\n  " + remedy)


def _install(lacking: list[Need]) -> list[Need]:
    """Run apt-get as root, once more after a failure; return what is lacking still."""
    for _ in range(2):
        if apt_get("update") and apt_get("install", *choose(lacking)):
            break
    return missing(tuple(lacking))


def apt_get(action: str, *packages: str) -> bool:
    """Run `apt-get ACTION` without questions; whether it succeeded. Its errors are shown."""
    env = dict(clean_environment(), DEBIAN_FRONTEND="noninteractive")
    options = ["-qq", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=300"]
    if action == "install":
        options += ["-y", "--no-install-recommends"]
    done = subprocess.run(
        ["apt-get", *options, action, *packages],  # noqa: S607
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        tail = done.stderr.decode(errors="replace").strip().splitlines()[-3:]
        say("apt-get {} failed: {}".format(action, " ".join(tail)))
    return done.returncode == 0
