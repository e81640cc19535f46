"""The lines of a file are counted once for all of its edits."""

from camlint.edit import TextEdit
from camlint.report import edit_places


def test_the_lines_of_a_file_are_counted_once(monkeypatch):
    counted = []
    original = edit_places.Lines
    monkeypatch.setattr(edit_places, "Lines", lambda text: counted.append(1) or original(text))
    text = "first\nsecond\nthird\n"
    for at in range(12):
        (region,) = edit_places.locate_edits(text, [TextEdit(at, at + 1, "")])
        assert region.start.line == text.count("\n", 0, at) + 1
    assert len(counted) == 1
