"""A process that is measured ends, whatever it does."""

import signal
import sys

import pytest

import processes
from run import Row, growth_row, ratio_row, render, tell_seconds

OVER = processes.Usage(0.1, 0, -9, over=True)


def test_a_process_that_would_never_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "LONGEST", 0.1)
    pause = [sys.executable, "-c", "import signal; signal.pause()"]
    used = processes.interleave({"pause": pause}, 3)["pause"]
    assert used.over
    assert used.code == -signal.SIGKILL


def test_what_a_process_took_and_returned() -> None:
    used = processes.measure([sys.executable, "-c", "raise SystemExit(3)"])
    assert (used.code, used.over) == (3, False)
    assert used.cpu > 0
    assert used.memory > 1024 * 1024


def test_the_least_or_the_median_of_several(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = iter([3.0, 1.0, 8.0] * 2)
    monkeypatch.setattr(processes, "measure", lambda _: processes.Usage(next(taken), 1, 0))
    assert processes.interleave({"a": []}, 3)["a"].cpu == 3.0
    assert processes.interleave({"a": []}, 3, min)["a"].cpu == 1.0


def test_what_took_too_long_is_over_budget_and_says_so() -> None:
    fast = processes.Usage(0.1, 0, 0)
    for row in (ratio_row("a", OVER, fast, 2, "b"), growth_row("a", (1, 2, 4), [fast, fast, OVER])):
        assert (row.measured, row.met) == ("over 60 s", False)
    assert tell_seconds(OVER) == "over 60 s"
    assert tell_seconds(fast) == "0.10 s"


def test_what_was_not_measured_is_neither_within_nor_over_budget() -> None:
    shown = render([Row("a", "b", "c", None), Row("d", "e", "f", False)]).splitlines()
    assert shown[-2:] == ["| a | b | c | not measured |", "| d | e | f | **no** |"]
