"""One request decided: what people read, what programs get, and what ends without an answer."""

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from camlint.access.answer import Request
from camlint.tasks.replay import can_arguments, can_command

Run = Callable[..., tuple[int, str, str]]
Write = Callable[..., str]
Document = dict[str, Any]
Decide = Callable[..., Document]

pytestmark = pytest.mark.usefixtures("small_catalogue")

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "can.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = pytest.importorskip("jsonschema").Draft202012Validator(SCHEMA)
ROOM = "qcs::trtc::uin/100032145678:sdkappid/1400618273"
OTHER = "qcs::trtc::uin/100032145678:sdkappid/1400618274"
VM = "qcs::cvm:ap-guangzhou:uin/100032145678:instance/ins-1"


def allow(action: object, resource: object = "*", **more: object) -> dict[str, object]:
    return {"effect": "allow", "action": action, "resource": resource, **more}


def deny(action: object, resource: object = "*", **more: object) -> dict[str, object]:
    return {"effect": "deny", "action": action, "resource": resource, **more}


@pytest.fixture
def write(folder: Path) -> Write:
    """Writes a policy of some statements to a file."""

    def make(name: str, *statements: dict[str, object]) -> str:
        document = {"version": "2.0", "statement": list(statements)}
        (folder / name).write_text(json.dumps(document, indent=2), "utf-8")
        return name

    return make


@pytest.fixture
def decide(run: Run) -> Decide:
    """Runs can with --format json and returns the document, which its schema allows."""

    def call(*arguments: str, code: int | None = None) -> Document:
        exit_code, out, err = run("can", *arguments, "--format", "json")
        assert out, err
        document: Document = json.loads(out)
        VALIDATOR.validate(document)
        assert exit_code == (0 if document["decision"] == "allow" else 1)
        assert code in (None, exit_code)
        return document

    return call


def test_the_schema_is_one() -> None:
    VALIDATOR.check_schema(SCHEMA)
    assert not VALIDATOR.is_valid({"version": 1, "decision": "allow"})


TRTC = """\
{
  "version": "2.0",
  "statement": [
    {
      "effect": "allow",
      "action": ["trtc:DescribeRoomInfo", "trtc:DismissRoom"],
      "resource": ["qcs::trtc::uin/100032145678:sdkappid/1400618273"]
    },
    {
      "effect": "deny",
      "action": ["trtc:Dis*"],
      "resource": ["qcs::trtc::uin/100032145678:sdkappid/1400618273"]
    }
  ]
}
"""

ALLOWED = f"""\
allowed: statement 1 of trtc.json allows trtc:DescribeRoomInfo on {ROOM}
  --> trtc.json:6:18 /statement/0/action/0
   |
 6 |       "action": ["trtc:DescribeRoomInfo", "trtc:DismissRoom"],
   |                  ^^^^^^^^^^^^^^^^^^^^^^^ allows it
 7 |       "resource": ["{ROOM}"]
   |                    -------------------------------------------------
"""
DENIED = f"""\
denied: statement 2 of trtc.json denies trtc:DismissRoom on {ROOM}
   --> trtc.json:11:18 /statement/1/action/0
    |
 11 |       "action": ["trtc:Dis*"],
    |                  ^^^^^^^^^^^ denies it
 12 |       "resource": ["{ROOM}"]
    |                    -------------------------------------------------

without that, statement 1 of trtc.json would allow it
"""
MISSED = f"""\
not allowed: no statement of trtc.json allows trtc:DescribeRoomInfo on {OTHER}

nearest: statement 1 of trtc.json would allow it if the resource were sdkappid/1400618273
  --> trtc.json:7:49 /statement/0/resource/0
   |
 7 |       "resource": ["{ROOM}"]
   |                                                 ^^^^^^^^^^^^^^^^^^^ another resource
   = allowed: camlint can trtc.json --action trtc:DescribeRoomInfo --resource {ROOM}
"""


@pytest.fixture
def trtc(folder: Path) -> str:
    """A policy with an allow and a deny that takes a part of it back."""
    (folder / "trtc.json").write_text(TRTC, "utf-8")
    return "trtc.json"


