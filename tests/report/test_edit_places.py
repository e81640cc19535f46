"""The lines of a file are counted once for all of its edits."""

from camlint.edit import TextEdit
from camlint.report import edit_places
from camlint.source import Lines


def test_the_lines_of_a_file_are_counted_once(monkeypatch):
    counted = []

    def count(text):
        counted.append(text)
        return Lines(text)

    monkeypatch.setattr(edit_places, "Lines", count)
    text = "first\nsecond\nthird\n"
    for at in range(12):
        (region,) = edit_places.locate_edits(text, [TextEdit(at, at + 1, "")])
        assert region.start.line == text.count("\n", 0, at) + 1
    assert len(counted) == 1
