"""Another country's units: from the locale, changed by hand, kept for the user."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from console import formats
from console.formats import Clock, Distance, Formats
from console.ui.dialogs.formats_form import FormatsForm
from tests.journeys.window.conftest import Journey, close
from tests.journeys.window.fingers import click


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    yield
    formats.use(Formats())


def test_units_come_from_the_locale_and_are_changed_for_good(
    open_window: Callable[..., Journey], planned_store: Path
) -> None:
    journey = open_window(planned_store, locale="en_US")
    journey.settle()
    panes = journey.desktop.panes
    assert panes.topbar.day_button.text() == "Tue Nov 24, 2026"
    picture = journey.desktop.station.picture
    first = next(iter(picture.visits.values()))
    assert picture.clock(first.arrival)[-2:] in ("am", "pm")
    journey.desktop.trigger("formats")
    form = journey.dialog(FormatsForm)
    form.fields["clock"].setCurrentIndex(form.fields["clock"].findData(Clock.H24))
    form.currency_field.setCurrentText("USD")
    click(form.keep_button)
    journey.settle()
    assert picture.clock(first.arrival)[-2:] not in ("am", "pm")
    assert journey.desktop.station.picture.currency == "USD"
    close(journey)
    formats.use(Formats())
    again = open_window(planned_store, locale="en_US")
    again.settle()
    assert formats.present().clock is Clock.H24
    assert formats.present().distance is Distance.MILES
    assert again.desktop.station.picture.currency == "USD"


def test_a_first_depot_counts_in_the_money_of_the_country(
    open_window: Callable[..., Journey],
) -> None:
    journey = open_window(locale="en_GB")
    journey.settle()
    assert journey.desktop.station.depot.currency == "GBP"
