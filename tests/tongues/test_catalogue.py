"""What the source says is what the catalogues hold."""

import pytest

from console.tongues import Tongue
from tests.tongues import catalogue, source


def test_every_text_of_the_window_is_said_through_tr() -> None:
    found = [f"{f.file}:{f.line}: {f.text!r}" for p in source.modules() for f in source.unsaid(p)]
    assert found == [], "python -m tests.tongues wrap"


def test_every_translation_has_the_placeholders_of_its_text() -> None:
    assert [fault for fault in catalogue.missing() if "placeholder" in fault] == []


def test_what_is_translated_is_german_and_the_rest_is_english() -> None:
    german = Tongue.of("de_AT")
    assert german.tr("Driver") == "Fahrer"
    assert german.tr("{who} moved {what}", who="Ana", what="3") == "Ana hat 3 verschoben"
    assert german.tr("nobody ever wrote this") == "nobody ever wrote this"


@pytest.mark.parametrize(("count", "said"), [(1, "1 stop"), (2, "2 stops"), (0, "0 stops")])
def test_a_count_takes_its_form(count: int, said: str) -> None:
    assert Tongue().trn("{n} stop", "{n} stops", count) == said
