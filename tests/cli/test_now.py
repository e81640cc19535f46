"""What ``--now`` does to the rules that look at the clock."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from camlint.settings import read_system_clock

Run = Callable[..., tuple[int, str, str]]
LAPSED = {
    "version": "2.0",
    "statement": [
        {
            "effect": "allow",
            "action": ["trtc:RemoveUser"],
            "resource": ["qcs::trtc::uin/100032145678:sdkappid/1400618273"],
            "condition": {"date_less_than": {"qcs:current_time": "2031-05-01T00:00:00Z"}},
        }
    ],
}


@pytest.fixture(autouse=True)
def policy(folder: Path) -> None:
    (folder / "dated.json").write_text(json.dumps(LAPSED), "utf-8")


@pytest.mark.parametrize(
    ("now", "expired"),
    [
        ("2031-04-30", False),
        ("2031-05-01", False),
        ("2031-05-01T00:00:00Z", False),
        ("2031-05-01T00:00:01Z", True),
        ("2031-05-02", True),
    ],
)
def test_dates_are_judged_by_the_stated_day_or_moment(run: Run, now: str, expired: bool) -> None:
    code, out, _ = run("dated.json", "--select", "CAM314", "--format", "concise", "--now", now)
    assert (code, "CAM314" in out) == (int(expired), expired)


def test_the_clock_is_left_alone_without_a_date(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> float:
        raise AssertionError("nobody needs the time")

    monkeypatch.setattr(time, "time", refuse)
    read_system_clock.cache_clear()
    undated = json.dumps(LAPSED).replace("date_less_than", "string_equal")
    (folder / "undated.json").write_text(undated, "utf-8")
    assert run("undated.json", "--select", "CAM314")[0] == 0


def test_the_time_reaches_every_process(run: Run, folder: Path) -> None:
    for number in range(4):
        (folder / f"dated{number}.json").write_text(json.dumps(LAPSED), "utf-8")
    options = ("--select", "CAM314", "--format", "concise", "--now", "2040-01-01")
    assert run("--jobs", "2", *options) == run("--jobs", "1", *options)
    assert run("--jobs", "2", *options)[1].count("CAM314") == 5
