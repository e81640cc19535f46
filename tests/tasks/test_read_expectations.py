"""What a file of expectations says, and what camlint says of one that says it wrongly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.tasks.expectations import Case, Claim, Expectations, Word, list_expectations
from camlint.tasks.read_expectations import BrokenError, read_expectations

FULL = """
policy = ["a.json", "b.json#/1"]
boundary = "boundary.json"
scp = ["root.json", "unit.json"]
principal = "anonymous"
context = { "qcs:ip" = "203.0.113.7", "qcs:mfa" = true }
must-equal = "old.json"
not-wider-than = ["c.json", "d.json"]

[[cases]]
name = "uploads"
can = ["cos:PutObject", "cos:PostObject"]
cannot = "cos:DeleteObject"
resource = ["qcs::cos:::a/1", "qcs::cos:::a/2"]
context = { "qcs:mfa" = [], "qcs:current_time" = 2026-01-01T00:00:00Z, "k" = ["x", 5] }
unknown = ["qcs:ip"]
principal = "qcs::cam::uin/1:uin/2"

[[cases]]
cannot = "cvm:DescribeInstances"

[[never-grants]]
name = "no keys"
action = ["cam:*", "sts:*"]
resource = "qcs::cam:::*"

[[never-grants]]
action = "cos:Delete*"
"""
SAME_IN_YAML = """
policy: [a.json, "b.json#/1"]
boundary: boundary.json
scp: [root.json, unit.json]
principal: anonymous
context: {"qcs:ip": 203.0.113.7, "qcs:mfa": true}
must-equal: old.json
not-wider-than: [c.json, d.json]

cases:
- name: uploads
  can: [cos:PutObject, cos:PostObject]
  cannot: cos:DeleteObject
  resource: ["qcs::cos:::a/1", "qcs::cos:::a/2"]
  context: {"qcs:mfa": [], "qcs:current_time": 2026-01-01T00:00:00Z, k: [x, 5]}
  unknown: ["qcs:ip"]
  principal: qcs::cam::uin/1:uin/2

-
  cannot: cvm:DescribeInstances

never-grants:
- name: no keys
  action: [cam:*, sts:*]
  resource: qcs::cam:::*

