"""Which names promise that a policy only lets people read."""

import pytest

from camlint.policy.promise import promises_reading


@pytest.mark.parametrize(
    "name",
    [
        "readonly",
        "cls-read-only",
        "cls_read_only",
        "QcloudCDBReadOnlyAccess",
        "READONLY",
        "qcloudreadonlyaccess",
        "Read Only",
        "view-only",
        "CDBViewer",
        "log.viewers",
        "日志只读",
        "仅查看账单",
        "admin-readonly",
    ],
)
def test_a_name_that_promises_reading(name: str) -> None:
    assert promises_reading(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "policy",
        "reviewer",
        "InterviewerAccess",
        "preview-only-once",
        "reader",
        "read",
        "read-write",
        "thread-only",
        "non-readonly",
        "NotReadOnly",
        "readonly-plus-write",
        "deny-non-read-only",
        "非只读",
        "只读或读写",
    ],
)
def test_a_name_that_promises_nothing_or_takes_it_back(name: str) -> None:
    assert not promises_reading(name)
