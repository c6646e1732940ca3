"""What is declared, what is locked, what is imported and what is acknowledged are the same."""

import ast
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installer import notices
from tests.shared import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ("requirements.lock", "requirements-test.lock")
# Data only: found by the standard library's zoneinfo.
NEVER_IMPORTED = {"tzdata"}


def declared() -> dict[str, Requirement]:
    return {canonicalize_name((r := Requirement(text)).name): r for text in PROJECT["dependencies"]}


def imported(folder: Path) -> set[str]:
    """Return the top-level names that the modules under `folder` import, wherever in them."""
    names: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.partition(".")[0])
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
                named = node.args[0]
                if isinstance(named, ast.Constant) and isinstance(named.value, str):
                    names.add(named.value.partition(".")[0])
    return names


def test_every_import_is_declared_and_every_declaration_used() -> None:
    providers = importlib.metadata.packages_distributions()
    foreign = imported(ROOT / "console") - set(sys.stdlib_module_names) - {"console"}
    used: set[str] = set()
    for name in foreign:
        homes = {canonicalize_name(home) for home in providers.get(name, [f"{name}: nobody"])}
        used |= (homes & set(declared())) or homes
    # The PySide6 modules come from packages of its own that it brings along.
    used -= {"pyside6-essentials", "pyside6-addons", "shiboken6"}
    brought = {"pyside6", "pyside6-webengine"} if "PySide6" in foreign else set[str]()
    assert used | brought == set(declared()) - NEVER_IMPORTED


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_holds_every_dependency_in_range_with_hashes(name: str) -> None:
    text = (ROOT / "installer" / name).read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", text, flags=re.MULTILINE))
    for package, requirement in declared().items():
        assert requirement.specifier.contains(locked[package]), package
    blocks = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)
    assert all("--hash=sha256:" in block for block in blocks if "==" in block)
    assert "://" not in text
    assert "--index" not in text


def test_the_test_lock_holds_the_runtime_lock() -> None:
    pins = [
        set(re.findall(r"^\S+==\S+", (ROOT / "installer" / name).read_text(), flags=re.MULTILINE))
        for name in LOCKS
    ]
    assert pins[0] <= pins[1]


def test_every_library_passed_on_is_acknowledged() -> None:
    text = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| ([a-z0-9-]+) \| ([0-9][^ ]*) \| \S", text, flags=re.MULTILINE))
    assert listed == notices.locked()


def test_the_acknowledged_licences_are_those_installed() -> None:
    if any(importlib.metadata.version(n) != v for n, v in notices.locked().items()):
        # licences are read from what is installed, which says nothing of other versions
        pytest.skip("this environment is not the locked one")
    text = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    assert notices.renewed(text) == text


def test_every_vendored_folder_has_its_licence() -> None:
    for folder in (p for p in (ROOT / "resources" / "vendor").iterdir() if p.is_dir()):
        assert any(re.match("LICEN[CS]E|OFL|NOTICE", p.name) for p in folder.iterdir()), folder
