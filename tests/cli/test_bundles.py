"""The policies of one principal looked at together: what several give that none gives alone."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]
Write = Callable[..., None]

BUNDLE = """
[[bundles]]
name = "developers"
policies = ["dev/*.json"]
"""
ONLY = ("--select", "CAM701,CAM901", "--format", "concise")
RAISED = 'whoever has the policies of bundle "developers" can '


def allow(*actions: str, on: str = "*", **more: object) -> dict[str, object]:
    return {"effect": "allow", "action": list(actions), "resource": on, **more}


def deny(*actions: str, on: str = "*", **more: object) -> dict[str, object]:
    return allow(*actions, on=on, **more) | {"effect": "deny"}


@pytest.fixture
def write(folder: Path) -> Write:
    def call(name: str, *statements: dict[str, object]) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        document = {"version": "2.0", "statement": statements}
        path.write_text(json.dumps(document, indent=1), "utf-8")

    return call


@pytest.fixture
def configure(folder: Path) -> Callable[[str], None]:
    def call(text: str = BUNDLE) -> None:
        (folder / "camlint.toml").write_text(text, "utf-8")

    return call


@pytest.fixture
def pair(write: Write, configure: Callable[[str], None]) -> None:
    """Two policies of one bundle that together lead to the rights of a role."""
    configure(BUNDLE)
    write("dev/functions.json", allow("scf:CreateFunction"))
    write("dev/roles.json", allow("cam:ListRoles", "cam:PassRole"))


def places(out: str) -> list[str]:
    """The file and the line of each finding of a concise report."""
    return [":".join(line.split(":")[:2]) for line in out.splitlines()]


def test_a_combination_is_told_where_the_last_step_is_given(run: Run, pair: None) -> None:
    code, out, err = run("--select", "CAM701")
    assert (code, err) == (1, "")
    assert (
        out
        == """\
error[CAM701] privilege-escalation: whoever has the policies of bundle "developers" can take \
the rights of any role that SCF may take on: scf:CreateFunction and cam:PassRole together let \
them run their own code under such a role and use its credentials
   --> dev/roles.json:8:5
    |
  8 |     "cam:PassRole"
    |     ^^^^^^^^^^^^^^ run a function under any role
  9 |    ],
 10 |    "resource": "*"
    |                --- on every resource
  ::: dev/functions.json:7:5
   |
 7 |     "scf:CreateFunction"
   |     -------------------- gives scf:CreateFunction for step 1
    = step 1: make a function with their own code, or choose one, for example \
scf:CreateFunction on qcs::scf:ap-guangzhou::1 (by dev/functions.json)
    = step 2: give it the most powerful role that trusts SCF, for example cam:PassRole on \
qcs::cam:::roleName/1
    = step 3: let the function run, and use the temporary credentials that it gets
    = help: limit cam:PassRole to the roles that are meant, as in \
qcs::cam::uin/<UIN>:roleName/<NAME>
    = note: at stake: whatever the most powerful role that trusts SCF may do; cam:PassRole is \
described at cloud.tencent.com/document/product/583/32389
    = note: high confidence, documented at cloud.tencent.com/document/product/598/69872; \
