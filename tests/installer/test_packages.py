"""What pip's failures become; pip itself is real, the network is not there."""

import sys
from pathlib import Path

import pytest

from installer import packages
from installer.machine import SetupError
from tests.shared import ROOT

NO_NETWORK = (
    "WARNING: Retrying: NewConnectionError(... [Errno -3] Temporary failure in name resolution)",
    "ERROR: Could not find a version that satisfies absl-py==2.5.1 (from versions: none)",
    "ERROR: No matching distribution found for absl-py==2.5.1",
)


@pytest.mark.parametrize(
    ("lines", "cause", "remedy"),
    [
        (NO_NETWORK, "cannot be reached", "Connect to the internet"),
        (NO_NETWORK[1:], "no ready-made copy", "Linux on x86-64"),
        (["ERROR: [Errno 28] No space left on device"], "disk is full", "Free about"),
        (["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM"], "not the one", "cache purge"),
        (["SSLError(... CERTIFICATE_VERIFY_FAILED)"], "certificate", "PIP_CERT"),
        (["OSError: [Errno 13] Permission denied: '.venv'"], "written to", "belongs to you"),
    ],
)
def test_a_known_failure_has_its_remedy(lines: list[str], cause: str, remedy: str) -> None:
    error = packages.explain(list(lines), Path("setup.log"))
    assert cause in str(error)
    assert remedy in error.remedy
    assert "hen again: " in error.remedy


def test_an_unknown_failure_names_the_error_and_the_log() -> None:
    lines = ["Collecting x", "ERROR: the moon is in the way", "note: not pip's fault"]
    error = packages.explain(lines, Path("setup.log"))
    assert "the moon is in the way" in str(error)
    assert "setup.log" in error.remedy


def test_without_a_network_the_set_up_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")  # nobody listens there
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    lock = ROOT / "installer/requirements.lock"
    arguments = ["download", "--no-cache-dir", "--retries=1", "--timeout=2"]
    with pytest.raises(SetupError, match="cannot be reached"):
        packages.pip(
            Path(sys.executable),
            [*arguments, "--require-hashes", "-d", str(tmp_path), "-r", str(lock)],
            tmp_path / "log",
        )
    assert "absl-py" in (tmp_path / "log").read_text()


def test_only_big_files_and_long_silences_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    now = packages.time.monotonic()
    packages._tell("Downloading pyside6_addons-6.12.0-cp310-abi3.whl (159.2 MB)", now)
    packages._tell("  Downloading tqdm-4.70.1-py3-none-any.whl (0.1 MB)", now)
    packages._tell("Collecting tqdm==4.70.1", now)
    packages._tell("Collecting typer==0.29.2", now - 60)
    assert capsys.readouterr().out.splitlines() == [
        "doorstep:   fetching pyside6_addons (159.2 MB)",
        "doorstep:   still at it",
    ]