@pytest.mark.parametrize(
    ("action", "resource", "code", "shown"),
    [
        ("trtc:DescribeRoomInfo", ROOM, 0, ALLOWED),
        ("trtc:DismissRoom", ROOM, 1, DENIED),
        ("trtc:DescribeRoomInfo", OTHER, 1, MISSED),
    ],
)
def test_what_people_read(
    run: Run, trtc: str, action: str, resource: str, code: int, shown: str
) -> None:
    assert run("can", trtc, "--action", action, "--resource", resource) == (code, shown, "")


def test_the_action_may_have_its_prefix(run: Run, trtc: str) -> None:
    asked = ("--action", "name/trtc:DescribeRoomInfo", "--resource", ROOM)
    assert run("can", trtc, *asked) == (0, ALLOWED, "")


def test_standard_input(run: Run) -> None:
    asked = ("--action", "trtc:DescribeRoomInfo", "--resource", ROOM)
    shown = ALLOWED.replace("trtc.json", "<stdin>")
    assert run("can", "-", *asked, stdin=TRTC) == (0, shown, "")


def test_json(decide: Decide, trtc: str) -> None:
    document = decide(trtc, "--action", "trtc:DismissRoom", "--resource", ROOM)
    statement = {
        "path": "trtc.json",
        "policy": "",
        "pointer": "/statement/1",
        "effect": "deny",
        "layer": "policy",
        "line": 9,
    }
    allowing = {**statement, "pointer": "/statement/0", "effect": "allow", "line": 4}
    assert document == {
        "version": 1,
        "decision": "explicit-deny",
        "statements": [statement],
        "depends_on": [],
        "allowed": "no",
        "message": DENIED.splitlines()[0],
        "request": {
            "action": "trtc:DismissRoom",
            "resource": ROOM,
            "context": {},
            "unknown": [],
        },
        "layers": [
            {
                "layer": "policy",
                "paths": ["trtc.json"],
                "decision": "explicit-deny",
                "statements": [statement],
            }
        ],
        "doubts": [],
        "nearest": [],
        "without_denies": {
            "decision": "allow",
            "statements": [allowing],
            "allowed_with": [],
        },
    }


def test_several_policies_are_pooled(decide: Decide, write: Write, trtc: str) -> None:
    more = write("more.json", allow("trtc:CreatePicture", ROOM))
    asked = ("--action", "trtc:CreatePicture", "--resource", ROOM)
    assert decide(trtc, *asked)["decision"] == "implicit-deny"
    document = decide(trtc, more, *asked)
    assert document["decision"] == "allow"
    assert [one["path"] for one in document["statements"]] == ["more.json"]
    assert document["layers"][0]["paths"] == ["more.json", "trtc.json"]


def test_all_policies_of_a_file_are_the_principals(run: Run, folder: Path) -> None:
    policies = [
        {"version": "2.0", "statement": [allow("trtc:*", ROOM)]},
        {"version": "2.0", "statement": [deny("trtc:DismissRoom")]},
    ]
    (folder / "two.json").write_text(json.dumps(policies), "utf-8")
    code, out, _ = run("can", "two.json", "--action", "trtc:DismissRoom", "--resource", ROOM)
    assert code == 1
    assert out.startswith("denied: statement 1 of two.json at /1 denies trtc:DismissRoom on ")
    assert "without that, statement 1 of two.json at /0 would allow it" in out


