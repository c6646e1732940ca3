"""The command line: one bootstrap call per command; everything heavy is imported when needed."""

import logging
import sys
import tempfile
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from console.domain.errors import ConsoleError, Rejected

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=False)
region_app = typer.Typer(help="Street extracts: add and list regions.", no_args_is_help=True)
app.add_typer(region_app, name="region")

FAILED, INTERRUPTED = 1, 130


def main() -> None:
    """Run a command; expected failures become a sentence and a remedy, never a traceback."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        status = guarded(lambda: app(standalone_mode=False))
    except Exception as error:  # noqa: BLE001 - the last stop: a report instead of a traceback
        status = _complain(f"unexpected: {error!r}", f"Please report it with the file {_report()}")
    sys.exit(status)


def guarded(command: Callable[[], object]) -> int:
    """Exit status of a command."""
    try:
        status = command()
    except ConsoleError as error:
        return _complain(error.message, error.remedy)
    except Rejected as verdict:
        from console import wording

        return _complain(wording.reason(verdict.reason, verdict.details), "")
    except typer.TyperException as error:
        _complain(error.format_message(), "Run doorstep --help, or doorstep COMMAND --help.")
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    return status if isinstance(status, int) else 0


def _report() -> Path:
    """The traceback of the present error, written where it can be found."""
    file = Path(tempfile.mkdtemp(prefix="doorstep-report-")) / "report.txt"
    file.write_text(traceback.format_exc(), encoding="utf-8")
    return file


def _complain(message: str, remedy: str) -> int:
    typer.secho(f"doorstep: {message}", err=True, fg="red")
    if remedy:
        typer.secho(f"          {remedy}", err=True)
    return FAILED


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)


@app.callback(invoke_without_command=True)
def console(context: typer.Context) -> int:
    """Open the console on your own store; the commands below do one thing without a window."""
    if context.invoked_subcommand is not None:
        return 0
    from console import bootstrap

    return bootstrap.run_window(bootstrap.load_settings())


@app.command()
def demo(
    *,
    headless: Annotated[bool, typer.Option(help="Make plan.json and pictures, no window.")] = False,
    out: Annotated[Path, typer.Option(help="Folder for the files of --headless.")] = Path(
        "doorstep-demo"
    ),
    seconds: Annotated[float, typer.Option(help="Seconds the optimiser may use.")] = 8.0,
) -> int:
    """Open a demo day in a fictional city; your own data is not touched."""
    from console import bootstrap

    config = bootstrap.load_settings()
    if headless:
        return bootstrap.run_demo_headless(config, out, seconds, _say)
    return bootstrap.run_demo(config, _say)


@app.command()
def plan(  # noqa: PLR0913 - the options of the command
    orders: Annotated[Path, typer.Argument(help="Order file: csv or xlsx.")],
    *,
    fleet: Annotated[Path, typer.Option(help="Fleet file: csv or xlsx.")],
    region: Annotated[str, typer.Option(help="A region's name, or an .osm.pbf file.")],
    day: Annotated[datetime, typer.Option("--date", formats=["%Y-%m-%d"], help="Service day.")],
    seconds: Annotated[float, typer.Option(min=0.1, help="Seconds of search.")] = 20.0,
    out: Annotated[Path, typer.Option(help="Where to write the plan.")] = Path("plan.json"),
    seed: Annotated[int, typer.Option(help="Seed of the search.")] = 0,
) -> int:
    """Plan a day's orders without a window and write the plan as JSON."""
    from console import bootstrap
    from console.dispatch.headless import Request

    request = Request(orders, fleet, region, day.date(), seconds, out, seed)
    return bootstrap.run_plan(bootstrap.load_settings(), request, _say)


@app.command()
def doctor() -> int:
    """Check every part of this installation."""
    from console import bootstrap

    broken = 0
    for part in bootstrap.examine_all(bootstrap.load_settings()):
        broken += not part.found
        mark = (
            typer.style("ok     ", fg="green") if part.found else typer.style("MISSING", fg="red")
        )
        typer.echo(f"{mark} {part.name:42} {part.version}")
        if part.remedy:
            typer.echo(f"        {part.remedy}")
    return FAILED if broken else 0


@region_app.command("add")
def region_add(
    extract: Annotated[Path, typer.Argument(help="An OpenStreetMap extract, .osm.pbf.")],
    *,
    name: Annotated[str, typer.Option(help="What to call it.")] = "",
) -> int:
    """Build roads, map and address index from an extract."""
    from console import bootstrap

    store = bootstrap.regions(bootstrap.load_settings())
    wanted = name or extract.name.removesuffix(".pbf").removesuffix(".osm")
    built = store.add(extract, wanted, _progress())
    _say("")
    typer.echo(f"{built.name}: {built.addresses:,} addresses, zone {built.zone}")
    return 0


@region_app.command("list")
def region_list() -> int:
    """List the installed regions."""
    from console import bootstrap

    known = bootstrap.regions(bootstrap.load_settings()).known()
    for region in known:
        built = region.built_at.date().isoformat()
        typer.echo(f"{region.name:24} {region.addresses:>9,} addresses  {region.zone}  {built}")
    if not known:
        typer.echo("No regions yet. Add one: doorstep region add FILE.osm.pbf --name NAME")
    return 0


def _progress() -> Callable[[str, float], None]:
    last: list[str] = [""]

    def told(sentence: str, share: float) -> None:
        if sentence != last[0]:
            last[0] = sentence
            _say(f"{round(share * 100):3d} %  {sentence}")

    return told
