"""The text report as a user sees it: whole findings, compared character by character."""

import re
from textwrap import dedent

import pytest

from camlint.finding import Confidence, Severity
from camlint.findings import Diagnostic, Summary
from camlint.report.text import TextReport, _split_help

TRTC = """\
{
    "version": "2.0",
    "statement": [
        {
            "effect": "allow",
            "action": ["name/trtc:CreateCloudSliceTask", "name/trtc:RemoveUser"],
            "resource": ["qcs::trtc::uin/100000000001:sdkappid/1400000001"]
        }
    ]
}
"""


def written(*files: list[Diagnostic], summary: Summary | None = None, colour: bool = False) -> str:
    parts: list[str] = []
    report = TextReport(parts.append, colour=colour)
    report.start()
    for diagnostics in files:
        report.file(diagnostics)
    report.finish(summary or Summary())
    return "".join(parts)


def picture(text: str) -> str:
    """The text without the indentation of the test around it."""
    return re.sub(r"(?m)^ {8}", "", text)


def excerpt(diagnostic: Diagnostic) -> str:
    """What stands between the arrow and the notes."""
    return "".join(
        line + "\n"
        for line in written([diagnostic]).splitlines()[2:]
        if not line.lstrip().startswith("= ")
    )


def test_the_picture(diagnose):
    finding = diagnose(
        TRTC,
        '"name/trtc:CreateCloudSliceTask"',
        message="trtc:CreateCloudSliceTask is operation-level, so CAM never matches it against one"
        " application",
        label="granted to nobody",
        related=(('"qcs::trtc::uin/100000000001:sdkappid/1400000001"', 'only "*" would match'),),
        help='grant it in a statement with "resource": "*"',
        note="RemoveUser is not affected",
    )
    summary = Summary(files=6, policies=6, errors=1, warnings=2, suppressed=3)
    assert written([finding], summary=summary) == dedent("""\
        error[CAM505] void-grant: trtc:CreateCloudSliceTask is operation-level, so CAM never matches it against one application
          --> policies/trtc.json:6:24
           |
         6 |             "action": ["name/trtc:CreateCloudSliceTask", "name/trtc:RemoveUser"],
           |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ granted to nobody
         7 |             "resource": ["qcs::trtc::uin/100000000001:sdkappid/1400000001"]
           |                          ------------------------------------------------- only "*" would match
           = help: grant it in a statement with "resource": "*"
           = note: RemoveUser is not affected
           = note: high confidence, documented at cloud.tencent.com/document/product/598/70059; camlint explain CAM505
        Found 1 error, 2 warnings in 6 policies (3 suppressed)
        """)


def test_a_blank_line_stands_between_findings_of_one_file_and_of_two(diagnose):
    one = diagnose(TRTC, '"2.0"', message="one", reference="")
    two = diagnose(
        TRTC,
        '"allow"',
        message="two",
        reference="",
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
    )
    three = diagnose('{"version": "2.0"}\n', "{", message="three", reference="", path="b.json")
    assert written([one, two], [], [three]) == dedent("""\
        error[CAM505] void-grant: one
          --> policies/trtc.json:2:16
           |
         2 |     "version": "2.0",
           |                ^^^^^
           = note: high confidence; camlint explain CAM505

        warning[CAM505] void-grant: two
          --> policies/trtc.json:5:23
           |
         5 |             "effect": "allow",
           |                       ^^^^^^^
           = note: medium confidence; camlint explain CAM505

        error[CAM505] void-grant: three
          --> b.json:1:1
           |
         1 | {"version": "2.0"}
           | ^
           = note: high confidence; camlint explain CAM505
        """)


def test_a_gap_of_one_line_is_shown_and_a_longer_one_is_dots(diagnose):
    finding = diagnose(
        TRTC,
        '"name/trtc:RemoveUser"',
        label="never granted",
        related=(("[\n        {", "in this list"), ('"2.0"', "")),
    )
    assert excerpt(finding) == (
        "   |\n"
        ' 2 |     "version": "2.0",\n'
        "   |                -----\n"
        ' 3 |     "statement": [\n'
        "   |                  - in this list (down to line 4)\n"
        "...\n"
        ' 6 |             "action": ["name/trtc:CreateCloudSliceTask", "name/trtc:RemoveUser"],\n'
        "   |                                                          ^^^^^^^^^^^^^^^^^^^^^^"
        " never granted\n"
    )
    nearer = diagnose(TRTC, '"name/trtc:RemoveUser"', related=(("{\n            ", ""),))
    assert ' 5 |             "effect": "allow",\n 6 |' in excerpt(nearer)


