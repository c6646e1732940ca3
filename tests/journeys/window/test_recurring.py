"""Recurring orders in the window: typed into the table, due when their day is opened."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from console.ui.recurring.form import RecurringForm
from tests.journeys.window.conftest import DAY, Journey
from tests.journeys.window.fingers import click

NUMBER = "WEEKLY-20261124"


def opened(journey: Journey) -> RecurringForm:
    journey.desktop.trigger("recurring_orders")
    return journey.dialog(RecurringForm)


def numbers(journey: Journey) -> list[str]:
    return [str(o.id) for s in journey.plan.stops.values() for o in s.orders if "-2026" in o.id]


def choose(journey: Journey, form: RecurringForm, path: Path) -> None:
    found: list[QFileDialog] = []

    def is_open() -> bool:
        found[:] = [d for d in form.findChildren(QFileDialog) if d.isVisible()]
        return bool(found)

    journey.until(is_open)
    dialog = found[-1]
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(str(path))
    dialog.accept()
    journey.until(lambda: not dialog.isVisible())


def test_a_weekly_order_is_due_once_on_its_days(planned: Journey, tmp_path: Path) -> None:
    journey = planned
    street = next(iter(journey.desktop.station.picture.labels.values()))
    form = opened(journey)
    click(form.add_button)
    texts = {
        "order_id": "WEEKLY",
        "weekdays": "Tue",
        "street": street.street,
        "city": street.town,
        "pieces": "2",
    }
    fields = [field.name for field in form.rows.fields]
    assert not form.save_button.isEnabled()
    for name, text in texts.items():
        assert form.rows.setData(form.rows.index(0, fields.index(name)), text)
    assert form.count.text() == "1 of 1 fall on Tue 24 Nov"
    click(form.export_button)
    path = tmp_path / "recurring.csv"
    choose(journey, form, path)
    journey.until(path.exists)
    form.rows.remove([0])
    click(form.import_button)
    choose(journey, form, path)
    journey.until(lambda: len(form.rows.rows) == 1)
    assert "1 order read" in form.told.text()
    click(form.save_button)
    journey.settle()
    assert numbers(journey) == [NUMBER]
    assert NUMBER in journey.notice("due on Tue 24 Nov").text
    stop = journey.plan.stop_of_order(NUMBER)
    assert stop is not None
    assert stop.id not in journey.desktop.station.picture.off_road, "it was located"

    for day in (DAY + timedelta(1), DAY, DAY + timedelta(7)):
        journey.run(journey.desktop.open_day(day))
        journey.settle()
        due = [f"WEEKLY-{day:%Y%m%d}"] if day.weekday() == DAY.weekday() else []
        assert numbers(journey) == due
    journey.run(journey.desktop.open_day(DAY))
    journey.do("undo")
    assert numbers(journey) == []
    journey.run(journey.desktop.open_day(DAY))
    assert numbers(journey) == [], "it was taken back"
