"""The table of all a dispatcher can do: names, menus, shortcuts, what must be there for it."""

from dataclasses import dataclass
from enum import StrEnum

from console.tongues import tr


class Need(StrEnum):
    """What must be there for an action to make sense."""

    NOTHING = "nothing"
    DAY = "day"  # shifts or orders on the day that is open
    STOPS = "stops"  # stops are picked
    ROUTE = "route"  # a route is lit, or stops of one are picked
    ORDERS = "orders"  # there is something to plan
    PLAN = "plan"  # at least one route has stops
    UNDO = "undo"
    REDO = "redo"
    RUNNING = "running"  # the optimiser is at work
    IDLE = "idle"  # orders, and the optimiser is not at work
    PROPOSAL = "proposal"  # one is open
    DISCARDED = "discarded"  # one was, and can be shown again
    TRAINING = "training"  # a rehearsed day is graded


@dataclass(frozen=True, slots=True)
class Deed:
    """One row of the table. ``menu`` is where it hangs; '' keeps it out of the menu bar."""

    name: str
    text: str
    menu: str
    shortcut: str = ""
    icon: str = ""
    need: Need = Need.NOTHING
    in_context: bool = False
    line_before: bool = False
    words: str = ""  # other words under which the palette finds it

    def __post_init__(self) -> None:
        """The table is English; what people read of it is said in their language."""
        for name in ("text", "menu", "words"):
            told: str = getattr(self, name)
            object.__setattr__(self, name, tr(told) if told else "")


