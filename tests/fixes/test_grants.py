"""What repairs are said to grant: what is new, and no more than that."""

import json
from collections.abc import Callable

from camlint.finding import Safety
from camlint.fixes import Fixed
from camlint.fixes.grants import tell_gains
from camlint.report.fixes import describe_gains
from camlint.settings import NOTHING_STATED

Mend = Callable[..., Fixed]
ONE = "qcs::trtc::uin/100012345678:sdkappid/1400123456"
Other = dict[str, object]


def policy(*statements: Other) -> str:
    return json.dumps({"version": "2.0", "statement": list(statements)})


def allow(*actions: str, resource: str = ONE, **more: object) -> Other:
    return {"effect": "allow", "action": list(actions), "resource": [resource], **more}


def told(fixed: Fixed) -> list[str]:
    return [
        line
        for repair in fixed.repairs
        for gains in tell_gains(repair.old, repair.new, NOTHING_STATED)
        for line in describe_gains("policy.json", gains, would=False)
    ]


def test_a_misspelt_action_grants_that_action(mend: Mend) -> None:
    fixed = mend(policy(allow("cvm:Ping"), allow("trtc:DismissRoom", "trtc:RemoveUsr")), "T102")
    assert told(fixed) == [
        "policy.json: repaired, it now grants, beyond what it granted before:",
        f"  statement 2: allow trtc:RemoveUser on {ONE}",
    ]


def test_what_another_statement_grants_already_is_not_new(mend: Mend) -> None:
    fixed = mend(policy(allow("trtc:*"), allow("trtc:RemoveUsr")), "T102")
    assert told(fixed) == ["policy.json: repaired, it grants nothing new"]


def test_what_a_deny_refuses_is_not_granted(mend: Mend) -> None:
    deny: Other = {"effect": "deny", "action": "trtc:Remove*", "resource": "*"}
    fixed = mend(policy(allow("trtc:RemoveUsr"), deny), "T102")
    assert told(fixed) == ["policy.json: repaired, it grants nothing new"]


def test_conditions_and_wildcards_are_shown(mend: Mend) -> None:
    when = {"ip_equal": {"qcs:ip": ["10.0.0.0/8"]}}
    fixed = mend(policy(allow("trtc:RemoveUsr", condition=when)), "T102")
    assert told(fixed)[1].endswith(f'trtc:RemoveUser on {ONE} if ip_equal qcs:ip "10.0.0.0/8"')
    fixed = mend(policy(allow("trtc:RemoveUsr", resource="qcs::trtc:::sdkappid/14*")), "T102")
    assert told(fixed)[2] == "    for example trtc:RemoveUser on qcs::trtc:::sdkappid/141"


def test_a_repaired_deny_refuses_and_may_let_something_through(mend: Mend) -> None:
    deny: Other = {"effect": "deny", "action": ["trtc:RemoveUsr"], "resource": ["*"]}
    fixed = mend(policy(allow("trtc:*", resource="*"), deny), "T102")
    assert told(fixed)[:3] == [
        "policy.json: repaired, it grants nothing new",
        "  and refuses:",
        "  statement 2: deny trtc:RemoveUser on *",
    ]
    assert told(fixed)[3].startswith("    but no longer trtc:RemoveUsr on ")


def test_all_of_a_text_that_was_not_json_is_new(mend: Mend) -> None:
    deny: Other = {"effect": "deny", "action": ["cvm:*"], "resource": ["*"]}
    text = policy(allow("trtc:RemoveUser"), deny).replace("]}]", "],}]")
    assert told(mend(text, "CAM001")) == [
        "policy.json: it was not JSON, which CAM refuses; repaired, it now grants:",
        f"  statement 1: allow trtc:RemoveUser on {ONE}",
        "  and refuses:",
        "  statement 2: deny cvm:* on *",
    ]


def test_repairs_that_follow_one_another_are_told_together(mend: Mend) -> None:
    text = policy(allow("trtc:RemoveUsr", "trtc:RemoveUser")).replace("]}]", "],}]")
    fixed = mend(text, "CAM001", "T101", "T102")
    assert len(fixed.made) == 3
    assert told(fixed)[1] == f"  statement 1: allow trtc:RemoveUser, trtc:RemoveUser on {ONE}"


def test_what_cannot_be_read_yet_is_not_claimed(mend: Mend) -> None:
    text = policy({"effect": "allow", "action": "trtc", "resource": ["*"]}).replace("]}]", "],}]")
    assert told(mend(text, "CAM001")) == [
        "policy.json: it was not JSON, which CAM refuses; repaired, it grants nothing yet",
        "  more is granted, perhaps, once CAM can read the rest of it",
    ]


def test_many_statements_and_long_texts_are_cut(mend: Mend) -> None:
    many = [allow(*[f"trtc:A{one}{n}" for n in range(9)]) for one in range(30)]
    lines = told(mend(policy(*many).replace("]}]", "],}]"), "CAM001"))
    assert len(lines) == 22
    assert lines[1].endswith(f"trtc:A04 and 4 more on {ONE}")
    assert lines[-1] == "  and 10 more statements"


def test_safe_and_narrowing_fixes_tell_nothing(mend: Mend) -> None:
    fixed = mend(policy(allow("cvm:*", "a:B", "a:B")), "T101", "T103")
    assert {fix.safety for _, fix in fixed.made} == {Safety.SAFE, Safety.NARROWING}
    assert told(fixed) == []
