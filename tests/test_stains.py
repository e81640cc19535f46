"""Look-alikes, invisible characters and blanks: found where they are slips, and only there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.patterns import split_action, split_resource
from camlint.policy.malformed import clean_text, stains_of
from camlint.stains import FULL_WIDTH, LETTERS, is_plain, map_clean

COS = "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/"


@pytest.mark.parametrize(
    ("element", "written", "meant"),
    [
        ("action", "cos:GetObject ", "cos:GetObject"),
        ("action", "\tcos:GetObject\n", "cos:GetObject"),
        ("action", "cos： GetObject", "cos:GetObject"),
        ("action", "cоs:GеtObject", "cos:GetObject"),
        ("action", "cos:Get\u200bObject\ufeff", "cos:GetObject"),
        ("action", "cos:Get Object", "cos:GetObject"),
        ("effect", "аllow\u3000", "allow"),
        ("resource", "＊", "*"),
        ("resource", "qcs：：cos：：：＊", "qcs::cos:::*"),
        ("resource", " qcs: :cos : :uid/ 1: b-1/a b ", "qcs::cos::uid/1:b-1/a b"),
        ("resource", "qcs::cvm:ap–guangzhou::instance/*", "qcs::cvm:ap-guangzhou::instance/*"),
        ("resource", COS + "dосs/*", COS + "docs/*"),
        ("resource", COS + "docs／＊", COS + "docs/*"),
        ("resource", COS + "docs\u200b/*", COS + "docs/*"),
        ("operator", "for_any_value: string_equal", "for_any_value:string_equal"),
        ("operator", "string＿equal", "string_equal"),
        ("key", "qcs: ip", "qcs:ip"),
        ("key", "qсs:resource_tag/部门 ", "qcs:resource_tag/部门"),
    ],
)
def test_what_is_meant(element: str, written: str, meant: str) -> None:
    assert clean_text(element, written) == meant
    assert stains_of(element, meant) == ()


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("resource", COS + "照片/*"),
        ("resource", COS + "报告（最终）：一/*"),
        ("resource", COS + "документы/*"),
        ("resource", COS + "рос/*"),
        ("resource", COS + "Ελλάδα/*"),
        ("resource", COS + "１２３/*"),
        ("resource", COS + "summer 2026/*"),
        ("resource", COS + "report–final/*"),
        ("resource", COS + "❤\ufe0f\u200d🔥/*"),
        ("resource", "qcs::cam::uin/100012345678:groupName/运维 组"),
        ("resource", "qcs::cmqqueue:::queueName/队列"),
        ("resource", "qcs::cvm:<the region>::instance/*"),
        ("resource", "qcs::cvm:Hong Kong::instance/*"),
        ("resource", "qcs::cvm:广州::instance/*"),
        ("key", "qcs:resource_tag/操作 员"),
        ("operator", "string equal"),
    ],
)
def test_what_is_left_alone(element: str, text: str) -> None:
    assert stains_of(element, text) == ()


def test_a_stained_text_is_neither_action_nor_resource() -> None:
    assert split_action("cоs:GetObject") is None
    assert split_action("cos:获取") is None
    assert split_resource("qcs::cvm:ap–guangzhou::instance/*") is None
    assert split_resource(COS + "照片/*") is not None


def test_letters_mean_letters() -> None:
    for written, meant in (LETTERS | FULL_WIDTH).items():
        assert not written.isascii()
        assert is_plain(meant)
        assert len(meant) == 1


TEXTS = st.text("qcs:/*- ab1оА：／＊照\u200b\u200d\u3000\n<", max_size=24)


@given(st.sampled_from(["action", "resource", "key", "operator"]), TEXTS)
def test_a_cleaned_text_is_clean(element: str, text: str) -> None:
    cleaned = clean_text(element, text)
    assert clean_text(element, cleaned) == cleaned


@given(st.sampled_from(["action", "resource", "key"]), TEXTS)
def test_every_character_knows_where_it_comes_from(element: str, text: str) -> None:
    stains = stains_of(element, text)
    cleaned = clean_text(element, text)
    kept = map_clean(text, stains)
    assert len(kept) == len(cleaned)
    swapped = {index for one in stains for index in range(one.start, one.end)}
    for index, character in zip(kept, cleaned, strict=True):
        assert text[index] == character or index in swapped