- action: cos:Delete*
"""


def read(text: str, path: str = "x.camtest.toml") -> Expectations:
    return read_expectations(text, path)


def problems(text: str, path: str = "x.camtest.toml") -> list[tuple[int, str]]:
    with pytest.raises(BrokenError) as caught:
        read_expectations(text, path)
    return [(one.line, one.text) for one in caught.value.problems]


def words(*texts: str, line: int) -> tuple[Word, ...]:
    return tuple(Word(text, line) for text in texts)


def test_a_file_that_says_everything() -> None:
    file = read(FULL)
    assert file.policies == words("a.json", "b.json#/1", line=2)
    assert file.boundaries == words("boundary.json", line=3)
    assert file.scps == words("root.json", "unit.json", line=4)
    first, second = file.cases
    assert (first.name, first.line) == ("uploads", 10)
    assert first.can == words("cos:PutObject", "cos:PostObject", line=12)
    assert first.cannot == words("cos:DeleteObject", line=13)
    assert first.situation.resources == words("qcs::cos:::a/1", "qcs::cos:::a/2", line=14)
    assert first.situation.context == {
        "qcs:current_time": ("2026-01-01T00:00:00Z",),
        "k": ("x", "5"),
    }
    assert first.situation.unknown == {"qcs:ip"}
    assert first.situation.principal == "qcs::cam::uin/1:uin/2"
    assert second.situation.context == {"qcs:ip": ("203.0.113.7",), "qcs:mfa": ("true",)}
    assert second.situation.principal == "anonymous"
    assert [one.text for one in second.situation.resources] == ["*"]
    keys, objects = file.bans
    assert (keys.name, keys.line) == ("no keys", 22)
    assert [one.text for one in keys.resources] == ["qcs::cam:::*"]
    assert [one.text for one in objects.resources] == ["*"]
    assert [(one.claim, one.policies) for one in file.bounds] == [
        (Claim.MUST_EQUAL, words("old.json", line=7)),
        (Claim.NOT_WIDER_THAN, words("c.json", "d.json", line=8)),
    ]


def test_yaml_says_the_same_on_the_same_lines() -> None:
    toml, yaml = read(FULL), read(SAME_IN_YAML, "x.camtest.yaml")
    assert toml.policies == yaml.policies
    assert [_comparable(one) for one in toml.cases] == [_comparable(one) for one in yaml.cases]
    assert [one.name for one in toml.bans] == [one.name for one in yaml.bans]
    assert [one.actions[0].text for one in toml.bans] == [one.actions[0].text for one in yaml.bans]
    assert toml.bounds == yaml.bounds


def _comparable(case: Case) -> object:
    return (case.name, case.can, case.cannot, case.situation)


def test_what_is_expected_one_by_one() -> None:
    listed = [
        (one.claim.value, one.group, one.actions, one.resources, one.line)
        for one in list_expectations(read(FULL))
    ]
    assert listed[:6] == [
        ("can", "uploads", ("cos:PutObject",), ("qcs::cos:::a/1",), 12),
        ("can", "uploads", ("cos:PutObject",), ("qcs::cos:::a/2",), 12),
        ("can", "uploads", ("cos:PostObject",), ("qcs::cos:::a/1",), 12),
        ("can", "uploads", ("cos:PostObject",), ("qcs::cos:::a/2",), 12),
        ("cannot", "uploads", ("cos:DeleteObject",), ("qcs::cos:::a/1",), 13),
        ("cannot", "uploads", ("cos:DeleteObject",), ("qcs::cos:::a/2",), 13),
    ]
    assert [one[0] for one in listed[6:]] == [
        *("cannot", "never-grants", "never-grants", "must-equal", "not-wider-than")
    ]


def test_the_short_form_of_bans() -> None:
    for text in ('never-grants = "cam:*"', 'never-grants = ["cam:*"]'):
        (ban,) = read(f'policy = "a"\n{text}\n').bans
        assert ban.actions == words("cam:*", line=2)
        assert ban.resources == words("*", line=2)
    mixed = read(
        'policy = "a"\nnever-grants = ["a:*", { action = "b:*", resource = "qcs::b:::c" }]'
    )
    assert [one.actions[0].text for one in mixed.bans] == ["a:*", "b:*"]


CASE = 'policy = "a"\n[[cases]]\ncan = "a:B"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "",
            [
                (
                    1,
                    'policy is missing; name the path of a policy, such as "policies/reports.json", '
                    "or a list of paths",
                )
            ],
        ),
        ('polcy = "a"\n', [(1, 'unknown key "polcy"; did you mean "policy"?')]),
        (
            'policy = "a"\n',
            [
                (
                    1,
                    "it expects nothing; write cases with what can or cannot be done, "
                    "never-grants, must-equal or not-wider-than",
                )
            ],
        ),
        (
            "policy = 5\ncases = []\n",
            [
                (
                    1,
                    "policy is a number, 5; write the path of a policy, such "
                    'as "policies/reports.json", or a list of paths',
                )
            ],
        ),
        (
            'policy = []\nnever-grants = "a:*"',
            [
                (
                    1,
                    "policy is an empty list; write the path of a "
                    'policy, such as "policies/reports.json", or a '
                    "list of paths",
                )
            ],
        ),
        ('policy = "a"\n[[case]]\ncan = "a:B"', [(2, 'unknown key "case"; did you mean "cases"?')]),
        ('policy = "a"\ncan = "a:B"', [(2, 'unknown key "can"; write it in one of the "cases"')]),
        (
            'policy = "a"\n[cases]\ncan = "a:B"',
            [
                (
                    2,
                    "cases is a table; write tables of their own, "
                    'each with what "can" or "cannot" be done',
                )
            ],
        ),
        (
            'policy = "a"\ncases = ["a:B"]',
            [
                (
                    2,
                    'cases[0] is "a:B"; write tables of their own, '
                    'each with what "can" or "cannot" be done',
                )
            ],
        ),
        (
            CASE + 'expect = "can"',
            [(4, 'unknown key "cases[0].expect"; write the action under "can" or "cannot"')],
        ),
        (CASE + 'resouce = "*"', [(4, 'unknown key "cases[0].resouce"; did you mean "resource"?')]),
        (
            CASE + "zzz = 1",
            [
                (
                    4,
                    'unknown key "cases[0].zzz"; the keys are name, can, cannot, '
                    "resource, context, unknown, principal",
                )
            ],
        ),
        (CASE + 'cannot = ["c:D", "a:B"]', [(4, '"a:B" stands under both can and cannot')]),
        (
            CASE + "cannot = true",
            [
                (
                    4,
                    "cases[0].cannot is a truth value, true; write an action, "
                    'such as "cos:GetObject", or a list of them',
                )
            ],
        ),
        (
            CASE + 'resource = " "',
            [
                (
                    4,
                    "cases[0].resource is an empty text; write a resource in six "
                    'segments, such as "qcs::trtc::uin/100000000001:sdkappid/'
                    '1400000001"',
                )
            ],
        ),
        (
            'policy = "a"\n[[cases]]\nname = "x"',
            [
                (
                    2,
                    "cases[0] expects nothing; name the actions "
                    'that "can" or "cannot" be done in it',
                )
            ],
        ),
        (
            CASE + 'context = "qcs:ip"',
            [
                (
                    4,
                    'cases[0].context is "qcs:ip"; write a table of '
                    "condition keys with their values, such as { "
                    '"qcs:ip" = "203.0.113.7" }',
                )
            ],
        ),
        (
            CASE + 'context.qcs = { ip = "1" }',
            [
                (
                    4,
                    'cases[0].context "qcs" is a table; write a text '
                    'in quotes, such as "203.0.113.7", or a list of '
                    "texts",
                )
            ],
        ),
        (
            CASE + 'unknown = "k"\ncontext = { k = "1" }',
            [(4, '"k" has a value in the context and is unknown as well')],
        ),
        (
            'policy = "a"\nnever-grants = []',
            [
                (
                    2,
                    "never-grants is an empty list; write an action or "
                    'pattern, such as "cam:*", or a list of them',
                )
            ],
        ),
        (
            'policy = "a"\nnever-grants = [5]',
            [
                (
                    2,
                    "never-grants[0] is a number, 5; write an action "
                    'or pattern, such as "cam:*", or a list of them',
                )
            ],
        ),
        (
            'policy = "a"\n[[never-grants]]\nresource = "*"',
            [
                (
                    2,
                    "never-grants[0].action is missing; "
                    "write an action or pattern, such "
                    'as "cam:*", or a list of them',
                )
            ],
        ),
        (
            'policy = "a"\nmust-equal = { a = 1 }',
            [
                (
                    2,
                    "must-equal is a table; write the path of a "
                    'policy, such as "policies/reports.json", or a '
                    "list of paths",
                )
            ],
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, told: list[tuple[int, str]]) -> None:
    assert problems(text) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("yes", '"yes" in quotes'),
        ("Off", '"Off" in quotes'),
        ("", "is without a value; leave the key out where requests lack it"),
        ("{a: 1}", "is a table; write a text in quotes"),
        ("[[1]]", "is a list; write a text in quotes"),
    ],
)
def test_the_traps_of_yaml(value: str, told: str) -> None:
    text = f"policy: a\ncases:\n- can: a:B\n  context:\n    k: {value}\n"
    ((line, message),) = problems(text, "x.yaml")
    assert line == 5
    assert message.startswith('cases[0].context "k"')
    assert told in message


def test_what_yaml_makes_of_numbers_and_dates_stays_as_it_is_written() -> None:
    text = "policy: a\ncases:\n- can: a:B\n  context: {a: 0123, b: 2026-01-01, c: 1.10, d: True}\n"
    (case,) = read(text, "x.yml").cases
    assert case.situation.context == {
        "a": ("0123",),
        "b": ("2026-01-01",),
        "c": ("1.10",),
        "d": ("true",),
    }


def test_all_problems_are_told_at_once_by_line() -> None:
    text = "scp = 5\nfoo = 1\n[[cases]]\nname = 1\n"
    assert [line for line, _ in problems(text)] == [1, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("policy.json", "it holds a policy, perhaps; expectations stand in files such as"),
        ("notes.txt", "it ends in neither .toml nor .yaml; expectations stand in files such as"),
    ],
)
def test_other_files(path: str, told: str) -> None:
    ((line, message),) = problems("{}", path)
    assert line == 0
    assert message.startswith(told)


def test_a_file_that_nobody_wrote() -> None:
    ((_, message),) = problems("#" * 1_100_000)
    assert message == "it is longer than 1,048,576 characters"


def test_yaml_that_is_no_table() -> None:
    assert problems("- a\n", "x.yaml") == [
        (1, 'it holds a list; write keys, the first of them "policy"')
    ]


KEYS = st.sampled_from(
    ["policy", "cases", "can", "cannot", "context", "never-grants", "scp", "name", "action", "x"]
)
ANY = st.recursive(
    st.sampled_from(["5", "on", "true", "''", "a:B", "~", "2026-01-01", "'*'"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(KEYS, inner, max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, ANY, max_size=5))
def test_any_shape_gives_values_or_messages(pairs: dict[str, str]) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in pairs.items())
    try:
        assert read(text, "x.yaml").policies
    except BrokenError as error:
        assert error.problems
        for one in error.problems:
            assert one.text
            assert "\n" not in one.text
