"""The last line of a run."""

import pytest

from camlint.findings import Summary
from camlint.report.summary import saw_policy, summary_line


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        (
            {
                "files": 6,
                "policies": 6,
                "errors": 1,
                "warnings": 2,
                "fixable": 1,
                "suppressed": 3,
                "baselined": 14,
                "not_analysed": 1,
            },
            "Found 1 error, 2 warnings in 6 policies"
            " (1 fixable, 3 suppressed, 14 in the baseline, 1 not analysed)",
        ),
        ({"files": 1, "policies": 1, "notes": 1}, "Found 1 note in 1 policy"),
        (
            {"files": 9, "policies": 2, "errors": 2, "warnings": 1, "notes": 3},
            "Found 2 errors, 1 warning, 3 notes in 2 policies",
        ),
        (
            {"files": 8, "policies": 6, "without_policy": 2},
            "No problems in 6 policies (2 files without a policy)",
        ),
        (
            {"files": 2, "policies": 1, "without_policy": 1, "suppressed": 1, "unreadable": 1},
            "No problems in 1 policy"
            " (1 suppressed, 1 file without a policy, 1 file could not be read)",
        ),
        ({"files": 1, "errors": 1, "not_analysed": 1}, "Found 1 error (1 not analysed)"),
        ({"files": 1, "without_policy": 1}, "No CAM policy found in 1 file"),
        (
            {"files": 3, "without_policy": 3, "unreadable": 2},
            "No CAM policy found in 3 files (2 files could not be read)",
        ),
        ({}, "No CAM policy found in 0 files"),
    ],
)
def test_the_line(counts, line):
    assert summary_line(Summary(**counts)) == line


def test_a_file_that_cannot_be_parsed_counts_as_seen():
    assert saw_policy(Summary(files=1, errors=1, not_analysed=1))
    assert not saw_policy(Summary(files=1, without_policy=1))
