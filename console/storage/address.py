"""Addresses of shared databases: what is asked for, and what is said when it cannot be used.

``postgresql://ana@depot.example/doorstep?sslmode=verify-full&sslrootcert=/etc/depot-ca.pem``
"""

from dataclasses import dataclass
from urllib.parse import quote

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from console.domain.errors import ConsoleError
from console.tongues import tr

EXAMPLE = "postgresql://ana@depot-server/doorstep"
SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
TLS_OPTIONS = ("sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl")
MODES = ("disable", "require", "verify-ca", "verify-full")
_LOOPBACK = ("", "localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Address:
    """A database on a server. ``tls`` are libpq's options of these names."""

    host: str
    port: int
    database: str
    login: str
    password: str
    tls: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """Without the password, for messages and the window."""
        who = f"{self.login}@" if self.login else ""
        port = "" if self.port == 5432 else f":{self.port}"
        return f"{who}{self.host or 'this machine'}{port}/{self.database}"

    @property
    def private(self) -> tuple[str, ...]:
        """What says who and where somebody is: for what is shown to strangers."""
        return tuple(filter(None, (self.host, self.login, self.password)))

    @property
    def public(self) -> str:
        """The whole address without login and password, for a settings file."""
        options = "&".join(f"{name}={value}" for name, value in self.tls)
        port = "" if self.port == 5432 else f":{self.port}"
        return f"postgresql://{self.host}{port}/{self.database}" + (
            f"?{options}" if options else ""
        )

    @property
    def whole(self) -> str:
        """The whole address with login and password: never shown, never kept."""
        made = self.url().update_query_dict(dict(self.tls))
        return made.set(drivername="postgresql").render_as_string(hide_password=False)

    @property
    def entry(self) -> str:
        """The address with the login and without the password, for a settings file."""
        who = f"{quote(self.login, safe='')}@" if self.login else ""
        return self.public.replace("://", f"://{who}", 1)

    def url(self, database: str = "") -> URL:
        """For SQLAlchemy; of another database on the same server when one is named."""
        return URL.create(
            "postgresql+psycopg",
            self.login or None,
            self.password or None,
            self.host or None,
            self.port,
            database or self.database,
        )

    def words(self, database: str = "") -> dict[str, str | int]:
        """Keywords of libpq, for psycopg and the server's own programs."""
        own: dict[str, str | int] = {
            "host": self.host,
            "port": self.port,
            "dbname": database or self.database,
            "user": self.login,
            "password": self.password,
            **dict(self.tls),
        }
        return {name: value for name, value in own.items() if value != ""}


def is_shared(where: object) -> bool:
    """True for an address of a server rather than a folder."""
    return isinstance(where, str) and where.partition("://")[0] in SCHEMES


def read(text: str) -> Address:
    """The address in a line of settings; ConsoleError names the part that is wrong."""
    if not is_shared(text):
        raise _wrong(tr("“{partition}” is not postgresql://", partition=text.partition("://")[0]))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise _wrong(tr("it cannot be read")) from error
    if not url.database:
        raise _wrong(tr("the database's name is missing"))
    return Address(
        url.host or _one(url, "host"),
        url.port or 5432,
        url.database,
        url.username or "",
        str(url.password or ""),
        _tls(url),
    )


def _tls(url: URL) -> tuple[tuple[str, str], ...]:
    """The options given; beyond this machine the server has to prove who it is unless told."""
    unknown = sorted(set(url.query) - set(TLS_OPTIONS) - {"host"})
    if unknown:
        raise _wrong(
            tr("{unknown} is not one of {text}", unknown=unknown[0], text=", ".join(TLS_OPTIONS))
        )
    given = {name: _one(url, name) for name in TLS_OPTIONS if name in url.query}
    if given.get("sslmode", MODES[0]) not in MODES:
        raise _wrong(
            tr(
                "sslmode is one of {text}, not {given}",
                text=", ".join(MODES),
                given=given["sslmode"],
            )
        )
    host = url.host or _one(url, "host")
    if host not in _LOOPBACK and not host.startswith("/"):
        given.setdefault("sslmode", "verify-full")
        if given["sslmode"] == "verify-full":
            given.setdefault("sslrootcert", "system")
    return tuple(given.items())


def _one(url: URL, name: str) -> str:
    value = url.query.get(name, "")
    return value if isinstance(value, str) else value[-1]


def _wrong(why: str) -> ConsoleError:
    return ConsoleError(
        tr("The address of the database is not right: {why}.", why=why),
        remedy=tr("Write it like {EXAMPLE}", EXAMPLE=EXAMPLE),
    )
