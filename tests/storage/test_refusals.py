"""What PostgreSQL's errors mean: a line that broke is worked without, a server in doubt is not."""

import psycopg
import pytest

from console.dispatch.journal import Disconnected
from console.storage import address
from console.storage.refusals import verdict

WHERE = address.read("postgresql://ana@depot.example/doorstep")


@pytest.mark.parametrize(
    "told",
    [
        "consuming input failed: SSL error: unexpected eof while reading",
        "SSL SYSCALL error: EOF detected",
        "SSL connection has been closed unexpectedly",
        "could not receive data from server: SSL SYSCALL error: Connection timed out",
        "server closed the connection unexpectedly",
    ],
)
def test_a_cut_line_is_no_doubt_about_the_server(told: str) -> None:
    assert isinstance(verdict(psycopg.OperationalError(told), WHERE), Disconnected)


@pytest.mark.parametrize(
    "told",
    [
        "SSL error: certificate verify failed",
        "server does not support SSL, but SSL was required",
        'server certificate for "a" does not match host name "b"',
    ],
)
def test_a_server_in_doubt_is_not_worked_without(told: str) -> None:
    found = verdict(psycopg.OperationalError(told), WHERE)
    assert not isinstance(found, Disconnected)
    assert "is not safe" in found.message
