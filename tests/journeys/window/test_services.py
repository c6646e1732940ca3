"""Engines are chosen for a region in the window; the day goes on with what was chosen."""

from collections.abc import Callable

from console.settings import StreetSettings
from console.ui.dialogs.services import ServicesDialog
from tests.geo.engines.servers import free_port
from tests.journeys.town import Town
from tests.journeys.window.conftest import Journey, load
from tests.journeys.window.fingers import click


def test_another_engine_is_tried_and_answers_from_then_on(
    open_window: Callable[..., Journey], town: Town
) -> None:
    journey = open_window()
    journey.run(load(journey.desktop, town.home))
    station = journey.desktop.station
    choices = station.services.choices
    assert choices is not None
    before = station.workday.matrix
    try:
        journey.desktop.trigger("services")
        dialog = journey.dialog(ServicesDialog)
        assert dialog.region == "town"
        click(dialog.streets_button)
        journey.until(lambda: dialog.streets_said.text().startswith("OSRM town answers"))
        fields = dialog.streets
        fields.engine.setCurrentIndex(fields.engine.findData("osrm-server"))
        fields.url.setText(f"http://127.0.0.1:{free_port()}")
        click(dialog.streets_button)
        journey.until(lambda: "cannot be reached" in dialog.streets_said.text())
        fields.engine.setCurrentIndex(fields.engine.findData("straight"))
        click(dialog.use_button)
        journey.notice("Travel times are by Straight lines times 1.4, no roads now.")
        journey.settle()
        after = station.workday.matrix
        assert after.places == before.places
        assert after.durations != before.durations
        assert choices.of("town").streets == StreetSettings("straight")

        journey.desktop.trigger("services")
        again = journey.dialog(ServicesDialog)
        journey.until(again.usual_button.isEnabled)
        click(again.usual_button)
        journey.notice("Travel times are by OSRM town now.")
        journey.settle()
        assert station.workday.matrix.durations == before.durations
        assert not choices.is_own("town")
    finally:
        choices.put("town", None)
    assert journey.unexpected == []