DEEDS: tuple[Deed, ...] = (
    Deed("import_orders", "Import orders…", "File", "Ctrl+O", "upload"),
    Deed("teach_orders", "Import orders, choosing columns…", "File", "", "table"),
    Deed("import_report", "Last import report…", "File", "", "file-text"),
    Deed("export_fleet", "Export fleet…", "File", "", "truck"),
    Deed("watch_folder", "Watch a folder for orders…", "File", "", "folder-open"),
    Deed("import_fleet", "Import fleet…", "File", "Ctrl+Shift+O", "truck"),
    Deed("traffic", "Traffic and zones…", "Plan", "Ctrl+T", "timer", line_before=True),
    Deed("add_region", "Add streets…", "File", "", "map"),
    Deed("regions", "Regions…", "File", "", "map"),
    Deed("fetch_region", "Fetch the depot's streets", "File", "", "download", words="shared map"),
    Deed("services", "Engines and services…", "File", "", "settings-2", words="osrm geocoder"),
    Deed(
        "look_up", "Look up addresses again", "File", "", "refresh-cw", Need.ORDERS, words="times"
    ),
    Deed("open_again", "Reload the day", "File", "", "rotate-ccw", words="open again refresh"),
    Deed("call_off", "Stop what is computed", "File", "Ctrl+.", "x", words="cancel halt abort"),
    Deed("fix_addresses", "Fix addresses…", "File", "Ctrl+G", "map-pin", Need.ORDERS),
    Deed("export_plan", "Export…", "File", "Ctrl+E", "download", Need.PLAN, line_before=True),
    Deed("export_figures", "Export figures…", "File", "", "table", Need.PLAN),
    Deed(
        "route_sheets", "Print route sheets, loading lists…", "File", "Ctrl+P", "printer", Need.PLAN
    ),
    Deed("database", "Database…", "File", "", "database", words="store backup restore settings"),
    Deed("quit", "Quit", "File", "Ctrl+Q", "log-out", line_before=True),
    Deed("undo", "Undo", "Edit", "Ctrl+Z", "undo-2", Need.UNDO),
    Deed("redo", "Redo", "Edit", "Ctrl+Shift+Z", "redo-2", Need.REDO),
    Deed("history", "History", "Edit", "Ctrl+H", "history", Need.DAY),
    Deed("audit", "Audit and replay…", "Edit", "", "list", Need.DAY, words="journal log"),
    Deed("name_version", "Name this version…", "Edit", "", "flag", Need.DAY, words="milestone"),
    Deed("show_edit", "Show a colleague's last change", "Edit", "", "users", Need.DAY),
    Deed("overtaken", "What was not done…", "Edit", "", "triangle-alert", Need.DAY),
    Deed("palette", "Do or find…", "Edit", "Ctrl+K", "zap", line_before=True),
    Deed("find", "Find…", "Edit", "Ctrl+F", "search"),
    Deed("select_route", "Select the whole route", "Edit", "Ctrl+A", "route", Need.ROUTE),
    Deed(
        "select_shown",
        "Select what the list shows",
        "Edit",
        "Ctrl+Shift+A",
        "list",
        Need.ORDERS,
        words="filter all",
    ),
    Deed("clear_selection", "Select nothing", "Edit", "Esc", "x"),
    Deed("add_order", "New order…", "Order", "Ctrl+N", "package-plus"),
    Deed("edit_order", "Edit order…", "Order", "F2", "pencil", Need.STOPS, in_context=True),
    Deed("cancel_order", "Cancel order…", "Order", "", "package-x", Need.STOPS, in_context=True),
    Deed("trace_order", "Its history…", "Order", "", "history", Need.STOPS, in_context=True),
    Deed("join_doors", "Same door, same day…", "Order", "", "boxes", Need.ORDERS),
    Deed("recurring_orders", "Recurring orders…", "Order", "", "refresh-cw", words="weekly repeat"),
    Deed("details", "Show details", "Order", "Ctrl+I", "info", Need.STOPS),
    Deed(
        "log_exception",
        "Log exception…",
        "Order",
        "Ctrl+L",
        "triangle-alert",
        Need.STOPS,
        in_context=True,
        line_before=True,
    ),
    Deed("optimise", "Optimise", "Plan", "F5", "sparkles", Need.IDLE),
    Deed("stop", "Stop and keep the best", "Plan", "Shift+F5", "square", Need.RUNNING),
    Deed("optimise_panel", "How to optimise…", "Plan", "F6", "settings-2", Need.DAY),
    Deed("validate", "Validate the orders", "Plan", "", "square-check", Need.ORDERS, words="check"),
    Deed("review", "Review what needs eyes", "Plan", "F8", "eye", Need.PLAN, words="next trouble"),
    Deed("lock_day", "Lock all routes", "Plan", "", "lock", Need.PLAN, words="unlock freeze"),
    Deed(
        "release_day", "Release all routes", "Plan", "", "navigation", Need.PLAN, words="withdraw"
    ),
    Deed("close_day", "Close the day…", "Plan", "", "square-check", Need.DAY, words="seal reopen"),
    Deed(
        "adopt_proposal",
        "Adopt the proposal",
        "Plan",
        "Ctrl+Return",
        "check",
        Need.PROPOSAL,
        line_before=True,
    ),
    Deed("discard_proposal", "Discard the proposal", "Plan", "", "x", Need.PROPOSAL),
    Deed(
        "next_side", "Present, both or proposal on the map", "Plan", "F7", "layers", Need.PROPOSAL
    ),
    Deed("show_proposal", "Show the last proposal", "Plan", "", "layers", Need.DISCARDED),
    Deed("scenarios", "Scenarios…", "Plan", "Ctrl+Shift+S", "square-stack", Need.ORDERS),
    Deed("keep_scenario", "Keep the plan as a scenario…", "Plan", "Ctrl+S", "save", Need.PLAN),
    Deed("search_scenario", "Scenario from another search…", "Plan", "", "sparkles", Need.IDLE),
    Deed("restore_scenario", "Bring the deleted scenario back", "", "", "undo-2"),
    Deed(
        "send_stops",
        "Send to driver…",
        "Plan",
        "Ctrl+M",
        "corner-down-right",
        Need.STOPS,
        in_context=True,
        line_before=True,
        words="move assign give drag",
    ),
    Deed(
        "send_tail",
        "Send the rest of the route…",
        "Plan",
        "Ctrl+Shift+M",
        "arrow-right",
        Need.STOPS,
        in_context=True,
        words="tail from here on",
    ),
    Deed(
        "split_route",
        "Split the route here…",
        "Plan",
        "",
        "arrow-up-down",
        Need.STOPS,
        in_context=True,
        words="second van half",
    ),
    Deed("pin", "Pin to driver", "Plan", "Ctrl+B", "pin", Need.STOPS, in_context=True),
    Deed(
        "override", "Accept a violation…", "Plan", "Ctrl+R", "shield", Need.STOPS, in_context=True
    ),
    Deed("unassign", "Unassign", "Plan", "Del", "map-pin-off", Need.STOPS, in_context=True),
    Deed(
        "reverse_route",
        "Reverse the route",
        "Driver",
        "Ctrl+Shift+R",
        "rotate-ccw",
        Need.ROUTE,
        in_context=True,
        line_before=True,
        words="other way round turn",
    ),
    Deed(
        "swap_routes",
        "Swap with another driver…",
        "Driver",
        "",
        "arrow-left-right",
        Need.ROUTE,
        in_context=True,
        words="exchange",
    ),
    Deed(
        "swap_shifts",
        "Swap shifts with…",
        "Driver",
        "",
        "arrow-left-right",
        Need.ROUTE,
        in_context=True,
        words="trade day vehicle hours",
    ),
    Deed(
        "merge_routes",
        "Give all stops to another driver…",
        "Driver",
        "",
        "square-stack",
        Need.ROUTE,
        in_context=True,
        words="merge join free",
    ),
    Deed(
        "lock",
        "Lock route",
        "Driver",
        "Ctrl+D",
        "lock",
        Need.ROUTE,
        in_context=True,
        line_before=True,
        words="freeze unlock",
    ),
    Deed(
        "release_route",
        "Release to the driver",
        "Driver",
        "Ctrl+Shift+L",
        "navigation",
        Need.ROUTE,
        in_context=True,
        words="send withdraw publish",
    ),
    Deed("switch_driver", "Off today", "Driver", "", "user-x", Need.ROUTE, in_context=True),
    Deed("driver_out", "Out from now on…", "Driver", "", "user-x", Need.ROUTE, in_context=True),
    Deed(
        "happened",
        "Something happened…",
        "Driver",
        "Ctrl+Shift+E",
        "triangle-alert",
        Need.PLAN,
        words="breakdown broken down late urgent disruption trouble depot replan",
    ),
    Deed("fleet", "Fleet…", "Driver", "Ctrl+Shift+F", "truck"),
    Deed("depart", "Has left the depot", "Driver", "", "truck", Need.ROUTE),
    Deed(
        "directions",
        "Directions…",
        "Driver",
        "Ctrl+Shift+D",
        "route",
        Need.ROUTE,
        in_context=True,
        line_before=True,
        words="turn by turn way navigation instructions",
    ),
    Deed(
        "to_phone",
        "To the driver's phone…",
        "Driver",
        "",
        "phone",
        Need.ROUTE,
        in_context=True,
        words="qr code link google apple maps navigate",
    ),
    Deed(
        "way_driven",
        "Way driven today",
        "Driver",
        "",
        "navigation",
        Need.ROUTE,
        in_context=True,
        words="track trace positions gps map matching",
    ),
    Deed("edit_shift", "Shift today…", "Driver", "", "clock", Need.ROUTE, in_context=True),
    Deed("view_plan", "Plan", "View", "Ctrl+1", "map"),
    Deed("view_board", "Board", "View", "Ctrl+2", "columns-3"),
    Deed("view_exceptions", "Exceptions", "View", "Ctrl+3", "triangle-alert"),
    Deed("view_orders", "Orders", "View", "Ctrl+4", "table"),
    Deed("view_live", "Live", "View", "Ctrl+5", "navigation", words="running day drivers"),
    Deed(
        "early_notice", "Customers to tell…", "View", "", "message-square", words="early late eta"
    ),
    Deed("patterns", "Patterns of what goes wrong…", "View", "", "sparkles", words="trend cluster"),
    Deed("root_actions", "Actions against root causes…", "View", "", "flag", words="five whys"),
    Deed("insights", "What we found out…", "View", "", "info", words="insight knowledge tip"),
    Deed("share_insight", "Share an insight…", "View", "", "users", in_context=True, words="tip"),
    Deed("alarm_log", "Alarms of the day…", "View", "", "history", words="reaction time late"),
    Deed("alarm_limits", "Limits of alarms…", "View", "", "settings-2", words="threshold late"),
    Deed("change_selected", "Change orders at once…", "Order", "", "pencil", Need.STOPS),
    Deed("go_orders", "To the orders", "View", "Alt+1", "list", line_before=True, words="focus"),
    Deed("go_middle", "To the map or board", "View", "Alt+2", "map", words="focus"),
    Deed("go_timeline", "To the timeline", "View", "Alt+3", "chart-gantt", words="focus"),
    Deed("go_details", "To the details", "View", "Alt+4", "info", words="focus"),
    Deed(
        "how_far",
        "How far is it…",
        "View",
        "Ctrl+J",
        "crosshair",
        line_before=True,
        words="distance measure directions reach isochrone",
    ),
    Deed("fit_map", "Whole day on the map", "View", "Ctrl+0", "maximize"),
    Deed("theme_system", "Colours of the system", "View", "", "monitor", line_before=True),
    Deed("theme_light", "Light", "View", "", "sun"),
    Deed("theme_dark", "Dark", "View", "", "moon"),
    Deed("theme_contrast", "High contrast", "View", "", "contrast", words="accessibility"),
    Deed(
        "language_system",
        "Language of the system",
        "View",
        "",
        "message-square",
        line_before=True,
        words="sprache",
    ),
    Deed("language_en", "English", "View", "", "message-square", words="language sprache"),
    Deed("language_de", "Deutsch", "View", "", "message-square", words="language german sprache"),
    Deed("text_larger", "Larger text", "View", "Ctrl++", "plus", line_before=True, words="zoom"),
    Deed("text_smaller", "Smaller text", "View", "Ctrl+-", "minus", words="zoom"),
    Deed("text_usual", "Usual text size", "View", "", "rotate-ccw", words="zoom"),
    Deed(
        "map_window",
        "Map in a window of its own",
        "View",
        "Ctrl+Shift+1",
        "external-link",
        line_before=True,
        words="second monitor screen",
    ),
    Deed(
        "board_window",
        "Board in a window of its own",
        "View",
        "Ctrl+Shift+2",
        "external-link",
        words="second monitor screen",
    ),
    Deed(
        "timeline_window",
        "Timeline in a window of its own",
        "View",
        "Ctrl+Shift+3",
        "external-link",
        words="second monitor screen",
    ),
    Deed("move_panels", "Move the panels", "View", "", "grip-vertical", words="docks layout"),
    Deed("usual_layout", "Panels as they were at first", "View", "", "rotate-ccw", words="reset"),
    Deed("formats", "Units and formats…", "View", "", "weight", words="miles currency dates"),
    Deed("online_tiles", "Online map tiles…", "View", "", "map", line_before=True),
    Deed("help", "Guide", "Help", "F1", "circle-question-mark", words="help manual how what is"),
    Deed("tour", "Tour of the window", "Help", "", "navigation", words="first steps learn"),
    Deed("training", "Train on a day…", "Help", "", "play", words="learn simulator"),
    Deed("edit_scenarios", "Kinds of days…", "Help", "", "pencil", words="scenario editor"),
    Deed("training_results", "Training results…", "Help", "", "users", words="compare trainees"),
    Deed("put_incident", "Let something happen…", "Help", "", "siren", Need.TRAINING),
    Deed("grade_run", "End the run and grade it", "Help", "", "flag", Need.TRAINING),
    Deed("shortcuts", "Keyboard shortcuts", "Help", "Ctrl+F1", "keyboard", words="cheat sheet"),
    Deed("edit_shortcuts", "Change shortcuts…", "Help", "", "settings", words="keys keyboard"),
    Deed("doctor", "Check this installation", "Help", "", "wrench"),
    Deed("about", "About Doorstep", "Help", "", "info"),
)

MENUS = ("File", "Edit", "Order", "Plan", "Driver", "View", "Help")
