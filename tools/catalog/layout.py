"""JSON laid out for people who review it: sorted, and one line for each entry."""

import json


def render(document: dict[str, object], *, wide: tuple[str, ...] = ()) -> str:
    """The text of a document.

    Members named in ``wide`` take one line for each entry of theirs, every other member takes one
    line in all. Lists keep their order.
    """
    lines = []
    for key, value in document.items():
        if key in wide and value:
            lines.append(f" {dump(key)}: {spread(value)}")
        else:
            lines.append(f" {dump(key)}: {dump(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def spread(value: object) -> str:
    """A list or an object with a line for each entry."""
    if isinstance(value, dict):
        entries = [f"{dump(key)}: {dump(entry)}" for key, entry in sorted(value.items())]
        opening, closing = "{}"
    elif isinstance(value, list):
        entries = [dump(entry) for entry in value]
        opening, closing = "[]"
    else:
        return dump(value)
    return opening + "\n  " + ",\n  ".join(entries) + "\n " + closing


def dump(value: object) -> str:
    """A value on one line, its objects sorted by key."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
