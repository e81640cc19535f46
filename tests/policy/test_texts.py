"""What is read as a variable, and where CAM replaces one."""

import pytest

from camlint.kinds import Kind
from camlint.place import Part
from camlint.policy.read import read_policy
from camlint.policy.texts import Text, join_texts, places_of, read_variables


@pytest.mark.parametrize(
    ("text", "name", "meant", "exact", "cloud"),
    [
        ("${uin}", "uin", "${uin}", True, ""),
        ("${ uin }", "uin", "${uin}", False, ""),
        ("{UIN}", "UIN", "${uin}", False, ""),
        ("$OwnerUin", "OwnerUin", "${owner_uin}", False, ""),
        ("${app-id", "app-id", "${app_id}", False, ""),
        ("${qcs:principal_tag_value}", "qcs:principal_tag_value", "", True, ""),
        ("${account}", "account", "", False, ""),
        ("{{ uin }}", "{ uin }", "", False, ""),
        ("$(uin)", "uin", "${uin}", False, ""),
        ("${aws:username}", "aws:username", "", False, "AWS"),
        ("${www.amazon.com:user_id}", "www.amazon.com:user_id", "", False, "AWS"),
        ("${g:UserName}", "g:UserName", "", False, "Huawei Cloud"),
        ("${env:STAGE}", "env:STAGE", "", False, ""),
    ],
)
def test_forms_of_variables(text: str, name: str, meant: str, exact: bool, cloud: str) -> None:
    (one,) = read_variables(f"a/{text}/b")
    assert (one.start, one.end, one.text) == (2, 2 + len(text), text)
    assert (one.name, one.exact, one.cloud) == (name, exact, cloud)
    assert one.meant == (meant or (text if exact else ""))


def test_several_variables_are_read_in_order() -> None:
    found = read_variables("${region}:$account:{uin}")
    assert [one.text for one in found] == ["${region}", "$account", "{uin}"]


@pytest.mark.parametrize("text", ["", "uin", "$", "100$", "a}b", "*"])
def test_what_is_no_variable(text: str) -> None:
    assert read_variables(text) == ()


@pytest.mark.parametrize(
    ("element", "text", "replaced"),
    [
        ("resource", "qcs::cmqqueue:::queueName/uin/${uin}/*", True),
        ("resource", "qcs::trtc::uin/${uin}:sdkappid/1", False),
        ("resource", "qcs::cos::uid/1:b-1/${uin}", False),
        ("resource", "qcs::cos::uid/1:b-${uin}/a", True),
        ("value", "${uin}", True),
        ("key", "${uin}", False),
        ("action", "cos:${uin}", False),
        ("principal", "qcs::cam::uin/${uin}:root", False),
    ],
)
def test_where_cam_replaces_variables(element: str, text: str, replaced: bool) -> None:
    assert Text(element, text, ()).resolves_at(text.index("${uin}")) is replaced


def test_every_text_of_a_policy_is_found_at_its_place() -> None:
    policy = read_policy(
        {
            "version": "2.0",
            "principal": {"qcs": "everyone"},
            "statement": [
                {
                    "effect": "${effect}",
                    "action": ["a:B", "<c>"],
                    "resource": ["*", "qcs::d:::*", "e"],
                    "condition": {"f": {"g": ["h", 1], "i": "j"}},
                }
            ],
        },
        Kind.BUCKET,
    )
    found = [(one.element, one.text, one.malformed) for one in places_of(policy)]
    assert found == [
        ("principal", "everyone", False),
        ("action", "a:B", False),
        ("resource", "*", False),
        ("resource", "qcs::d:::*", False),
        ("operator", "f", False),
        ("key", "g", False),
        ("value", "h", False),
        ("key", "i", False),
        ("value", "j", False),
        ("effect", "${effect}", True),
        ("action", "<c>", True),
        ("resource", "e", True),
    ]
    texts = join_texts(policy).splitlines()
    assert {text for _, text, _ in found} <= set(texts)
    places = {one.text: one.place() for one in places_of(policy)}
    assert (places["f"].part, places["f"].pointer[-1]) == (Part.KEY, "f")
    assert (places["i"].part, places["i"].pointer[-2:]) == (Part.KEY, ("f", "i"))
    assert (places["h"].part, places["h"].pointer[-2:]) == (Part.VALUE, ("g", 0))
