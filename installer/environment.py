"""The checkout's own virtual environment: made once, checked by a stamp, mended when stale."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

from installer.machine import SetupError, say, this_command
from installer.packages import pip
from installer.pythons import Python, ask, clean_environment

RUNTIME = "requirements.lock"
TESTS = "requirements-test.lock"
NEEDED_BYTES = 2_500_000_000
STAMP = "doorstep-setup.json"


class Environment:
    """The `.venv` of one checkout."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.stamp = self.folder / STAMP
        self.python = self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def ready(self, *, tests: bool) -> bool:
        """Whether everything is installed as this checkout wants it; quick, writes nothing."""
        stamp = self._read_stamp()
        wanted = self._wanted()
        if any(stamp.get(key) != value for key, value in wanted.items()):
            return False
        if tests and not stamp.get("tests"):
            return False
        return self._answers() == stamp.get("python")

    def make(self, python: Python, *, tests: bool) -> None:
        """Make or mend the environment with `python`; a second set-up at once waits for the first.

        Raises:
            SetupError: it cannot be made here; says why and what to do.
        """
        with self._alone():
            if self.ready(tests=tests):
                return
            tests = tests or bool(self._read_stamp().get("tests"))
            self._clear_way()
            fresh = not self.folder.exists()
            if fresh:
                self._create(python)
            self._fill(tests=tests)
            self._write_stamp(tests=tests)

    def _fill(self, *, tests: bool) -> None:
        lock = self.root / "installer" / (TESTS if tests else RUNTIME)
        log = self.folder / "doorstep-setup.log"
        count = sum(1 for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line)
        say(
            f"Installing {count} libraries, each checked against its locked hash "
            "(the first time half a gigabyte to fetch; some minutes)"
        )
        pip(
            self.python,
            ["install", "--require-hashes", "--only-binary=:all:", "-r", str(lock)],
            log,
        )
        say("Installing Doorstep itself from this checkout")
        pip(
            self.python,
            ["install", "--no-deps", "--no-build-isolation", "--no-index", "-e", str(self.root)],
            log,
        )

    def _create(self, python: Python) -> None:
        free = shutil.disk_usage(self.root).free
        if free < NEEDED_BYTES:
            raise SetupError(
                f"Only {free / 1e9:.1f} GB are free in {self.root}; set-up needs 2.5 GB.",
                "Free some space, then again: " + this_command(),
            )
        say(f"Making the environment .venv with {python}")
        try:
            done = subprocess.run(
                [python.path, "-I", "-m", "venv", str(self.folder)],
                env=clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                check=False,
            )
        except OSError as error:
            raise SetupError(f"{python} does not run: {error}", this_command()) from error
        if done.returncode != 0:
            shutil.rmtree(self.folder, ignore_errors=True)
            words = " ".join(done.stdout.split()[-40:])
            raise SetupError(
                f"Making {self.folder} failed: {words}", "Then again: " + this_command()
            )

    def _clear_way(self) -> None:
        """Remove an environment that cannot be mended: half made, broken, moved, too old."""
        if not os.path.lexists(str(self.folder)):
            return
        if self.folder.is_symlink() or not self.folder.is_dir():
            raise SetupError(
                f"{self.folder} is not a folder of Doorstep's.", f"Move it away: {self.folder}"
            )
        ours = (self.folder / "pyvenv.cfg").exists() or not any(self.folder.iterdir())
        if not ours:
            raise SetupError(
                f"{self.folder} holds something that is no Python environment.",
                f"Move it away, then again: {this_command()}",
            )
        python = ask([str(self.python)]) if self.python.exists() else None
        root = self._read_stamp().get("root")
        moved = root is not None and root != str(self.root)
        if moved or python is None or not python.right_version or not self._has_pip():
            say("The environment .venv is broken, moved or too old; making it anew")
            shutil.rmtree(self.folder)

    def _has_pip(self) -> bool:
        return self._run("-c", "import pip") is not None

    def _answers(self) -> str | None:
        if not self.python.exists():
            return None
        return self._run("-S", "-c", "import sys; print(sys.version)")

    def _run(self, *arguments: str) -> str | None:
        try:
            done = subprocess.run(
                [str(self.python), "-I", *arguments],
                env=clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                timeout=30,
                check=True,
            )
        except (OSError, ValueError, subprocess.SubprocessError):
            return None
        return done.stdout.strip()

    def _wanted(self) -> dict[str, str]:
        digest = hashlib.sha256()
        for name in (f"installer/{RUNTIME}", f"installer/{TESTS}", "pyproject.toml"):
            digest.update((self.root / name).read_bytes())
        return {"root": str(self.root), "files": digest.hexdigest()}

    def _read_stamp(self) -> dict[str, Any]:
        try:
            return dict(json.loads(self.stamp.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return {}

    def _write_stamp(self, *, tests: bool) -> None:
        stamp = dict(self._wanted(), python=self._answers(), tests=tests)
        part = self.stamp.with_suffix(".part")
        part.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
        part.replace(self.stamp)

    @contextlib.contextmanager
    def _alone(self) -> Generator[None]:
        """Hold the checkout's set-up lock; it falls open by itself when the process ends."""
        try:
            handle = (self.root / ".setup.lock").open("a+")
        except OSError as error:
            raise SetupError(
                f"{self.root} may not be written to: {error.strerror}.",
                "Use a copy of the checkout that belongs to you",
            ) from error
        with handle:
            if not _try_lock(handle.fileno()):
                say("Another set-up is at work in this checkout; waiting for it")
                while not _try_lock(handle.fileno()):
                    time.sleep(0.5)
            yield


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
