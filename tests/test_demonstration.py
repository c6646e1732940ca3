"""Where nothing is real, nobody real hears of it."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from console import demonstration
from console.bootstrap import Console, open_console
from console.dispatch.lanes import InlineLanes, Lanes
from console.dispatch.ports import Message
from console.settings import Settings


@dataclass
class Post:
    """A way to customers."""

    sent: list[Message] = field(default_factory=list[Message])

    def send(self, message: Message) -> None:
        self.sent.append(message)


def test_a_demo_has_no_way_to_customers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wired(config: Settings, lanes: Lanes, *, store: Path | None = None) -> Console:
        console = open_console(config, lanes, store=store)
        return replace(console, services=replace(console.services, messages=Post()))

    monkeypatch.setattr(demonstration, "open_console", wired)
    config = Settings(tmp_path / "home", "Ada", 1)
    console = demonstration.open_unreal(config, InlineLanes(), store=tmp_path / "store")
    assert console.services.messages is None
    console.close()


def test_every_demo_is_opened_as_unreal() -> None:
    source = Path(demonstration.__file__).read_text(encoding="utf-8")
    assert source.count("open_console(") == 1
    assert source.count("open_unreal(") > 3
