"""Each part of the installation is loaded for real."""

from console.dispatch.doctor import PARTS, Part, examine


def test_this_installation_is_whole() -> None:
    found = examine(part for part in PARTS if not part.module.startswith("PySide6"))
    assert all(component.found for component in found)
    assert all(component.version for component in found)


def test_what_is_missing_or_broken_has_a_remedy() -> None:
    _, missing, broken = examine(
        [Part("no-such-part", "no_such", "nothing"), Part("pytest", "pytest.no_such", "tests")]
    )
    assert not missing.found
    assert "bootstrap.py" in missing.remedy
    assert not broken.found
    assert broken.version
    assert "no_such" in broken.remedy
