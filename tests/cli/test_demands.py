"""What no policy may grant: --forbid, --on, --no-public-access, and the same in a configuration."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]
Write = Callable[..., None]

MINE = "qcs::cos::uid/1250000000:records-1250000000/*"
FORBID_CAM = ("--forbid", "cam:*", "--select", "CAM511")


def allow(action: object, resource: object = "*", **more: object) -> dict[str, object]:
    return {"effect": "allow", "action": action, "resource": resource, **more}


def deny(action: object, resource: object = "*", **more: object) -> dict[str, object]:
    return {"effect": "deny", "action": action, "resource": resource, **more}


@pytest.fixture
def write(folder: Path) -> Write:
    def call(*statements: dict[str, object], name: str = "policy.json") -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"version": "2.0", "statement": statements}, indent=1), "utf-8")

    return call


def findings(out: str) -> list[dict[str, Any]]:
    listed = json.loads(out)["findings"]
    assert isinstance(listed, list)
    return listed


def test_a_request_that_is_allowed_is_shown(run: Run, write: Write) -> None:
    write(
        allow(["cvm:Describe*", "cam:Attach*"]),
        deny("cam:Attach*", condition={"ip_not_equal": {"qcs:ip": "203.0.113.0/24"}}),
    )
    code, out, err = run(*FORBID_CAM)
    assert (code, err) == (1, "")
    assert (
        out
        == """\
error[CAM511] forbidden-access: "cam:Attach*" allows cam:AttachGroupPolicies, and cam:* is forbidden
  --> policy.json:8:5
   |
 8 |     "cam:Attach*"
   |     ^^^^^^^^^^^^^ allows what is forbidden
   = help: allow no more than is needed, or add a deny of "cam:*" without a condition
   = note: for example cam:AttachGroupPolicies with no resource, from 203.0.113.7
   = note: high confidence, documented at cloud.tencent.com/document/product/598/10605; camlint explain CAM511
