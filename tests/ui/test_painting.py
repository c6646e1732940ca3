"""A view that fails while it paints: told, and the window goes on."""

import pytest
from PySide6.QtWidgets import QApplication

from console.ui.caption import DriverChip
from console.ui.ink import Ink
from console.ui.theme.theme import Choice, apply_theme


def test_an_error_while_painting_lets_go_of_the_painter(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    chip = DriverChip(apply_theme(qapp, Choice.LIGHT))

    def broken(*_given: object) -> None:
        raise ValueError

    monkeypatch.setattr(Ink, "chip", broken)
    with pytest.raises(ValueError) as kept:  # noqa: PT011 - whichever it is; its trace holds frames
        chip.grab()
    assert kept.traceback
    assert not chip.paintingActive()
