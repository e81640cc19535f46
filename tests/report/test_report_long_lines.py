"""Lines too long for a terminal: the carets stand under what they mean, whatever is cut away."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from camlint.report.cut import WIDTH, cut_line
from camlint.report.excerpt import Excerpt, mark_finding
from camlint.report.terminal import escape, plain, width
from camlint.source import Lines

MINIFIED = json.dumps(
    {
        "version": "2.0",
        "statement": [
            {
                "effect": "allow",
                "action": [f"name/cdb:Operation{number}" for number in range(250)],
                "resource": ["qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-1a2b3c4d"],
            }
        ],
    },
    separators=(",", ":"),
)


def excerpt(diagnostic):
    line = Lines(diagnostic.source.text).line
    rows = Excerpt(mark_finding(diagnostic, line), line).rows(plain)
    return "".join(f"{row}\n" for row in rows)


def picture(text):
    """The text without the indentation of the test around it."""
    return re.sub(r"(?m)^ {8}", "", text)


def test_the_example_is_as_long_as_it_should_be():
    assert len(MINIFIED) > 6000


def test_a_line_is_cut_on_both_sides(diagnose):
    finding = diagnose(MINIFIED, '"name/cdb:Operation120"', label="no such operation")
    assert excerpt(finding) == picture("""\
           |
         1 | …peration118","name/cdb:Operation119","name/cdb:Operation120","name/cdb:Operation121","name/cdb:Op…
           |                                       ^^^^^^^^^^^^^^^^^^^^^^^ no such operation
        """)


def test_a_line_is_shown_from_its_start_where_that_is_enough(diagnose):
    finding = diagnose(MINIFIED, '"allow"', label="to whom?")
    assert excerpt(finding) == picture("""\
           |
         1 | {"version":"2.0","statement":[{"effect":"allow","action":["name/cdb:Operation0","name/cdb:Operation…
           |                                         ^^^^^^^ to whom?
        """)


def test_the_end_of_a_line_is_shown_without_a_sign_of_more(diagnose):
    for at in ((len(MINIFIED) - 1, len(MINIFIED)), (len(MINIFIED), len(MINIFIED))):
        _, source, carets = excerpt(diagnose(MINIFIED, at=at, label="end")).splitlines()
        assert source.endswith('cdb-1a2b3c4d"]}]}')
        column = len(source) - 1 if at[0] < at[1] else len(source)
        assert carets == "   |" + " " * (column - 4) + "^ end"


def test_places_that_fit_on_one_row_share_it(diagnose):
    finding = diagnose(
        MINIFIED,
        '"name/cdb:Operation120"',
        label="no such operation",
        related=(('"resource"', "of these"),),
    )
    assert excerpt(finding) == picture("""\
           |
         1 | …b:Operation119","name/cdb:Operation120","name/cdb:Opera…:Operation249"],"resource":["qcs::cdb:ap-g…
           |                  ^^^^^^^^^^^^^^^^^^^^^^^                                 ---------- of these
           |                  |
           |                  no such operation
        """)


def test_places_that_do_not_fit_on_one_row_get_two(diagnose):
    finding = diagnose(
        MINIFIED,
        '"name/cdb:Operation120"',
        label="granted to nobody",
        related=(
            (
                '"qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-1a2b3c4d"',
                'only "*" would match',
            ),
        ),
    )
    assert excerpt(finding) == picture("""\
           |
         1 | …peration118","name/cdb:Operation119","name/cdb:Operation120","name/cdb:Operation121","name/cdb:Op…
           |                                       ^^^^^^^^^^^^^^^^^^^^^^^ granted to nobody
         1 | …peration249"],"resource":["qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-1a2b3c4d"]}]}
           |                            ---------------------------------------------------------------- only "*" would match
        """)


def test_a_place_longer_than_the_terminal_keeps_both_ends(diagnose):
    actions = MINIFIED[MINIFIED.index("[", 40) : MINIFIED.index("]") + 1]
    _, source, carets = excerpt(diagnose(MINIFIED, actions, label="250 actions")).splitlines()
    left, right = carets.index("^"), carets.rindex("^") + 1
    assert source[left] == "["
    assert source[right - 1] == "]"
    assert source[left:right].count("…") == 1
    assert carets.endswith("^ 250 actions")


def test_a_long_label_hangs_below_a_long_underline(diagnose):
    resource = '"qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-1a2b3c4d5e6f7a8b9c0d"'
    text = f'{{"effect": "allow", {resource}: 1}}\n'
    finding = diagnose(text, resource, label="names a database that is in another region")
    assert excerpt(finding) == picture(f"""\
           |
         1 | {{"effect": "allow", {resource}: 1}}
           |                     {"^" * len(resource)}
           |                     names a database that is in another region
        """)


TEXTS = st.text(st.sampled_from('ab ":,\t\x1b\u200b数据e\u0301“'), min_size=1, max_size=700)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 700), st.integers(1, 60)), min_size=1, max_size=2))
def test_columns_are_those_of_the_part_itself(line, wanted):
    parts = [(min(start, len(line) - 1), 0) for start, _ in wanted]
    parts = [(a, min(len(line), a + n)) for (a, _), (_, n) in zip(parts, wanted, strict=True)]
    cut = cut_line(line, parts)
    for start, end in parts:
        left, right = cut.columns((start, end))
        assert right > left
        before = shown = ""
        for character in cut.text:
            if width(before) < left:
                before += character
            elif width(before) + width(shown) < right:
                shown += character
        shown = shown.lstrip("\u0301")
        first = line[start]
        expected = " " if first == "\t" else escape(first)
        assert shown.startswith(expected) or width(expected) == 0
        marked = width(escape(line[start:end]))
        if marked and "…" not in shown and "\t" not in line[start:end]:
            assert width(shown) == marked


@given(TEXTS, st.integers(0, 700), st.integers(1, 700))
def test_a_cut_line_fits_and_keeps_its_part_in_sight(line, start, length):
    start = min(start, len(line))
    cut = cut_line(line, [(start, max(start + 1, min(len(line), start + length)))])
    assert width(cut.text.rstrip()) <= WIDTH
    assert cut.columns((start, start + 1))[0] < WIDTH


def test_a_huge_line_is_not_walked_through(diagnose):
    class Watched(str):
        """A line that notices how many of its characters are looked at."""

        looked = 0

        def __getitem__(self, index):
            Watched.looked += 1
            return super().__getitem__(index)

    line = Watched('"cdb:A",' * 100_000)
    cut = cut_line(line, [(400_000, 400_007), (700_000, 799_999)])
    assert "…" in cut.text
    assert Watched.looked < 20_000
