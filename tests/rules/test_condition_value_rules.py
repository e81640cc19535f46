"""What the rules about operators, keys and values of conditions say, and where they stay silent."""

import json

import pytest

from camlint.engine import Engine
from camlint.finding import Safety
from camlint.findings import Diagnostic
from camlint.fixes import fix_text
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import Settings
from camlint.source import Source

REGISTRY = load_registry()
MINE = tuple(f"CAM30{digit}" for digit in range(1, 10))


def write(condition: object, effect: str = "allow", action: str = "cos:GetObject") -> str:
    statement = {"effect": effect, "action": action, "resource": "*", "condition": condition}
    return json.dumps({"version": "2.0", "statement": [statement]}, ensure_ascii=False)


def lint(
    condition: object,
    *,
    effect: str = "allow",
    action: str = "cos:GetObject",
    select: tuple[str, ...] | None = MINE,
    strict: bool = True,
) -> list[Diagnostic]:
    """What these rules say of a policy with one statement."""
    engine = Engine(REGISTRY, Selection(select, strict=strict), Settings())
    return list(engine.lint(Source("p.json", write(condition, effect, action))).diagnostics)


def codes(condition: object, **options: str) -> list[str]:
    return [one.code for one in lint(condition, **options)]  # type: ignore[arg-type]


def mend(condition: object, action: str = "cos:GetObject") -> object:
    """The condition after all fixes of these rules."""
    engine = Engine(REGISTRY, Selection(MINE, strict=True), Settings(), edits=True)
    fixed = fix_text(Source("p.json", write(condition, action=action)), engine, Safety.REPAIR)
    return json.loads(fixed.text)["statement"][0]["condition"]


@pytest.mark.parametrize(
    "condition",
    [
        {"string_like": {"cos:content-type": "image/*"}},
        {"for_all_value:string_equal_if_exist": {"qcs:request_tag": "env&test"}},
        {"null_equal": {"qcs:ip": "true", "qcs:resource_tag/env": "false"}},
        {"string_equal": {"mfa": "0"}, "numeric_equal": {"mfa": 1, "qcs:mfa": 1}},
        {"numeric_equal": {"qcs:read_only_action": 1, "cos:tls-version": 1.2}},
        {"binary_equal": {"qcs:ip": "x"}},
        {"string_equal": {"qcs:create_uin": ["${uin}", 100012345678], "cos:versionid": "*"}},
        {"bool_equal": {"qcs:resource_tag/public": "false", "cos:secure-transport": "true"}},
        {"ip_equal": {"qcs:ip": ["203.0.113.0/24", "198.51.100.7", "2001:db8::/32"]}},
        {"date_less_than": {"qcs:current_time": "2030-01-01T00:00:00Z"}},
        {"numeric_less_than": {"example:count": ["1", 2, "3.5", "-4e2"]}},
    ],
)
def test_what_is_right_stays_silent(condition: object) -> None:
    assert [one.code for one in lint(condition, strict=False, select=("CAM30",))] in (
        [],
        ["CAM303"] if "example:count" in str(condition) else [],
    )


def test_a_misspelt_operator_is_one_finding() -> None:
    condition = {"IpAdress": {"qcs:ip": ["nonsense", "0.0.0.0/0"], "qcs:current_time": "x"}}
    assert codes(condition) == ["CAM301"]
    condition = {"ip_equal_if_exists": {"qcs:ip": "10.0.0.5/24"}}
    assert codes(condition) == ["CAM302"]
    condition = {"string_equals": {"qcs:resource_tag": "env:test"}}
    assert codes(condition) == ["CAM301"]


def test_two_misspellings_of_one_operator_are_mended_once() -> None:
    condition = {"StringEquals": {"a:b": "1"}, "string_equals": {"a:c": "2"}}
    found = [one for one in lint(condition) if one.code == "CAM301"]
    assert [bool(one.fixes) for one in found] == [True, False]
    assert found[1].help == "gather its keys below one string_equal"
    assert mend(condition) == {"string_equal": {"a:b": "1"}, "string_equals": {"a:c": "2"}}


