"""How everything here is compiled.

Stored on disk, without the interpreter's lock, and without counting references to arrays: nothing
here makes any, and the counting took nine tenths of the time.
"""

from typing import Any

FAST: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False}
INLINE: dict[str, Any] = {**FAST, "inline": "always"}
