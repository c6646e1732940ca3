"""Six consoles, each in a network of its own: cables pulled, answers lost, the server killed."""

import random
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from console.dispatch.desk import Desk
from console.storage.store import Store
from tests.gauntlet import consoles, cuts
from tests.gauntlet.cables import Cables
from tests.gauntlet.rivals import Ears
from tests.gauntlet.tally import Tally, whole
from tests.postgres import Server, running

KINDS = ("pulled", "deaf", "given up", "server killed")


class Away:
    """A console in its namespace: everything it does runs on a thread that lives there."""

    def __init__(self, cables: Cables, number: int, where: str) -> None:
        self.pool = ThreadPoolExecutor(1, initializer=cables.enter, initargs=(number,))
        self.store = self.done(lambda: Store.open(where))

    def do[T](self, work: Callable[[], T]) -> "Future[T]":
        return self.pool.submit(work)

    def done[T](self, work: Callable[[], T]) -> T:
        return self.do(work).result()

    def close(self) -> None:
        self.done(self.store.close)
        self.pool.shutdown()


def networks_cut(seeds: range, _: Path) -> Tally:
    """As ``network-cut``, by the kernel: packets vanish, and nothing says that they did."""
    cables = Cables(cuts.CONSOLES)
    server = running()
    try:
        server.listen_on(cables.server, f"{cables.net}.0.0/16")
        return _rounds(seeds, server, cables)
    finally:
        server.listen_on()
        cables.close()


def _rounds(seeds: range, server: Server, cables: Cables) -> Tally:
    tally, name = Tally(), server.fresh()
    near = Store.open(server.url(name, "ana"))
    there = server.url(name, "ana", "?sslmode=require").replace("127.0.0.1", cables.server)
    away = [Away(cables, number, there) for number in range(cuts.CONSOLES)]
    for seed in seeds:
        _round(tally, seed, (near, away), (server, cables))
        tally.rounds += 1
    whole(tally, seeds.start, near.database)
    for each in away:
        each.close()
    near.close()
    return tally


def _round(
    tally: Tally, seed: int, at: tuple[Store, list[Away]], net: tuple[Server, Cables]
) -> None:
    near, away = at
    chance, stream = random.Random(seed), f"plan/depot/{seed}"
    consoles.begin(consoles.desk_of(near, stream, "zoe"), stops=20)
    desks = [
        one.done(lambda s=one.store: cuts.kept(lambda: consoles.desk_of(s, stream, "ana")))
        for one in away
    ]
    ears = [Ears() for _ in desks]
    for desk, each in zip(desks, ears, strict=True):
        desk.follow(each)
    jobs = [
        one.do(_at_work(desk, random.Random(seed * 100 + number)))
        for number, (one, desk) in enumerate(zip(away, desks, strict=True))
    ]
    time.sleep(chance.random() * 0.2)  # anywhere in what they do
    _cause(KINDS[seed % len(KINDS)], chance, net)
    answers = [job.result() for job in jobs]
    for one, desk in zip(away, desks, strict=True):
        one.done(lambda d=desk: cuts.kept(d.pull))
    said = answers, sum(len(each.heard) for each in ears)
    cuts.judge(tally, seed, (near, stream, desks), said)


def _at_work(desk: Desk, chance: random.Random) -> Callable[[], tuple[list[str], int]]:
    return lambda: cuts.edits(desk, chance)


def _cause(kind: str, chance: random.Random, net: tuple[Server, Cables]) -> None:
    """From one console to all six of them, for up to half a second."""
    server, cables = net
    struck = chance.sample(range(cuts.CONSOLES), chance.randint(1, cuts.CONSOLES))
    if kind == "server killed":
        server.crash()
        return
    cut, mend = (cables.deafen, cables.heal) if kind == "deaf" else (cables.pull, cables.plug)
    for number in struck:
        cut(number)
    time.sleep(chance.random() * 0.5)
    if kind == "given up":
        _give_up(server, [cables.address(number) for number in struck])
    for number in struck:
        mend(number)


def _give_up(server: Server, addresses: list[str]) -> None:
    """The server ends their sessions while they cannot hear of it."""
    with server.admin() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE client_addr = ANY(%s::inet[])",
            (addresses,),
        )
