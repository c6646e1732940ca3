"""Downloads an extract: resumed where it broke off, checked, tried again; runs in a child process.

A download that is called off or breaks leaves ``NAME.part`` and ``NAME.part.json`` (which version
of the file it is a part of), and the next one goes on from there.
"""

import contextlib
import errno
import hashlib
import http.client
import json
import re
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Protocol

from console.tongues import tr

AGENT = "Doorstep/0.1 (delivery planning; offline maps)"
ATTEMPTS = 5  # in a row without a byte
_TIMEOUT = 30.0  # seconds without a byte
_LONGEST_WAIT = 60.0
_CHUNK = 1 << 18
_SUM_LIMIT = 4096  # bytes of a checksum file
_DIGEST = re.compile(r"\b([0-9a-fA-F]{64}|[0-9a-fA-F]{32})\b")
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_UNCHANGED, _PARTIAL, _UNSATISFIABLE = 304, 206, 416


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of a download: ``problem`` and ``remedy`` are empty when it is there.

    ``tag`` names the version of the file to the server; ``unchanged`` when that is the one asked
    to be compared with. ``checked`` is the digest it was held against, "" when there was none.
    """

    tag: str = ""
    unchanged: bool = False
    checked: str = ""
    problem: str = ""
    remedy: str = ""


class _Body(Protocol):
    status: int
    headers: Message

    def read(self, amount: int, /) -> bytes: ...

    def read1(self, amount: int, /) -> bytes: ...


class _Broken(Exception):  # noqa: N818 - a step that did not work out
    """An attempt that may be made again, after ``wait`` seconds."""

    def __init__(self, said: str, wait: float = 0.0) -> None:
        super().__init__(said)
        self.wait = wait


class _Refused(Exception):  # noqa: N818 - a verdict
    """Nothing to try again."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


def fetch(
    address: str, target: str, checksum: str, known_tag: str, tell: Callable[[float], None]
) -> Fetched:
    """Download ``address`` to ``target``; OSError where the disk does not take it.

    ``checksum`` is an MD5 or SHA-256, else one published beside the file is looked for.
    ``known_tag``, if given, is the version that is there already.
    """
    return Download(address, Path(target), tell).run(checksum, known_tag)


