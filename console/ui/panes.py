"""The views of one window in one value."""

from console.ui.board.view import BoardView
from console.ui.details.panel import DetailsPanel
from console.ui.exceptions.page import ExceptionsPage
from console.ui.history.panel import HistoryPanel
from console.ui.map.view import MapView
from console.ui.optimise.panel import OptimisePanel
from console.ui.orders.panel import OrdersPanel
from console.ui.ordertable.page import OrdersPage
from console.ui.proposal.panes import ProposalPanes
from console.ui.strip import Strip
from console.ui.timeline.strip import TimelineStrip
from console.ui.timeline.view import TimelineView
from console.ui.topbar import TopBar


class Panes:
    """The views of one window, made by ``start`` and placed by the window."""

    def __init__(  # noqa: PLR0913 - one parameter a pane
        self,
        *,
        topbar: TopBar,
        strip: Strip,
        orders: OrdersPanel,
        map_view: MapView,
        board: BoardView,
        timeline: TimelineView,
        timeline_strip: TimelineStrip,
        details: DetailsPanel,
        exceptions: ExceptionsPage,
        order_table: OrdersPage,
        history: HistoryPanel,
        optimise: OptimisePanel,
        proposal: ProposalPanes,
    ) -> None:
        self.topbar, self.strip, self.orders = topbar, strip, orders
        self.map_view, self.board = map_view, board
        self.timeline, self.timeline_strip = timeline, timeline_strip
        self.details, self.exceptions, self.history = details, exceptions, history
        self.order_table = order_table
        self.optimise, self.proposal = optimise, proposal