def test_an_operator_that_stands_there_already_is_not_doubled() -> None:
    condition = {"string_equal": {"a:b": "1"}, "string_equal_ifexist": {"a:c": "2"}}
    assert mend(condition) == {"string_equal": {"a:b": "1"}, "string_equal_if_exist": {"a:c": "2"}}
    condition = {"string_equal_if_exist": {"a:b": "1"}, "string_equal_ifexist": {"a:c": "2"}}
    assert mend(condition) == condition


@pytest.mark.parametrize(
    ("operator", "key", "mended"),
    [
        ("StringNotEquals", "cos:x-cos-acl", "StringNotEquals"),
        ("StringNotEqualsIfExists", "cos:x-cos-acl", "string_not_equal_if_exist"),
        ("string_not_equals", "cos:x-cos-acl", "string_not_equal"),
        ("ForAllValues:StringNotLike", "cos:x-cos-acl", "ForAllValues:StringNotLike"),
    ],
)
def test_what_negation_means_elsewhere_is_left_to_the_author(
    operator: str, key: str, mended: str
) -> None:
    assert mend({operator: {key: "private"}}) == {mended: {key: "private"}}


def test_negation_of_what_every_request_has_is_mended() -> None:
    mended = {"ip_not_equal": {"qcs:ip": "203.0.113.7"}}
    assert mend({"NotIpAddress": {"qcs:ip": "203.0.113.7"}}) == mended
    assert mend({"NotIpAddress": {"aws:SourceIp": "203.0.113.7"}}) == mended


def test_archive_storage_has_operators_of_aws_in_its_samples() -> None:
    found = lint({"NumericLessThan": {"cas:ArchiveAgeInDays": 30}}, action="cas:DeleteArchive")
    assert [(one.code, one.severity.value) for one in found] == [
        ("CAM301", "warning"),
        ("CAM303", "note"),
    ]
    assert found[0].fixes == ()


def test_the_operators_for_the_key_are_named() -> None:
    (one,) = lint({"within": {"qcs:ip": "203.0.113.7"}})
    assert one.help == "for qcs:ip CAM has ip_equal and ip_not_equal"


@pytest.mark.parametrize(("value", "fixable"), [("true", True), ("false", False)])
def test_null_equal_takes_no_suffix(value: str, fixable: bool) -> None:
    (one,) = lint({"null_equal_if_exist": {"qcs:ip": value}})
    assert (one.code, bool(one.fixes)) == ("CAM302", fixable)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("aws:SourceIp", "qcs:ip"),
        ("aws:sourceip", "qcs:ip"),
        ("acs:SourceIp", "qcs:ip"),
        ("qcs:IP", "qcs:ip"),
        ("ip", "qcs:ip"),
    ],
)
def test_keys_that_are_meant_for_another(written: str, key: str) -> None:
    (one,) = lint({"ip_equal": {written: "203.0.113.7"}})
    assert (one.code, one.severity.value) == ("CAM303", "warning")
    assert one.offending == f'"{written}"'
    assert mend({"ip_equal": {written: "203.0.113.7"}}) == {"ip_equal": {key: "203.0.113.7"}}


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("SAML:aud", "saml:aud"),
        ("sts:ExternalId", "sts:external_id"),
        ("token.actions.githubusercontent.com:sub", "oidc:sub"),
        ("Resource_Tag/env", "qcs:resource_tag/env"),
        ("qcs:resource_tags", "qcs:resource_tag"),
        ("cvm:InstanceType", "cvm:instance_type"),
        ("cos:x_cos_acl", "cos:x-cos-acl"),
    ],
)
def test_keys_of_services_that_are_misspelt(written: str, key: str) -> None:
    value = "env&test" if key.endswith("_tag") else "x"
    assert mend({"string_equal": {written: value}}) == {"string_equal": {key: value}}


def test_a_key_of_two_letters_is_not_guessed() -> None:
    (one,) = lint({"ip_equal": {"qcs:id": "203.0.113.7"}})
    assert (one.help, one.fixes) == ("write qcs:ip, if that is what it should be", ())


