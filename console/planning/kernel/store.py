"""Whether the kernel's machine code is stored, and making it: a minute or two, once.

    python -m console.planning.kernel        compile and store

Where it is not stored, searches do without: nobody waits for a compiler in the morning.
"""

import hashlib
import importlib.metadata
import platform
import sys
from pathlib import Path

HERE = Path(__file__).parent
COMPILING = "DOORSTEP_COMPILING"  # environment variable: set while everything is compiled


def is_compiled() -> bool:
    """True when this program's kernel was compiled here by this Python."""
    return _mark().exists()


def note_compiled() -> bool:
    """Remember that it was; False where nothing can be written beside the program."""
    try:
        _mark().parent.mkdir(exist_ok=True)
        _mark().touch()
    except OSError:
        return False
    return True


def forget() -> None:
    """Throw the stored code away.

    A file's own is renewed only when that file changes, but holds copies of what it calls.
    """
    for pattern in ("*.nbi", "*.nbc", "compiled-*"):
        for stored in (HERE / "__pycache__").glob(pattern):
            stored.unlink(missing_ok=True)


def _mark() -> Path:
    """Beside the stored code, so that both go together."""
    told = hashlib.sha256(f"{sys.version} {platform.processor()} {platform.node()}".encode())
    for name in ("numba", "llvmlite", "numpy"):
        told.update(importlib.metadata.version(name).encode())
    for source in sorted(HERE.glob("*.py")):
        told.update(source.read_bytes())
        told.update(str(source.stat().st_mtime_ns).encode())  # numba's own condition
    return HERE / "__pycache__" / f"compiled-{told.hexdigest()[:24]}"
