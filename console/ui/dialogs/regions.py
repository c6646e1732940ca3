"""The regions on this computer: what they are, what is being built, and what to do with them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from console.dispatch.depotstreets import Offer, Standing
from console.dispatch.extracts import Described, told
from console.formats import day, number
from console.tongues import tr
from console.ui.caption import PLAIN, QUIET, Caption
from console.ui.dialogs.sheet import Sheet
from console.ui.dialogs.table import PlainTable
from console.ui.notices import Job
from console.ui.theme.theme import Theme

_TITLES = (
    tr("Region"),
    tr("Status"),
    tr("Map data of"),
    tr("Addresses"),
    tr("Size"),
    tr("Roads for"),
    tr("Licence"),
)
_MORE = (tr("Source"), tr("Only a part"), tr("Built"), tr("Roads"), tr("Time zone"), tr("Credit"))
_EMPTY = tr("No streets yet. Add an OpenStreetMap extract of the area you deliver to.")
_PERCENT = 100
_SHARED = {
    Standing.MISSING: "",
    Standing.SAME: tr("published"),
    Standing.NEWER: tr("a newer one is in the shared database"),
    Standing.OLDER: tr("newer than the published one"),
}


class RegionsDialog(Sheet):
    """Stays open beside the work; what it asks for is done behind."""

    addAsked = Signal()
    updateAsked = Signal(str)
    useAsked = Signal(str)
    removeAsked = Signal(str)
    publishAsked = Signal(str)
    fetchAsked = Signal(str)
    cancelAsked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Regions"), theme, parent)
        self.setModal(False)
        self.least(940, 440)
        self._regions: list[Described] = []
        self._jobs: dict[str, JobRow] = {}
        self._failures: dict[str, str] = {}
        self._users: Mapping[str, str] = {}
        self._offers: Mapping[str, Offer] = {}
        self._may_publish = False
        self.title = self.heading(tr("Streets on this computer"))
        self.table = self.put(PlainTable(_TITLES, theme))
        self.table.itemSelectionChanged.connect(self._row_chosen)
        self.more = self.put(Caption(theme, QUIET, "", wrap=True))
        self.said = self.problem()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)
        self._add_buttons()
        self._row_chosen()

    def _add_buttons(self) -> None:
        self.add_button = self._button(tr("Add…"), "plus", self.addAsked.emit)
        self.update_button = self._button(tr("Update"), "refresh-cw", self._ask_update)
        self.fetch_button = self._button(tr("Fetch"), "download", self._ask_fetch)
        self.publish_button = self._button(tr("Publish"), "upload", self._ask_publish)
        self.use_button = self._button(tr("Use for this depot"), "map", self._ask_use)
        self.remove_button = self._button(tr("Remove…"), "trash-2", self._ask_remove)
        self.go_back(tr("Close"), default=True)
        for button in (self.fetch_button, self.publish_button):
            button.hide()

    def _button(self, text: str, icon: str, then: object) -> QPushButton:
        button = self.beside(text)
        self.theme.dress(button, icon)
        button.clicked.connect(then)
        return button

    # -- what is shown -----------------------------------------------------------------------------

    def show_regions(self, regions: Sequence[Described], users: Mapping[str, str]) -> None:
        """All regions; ``users`` are the depots that plan on each, in words."""
        chosen = self.chosen
        self._regions, self._users = list(regions), users
        self._regions += [_elsewhere(each) for each in self._missing(regions)]
        self._fill(chosen)

    def show_offers(self, offers: Sequence[Offer], *, may_publish: bool) -> None:
        """What the shared database has, before ``show_regions``; never called without one."""
        self._offers = {each.name.casefold(): each for each in offers}
        self._may_publish = may_publish
        self.title.say(tr("Streets on this computer and in the shared database"))
        for button in (self.fetch_button, self.publish_button):
            button.show()

    def _missing(self, regions: Sequence[Described]) -> list[Offer]:
        here = {each.name.casefold() for each in regions}
        return [offer for name, offer in self._offers.items() if name not in here]

    def _offer(self, each: Described | None) -> Offer | None:
        return self._offers.get(each.name.casefold()) if each else None

    def show_job(self, job: Job, status: str = "") -> None:
        """Progress of one region, or its end; ``status`` is what its row says meanwhile."""
        row = self._jobs.get(job.name)
        if not job.running:
            if row is not None:
                self._rows.removeWidget(row)
                row.hide()
                row.deleteLater()
                del self._jobs[job.name]
                self._fill(self.chosen)
            return
        if row is None:
            row = JobRow(job.name, self.theme, status)
            row.cancelAsked.connect(self.cancelAsked)
            self._rows.addWidget(row)
            row.show()
            self._jobs[job.name] = row
            self._failures.pop(job.name, None)
            self._fill(self.chosen)
        row.show_job(job)

    def show_failure(self, name: str, sentence: str) -> None:
        """Why the last work on a region came to nothing; shown until the next try."""
        self._failures[name] = sentence
        self.said.say(sentence)
        self._fill(self.chosen)

    @property
    def chosen(self) -> Described | None:
        """The picked region."""
        row = self.table.currentRow()
        return self._regions[row] if 0 <= row < len(self._regions) else None

    def _fill(self, chosen: Described | None) -> None:
        rows = [self._cells(each) for each in self._regions]
        self.table.fill(rows, ["bad" if self._is_bad(each) else "text" for each in self._regions])
        names = [each.name for each in self._regions]
        if names:
            wanted = chosen.name if chosen else names[0]
            self.table.selectRow(names.index(wanted) if wanted in names else 0)
        self._row_chosen()

    def _is_bad(self, each: Described) -> bool:
        return bool(each.problem) and self._offer(each) is None

    def _cells(self, each: Described) -> tuple[str, ...]:
        return (
            each.name,
            self._status(each),
            each.data_date or tr("not said"),
            number(each.addresses),
            _size(each),
            ", ".join(each.profiles),
            each.licence,
        )

    def _status(self, each: Described) -> str:
        if each.name in self._jobs:
            return self._jobs[each.name].status
        if each.problem:
            return each.problem
        told = tr("ready")
        if each.name in self._users:
            told = tr("in use by {users}", users=self._users[each.name])
        offer = self._offer(each)
        said = _SHARED[offer.standing] if offer else ""
        return f"{told}; {said}" if said else told

    def _row_chosen(self) -> None:
        each = self.chosen
        busy = each is not None and each.name in self._jobs
        used = each is not None and each.name in self._users
        facts = dict(told(each)) if each and each.size else {}
        lines = [f"{title}: {facts[title]}" for title in _MORE if title in facts]
        lines += _told(self._offer(each))
        self.more.say("   ·   ".join(lines) if each else _EMPTY)
        self.said.say(self._failures.get(each.name, "") if each else self.said.text())
        self.update_button.setEnabled(each is not None and not busy and bool(each.source))
        self._offer_chosen(each, busy=busy)
        self.use_button.setEnabled(each is not None and each.region is not None and not used)
        is_ours = each is not None and (bool(each.size) or self._may_publish)
        self.remove_button.setEnabled(is_ours and not busy and not used)
        self.remove_button.setToolTip(
            tr("A depot plans on it: use others there first") if used else ""
        )

    def _offer_chosen(self, each: Described | None, *, busy: bool) -> None:
        offer = self._offer(each)
        is_other = offer is not None and offer.standing is not Standing.SAME
        is_here = each is not None and each.region is not None
        self.fetch_button.setEnabled(is_other and not busy)
        is_old = offer is not None and offer.standing is Standing.NEWER
        self.publish_button.setEnabled(is_here and self._may_publish and not busy and not is_old)
        self.publish_button.setToolTip(
            tr("For all consoles of the shared database")
            if self._may_publish
            else tr("Only managers publish streets for all consoles")
        )

    # -- what is asked for -------------------------------------------------------------------------

    def _ask_update(self) -> None:
        if self.chosen is not None:
            self.updateAsked.emit(self.chosen.name)

    def _ask_fetch(self) -> None:
        if self.chosen is not None:
            self.fetchAsked.emit(self.chosen.name)

    def _ask_publish(self) -> None:
        if self.chosen is not None:
            self.publishAsked.emit(self.chosen.name)

    def _ask_use(self) -> None:
        if self.chosen is not None:
            self.useAsked.emit(self.chosen.name)

    def _ask_remove(self) -> None:
        if self.chosen is not None:
            self.removeAsked.emit(self.chosen.name)


def _elsewhere(offer: Offer) -> Described:
    """A row for what is published and not here."""
    package = offer.published.package
    return Described(
        offer.name,
        None,
        0,
        data_date=package.data_date,
        addresses=package.addresses,
        problem=tr("in the shared database, not here"),
    )


def _size(each: Described) -> str:
    """On this disk."""
    if not each.size:
        return ""
    return tr("{size} MB", size=number(each.size / 1e6)) if each.size >= 1e6 else tr("under 1 MB")


def _told(offer: Offer | None) -> list[str]:
    """Who published it, when, and how much there is to fetch."""
    if offer is None:
        return []
    each = offer.published
    return [
        tr(
            "Published: by {actor} on {day}, {size} MB to fetch",
            actor=each.actor,
            day=day(each.at.astimezone()),
            size=number(each.package.size / 1e6, 1),
        )
    ]


class JobRow(QWidget):
    """A region being fetched or built: a sentence, a bar, and a way out."""

    cancelAsked = Signal(str)

    def __init__(self, name: str, theme: Theme, status: str = "") -> None:
        super().__init__()
        self._name = name
        self.status = status or tr("being updated; the old one serves")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.sentence = Caption(theme, PLAIN, "")
        self.bar = QProgressBar()
        self.bar.setRange(0, _PERCENT)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(round(220 * theme.scale))
        self.bar.setAccessibleName(tr("Progress of {name}", name=name))
        self.cancel_button = QPushButton(tr("Cancel"))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.setAccessibleName(tr("Cancel {name}", name=name))
        self.cancel_button.clicked.connect(self._cancel)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.bar)
        row.addWidget(self.cancel_button)

    def show_job(self, job: Job) -> None:
        """What is being done, and how far it is."""
        done = round((job.share or 0.0) * _PERCENT)
        self.sentence.say(f"{self._name}: {job.text}" + (f", {done} %" if done else ""))
        self.bar.setValue(done)

    def _cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.sentence.say(tr("{name}: ending…", name=self._name))
        self.cancelAsked.emit(self._name)
