"""Two drivers swap their shifts: chosen with what it does, a short rest asked about, undone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QModelIndex

from console.dispatch.rests import ShortRest
from console.domain.commands import SwapShifts
from console.domain.plan import RouteId
from console.ui.choosing.chooser import Chooser
from console.ui.deeds import hands
from console.ui.deeds.hands import rest_text
from console.ui.dialogs.confirm import ConfirmDialog
from tests.journeys.window.conftest import DAY, Journey
from tests.journeys.window.test_keys import chooser, take

SHORT = ShortRest("Ida", timedelta(hours=8, minutes=30), DAY + timedelta(days=1), is_before=False)


def test_words_of_a_short_rest() -> None:
    assert rest_text(SHORT) == "Ida rests only 8:30 before the shift of 25 Nov; 11:00 are due."
    overlapping = replace(SHORT, rest=timedelta(hours=-1), is_before=True)
    assert rest_text(overlapping).startswith("Ida rests only 0:00 after the shift of 25 Nov")


def _pointed(choices: Chooser, row: int) -> QModelIndex:
    index = choices.model.index(row)
    choices.view.setCurrentIndex(index)
    return index


def test_shifts_are_swapped_named_anew_and_swapped_back(
    planned: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey, station = planned, planned.desktop.station
    before = station.picture.drivers
    one, other = sorted(before, key=lambda route: before[route].name)[:2]
    asked = list[tuple[RouteId, RouteId]]()
    short = [SHORT]

    async def rests(_station: object, mine: RouteId, theirs: RouteId) -> list[ShortRest]:
        asked.append((mine, theirs))
        return short

    monkeypatch.setattr(hands, "short_rests", rests)
    journey.desktop.selection.pick([], one)
    choices = chooser(journey, "swap_shifts")
    row = next(i for i, each in enumerate(choices.model.rows) if each.key == other)
    choices.view.clicked.emit(_pointed(choices, row))
    dialog = journey.dialog(ConfirmDialog)
    dialog.reject()
    journey.settle()
    assert asked == [(one, other)]
    assert station.picture.drivers == before, "the rest was thought better of"
    found = hands.consequence(station.workday, SwapShifts(one, other))
    assert found.refusal is None
    short.clear()
    harmful = found.harm is not None and found.harm.is_harm
    take(journey, chooser(journey, "swap_shifts"), before[other].name.split()[0], forced=harmful)
    journey.settle()
    now = station.picture.drivers
    assert (now[one].name, now[other].name) == (before[other].name, before[one].name)
    assert now[one].plate == before[one].plate
    assert not journey.unexpected
