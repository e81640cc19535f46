"""Requests that ``camlint compare`` shows, asked of ``camlint can`` with the arguments it prints."""

import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Run = Callable[..., tuple[int, str, str]]

conditions = st.sampled_from(
    [
        ("ip_equal", "qcs:ip", ["10.0.0.0/8", "2001:db8::/32"]),
        ("ip_not_equal", "qcs:ip", "10.1.0.0/16"),
        ("ip_equal_if_exist", "qcs:ip", "10.1.2.0/24"),
        ("null_equal", "qcs:ip", "true"),
        ("numeric_less_than", "cos:content-length", 10),
        ("bool_equal", "cos:secure-transport", "true"),
        ("date_greater_than", "qcs:current_time", "2026-05-31T00:00:00Z"),
        ("for_any_value:string_equal", "qcs:resource_tag", ["env&test", "env&dev"]),
        ("for_all_value:string_equal", "qcs:request_tag", ["env&test", "team&a"]),
    ]
)
statements = st.builds(
    lambda effect, actions, where, when: {
        "effect": effect,
        "action": actions,
        "resource": where,
        **({"condition": {when[0]: {when[1]: when[2]}}} if when else {}),
    },
    st.sampled_from(["allow", "allow", "deny"]),
    st.lists(
        st.sampled_from(["cvm:*", "cvm:StartInstances", "cvm:Describe*", "cos:GetObject", "*"]),
        min_size=1,
        max_size=2,
        unique=True,
    ),
    st.sampled_from(
        [
            "*",
            "qcs::cvm:ap-guangzhou::instance/*",
            "qcs::cvm:ap-guangzhou:uin/100032145678:instance/ins-1",
            "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*",
        ]
    ),
    st.none() | conditions,
)
policies = st.lists(statements, min_size=1, max_size=3)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(policies, policies)
def test_can_allows_it_on_one_side_and_denies_it_on_the_other(run: Run, old, new) -> None:
    for name, listed in (("old.json", old), ("new.json", new)):
        Path(name).write_text(json.dumps({"version": "2.0", "statement": listed}), "utf-8")
    told = json.loads(run("compare", "old.json", "new.json", "--format", "json")[1])
    for allowing, refusing, differences in (
        (("new.json", "new"), ("old.json", "old"), told["gained"]),
        (("old.json", "old"), ("new.json", "new"), told["lost"]),
    ):
        for one in differences:
            yes = run("can", allowing[0], "--format", "json", *one["can"])
            no = run("can", refusing[0], "--format", "json", *one["can"])
            assert (yes[0], no[0]) == (0, 1)
            answers = [json.loads(yes[1]), json.loads(no[1])]
            assert [answer["decision"] for answer in answers] == ["allow", one["refusal"]]
            for answer, side in zip(answers, (allowing[1], refusing[1]), strict=True):
                assert [said["pointer"] for said in answer["statements"]] == one[side]


@pytest.mark.usefixtures("small_catalogue")
def test_the_command_that_is_printed_can_be_pasted(run: Run) -> None:
    when = {"ip_equal": {"qcs:ip": "10.0.0.0/8"}}
    new = {"effect": "allow", "action": "cvm:*", "resource": "*", "condition": when}
    Path("a new one.json").write_text(json.dumps({"version": "2.0", "statement": [new]}), "utf-8")
    _, out, _ = run("compare", "/dev/null", "a new one.json")
    commands = [line.partition("try it: ")[2] for line in out.splitlines() if "try it: " in line]
    assert commands
    for command in commands:
        program, *words = shlex.split(command)
        assert program == "camlint"
        assert run(*words)[0] == 0
