"""What the console loads when it starts, and an interpreter that Qt does not break."""

import json
import subprocess
import sys

import pytest

from tests.shared import ROOT

HEAVY = {"ortools", "pyvrp", "pandas", "folium", "matplotlib"}

LOADED = """
import importlib, json, sys
importlib.import_module(sys.argv[1])
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""

# PySide6 6.12 on Python 3.11 dropped references to None and aborted in a loop like this.
WRITE_MANY = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
for number in range(50_000):
    label.setText(str(number))
print(label.text())
"""


def answer(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("module", ["console.cli", "console.ui", "console.ui.window"])
def test_starting_loads_no_solver_and_no_table_library(module: str) -> None:
    loaded = set(json.loads(answer(LOADED, module)))
    assert loaded & HEAVY == set()


def test_the_command_line_starts_without_qt() -> None:
    assert "PySide6" not in json.loads(answer(LOADED, "console.cli"))


def test_the_domain_loads_only_the_standard_library() -> None:
    loaded = set(json.loads(answer(LOADED, "console.domain.plan")))
    bare = set(json.loads(answer(LOADED, "json")))
    third_party = loaded - bare - set(sys.stdlib_module_names) - {"console"}
    assert third_party == set()


def test_qt_keeps_the_reference_count_of_none() -> None:
    assert answer(WRITE_MANY).strip() == "49999"
