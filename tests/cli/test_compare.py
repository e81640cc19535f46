"""``camlint compare OLD NEW``: verdicts, reports, exit codes, and what is no comparison."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "compare.schema.json").read_text("utf-8"))
DOWNLOADS = {
    "effect": "allow",
    "action": ["cos:GetObject", "cos:HeadObject"],
    "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
}
OFFICE = {"ip_equal": {"qcs:ip": ["203.0.113.0/24"]}}
NO_DISMISSAL = {"effect": "deny", "action": ["trtc:DismissRoom"], "resource": ["*"]}
ROOMS = {"effect": "allow", "action": ["trtc:*"], "resource": ["*"]}


def write(name: str, *statements: object, **top: object) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    policy = {"version": "2.0", **top, "statement": list(statements)}
    Path(name).write_text(json.dumps(policy, indent=2), "utf-8")
    return name


@pytest.fixture
def changed(small_catalogue: None) -> None:
    """A policy and what became of it: a deny fell, and so did a condition."""
    del small_catalogue
    write("old.json", {**DOWNLOADS, "condition": OFFICE}, ROOMS, NO_DISMISSAL)
    write("new.json", ROOMS, DOWNLOADS)


TEXT = """\
new.json grants more than old.json: cos (not in the catalogue) and trtc (write); nothing is lost

gained in cos
  allowed by new.json:13:5 (/statement/1)
  nothing allows it in old.json
  not in the catalogue: cos:GetObject on qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/1 with qcs:ip = 198.51.100.7
    try it: camlint can new.json --action cos:GetObject --resource qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/1 --context qcs:ip=198.51.100.7

gained in trtc
  allowed by new.json:4:5 (/statement/0)
  denied by  old.json:30:5 (/statement/2)
  write: trtc:DismissRoom on qcs::trtc:::sdkappid/1
    try it: camlint can new.json --action trtc:DismissRoom --resource qcs::trtc:::sdkappid/1
"""


@pytest.mark.usefixtures("changed")
def test_the_verdict_comes_first_and_each_request_has_its_statements(run: Run) -> None:
    assert run("compare", "old.json", "new.json") == (1, TEXT, "")


@pytest.mark.usefixtures("changed")
def test_the_other_way_round_it_is_lost(run: Run) -> None:
    code, out, err = run("compare", "new.json", "old.json")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == (
        "old.json grants less than new.json: cos (not in the catalogue) and trtc (write); "
        "nothing is gained"
    )
    assert "lost in trtc\n  allowed by new.json:4:5 (/statement/0)\n  denied by  old" in out
    assert "gained in" not in out


MARKDOWN = """\
### What this change grants

- new.json grants more than old.json: cos (not in the catalogue) and trtc (write); nothing is lost

