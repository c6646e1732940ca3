"""Deeds on units and formats: those of the locale, until a user chooses others."""

import json
from collections.abc import Mapping
from typing import Any, cast

from PySide6.QtCore import QLocale

from console import formats
from console.dispatch.depotstreets import FIRST_DEPOT_NAME
from console.dispatch.fleetwork import use_currency
from console.dispatch.picture import PictureChange
from console.formats import Formats
from console.ui.asking import ask
from console.ui.deeds.keeping import Keeper
from console.ui.dialogs.formats_form import FormatsForm
from console.ui.labels import CURRENCIES
from console.ui.locale import currency_of, formats_of, usual_locale
from console.ui.workplace import Workplace

KEPT = "formats"


class FormatDeeds:
    """One method a deed; ``locale`` is a name such as ``en_US``, '' this computer's own."""

    def __init__(self, place: Workplace, keeper: Keeper, locale: str) -> None:
        self._place, self._keeper = place, keeper
        self._locale = QLocale(locale) if locale else usual_locale()
        self._usual = formats_of(self._locale)

    async def recall(self) -> None:
        """As this user chose, else as the locale says; a new depot counts in its money."""
        self._use(self._usual.changed(_texts(self._keeper.kept.get(KEPT, ""))))
        station, money = self._place.station, currency_of(self._locale)
        depot = station.depot
        if depot and depot.name == FIRST_DEPOT_NAME and money in CURRENCIES:
            await use_currency(station, money)

    def formats(self) -> None:
        """Choose units, formats and the depot's currency."""
        self._place.conductor.spawn(self._ask())

    async def _ask(self) -> None:
        place = self._place
        currency = place.station.picture.currency
        form = FormatsForm(formats.present(), self._usual, currency, place.theme, place.window)
        if not await ask(form):
            return
        chosen, money = form.formats, form.currency  # the dialog is gone after the next await
        self._use(chosen)
        usual = self._usual.kept()
        kept = {name: value for name, value in chosen.kept().items() if value != usual[name]}
        self._keeper.kept[KEPT] = json.dumps(kept)
        self._keeper.keep({KEPT: self._keeper.kept[KEPT]})
        await use_currency(place.station, money)

    def _use(self, chosen: Formats) -> None:
        """From now on, in every view."""
        if chosen == formats.present():
            return
        formats.use(chosen)
        place = self._place
        picture = place.station.picture
        place.panes.topbar.show_day(place.station.service_day.day)
        place.signals.planChanged.emit(PictureChange(picture, picture, everything=True))
        place.cartographer.draw()


def _texts(text: str) -> Mapping[str, str]:
    try:
        found: Any = json.loads(text or "{}")
    except ValueError:
        return {}
    pairs = cast("dict[object, object]", found) if isinstance(found, dict) else {}
    return {k: v for k, v in pairs.items() if isinstance(k, str) and isinstance(v, str)}