class TestBounds:
    """Permission boundaries and SCPs: each must allow, and none grants anything."""

    asked = ("--action", "trtc:DescribeRoomInfo", "--resource", ROOM)

    def test_allowed_within_both(self, run: Run, trtc: str, write: Write) -> None:
        boundary = write("boundary.json", allow("trtc:Describe*"))
        scp = write("scp.json", allow("*"))
        code, out, err = run(
            "can", trtc, *self.asked, "--boundary", boundary, "--scp", scp, "--scp", scp
        )
        assert (code, err) == (0, "")
        assert out.splitlines()[0] == (
            f"{ALLOWED.splitlines()[0]}, within the permission boundary boundary.json, the SCP "
            "scp.json and the SCP scp.json"
        )

    def test_a_boundary_grants_nothing(self, decide: Decide, write: Write) -> None:
        policy, boundary = write("p.json", allow("cdb:*")), write("b.json", allow("*"))
        document = decide(policy, *self.asked, "--boundary", boundary)
        assert document["decision"] == "implicit-deny"
        assert [one["decision"] for one in document["layers"]] == ["implicit-deny", "allow"]

    def test_a_boundary_that_is_silent_refuses(self, run: Run, trtc: str, write: Write) -> None:
        boundary = write("b.json", allow("cdb:*"))
        code, out, _ = run("can", trtc, *self.asked, "--boundary", boundary)
        assert code == 1
        assert out == (
            f"not allowed: statement 1 of trtc.json allows trtc:DescribeRoomInfo on {ROOM}, but "
            "nothing in the permission boundary b.json does\n\n"
            "no allow of the permission boundary b.json is about trtc; they are about cdb\n"
        )

    @pytest.mark.parametrize(
        ("levels", "decision"),
        [
            ((allow("*"), allow("trtc:*")), "allow"),
            ((allow("*"), allow("cdb:*")), "implicit-deny"),
            ((allow("*"), deny("trtc:*")), "explicit-deny"),
            ((allow("cdb:*"), deny("trtc:*")), "explicit-deny"),
        ],
    )
    def test_every_level_must_allow(
        self,
        decide: Decide,
        trtc: str,
        write: Write,
        levels: tuple[dict[str, object], ...],
        decision: str,
    ) -> None:
        options = []
        for number, level in enumerate(levels):
            options += ["--scp", write(f"scp{number}.json", level)]
        assert decide(trtc, *self.asked, *options)["decision"] == decision

    def test_the_layer_that_refuses_is_named(self, run: Run, trtc: str, write: Write) -> None:
        scp = write("scp.json", allow("*"), deny("trtc:DescribeRoomInfo"))
        _, out, _ = run("can", trtc, *self.asked, "--scp", scp)
        assert out.startswith("denied: statement 2 of the SCP scp.json denies trtc:Describe")
        assert out.endswith(
            "without that, statement 1 of trtc.json and statement 1 of the SCP scp.json would "
            "allow it\n"
        )


