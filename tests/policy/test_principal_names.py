"""What the name of a principal says, and what is no such name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.kinds import Kind
from camlint.policy.elements import Principal
from camlint.policy.read import read_policy

ACCOUNT = "qcs::cam::uin/100012345678"


def read(text: str, family: str = "qcs") -> tuple[str, str, str] | None:
    name = Principal(family, text, ()).name
    return None if name is None else (name.form, name.account, name.id)


@pytest.mark.parametrize(
    ("tail", "form", "who"),
    [
        ("root", "root", ""),
        ("uin/100012345678", "root", ""),
        ("uin/100012345679", "user", "100012345679"),
        ("groupid/18825", "group", "18825"),
        ("service/cdn", "service", "cdn"),
        ("roleName/deploy", "role", "deploy"),
        ("role/tencentcloudServiceRole/4611686018427397919", "role", None),
        ("saml-provider/office", "saml", "office"),
        ("oidc-provider/cls-a1b2c3d4", "oidc", "cls-a1b2c3d4"),
        ("user/alice", "other", "user/alice"),
    ],
)
def test_names_in_an_account(tail: str, form: str, who: str | None) -> None:
    name = Principal("qcs", f"{ACCOUNT}:{tail}", ()).name
    assert name is not None
    assert (name.form, name.account) == (form, "100012345678")
    assert who is None or name.id == who


@pytest.mark.parametrize("text", ["*", "qcs::cam::anyone:anyone", "qcs::cam::anonymous:anonymous"])
def test_everybody(text: str) -> None:
    assert read(text) == ("everybody", "", "")
    assert Principal("qcs", text, ()).everybody
    assert not Principal("service", text, ()).everybody
    assert not Principal("federated", text, ()).everybody


def test_the_lone_star_is_everybody() -> None:
    assert Principal("*", "*", ()).everybody


@pytest.mark.parametrize(
    "text",
    [
        "",
        "root",
        "scf.qcloud.com",
        ACCOUNT,
        f"{ACCOUNT}:",
        f"{ACCOUNT}:uin/",
        f"{ACCOUNT}:uin/alice",
        f"{ACCOUNT}:uin/*",
        f"{ACCOUNT}:roleName/",
        f"{ACCOUNT}:uin/100012345679:root",
        f"{ACCOUNT}: root",
        "qcs::cam::uin/１００:root",
        "qcs::cam::uid/1253653367:root",
        "qcs:cam::uin/100012345678:root",
        "qcs::cos::uin/100012345678:root",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert read(text) is None


@given(st.text(max_size=40) | st.text(max_size=20).map(lambda end: f"{ACCOUNT}:{end}"))
def test_any_text_has_an_answer(text: str) -> None:
    form = read(text)
    assert form is None or form[0]


def test_a_statement_without_principals_has_those_of_the_document() -> None:
    policy = read_policy(
        {
            "principal": {"qcs": [f"{ACCOUNT}:root"]},
            "statement": [
                {"effect": "allow", "action": "*"},
                {"effect": "allow", "action": "*", "principal": {"service": "scf.qcloud.com"}},
                {"effect": "allow", "action": "*", "principal": {"qcs": []}},
            ],
        },
        Kind.TRUST,
    )
    assert [[one.text for one in policy.principals_of(each)] for each in policy.statements] == [
        [f"{ACCOUNT}:root"],
        ["scf.qcloud.com"],
        [],
    ]
