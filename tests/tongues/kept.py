"""What looks like a text in the source and is none: names for the program, never shown."""

FILES: frozenset[str] = frozenset()
CALLS = frozenset(
    "setObjectName Signal Slot setProperty dress Pen color font QKeySequence getLogger TypeVar QUrl "
    "strftime replace split rsplit partition rpartition startswith endswith removeprefix removesuffix "
    "strip lstrip rstrip compile loads dumps register runJavaScript setStyleSheet cast getattr setattr "
    "hasattr info debug warning error exception import_module encode decode open pixmap icon "
    "ValueError RuntimeError TypeError KeyError AssertionError NotImplementedError LookupError NewType "
    "findChild findChildren fromString trigger QIcon QSettings get pop setdefault Path bundled "
    "setFamilies QFont filter create_task wait_for".split()
)
RAISED = frozenset({"ValueError", "RuntimeError", "TypeError", "KeyError", "AssertionError"})
KEYWORDS = frozenset({"icon", "shortcut", "tone", "key", "name", "menu_key", "encoding", "mode", "role"})
KEYS: frozenset[str] = frozenset()
TEXTS: frozenset[str] = frozenset()
