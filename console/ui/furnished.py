"""How a window is opened, and the deeds it is furnished with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from console.dispatch.pace import Pace
from console.dispatch.training.lesson import first_lesson
from console.dispatch.training.rooms import Room, Rooms
from console.ui.deeds.audit import AuditDeeds
from console.ui.deeds.casework import CaseDeeds
from console.ui.deeds.checklist import ChecklistDeeds
from console.ui.deeds.closing import ClosingDeeds
from console.ui.deeds.company import CompanyDeeds
from console.ui.deeds.database import DatabaseDeeds
from console.ui.deeds.directions import DirectionDeeds
from console.ui.deeds.early import EarlyDeeds
from console.ui.deeds.files import FileDeeds
from console.ui.deeds.fixing import FixingDeeds
from console.ui.deeds.fleet import FleetDeeds
from console.ui.deeds.formatting import FormatDeeds
from console.ui.deeds.guide import GuideDeeds
from console.ui.deeds.hands import HandDeeds
from console.ui.deeds.happened import HappenedDeeds
from console.ui.deeds.history import HistoryDeeds
from console.ui.deeds.insights import InsightDeeds
from console.ui.deeds.joining import JoiningDeeds
from console.ui.deeds.keeping import Keeper
from console.ui.deeds.layout import LayoutDeeds
from console.ui.deeds.live import LiveDeeds
from console.ui.deeds.maps import MapDeeds
from console.ui.deeds.measuring import MeasuringDeeds
from console.ui.deeds.optimise import OptimiseDeeds
from console.ui.deeds.orders import OrderDeeds
from console.ui.deeds.ordertable import OrderTableDeeds
from console.ui.deeds.overtaken import OvertakenDeeds
from console.ui.deeds.papers import PaperDeeds
from console.ui.deeds.patterns import PatternDeeds
from console.ui.deeds.plan import PlanDeeds
from console.ui.deeds.recurring import RecurringDeeds
from console.ui.deeds.regions import RegionDeeds
from console.ui.deeds.rootcause import RootDeeds
from console.ui.deeds.scenarios import ScenarioDeeds
from console.ui.deeds.services import ServiceDeeds
from console.ui.deeds.sharedstreets import SharedStreetDeeds
from console.ui.deeds.tour import TourDeeds
from console.ui.deeds.traffic import TrafficDeeds
from console.ui.deeds.training import TrainingDeeds
from console.ui.deeds.trainingrun import TrainingRunDeeds
from console.ui.deeds.view import ViewDeeds
from console.ui.deeds.watching import FolderWatch
from console.ui.deeds.waydriven import WayDrivenDeeds
from console.ui.theme.theme import Choice
from console.ui.underway import Underway
from console.ui.workplace import Workplace, collected


@dataclass(frozen=True, slots=True)
class Options:
    """How to open the window. ``size`` None takes the screen's; ``tour`` at a first start.

    ``locale`` is whose formats are usual: ``en_US``; '' is this computer's own. ``told`` is said
    once it is open.
    """

    cache: Path
    scheme: Choice = Choice.SYSTEM
    size: tuple[int, int] | None = None
    service_day: date | None = None
    seconds: float = 20.0
    tour: bool = False
    locale: str = "C"
    told: str = ""
    pace: Pace | None = None
    """A rehearsed day, shown in Live from the start."""
    rooms: Rooms | None = None
    """Where one trains; None where nobody may."""
    room: Room | None = None
    """The one this window is in."""
    is_guided: bool = False
    """The first lesson stands over it."""


class Furnished:
    """What is done in a window; ``options`` and ``workplace`` are there before."""

    options: Options
    workplace: Workplace

    def furnish_deeds(self) -> dict[str, Callable[[], None]]:
        """What does each action, by its name."""
        self.plan = PlanDeeds(self.workplace)
        self.optimiser = OptimiseDeeds(self.workplace, self.options.seconds)
        self.fixing = FixingDeeds(self.workplace)
        self.underway = underway = Underway(self.workplace)
        self.workplace.station.watched.watch = underway.behind
        self.files = FileDeeds(self.workplace, self.fixing, underway)
        self.regions = RegionDeeds(self.workplace, self.files.locate)
        self.files.take_extract = self.regions.take_extract
        self.watch = FolderWatch(self.workplace, self.files.imports)
        self.fleet = FleetDeeds(self.workplace)
        self.table = OrderTableDeeds(
            self.workplace, self.workplace.panes.order_table, self.files.imports
        )
        self.papers = PaperDeeds(self.workplace, lambda: self.files.last)
        self.orders = OrderDeeds(self.workplace)
        self.cases = CaseDeeds(self.workplace, self.orders)
        self.closing = ClosingDeeds(self.workplace)
        self.recurring = RecurringDeeds(self.workplace, self.files.locate)
        self.shape = LayoutDeeds(self.workplace)
        self.keeper = Keeper(self.workplace, self.shape)
        self.views = ViewDeeds(self.workplace, self.keeper)
        self.checklist = ChecklistDeeds(self.workplace)
        self.history = HistoryDeeds(self.workplace)
        self._furnish_rooms(underway)
        self._furnish_company()
        owners = (
            self.befell,  # runs its own search again
            *(self.optimiser, self.plan, self.files, self.papers, self.orders, self.views),
            *(self.fixing, self.checklist, self.history, self.shape, HandDeeds(self.workplace)),
            *(self.closing, self.insights, self.patterns, self.early, self.roots),
            *(self.regions, self.streets, self.watch, self.fleet, self.table, self.traffic),
            *(self.maps, self.measuring, self.guide, self.tours, self.formatting),
            *(self.guiding, self.way, underway, self.services),
            *(self.company, self.overtaken, self.database, self.audit),
            *(self.scenes, self.recurring, self.joining, self.live, self.live.alarms),
            *(self.training, self.graded_run),
        )
        return collected(self.workplace.actions, *owners)

    def _furnish_rooms(self, underway: Underway) -> None:
        """What has a tool or a window of its own."""
        self.traffic = TrafficDeeds(self.workplace, underway)
        self.maps = MapDeeds(self.workplace)
        self.guide = GuideDeeds(self.workplace)
        self.formatting = FormatDeeds(self.workplace, self.keeper, self.options.locale)
        self.tours = TourDeeds(
            self.workplace,
            self.keeper,
            lambda: self.files.imports.taken,
            lambda: self.papers.printed,
        )
        self.measuring = MeasuringDeeds(self.workplace, underway)
        self.services = ServiceDeeds(self.workplace, self.files.locate)
        self.guiding = DirectionDeeds(self.workplace, underway)
        self.scenes = ScenarioDeeds(self.workplace, self.optimiser, self.history)
        self.joining = JoiningDeeds(self.workplace)
        self.live = LiveDeeds(self.workplace, self.options.pace)
        self.befell = HappenedDeeds(
            self.workplace, self.optimiser, self.orders, self.live.tracking.seen, underway
        )
        self.way = WayDrivenDeeds(self.workplace, underway, self.live.tracking)
        self.training = TrainingDeeds(self.workplace, underway, self.options.rooms)
        self.insights = InsightDeeds(self.workplace)
        self.patterns = PatternDeeds(self.workplace, underway)
        self.patterns.share = self.insights.write
        self.early = EarlyDeeds(self.workplace, self.live.etas)
        self.roots = RootDeeds(self.workplace, self.orders, underway, self.patterns.go_to)
        self.roots.share = self.insights.write

    def _furnish_company(self) -> None:
        """What has to do with colleagues and the store that is shared with them."""
        self.company = CompanyDeeds(self.workplace)
        self.streets = SharedStreetDeeds(self.workplace, self.regions.fetch)
        self.overtaken = OvertakenDeeds(self.workplace)
        self.database = DatabaseDeeds(self.workplace)
        self.audit = AuditDeeds(self.workplace)
        self.graded_run = TrainingRunDeeds(
            self.workplace, self.live, self.audit, self.options.rooms, self.options.room
        )
        self.graded_run.lesson = first_lesson() if self.options.is_guided else None
