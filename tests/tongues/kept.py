"""What looks like a text in the source and is none: names for the program, never shown."""

_FILES = """
desk diagnostics doctor erasure exportday fleetfile headless importing lanes logs manifests
maplinks planfile plantables recurring sealed startplan tracking tracks training/scenario
vroomfile vroommaking vroomwork ways wishes
"""
_CALLS = """
setObjectName Signal Slot setProperty dress Pen color font QKeySequence getLogger TypeVar QUrl
strftime replace split rsplit partition rpartition startswith endswith removeprefix removesuffix
strip lstrip rstrip compile loads dumps register runJavaScript setStyleSheet cast getattr setattr
hasattr info debug warning error exception import_module encode decode open pixmap icon ValueError
RuntimeError TypeError KeyError AssertionError NotImplementedError LookupError NewType findChild
findChildren fromString trigger QIcon QSettings get pop setdefault Path bundled setFamilies Deed
QFont filter create_task wait_for
"""

FILES = frozenset(f"dispatch/{name}.py" for name in _FILES.split()) | {
    "wording.py",
    "ui/proposal/facts.py",
}
"""Modules of files, logs, the command line and what a driver reads; and the one that looks its
sentences up when they are said."""
CALLS = frozenset(_CALLS.split())
RAISED = frozenset({"ValueError", "RuntimeError", "TypeError", "KeyError", "AssertionError"})
KEYWORDS = frozenset(
    {"icon", "shortcut", "tone", "key", "name", "menu_key", "encoding", "mode", "role"}
)
KEYS = frozenset({"MENUS", "KINDS", "USUAL_TYPES"})
TEXTS = frozenset(
    {"Esc", "Del", "{lat:.5f},{lon:.5f},{value:g}km", "Doorstep", "depot/", "kind = "}
)
