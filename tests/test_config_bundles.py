"""What the configuration may say of bundles, and what it is told when it says something else."""

import tomllib

import pytest

from camlint.config_bundles import read_bundles

FOLDER = "/policies"


def read(text: str) -> tuple[list[tuple[str, tuple[str, ...]]], list[str]]:
    problems: list[str] = []
    found = read_bundles(tomllib.loads(text).get("bundles"), FOLDER, problems)
    assert all(one.folder == FOLDER for one in found)
    return [(one.name, one.words) for one in found], problems


def test_policies_are_one_word_or_several() -> None:
    assert read(
        '[[bundles]]\nname = "a"\npolicies = "a.json"\n'
        '[[bundles]]\nname = "b"\npolicies = ["b/*.json", "c.json#/1"]\n'
    ) == ([("a", ("a.json",)), ("b", ("b/*.json", "c.json#/1"))], [])


def test_nothing_is_no_bundle() -> None:
    assert read("") == ([], [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("bundles = 3", "bundles is 3; write each one as a table below a line [[bundles]]"),
        (
            '[[bundles]]\npolicies = "a"',
            'bundles[0]: name is missing; say who holds the policies, such as name = "developers"',
        ),
        (
            '[[bundles]]\nname = "a"',
            "bundles[0]: policies is missing; name the policies that are held, such as policies = "
            '["policies/developers/*.json"]',
        ),
        (
            '[[bundles]]\nname = "a"\npolicy = "a"',
            'unknown key "bundles[0].policy"; did you mean "policies"?',
        ),
        (
            '[[bundles]]\nnam = "a"\npolicies = "a"',
            'unknown key "bundles[0].nam"; did you mean "name"?',
        ),
        (
            '[[bundles]]\nname = "a"\npolicies = []',
            'bundles[0].policies: it is an empty list; write ["policies/developers/*.json"], or '
            "several of the kind",
        ),
        (
            '[[bundles]]\nname = "a"\npolicies = "a"\n[[bundles]]\nname = "a"\npolicies = "b"',
            'bundles[1].name: "a" is the name of another bundle, too',
        ),
    ],
)
def test_what_is_wrong_is_told_once(text: str, problem: str) -> None:
    assert read(text)[1] == [problem]
