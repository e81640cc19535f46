"""How files are decoded: what they are written in is noticed, and nothing is read wrongly."""

import pytest

from camlint.engine import Engine
from camlint.finding import Safety, Severity
from camlint.fixes import fix_text
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import MARKED, UNKNOWN, UTF8, decode_source

POLICY = (
    '{"version": "2.0", "statement": [{"effect": "allow", "action": ["cos:GetObject"], '
    '"resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/照片/*"]}]}'
)
ENGINE = Engine(
    load_registry(), Selection(("CAM001", "CAM018", "CAM901")), NOTHING_STATED, edits=True
)


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", UTF8),
        ("utf-8-sig", MARKED),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("utf-32-le", "UTF-32"),
        ("utf-32-be", "UTF-32"),
    ],
)
def test_the_encoding_is_told(codec: str, encoding: str) -> None:
    source = decode_source(POLICY.encode(codec), "policy.json")
    assert (source.text, source.encoding, source.damage) == (POLICY, encoding, "")
    said = [one.code for one in ENGINE.lint(source).diagnostics]
    assert said == ([] if encoding == UTF8 else ["CAM018"])


@pytest.mark.parametrize("data", [b"", b"{", b"{}", b"\0", b"\0\0\0\0", b"a\0b", b"\xef\xbb\xbf"])
def test_short_files_are_no_riddle(data: bytes) -> None:
    assert decode_source(data, "x").damage == ""


def test_bytes_that_are_no_text_have_their_place() -> None:
    source = decode_source(POLICY.encode("gbk"), "policy.json")
    assert source.encoding == UNKNOWN
    one, other = ENGINE.lint(source).diagnostics
    assert (one.code, other.code) == ("CAM901", "CAM018")
    offset = POLICY.encode().index("照片".encode())
    assert f"byte 0xd5 at offset {offset}" in other.message
    assert source.text[: other.region.span.start] == POLICY[: POLICY.index("照")]
    assert other.fixes == ()


def test_the_offset_counts_the_mark() -> None:
    source = decode_source(b"\xef\xbb\xbf{\xff", "policy.json")
    assert source.damage == "it is not UTF-8 text (byte 0xff at offset 4)"
    assert source.damaged_at == 1


def test_a_mark_is_a_note_and_goes_with_a_safe_fix() -> None:
    source = decode_source(POLICY.encode("utf-8-sig"), "policy.json")
    (found,) = ENGINE.lint(source).diagnostics
    assert found.severity is Severity.NOTE
    fixed = fix_text(source, ENGINE, Safety.SAFE)
    assert (fixed.recode, fixed.text, len(fixed.made)) == (True, POLICY, 1)


def test_another_encoding_is_an_error_and_its_fix_a_repair() -> None:
    source = decode_source(POLICY.encode("utf-16"), "policy.json")
    (found,) = ENGINE.lint(source).diagnostics
    assert found.severity is Severity.ERROR
    assert not fix_text(source, ENGINE, Safety.SAFE).recode
    assert fix_text(source, ENGINE, Safety.REPAIR).recode


def test_a_broken_policy_in_another_encoding_has_both_findings() -> None:
    source = decode_source(POLICY.replace("],", "],,", 1).encode("utf-16"), "policy.json")
    assert {one.code for one in ENGINE.lint(source).diagnostics} == {"CAM001", "CAM018"}
