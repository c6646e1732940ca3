"""Commands on secrets and persons: the keyring, the PIN, sealed files, who is forgotten."""

from pathlib import Path
from typing import Annotated

import typer

from console.dispatch.services import Secret


def add_to(app: typer.Typer, db: typer.Typer) -> None:
    """The commands in their places."""
    app.command("secret")(secret)
    app.command("pin")(pin)
    app.command("open")(open_sealed)
    db.command("erase")(erase)


def secret(
    name: Annotated[Secret, typer.Argument(help="The database's password, or a service's key.")],
) -> None:
    """Keep a password or key in this computer's keyring; an empty one is forgotten."""
    from console import bootstrap

    asked = typer.prompt("Secret (empty: forget it)", "", hide_input=True, show_default=False)
    bootstrap.keys.keep_of(bootstrap.load_settings().database, name, asked)
    typer.echo("Kept in the keyring." if asked else "Forgotten.")


def pin() -> None:
    """Ask for a PIN before the window; an empty one: ask no more."""
    from console import bootstrap

    typer.echo(bootstrap.PLAINLY, err=True)
    asked = typer.prompt(
        "PIN (empty: none)", "", hide_input=True, show_default=False, confirmation_prompt=True
    )
    bootstrap.Pin(bootstrap.load_settings().home).set(asked)
    typer.echo("The window asks for it." if asked else "The window asks for none.")


def passphrase() -> str:
    """Asked for twice; ConsoleError where it is too short."""
    from console.dispatch.sealed import check

    asked = typer.prompt("Passphrase", hide_input=True, confirmation_prompt=True)
    check(asked)
    return asked


def open_sealed(
    file: Annotated[Path, typer.Argument(help="A file that was exported under a passphrase.")],
    *,
    out: Annotated[Path | None, typer.Option(help="Where to; else beside it.")] = None,
) -> None:
    """Open a file that was exported under a passphrase."""
    from console.dispatch.sealed import open_file

    asked = typer.prompt("Passphrase", hide_input=True)
    typer.echo(f"Written: {open_file(file, asked, out)}")


def erase(
    words: Annotated[str, typer.Argument(help="Whole name, phone, e-mail or order number.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> int:
    """Drop a person from the registers for good; plans and their numbers stay."""
    from console import bootstrap

    def agreed(found: str) -> bool:
        return yes or typer.confirm(f"{found} will be dropped for good. Go on?")

    return bootstrap.keeper(bootstrap.load_settings(), typer.echo).erase(words, agreed)
