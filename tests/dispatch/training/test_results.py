"""Results in their file: added, compared, forgotten; a damaged file is named."""

from dataclasses import replace
from pathlib import Path

import pytest

from console.dispatch.training.results import Result, Results, compared
from console.domain.errors import ConsoleError

EVA = Result(
    "2026-11-27T10:00:00+00:00", "Eva", "storm", "Storm", 70.0, 80.0, 60.0, 70.0, 65.0, 12.5, 3
)


def test_each_trainees_best_run_is_compared(tmp_path: Path) -> None:
    results = Results(tmp_path / "training" / "results.json")
    assert results.all() == []
    better = replace(EVA, at="2026-11-28T10:00:00+00:00", whole=90.0, reaction=4.5)
    tom, other = replace(EVA, trainee="Tom", whole=80.0), replace(EVA, title="Calm", scenario="c")
    for each in (EVA, tom, better, other):
        results.add(each)
    assert results.all()[0] == better
    assert compared(results.all()) == [other, better, tom]
    assert results.forget("Eva") == 3
    assert results.all() == [tom]
    assert results.forget("Eva") == 0


@pytest.mark.parametrize("text", ["", "{}x", "[1]", '[{"at": "x"}]', '[{"at": 1}]'])
def test_a_damaged_file_is_named_and_left(tmp_path: Path, text: str) -> None:
    file = tmp_path / "results.json"
    file.write_text(text)
    with pytest.raises(ConsoleError, match=r"results\.json"):
        Results(file).add(EVA)
    assert file.read_text() == text


def test_a_disk_that_says_no_is_told(tmp_path: Path) -> None:
    (tmp_path / "training").write_text("a file where the folder should be")
    with pytest.raises(ConsoleError, match="training results"):
        Results(tmp_path / "training" / "results.json").add(EVA)
