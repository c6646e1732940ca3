"""Commands on regions: ``doorstep region``."""

from typing import TYPE_CHECKING, Annotated

import typer

from console.dispatch.ports import stepwise

if TYPE_CHECKING:
    from console.dispatch.ports import Region
    from console.dispatch.publications import Published
    from console.geo.regions import RegionStore

app = typer.Typer(
    help="Street extracts: add, update, publish, fetch and remove regions.", no_args_is_help=True
)

RegionName = Annotated[str, typer.Argument(help="The region's name.")]


@app.command("add")
def region_add(
    extract: Annotated[str, typer.Argument(help="An OpenStreetMap extract: .osm.pbf or http(s).")],
    *,
    name: Annotated[str, typer.Option(help="What to call it.")] = "",
    clip: Annotated[str, typer.Option(help="Part: LAT,LON,KM or SOUTH,WEST,NORTH,EAST.")] = "",
    checksum: Annotated[str, typer.Option(help="MD5 or SHA-256 of the extract.")] = "",
) -> None:
    """Build roads, map and address index from an extract; a download is checked and resumed."""
    from console.dispatch.extracts import Wanted

    _installed(_regions().install(Wanted.read(extract, name, clip, checksum), stepwise(_say)))


@app.command("update")
def region_update(name: RegionName) -> None:
    """Build a region anew from where it came from, where there is something newer."""
    _installed(_regions().update(name, stepwise(_say)))


@app.command("remove")
def region_remove(name: RegionName) -> None:
    """Remove a region from this computer; addresses fixed by hand are kept."""
    _regions().remove(name)
    typer.echo(f"{name} is removed.")


@app.command("publish")
def region_publish(
    name: RegionName,
    *,
    remove: Annotated[
        bool, typer.Option("--remove", help="Publish it no more; who has it keeps it.")
    ] = False,
) -> None:
    """Put a region into the shared database, where every console can fetch it."""
    from console import bootstrap

    config = bootstrap.load_settings()
    if remove:
        bootstrap.unpublish_region(config, name)
        typer.echo(f"{name} is published no more.")
        return
    made = bootstrap.publish_region(config, name, stepwise(_say))
    typer.echo(f"{made.name} is published: {made.package.size / 1e6:,.1f} MB")


@app.command("fetch")
def region_fetch(
    name: Annotated[
        str, typer.Argument(help="The region's name; without one, all that depots plan on.")
    ] = "",
) -> None:
    """Bring a region here from the shared database; what was cut is gone on with."""
    from console import bootstrap

    for region in bootstrap.fetch_regions(bootstrap.load_settings(), name, stepwise(_say)):
        _installed(region)


@app.command("list")
def region_list(
    *,
    shared: Annotated[
        bool, typer.Option("--shared", help="Those published in the shared database.")
    ] = False,
) -> None:
    """List the installed regions, or the published ones."""
    from console import bootstrap
    from console.dispatch.extracts import line

    if shared:
        found = bootstrap.published_regions(bootstrap.load_settings())
        typer.echo(
            "\n".join(map(_line, found)) or "Nothing yet. Publish one: doorstep region publish NAME"
        )
        return
    lines = [line(each) for each in _regions().described()]
    typer.echo("\n".join(lines) or "No regions yet. Add one: doorstep region add FILE.osm.pbf")


@app.command("show")
def region_show(name: RegionName) -> None:
    """Tell all that is known of a region: source, date, licence, size, what it is good for."""
    from console.dispatch.extracts import told

    for title, text in told(_regions().description(name)):
        typer.echo(f"{title:14} {text}")


def _regions() -> "RegionStore":
    from console import bootstrap

    return bootstrap.regions(bootstrap.load_settings())


def _installed(region: "Region") -> None:
    typer.echo(f"{region.name}: {region.addresses:,} addresses, zone {region.zone}")


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _line(each: "Published") -> str:
    """A published region in one line."""
    package = each.package
    data = f"data of {package.data_date}" if package.data_date else "data undated"
    return (
        f"{package.name:24} {package.addresses:>9,} addresses  {package.size / 1e6:6,.0f} MB  "
        f"{data}, published by {each.actor} on {each.at:%Y-%m-%d}"
    )
