"""What this process holds, and giving back what it holds no more.

glibc keeps freed memory that lies between what is in use; after a day was closed that is some
megabytes, which would look as if a console that runs for weeks grew.
"""

import ctypes
import sys
from pathlib import Path


def resident() -> int | None:
    """Bytes of this process in memory; None where the system does not say it."""
    if sys.platform != "linux":
        return None
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    import resource

    return int(pages) * resource.getpagesize()


def give_back() -> None:
    """Return freed memory to the system, where its C library can: up to some tens of ms."""
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)