def test_two_places_on_one_line_are_both_named(diagnose):
    finding = diagnose(
        TRTC,
        '"name/trtc:CreateCloudSliceTask"',
        label="granted to nobody",
        related=(('"name/trtc:RemoveUser"', "granted"),),
    )
    assert excerpt(finding) == picture("""\
           |
         6 |             "action": ["name/trtc:CreateCloudSliceTask", "name/trtc:RemoveUser"],
           |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^  ---------------------- granted
           |                        |
           |                        granted to nobody
        """)


def test_three_labels_hang_like_a_staircase(diagnose):
    text = '{"effect": "allow", "action": "cdb:*", "resource": "*"}\n'
    finding = diagnose(
        text,
        '"cdb:*"',
        label="all of TencentDB",
        related=(('"allow"', "given away"), ('"*"', "on everything")),
    )
    assert excerpt(finding) == picture("""\
           |
         1 | {"effect": "allow", "action": "cdb:*", "resource": "*"}
           |            -------            ^^^^^^^              --- on everything
           |            |                  |
           |            |                  all of TencentDB
           |            given away
        """)


def test_a_place_inside_another_gets_a_row_of_its_own(diagnose):
    text = '{"effect": "allow", "action": ["cdb:*", "cdb:Describe*"]}\n'
    finding = diagnose(
        text,
        '"cdb:Describe*"',
        label="already in cdb:*",
        related=(('["cdb:*", "cdb:Describe*"]', "this list"), ('"cdb:*"', "this one")),
    )
    assert excerpt(finding) == picture("""\
           |
         1 | {"effect": "allow", "action": ["cdb:*", "cdb:Describe*"]}
           |                                -------  ^^^^^^^^^^^^^^^ already in cdb:*
           |                                |
           |                                this one
           |                               -------------------------- this list
        """)


def test_a_place_of_several_lines_says_where_it_ends(diagnose):
    text = '{\n  "statement": [{\n    "effect": "allow"\n  }]   \n}\n'
    finding = diagnose(text, '{\n    "effect": "allow"\n  }', label="no action")
    assert excerpt(finding).splitlines()[2] == "   |                 ^ no action (down to line 4)"
    unlabelled = diagnose(text, text)
    assert excerpt(unlabelled).splitlines()[2] == "   | ^ down to line 5"


def test_a_place_that_ends_with_its_line_is_no_place_of_two_lines(diagnose):
    text = '{\n  "action": "*"  \n}\n'
    assert excerpt(diagnose(text, '"*"  \n', label="all")) == picture("""\
           |
         2 |   "action": "*"
           |             ^^^ all
        """)


@pytest.mark.parametrize(
    ("at", "row"),
    [
        ((11, 11), ' 1 | {"action": \n   |            ^ nothing\n'),
        ((12, 12), " 2 | }\n   | ^ nothing\n"),
        ((13, 13), " 2 | }\n   |  ^ nothing\n"),
        ((14, 14), " 3 |\n   | ^ nothing\n"),
    ],
    ids=["end of line", "start of line", "end of last line", "end of file"],
)
def test_an_empty_place_gets_one_caret(diagnose, at, row):
    finding = diagnose('{"action": \n}\n', at=at, label="nothing")
    assert excerpt(finding) == "   |\n" + row.replace(": \n", ":\n")


def test_line_numbers_share_a_margin(diagnose):
    text = "[\n" + "".join(f'"cdb:A{n}",\n' for n in range(2, 12)) + "]\n"
    finding = diagnose(text, '"cdb:A9"', related=(('"cdb:A10"', ""),), reference="")
    assert written([finding]) == dedent("""\
        error[CAM505] void-grant: the message
           --> policies/trtc.json:9:1
            |
          9 | "cdb:A9",
            | ^^^^^^^^
         10 | "cdb:A10",
            | ---------
            = note: high confidence; camlint explain CAM505
        """)


def test_chinese_takes_two_columns_and_tabs_go_to_the_next_stop(diagnose):
    text = '{\n\t"description": "数据库只读",\t"action": "cdb:描述实例",\n\t"resource": "*"\n}\n'
    finding = diagnose(
        text,
        '"cdb:描述实例"',
        label="没有这个操作",
        path="策略/数据库.json",
        related=(('"数据库只读"', "CAM ignores it"), ('"*"', "")),
        reference="",
    )
    assert written([finding]) == (
        "error[CAM505] void-grant: the message\n"
        "  --> 策略/数据库.json:2:36\n"
        "   |\n"
        ' 2 |     "description": "数据库只读",    "action": "cdb:描述实例",\n'
        "   |                    ------------               ^^^^^^^^^^^^^^ 没有这个操作\n"
        "   |                    |\n"
        "   |                    CAM ignores it\n"
        ' 3 |     "resource": "*"\n'
        "   |                 ---\n"
        "   = note: high confidence; camlint explain CAM505\n"
    )


