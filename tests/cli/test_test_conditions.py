"""Cases about circumstances: given, absent, unknown, and the parts of conditions that are missed."""

from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("small_catalogue")

APP = "qcs::trtc::uin/100032145678:sdkappid/1400618273"
POLICY = f"""{{"version": "2.0", "statement": [
    {{"effect": "allow", "action": ["trtc:DismissRoom"], "resource": ["{APP}"],
      "condition": {{"ip_equal": {{"qcs:ip": ["10.0.0.0/8", "203.0.113.0/24"]}}}}}},
    {{"effect": "deny", "action": ["trtc:DismissRoom"], "resource": ["{APP}"],
      "condition": {{"string_equal": {{"qcs:resource_tag/env": "production"}}}}}}
]}}
"""
HEAD = 'policy = "rooms.json"\n'


@pytest.fixture(autouse=True)
def policy(folder: Path) -> Path:
    """A policy that depends on an address and on a tag."""
    path = folder / "rooms.json"
    path.write_text(POLICY, "utf-8")
    return path


def case(expected: str, rest: str = "", head: str = "") -> str:
    return f'{HEAD}{head}\n[[cases]]\n{expected} = "trtc:DismissRoom"\nresource = "{APP}"\n{rest}\n'


def lines(run: Run, folder: Path, text: str) -> tuple[int, list[str]]:
    """The exit code, and what is said of the one case beside its name."""
    (folder / "rooms.camtest.toml").write_text(text, "utf-8")
    code, out, err = run("test", "-v")
    assert err == ""
    return code, [row.strip() for row in out.splitlines()[1:] if row.startswith(" ")]


@pytest.mark.parametrize(
    ("expected", "rest", "reason"),
    [
        ("can", 'context = { "qcs:ip" = "10.1.2.3" }', "allowed by statement 1 (rooms.json:2)"),
        ("cannot", 'context = { "qcs:ip" = "11.1.2.3" }', "not allowed: nothing in rooms.json"),
        ("cannot", "", "not allowed: nothing in rooms.json allows it"),
        (
            "cannot",
            'context = { "qcs:ip" = "10.1.2.3", "qcs:resource_tag/env" = ["production"] }',
            "denied by statement 2 (rooms.json:4)",
        ),
        (
            "can",
            'context = { "qcs:ip" = "10.1.2.3", "qcs:resource_tag/env" = "staging" }',
            "allowed by statement 1",
        ),
        ("cannot", 'context = { "qcs:resource_tag/env" = "production" }\nunknown = "qcs:ip"',
         "denied by statement 2"),
    ],
)  # fmt: skip
def test_circumstances_that_decide(
    run: Run, folder: Path, expected: str, rest: str, reason: str
) -> None:
    code, told = lines(run, folder, case(expected, rest))
    assert code == 0
    assert told[0].startswith(reason)


@pytest.mark.parametrize("expected", ["can", "cannot"])
def test_what_depends_fails_either_way_and_says_on_what(
    run: Run, folder: Path, expected: str
) -> None:
    code, told = lines(run, folder, case(expected, 'unknown = "qcs:ip"'))
    assert code == 1
    assert told[0] == "can't be decided: it depends on qcs:ip"
    assert told[1].startswith("statement 1 (rooms.json:2) would allow it if qcs:ip is in")


def test_the_title_tells_the_circumstances(run: Run, folder: Path) -> None:
    text = case("can", 'context = { "qcs:ip" = "10.1.2.3" }\nunknown = ["b", "a"]')
    (folder / "rooms.camtest.toml").write_text(text, "utf-8")
    assert run("test", "-v")[1].splitlines()[0] == (
        f"ok    rooms.camtest.toml:4: can trtc:DismissRoom on {APP} with qcs:ip = 10.1.2.3, "
        "whatever a and b may be"
    )


