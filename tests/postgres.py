"""A real PostgreSQL of the tests' own: a private cluster on loopback, gone when they end.

Debian's ``postgresql`` is looked for; where it is not there, tests that need it are skipped.
"""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import pytest

from console.dispatch.roles import Role
from console.storage import address, founding, schema

LOGINS = {
    "ana": Role.DISPATCHER,
    "ben": Role.DISPATCHER,
    "vera": Role.VIEWER,
    "leo": Role.DRIVER_LEAD,
    "tom": Role.TRAINER,
    "mia": Role.MANAGER,
    "ada": Role.ADMIN,
}
TEMPLATE = "doorstep_template"
PASSWORD = "seven geese"


def programs() -> Path | None:
    """The folder of the server's programs, the newest version first; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    known = shutil.which("initdb")
    return Path(known).resolve().parent if known else None


def _as_postgres() -> list[str]:
    """PostgreSQL refuses to run as root."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["runuser", "-u", "postgres", "--"] if is_root else []


@dataclass
class Server:
    """A running cluster; ``folder`` holds it and its log."""

    folder: Path
    port: int
    bin: Path
    _numbers: Iterator[int]
    listens: str = "127.0.0.1"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def url(self, database: str, login: str = "postgres", options: str = "") -> str:
        return f"postgresql://{login}@127.0.0.1:{self.port}/{database}{options}"

    def admin(self) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", dbname="postgres", autocommit=True
        )

    def fresh(self) -> str:
        """A database of its own that is set up; answers its name."""
        name = f"doorstep_{next(self._numbers)}"
        with self.admin() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return name

    def clean(self, name: str) -> None:
        """Empty every table but those of the set-up; quicker than a fresh one."""
        tables = ", ".join(table.name for table in schema.metadata.sorted_tables)
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute(f"TRUNCATE {tables}")

    def drop(self, name: str) -> None:
        with self.admin() as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def control(self, *words: str) -> None:
        """``pg_ctl`` with these words."""
        subprocess.run(
            [*_as_postgres(), self.bin / "pg_ctl", "-D", self.data, "-w", *words],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )

    def start(self) -> None:
        options = (
            f"-p {self.port} -k {self.folder} -c listen_addresses={self.listens} "
            "-c shared_buffers=16MB -c max_connections=150 "
            "-c fsync=off -c full_page_writes=off"  # processes are killed here, not machines
        )
        self.control("-l", str(self.folder / "log"), "-o", options, "start")

    def listen_on(self, further: str = "", trusted: str = "") -> None:
        """Start again, listening on one more address to a network that is let in; or on none."""
        rules = self.data / "pg_hba.conf"
        if trusted and trusted not in (written := rules.read_text()):
            rules.write_text(f"{written}host all all {trusted} trust\n")
        self.listens = ",".join(filter(None, ("127.0.0.1", further)))
        self.control("-m", "fast", "stop")
        self.start()

    def crash(self) -> None:
        """End it as a power cut would, then start it again."""
        self.control("-m", "immediate", "stop")
        self.start()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def started() -> Server:
    """A new cluster, started and with a set-up database to copy; skips where it cannot be."""
    found = programs()
    if found is None or sys.platform == "win32":
        # the test command installs one on Debian; other systems do without these tests
        pytest.skip("no PostgreSQL server here: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="doorstep-postgres-"))
    if _as_postgres():
        shutil.chown(folder, "postgres")
    server = Server(folder, _free_port(), found, count(1))
    subprocess.run(
        [
            *_as_postgres(), found / "initdb", "-D", server.data, "-U", "postgres", "-A", "trust",
            "-E", "UTF8", "--locale=C", "--no-sync",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
    )  # fmt: skip
    _require_passwords(server)
    server.start()
    where = address.read(server.url(TEMPLATE))
    founding.found(where, lambda _: None, lambda _: server.folder)
    for login, role in LOGINS.items():
        founding.admit(where, login, role, PASSWORD)
    with server.admin() as connection:
        connection.execute("CREATE ROLE stranger LOGIN")
    return server


def _require_passwords(server: Server) -> None:
    """Ada needs her password, everybody else is trusted; TLS where there is openssl."""
    rules = server.data / "pg_hba.conf"
    rules.write_text("host all ada 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n")
    if shutil.which("openssl") is None:
        return
    key, certificate = server.data / "server.key", server.data / "server.crt"
    subprocess.run(
        [
            *_as_postgres(), "openssl", "req", "-new", "-x509", "-days", "3650", "-nodes",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
            "-keyout", key, "-out", certificate,
        ],
        check=True,
        capture_output=True,
        cwd="/",
    )  # fmt: skip
    key.chmod(0o600)
    with (server.data / "postgresql.conf").open("a") as written:
        written.write("ssl = on\n")


@cache
def running() -> Server:
    """The one cluster of this process, ended with it."""
    server = started()
    atexit.register(stopped, server)
    return server


def stopped(server: Server) -> None:
    server.control("-m", "immediate", "stop")
    shutil.rmtree(server.folder, ignore_errors=True)
