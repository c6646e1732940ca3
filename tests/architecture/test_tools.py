"""The tools that hold the house's rules, each run as one test over the whole checkout."""

import os
import subprocess
import sys

import pytest

from tests.shared import ROOT

LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def run(*arguments: str) -> None:
    """Run a tool of this environment in the checkout; fail with what it says."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1", "COLUMNS": "140"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        pytest.fail(f"{' '.join(arguments[:2])}\n{done.stdout}", pytrace=False)


def test_ruff_finds_nothing() -> None:
    run("-m", "ruff", "check", "--no-cache", "--output-format=concise", ".")


def test_the_code_is_formatted() -> None:
    run("-m", "ruff", "format", "--no-cache", "--check", ".")


def test_the_layers_only_look_down() -> None:
    run("-c", LINT_IMPORTS, "--no-cache")


def test_the_types_hold() -> None:
    run("-m", "pyright", "--pythonpath", sys.executable)
