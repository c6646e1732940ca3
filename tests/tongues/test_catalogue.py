"""What the source says is what the catalogues hold."""

from pathlib import Path

import pytest

from console.tongues import Tongue
from tests.tongues import catalogue, source


def test_every_text_of_the_window_is_said_through_tr() -> None:
    found = [f"{f.file}:{f.line}: {f.text!r}" for p in source.modules() for f in source.unsaid(p)]
    assert found == [], "python -m tests.tongues wrap"


def test_every_error_of_the_layers_below_is_said_through_tr() -> None:
    found = [f"{f.file}:{f.line}: {f.text!r}" for p in source.tellers() for f in source.untold(p)]
    assert found == []


def test_german_has_every_text_with_the_placeholders_of_its_english_one() -> None:
    assert catalogue.missing() == []


def test_writing_the_catalogue_anew_keeps_its_glossary_its_head_and_every_text(
    tmp_path: Path,
) -> None:
    copy = tmp_path / catalogue.GERMAN.name
    copy.write_bytes(catalogue.GERMAN.read_bytes())
    catalogue.extract(copy)
    assert copy.read_text("utf-8") == catalogue.GERMAN.read_text("utf-8")
    assert "Plural-Forms: nplurals=2; plural=(n != 1);" in catalogue.known(copy)[""][0]
    assert "route = Tour" in catalogue.remarks(copy)


def test_what_is_translated_is_german_and_the_rest_is_english() -> None:
    german = Tongue.of("de_AT")
    assert german.tr("Driver") == "Fahrer"
    assert german.tr("{who} moved {what}", who="Ana", what="3") == "Ana hat 3 verschoben"
    assert german.tr("nobody ever wrote this") == "nobody ever wrote this"


@pytest.mark.parametrize(("count", "said"), [(1, "1 stop"), (2, "2 stops"), (0, "0 stops")])
def test_a_count_takes_its_form(count: int, said: str) -> None:
    assert Tongue().trn("{n} stop", "{n} stops", count) == said
