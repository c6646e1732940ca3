"""Real networks of one machine: each console in a namespace, on a cable that can be pulled."""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

NAMES = Path("/run/netns")


class Cables:
    """So many namespaces, numbered from 0; ``server`` is the address they all reach.

    Only root of a Linux with iproute2 may make them; elsewhere the test that asks is skipped.
    """

    def __init__(self, count: int) -> None:
        if shutil.which("ip") is None or not hasattr(os, "setns"):
            # namespaces are Linux's own; CI runs on it
            pytest.skip(
                "no networks can be made here: iproute2 and Python 3.12 on Linux are needed"
            )
        own = os.getpid()
        self._mark, self.net, self._count = f"{own:x}", f"10.{64 + own % 128}", count
        self.server = f"{self.net}.255.1"
        try:
            self._lay()
        except subprocess.CalledProcessError as error:
            self.close()
            # only root may make them, and some containers refuse it even to root
            pytest.skip(f"no networks can be made here: {error.stderr.decode().strip()}")

    def _lay(self) -> None:
        _ip("address", "add", f"{self.server}/32", "dev", "lo")
        _ip("route", "add", "blackhole", f"{self.net}.0.0/16")  # answers stay in this machine
        for number in range(self._count):
            here, there, name = self._end(number), f"{self.net}.{number}", self._name(number)
            _ip("netns", "add", name)
            _ip("link", "add", here, "type", "veth", "peer", "name", "eth0", "netns", name)
            _ip("address", "add", f"{there}.1/30", "dev", here)
            _ip("link", "set", here, "up")
            _ip("-n", name, "address", "add", f"{there}.2/30", "dev", "eth0")
            _ip("-n", name, "link", "set", "eth0", "up")
            _ip("-n", name, "route", "add", "default", "via", f"{there}.1")

    def enter(self, number: int) -> None:
        """What this thread, and the threads it starts, connect to from now on goes by its cable."""
        with (NAMES / self._name(number)).open() as entered:
            os.setns(entered.fileno(), os.CLONE_NEWNET)

    def address(self, number: int) -> str:
        """Where the server sees this console."""
        return f"{self.net}.{number}.2"

    def pull(self, number: int) -> None:
        """Nothing gets through, and nobody is told."""
        _ip("link", "set", self._end(number), "down")

    def plug(self, number: int) -> None:
        """As it was."""
        _ip("link", "set", self._end(number), "up")

    def deafen(self, number: int) -> None:
        """What the console says arrives; no answer does."""
        _ip("route", "add", "blackhole", f"{self.address(number)}/32")

    def heal(self, number: int) -> None:
        """Answers arrive again."""
        _ip("route", "del", "blackhole", f"{self.address(number)}/32")

    def close(self) -> None:
        """Take everything away, also what was half made."""
        for words in (
            # the host's end first: with its namespace alone it would go only some time later
            *(("link", "delete", self._end(number)) for number in range(self._count)),
            *(("netns", "delete", self._name(number)) for number in range(self._count)),
            ("address", "del", f"{self.server}/32", "dev", "lo"),
            ("route", "del", "blackhole", f"{self.net}.0.0/16"),
        ):
            with contextlib.suppress(subprocess.CalledProcessError):
                _ip(*words)

    def _name(self, number: int) -> str:
        return f"doorstep-{self._mark}-{number}"

    def _end(self, number: int) -> str:
        return f"ds{self._mark}-{number}"


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
