"""Compile the kernel and store it, unless that is done."""

import os
import sys

from console.planning.kernel.store import COMPILING, forget, is_compiled, note_compiled

if __name__ == "__main__" and not is_compiled():
    sys.stdout.write("Compiling the optimiser (once, a minute or two)\n")
    sys.stdout.flush()
    os.environ[COMPILING] = "1"
    forget()
    from console.planning.kernel.sample import compile_kernel

    compile_kernel()
    note_compiled()
