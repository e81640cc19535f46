"""Globs, six segments and action names against plain definitions."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.patterns import covers, fresh_letter, matcher, split_action, split_resource

globs = st.text(alphabet="ab*", max_size=6)
texts = st.text(alphabet="abc", max_size=6)


def matches_by_regex(pattern: str, text: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text, re.DOTALL) is not None


@given(globs, texts)
def test_a_glob_matches_what_the_regular_expression_does(pattern: str, text: str) -> None:
    assert matcher(pattern)(text) == matches_by_regex(pattern, text)


@given(globs, globs, texts)
def test_a_covering_glob_matches_whatever_the_narrow_one_does(
    wide: str, narrow: str, text: str
) -> None:
    if covers(wide, narrow) and matcher(narrow)(text):
        assert matcher(wide)(text)


@given(globs, globs)
def test_what_is_not_covered_has_a_text_that_shows_it(wide: str, narrow: str) -> None:
    if not covers(wide, narrow):
        shown = narrow.replace("*", fresh_letter(wide, narrow))
        assert matches_by_regex(narrow, shown)
        assert not matches_by_regex(wide, shown)


def test_a_control_character_in_a_pattern_does_not_pass_for_a_wildcard() -> None:
    assert not covers("cos:Get\u0001*", "cos:Get*")
    assert covers("cos:Get*", "cos:Get\u0001*")


def test_hostile_globs_take_no_time() -> None:
    pattern = "*a" * 2000 + "*b"
    assert not matcher(pattern)("a" * 20000)


def test_the_question_mark_is_a_letter() -> None:
    assert not matcher("cos:Get?bject")("cos:GetObject")


def test_six_segments_know_their_characters() -> None:
    text = "qcs::trtc::uin/100012345678:sdkappid/1400123456"
    six = split_resource(text)
    assert six is not None and six.resource_id is not None
    for segment in (six.project, six.service, six.region, six.account, six.tail, six.resource_id):
        assert text[segment.start : segment.end] == segment.text
    assert (six.service.text, six.region.text, six.account.text) == (
        "trtc",
        "",
        "uin/100012345678",
    )
    assert (six.resource_type.text, six.resource_id.text) == ("sdkappid", "1400123456")


@pytest.mark.parametrize(
    "text", ["*", "qcs::trtc:uin/1:sdkappid/2", "arn:aws:s3:::x", "QCS::cos:::x", ""]
)
def test_what_is_not_six_segments_is_none(text: str) -> None:
    assert split_resource(text) is None


def test_colons_after_the_fifth_belong_to_the_tail() -> None:
    six = split_resource("qcs::cos:ap-beijing:uid/1:bucket-1/a:b")
    assert six is not None
    assert six.tail.text == "bucket-1/a:b"


@pytest.mark.parametrize(
    ("text", "service", "operation"),
    [
        ("*", "*", "*"),
        ("*:*", "*", "*"),
        ("cos:GetObject", "cos", "GetObject"),
        ("name/cos:*Bucket*", "cos", "*Bucket*"),
    ],
)
def test_actions_are_read(text: str, service: str, operation: str) -> None:
    name = split_action(text)
    assert name is not None
    assert (name.service.text, name.operation.text) == (service, operation)
    assert not name.opaque


@pytest.mark.parametrize("text", ["permid/280655", "actionName/SomeSet"])
def test_legacy_sets_are_opaque(text: str) -> None:
    name = split_action(text)
    assert name is not None and name.opaque


@pytest.mark.parametrize(
    "text",
    [
        "GetObject",
        "cos:",
        ":GetObject",
        "cos: GetObject",
        "cos：GetObject",
        "cos:A,cos:B",
        "permid/x",
    ],
)
def test_malformed_actions_are_none(text: str) -> None:
    assert split_action(text) is None
