"""``python -m console``: the same as the command ``doorstep``."""

from multiprocessing import freeze_support

from console.cli import main

if __name__ == "__main__":
    freeze_support()
    main()