def test_combining_characters_take_no_column(diagnose):
    text = '{"e\u0301ffe\u0301ct": "allow"}'
    assert excerpt(diagnose(text, '"allow"')).splitlines()[2] == "   |            ^^^^^^^"


def test_windows_line_ends_leave_no_trace(diagnose):
    finding = diagnose(TRTC.replace("\n", "\r\n"), '"allow"', label="to whom?")
    assert excerpt(finding) == picture("""\
           |
         5 |             "effect": "allow",
           |                       ^^^^^^^ to whom?
        """)


def test_nothing_in_a_policy_reaches_the_terminal_as_a_command(diagnose):
    text = '{"action": "cos:\x1b[2K\x1b[1A\u202eGet*\u200b\x07", "resource": "*"}\n'
    finding = diagnose(
        text,
        "Get*",
        message="cos:Get*\r\n\x1b]8;;https://example.com\x07error[CAM000] is fine",
        label="read\x9b31m",
        help="line\nbreak",
        note="\u2066turned\u2069",
        path="a\nb\x1b.json",
        related=(('"*"', "zero\u200bwidth"),),
    )
    assert written([finding]) == dedent("""\
        error[CAM505] void-grant: cos:Get*\\u{d}\\u{a}\\u{1b}]8;;https://example.com\\u{7}error[CAM000] is fine
          --> a\\u{a}b\\u{1b}.json:1:26
           |
         1 | {"action": "cos:\\u{1b}[2K\\u{1b}[1A\\u{202e}Get*\\u{200b}\\u{7}", "resource": "*"}
           |                                           ^^^^                            --- zero\\u{200b}width
           |                                           |
           |                                           read\\u{9b}31m
           = help: line\\u{a}break
           = note: \\u{2066}turned\\u{2069}
           = note: high confidence, documented at cloud.tencent.com/document/product/598/70059; camlint explain CAM505
        """)


def test_a_text_that_is_none_is_not_shown(diagnose):
    damaged = diagnose("\ufffd\ufffdPNG", at=(0, 0), damage="it is not UTF-8 text", reference="")
    empty = diagnose("", at=(0, 0), reference="")
    for finding in (damaged, empty):
        assert written([finding]) == dedent("""\
            error[CAM505] void-grant: the message
              --> policies/trtc.json:1:1
               = note: high confidence; camlint explain CAM505
            """)


def test_colours_come_only_when_asked_for_and_change_no_text(diagnose):
    finding = diagnose(TRTC, '"allow"', label="why?", related=(('"2.0"', "old"),), help="ask")
    plain, coloured = written([finding]), written([finding], colour=True)
    assert "\x1b" not in plain
    assert coloured.startswith("\x1b[1;31merror[CAM505]\x1b[0m ")
    assert "\x1b[1;31m^^^^^^^\x1b[0m\x1b[0m" not in coloured
    assert "\x1b[1;31m^^^^^^^\x1b[0m \x1b[1;31mwhy?\x1b[0m" in coloured
    assert "\x1b[1;34m-----\x1b[0m \x1b[1;34mold\x1b[0m" in coloured
    for sequence in ("\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;31m", "\x1b[1;34m"):
        coloured = coloured.replace(sequence, "")
    assert coloured == plain


@pytest.mark.parametrize(
    ("severity", "start"),
    [
        (Severity.WARNING, "\x1b[1;33mwarning[CAM505]\x1b[0m"),
        (Severity.NOTE, "\x1b[1;36mnote[CAM505]\x1b[0m"),
    ],
)
def test_each_severity_has_its_colour(diagnose, severity, start):
    finding = diagnose(TRTC, '"allow"', severity=severity)
    assert written([finding], colour=True).startswith(start)


def test_a_run_without_any_policy_has_no_report(diagnose):
    assert written([], summary=Summary(files=3, without_policy=3)) == ""
    assert written([], summary=Summary(files=6, policies=6)) == "No problems in 6 policies\n"


@pytest.mark.parametrize(
    ("done", "told", "beside", "instead"),
    [
        ("remove it", "remove it", "", ""),
        ("remove it", "remove it, or narrow the wider one", "", "or narrow the wider one"),
        ("delete it", "delete it; or delete that one", "", "or delete that one"),
        ("write x", "write x, for every region", ", for every region", ""),
        ("write x", "write x for all, or y for some", " for all", "or y for some"),
        ("write x*", "write x* if any may stand there, or the name", "", None),
        ("remove it", "grant it elsewhere, or remove it", "", ""),
    ],
)
def test_the_fix_line_promises_no_more_than_the_fix_does(
    done: str, told: str, beside: str, instead: str | None
) -> None:
    assert _split_help(done, told) == (beside, told if instead is None else instead)
