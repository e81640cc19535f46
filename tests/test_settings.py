"""The time that rules judge dates by."""

import time
from collections.abc import Iterator

import pytest

from camlint.settings import Settings, read_system_clock


@pytest.fixture
def ticks(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """What the system's clock was asked, later by a second each time."""
    read: list[float] = []

    def tick() -> float:
        read.append(1_000.0 + len(read))
        return read[-1]

    monkeypatch.setattr(time, "time", tick)
    read_system_clock.cache_clear()
    yield read
    read_system_clock.cache_clear()


def test_a_stated_time_is_used_and_the_clock_left_alone(ticks: list[float]) -> None:
    assert Settings(now=0).read_clock() == 0
    assert ticks == []


def test_the_clock_is_read_once_for_all_settings_of_a_process(ticks: list[float]) -> None:
    assert [Settings().read_clock(), Settings(("100012345678",)).read_clock()] == [1_000.0, 1_000.0]
    assert ticks == [1_000.0]


def test_the_time_tells_settings_apart() -> None:
    assert Settings(now=1) != Settings(now=2)
    assert Settings(now=1) == Settings(now=1)
    assert hash(Settings(now=1)) == hash(Settings(now=1))