Found 1 error in 1 policy
"""
    )


def test_the_circumstances_of_the_request_are_told(run: Run, write: Write) -> None:
    write(allow("*", condition={"ip_equal": {"qcs:ip": "203.0.113.0/24"}}))
    _, out, _ = run(*FORBID_CAM, "--format", "json")
    [one] = findings(out)
    assert one["severity"] == "error"
    assert one["witness"] == {
        "action": "cam:AddSubAccountCheckingMFA",
        "resource": "qcs::cam:::role/1",
        "context": {"qcs:ip": "203.0.113.7"},
    }


def test_a_deny_takes_it_away(run: Run, write: Write) -> None:
    write(allow("*"), deny("cam:*"))
    assert run(*FORBID_CAM) == (0, "No problems in 1 policy\n", "")


def test_a_condition_that_no_request_meets_takes_it_away(run: Run, write: Write) -> None:
    never = {"string_equal": {"qcs:uin": "1"}, "string_not_equal": {"qcs:uin": "1"}}
    write(allow("cam:*", condition=never))
    assert run(*FORBID_CAM)[0] == 0


def test_a_wildcard_that_only_reads_is_told_apart(run: Run, write: Write) -> None:
    write(allow("*", condition={"numeric_equal": {"qcs:except_cam_finance": 1}}))
    assert run(*FORBID_CAM)[0] == 0
    assert run("--forbid", "cvm:*", "--select", "CAM511")[0] == 1


def test_what_cannot_be_told_is_no_silence(run: Run, write: Write) -> None:
    write(allow("*"), deny("cam:*", condition={"string_equals": {"qcs:uin": "100012345678"}}))
    code, out, _ = run(*FORBID_CAM)
    assert code == 1
    assert out.startswith(
        "warning[CAM511] forbidden-access: whether this policy allows cam:*, which is forbidden, "
        "could not be told\n"
    )
    assert '"string_equals"' in out
    assert "^^^^^^^^^^^^^^^ no operator of CAM" in out
    assert "note: when this deny holds isn't known" in out


@pytest.mark.parametrize(
    ("statement", "label"),
    [
        (allow("permid/280649"), "can't be read"),
        (allow(["cam:Get*", "cam Add"]), "can't be read"),
        ({"action": "cam:*", "resource": "*"}, "can't be read"),
        (allow("cam:PassRole", "qcs::cam::uin/${OwnerUin}:roleName/a"), "may allow it"),
    ],
)
def test_doubts_are_pointed_at(
    run: Run, write: Write, statement: dict[str, object], label: str
) -> None:
    write(allow("cvm:*", "no resource"), statement)
    code, out, _ = run(*FORBID_CAM, "--min-severity", "warning")
    assert code == 1
    assert "could not be told" in out
    assert f"^ {label}" in out


def test_what_is_surely_about_something_else_is_no_doubt(run: Run, write: Write) -> None:
    write(allow("cvm:*", "no resource"), deny(["cos:*"], condition={"odd": {"qcs:ip": "1"}}))
    assert run(*FORBID_CAM)[0] == 0
    write({"effect": "allow", "action": "cvm:*", "resources": ["*"]})
    assert run(*FORBID_CAM)[0] == 0
    write({"effect": "allow", "action": "cvm:*", "Action": "cam:*"})
    assert run(*FORBID_CAM)[0] == 1


def test_a_policy_that_is_not_analysed_is_told_whatever_is_selected(run: Run, folder: Path) -> None:
    (folder / "policy.json").write_text('{"statement": "effect" "qcs::cos:::a/*" :', "utf-8")
    code, out, _ = run(*FORBID_CAM)
    assert code == 1
    assert "warning[CAM901] not-analysed" in out


def test_only_on_the_resources_that_are_named(run: Run, write: Write) -> None:
    write(allow("cos:*", "qcs::cos::uid/1250000000:photos-1250000000/*"))
    asked = ("--forbid", "cos:Delete*", "--on", MINE, "--select", "CAM511")
    assert run(*asked)[0] == 0
    write(allow("cos:*", "qcs::cos::uid/1250000000:*"))
    code, out, _ = run(*asked)
    assert code == 1
    assert f'"cos:*" allows cos:DeleteBucket on {MINE}, and cos:Delete* is forbidden' in out


def test_an_account_that_is_left_open_is_told(run: Run, write: Write) -> None:
    write(allow("cos:*", "qcs::cos::uid/1250000000:*"))
    _, out, _ = run("--forbid", "cos:*", "--on", "qcs::cos:::records-1250000000/*")
    assert "could not be told" in out
    assert "= help: name the account of the resource in --on as the policy has it" in out


def test_one_finding_for_all_that_a_policy_grants(run: Run, write: Write) -> None:
    write(allow("cos:*"), allow("sts:AssumeRole"), allow("permid/1"))
    asked = ("--forbid", "cam:*", "--forbid", "sts:*", "--forbid", "cos:Put*", "--select", "CAM511")
    _, out, _ = run(*asked, "--min-severity", "warning")
    assert out.count("CAM511] ") == 1
    assert "this policy allows sts:AssumeRole, and sts:* is forbidden" in out
    assert "cos:Put* is allowed as well; whether cam:* is allowed could not be told" in out


def test_every_statement_that_grants_it_is_underlined(run: Run, write: Write) -> None:
    write(allow("cam:Add*"), allow("cam:AddUser"))
    _, out, _ = run("--forbid", "cam:AddUser", "--select", "CAM511", "--format", "json")
    [one] = findings(out)
    assert one["pointer"] == "/statement/0/action"
    assert [(here["pointer"], here["message"]) for here in one["related"]] == [
        ("/statement/1/action", "allows it, too")
    ]


def test_sarif_has_the_rule_and_the_result(run: Run, write: Write) -> None:
    write(allow("*"))
    _, out, _ = run(*FORBID_CAM, "--format", "sarif")
    [only] = json.loads(out)["runs"]
    [result] = only["results"]
    assert (result["ruleId"], result["level"]) == ("CAM511", "error")
    assert result["message"]["text"].startswith('"*" allows cam:')
    assert only["tool"]["driver"]["rules"][result["ruleIndex"]]["name"] == "forbidden-access"


def test_nothing_is_asked_unasked(run: Run, write: Write) -> None:
    write(allow("cam:*"))
    assert "CAM511" not in run("--strict", "--format", "concise")[1]


def test_other_rules_run_as_ever(run: Run, write: Write) -> None:
    write(allow("cam:*"))
    _, out, _ = run("--forbid", "cam:*", "--format", "concise")
    assert "CAM511" in out
    assert "CAM701" in out
    assert "CAM701" not in run(*FORBID_CAM, "--format", "concise")[1]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--forbid", "cam"), '--forbid: "cam" is no action; write a service and an operation'),
        (("--forbid", "permid/1"), "is a set of actions whose contents aren't known"),
        (("--forbid", "cmm:*"), 'no service is called "cmm"; did you mean '),
        (("--forbid", "cam:adduser"), 'it is spelt "AddUser"; did you mean cam:AddUser?'),
        (("--forbid", "cam:Nothing*"), '"cam:Nothing*" forbids nothing that is known of cam'),
        (("--forbid", "cam:*", "--on", "bucket"), '--on: "bucket" is no resource; write "*", or'),
        (("--on", "*"), "--on says on which resources, and nothing is forbidden"),
        (("--forbid", "cam:*", "--ignore", "CAM5"), "--forbid asks for CAM511 and --ignore CAM5"),
        (("--no-public-access", "--ignore", "public-access"), "asks for CAM512 and --ignore"),
        (("--select", "cam511"), "--select cam511: CAM511 finds nothing until it is told"),
        (("--select", "public-access"), "use --no-public-access"),
    ],
)
def test_what_would_forbid_nothing_is_refused(
    run: Run, write: Write, arguments: tuple[str, ...], told: str
) -> None:
    write(allow("*"))
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert told in err


def test_a_prefix_may_take_in_rules_that_are_not_demanded(run: Run, write: Write) -> None:
    write(allow("cvm:DescribeInstances"))
    assert run("--select", "CAM5")[0] == 0


def test_what_the_catalogue_has_not_is_told_beside_the_report(run: Run, write: Write) -> None:
    write(allow("cvm:DescribeInstances"))
    code, _, err = run("--forbid", "brandnew:*", "--forbid", "cam:BrandNewThing")
    assert code == 0
    assert err == (
        'camlint: --forbid brandnew:*: the catalogue has no service "brandnew"; if CAM hasn\'t '
        "either, this forbids nothing\n"
        "camlint: --forbid cam:BrandNewThing: the catalogue has no action cam:BrandNewThing; if CAM "
        "hasn't either, this forbids nothing\n"
    )


def test_a_configuration_forbids_and_exempts(run: Run, write: Write, folder: Path) -> None:
    (folder / "camlint.toml").write_text(
        'select = ["CAM2"]\nforbid = ["cam:*"]\n\n'
        '[[overrides]]\npaths = ["admins/**"]\nforbid = []\n\n'
        '[[overrides]]\npaths = ["free/**"]\nignore = ["CAM511"]\n'
    )
    for name in ("policy.json", "admins/policy.json", "free/policy.json"):
        write(allow("cam:*"), name=name)
    told = "error[CAM511] forbidden-access: "
    _, out, _ = run("--format", "concise")
    assert [line.partition(":")[0] for line in out.splitlines()] == ["policy.json"]
    assert told in out
    _, out, _ = run("--format", "concise", "--forbid", "cam:Get*")
    assert [line.partition(":")[0] for line in out.splitlines()] == [
        "admins/policy.json",
        "policy.json",
        "policy.json",
    ]


def test_its_severity_is_the_users(run: Run, write: Write, folder: Path) -> None:
    (folder / "camlint.toml").write_text('forbid = ["cam:*"]\nseverity = { CAM511 = "note" }\n')
    write(allow("cam:GetUser"))
    code, out, _ = run("--format", "concise", "--select", "CAM2")
    assert (code, "note[CAM511]" in out) == (0, True)


def test_many_processes_say_the_same(run: Run, write: Write) -> None:
    for number in range(9):
        write(allow("cam:*" if number % 3 else "cvm:*"), name=f"{number}.json")
    one = run("--jobs", "1", "--forbid", "cam:*", "--format", "json")
    assert run("--jobs", "3", "--forbid", "cam:*", "--format", "json") == one


ANYONE = {"qcs": ["qcs::cam::anyone:anyone"]}
PHOTOS = "qcs::cos:ap-guangzhou:uid/1250000000:photos-1250000000/*"
PUBLIC = ("--no-public-access", "--select", "CAM512", "--min-severity", "warning")


def test_public_access_is_shown(run: Run, write: Write) -> None:
    write(allow(["cos:Get*"], PHOTOS, principal=ANYONE))
    code, out, _ = run(*PUBLIC)
    assert code == 1
    assert (
        out
        == """\
