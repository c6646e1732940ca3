"""A file that nobody knows."""

import pytest

from console.intake import look
from tests.ui.sample import light

TEXT = """Beleg;Wohin;Wer;Gramm;Notes
B-1;Weg 1 / Vaduz;Ida;1500;dog
B-2;Weg 2 / Vaduz;Bo;abc;
B-3;Weg 3 / Vaduz;Eva;250;
"""


@pytest.fixture
def sample(tmp_path):
    path = tmp_path / "bakery.csv"
    path.write_text(TEXT, encoding="utf-8")
    return look(path)


@pytest.fixture
def theme(qtbot):
    return light()
