"""A round of fuzzing: the child run, and what it said."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MEMORY_MB = 2_500
SECONDS = 20
"""Of one input, on a machine that does nothing else; a test allows for one that does."""

_EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_COVERED = re.compile(r"\bcov: (\d+)")
_PEAK = re.compile(r"stat::peak_rss_mb:\s*(\d+)")
_WHY = re.compile(r"^ === Uncaught Python exception: ===\n(.*?)(?=^==)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Round:
    """How many inputs, the code they reached (edges), memory at most; and what was found."""

    inputs: int
    edges: int
    peak_mb: int
    finding: Path | None
    why: str


def fuzz(name: str, folder: Path, *limits: str, patience: int = SECONDS) -> Round:
    """Run a reader until the limits (libFuzzer's: ``-runs``, ``-max_total_time``) or a finding."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*-*"):
        if old.is_file():
            old.unlink()
    words = [f"-timeout={patience}", f"-rss_limit_mb={MEMORY_MB}", "-print_final_stats=1", *limits]
    ended = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.child", name, str(folder), *words],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONHASHSEED": "0"},
        capture_output=True,
        check=False,
    )
    said = (ended.stdout + ended.stderr).decode("utf-8", "replace")
    found = next((file for file in sorted(folder.glob("*-*")) if file.is_file()), None)
    why = ""
    if ended.returncode or found:
        why = _reason(said)
    return Round(
        _number(_EXECUTED, said), _number(_COVERED, said), _number(_PEAK, said), found, why
    )


def _reason(said: str) -> str:
    """The Python error, else what native code and libFuzzer said of it."""
    told = _WHY.search(said)
    if told:
        return told.group(1).partition("\nINFO:")[0].strip()
    lines = [line for line in said.splitlines() if "ERROR:" in line or "panicked" in line]
    return "\n".join(lines[-5:]) or said[-1000:]


def _number(pattern: re.Pattern[str], said: str) -> int:
    found = pattern.findall(said)
    return int(found[-1]) if found else 0