def test_a_key_that_stands_there_already_is_not_doubled() -> None:
    condition = {"ip_equal": {"aws:SourceIp": "203.0.113.7", "qcs:IP": "203.0.113.8"}}
    assert mend(condition) == {"ip_equal": {"qcs:ip": "203.0.113.7", "qcs:IP": "203.0.113.8"}}


def test_what_another_cloud_writes_otherwise_is_not_mended() -> None:
    (one,) = lint({"for_any_value:string_equal": {"aws:ResourceTag/env": "production"}})
    assert one.fixes == ()
    assert one.help == (
        'write "for_any_value:string_equal": {"qcs:resource_tag": "env&production"}'
    )
    (one,) = lint({"string_equal": {"ec2:InstanceType": "t2.micro"}}, action="cvm:RunInstances")
    assert one.fixes == ()
    (one,) = lint({"bool_equal": {"aws:SecureTransport": "true"}}, action="cvm:RunInstances")
    assert (one.help, one.fixes) == ("for requests to COS cos:secure-transport does the same", ())


@pytest.mark.parametrize(
    ("operator", "effect", "end"),
    [
        ("string_equal", "allow", "so likely this allow grants nothing"),
        ("string_equal", "deny", "so likely this deny never fires"),
        ("string_equal_if_exist", "allow", "always holds and doesn't restrict this allow"),
        ("null_equal", "deny", "always holds and doesn't restrict this deny"),
    ],
)
def test_what_an_unknown_key_leads_to(operator: str, effect: str, end: str) -> None:
    (one,) = lint({operator: {"qcs:department": "true"}}, effect=effect)
    assert one.message.endswith(end)
    assert one.confidence.value == "medium"


def test_unknown_keys_of_services_are_for_strict_mode() -> None:
    condition = {"numeric_equal": {"cas:ArchiveAgeInDays": 30, "product": 1}}
    assert "CAM303" not in [one.code for one in lint(condition, select=None, strict=False)]
    (one,) = lint(condition)
    assert (one.code, one.severity.value, one.confidence.value) == ("CAM303", "note", "low")


@pytest.mark.parametrize(
    ("condition", "way_out"),
    [
        ({"string_equal": {"qcs:ip": "x"}}, "compare it by ip_equal"),
        ({"string_not_equal_if_exist": {"qcs:ip": "x"}}, "compare it by ip_not_equal_if_exist"),
        (
            {"numeric_less_than": {"qcs:current_time": "x"}},
            "compare it by date_less_than",
        ),
        (
            {"string_not_equal": {"cos:secure-transport": "x"}},
            "for it CAM has bool_equal",
        ),
        ({"ip_equal": {"qcs:resource_tag": "x"}}, "compare it by string_equal"),
    ],
)
def test_a_mismatch_is_one_finding(condition: object, way_out: str) -> None:
    (one,) = lint(condition)
    assert (one.code, one.help) == ("CAM304", way_out)


def test_unknown_keys_and_forms_for_one_tag_have_no_type() -> None:
    condition = {"numeric_equal": {"example:x": 1, "qcs:resource_tag/level": 3}}
    assert codes(condition) == ["CAM303"]


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("198.51.100.*", "198.51.100.0/24"),
        ("10.*", "10.0.0.0/8"),
        ("10.*.*.*", "10.0.0.0/8"),
        ("10.0.0.0/255.255.0.0", "10.0.0.0/16"),
        ("203.0.113.7/255.255.255.0", "203.0.113.7/24"),
        (" 203.0.113.7", "203.0.113.7"),
        ("203.0.113.7, 203.0.113.8", ["203.0.113.7", "203.0.113.8"]),
    ],
)
def test_addresses_that_are_plainly_meant(written: str, mended: object) -> None:
    (one, *_) = lint({"ip_equal": {"qcs:ip": written}}, select=("CAM305",))
    assert one.severity.value == "error"
    engine = Engine(REGISTRY, Selection(("CAM305",)), Settings(), edits=True)
    text = write({"ip_equal": {"qcs:ip": written}})
    fixed = json.loads(fix_text(Source("p.json", text), engine, Safety.REPAIR).text)
    assert fixed["statement"][0]["condition"] == {"ip_equal": {"qcs:ip": mended}}