error[CAM512] public-access: cos:GetBucket is allowed to everybody, without a signature, and public access is forbidden
   --> policy.json:12:6
    |
  7 |     "cos:Get*"
    |     ---------- everybody may do this
...
 12 |      "qcs::cam::anyone:anyone"
    |      ^^^^^^^^^^^^^^^^^^^^^^^^^ everybody
    = help: name the users, roles or products that need access
    = note: for example cos:GetBucket on qcs::cos:ap-guangzhou:uid/1250000000:photos-1250000000/1, not signed by anybody
    = note: high confidence, documented at cloud.tencent.com/document/product/436/45235; camlint explain CAM512
Found 1 error in 1 policy
"""
    )


def test_a_deny_for_anyone_stops_only_unsigned_requests(run: Run, write: Write) -> None:
    write(
        allow("cos:GetObject", PHOTOS, principal=ANYONE),
        deny("cos:*", PHOTOS, principal=ANYONE),
    )
    _, out, _ = run(*PUBLIC)
    assert (
        "error[CAM512] public-access: cos:GetObject is allowed to every user of every account"
        in out
    )
    assert ", by qcs::cam::uin/100000000001:uin/100000000002" in out


def test_a_limit_makes_it_a_warning(run: Run, write: Write) -> None:
    limit = {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}
    write(allow("cos:GetObject", PHOTOS, principal=ANYONE, condition=limit))
    _, out, _ = run(*PUBLIC)
    assert (
        "warning[CAM512] public-access: cos:GetObject is allowed to everybody whom qcs:ip lets"
        in out
    )
    assert "not signed by anybody, from 203.0.113." in out


def test_named_people_and_products_are_not_everybody(run: Run, write: Write) -> None:
    for name, principal in {
        "users.json": {"qcs": ["qcs::cam::uin/100012345678:uin/100012345679"]},
        "account.json": {"qcs": ["qcs::cam::uin/100012345678:root"]},
        "product.json": {"service": ["cvm.qcloud.com"]},
    }.items():
        write({"effect": "allow", "action": "sts:AssumeRole", "principal": principal}, name=name)
    assert run(*PUBLIC)[0] == 0


@pytest.mark.parametrize(
    ("principal", "told"),
    [
        ({"qcs": ["qcs::cam::uin/*:root"]}, "whether qcs::cam::uin/*:root stands for everybody"),
        ({"qcs": [5]}, "whether this principal stands for everybody could not be told"),
    ],
)
def test_who_may_be_everybody_is_no_silence(
    run: Run, write: Write, principal: dict[str, object], told: str
) -> None:
    write({"effect": "allow", "action": "sts:AssumeRole", "principal": principal})
    code, out, _ = run(*PUBLIC)
    assert code == 1
    assert f"warning[CAM512] public-access: {told}" in out


def test_an_undecided_deny_is_no_silence(run: Run, write: Write) -> None:
    write(
        allow("cos:GetObject", PHOTOS, principal="*"),
        deny("cos:GetObject", PHOTOS, principal={"qcs": ["*"]}),
    )
    _, out, _ = run(*PUBLIC)
    assert "warning[CAM512] public-access: whether anything here keeps everybody out" in out


def test_it_speaks_for_the_rule_that_judges_by_looks(run: Run, write: Write) -> None:
    write(allow("cos:PutObject", PHOTOS, principal=ANYONE))
    assert "CAM402" in run("--format", "concise")[1]
    _, out, _ = run("--format", "concise", "--no-public-access")
    assert "CAM512" in out
    assert "CAM402" not in out


def test_policies_for_whoever_they_are_attached_to_are_not_public(run: Run, write: Write) -> None:
    write(allow("cos:PutObject", PHOTOS))
    assert run(*PUBLIC)[0] == 0


def test_a_website_is_exempted(run: Run, write: Write, folder: Path) -> None:
    (folder / "camlint.toml").write_text(
        'no-public-access = true\n[[overrides]]\npaths = ["website/**"]\nno-public-access = false\n'
    )
    for name in ("policy.json", "website/policy.json"):
        write(allow("cos:GetObject", PHOTOS, principal=ANYONE), name=name)
    _, out, _ = run("--format", "concise", "--select", "CAM512")
    assert [line.partition(":")[0] for line in out.splitlines()] == ["policy.json"]
