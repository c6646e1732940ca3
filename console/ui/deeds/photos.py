"""Photos that a dialog asks for: read beside the window, and taken or refused."""

from functools import partial
from pathlib import Path

from console.dispatch.lanes import Lane
from console.domain.errors import ConsoleError
from console.ui.dialogs.photo_field import PhotoField
from console.ui.exceptions.photo import photo_of
from console.ui.workplace import Workplace


def read_photos(place: Workplace, field: PhotoField) -> None:
    """Whatever file is chosen in this field is read and goes along."""

    def chosen(path: Path) -> None:
        place.conductor.spawn(_read(place, field, path))

    field.chosen.connect(chosen)


async def _read(place: Workplace, field: PhotoField, path: Path) -> None:
    run = place.station.services.lanes.run
    try:
        field.take(path.name, await run(Lane.FILES, partial(photo_of, path)))
    except ConsoleError as error:
        field.refuse(f"{error.message} {error.remedy}")