class TestNearest:
    """What comes nearest to allowing a request that nothing allows."""

    def nearest(self, decide: Decide, *arguments: str) -> list[str]:
        document = decide(*arguments)
        assert document["decision"] == "implicit-deny"
        return [one["message"] for one in document["nearest"]]

    def test_another_action_of_the_service(self, decide: Decide, write: Write) -> None:
        policy = write("p.json", allow(["trtc:Describe*"], ROOM))
        asked = ("--action", "trtc:DismissRoom", "--resource", ROOM)
        assert self.nearest(decide, policy, *asked) == [
            "statement 1 of p.json would allow it if the action were one of trtc:Describe*"
        ]

    def test_an_action_in_another_case(self, decide: Decide, write: Write) -> None:
        policy = write("p.json", allow(["trtc:DismissRoom", "trtc:CreatePicture"], ROOM))
        asked = ("--action", "trtc:dismissRoom", "--resource", ROOM)
        assert self.nearest(decide, policy, *asked) == [
            "statement 1 of p.json would allow it if the action were trtc:DismissRoom"
        ]

    @pytest.mark.parametrize(
        ("resource", "clause"),
        [
            (VM.replace("guangzhou", "shanghai"), "the region were ap-guangzhou"),
            (VM.replace("100032145678", "100000000009"), "the account were uin/100032145678"),
            (VM.replace("qcs::cvm", "qcs::cdb"), "the service were cvm"),
            (VM.replace("ins-1", "ins-2"), "the resource were instance/ins-1"),
            (
                VM.replace("guangzhou", "shanghai").replace("ins-1", "ins-2"),
                f"the resource were {VM}",
            ),
        ],
    )
    def test_which_segment_differs(
        self, decide: Decide, write: Write, resource: str, clause: str
    ) -> None:
        policy = write("p.json", allow("cvm:StartInstances", [VM]))
        asked = ("--action", "cvm:StartInstances", "--resource", resource)
        assert self.nearest(decide, policy, *asked) == [
            f"statement 1 of p.json would allow it if {clause}"
        ]

    def test_a_resource_that_was_not_given(self, run: Run, decide: Decide, write: Write) -> None:
        policy = write("p.json", allow("trtc:DismissRoom", ROOM))
        assert self.nearest(decide, policy, "--action", "trtc:DismissRoom") == [
            f"statement 1 of p.json would allow it if it were about {ROOM}"
        ]
        assert "is resource-level" in run("can", policy, "--action", "trtc:DismissRoom")[2]

    def test_an_operation_level_action_on_six_segments(self, decide: Decide, write: Write) -> None:
        policy = write("p.json", allow("trtc:CreateCloudSliceTask", ROOM))
        assert self.nearest(decide, policy, "--action", "trtc:CreateCloudSliceTask") == [
            'statement 1 of p.json allows trtc:CreateCloudSliceTask, but not on "*", and CAM asks '
            "about it without a resource, which nothing else matches"
        ]

    def test_what_misses_less_comes_first_and_there_are_three_at_most(
        self, decide: Decide, write: Write
    ) -> None:
        far = VM.replace("guangzhou", "beijing").replace("ins-1", "ins-9")
        policy = write(
            "p.json",
            allow("cvm:StopInstances", VM),
            *(allow("cvm:StartInstances", far) for _ in range(3)),
            allow("cvm:StartInstances", VM),
        )
        asked = VM.replace("ins-1", "ins-2")
        found = decide(policy, "--action", "cvm:StartInstances", "--resource", asked)["nearest"]
        assert [one["statement"]["pointer"] for one in found] == [
            "/statement/4",
            "/statement/1",
            "/statement/2",
        ]
        assert [len(one["missing"][0]["segments"]) for one in found] == [1, 2, 2]

    def test_somebody_else(self, decide: Decide, write: Write) -> None:
        user = "qcs::cam::uin/100032145678:uin/100032145999"
        bucket = "qcs::cos:ap-shanghai:uid/1253817264:exhibits-1253817264/*"
        statement = allow("name/cos:GetObject", [bucket], principal={"qcs": [user]})
        policy = write("bucket.json", statement)
        asked = ("--action", "cos:GetObject", "--resource", bucket.replace("*", "a"))
        assert self.nearest(decide, policy, *asked, "--principal", "anonymous") == [
            f"statement 1 of bucket.json would allow it if it came from {user}"
        ]
        who = ("--principal", "uin/100032145678:uin/100032145999")
        assert decide(policy, *asked, *who)["decision"] == "allow"

    def test_what_another_layer_still_refuses_is_no_way_out(
        self, run: Run, decide: Decide, trtc: str, write: Write
    ) -> None:
        boundary = write("b.json", allow("trtc:DescribeRoomInfo", OTHER))
        asked = (trtc, "--action", "trtc:DescribeRoomInfo", "--resource", ROOM)
        (found,) = decide(*asked, "--boundary", boundary)["nearest"]
        assert not found["allowed"]
        assert found["message"].endswith("though something else still refuses it then")
        assert "= allowed" not in run("can", *asked, "--boundary", boundary)[1]

    def test_each_command_that_is_offered_is_allowed(self, run: Run, write: Write) -> None:
        policy = write(
            "p.json",
            allow("cvm:StartInstances", [VM, VM.replace("ins-1", "disk/*")]),
            allow(["cvm:Start*"], "qcs::cvm:ap-shanghai::*"),
            deny("cvm:*", VM.replace("ins-1", "ins-3")),
        )
        asked = VM.replace("ap-guangzhou", "ap-beijing").replace("ins-1", "ins-3")
        _, out, _ = run("can", policy, "--action", "cvm:StartInstances", "--resource", asked)
        offered = [line.partition("= allowed: ")[2] for line in out.splitlines()]
        commands = [shlex.split(one) for one in offered if one]
        assert commands
        for _, *words in commands:
            assert run(*words)[0] == 0


