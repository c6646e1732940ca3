"""Commands on the store: ``doorstep db``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.dispatch.roles import Role

if TYPE_CHECKING:
    from console.bootstrap import Keeper

app = typer.Typer(help="The store: set up, check, save, repair, move.", no_args_is_help=True)
Address = Annotated[str, typer.Argument(help="postgresql://ADMIN@HOST/NAME")]


def _keeper() -> "Keeper":
    from console import bootstrap

    return bootstrap.keeper(bootstrap.load_settings(), typer.echo)


@app.command("setup")
def setup(address: Address) -> int:
    """Make a shared database, or renew its tables and rights; then check them."""
    return _keeper().set_up(address)


@app.command("person")
def person(
    address: Address,
    login: Annotated[str, typer.Argument(help="Small letters, as in an e-mail address.")],
    *,
    role: Annotated[Role, typer.Option(help="What she may do.")] = Role.DISPATCHER,
) -> int:
    """Give a person a login of her own, or another role."""
    asked = "Password (empty: it stays)"
    password = typer.prompt(asked, "", hide_input=True, confirmation_prompt=True)
    return _keeper().admit(address, login, role, password)


@app.command("move")
def move(address: Address, *, back: Annotated[bool, typer.Option()] = False) -> int:
    """Copy the local store to an empty shared one, or --back; whole, and the source stays."""
    return _keeper().move(address, back=back)


@app.command("check")
def check() -> int:
    """Look at the store and its backups: file, hash chains, replay."""
    return _keeper().check()


@app.command("backup")
def backup(file: Annotated[Path | None, typer.Argument(help="Where to.")] = None) -> int:
    """Save the store to a file that is checked; consoles may go on."""
    return _keeper().backup(file)


@app.command("restore")
def restore(file: Annotated[Path, typer.Argument(help="A backup.")]) -> int:
    """Put a backup in the store's place; what was there is set aside whole."""
    return _keeper().restore(file)


@app.command("repair")
def repair() -> int:
    """Rebuild a damaged store from what can be read of it and from its backups."""
    return _keeper().repair()


@app.command("tend", hidden=True)
def tend() -> int:
    """What an open console has done every hour, in a process of its own."""
    return _keeper().tend()


@app.command("retention")
def retention(
    *,
    positions: Annotated[int | None, typer.Option(help="Days that drivers' ways are kept.")] = None,
    proofs: Annotated[int | None, typer.Option(help="Days that photos are kept.")] = None,
) -> int:
    """Say how long what tells of somebody is kept, or set it."""
    return _keeper().keep_for(positions, proofs)


@app.command("migrate")
def migrate(
    address: Annotated[
        str, typer.Argument(help="Of a shared database, as its administrator.")
    ] = "",
) -> int:
    """Bring the tables up to this version, with a checked backup before."""
    return _keeper().migrate(address)