@pytest.mark.parametrize(
    "written",
    [
        "10.*.*.10/24",
        "*",
        "10.0.0.1-10.0.0.9",
        "localhost",
        "10.0.0.0/33",
        "",
        10,
        "300.*",
        "1/2/3",
    ],
)
def test_addresses_that_may_be_anything(written: object) -> None:
    (one,) = lint({"ip_equal": {"qcs:ip": written}})
    assert (one.code, one.severity.value, one.fixes) == ("CAM305", "error", ())


@pytest.mark.parametrize(
    ("written", "severity", "mended"),
    [
        ("2022-05-31 00:00:00", "warning", None),
        ("2030-01-01", "warning", None),
        ("2016-06-01T 00:01:00Z", "warning", "2016-06-01T00:01:00Z"),
        ("2030-01-01T08:00:00+08:00", "warning", "2030-01-01T00:00:00Z"),
        ("2030-01-01T00:00:00.000Z", "warning", "2030-01-01T00:00:00Z"),
        ("2030-01-01T00:00:00.5Z", "warning", None),
        ("9999-12-31T23:59:59-01:00", "warning", None),
        ("2030-02-30T00:00:00Z", "error", None),
        ("31.01.2030", "error", None),
        (1893456000, "error", "2030-01-01T00:00:00Z"),
        ("2030-01-01T00:00:00Z ", "error", "2030-01-01T00:00:00Z"),
    ],
)
def test_dates(written: object, severity: str, mended: str | None) -> None:
    condition = {"date_less_than": {"qcs:current_time": written}}
    (one,) = lint(condition)
    assert (one.code, one.severity.value) == ("CAM305", severity)
    assert mend(condition) == {"date_less_than": {"qcs:current_time": mended or written}}


@pytest.mark.parametrize(
    ("operator", "written", "mended"),
    [
        ("bool_equal", "True", "true"),
        ("bool_equal", 0, "false"),
        ("bool_equal", "yes", "yes"),
        ("null_equal", "FALSE", "false"),
        ("null_equal", 1, 1),
        ("numeric_equal", " 10", "10"),
        ("numeric_equal", "10MB", "10MB"),
        ("numeric_equal", True, True),
    ],
)
def test_truth_values_and_numbers(operator: str, written: object, mended: object) -> None:
    key = {"bool_equal": "cos:secure-transport", "numeric_equal": "cos:content-length"}
    condition = {operator: {key.get(operator, "qcs:ip"): written}}
    (one,) = lint(condition)
    assert (one.code, one.severity.value) == ("CAM305", "error")
    assert mend(condition) == {operator: {key.get(operator, "qcs:ip"): mended}}


def test_a_boolean_of_json_is_left_to_its_own_rule() -> None:
    assert (
        codes({"bool_equal": {"cos:secure-transport": True}, "null_equal": {"qcs:ip": False}}) == []
    )


@pytest.mark.parametrize("value", ["${uin}", "<ip>", "101.226.***.7", "xxx.xxx.xxx.xxx", "{ip}"])
@pytest.mark.parametrize(
    ("operator", "key"),
    [
        ("ip_equal", "qcs:ip"),
        ("date_less_than", "qcs:current_time"),
        ("numeric_equal", "cos:content-length"),
        ("bool_equal", "cos:secure-transport"),
        ("null_equal", "qcs:ip"),
        ("for_any_value:string_equal", "qcs:resource_tag"),
    ],
)
def test_what_is_still_to_be_filled_in_is_never_wrong(operator: str, key: str, value: str) -> None:
    assert codes({operator: {key: value}}) == []


def test_subjects_of_tokens_are_counted() -> None:
    subjects = [f"repo:example/photos:ref:refs/heads/{number}" for number in range(11)]
    assert codes({"string_equal": {"oidc:sub": subjects[:10]}}) == []
    (one,) = lint({"string_equal": {"oidc:sub": subjects}})
    assert (one.code, one.offending) == ("CAM305", '"oidc:sub"')