class TestUndecided:
    """What can't be told is never taken for allowed."""

    def test_a_statement_that_cannot_be_read_whole(
        self, run: Run, decide: Decide, write: Write
    ) -> None:
        policy = write("p.json", allow("trtc:*"), deny("trtc:DismissRoom", []))
        asked = ("--action", "trtc:DescribeRoomInfo", "--resource", ROOM)
        document = decide(policy, *asked, code=1)
        assert (document["decision"], document["allowed"]) == ("depends", "undecided")
        _, out, _ = run("can", policy, *asked)
        assert "statement 2 of p.json would deny it, but it can't be read whole" in out

    def test_an_account_that_may_be_the_owners(
        self, run: Run, decide: Decide, folder: Path, write: Write
    ) -> None:
        policy = write("p.json", allow("cvm:StartInstances", "qcs::cvm:::instance/*"))
        asked = (policy, "--action", "cvm:StartInstances", "--resource")
        document = decide(*asked, VM)
        assert (document["decision"], document["doubts"][0]["why"]) == ("depends", ["account"])
        _, out, _ = run("can", *asked, VM)
        assert "leave it empty if it is, or name it under accounts in camlint.toml" in out
        own = VM.replace("uin/100032145678", "")
        assert decide(*asked, own)["decision"] == "allow"
        (folder / "camlint.toml").write_text('accounts = ["100032145678"]\n', "utf-8")
        assert decide(*asked, VM)["decision"] == "allow"
        assert decide(*asked, VM, "--no-config")["decision"] == "depends"

    def test_what_is_no_statement(self, run: Run, folder: Path) -> None:
        document = {"version": "2.0", "statement": [allow("trtc:*"), "deny everything"]}
        (folder / "p.json").write_text(json.dumps(document), "utf-8")
        code, out, _ = run("can", "p.json", "--action", "trtc:DescribeRoomInfo")
        assert code == 1
        assert "p.json holds something that is no statement" in out

    @pytest.mark.parametrize(
        ("name", "told"),
        [
            ("missing.json", "missing.json can't be read: No such file or directory"),
            ("foreign.json", "foreign.json holds no policy"),
            ("lacking.json", "lacking.json is left out: it is not JSON"),
        ],
    )
    @pytest.mark.parametrize("option", ["", "--boundary", "--scp"])
    def test_no_answer_without_all_policies(
        self, run: Run, policies: Path, name: str, told: str, option: str
    ) -> None:
        lacking = (policies / "clean.json").read_text("utf-8").replace('"trtc:RemoveUser"', "...")
        (policies / "lacking.json").write_text(lacking, "utf-8")
        words = ["clean.json", *([option] if option else []), name]
        asked = ("--action", "trtc:DismissRoom", "--resource", ROOM)
        code, out, err = run("can", *words, *asked)
        assert (code, out) == (2, "")
        assert told in err
        assert "an answer without it could be wrong" in err

    def test_too_many_patterns(self, run: Run, trtc: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("camlint.access.question.BUDGET", 0)
        code, out, err = run("can", trtc, "--action", "trtc:DismissRoom", "--resource", ROOM)
        assert (code, out) == (2, "")
        assert err == "camlint: these policies have too many patterns for an answer\n"

    def test_no_policy_at_all(self, run: Run, folder: Path) -> None:
        (folder / "empty").mkdir()
        code, out, err = run("can", "empty", "--action", "trtc:DismissRoom")
        assert (code, out) == (2, "")
        assert err.endswith("there is no policy in empty, so there is nothing to ask\n")


class TestRemarks:
    """What is decided all the same, with a word on standard error."""

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["--action", "trtc:DismisRoom"], 'did you mean "trtc:DismissRoom"?'),
            (["--action", "trtcc:DismissRoom"], 'did you mean "trtc"?'),
            (["--action", "trtc:Unheard"], "the public catalogue is partial"),
            (
                ["--action", "trtc:DismissRoom"],
                "is resource-level: CAM asks about it with the resource, such as --resource "
                "'qcs::trtc::uin/${uin}:sdkappid/${sdkappid}'",
            ),
            (
                ["--action", "trtc:CreateCloudSliceTask", "--resource", ROOM],
                'is operation-level: CAM asks about it with "*"',
            ),
            (
                ["--action", "cvm:DescribeInstances", "--context", "qcs:ipp=10.1.2.3"],
                'no statement has a condition on "qcs:ipp", so it changes nothing; did you mean '
                '"qcs:ip"?',
            ),
            (
                ["--action", "cvm:DescribeInstances", "--principal", "uin/1"],
                "no policy says who may ask, so --principal changes nothing",
            ),
        ],
    )
    def test_remarks(self, run: Run, write: Write, arguments: list[str], told: str) -> None:
        code, out, err = run("can", write("p.json", allow("*")), *arguments)
        assert code == 0
        assert out.startswith("allowed: statement 1 of p.json allows ")
        assert told in err

    def test_nothing_is_odd_about_the_resource_of_a_role(self, run: Run, write: Write) -> None:
        trust = {
            "effect": "allow",
            "action": "sts:AssumeRole",
            "principal": {"service": ["scf.qcloud.com"]},
        }
        asked = ("--action", "sts:AssumeRole", "--principal", "scf.qcloud.com")
        code, _, err = run("can", write("role.json", trust), *asked)
        assert (code, "level" in err) == (0, False)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "say what is asked for"),
        (["--action", "cvm:*"], '"cvm:*" is a pattern'),
        (["--action", "StartInstances"], "write service:Operation"),
        (["--action", "permid/1"], "old set of actions"),
        (["--action", "trtc:DismissRoom", "--resource", "qcs::trtc:a:b"], "has 5 segments"),
        (["--action", "trtc:DismissRoom", "--resource", "arn:x"], "is no resource"),
        (["--action", "cvm:StartInstances", "--resource", "qcs::cvm:*::*"], 'can\'t be "*"'),
        (["--action", "cvm:StartInstances", "--resource", "qcs:::::x/1"], "names no service"),
        (["--action", "cvm:StartInstances", "--context", "qcs:ip"], "has no value"),
        (["--action", "cvm:StartInstances", "--context", "qcs:ip=here"], "is one address"),
        (["--action", "cvm:StartInstances", "--context", "qcs:ip=10.0.0.0/8"], "is one address"),
        (["--action", "cvm:StartInstances", "--principal", "me"], "nobody that a policy can name"),
        (["--action", "cvm:StartInstances", "--principal", "*"], "is everybody"),
        (
            ["--action", "a:B", "--context", "qcs:ip=10.0.0.1", "--unknown", "qcs:ip"],
            "given by --context and left open by --unknown",
        ),
        (["--all", "--action", "cvm:StartInstances"], "leave one of them out"),
        (["--action", "cvm:StartInstances", "--service", "cvm"], "add --all"),
        (["--all", "--service", "cvmm"], 'did you mean "cvm"?'),
        (["--action", "a:B", "--format", "yaml"], '"yaml" is none of text, json'),
    ],
)
def test_wrong_usage(run: Run, write: Write, arguments: list[str], told: str) -> None:
    code, out, err = run("can", write("p.json", allow("*")), *arguments)
    assert (code, out) == (2, "")
    assert told in err
    assert "defect" not in err