class Download:
    """One file on its way. ``pause`` is how long the first of growing waits is, in seconds."""

    def __init__(
        self, address: str, target: Path, tell: Callable[[float], None], pause: float = 1.0
    ) -> None:
        self._address, self._target, self._tell, self._pause = address, target, tell, pause
        self._part = target.with_name(f"{target.name}.part")
        self._version = target.with_name(f"{target.name}.part.json")
        self._got_bytes = False

    def run(self, checksum: str, known_tag: str) -> Fetched:
        """Try until it is there or hopeless."""
        try:
            expected = checksum or self._persistently(self._published)
            tag = self._persistently(lambda: self._attempt(known_tag))
            if tag is None:
                return Fetched(known_tag, unchanged=True)
            self._check(expected)
        except _Refused as verdict:
            return Fetched(problem=verdict.problem, remedy=verdict.remedy)
        self._part.replace(self._target)
        self._version.unlink(missing_ok=True)
        return Fetched(tag, checked=expected)

    def _persistently[T](self, attempt: Callable[[], T]) -> T:
        failed = 0
        while True:
            self._got_bytes = False
            try:
                return attempt()
            except _Broken as broken:
                failed = 1 if self._got_bytes else failed + 1
                if failed >= ATTEMPTS:
                    raise _Refused(
                        tr(
                            "{address} cannot be downloaded ({broken}).",
                            address=self._address,
                            broken=broken,
                        ),
                        tr(
                            "Check the internet connection and try again: the download goes on "
                            "from where it stopped. Or give the file itself."
                        ),
                    ) from broken
                time.sleep(min(_LONGEST_WAIT, max(broken.wait, self._pause * 2 ** (failed - 1))))

    # -- one attempt -------------------------------------------------------------------------------

    def _attempt(self, known_tag: str) -> str | None:
        """The version's tag once the part is whole; None when nothing has changed."""
        have, part_tag = self._begun()
        headers = {"If-None-Match": known_tag} if known_tag.startswith(('"', "W/")) else {}
        if known_tag and not headers:
            headers = {"If-Modified-Since": known_tag}
        if have:
            headers = {"Range": f"bytes={have}-", "If-Range": part_tag}
        try:
            with _opened(self._address, headers) as answer:
                if answer.status == _UNCHANGED:
                    return None
                return self._take(answer, have)
        except urllib.error.HTTPError as error:
            return self._explained(error)
        except (urllib.error.URLError, http.client.HTTPException, TimeoutError) as error:
            raise _Broken(str(getattr(error, "reason", "") or error)) from error
        except ConnectionError as error:
            raise _Broken(error.strerror or str(error)) from error

    def _explained(self, error: urllib.error.HTTPError) -> None:
        if error.code == _UNCHANGED:
            return
        if error.code == _UNSATISFIABLE:
            self._forget()
            raise _Broken(tr("the server has another file now"))
        if error.code in _PASSING:
            wait = error.headers.get("Retry-After") or "0"
            raise _Broken(
                f"{error.code} {error.reason}", float(wait) if wait.isdigit() else 0.0
            ) from error
        raise _Refused(
            tr(
                "{address} cannot be downloaded (the server says {code} {reason}).",
                address=self._address,
                code=error.code,
                reason=error.reason,
            ),
            tr("Check the address in a browser, or give the file itself."),
        )

    def _take(self, answer: _Body, have: int) -> str:
        if answer.status != _PARTIAL:
            have = 0
        elif not (answer.headers.get("Content-Range") or "").startswith(f"bytes {have}-"):
            self._forget()
            raise _Broken(tr("the server went on in another place"))
        length = int(answer.headers.get("Content-Length") or 0)
        total, tag = have + length if length else 0, _tag(answer.headers)
        _need_room(self._part.parent, length)
        self._version.write_text(json.dumps({"address": self._address, "tag": tag}))
        with self._part.open("ab" if have else "wb", buffering=0) as file:
            while chunk := answer.read1(_CHUNK):
                file.write(chunk)
                have += len(chunk)
                self._got_bytes = True
                if total:
                    self._tell(min(1.0, have / total))
        if have < total:
            raise _Broken(tr("the connection broke off"))
        return tag

    def _begun(self) -> tuple[int, str]:
        """Bytes that are there already, and of which version; 0 where they are of no use."""
        try:
            noted: Mapping[str, str] = json.loads(self._version.read_text())
            size = self._part.stat().st_size
        except (OSError, ValueError):
            return 0, ""
        tag = noted.get("tag", "")
        if noted.get("address") != self._address or not tag or tag.startswith("W/"):
            return 0, ""
        return size, tag

    def _forget(self) -> None:
        self._part.unlink(missing_ok=True)
        self._version.unlink(missing_ok=True)

    # -- checksums ---------------------------------------------------------------------------------

    def _published(self) -> str:
        """The digest in a small file beside the extract; "" where there is none."""
        for ending in (".sha256", ".md5"):
            try:
                with _opened(self._address + ending, {}) as answer:
                    found = _DIGEST.search(answer.read(_SUM_LIMIT).decode("ascii", "replace"))
            except urllib.error.HTTPError as error:
                if error.code in _PASSING:
                    raise _Broken(f"{error.code} {error.reason}") from error
                continue
            except (OSError, http.client.HTTPException) as error:
                raise _Broken(str(getattr(error, "reason", "") or error)) from error
            if found:
                return found.group(1).casefold()
        return ""

    def _check(self, expected: str) -> None:
        if not expected:
            return
        digest = hashlib.new("md5" if len(expected) == 32 else "sha256", usedforsecurity=False)
        with self._part.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        if digest.hexdigest() != expected.casefold():
            self._forget()
            raise _Refused(
                tr(
                    "{address} arrived damaged: its checksum is not the published one.",
                    address=self._address,
                ),
                tr("Download it again; where it happens again, give the file itself."),
            )


@contextlib.contextmanager
def _opened(address: str, headers: Mapping[str, str]) -> Generator[_Body]:
    asked = urllib.request.Request(  # noqa: S310 - the caller lets http and https through only
        address, headers={"User-Agent": AGENT, "Accept-Encoding": "identity", **headers}
    )
    with urllib.request.urlopen(asked, timeout=_TIMEOUT) as answer:  # noqa: S310
        yield answer


def _tag(headers: Message) -> str:
    """What names this version of the file: the entity tag, else the time of its last change."""
    return headers.get("ETag") or headers.get("Last-Modified") or ""


def _need_room(folder: Path, size: int) -> None:
    if size > shutil.disk_usage(folder).free:
        raise OSError(errno.ENOSPC, "No space left on device")