def test_all_addresses_speak_for_their_condition() -> None:
    (one,) = lint({"ip_equal": {"qcs:ip": ["0.0.0.0/0", "::/0"]}})
    assert (one.code, len(one.related)) == ("CAM307", 1)
    (one,) = lint({"ip_equal": {"qcs:ip": "10.0.0.5/0"}})
    assert one.message == (
        "10.0.0.5/0 is every IPv4 address, so this allow isn't restricted to any network"
    )
    (one,) = lint({"ip_not_equal": {"qcs:ip": "0.0.0.0/0"}})
    assert one.message.endswith("so ip_not_equal never holds and this allow grants nothing")
    (one,) = lint({"ip_not_equal_if_exist": {"qcs:ip": "0.0.0.0/0"}}, effect="deny")
    assert one.message.endswith("holds only for requests without qcs:ip")
    assert codes({"ip_not_equal": {"qcs:ip": ["0.0.0.0/0", "203.0.113.7"]}}) == []


def test_private_addresses_matter_in_an_allow_alone() -> None:
    assert codes({"ip_equal": {"qcs:ip": "10.8.0.7"}}) == ["CAM308"]
    assert codes({"ip_equal": {"qcs:ip": ["10.8.0.7", "203.0.113.7"]}}) == []
    assert codes({"ip_equal": {"qcs:ip": "10.8.0.7"}}, effect="deny") == []
    assert codes({"ip_not_equal": {"qcs:ip": "10.8.0.7"}}) == []
    assert codes({"ip_equal": {"qcs:ip": ["10.8.0.7", "${x}"]}}) == []
    (one,) = lint({"ip_equal": {"qcs:ip": ["10.8.0.7", "10.8.0.8", "10.8.0.9"]}})
    assert one.message.startswith("10.8.0.7 and 2 more are private")


def test_host_bits_are_mended_safely() -> None:
    (one,) = lint({"ip_not_equal": {"qcs:ip": ["203.0.113.7/24"]}})
    assert (one.code, one.severity.value) == ("CAM306", "note")
    assert [fix.safety for fix in one.fixes] == [Safety.SAFE]


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("env:production", "env&production"),
        ("env = production", "env&production"),
        ("env\uff06production", "env&production"),
        ("env&amp;production", "env&production"),
        ("环境:生产", "环境&生产"),
        ("env", "env"),
        ("a:b:c", "a:b:c"),
        ("&production", "&production"),
        ("", ""),
        ("*", "*"),
    ],
)
@pytest.mark.parametrize("key", ["qcs:resource_tag", "qcs:request_tag", "qcs:tag"])
def test_tags(key: str, written: str, mended: str) -> None:
    condition = {"for_any_value:string_equal": {key: [written, "env&"]}}
    (one,) = lint(condition)
    assert (one.code, one.severity.value) == ("CAM309", "error")
    assert mend(condition) == {"for_any_value:string_equal": {key: [mended, "env&"]}}


@pytest.mark.parametrize(
    "condition",
    [
        {"for_any_value:string_like": {"qcs:resource_tag": "env*"}},
        {"null_equal": {"qcs:resource_tag": "true"}},
        {"string_equal": {"qcs:resource_tag/env": "production", "qcs:tag/env": "production"}},
        {"for_any_value:string_equal": {"qcs:resource_tag": "${qcs:principal_tag_value}"}},
    ],
)
def test_tags_that_may_lack_their_sign(condition: object) -> None:
    assert codes(condition) == []


def test_many_conditions_take_linear_time() -> None:
    wrong = {f"string_equal{number}": {"qcs:ip": "x"} for number in range(300)}
    keys = {f"aws:SourceIp{number}": "x" for number in range(3000)}
    values = ["10.0.0.5/24", "x", "0.0.0.0/0", "10.*"] * 1000
    found = lint({**wrong, "string_equal": keys, "ip_equal": {"qcs:ip": values}})
    assert {one.code for one in found} >= {"CAM301", "CAM303", "CAM305", "CAM306", "CAM307"}