def test_who_asks_must_be_said_where_policies_name_somebody(run: Run, write: Write) -> None:
    trust = {
        "effect": "allow",
        "action": "sts:AssumeRole",
        "principal": {"service": ["scf.qcloud.com"]},
    }
    code, out, err = run("can", write("role.json", trust), "--action", "sts:AssumeRole")
    assert (code, out) == (2, "")
    assert "role.json says who may ask, so say who does with --principal" in err
    assert err.endswith("it names scf.qcloud.com\n")


def test_policies_of_two_sorts(run: Run, write: Write) -> None:
    user = "qcs::cam::uin/100032145678:uin/100032145999"
    bucket = write("bucket.json", allow("cos:GetObject", "*", principal={"qcs": [user]}))
    own = write("own.json", allow("cvm:*"))
    asked = ("--action", "cvm:DescribeInstances", "--principal", user)
    code, out, err = run("can", own, bucket, *asked)
    assert (code, out.startswith("depends: ")) == (1, True)
    assert "camlint: own.json names nobody, and is pooled with policies that do" in err
    assert run("can", own, *asked)[0] == 0


def test_a_policy_cannot_act_on_the_terminal(run: Run, write: Write) -> None:
    policy = write("p.json", allow("trtc:*", "qcs::trtc::uin/1:sdkappid/\x1b[31m"))
    code, out, _ = run("can", policy, "--action", "trtc:DismissRoom", "--resource", ROOM)
    assert code == 1
    assert "\x1b" not in out


def test_requests_come_back_as_they_were_asked() -> None:
    request = Request(
        "cos:GetObject",
        "qcs::cos:ap-shanghai:uid/1:b-1/it's a file",
        "anonymous",
        {"qcs:resource_tag": ("a&b", "c&d"), "qcs:ip": ("10.0.0.1",)},
        frozenset({"mfa"}),
    )
    assert can_arguments(request) == [
        *("--action", "cos:GetObject"),
        *("--resource", "qcs::cos:ap-shanghai:uid/1:b-1/it's a file"),
        *("--principal", "anonymous"),
        *("--context", "qcs:ip=10.0.0.1"),
        *("--context", "qcs:resource_tag=a&b"),
        *("--context", "qcs:resource_tag=c&d"),
        *("--unknown", "mfa"),
    ]
    command = can_command(request, ["my policy.json"])
    assert shlex.split(command) == ["camlint", "can", "my policy.json", *can_arguments(request)]
    dashed = Request("a:B", "*", None, {"-k": ("v",)})
    assert can_arguments(dashed)[-1] == "--context=-k=v"