| Policy | Access | Service | Level | Known actions | For example | Because |
| --- | --- | --- | --- | --- | --- | --- |
| `new.json` | **gained** | `cos` | not in the catalogue |  | `cos:GetObject` on `qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/1` with `qcs:ip = 198.51.100.7` | `new.json:13` allows it, nothing in `old.json` does |
| `new.json` | **gained** | `trtc` | write | 1 | `trtc:DismissRoom` on `qcs::trtc:::sdkappid/1` | `new.json:4` allows it, `old.json:30` denies it |
"""


@pytest.mark.usefixtures("changed")
def test_markdown_is_a_table_for_a_comment(run: Run) -> None:
    assert run("compare", "old.json", "new.json", "--format", "markdown") == (1, MARKDOWN, "")


@pytest.mark.usefixtures("changed")
def test_json_has_a_witness_and_the_statements_of_both_sides(run: Run) -> None:
    code, out, err = run("compare", "old.json", "new.json", "--format=json")
    assert (code, err) == (1, "")
    told = json.loads(out)
    assert (told["version"], told["verdict"], told["lost"]) == (1, "wider", [])
    first, second = told["gained"]
    assert (first["old"], first["new"], first["refusal"]) == ([], ["/statement/1"], "implicit-deny")
    assert (second["old"], second["new"]) == (["/statement/2"], ["/statement/0"])
    assert second["witness"] == {
        "action": "trtc:DismissRoom",
        "resource": "qcs::trtc:::sdkappid/1",
        "context": {},
    }
    assert (second["service"], second["level"]) == ("trtc", "write")
    assert second["old_statements"] == [
        {
            "path": "old.json",
            "policy": "",
            "pointer": "/statement/2",
            "effect": "deny",
            "line": 30,
            "column": 5,
        }
    ]
    assert second["can"][:2] == ["--action", "trtc:DismissRoom"]
    assert told["summary"] == {
        "base": None,
        "compared": 1,
        "gaining": 1,
        "losing": 0,
        "unchanged_files": 0,
    }


def test_a_context_of_several_values_is_a_list(run: Run) -> None:
    tags = {"for_all_value:string_equal": {"qcs:request_tag": ["a&b", "c&d"]}}
    some = {"for_any_value:string_equal": {"qcs:request_tag": ["a&b"]}}
    more = {"for_any_value:string_equal": {"qcs:request_tag": ["c&d"]}}
    write("old.json")
    write("new.json", {**ROOMS, "condition": {**some, **tags}})
    assert run("compare", "old.json", "new.json")[0] == 1
    both = {"for_any_value:string_equal": {"qcs:request_tag": ["a&b"], "qcs:resource_tag": ["e&f"]}}
    write("new.json", {**ROOMS, "condition": both})
    told = json.loads(run("compare", "old.json", "new.json", "--format", "json")[1])
    assert told["gained"][0]["witness"]["context"] == {
        "qcs:request_tag": "a&b",
        "qcs:resource_tag": "e&f",
    }
    deny = {**ROOMS, "effect": "deny"}
    unless = {"for_all_value:string_equal": {"qcs:request_tag": ["c&d"]}}
    write("new.json", {**ROOMS, "condition": more}, {**deny, "condition": unless})
    told = json.loads(run("compare", "old.json", "new.json", "--format", "json")[1])
    [values] = told["gained"][0]["witness"]["context"].values()
    assert "c&d" in values
    assert len(values) == 2


@pytest.mark.usefixtures("changed")
def test_every_json_report_is_what_its_schema_says(run: Run) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    write("bucket.json", {**DOWNLOADS, "principal": {"qcs": ["qcs::cam::uin/1:uin/2"]}})
    write("open.json", {**DOWNLOADS, "action": ["permid/1234"]})
    write("all.json", {"effect": "allow", "action": "*", "resource": "*"})
    names = ("old.json", "new.json", "bucket.json", "open.json", "all.json", "/dev/null")
    for old in names:
        for new in names:
            told = json.loads(run("compare", old, new, "--format", "json")[1])
            validator.validate(told)
            for part in (told, *told["gained"], *told["lost"], *told["comparisons"]):
                assert None not in (part.get("verdict", ""), part.get("witness", ""))


def close(schema: object) -> object:
    """A schema that allows no key which it doesn't describe."""
    if isinstance(schema, dict):
        closed = {key: close(value) for key, value in schema.items()}
        if "properties" in closed:
            closed["additionalProperties"] = False
        return closed
    return schema


@pytest.mark.usefixtures("changed")
def test_the_schema_describes_every_key(run: Run) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    told = json.loads(run("compare", "new.json", "old.json", "--format", "json")[1])
    jsonschema.Draft202012Validator(close(SCHEMA)).validate(told)


@pytest.mark.usefixtures("changed")
@pytest.mark.parametrize(
    ("old", "new", "options", "code"),
    [
        ("old.json", "new.json", (), 1),
        ("new.json", "old.json", (), 0),
        ("new.json", "new.json", (), 0),
        ("new.json", "new.json", ("--fail-on", "any"), 0),
        ("new.json", "old.json", ("--fail-on", "any"), 1),
        ("old.json", "new.json", ("--fail-on", "never"), 0),
        ("old.json", "open.json", (), 1),
        ("open.json", "old.json", ("--fail-on=any",), 1),
        ("open.json", "old.json", ("--fail-on", "never"), 0),
    ],
)
def test_exit_codes_are_those_of_every_format(run: Run, old, new, options, code) -> None:
    write("open.json", {**DOWNLOADS, "action": ["permid/1234"]})
    for name in ("text", "json", "markdown"):
        assert run("compare", old, new, "--format", name, *options)[0] == code


def test_what_stays_open_is_unknown_with_its_reason(run: Run) -> None:
    write("old.json", ROOMS)
    write("new.json", ROOMS, {**DOWNLOADS, "action": ["permid/1234"]})
    code, out, err = run("compare", "old.json", "new.json")
    assert (code, err) == (1, "")
    assert out == (
        "new.json grants all that old.json does; whether it grants more is undecided\n\n"
        "undecided whether anything is gained: it can't be told for sure what is matched by "
        "new.json:13 (/statement/1)\n"
    )


def test_policies_of_different_kinds_are_not_compared(run: Run) -> None:
    write("old.json", DOWNLOADS)
    write("new.json", {**DOWNLOADS, "principal": {"qcs": ["qcs::cam::uin/1:uin/2"]}})
    code, out, _ = run("compare", "old.json", "new.json")
    assert code == 1
    assert "different kinds can't be compared: old.json holds identity policies" in out