def test_circumstances_of_all_cases_and_of_one(run: Run, folder: Path) -> None:
    office = 'context = { "qcs:ip" = "10.1.2.3" }'
    assert lines(run, folder, case("can", head=office))[0] == 0
    assert lines(run, folder, case("cannot", 'context = { "qcs:ip" = "11.0.0.1" }', office))[0] == 0
    assert lines(run, folder, case("cannot", 'context = { "qcs:ip" = [] }', office))[0] == 0
    code, told = lines(run, folder, case("can", 'unknown = "qcs:ip"', office))
    assert (code, told[0]) == (1, "can't be decided: it depends on qcs:ip")


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ('context = { "qcs:ip" = "10.0.0.0/8" }', "context: qcs:ip is one address, such as"),
        (
            'context = { "qcs:ip" = "nowhere" }',
            "context: qcs:ip is one address, such as 10.1.2.3, not",
        ),
    ],
)
def test_values_that_no_request_has(run: Run, folder: Path, rest: str, told: str) -> None:
    (folder / "rooms.camtest.toml").write_text(case("can", rest), "utf-8")
    code, _, err = run("test")
    assert code == 2
    assert err.startswith(f"camlint: rooms.camtest.toml:3: {told}")


def test_every_part_of_a_condition_is_missed_or_suggested(run: Run, folder: Path) -> None:
    path = folder / "rooms.camtest.toml"
    text = case("can", 'context = { "qcs:ip" = "10.1.2.3" }')
    path.write_text(text, "utf-8")
    code, out, _ = run("test", "--mutate", "-q")
    assert code == 1
    lost = [row for row in out.splitlines() if row.startswith("SURVIVES")]
    assert [row.partition("notices that ")[2] for row in lost] == [
        'the condition "ip_equal qcs:ip" of statement 1 is gone',
        'the value "ip_equal qcs:ip 203.0.113.0/24" of statement 1 is gone',
        "statement 2 (deny) is gone",
    ]
    for _ in range(6):
        rows = out.splitlines()
        case_at = next(at for at, row in enumerate(rows) if row.strip() == "[[cases]]")
        added = []
        for row in rows[case_at:]:
            if not row.startswith(" " * 8):
                break
            added.append(row.strip())
        text += "\n" + "\n".join(added) + "\n"
        path.write_text(text, "utf-8")
        code, out, _ = run("test", "--mutate", "-q")
        if code == 0:
            break
    assert (code, out) == (0, "")


def test_a_condition_that_leaves_a_ban_open(run: Run, folder: Path, policy: Path) -> None:
    path = folder / "rooms.camtest.toml"
    path.write_text(f'{HEAD}never-grants = "trtc:DismissRoom"\n', "utf-8")
    code, out, _ = run("test", "-q")
    assert code == 1
    row = out.splitlines()[1]
    assert row.startswith(f"      grants trtc:DismissRoom on {APP} with qcs:ip = ")
    policy.write_text(POLICY.replace('"ip_equal"', '"ip_like"'), "utf-8")
    code, out, _ = run("test", "-q")
    assert code == 1
    assert out.splitlines()[1] == (
        "      it can be neither proved nor refuted: statement 1 (rooms.json:2) may allow it"
    )


def test_comparisons_know_circumstances(run: Run, folder: Path) -> None:
    (folder / "office.json").write_text(POLICY.replace('"10.0.0.0/8", ', ""), "utf-8")
    path = folder / "rooms.camtest.toml"
    path.write_text('policy = "office.json"\nnot-wider-than = "rooms.json"\n', "utf-8")
    assert run("test", "-v")[1].splitlines()[1] == "      proved: nothing more is granted"
    path.write_text('policy = "office.json"\nmust-equal = "rooms.json"\n', "utf-8")
    code, out, _ = run("test", "-q")
    assert code == 1
    assert out.splitlines()[1].startswith(f"      they lack trtc:DismissRoom on {APP} with qcs:ip")
    path.write_text(f'{HEAD}not-wider-than = "office.json"\n', "utf-8")
    code, out, _ = run("test", "-q")
    assert code == 1
    assert out.splitlines()[1].startswith(f"      only they grant trtc:DismissRoom on {APP} with")