ALL = """\
p.json allows at least 7 known actions of 2 services; of 3 more it can't be told

  service  list  read  write  permissions  tagging  resources  of these
  cdb      -     -     -      -            -        -          3 more undecided
  cvm      -     1     1      -            -        "*"        1 partly denied, 2 under conditions
  trtc     1     1     3      -            -        "*"        1 partly denied
statement 4 of p.json can't be read whole and may allow more; `camlint check` shows why
"""
NAMED = """\
p.json allows at least 5 known actions of 1 service

trtc, Tencent Real-Time Communication (TRTC)
  list   DescribeAppStatList
         on "*"; by statement 1 of p.json
  read   DescribeRoomInfo
         on "*"; by statement 1 of p.json
  write  CreateCloudSliceTask, CreatePicture
         on "*"; by statement 1 of p.json
         DismissRoom
         on "*"; by statement 1 of p.json; partly denied by statement 3 of p.json
statement 4 of p.json can't be read whole and may allow more; `camlint check` shows why
"""


class TestAll:
    """All that policies allow, in known actions."""

    @pytest.fixture
    def policy(self, write: Write) -> str:
        return write(
            "p.json",
            allow(["trtc:*"]),
            allow("cvm:*", condition={"ip_equal": {"qcs:ip": "10.0.0.0/8"}}),
            deny(["trtc:DismissRoom", "cvm:Start*"], [ROOM, VM]),
            allow("cdb:*", []),
            deny("trtc:CreateTrtcApp"),
        )

    def test_counts(self, run: Run, policy: str) -> None:
        assert run("can", policy, "--all") == (0, ALL, "")

    def test_names(self, run: Run, policy: str) -> None:
        assert run("can", policy, "--all", "--service", "trtc") == (0, NAMED, "")
        _, out, _ = run("can", policy, "--all", "-v")
        assert NAMED.partition("\n\n")[2] in out
        assert (
            '  read   DescribeInstances\n         on "*"; if qcs:ip is in 10.0.0.0/8; by statement '
            "2 of p.json\n"
        ) in out

    def test_json(self, run: Run, policy: str) -> None:
        code, out, _ = run("can", policy, "--all", "--format", "json", "--service", "cvm")
        assert code == 0
        document = json.loads(out)
        VALIDATOR.validate(document)
        (service,) = document["services"]
        assert (document["at_least"], service["service"]) == (2, "cvm")
        assert service["levels"]["write"] == [
            {
                "actions": ["cvm:StartInstances"],
                "resources": ["*"],
                "conditions": ["qcs:ip is in 10.0.0.0/8"],
                "conditional": True,
                "undecided": False,
                "allowed_by": [
                    {
                        "path": "p.json",
                        "policy": "",
                        "pointer": "/statement/1",
                        "effect": "allow",
                    }
                ],
                "denied_by": [
                    {"path": "p.json", "policy": "", "pointer": "/statement/2", "effect": "deny"}
                ],
            }
        ]

    def test_too_much_to_look_at(
        self, run: Run, policy: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("camlint.tasks.permissions.EFFORT", 1)
        code, out, _ = run("can", policy, "--all")
        assert code == 0
        assert out.startswith("p.json may allow 11 known actions of 3 services, which can't be")
        assert "there was too much to look at, so some of it is undecided" in out

    def test_what_cannot_be_told(self, run: Run, write: Write) -> None:
        policy = write("p.json", allow("cdb:*", []))
        assert run("can", policy, "--all")[1].splitlines()[0] == (
            "p.json may allow 3 known actions of 1 service, which can't be told"
        )

    def test_nothing(self, run: Run, write: Write) -> None:
        policy = write("p.json", allow("cvm:*"), deny("*"))
        assert run("can", policy, "--all") == (
            0,
            "p.json allows no known action; the public catalogue is partial\n",
            "",
        )


class TestConditions:
    """Requests with circumstances, without them, and with some left open."""

    asked = ("--action", "trtc:DismissRoom", "--resource", ROOM)

    @pytest.fixture
    def office(self, write: Write) -> str:
        return write(
            "p.json",
            allow(
                "trtc:*",
                ROOM,
                condition={
                    "ip_equal": {"qcs:ip": ["10.0.0.0/8", "2001:db8::/32"]},
                    "date_less_than": {"qcs:current_time": "2026-12-31T00:00:00Z"},
                },
            ),
        )

    inside = ("--context", "qcs:ip=10.1.2.3", "--context", "qcs:current_time=2026-01-31T08:00:00Z")

    def test_they_hold(self, decide: Decide, office: str) -> None:
        document = decide(office, *self.asked, *self.inside)
        assert document["decision"] == "allow"
        assert document["request"]["context"] == {
            "qcs:current_time": "2026-01-31T08:00:00Z",
            "qcs:ip": "10.1.2.3",
        }

    def test_what_would_satisfy_them(self, decide: Decide, office: str) -> None:
        outside = ("--context", "qcs:ip=8.8.8.8", *self.inside[2:])
        (found,) = decide(office, *self.asked, *outside)["nearest"]
        assert found["message"] == (
            "statement 1 of p.json would allow it if qcs:ip were in 10.0.0.0/8 or 2001:db8::/32"
        )
        assert found["missing"] == [
            {
                "lack": "condition",
                "pointers": ["/statement/0/condition/ip_equal/qcs:ip"],
                "key": "qcs:ip",
                "segments": [],
            }
        ]
        assert found["request"]["context"]["qcs:ip"] == "10.0.0.1"

    def test_keys_that_are_absent(self, run: Run, office: str) -> None:
        _, out, _ = run("can", office, *self.asked)
        assert out.splitlines()[2] == (
            "nearest: statement 1 of p.json would allow it if it came with qcs:ip in 10.0.0.0/8 or "
            "2001:db8::/32 and with qcs:current_time before 2026-12-31T00:00:00Z"
        )
        (offered,) = (line for line in out.splitlines() if "= allowed: " in line)
        _, *words = shlex.split(offered.partition("= allowed: ")[2])
        assert run(*words)[0] == 0

    def test_left_open(self, run: Run, decide: Decide, office: str) -> None:
        asked = (*self.asked, *self.inside[2:], "--unknown", "qcs:ip")
        document = decide(office, *asked)
        assert (document["decision"], document["depends_on"]) == ("depends", ["qcs:ip"])
        (doubt,) = document["doubts"]
        assert doubt["why"] == ["condition"]
        assert doubt["pointers"] == ["/statement/0/condition/ip_equal/qcs:ip"]
        _, out, _ = run("can", office, *asked)
        assert out.startswith(
            f"depends on qcs:ip: trtc:DismissRoom on {ROOM} may be allowed or not"
        )
        assert "statement 1 of p.json would allow it if qcs:ip is in 10.0.0.0/8 or 2001:" in out

    def test_sets(self, decide: Decide, write: Write) -> None:
        tagged = {"for_any_value:string_equal": {"qcs:resource_tag/a": ["x", "y"]}}
        policy = write("p.json", allow("trtc:*", ROOM, condition=tagged))
        one, two = ("--context", "qcs:resource_tag/a=z"), ("--context", "qcs:resource_tag/a=y")
        assert decide(policy, *self.asked, *one)["decision"] == "implicit-deny"
        document = decide(policy, *self.asked, *one, *two)
        assert document["decision"] == "allow"
        assert document["request"]["context"] == {"qcs:resource_tag/a": ["z", "y"]}

    def test_a_way_past_a_deny(self, run: Run, decide: Decide, write: Write) -> None:
        office = {"ip_not_equal_if_exist": {"qcs:ip": "10.0.0.0/8"}}
        policy = write("p.json", allow("trtc:*", ROOM), deny("trtc:*", condition=office))
        past = decide(policy, *self.asked, *self.inside[2:])["without_denies"]
        assert past["decision"] == "allow"
        assert [one["context"]["qcs:ip"] for one in past["allowed_with"]] == ["10.0.0.1"]
        _, out, _ = run("can", policy, *self.asked, "--context", "qcs:ip=8.8.8.8")
        assert "\nit would be allowed if qcs:ip were 10.0.0.1, say\n   = allowed: camlint " in out

    def test_only_actions_that_read(self, decide: Decide, write: Write) -> None:
        reading = {"numeric_equal": {"qcs:read_only_action": 1}}
        policy = write("p.json", allow("*", condition=reading))
        read = ("--action", "trtc:DescribeRoomInfo", "--resource", ROOM)
        assert decide(policy, *read)["decision"] == "allow"
        (found,) = decide(policy, *self.asked)["nearest"]
        assert found["message"] == (
            "statement 1 of p.json would allow it if the action were one that reads"
        )
        assert found["request"]["action"] == "trtc:DescribeAppStatList"
