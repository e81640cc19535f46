"""What the rules about principals, and those on bucket policies, say beyond their own examples."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.engine import Engine
from camlint.finding import Confidence, Safety, Severity
from camlint.findings import Diagnostic
from camlint.kinds import Kind
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import Settings
from camlint.source import Source

REGISTRY = load_registry()
MINE = ("CAM4", "CAM111", "CAM221")
PHOTOS = "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"
ACCOUNT = "qcs::cam::uin/100012345678"
SAML = f"{ACCOUNT}:saml-provider/office"
OIDC = f"{ACCOUNT}:oidc-provider/ci"
ANYONE = {"qcs": ["qcs::cam::anyone:anyone"]}
ADDRESS = {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}
CLAIMS = {"oidc:iss": "https://token.actions.githubusercontent.com", "oidc:aud": "sts"}


def lint(
    statements: object,
    *,
    kind: Kind | None = None,
    select: Sequence[str] = MINE,
    settings: Settings | None = None,
    strict: bool = False,
    **top: object,
) -> list[Diagnostic]:
    """What these rules say of a policy; strict cases only when asked for."""
    text = json.dumps({"version": "2.0", **top, "statement": statements}, ensure_ascii=False)
    selection = Selection(strict=strict)
    found = Engine(REGISTRY, selection, settings or Settings(), kind).lint(
        Source("policy.json", text)
    )
    return [one for one in found.diagnostics if one.code.startswith(tuple(select))]


def trust(
    principal: object,
    action: object = "sts:AssumeRole",
    condition: object = None,
    **options: object,
) -> list[Diagnostic]:
    statement = {"effect": "allow", "principal": principal, "action": action}
    if condition is not None:
        statement["condition"] = condition
    options.setdefault("kind", Kind.TRUST)
    return lint([statement], **options)  # type: ignore[arg-type]


def bucket(
    principal: object,
    action: object = "cos:GetObject",
    condition: object = None,
    *,
    effect: str = "allow",
    resource: object = PHOTOS,
    **options: object,
) -> list[Diagnostic]:
    statement = {"effect": effect, "principal": principal, "action": action, "resource": resource}
    if condition is not None:
        statement["condition"] = condition
    options.setdefault("kind", Kind.BUCKET)
    return lint([statement], **options)  # type: ignore[arg-type]


def codes(found: list[Diagnostic]) -> list[str]:
    return [one.code for one in found]


def fixes(found: list[Diagnostic]) -> list[str]:
    return [fix.description for one in found for fix in one.fixes]


@pytest.mark.parametrize(
    "name",
    [
        f"{ACCOUNT}:uin/100012345679",
        f"{ACCOUNT}:groupid/18825",
        f"{ACCOUNT}:service/cdn",
        f"{ACCOUNT}:roleName/deploy",
        f"{ACCOUNT}:role/4611686018427397919",
        f"{ACCOUNT}:user/alice",
        "qcs::sts::uin/100012345678:assumed-role/4611686018427397919",
    ],
)
def test_names_that_may_be_right_stay_silent(name: str) -> None:
    assert trust({"qcs": name}) == []
    assert bucket({"qcs": name}) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("qcs:cam::uin/100012345678:root", f"{ACCOUNT}:root"),
        ("cam::uin/100012345678:uin/100012345679", f"{ACCOUNT}:uin/100012345679"),
        ("qcs:id/0:cam::uin/100012345678:root", f"{ACCOUNT}:root"),
        ("qcs: : cam: : uin/100012345678: root", f"{ACCOUNT}:root"),
        ("qcs：：cam：：uin/100012345678：root", f"{ACCOUNT}:root"),
        (f" {ACCOUNT}:root", f"{ACCOUNT}:root"),
        (f"{ACCOUNT}:Root", f"{ACCOUNT}:root"),
    ],
)
def test_a_slip_in_a_name_is_mended(written: str, meant: str) -> None:
    found = trust({"qcs": [written]})
    assert codes(found) == ["CAM401"]
    assert fixes(found) == [f"write {meant}"]
    assert found[0].fixes[0].safety is Safety.REPAIR


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("100012345678", "only a number"),
        ("uin/100012345678", "only a number"),
        ("anyone", "isn't how CAM writes everybody"),
        ("alice", "isn't a name of six segments"),
        ("acs:ram::100012345678:root", "from another cloud"),
        (ACCOUNT, "ends with the account"),
        ("qcs::cos::uin/100012345678:uin/100012345679", 'something of "cos"'),
        ("qcs::cam::uin/prod:root", "isn't uin/ and the digits"),
        (f"{ACCOUNT}:uin/alice", "doesn't say who"),
        ("qcs: : cam: : anyone: anyone", "isn't a name of six segments as CAM reads them"),
    ],
)
def test_nothing_is_guessed_of_other_names(written: str, said: str) -> None:
    (found,) = trust({"qcs": [written]})
    assert (found.code, found.severity) == ("CAM401", Severity.ERROR)
    assert said in found.message
    assert found.fixes == ()


@pytest.mark.parametrize("written", ["qcs::cam:::uin/1", "qcs::cam:ap-guangzhou:uin/1:uin/2", SAML])
def test_what_no_document_settles_is_a_warning(written: str) -> None:
    (found,) = trust({"qcs": [written]})
    assert (found.code, found.severity) == ("CAM401", Severity.WARNING)
    assert found.confidence is Confidence.MEDIUM


def test_only_a_lone_name_moves_to_another_kind() -> None:
    assert fixes(trust({"qcs": "scf.qcloud.com"})) == ['move it under "service"']
    assert fixes(trust({"qcs": ["scf.qcloud.com", f"{ACCOUNT}:uin/1"]})) == []
    assert fixes(trust({"qcs": ["scf.qcloud.com"], "service": ["cvm.qcloud.com"]})) == []


@pytest.mark.parametrize(
    ("principal", "offered"),
    [
        ({"AWS": [f"{ACCOUNT}:uin/1"]}, ['write "qcs" in its place']),
        ({"Sevice": ["scf.qcloud.com"]}, ['write "service" in its place']),
        ({"saml": [SAML]}, ['write "federated" in its place']),
        ({"AWS": ["*"]}, []),
        ({"AWS": [f"{ACCOUNT}:uin/1"], "RAM": [f"{ACCOUNT}:uin/2"]}, []),
        ({"AWS": [f"{ACCOUNT}:uin/1"], "qcs": [f"{ACCOUNT}:uin/2"]}, []),
        ("scf.qcloud.com", ['write {"service": ["scf.qcloud.com"]}']),
        ("qcs::cam::anyone:anyone", []),
    ],
)
def test_the_shape_is_mended_where_nothing_is_opened(principal: object, offered: list[str]) -> None:
    found = trust(principal, select=("CAM401",))
    assert set(codes(found)) == {"CAM401"}
    assert fixes(found) == offered


def test_placeholders_and_variables_speak_for_a_malformed_name() -> None:
    for written in ("qcs::cam::uin/<uin>:root", "qcs::cam::uin/1000***5678:root", "${principal}"):
        found = trust({"qcs": [written]}, select=("CAM2", "CAM4"))
        assert codes(found) == ["CAM214"]
    found = trust({"qcs": [ACCOUNT[:-12] + "${owner_uin}:root"]}, select=("CAM2", "CAM4"))
    assert codes(found) == ["CAM215"]


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=8) | st.sampled_from([SAML, "*", ACCOUNT]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["qcs", "service", "federated", "Qcs", "AWS", ""]), inner
            )
        ),
        max_leaves=8,
    ),
    st.sampled_from([Kind.TRUST, Kind.BUCKET]),
)
def test_any_principal_has_an_answer(principal: object, kind: Kind) -> None:
    statement = {"effect": "allow", "principal": principal, "action": "*", "resource": PHOTOS}
    lint([statement], kind=kind, principal=principal, strict=True)
    lint([{**statement, "effect": "deny"}], kind=kind)


@pytest.mark.parametrize(
    ("action", "severity"),
    [
        (["cos:GetObject", "cos:HeadObject"], Severity.WARNING),
        ("cos:Get*", Severity.WARNING),
        ("cos:SummonObject", Severity.WARNING),
        ("permid/280649", Severity.WARNING),
        (["cos:GetObject", "name/cos:PutObject"], Severity.ERROR),
        ("cos:PutObjectTagging", Severity.ERROR),
        ("cos:PutBucketACL", Severity.ERROR),
        ("cos:P*", Severity.ERROR),
        ("cos:*", Severity.ERROR),
        ("*", Severity.ERROR),
    ],
)
def test_how_bad_a_public_bucket_is(action: object, severity: Severity) -> None:
    (found,) = bucket(ANYONE, action, select=("CAM402",))
    assert found.severity is severity


@pytest.mark.parametrize(
    ("condition", "reading", "writing"),
    [
        (ADDRESS, None, Severity.WARNING),
        ({"string_equal": {"vpc:requester_vpc": "vpc-a1b2c3d4"}}, None, Severity.WARNING),
        ({"ip_equal": {"qcs:ip": ["203.0.113.7", "0.0.0.0/0"]}}, Severity.WARNING, Severity.ERROR),
        ({"ip_equal": {"qcs:ip": "172.16.0.0/16"}}, None, Severity.WARNING),
        ({"ip_equal": {"qcs:ip": "10.0.0.0/8"}}, Severity.WARNING, Severity.ERROR),
        (
            {"ip_equal": {"qcs:ip": ["203.0.113.7", "128.0.0.0/1"]}},
            Severity.WARNING,
            Severity.ERROR,
        ),
        ({"ip_equal_if_exist": ADDRESS["ip_equal"]}, Severity.WARNING, Severity.ERROR),
        ({"ip_not_equal": ADDRESS["ip_equal"]}, Severity.WARNING, Severity.ERROR),
        ({"bool_equal": {"cos:secure-transport": "true"}}, Severity.WARNING, Severity.ERROR),
        ({"string_like": {"vpc:requester_vpc": "*"}}, Severity.WARNING, Severity.ERROR),
    ],
)
def test_which_conditions_narrow_a_public_bucket(
    condition: object, reading: Severity | None, writing: Severity
) -> None:
    read = bucket(ANYONE, "cos:GetObject", condition, select=("CAM402",))
    assert [one.severity for one in read] == ([reading] if reading else [])
    (written,) = bucket(ANYONE, "cos:PutObject", condition, select=("CAM402",))
    assert written.severity is writing


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("cos:GetObject", "can read objects without a signature"),
        (["cos:GetBucket", "cos:GetObject"], "can read objects and list objects without"),
        ("cos:GetBucketACL", "can see who has access without"),
        ("cos:HeadBucket", "can read about the bucket without"),
        ("cos:Get*", "can read objects and list objects without"),
        ("cos:SummonObject", "is allowed cos:SummonObject without"),
        ("cos:AppendObject", "can write objects without a signature, by cos:AppendObject"),
        ("cos:PutBucketWebsite", "can change the bucket's settings without"),
        ("cos:DeleteMultipleObjects", "can delete objects without"),
        ("cos:PutObjectACL", "can change the ACL of objects without"),
        ("cos:PutBucketACL", "can change the ACL of the bucket without"),
        (
            "cos:PutBucket*",
            "can rewrite the bucket's policy without a signature, by cos:PutBucket*",
        ),
        ("name/cos:*", "can do anything with the bucket without"),
    ],
)
def test_what_everybody_can_do_is_told(action: object, words: str) -> None:
    (found,) = bucket(ANYONE, action, select=("CAM402",))
    assert words in found.message


def beside(action: object, denied: object, principal: object) -> list[Diagnostic]:
    """What is said of an allow for everybody with a deny for somebody beside it."""
    both = {"resource": PHOTOS}
    return lint(
        [
            {"effect": "allow", "principal": {"qcs": ["*"]}, "action": action, **both},
            {"effect": "deny", "principal": principal, "action": denied, **both},
        ],
        kind=Kind.BUCKET,
        select=("CAM402",),
    )


def test_denies_are_weighed() -> None:
    nobody = {"qcs": ["*"]}
    for action in ("cos:*", "cos:PutObject", "cos:GetObject"):
        (found,) = beside(action, "cos:*", ANYONE)
        assert found.message.startswith("every user of every account can ")
        assert "signature" not in found.message
    (found,) = beside("cos:*", "cos:DeleteObject", {"qcs": [f"{ACCOUNT}:root"]})
    assert found.message.startswith("everybody on the internet can do anything with the bucket")
    (found,) = beside(["cos:Get*", "cos:PutObject"], "cos:PutObject", nobody)
    assert found.severity is Severity.ERROR


def test_one_principal_for_all_statements_is_reported_once_at_its_worst() -> None:
    allow = {"effect": "allow", "resource": PHOTOS}
    found = lint(
        [{**allow, "action": "cos:GetObject"}, {**allow, "action": "cos:PutObject"}],
        kind=Kind.BUCKET,
        principal=ANYONE,
    )
    assert codes(found) == ["CAM402"]
    assert found[0].severity is Severity.ERROR
    assert "cos:PutObject" in found[0].message


def test_a_role_for_everybody_is_an_error_unless_a_secret_is_asked_for() -> None:
    (found,) = trust("*")
    assert (found.code, found.severity) == ("CAM402", Severity.ERROR)
    (found,) = trust({"qcs": ["*"]}, condition={"string_equal": {"sts:external_id": "k7Qv-2f9d"}})
    assert (found.severity, found.confidence) == (Severity.WARNING, Confidence.MEDIUM)


def test_principals_of_other_kinds_of_policy_are_not_judged() -> None:
    statement = {"effect": "allow", "principal": "*", "action": "cos:*", "resource": PHOTOS}
    for kind in (Kind.IDENTITY, Kind.SESSION, Kind.SCP):
        assert lint([statement], kind=kind) == []


def test_a_wildcard_for_everyone_in_an_account_is_mended_in_roles_alone() -> None:
    for end in ("*", "uin/*"):
        assert fixes(trust({"qcs": f"{ACCOUNT}:{end}"})) == [f"write {ACCOUNT}:root"]
        found = bucket({"qcs": f"{ACCOUNT}:{end}"})
        assert (codes(found), fixes(found)) == (["CAM403"], [])
    assert fixes(trust({"qcs": "qcs::cam::uin/*:uin/*"})) == []
    assert codes(trust({"service": "*"})) == ["CAM403"]


OWN = Settings(accounts=("100012345678",))


def test_own_and_trusted_accounts_are_fine() -> None:
    for settings in (OWN, Settings(trusted_accounts=("100012345678",))):
        for name in (f"{ACCOUNT}:uin/1", f"{ACCOUNT}:roleName/deploy"):
            assert trust({"qcs": name}, settings=settings, strict=True) == []
    assert codes(trust({"qcs": f"{ACCOUNT}:root"}, settings=OWN)) == ["CAM404"]
    trusting = Settings(accounts=("100087654321",), trusted_accounts=("100012345678",))
    assert trust({"qcs": f"{ACCOUNT}:root"}, settings=trusting, strict=True) == []


STRANGER = "qcs::cam::uin/100087654321:root"


def test_a_strong_condition_makes_a_stranger_a_note() -> None:
    (found,) = trust({"qcs": STRANGER}, condition=ADDRESS, settings=OWN)
    assert (found.code, found.severity) == ("CAM405", Severity.NOTE)
    assert "note rather than warning" in found.note
    for weak in ("10.0.0.0/8", "0.0.0.0/0"):
        (found,) = trust({"qcs": STRANGER}, condition={"ip_equal": {"qcs:ip": weak}}, settings=OWN)
        assert found.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("cos:*", "do anything with the bucket"),
        (
            ["cos:GetObject", "cos:Put*"],
            "rewrite the bucket's policy and change the ACL of the bucket",
        ),
        ("cos:GetObject", "read objects"),
        ("cos:SummonObject", "into the bucket"),
    ],
)
def test_what_a_stranger_can_do_with_a_bucket_is_told(action: object, words: str) -> None:
    (found,) = bucket({"qcs": [STRANGER]}, action, settings=OWN, select=("CAM405",))
    assert found.message.endswith(f"this lets {STRANGER} {words}")


def test_a_stranger_needs_an_external_id() -> None:
    (found,) = trust({"qcs": STRANGER}, settings=OWN)
    assert (found.code, found.severity) == ("CAM405", Severity.WARNING)
    secret = {"sts:external_id": "k7Qv-2f9d"}
    for operator in ("string_equal", "for_any_value:string_equal"):
        assert codes(trust({"qcs": STRANGER}, condition={operator: secret}, settings=OWN)) == [
            "CAM404"
        ]
    for condition in ({"string_equal_if_exist": secret}, {"string_not_equal": secret}, ADDRESS):
        assert codes(trust({"qcs": STRANGER}, condition=condition, settings=OWN)) == ["CAM405"]
    anything = {"string_like": {"sts:external_id": "*"}}
    assert codes(trust({"qcs": STRANGER}, condition=anything, settings=OWN)) == ["CAM405"]


def test_without_accounts_a_role_asks_only_in_strict_mode_and_once_an_account() -> None:
    names = [f"{ACCOUNT}:uin/1", f"{ACCOUNT}:uin/2", STRANGER]
    assert codes(trust({"qcs": names})) == ["CAM404"]
    found = trust({"qcs": names}, strict=True)
    assert codes(found) == ["CAM405", "CAM405"]
    assert {one.severity for one in found} == {Severity.NOTE}
    assert bucket({"qcs": names}, strict=True) == []


def test_a_provider_of_a_stranger_is_told_of() -> None:
    provider = "qcs::cam::uin/100087654321:saml-provider/office"
    (found,) = trust({"federated": provider}, "sts:AssumeRoleWithSAML", settings=OWN)
    assert (found.code, "identity provider" in found.message) == ("CAM405", True)
    assert trust({"federated": SAML}, "sts:AssumeRoleWithSAML", settings=OWN) == []


@pytest.mark.parametrize(
    "name", ["scf.qcloud.com", "new.cloud.tencent.com", "a.b.tencent.com", "baas.qq.com"]
)
def test_names_of_products_with_a_known_ending_stay_silent(name: str) -> None:
    assert trust({"service": name}) == []


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("scf.qcloud.con", ["write scf.qcloud.com"]),
        ("SCF.QCLOUD.COM", ["write scf.qcloud.com"]),
        ("scf.qcloud.com ", ["write scf.qcloud.com"]),
        ("cvm", []),
        ("cvm.tencentcloudapi.com", []),
        ("lambda.amazonaws.com", []),
        ("ab" * 2500, []),
    ],
)
def test_names_of_products_that_are_reported(name: str, offered: list[str]) -> None:
    found = trust({"service": [name]})
    assert codes(found) == ["CAM406"]
    assert fixes(found) == offered


@pytest.mark.parametrize(
    ("principal", "action", "marked"),
    [
        ({"qcs": f"{ACCOUNT}:uin/1"}, "sts:AssumeRole*", []),
        ({"qcs": f"{ACCOUNT}:uin/1"}, "*", []),
        ({"qcs": f"{ACCOUNT}:uin/1"}, "sts:GetFederationToken", []),
        ({"qcs": SAML}, "sts:AssumeRole", []),
        ("*", "sts:AssumeRoleWithSAML", []),
        ({"service": "scf.qcloud.com"}, "STS:AssumeRole", []),
        ({"federated": OIDC}, "sts:AssumeRoleWithSAML", ["sts:AssumeRoleWithSAML"]),
        ({"service": "scf.qcloud.com"}, "sts:AssumeRoleWith*", ["sts:AssumeRoleWith*"]),
        ({"service": "scf.qcloud.com", "federated": SAML}, "sts:AssumeRole", [SAML]),
        ({"service": "scf.qcloud.com"}, ["sts:AssumeRole", "cvm:*"], ["cvm:*"]),
    ],
)
def test_which_actions_fit_which_principals(
    principal: object, action: object, marked: list[str]
) -> None:
    found = trust(principal, action, select=("CAM407",))
    assert [one.offending.strip('"') for one in found] == marked


def test_a_needless_action_beside_the_right_one_is_a_warning() -> None:
    (found,) = trust({"service": "scf.qcloud.com"}, ["sts:AssumeRole", "sts:AssumeRoleWithSAML"])
    assert (found.code, found.severity, found.fixes) == ("CAM407", Severity.WARNING, ())


def test_the_action_for_web_identities_is_written_only_where_claims_are_compared() -> None:
    assert fixes(trust({"federated": OIDC}, select=("CAM407",))) == []
    found = trust({"federated": OIDC}, condition={"string_equal": CLAIMS}, select=("CAM407",))
    assert fixes(found) == ["write sts:AssumeRoleWithWebIdentity"]


WEB = "sts:AssumeRoleWithWebIdentity"


@pytest.mark.parametrize(
    ("condition", "severities"),
    [
        (None, ["error"]),
        ({"string_equal": {"oidc:iss": "https://example.com"}}, ["error"]),
        ({"string_equal": CLAIMS}, ["warning"]),
        ({"string_equal": {**CLAIMS, "oidc:sub": "repo:example/shop:ref:refs/heads/main"}}, []),
        ({"string_equal": CLAIMS, "string_like": {"oidc:sub": "repo:example/shop:*"}}, []),
        ({"string_equal": CLAIMS, "string_like": {"oidc:sub": "*"}}, ["warning"]),
        ({"string_equal": CLAIMS, "string_like": {"oidc:sub": "repo:*"}}, ["warning"]),
        ({"string_equal": CLAIMS, "string_like": {"oidc:sub": "re*"}}, ["warning"]),
        (
            {"string_equal": CLAIMS, "string_like": {"oidc:sub": "*:ref:refs/heads/main"}},
            ["warning"],
        ),
        ({"string_equal": CLAIMS, "string_like": {"oidc:sub": "repo:exam*/shop:*"}}, ["warning"]),
        ({"string_equal": CLAIMS, "string_like": {"oidc:sub": ["repo:*/shop:*"]}}, ["warning"]),
        ({"string_equal": CLAIMS, "string_like": {"oidc:sub": "repo:example/*"}}, []),
        ({"string_equal": CLAIMS, "string_like": {"oidc:sub": "repo:example@*/shop@*:*"}}, []),
        (
            {
                "string_equal": {**CLAIMS, "oidc:iss": "https://oidc.example.com"},
                "string_like": {"oidc:sub": "repo:*"},
            },
            [],
        ),
        (
            {
                "string_equal": {**CLAIMS, "oidc:iss": "https://tke.example.com"},
                "string_like": {"oidc:sub": ["system:serviceaccount:*:*"]},
            },
            ["warning"],
        ),
        (
            {
                "string_equal": {**CLAIMS, "oidc:iss": "https://tke.example.com"},
                "string_like": {"oidc:sub": "system:serviceaccount:shop:*"},
            },
            [],
        ),
        ({"string_equal": CLAIMS, "string_not_equal": {"oidc:sub": "a"}}, ["warning"]),
        ({"string_equal_if_exist": {**CLAIMS, "oidc:sub": "a"}}, ["error"]),
        ({"for_any_value:string_equal": {**CLAIMS, "oidc:sub": "a"}}, []),
        ({"StringEquals": {**CLAIMS, "oidc:sub": "a"}}, []),
        ({"string_equal": []}, []),
    ],
)
def test_which_claims_are_missed(condition: object, severities: list[str]) -> None:
    found = trust({"federated": OIDC}, WEB, condition, select=("CAM408",))
    assert [one.severity.value for one in found] == severities


def test_claims_are_asked_of_web_identities_alone() -> None:
    for principal, action in (
        ({"federated": SAML}, "sts:AssumeRole*"),
        ({"qcs": f"{ACCOUNT}:uin/1"}, "sts:*"),
        ({"federated": OIDC}, "sts:AssumeRole"),
    ):
        assert trust(principal, action, select=("CAM408",)) == []
    assert codes(trust({"federated": OIDC}, "sts:*", select=("CAM408",))) == ["CAM408"]


def test_a_principal_at_the_top_counts_for_roles() -> None:
    statement = {"effect": "allow", "action": WEB}
    found = lint([statement], kind=Kind.TRUST, principal={"federated": OIDC})
    assert codes(found) == ["CAM408"]
    statement["action"] = "sts:AssumeRole"
    found = lint([statement], kind=Kind.TRUST, principal={"federated": SAML})
    assert codes(found) == ["CAM407"]


def test_who_can_be_no_root() -> None:
    assert fixes(trust({"qcs": f"{ACCOUNT}:uin/100012345679:root"})) == [
        f"write {ACCOUNT}:uin/100012345679"
    ]
    assert fixes(trust({"qcs": f"{ACCOUNT}:uin/100012345678:root"})) == [f"write {ACCOUNT}:root"]
    both = [f"{ACCOUNT}:uin/100012345679", "qcs::cam::uin/100012345679:root"]
    found = bucket({"qcs": both})
    assert (codes(found), fixes(found)) == (["CAM409"], [])


@pytest.mark.parametrize(
    ("action", "severity"),
    [
        ("cos:GetObject", Severity.WARNING),
        (["cos:GetBucket", "cos:PutObject"], Severity.WARNING),
        (["name/cos:GetBucket", "cos:GetBucketObjectVersions"], Severity.NOTE),
    ],
)
def test_a_deny_for_anyone(action: object, severity: Severity) -> None:
    (found,) = bucket(ANYONE, action, effect="deny")
    assert (found.code, found.severity) == ("CAM410", severity)


def test_a_deny_for_everybody_or_somebody_stays_silent() -> None:
    for principal in ("*", {"qcs": ["*"]}, {"qcs": f"{ACCOUNT}:uin/1"}):
        assert bucket(principal, effect="deny") == []
    assert trust(ANYONE, select=("CAM410",)) == []


USER = {"qcs": f"{ACCOUNT}:uin/100012345679"}


def test_only_actions_of_cos_are_for_buckets() -> None:
    fine = ["cos:GetObject", "COS:GetObject", "ci:CreateMediaJobs", "*", "permid/280649", "c*:Get*"]
    assert bucket(USER, fine) == []
    # These are misspelt and have a rule of their own.
    assert bucket(USER, ["coss:GetObject", "s3:GetObject"]) == []
    (found,) = bucket(USER, "cdn:PurgePathCache")
    assert (found.code, found.severity) == ("CAM111", Severity.ERROR)
    (found,) = bucket(USER, "cdn:PurgePathCache", kind=None)
    assert (found.code, found.severity) == ("CAM111", Severity.WARNING)
    assert bucket(USER, "cdn:PurgePathCache", kind=Kind.IDENTITY) == []


def cos(*tails: str) -> list[str]:
    return [f"qcs::cos:ap-guangzhou:uid/1253653367:{tail}" for tail in tails]


@pytest.mark.parametrize(
    "tails",
    [
        ("photos-1253653367/*", "photos-1253653367/", "photos-1253653367"),
        ("photos-1253653367/*", "prefix//1253653367/photos/*"),
        ("photos-1253653367/*", "photos-1253653367.cos.ap-guangzhou.myqcloud.com/*"),
        ("photos-1253653367/*", "cdc_cluster-a1b2c3_photos-1253653367/*"),
        ("photos-1253653367/*", "*", "video*", "<bucket>-1253653367/*", "videos/*"),
    ],
)
def test_one_bucket_in_many_spellings(tails: tuple[str, ...]) -> None:
    assert bucket(USER, resource=cos(*tails)) == []


def test_each_other_bucket_is_told_of_once() -> None:
    resource = cos(*(f"{name}-1253653367/*" for name in ("a1", "b1", "b1/x", "c1", "a1/y")))
    found = bucket(USER, resource=resource)
    assert [one.offending for one in found] == ["b1-1253653367", "c1-1253653367"]
    assert {one.severity for one in found} == {Severity.ERROR}
    found = bucket(USER, resource=resource, kind=None)
    assert {(one.severity, one.confidence) for one in found} == {
        (Severity.WARNING, Confidence.MEDIUM)
    }


def test_many_principals_take_linear_time() -> None:
    names = [f"qcs::cam::uin/{100012345678 + number}:root" for number in range(20_000)]
    found = trust({"qcs": names}, settings=Settings(accounts=("100012345678",)))
    assert len(found) == 20_000


def test_many_denies_for_everybody_are_weighed_within_bounds() -> None:
    """Past the budget an action counts as left: that is told, and nothing takes forever."""
    denies = [
        {
            "effect": "deny",
            "principal": ANYONE,
            "action": [f"cos:*{number}*a*", "cos:PutObject"],
            "resource": PHOTOS,
            "condition": ADDRESS,
        }
        for number in range(400)
    ]
    allow = {"effect": "allow", "principal": ANYONE, "action": "cos:PutObject", "resource": PHOTOS}
    (found,) = lint([allow, *denies], kind=Kind.BUCKET, select=("CAM402",))
    assert found.severity is Severity.ERROR
