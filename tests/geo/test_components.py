import subprocess
from pathlib import Path

import pytest

from console.domain.errors import ConsoleError
from console.geo import components, roads


def test_this_machine_has_what_it_needs() -> None:
    found = components.components()
    assert len(found) == 4
    assert all(part.found and part.version and not part.remedy for part in found)


def test_a_missing_package_has_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roads.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ConsoleError, match="not installed"):
        roads.package()
    extract, contract, *_ = components.components()
    assert not extract.found
    assert "osrm-bindings" in contract.remedy


def test_a_broken_tool_has_a_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "osrm-extract"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(roads, "tool", lambda _: broken)
    assert "install" in components.components()[0].remedy.casefold()
    with pytest.raises(subprocess.CalledProcessError):
        subprocess.run([broken], check=True)
