"""``python -m tests.tongues``: wrap new texts, bring the catalogues up to date, list what lacks."""

import subprocess
import sys

from tests.tongues import catalogue, source
from tests.tongues.wrap import wrap

USAGE = "python -m tests.tongues wrap | extract | missing"


def main(wish: str) -> int:
    """Do one of the three; the last one fails where a text is missing."""
    if wish == "wrap":
        changed = [str(path) for path in source.modules() if wrap(path)]
        if changed:
            ruff = [sys.executable, "-m", "ruff"]
            subprocess.run([*ruff, "check", "--fix", "--quiet", "--select=I", *changed], check=True)
            subprocess.run([*ruff, "format", "--quiet", *changed], check=True)
        print(f"{len(changed)} modules changed; look at their difference")
        return 0
    if wish == "extract":
        print(f"{catalogue.extract()} texts")
        return 0
    if wish == "missing":
        lacking = catalogue.missing()
        print("\n".join(lacking) or "Nothing is missing.")
        return bool(lacking)
    print(USAGE)
    return 2


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or [""]))
