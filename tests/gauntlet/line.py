"""A cable of our own: a TCP proxy that breaks anywhere, counted in bytes and not in time."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable

_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closed with a reset, as a cut line is noticed


class Line:
    """Leads to a server on this machine; ``cut_after`` so many bytes, then refuse some calls."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self.cuts = 0
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._left: int | None = None
        self._refuse = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def cut_after(self, size: int, refusals: int) -> None:
        """Break once so many bytes more have gone either way."""
        with self._lock:
            self._left, self._refuse = size, refusals

    def close(self) -> None:
        """No more calls."""
        self._door.close()
        with self._lock:
            self._break()

    def _listen(self) -> None:
        while True:
            try:
                here, _ = self._door.accept()
            except OSError:
                return
            with self._lock:
                is_broken = self._left is None and self._refuse > 0
                self._refuse -= is_broken
            if is_broken:
                _reset(here)
                continue
            there = socket.create_connection(("127.0.0.1", self._target))
            with self._lock:
                self._open |= {here, there}
            for source, target in ((here, there), (there, here)):
                self._start(lambda s=source, t=target: self._carry(s, t))

    def _start(self, work: Callable[[], None]) -> None:
        threading.Thread(target=work, daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if not self._pays(len(data)):
                    return
                target.sendall(data)
        for each in (source, target):
            _hang_up(each)

    def _pays(self, size: int) -> bool:
        """False where the line breaks before these bytes have arrived."""
        with self._lock:
            if self._left is None:
                return True
            self._left -= size
            if self._left > 0:
                return True
            self._left = None
            self.cuts += 1
            self._break()
            return False

    def _break(self) -> None:
        for each in self._open:
            _reset(each)
        self._open.clear()


def _reset(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    _hang_up(end)


def _hang_up(end: socket.socket) -> None:
    """The other side hears of it at once: a close alone waits for a thread that still reads."""
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        end.close()
