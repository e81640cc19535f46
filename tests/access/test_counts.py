"""Known actions counted by what they do, in words."""

from camlint.access.counts import count_levels
from camlint.catalog.action import Action


def make(name: str, level: str, *groups: str) -> Action:
    return Action("acme", name, {"level": level, "origins": ["sdk"], "groups": groups})


def test_each_level_is_counted_and_lists_read() -> None:
    actions = [
        make("ListJobs", "list"),
        make("GetJob", "read"),
        make("RunJob", "write"),
        make("ShareJob", "permissions"),
        make("TagJob", "tagging"),
        make("UntagJob", "tagging"),
    ]
    assert count_levels(actions) == "2 read, 1 writes, 1 changes who has access, 2 change tags"


def test_of_the_sensitive_ones_those_that_give_most_are_named() -> None:
    actions = [
        make("DeleteJob", "write", "destruction"),
        make("GetKey", "read", "credentials"),
        make("ShareJob", "permissions", "exposure"),
    ]
    told = (
        "1 reads, 1 writes, 1 changes who has access; 3 are sensitive, such as ShareJob and GetKey"
    )
    assert count_levels(actions) == told
    assert count_levels(actions[1:2]) == "1 reads; 1 is sensitive: GetKey"


def test_of_nothing_nothing_is_said() -> None:
    assert count_levels([]) == ""
