"""The command line: one bootstrap call per command; everything heavy is imported when needed."""

import logging
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console import keeping, privacy, regions
from console.dispatch import logs
from console.dispatch.maplinks import MapLink
from console.dispatch.paper import Paper, PaperSize, PaperWish
from console.dispatch.ways import LANGUAGES
from console.domain.errors import ConsoleError, Rejected
from console.domain.objective import OBJECTIVES
from console.planning.run import Scope

if TYPE_CHECKING:
    from console.planning.run import ChangeBudget

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=False)
app.add_typer(regions.app, name="region")
app.add_typer(keeping.app, name="db")
privacy.add_to(app, keeping.app)

FAILED, INTERRUPTED = 1, 130


def main() -> None:
    """Run a command; expected failures become a sentence and a remedy, never a traceback."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        status = guarded(lambda: app(standalone_mode=False))
    except Exception as error:  # noqa: BLE001 - the last stop: a report instead of a traceback
        told = f"Please report it with the file {_report(error)}"
        status = _complain(f"unexpected: {error!r}", told)
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


def _report(error: BaseException) -> Path:
    """Where an error came through, written where it can be found; without what it says."""
    file = Path(tempfile.mkdtemp(prefix="doorstep-report-")) / "report.txt"
    file.write_text(logs.report(error), encoding="utf-8")
    return file


def _complain(message: str, remedy: str) -> int:
    typer.secho(f"doorstep: {message}", err=True, fg="red")
    if remedy:
        typer.secho(f"          {remedy}", err=True)
    return FAILED


def _speak() -> None:
    """The window's language, before its modules are imported; commands stay English."""
    from console import tongues
    from console.settings import language
    from console.ui.locale import language_of_system

    tongues.speak(tongues.Tongue.of(language() or language_of_system()))


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)


@app.callback(invoke_without_command=True)
def console(context: typer.Context) -> int:
    """Open the console on your own store; the commands below do one thing without a window."""
    if context.invoked_subcommand is not None:
        return 0
    _speak()
    from console import bootstrap, demonstration

    config = bootstrap.load_settings()
    return bootstrap.run_window(config, demonstration.CityRooms(config))


@app.command()
def demo(
    *,
    headless: Annotated[bool, typer.Option(help="Make plan.json and pictures, no window.")] = False,
    out: Annotated[Path, typer.Option(help="Folder for the files of --headless.")] = Path(
        "doorstep-demo"
    ),
    seconds: Annotated[float, typer.Option(help="Seconds the optimiser may use.")] = 8.0,
    scenario: Annotated[str, typer.Option(help="Drive the day: calm-day, storm…, or a file.")] = "",
    speed: Annotated[float, typer.Option(min=1, max=600, help="Times as fast.")] = 60.0,
) -> int:
    """Open a demo day in a fictional city; your own data is not touched."""
    if not headless:
        _speak()
    from console import bootstrap, demonstration

    config = bootstrap.load_settings()
    if scenario:
        return demonstration.run_rehearsal(config, scenario, speed, _say)
    if headless:
        return demonstration.run_demo_headless(config, out, seconds, _say)
    return demonstration.run_demo(config, _say)


@app.command()
def simulate(
    *,
    days: Annotated[int, typer.Option(min=1, help="Days, one after the other.")] = 1,
    stops: Annotated[int, typer.Option(min=1, max=5000, help="Orders a day.")] = 120,
    drivers: Annotated[int, typer.Option(min=0, help="Drivers a day; 0: as many as are busy.")] = 0,
    scenario: Annotated[str, typer.Option(help="A scenario's name, or its file.")] = "calm-day",
) -> int:
    """Rehearse days in the fictional city at full speed; the last line is their tally as JSON."""
    from console import bootstrap, demonstration
    from console.dispatch.kindofday import scenario as found
    from console.simulator.rehearsal import Rehearsal

    wanted = Rehearsal(days, stops, found(scenario), drivers)
    tally = demonstration.run_simulation(bootstrap.load_settings(), wanted, _say)
    typer.echo(tally.as_json())
    return FAILED if tally.invariant_breaks else 0


