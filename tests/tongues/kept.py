"""What looks like a text in the source and is none: names for the program, never shown."""

_FILES = """
diagnostics doctor exportday headless importing lanes logs plantables startplan tracking tracks
vroomfile vroommaking vroomwork ways wishes
"""
# Calls whose texts are names or for the log; errors of these classes are never shown.
_CALLS = """
setObjectName Signal Slot setProperty dress Pen color font QKeySequence getLogger TypeVar QUrl
strftime replace split rsplit partition rpartition startswith endswith removeprefix removesuffix
strip lstrip rstrip compile loads dumps register runJavaScript setStyleSheet cast getattr setattr
hasattr info debug warning error exception import_module encode decode open pixmap icon ValueError
RuntimeError TypeError KeyError AssertionError NotImplementedError LookupError NewType findChild
findChildren fromString trigger QIcon QSettings get pop setdefault Path bundled setFamilies Deed
QFont filter create_task wait_for frozenset
"""

_VOCABULARIES = frozenset({"intake/__init__.py", "intake/columns.py", "intake/layouts.py"})
FILES = frozenset(f"dispatch/{name}.py" for name in _FILES.split()) | _VOCABULARIES | {"wording.py"}
"""Modules of files, logs, the command line and what a driver reads; words that files are understood
by; and the one that looks its sentences up when they are said."""
CALLS = frozenset(_CALLS.split())
RAISED = frozenset({"ValueError", "RuntimeError", "TypeError", "KeyError", "AssertionError"})
KEYWORDS = frozenset(
    {"icon", "shortcut", "tone", "key", "name", "menu_key", "encoding", "mode", "role"}
)
KEYS = frozenset({"MENUS", "KINDS", "USUAL_TYPES", "_KIND_WORDS", "CALM"})
_TEXTS = """
Esc|Del|Letter|Doorstep|Fusion|, sans-serif|depot/|kind = |{} overtaken|HH:mm|h:mm ap
step import|step locate|step optimise|Google Maps|Apple Maps|OpenStreetMap
euro|column | to |incident |incident : |driver|kind|until|minutes|count
incident (\\d+): (.*)
reach--|map-.html|where()|pointer.hands.under(, )|-.svg|pt|,,km|plan//
depot//actions|depot//insights|pictures/
"""
TEXTS = frozenset(text for line in _TEXTS.strip().splitlines() for text in line.split("|"))
"""Names of files, styles, steps and calls; of a text with values, what stands between them."""
