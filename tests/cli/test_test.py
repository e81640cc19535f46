"""Expectations run from the command line: what passes, what fails and why, what can't be run."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("small_catalogue")

APP = "qcs::trtc::uin/100032145678:sdkappid/1400618273"
OTHER = "qcs::trtc::uin/100032145678:sdkappid/1400618274"
POLICY = f"""{{
  "version": "2.0",
  "statement": [
    {{"effect": "allow", "action": ["trtc:DismissRoom", "trtc:DescribeRoomInfo"],
      "resource": ["{APP}", "{OTHER}"]}},
    {{"effect": "deny", "action": "trtc:DismissRoom", "resource": "{APP}"}}
  ]
}}
"""
HEAD = 'policy = "rooms.json"\n'
MET = f"""{HEAD}
[[cases]]
name = "production"
can = "trtc:DescribeRoomInfo"
cannot = "trtc:DismissRoom"
resource = "{APP}"

[[cases]]
can = ["trtc:DismissRoom", "trtc:DescribeRoomInfo"]
resource = "{OTHER}"
"""


@pytest.fixture(autouse=True)
def policy(folder: Path) -> Path:
    """A policy to expect things of."""
    path = folder / "rooms.json"
    path.write_text(POLICY, "utf-8")
    return path


@pytest.fixture
def expect(folder: Path) -> Callable[[str], None]:
    """Writes a file of expectations about the policy."""

    def write(text: str, name: str = "rooms.camtest.toml") -> None:
        (folder / name).write_text(text, "utf-8")

    return write


Expect = Callable[..., None]


def test_all_is_met(run: Run, expect: Expect) -> None:
    expect(MET)
    assert run("test") == (
        0,
        "ok    rooms.camtest.toml: 4 passed\n4 passed, 0 failed in 1 file\n",
        "",
    )
    assert run("test", "-q") == (0, "", "")
    assert run("test", "-v")[1] == (
        "ok    rooms.camtest.toml:5: production\n"
        f"      can trtc:DescribeRoomInfo on {APP}\n"
        "      allowed by statement 1 (rooms.json:4)\n"
        "ok    rooms.camtest.toml:6: production\n"
        f"      cannot trtc:DismissRoom on {APP}\n"
        "      denied by statement 2 (rooms.json:6)\n"
        f"ok    rooms.camtest.toml:10: can trtc:DismissRoom on {OTHER}\n"
        "      allowed by statement 1 (rooms.json:4)\n"
        f"ok    rooms.camtest.toml:10: can trtc:DescribeRoomInfo on {OTHER}\n"
        "      allowed by statement 1 (rooms.json:4)\n"
        "4 passed, 0 failed in 1 file\n"
    )


def test_what_is_not_met_is_told_with_its_reason(run: Run, expect: Expect, policy: Path) -> None:
    expect(MET.replace("cannot", "#").replace("can =", "cannot =").replace("# =", "can ="))
    assert run("test") == (
        1,
        "FAIL  rooms.camtest.toml:6: production\n"
        f"      can trtc:DismissRoom on {APP}\n"
        "      denied by statement 2 (rooms.json:6)\n"
        "FAIL  rooms.camtest.toml:5: production\n"
        f"      cannot trtc:DescribeRoomInfo on {APP}\n"
        "      allowed by statement 1 (rooms.json:4)\n"
        f"FAIL  rooms.camtest.toml:10: cannot trtc:DismissRoom on {OTHER}\n"
        "      allowed by statement 1 (rooms.json:4)\n"
        f"FAIL  rooms.camtest.toml:10: cannot trtc:DescribeRoomInfo on {OTHER}\n"
        "      allowed by statement 1 (rooms.json:4)\n"
        "0 passed, 4 failed in 1 file\n",
        "",
    )


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (
            f'can = "trtc:DescribeRoomInfo"\nresource = "{APP.replace("273", "275")}"',
            "statement 1 of rooms.json would allow it if the resource were sdkappid/1400618273",
        ),
        (
            'can = "cvm:StartInstances"\nresource = "qcs::cvm:ap-guangzhou::instance/ins-1"',
            "",
        ),
        ('can = "cvm:DescribeInstances"', ""),
    ],
)
def test_the_nearest_reason_for_what_nothing_allows(
    run: Run, expect: Expect, case: str, reason: str
) -> None:
    expect(f"{HEAD}[[cases]]\n{case}\n")
    code, out, _ = run("test", "-q")
    assert code == 1
    _, first, *rest = out.splitlines()
    assert first == "      not allowed: nothing in rooms.json allows it"
    assert rest == ([f"      {reason}"] if reason else [])


def test_what_must_never_be_granted(run: Run, expect: Expect) -> None:
    expect(f'{HEAD}never-grants = ["cdb:*", "trtc:*Room"]\n')
    code, out, _ = run("test", "-v")
    assert code == 1
    assert out == (
        "ok    rooms.camtest.toml:2: never-grants cdb:*\n"
        "      proved: no request for it is allowed\n"
        "FAIL  rooms.camtest.toml:2: never-grants trtc:*Room\n"
        f"      grants trtc:DismissRoom on {OTHER}\n"
        "      allowed by statement 1 (rooms.json:4)\n"
        "1 passed, 1 failed in 1 file\n"
    )


def test_bans_on_some_resources(run: Run, expect: Expect) -> None:
    ban = '[[never-grants]]\nname = "production stays"\naction = "trtc:DismissRoom"\n'
    expect(f'{HEAD}{ban}resource = "{APP}"\n')
    assert run("test")[0] == 0
    expect(f'{HEAD}{ban}resource = ["{APP}", "{OTHER}"]\n')
    code, out, _ = run("test", "-q")
    assert code == 1
    assert out.startswith(
        "FAIL  rooms.camtest.toml:2: production stays\n"
        f"      never-grants trtc:DismissRoom on {APP} and {OTHER}\n"
        f"      grants trtc:DismissRoom on {OTHER}\n"
    )


def test_a_file_about_nothing_but_bans_wants_no_cases(run: Run, expect: Expect) -> None:
    expect(f'{HEAD}never-grants = "cdb:*"\n')
    assert run("test")[1] == ("ok    rooms.camtest.toml: 1 passed\n1 passed, 0 failed in 1 file\n")
    assert run("test", "--require-coverage")[0] == 1


def test_policies_of_one_principal_are_taken_together(
    run: Run, expect: Expect, folder: Path
) -> None:
    (folder / "more.json").write_text(POLICY.replace("deny", "allow"), "utf-8")
    text = f'[[cases]]\ncannot = "trtc:DismissRoom"\nresource = "{APP}"\n'
    expect('policy = ["more.json", "rooms.json"]\n' + text)
    assert run("test")[0] == 0
    expect('policy = ["more.json"]\n' + text)
    code, out, _ = run("test", "-q")
    assert code == 1
    assert "allowed by statement 1 (more.json:4) and statement 2 (more.json:6)" in out


@pytest.mark.parametrize(("key", "words"), [("boundary", "permission boundary"), ("scp", "SCP")])
def test_what_bounds_a_policy_must_allow_as_well(
    run: Run, expect: Expect, folder: Path, key: str, words: str
) -> None:
    bound = POLICY.replace("trtc:DescribeRoomInfo", "trtc:DescribeAppStatList")
    (folder / "bound.json").write_text(bound, "utf-8")
    expect(f'{key} = "bound.json"\n{MET}')
    code, out, _ = run("test", "-q")
    assert code == 1
    assert out == (
        "FAIL  rooms.camtest.toml:6: production\n"
        f"      can trtc:DescribeRoomInfo on {APP}\n"
        f"      not allowed: nothing in the {words} bound.json allows it\n"
        f"FAIL  rooms.camtest.toml:11: can trtc:DescribeRoomInfo on {OTHER}\n"
        f"      not allowed: nothing in the {words} bound.json allows it\n"
    )


def test_bans_heed_what_bounds_a_policy(run: Run, expect: Expect, folder: Path) -> None:
    ban = f'{HEAD}never-grants = "trtc:*"\n'
    (folder / "bound.json").write_text(POLICY.replace("trtc:D", "trtc:*D"), "utf-8")
    expect('boundary = "bound.json"\n' + ban)
    code, out, _ = run("test", "-q")
    assert code == 1
    assert f"grants trtc:DismissRoom on {OTHER}" in out
    (folder / "bound.json").write_text(POLICY.replace("trtc:", "cvm:"), "utf-8")
    assert run("test")[0] == 0


def test_a_policy_that_says_who_may_ask(run: Run, expect: Expect, folder: Path) -> None:
    bucket = """{"version": "2.0", "statement": [
      {"effect": "allow", "principal": {"qcs": ["qcs::cam::uin/1:uin/2"]},
       "action": ["cos:GetObject"], "resource": ["qcs::cos:ap-guangzhou:uid/1250000000:a-1250000000/*"]}]}"""
    (folder / "bucket.json").write_text(bucket, "utf-8")
    case = '[[cases]]\n%s = "cos:GetObject"\nresource = "qcs::cos:ap-guangzhou:uid/1250000000:a-1250000000/b"\n'
    head = 'policy = "bucket.json"\n'
    expect(head + case % "can" + 'principal = "qcs::cam::uin/1:uin/2"\n')
    assert run("test")[0] == 0
    expect(head + 'principal = "anonymous"\n' + case % "cannot")
    assert run("test")[0] == 0
    expect(head + 'principal = "anonymous"\n' + case % "can")
    code, out, _ = run("test", "-q")
    assert code == 1
    assert "statement 1 of bucket.json would allow it if it came from qcs::cam::uin/1:uin/2" in out
    expect(head + case % "can")
    assert run("test", "-q") == (
        2,
        "",
        "camlint: rooms.camtest.toml:2: the policy says who may ask, and the case doesn't; name a "
        'principal, such as "qcs::cam::uin/1:uin/2" or "anonymous"\n',
    )


def test_one_policy_of_several_in_a_file(run: Run, expect: Expect, folder: Path) -> None:
    (folder / "all.json").write_text(f'{{"a": [{POLICY}], "b": {POLICY}}}', "utf-8")
    expect(MET.replace("rooms.json", "all.json"))
    assert run("test", "-q") == (
        2,
        "",
        "camlint: rooms.camtest.toml:1: all.json holds 2 policies; name one: "
        '"all.json#/a/0", "all.json#/b"\n',
    )
    expect(MET.replace("rooms.json", "all.json#/a/0"))
    assert run("test", "-q") == (0, "", "")
    expect(MET.replace("rooms.json", "all.json#/c"))
    assert 'all.json holds no policy at "/c"; there is "all.json#/a/0"' in run("test")[2]


def test_a_policy_in_the_string_of_a_request(run: Run, expect: Expect, folder: Path) -> None:
    request = json.dumps({"PolicyName": "x", "PolicyDocument": POLICY}, indent=1)
    (folder / "request.json").write_text(request, "utf-8")
    expect(MET.replace("rooms.json", "request.json"))
    code, out, _ = run("test", "-v")
    assert code == 0
    assert "denied by statement 2 (request.json:3)" in out


def test_paths_are_relative_to_the_file(run: Run, folder: Path) -> None:
    (folder / "tests" / "deep").mkdir(parents=True)
    text = MET.replace("rooms.json", "../../rooms.json")
    (folder / "tests" / "deep" / "rooms.camtest.toml").write_text(text, "utf-8")
    code, out, _ = run("test", "tests")
    assert code == 0
    assert out.startswith("ok    tests/deep/rooms.camtest.toml: 4 passed\n")


def test_folders_are_searched_for_all_three_names(run: Run, expect: Expect) -> None:
    yaml = f"policy: rooms.json\ncases:\n- can: trtc:DismissRoom\n  resource: {OTHER}\n"
    for name in ("a.camtest.yaml", "b.camtest.yml", "c.yaml"):
        expect(yaml, name)
    expect(MET, "d.camtest.toml")
    out = run("test", ".")[1]
    assert [line.split(":")[0] for line in out.splitlines()[:3]] == [
        *("ok    a.camtest.yaml", "ok    b.camtest.yml", "ok    d.camtest.toml")
    ]
    assert run("test", "c.yaml")[0] == 0


def test_two_files_about_one_policy_cover_it_together(run: Run, expect: Expect) -> None:
    case = f'{HEAD}[[cases]]\n%s\nresource = "%s"\n'
    expect(case % ('can = "trtc:DismissRoom"', OTHER), "a.camtest.toml")
    assert run("test")[1] == (
        "ok    a.camtest.toml: 1 passed\n"
        "note  rooms.json:6: no case exercises statement 2 (deny)\n"
        "1 passed, 0 failed in 1 file; 1 statement without a case\n"
    )
    assert run("test", "-q") == (0, "", "")
    assert run("test", "--require-coverage", "-q") == (
        1,
        "FAIL  rooms.json:6: no case exercises statement 2 (deny)\n",
        "",
    )
    expect(case % ('cannot = "trtc:DismissRoom"', APP), "b.camtest.toml")
    assert run("test", "--require-coverage")[0] == 0


def test_a_policy_that_cannot_be_read_whole(run: Run, expect: Expect, policy: Path) -> None:
    policy.write_text(POLICY.replace('"deny"', '"denny"'), "utf-8")
    expect(MET)
    code, out, _ = run("test", "-q")
    assert code == 1
    assert "      can't be decided\n" in out
    assert (
        "      statement 2 (rooms.json:6) has no effect that can be read, but it can't be read whole; "
        "`camlint check` shows why\n"
    ) in out


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('"trtc:DismissRoom"\nresource', '"trtc:DismisRoom"\nresource'),
         'rooms.camtest.toml:6: no action is called "trtc:DismisRoom"; trtc has "DismissRoom"; an '
         "action that exists but isn't in the catalogue is added under [catalog] in camlint.toml"),
        (('can = "trtc:Desc', 'can = "trtcs:Desc'),
         'rooms.camtest.toml:5: no service is called "trtcs"; "trtc" is spelt nearly so'),
        (('can = "trtc:DescribeRoomInfo"', 'can = "trtc:*"'),
         'rooms.camtest.toml:5: "trtc:*" is a pattern, and a case is about one action; name it, or '
         "use never-grants for all that a pattern stands for"),
        (('can = "trtc:DescribeRoomInfo"', 'can = "DescribeRoomInfo"'),
         'rooms.camtest.toml:5: "DescribeRoomInfo" is no action; write service:Operation, such as '
         "cvm:DescribeInstances"),
        (("sdkappid/1400618273", "sdkappid/*"),
         'rooms.camtest.toml:7: "qcs::trtc::uin/100032145678:sdkappid/*" is a pattern, and a case '
         "is about one resource; name it, or use never-grants for all that a pattern stands for"),
        (("qcs::trtc::uin/100032145678:sdkappid/1400618273", "sdkappid/1"),
         'rooms.camtest.toml:7: "sdkappid/1" is no resource; write six segments, such as '
         '"qcs::trtc::uin/100000000001:sdkappid/1400000001", or "*"'),
        ((f'resource = "{APP}"', ""),
         "rooms.camtest.toml:5: trtc:DescribeRoomInfo is always about a resource, and the case "
         "names none; add one, such as qcs::trtc::uin/${uin}:sdkappid/${SdkAppId}"),
        (('can = "trtc:DescribeRoomInfo"', 'can = "trtc:CreateCloudSliceTask"'),
         "rooms.camtest.toml:5: trtc:CreateCloudSliceTask is operation-level: CAM gives it no "
         'resource, only "*"; put it in a case without a resource'),
        (('can = "trtc:DescribeRoomInfo"', 'can = "cdb:IsolateDBInstance"'),
         "rooms.camtest.toml:5: cdb:IsolateDBInstance is never asked about resources of trtc"),
        (('name = "production"', 'context = { "qcs:Ip" = "1.2.3.4" }'),
         'rooms.camtest.toml:3: no condition key is called "qcs:Ip"; did you mean "qcs:ip"?'),
        (("rooms.json", "room.json"),
         "rooms.camtest.toml:1: room.json can't be read: No such file or directory"),
    ],
)  # fmt: skip
def test_what_would_pass_or_fail_for_the_wrong_reason(
    run: Run, expect: Expect, change: tuple[str, str], told: str
) -> None:
    assert change[0] in MET
    expect(MET.replace(*change))
    code, out, err = run("test")
    assert code == 2
    assert f"camlint: {told}\n" in err
    assert out == "Nothing was tested: 1 file can't be run\n"


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("trtc:Dsmiss*", '"trtc:Dsmiss*" stands for no known action of trtc; an action that'),
        ("trtcs:*", 'no service is called "trtcs"; "trtc" is spelt nearly so'),
        ("trtc:DismisRoom", 'no action is called "trtc:DismisRoom"; trtc has "DismissRoom"'),
        ("everything", '"everything" is no action or pattern; write one such as "cam:*"'),
    ],
)
def test_bans_that_would_hold_for_the_wrong_reason(
    run: Run, expect: Expect, pattern: str, told: str
) -> None:
    expect(f'{HEAD}never-grants = "{pattern}"\n')
    code, _, err = run("test")
    assert code == 2
    assert err.startswith(f"camlint: rooms.camtest.toml:2: {told}")


def test_bans_of_services_without_known_actions_and_of_all(run: Run, expect: Expect) -> None:
    expect(f'{HEAD}never-grants = ["live:*", "live:Stop*", "*:Delete*", "nobody:*"]\n')
    assert run("test", "-q") == (0, "", "")


def test_actions_that_nobody_knows_are_told(run: Run, expect: Expect) -> None:
    expect(f'{HEAD}[[cases]]\ncannot = ["trtc:FlyHome", "nobody:Knows"]\nresource = "{APP}"\n')
    code, out, _ = run("test")
    assert code == 2
    expect(f'{HEAD}[[cases]]\ncannot = "trtc:FlyHome"\nresource = "{APP}"\n')
    code, out, _ = run("test")
    assert code == 0
    assert (
        "note  rooms.camtest.toml:3: trtc:FlyHome isn't in the catalogue, which is partial: if it "
        "is misspelt, nothing can do it and this says nothing\n"
    ) in out


def test_the_catalogue_of_the_configuration_is_used(run: Run, expect: Expect, folder: Path) -> None:
    expect(f'{HEAD}[[cases]]\ncannot = "trtc:DismisRoom"\nresource = "{APP}"\n')
    assert run("test")[0] == 2
    (folder / "camlint.toml").write_text(
        '[catalog.services.trtc.actions]\nDismisRoom = { level = "write" }\n', "utf-8"
    )
    code, out, _ = run("test")
    assert (code, "isn't in the catalogue" in out) == (0, False)
    assert run("test", "--no-config")[0] == 2


def test_the_accounts_of_the_configuration_are_used(run: Run, expect: Expect, folder: Path) -> None:
    owners = APP.replace("uin/100032145678", "")
    expect(f'{HEAD}[[cases]]\ncan = "trtc:DescribeRoomInfo"\nresource = "{owners}"\n')
    (folder / "camlint.toml").write_text('accounts = ["100032145678"]\n', "utf-8")
    assert run("test")[0] == 0
    (folder / "camlint.toml").write_text('accounts = ["100032145679"]\n', "utf-8")
    assert run("test")[0] == 1


def test_a_broken_file_does_not_keep_others_from_running(run: Run, expect: Expect) -> None:
    expect("policy = [\n", "a.camtest.toml")
    expect(MET, "b.camtest.toml")
    assert run("test") == (
        2,
        "ok    b.camtest.toml: 4 passed\n4 passed, 0 failed in 1 file; 1 file can't be run\n",
        "camlint: a.camtest.toml:1: it is not TOML: Invalid value\n",
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            POLICY.replace('"2.0",', '"2.0"'),
            "is not JSON, and CAM would refuse it; `camlint check`",
        ),
        ('{"name": "x"}', "holds no CAM policy"),
        ("", "holds no CAM policy"),
    ],
)
def test_policies_that_cannot_be_expected_anything_of(
    run: Run, expect: Expect, policy: Path, text: str, told: str
) -> None:
    policy.write_text(text, "utf-8")
    expect(MET)
    code, _, err = run("test")
    assert code == 2
    assert err.startswith(f"camlint: rooms.camtest.toml:1: rooms.json {told}")


def test_policies_that_are_no_files(run: Run, expect: Expect, folder: Path) -> None:
    (folder / "sub").mkdir()
    expect(MET.replace("rooms.json", "sub"))
    assert run("test")[2] == ("camlint: rooms.camtest.toml:1: sub is a folder; name a file in it\n")
    os.mkfifo(folder / "pipe")
    expect(MET.replace("rooms.json", "pipe"))
    assert run("test")[2] == "camlint: rooms.camtest.toml:1: pipe is no regular file\n"
    (folder / "loop").symlink_to("loop")
    expect(MET.replace("rooms.json", "loop"))
    assert run("test")[0] == 2


def test_words_that_name_nothing_to_run(run: Run, folder: Path) -> None:
    (folder / "empty").mkdir()
    assert run("test", "empty")[::2] == (
        2,
        "camlint: empty has no expectations: there is no file in it whose name ends in "
        ".camtest.toml or .camtest.yaml\n",
    )
    assert run("test", "-")[0] == 2
    assert run("test", "-q", "-v")[0] == 2
    assert run("test", "missing.camtest.toml") == (
        2,
        "Nothing was tested: 1 file can't be run\n",
        "camlint: missing.camtest.toml: it can't be read: No such file or directory\n",
    )
    code, _, err = run("test", "rooms.json")
    assert code == 2
    assert err.startswith("camlint: rooms.json: it holds a policy, perhaps; expectations stand in")
    assert "did you mean" in run("test", "--mutat")[2]


def test_bytes_that_are_no_text(run: Run, folder: Path) -> None:
    (folder / "x.camtest.yaml").write_bytes(b"policy: \xff\n")
    code, _, err = run("test")
    assert code == 2
    assert err.startswith("camlint: x.camtest.yaml: it is not UTF-8 text")


def test_control_characters_are_shown(run: Run, expect: Expect) -> None:
    expect(MET.replace('"production"', r'"pro\u001b[31mduction"'))
    code, out, _ = run("test", "-v")
    assert code == 0
    assert "\x1b" not in out
    assert "pro\\u{1b}[31mduction" in out


def test_colours(run: Run, expect: Expect) -> None:
    expect(MET)
    assert "\x1b[32mok  \x1b[0m" in run("test", "--color", "always")[1]


def test_two_runs_give_the_same_bytes(run: Run, expect: Expect) -> None:
    expect(MET.replace("can =", "cannot =", 1).replace('cannot = "trtc:Dism', 'can = "trtc:Dism'))
    for form in ("text", "json", "junit"):
        assert run("test", "--format", form) == run("test", "--format", form)