camlint explain CAM701
Found 1 error in 2 policies
"""
    )


def test_programs_are_told_of_both_files(run: Run, pair: None) -> None:
    _, out, _ = run("--select", "CAM701", "--format", "json")
    (found,) = json.loads(out)["findings"]
    assert found["path"] == "dev/roles.json"
    assert [(one["path"], one["pointer"]) for one in found["related"]] == [
        ("dev/functions.json", "/statement/0/action/0"),
        ("dev/roles.json", "/statement/0/resource"),
    ]
    assert [one["path"] for one in found["steps"]] == [
        "dev/functions.json",
        "dev/roles.json",
        "dev/roles.json",
    ]


def test_a_code_flow_leads_through_both_files(run: Run, pair: None) -> None:
    _, out, _ = run("--select", "CAM701", "--format", "sarif")
    (result,) = json.loads(out)["runs"][0]["results"]
    (flow,) = result["codeFlows"]

    def uri(one: dict[str, Any]) -> str:
        place: dict[str, Any] = one["physicalLocation"]
        return str(place["artifactLocation"]["uri"])

    steps = flow["threadFlows"][0]["locations"]
    assert [uri(one["location"]) for one in steps] == [
        "dev/functions.json",
        "dev/roles.json",
        "dev/roles.json",
    ]
    assert uri(result["relatedLocations"][0]) == "dev/functions.json"


@pytest.mark.parametrize("named", ["dev/roles.json", "dev/functions.json"])
def test_one_file_of_a_bundle_is_enough_to_look_at_it(run: Run, pair: None, named: str) -> None:
    code, out, _ = run(*ONLY, named)
    assert (code, places(out)) == (1, ["dev/roles.json:8"])


def test_files_of_no_bundle_bring_none(run: Run, write: Write, pair: None) -> None:
    write("other.json", allow("cvm:DescribeInstances"))
    assert run(*ONLY, "other.json")[:2] == (0, "")


def test_the_place_of_the_command_makes_no_difference(
    run: Run, pair: None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / "dev")
    assert places(run(*ONLY, "functions.json")[1]) == ["roles.json:8"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_processes_make_no_difference(run: Run, pair: None, jobs: str) -> None:
    assert places(run(*ONLY, "--jobs", jobs)[1]) == ["dev/roles.json:8"]


def test_what_stands_on_standard_input_counts(run: Run, pair: None, folder: Path) -> None:
    harmless = (folder / "dev/roles.json").read_text("utf-8").replace("PassRole", "GetRole")
    assert run(*ONLY, "-", "--stdin-filename", "dev/roles.json", stdin=harmless)[:2] == (0, "")


def test_a_deny_of_another_document_takes_it_away(run: Run, write: Write, pair: None) -> None:
    write("dev/guard.json", deny("cam:PassRole"))
    assert run(*ONLY)[:2] == (0, "")


def test_a_deny_of_some_roles_takes_nothing_away(run: Run, write: Write, pair: None) -> None:
    write("dev/guard.json", deny("cam:PassRole", on="qcs::cam::uin/100032145678:roleName/admin"))
    assert run(*ONLY)[0] == 1


def test_what_a_document_gives_alone_is_told_of_that_alone(
    run: Run, write: Write, pair: None
) -> None:
    write("dev/roles.json", allow("cam:PassRole", "scf:CreateFunction"))
    _, out, _ = run(*ONLY)
    assert places(out) == ["dev/roles.json:7"]
    assert RAISED not in out


def test_a_statement_that_leads_on_alone_is_told_once(run: Run, write: Write, pair: None) -> None:
    write("dev/roles.json", allow("cam:*"))
    _, out, _ = run(*ONLY)
    assert places(out) == ["dev/roles.json:7"]
    assert RAISED not in out


def test_beside_everything_a_combination_says_nothing(run: Run, write: Write, pair: None) -> None:
    write("dev/all.json", allow("*"))
    assert RAISED not in run(*ONLY)[1]


def test_tags_decide_across_documents(
    run: Run, write: Write, configure: Callable[..., None]
) -> None:
    configure()
    write("dev/tagging.json", allow("tag:TagResources"))
    tagged = {"for_any_value:string_equal": {"qcs:resource_tag": ["team&a"]}}
    write("dev/own.json", allow("cvm:*", condition=tagged))
    _, out, _ = run("--select", "CAM701")
    assert RAISED in out
    assert "::: dev/own.json:" in out
    assert "where tags decide" in out


def test_roles_and_buckets_hold_nothing_for_the_principal(
    run: Run, write: Write, pair: None
) -> None:
    write(
        "dev/functions.json",
        allow("scf:CreateFunction", principal={"qcs": ["qcs::cam::uin/100032145678:root"]}),
    )
    assert RAISED not in run("--select", "CAM701", "--kind", "bucket")[1]


def test_overrides_hold_where_the_finding_stands(
    run: Run, pair: None, configure: Callable[[str], None]
) -> None:
    override = '\n[[overrides]]\npaths = ["dev/{}"]\nignore = ["CAM701"]\n'
    configure(BUNDLE + override.format("functions.json"))
    assert places(run("--format", "concise", "--min-severity", "error")[1]) == ["dev/roles.json:8"]
    configure(BUNDLE + override.format("roles.json"))
    assert run("--format", "concise", "--min-severity", "error")[:2] == (0, "")


def test_one_policy_of_a_file_is_named_by_its_address(
    run: Run, write: Write, configure: Callable[[str], None], folder: Path
) -> None:
    policies = [
        {"version": "2.0", "statement": [allow("cvm:DescribeInstances")]},
        {"version": "2.0", "statement": [allow("cam:PassRole")]},
    ]
    (folder / "all.json").write_text(json.dumps(policies), "utf-8")
    write("functions.json", allow("scf:CreateFunction"))
    bundle = '[[bundles]]\nname = "d"\npolicies = ["functions.json", "all.json#/{}"]\n'
    configure(bundle.format(0))
    assert run(*ONLY)[:2] == (0, "")
    configure(bundle.format(1))
    _, out, _ = run("--select", "CAM701", "--format", "json")
    (found,) = json.loads(out)["findings"]
    assert (found["path"], found["policy"]) == ("all.json", "/1")
    configure(bundle.format(2))
    code, _, err = run(*ONLY)
    assert code == 2
    assert (
        'camlint: camlint.toml: bundle "d": all.json holds no policy at "/2"; there is '
        '"all.json#/0", "all.json#/1"\n'
    ) in err


@pytest.mark.parametrize("word", ["dev", "dev/*.json", "**/dev/*", "*.json", "dev/roles.json"])
def test_files_are_named_by_folders_globs_and_paths(
    run: Run, pair: None, configure: Callable[[str], None], word: str
) -> None:
    configure(f'[[bundles]]\nname = "d"\npolicies = ["dev/functions.json", "{word}"]\n')
    assert places(run(*ONLY)[1]) == ["dev/roles.json:8"]


@pytest.mark.parametrize("word", ["dev/missing.json", "ops/*.json"])
def test_what_names_no_file_is_refused(
    run: Run, pair: None, configure: Callable[[str], None], word: str
) -> None:
    configure(BUNDLE + f'[[bundles]]\nname = "ops"\npolicies = ["{word}"]\n')
    assert run(*ONLY) == (
        2,
        "",
        f'camlint: camlint.toml: bundle "ops": "{word}" names no file\n',
    )


def test_a_named_file_without_a_policy_is_refused(
    run: Run, pair: None, configure: Callable[[str], None], folder: Path
) -> None:
    (folder / "package.json").write_text("{}", "utf-8")
    configure(BUNDLE.replace('"]', '", "package.json"]'))
    code, _, err = run(*ONLY)
    assert code == 2
    assert 'camlint: camlint.toml: bundle "developers": package.json holds no CAM policy\n' in err


def test_a_document_that_is_no_json_leaves_the_bundle_undecided(
    run: Run, pair: None, folder: Path
) -> None:
    broken = json.dumps({"version": "2.0", "statement": [deny("cam:PassRole")]})[:-1]
    (folder / "dev/guard.json").write_text(broken, "utf-8")
    _, out, _ = run(*ONLY)
    assert out == (
        "dev/functions.json:1:1: note[CAM901] not-analysed: the policies of bundle "
        '"developers" were not looked at together, since dev/guard.json isn\'t JSON, and a deny in '
        "there may take away what the others grant\n"
    )


def test_too_many_statements_are_told(run: Run, write: Write, pair: None) -> None:
    write("dev/many.json", *(allow(f"cvm:Describe{number}") for number in range(400)))
    _, out, _ = run(*ONLY)
    assert out == (
        "dev/functions.json:1:1: note[CAM901] not-analysed: the policies of bundle "
        '"developers" were not looked at together, since their 402 statements are too many to be '
        "compared with one another\n"
    )
