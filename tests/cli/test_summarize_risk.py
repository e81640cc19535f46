"""The risk of policies as reviewers and programs read it, policy by policy and bundle by bundle."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

jsonschema = pytest.importorskip("jsonschema")
SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "risk.schema.json").read_text("utf-8"))

READING = '{"effect": "allow", "action": "cvm:Describe*", "resource": "*"}'
FUNCTIONS = '{"effect": "allow", "action": "scf:CreateFunction", "resource": "*"}'
PASSING = (
    '{"effect": "allow", "action": "cam:PassRole", "resource": "*", '
    '"condition": {"bool_equal": {"mfa": "true"}}}'
)
PAIR = """\
dev/roles.json: wide; whoever holds it can hand any role of the account to a product that acts for them
  roles        hand any role of the account to a product that acts for them: cam:PassRole (statement 1; strong conditions)
  limit        statement 1 only if mfa is true (strong)

dev/functions.json: limited; it changes things by "scf:CreateFunction"

read.json: reads only; nothing that is allowed changes anything

bundle "developers" (2 policies): can become administrator; whoever holds it can take the rights of any role that SCF may take on by scf:CreateFunction and cam:PassRole
  escalation   warning: run a function under any role: scf:CreateFunction and cam:PassRole (statement 1 of dev/functions.json and statement 1 of dev/roles.json; strong conditions)
               1. make a function with their own code, or choose one: scf:CreateFunction
               2. give it the most powerful role that trusts SCF: cam:PassRole
               3. let the function run, and use the temporary credentials that it gets
               at stake: whatever the most powerful role that trusts SCF may do
  roles        hand any role of the account to a product that acts for them: cam:PassRole (statement 1 of dev/roles.json; strong conditions)
  limit        statement 1 of dev/roles.json only if mfa is true (strong)

3 policies: 1 wide, 1 limited, 1 reads only
"""


def document(*statements: str) -> str:
    return f'{{"version": "2.0", "statement": [{", ".join(statements)}]}}'


@pytest.fixture
def pair(folder: Path) -> None:
    """Three policies, two of them of one bundle."""
    (folder / "dev").mkdir()
    (folder / "dev/functions.json").write_text(document(FUNCTIONS), "utf-8")
    (folder / "dev/roles.json").write_text(document(PASSING), "utf-8")
    (folder / "read.json").write_text(document(READING), "utf-8")
    (folder / "camlint.toml").write_text(
        '[[bundles]]\nname = "developers"\npolicies = "dev/*.json"\n', "utf-8"
    )


def test_the_worst_comes_first_and_bundles_last(run: Run, pair: None) -> None:
    assert run("summarize", "--risk", ".") == (0, PAIR, "")


def test_one_policy_of_a_bundle_brings_the_bundle(run: Run, pair: None) -> None:
    assert 'bundle "developers" (2 policies)' in run("summarize", "--risk", "dev/roles.json")[1]
    assert "bundle" not in run("summarize", "--risk", "read.json")[1]
    assert "bundle" not in run("summarize", "--risk", "--no-config", "dev")[1]


def test_programs_get_what_the_schema_says(run: Run, pair: None, folder: Path) -> None:
    (folder / "broken.json").write_text('{"version": "2.0", "statement": [{]', "utf-8")
    (folder / "wide.json").write_text(
        document('{"effect": "allow", "action": "cdb:*", "resource": "*"}')
    )
    code, out, _ = run("summarize", "--risk", "--format", "json", ".")
    found = json.loads(out)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(found, SCHEMA)
    assert code in (0, 1)
    assert [one["name"] for one in found["bundles"]] == ["developers"]
    (bundle,) = found["bundles"]
    assert bundle["policies"] == [
        {"path": "dev/functions.json", "policy": ""},
        {"path": "dev/roles.json", "policy": ""},
    ]
    assert [
        one["statement"] and one["statement"]["path"] for one in bundle["escalation"][0]["steps"]
    ] == [
        "dev/functions.json",
        "dev/roles.json",
        None,
    ]
    assert found["summary"]["reads only"] == 1


def test_markdown_is_a_table_and_a_section_for_each(run: Run, pair: None) -> None:
    _, out, _ = run("summarize", "--risk", "--format", "markdown", ".")
    assert out.startswith(
        "**3 policies: 1 wide, 1 limited, 1 reads only**\n\n| Policy | Verdict | Why |\n"
        "| --- | --- | --- |\n| `dev/roles.json` | wide | whoever holds it can hand any role"
    )
    assert '### `bundle "developers" (2 policies)`: can become administrator\n' in out
    assert "  2. give it the most powerful role that trusts SCF: `cam:PassRole`\n" in out


def test_texts_of_files_act_on_nothing(run: Run, folder: Path) -> None:
    action = "cdb:\\u001b[31m<b>`|*"
    statement = f'{{"effect": "allow", "action": ["{action}", "cdb:*"], "resource": "*"}}'
    (folder / "odd.json").write_text(document(statement), "utf-8")
    for form in ("text", "json", "markdown"):
        _, out, _ = run("summarize", "--risk", "--format", form, "odd.json")
        assert "\x1b" not in out
    assert "<b>" not in out.replace("\\<b\\>", "")


def test_a_bundle_that_names_nothing_is_refused(run: Run, pair: None, folder: Path) -> None:
    (folder / "camlint.toml").write_text(
        '[[bundles]]\nname = "developers"\npolicies = "ops/*.json"\n', "utf-8"
    )
    assert run("summarize", "--risk", "dev") == (
        2,
        "",
        'camlint: camlint.toml: bundle "developers": "ops/*.json" names no file\n',
    )


def test_a_configuration_goes_with_risks_only(run: Run, pair: None) -> None:
    code, out, err = run("summarize", "--config", "camlint.toml", "dev")
    assert (code, out) == (2, "")
    assert "add --risk" in err
