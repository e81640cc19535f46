"""A pointer as JSONPath writes it, for those who look a value up with other tools."""

import re

PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
INDEX = re.compile(r"0\Z|[1-9][0-9]*\Z")


def json_path(pointer: str) -> str:
    """The JSONPath of an RFC 6901 pointer: ``$.statement[0].condition['qcs:ip']``.

    A key of digits only can't be told from an index, as in the pointer itself.
    Source: https://www.rfc-editor.org/rfc/rfc9535
    """
    return "$" + "".join(map(_segment, pointer.split("/")[1:]))


def _segment(step: str) -> str:
    key = step.replace("~1", "/").replace("~0", "~")
    if INDEX.match(key):
        return f"[{key}]"
    if PLAIN.match(key):
        return f".{key}"
    quoted = key.replace("\\", "\\\\").replace("'", "\\'")
    return f"['{quoted}']"
