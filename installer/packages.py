"""Runs pip inside the environment: plain words while it works, a remedy when it fails."""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

from installer.machine import SetupError, say, this_command
from installer.pythons import clean_environment

HEARTBEAT_S = 20.0
BIG_MB = 40.0

_ERROR = re.compile(r"^(ERROR|\s*\w+Error: )")
_FETCHING = re.compile(r"^\s*Downloading (\S+?)-\d\S* \(([\d.]+) MB\)")

# What pip says, what it means, what to do. The first that fits is told.
_CAUSES = (
    (
        r"No space left on device|\[Errno 28\]",
        "The disk is full.",
        "Free about 3 GB where this checkout lies (and in the temporary folder)",
    ),
    (
        r"DO NOT MATCH THE HASHES|Hashes are required|Expected sha256",
        "A downloaded library is not the one that was locked.",
        (
            "Remove pip's cache (python3 -m pip cache purge); if it stays so, do not go on: your "
            "mirror or proxy alters files"
        ),
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerification",
        "The package index answers with a certificate that is not trusted here.",
        "Behind a company proxy, name its certificate: export PIP_CERT=/path/to/company.pem",
    ),
    (
        (
            r"NewConnectionError|Failed to establish a new connection|name resolution|"
            r"getaddrinfo failed|nodename nor servname|ConnectTimeout|ReadTimeout|timed out|"
            r"Connection refused|Connection reset|Network is unreachable|ProxyError|Max retries"
        ),
        "The Python package index cannot be reached.",
        (
            "Connect to the internet (behind a proxy: export HTTPS_PROXY=http://HOST:PORT); "
            "once it is set up, Doorstep needs no network"
        ),
    ),
    (
        r"No matching distribution found|Could not find a version",
        (
            "There is no ready-made copy of a library for this machine and Python, or the package "
            "index hides it."
        ),
        "Use Linux on x86-64 with Python 3.12 or 3.13, and the full package index",
    ),
    (
        r"Permission denied|Read-only file system",
        "The checkout may not be written to.",
        "Use a copy of it that belongs to you",
    ),
)


def pip(python: Path, arguments: list[str], log: Path) -> None:
    """Run pip with `arguments`; everything it says goes to `log`.

    Raises:
        SetupError: pip failed; the message names the cause and the remedy.
    """
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    lines: list[str] = []
    env = dict(clean_environment(), PIP_REQUIRE_VIRTUALENV="0", PIP_USER="0", PYTHONUTF8="1")
    for name in ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_HASHES", "PIP_NO_BINARY"):
        env.pop(name, None)
    with (
        log.open("w", encoding="utf-8") as kept,
        subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as running,
    ):
        told = time.monotonic()
        for line in running.stdout or ():
            kept.write(line)
            lines.append(line.rstrip())
            told = _tell(line, told)
    if running.returncode != 0:
        raise explain(lines, log)


def _tell(line: str, told: float) -> float:
    """Say what is worth saying of one line of pip's; return when something was last said."""
    fetching = _FETCHING.match(line)
    if fetching and float(fetching.group(2)) >= BIG_MB:
        say(f"  fetching {fetching.group(1)} ({fetching.group(2)} MB)")
        return time.monotonic()
    if line.startswith("Installing collected packages"):
        say("  unpacking")
        return time.monotonic()
    if time.monotonic() - told > HEARTBEAT_S:
        say("  still at it")
        return time.monotonic()
    return told


def explain(lines: list[str], log: Path) -> SetupError:
    """Turn pip's last words into one sentence and one remedy."""
    said = "\n".join(lines)
    for pattern, cause, remedy in _CAUSES:
        if re.search(pattern, said):
            return SetupError(cause, remedy + ". Then again: " + this_command())
    errors = [line.strip() for line in lines if _ERROR.match(line)] or lines[-3:]
    return SetupError(
        "Installing the libraries failed: " + " ".join(errors[-2:]),
        f"Read {log}, then again: {this_command()}",
    )