def test_a_policy_that_is_no_json_is_not_passed_over(run: Run) -> None:
    write("old.json", ROOMS)
    Path("new.json").write_text('{"version": "2.0", "statement": [{"effect": "allow" "x')
    code, out, err = run("compare", "old.json", "new.json")
    assert (code, "new.json" in err) == (1, True)
    assert (
        out.splitlines()[0] == "It is undecided whether new.json grants more or less than old.json"
    )
    assert "new.json can't be read: it is not JSON" in out
    code, out, _ = run("compare", "/dev/null", "new.json", "--format", "json")
    told = json.loads(out)
    assert (code, told["verdict"]) == (1, "unknown")
    assert [one["direction"] for one in told["undecided"]] == ["gained"]


def test_all_policies_of_a_side_are_taken_together(run: Run) -> None:
    write("before/allow.json", ROOMS)
    write("before/deny.json", NO_DISMISSAL)
    write("after.json", NO_DISMISSAL, ROOMS)
    code, out, err = run("compare", "before", "after.json")
    assert (code, err) == (0, "")
    assert out == "after.json grants exactly what before does, whatever the request\n"
    several = ("--old", "before/allow.json", "--old=before/deny.json", "--new", "after.json")
    code, out, err = run("compare", *several)
    assert (code, err) == (0, "")
    assert "before/allow.json and before/deny.json" in out
    code, out, _ = run("compare", "before", "before/allow.json")
    assert code == 1
    assert "denied by  before/deny.json:4:5 (/statement/0)" in out


def test_standard_input_is_one_side(run: Run) -> None:
    write("old.json", ROOMS)
    text = Path(write("new.json", ROOMS, DOWNLOADS)).read_text("utf-8")
    code, out, _ = run("compare", "old.json", "-", stdin=text)
    assert code == 1
    assert "allowed by <stdin>:13:5 (/statement/1)" in out


def test_a_side_without_anything_grants_nothing(run: Run) -> None:
    write("new.json", ROOMS, NO_DISMISSAL)
    assert run("compare", "/dev/null", "new.json")[0] == 1
    assert run("compare", "new.json", "/dev/null")[0] == 0
    assert run("compare", "/dev/null", "/dev/null")[0] == 0
    write("deny.json", NO_DISMISSAL)
    assert run("compare", "/dev/null", "deny.json", "--fail-on", "any")[0] == 0


@pytest.mark.usefixtures("changed")
def test_the_configuration_says_whose_account_it_is(run: Run) -> None:
    one, other = (
        {**ROOMS, "resource": f"qcs::trtc::{account}:sdkappid/*"}
        for account in ("", "uin/100012345678")
    )
    write("old.json", one, {**DOWNLOADS, "resource": "qcs::cos::uin/100000000001:*"})
    write("new.json", other, {**DOWNLOADS, "resource": "qcs::cos::uin/100000000001:*"})
    assert (
        json.loads(run("compare", "old.json", "new.json", "--format=json")[1])["verdict"]
        == "unknown"
    )
    Path("camlint.toml").write_text('accounts = ["100012345678"]\n')
    assert run("compare", "old.json", "new.json", "--fail-on=any")[0] == 0
    assert run("compare", "old.json", "new.json", "--no-config")[0] == 1


def test_what_a_scanned_file_says_can_not_act_on_the_terminal(run: Run) -> None:
    write("old.json", ROOMS)
    write("new.json", ROOMS, {**DOWNLOADS, "action": ["cos:Get\u202eObject"]})
    for name in ("text", "markdown"):
        out = run("compare", "old.json", "new.json", "--format", name)[1]
        assert out.replace("\n", "").isprintable()


@pytest.mark.usefixtures("changed")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "compare needs two policies, OLD and NEW, not 0"),
        (("old.json",), "compare needs two policies, OLD and NEW, not 1"),
        (("old.json", "new.json", "x.json"), "not 3"),
        (("old.json", "--new", "new.json"), '"old.json" is on neither side'),
        (("--old", "old.json"), "compare needs --new, too"),
        (("--new", "old.json"), "compare needs --old, too"),
        (("old.json", "missing.json"), "missing.json can't be read: No such file"),
        (("old.json", "package.json"), "package.json holds no policy to compare"),
        (("-", "-"), "standard input can be one side only"),
        (("old.json", "new.json", "--format", "sarif"), '"sarif" is none of text, json, markdown'),
        (("old.json", "new.json", "--fail-on", "widerr"), 'did you mean "wider"?'),
        (("--base", "HEAD", "--old", "old.json"), "leave out --old and --new"),
        (("--base", "HEAD", "-"), "standard input has no revision"),
    ],
)
def test_what_is_no_comparison_is_told_with_the_way_out(run: Run, arguments, told) -> None:
    Path("package.json").write_text('{"name": "x"}')
    code, out, err = run("compare", *arguments)
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err
