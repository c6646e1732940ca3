"""Deeds on scenarios: keep the plan, search for another, compare, adopt, and tidy up."""

from collections.abc import Callable, Coroutine, Sequence
from functools import partial

from PySide6.QtCore import QTimer

from console.dispatch import scenarios
from console.dispatch.proposals import Proposal
from console.dispatch.registers import Scenario
from console.tongues import tr
from console.ui.asking import ask
from console.ui.deeds.history import HistoryDeeds
from console.ui.deeds.optimise import OptimiseDeeds
from console.ui.dialogs.text import TextDialog
from console.ui.notices import Notice, Tone
from console.ui.proposal.facts import scenario_name
from console.ui.scenarios.panel import ScenarioPanel
from console.ui.scenarios.rows import rows
from console.ui.scenarios.search_form import SearchForm
from console.ui.window import PLAN
from console.ui.workplace import Workplace

SETTLE_MS = 250  # after the last change of the plan
_BUSY = tr("The optimiser is at work: wait until it is done, or stop it.")


class ScenarioDeeds:
    """One method a deed; keeps panel and comparison true while the plan moves on."""

    def __init__(self, place: Workplace, optimiser: OptimiseDeeds, history: HistoryDeeds) -> None:
        self._place, self._optimiser = place, optimiser
        self._panel: ScenarioPanel | None = None
        self._known: dict[str, Scenario] = {}
        self._removed: Sequence[Scenario] = ()
        self._returns = False
        self._shown_on: object = None
        self._settle = QTimer(place.window)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.follow)
        place.signals.planChanged.connect(self._plan_changed)
        place.panes.history.keepAsked.connect(self._keep_version)
        optimiser.closed = self._closed
        self._history = history

    @property
    def panel(self) -> ScenarioPanel | None:
        """The dock, once it was opened."""
        return self._panel

    def scenarios(self) -> None:
        """The plans that were kept of this day; away again where they are shown."""
        panel = self._panel or self._new_panel()
        if panel.isVisible():
            panel.end()
            return
        self._show(panel)

    def _show(self, panel: ScenarioPanel) -> None:
        self._place.window.show_page(PLAN)
        self._place.window.right.show_tool(panel)
        self._spawn(self._reload())
        panel.list.setFocus()

    def _new_panel(self) -> ScenarioPanel:
        place = self._place
        panel = self._panel = ScenarioPanel(place.theme, place.actions, place.window)
        panel.compareAsked.connect(self._compare)
        panel.adoptAsked.connect(self._doing(self._adopt))
        panel.duplicateAsked.connect(self._doing(self._duplicate))
        panel.renameAsked.connect(self._doing(self._rename))
        panel.removeAsked.connect(self._doing(self._remove))
        return panel

    # -- kept --------------------------------------------------------------------------------------

    def keep_scenario(self) -> None:
        """Keep the proposal that is open, else the present plan, under a name."""
        open_one = self._optimiser.proposal
        proposal = open_one if open_one is not None and open_one.kept is None else None
        self._spawn(self._keep(proposal))

    async def _keep(self, proposal: Proposal | None) -> None:
        station = self._place.station
        what = "plan" if proposal is None else "proposal"
        name = await self._asked(tr("Keep the {what} as a scenario", what=what), tr("Keep"), "")
        if name and proposal is not None:
            self._told_kept(await scenarios.keep(station, name, proposal.proposed.plan))
        elif name:
            self._told_kept(await scenarios.keep(station, name))

    def _keep_version(self, version: int) -> None:
        self._spawn(self._kept_version(version))

    async def _kept_version(self, version: int) -> None:
        called = self._history.name_of(version)
        name = await self._asked(
            tr("Keep version {version} as a scenario", version=version), tr("Keep"), called
        )
        if name:
            self._told_kept(await scenarios.keep_version(self._place.station, version, name))

    def search_scenario(self) -> None:
        """Let a search with other settings make one; the plan stays as it is."""
        self._spawn(self._search())

    async def _search(self) -> None:
        place, choice = self._place, self._optimiser.choice
        form = SearchForm(
            place.station.picture, choice.objective, choice.seconds, place.theme, place.window
        )
        if not await ask(form):
            return
        wanted = form.wanted
        if not self._optimiser.is_idle:
            place.conductor.tell(Notice(_BUSY, Tone.WARN))
            return
        made = await self._optimiser.aside(
            tr("Searching for “{name}”…", name=wanted.name),
            wanted.terms,
            partial(scenarios.keep_search, place.station, wanted),
        )
        await self._reload()
        await self._compared(made, None)

    def _told_kept(self, made: Scenario) -> None:
        self._place.conductor.tell(
            Notice(
                tr("Kept: {scenario_name}", scenario_name=scenario_name(made)),
                Tone.GOOD,
                "",
                "scenarios",
                tr("Show"),
            )
            if self._panel is None or not self._panel.isVisible()
            else Notice(tr("Kept: {scenario_name}", scenario_name=scenario_name(made)), Tone.GOOD)
        )
        self._spawn(self._reload(made.id))

    async def _duplicate(self, key: str) -> None:
        made = await scenarios.duplicate(self._place.station, self._known[key])
        await self._reload(made.id)

    async def _rename(self, key: str) -> None:
        known = self._known[key]
        name = await self._asked(
            tr("Rename {scenario_name}", scenario_name=scenario_name(known)),
            tr("Rename"),
            known.name,
        )
        if name:
            await scenarios.rename(self._place.station, known, name)
            await self._reload(key)

    async def _remove(self, keys: Sequence[str]) -> None:
        self._removed = [self._known[key] for key in keys]
        await scenarios.remove(self._place.station, self._removed)
        one = len(self._removed) == 1
        what = (
            scenario_name(self._removed[0])
            if one
            else tr("{removed} scenarios", removed=len(self._removed))
        )
        self._place.conductor.tell(
            Notice(tr("Deleted: {what}", what=what), deed="restore_scenario", deed_label=tr("Undo"))
        )
        await self._reload()

    def restore_scenario(self) -> None:
        """Bring back what was deleted last."""
        removed, self._removed = self._removed, ()
        if removed:
            self._spawn(self._restore(removed))

    async def _restore(self, removed: Sequence[Scenario]) -> None:
        await scenarios.restore(self._place.station, removed)
        await self._reload(*(scenario.id for scenario in removed))

    # -- compared ----------------------------------------------------------------------------------

    def _compare(self, first: str, second: str) -> None:
        self._spawn(self._compared(self._known[second], self._known.get(first)))

    async def _compared(self, scenario: Scenario, against: Scenario | None) -> None:
        self._shown_on = self._place.station.picture
        proposal = await scenarios.compare(self._place.station, scenario, against)
        if self._optimiser.is_idle:
            panel = self._panel
            self._returns = self._returns or (panel is not None and panel.isVisible())
            self._optimiser.open_proposal(proposal)

    async def _adopt(self, key: str) -> None:
        station = self._place.station
        await self._optimiser.adopt_kept(await scenarios.compare(station, self._known[key], None))

    def _closed(self, proposal: Proposal) -> None:
        """A comparison was closed: back to the list it was opened from."""
        if proposal.kept is not None and self._returns and self._panel is not None:
            self._returns = False
            self._show(self._panel)

    # -- what follows ------------------------------------------------------------------------------

    def follow(self) -> None:
        """Someone else may have kept one, or the plan moved on: show what is so now."""
        shown = self._optimiser.proposal
        if shown is not None and shown.kept is not None:
            self._spawn(self._again(shown))
        if self._panel is not None and self._panel.isVisible():
            self._spawn(self._reload())

    def _plan_changed(self, _change: object) -> None:
        self._settle.start()

    async def _again(self, shown: Proposal) -> None:
        """The comparison that is open, with the plan as it is now."""
        picture = self._place.station.picture
        if shown.kept is not None and picture is not self._shown_on:
            self._shown_on = picture
            made = await scenarios.compare(self._place.station, shown.kept, shown.against)
            if self._optimiser.proposal is shown and self._optimiser.is_idle:
                self._optimiser.open_proposal(made)

    async def _reload(self, *picked: str) -> None:
        """Read what is kept; nothing is measured while nobody looks."""
        station = self._place.station
        self._known = {scenario.id: scenario for scenario in await scenarios.kept(station)}
        if self._panel is None or not self._panel.isVisible():
            return
        made = await scenarios.standings(station)
        self._known = {each.scenario.id: each.scenario for each in made}
        self._panel.show_rows(rows(station.picture, made))
        if picked:
            self._panel.list.pick(*picked)

    async def _asked(self, heading: str, button: str, text: str) -> str:
        dialog = TextDialog(heading, button, self._place.theme, self._place.window)
        dialog.field.setPlaceholderText(tr("For example: two vans fewer"))
        dialog.field.setText(text)
        dialog.field.selectAll()
        return dialog.text if await ask(dialog) else ""

    def _doing[A](
        self, work: Callable[[A], Coroutine[object, object, object]]
    ) -> Callable[[A], None]:
        """A slot that begins a use case."""
        return lambda argument: self._spawn(work(argument))

    def _spawn(self, work: Coroutine[object, object, object]) -> None:
        self._place.conductor.spawn(work)
