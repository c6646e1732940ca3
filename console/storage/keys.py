"""Secrets in the system's keyring; where there is none, nothing is kept here."""
# pyright: reportUnknownMemberType=false

import logging
from dataclasses import replace

from console.dispatch.services import Component, Secret
from console.domain.errors import ConsoleError
from console.settings import AddressSettings, StreetSettings
from console.storage import address
from console.tongues import tr

SERVICE = "doorstep"

log = logging.getLogger("console")


def find(name: str) -> str:
    """The secret of this name; empty where there is none, or no keyring."""
    import keyring  # here, as most starts need no secret
    import keyring.errors

    try:
        return keyring.get_password(SERVICE, name) or ""
    except keyring.errors.KeyringError as error:
        log.info("no keyring", exc_info=error)
        return ""


def keep(name: str, secret: str) -> None:
    """Keep a secret, or forget it where it is empty; ConsoleError where there is no keyring."""
    import keyring
    import keyring.errors

    try:
        if secret:
            keyring.set_password(SERVICE, name, secret)
        elif keyring.get_password(SERVICE, name) is not None:
            keyring.delete_password(SERVICE, name)
    except keyring.errors.KeyringError as error:
        raise ConsoleError(
            tr("This computer has no keyring that is open ({name}).", name=type(error).__name__),
            remedy=tr(
                "Nothing was written to a file. PGPASSWORD or libpq's .pgpass give a "
                "database's password without one, doorstep.toml a service's key."
            ),
        ) from error


def database_name(where: str) -> str:
    """What a shared database's password is called."""
    return f"database {address.read(where).name}"


def keyed[S: StreetSettings | AddressSettings](wanted: S, table: str) -> S:
    """With the key that is kept, where a service is asked and its settings name none."""
    asks = wanted.url or getattr(wanted, "service", "") == "pelias"
    return replace(wanted, key=find(table)) if asks and not wanted.key else wanted


def keep_of(database: str, secret: Secret, value: str) -> None:
    """Keep what a command was told; ConsoleError where there is no shared database."""
    if secret is not Secret.DATABASE:
        keep(secret.value, value)
    elif not database:
        raise ConsoleError(
            tr("No shared database is set."),
            remedy=tr('Write database = "ADDRESS" in doorstep.toml.'),
        )
    else:
        keep(database_name(database), value)


def with_password(where: str, password: str = "") -> str:
    """The address with the password given, else with the one that is kept, if any."""
    if not address.is_shared(where):
        return where
    told = address.read(where)
    if told.password or not told.login:
        return where
    found = password or find(database_name(where))
    return replace(told, password=found).whole if found else where


def component() -> Component:
    """For ``doorstep doctor``: which keyring this computer has."""
    import keyring

    backend = keyring.get_keyring()
    is_real = backend.priority > 0
    told = f"{type(backend).__module__.rpartition('.')[2]} {type(backend).__name__}"
    remedy = "" if is_real else tr("None: give passwords by PGPASSWORD or libpq's .pgpass.")
    return Component(tr("Keyring"), told if is_real else "none", found=True, remedy=remedy)