@app.command()
def plan(  # noqa: PLR0913 - the options of the command
    orders: Annotated[Path, typer.Argument(help="Order file (csv, xlsx) or VROOM problem (json).")],
    *,
    fleet: Annotated[Path | None, typer.Option(help="Fleet file: csv or xlsx.")] = None,
    region: Annotated[str, typer.Option(help="A region's name, or an .osm.pbf file.")] = "",
    day: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Service day.")
    ] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="Seconds of search.")] = 20.0,
    out: Annotated[Path, typer.Option(help="Where to write the plan.")] = Path("plan.json"),
    seed: Annotated[int, typer.Option(help="Seed of the search.")] = 0,
    profile: Annotated[
        str, typer.Option(help="What is wanted: cost, speed, green, premium or balanced.")
    ] = "cost",
    start: Annotated[
        Path | None, typer.Option("--from", help="Go on from this plan file of Doorstep's.")
    ] = None,
    change_budget: Annotated[
        str, typer.Option(help="What may change: drivers=3,promises=0,minutes=15.")
    ] = "",
    scope: Annotated[
        Scope, typer.Option(help="Change all, only the order within routes, or only fill in.")
    ] = Scope.ALL,
    routes: Annotated[str, typer.Option(help="Only these drivers' routes, with commas.")] = "",
    work: Annotated[
        int, typer.Option(min=0, help="Rounds of search instead of seconds: the same plan again.")
    ] = 0,
    form: Annotated[
        str, typer.Option("--format", help="plan or vroom; else that of the input.")
    ] = "",
) -> int:
    """Plan a day's orders without a window and write the plan as JSON."""
    from console import bootstrap
    from console.dispatch.wishes import Request
    from console.intake import is_vroom

    if not is_vroom(orders):
        _require(fleet=fleet, region=region, date=day)
    elif fleet is not None:
        raise typer.BadParameter("a VROOM problem brings its vehicles", param_hint="--fleet")
    request = Request(
        orders,
        fleet,
        region,
        day.date() if day else None,
        seconds,
        out,
        seed,
        _one_of("--profile", profile, tuple(OBJECTIVES)),
        start,
        _budget(change_budget),
        scope,
        tuple(name.strip() for name in routes.split(",") if name.strip()),
        work,
        _one_of("--format", form, ("", "plan", "vroom")),
    )
    return bootstrap.run_plan(bootstrap.load_settings(), request, _say)


def _require(**options: object) -> None:
    missing = [f"--{name}" for name, value in options.items() if not value]
    if missing:
        raise typer.BadParameter(
            "an order file needs --fleet, --region and --date; only a VROOM problem (.json) goes "
            "without",
            param_hint=missing[0],
        )


def _one_of(option: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        told = ", ".join(filter(None, known))
        raise typer.BadParameter(f"{value!r} is not one of {told}", param_hint=option)
    return value


def _budget(text: str) -> "ChangeBudget":
    from console.dispatch.wishes import read_budget

    try:
        return read_budget(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--change-budget") from error


@app.command()
def export(  # noqa: PLR0913 - the options of the command
    out: Annotated[Path, typer.Argument(help="The file; its ending says what it becomes.")],
    *,
    form: Annotated[
        str, typer.Option("--format", help="xlsx, csv, geojson, gpx, vroom, plan or pdf.")
    ] = "",
    day: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Service day.")
    ] = None,
    depot: Annotated[str, typer.Option(help="The depot's name.")] = "",
    drivers: Annotated[str, typer.Option(help="Only these, by name or number, with commas.")] = "",
    paper: Annotated[Paper, typer.Option(help="What a pdf holds.")] = Paper.ROUTE,
    size: Annotated[PaperSize, typer.Option(help="The sheets of a pdf.")] = PaperSize.A4,
    qr: Annotated[MapLink, typer.Option(help="What the codes of a pdf open.")] = MapLink.GEO,
    directions: Annotated[
        str, typer.Option(help="Turn by turn on route sheets, in a language: en, de, pl…")
    ] = "",
    encrypt: Annotated[bool, typer.Option(help="Write it under a passphrase (age).")] = False,
) -> int:
    """Write a planned day: tables, maps, files for devices and planners, paper for drivers."""
    from console import bootstrap
    from console.dispatch.exportday import DayExport

    names = tuple(name.strip() for name in drivers.split(",") if name.strip())
    wish = PaperWish(paper, size, link=qr)
    if directions:
        spoken = _one_of("--directions", directions, tuple(LANGUAGES))
        wish = replace(wish, with_directions=True, language=spoken)
    phrase = privacy.passphrase() if encrypt else ""
    wanted = DayExport(out, form, day.date() if day else None, depot, names, wish, phrase)
    return bootstrap.run_export(bootstrap.load_settings(), wanted, _say)


@app.command()
def doctor(
    *,
    out: Annotated[
        Path | None, typer.Option("--zip", help="Write it to a file, with logs and no names.")
    ] = None,
) -> int:
    """Check every part of this installation, the store, its backups, engines and services."""
    from console import bootstrap

    config, broken = bootstrap.load_settings(), 0
    if out is not None:
        bootstrap.diagnose(config, out)
        typer.echo(f"Written: {out}. Nothing in it is of a person; look through it all the same.")
        return 0
    for part in bootstrap.examine_all(config):
        broken += not part.found
        mark = (
            typer.style("ok     ", fg="green") if part.found else typer.style("MISSING", fg="red")
        )
        typer.echo(f"{mark} {part.name:42} {part.version}")
        if part.remedy:
            typer.echo(f"        {part.remedy}")
    return FAILED if broken else 0
