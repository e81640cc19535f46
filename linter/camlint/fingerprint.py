"""The identity of a finding, which outlives every change of layout and no change of meaning."""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hashlib import _Hash

    from camlint.findings import Diagnostic

DIGITS = 20
"""How many hexadecimal digits of the hash are kept: 80 bits."""


def fingerprint(diagnostic: "Diagnostic", ordinal: int) -> str:
    """The fingerprint of the finding, such as ``3f0c…9a:1``.

    It is made of the rule's code, the file's path, what the statement means and the offending
    value. ``ordinal`` tells findings of one file apart that agree in all of them, from 1.
    """
    return f"{_Digests().of(diagnostic, diagnostic.source.path)}:{ordinal}"


def fingerprints(diagnostics: "Sequence[Diagnostic]", path: str | None = None) -> Iterator[str]:
    """The fingerprints of all findings of one file, in their order.

    ``path`` is what the file is called where the fingerprints are kept, if not as in reports.
    """
    seen: dict[str, int] = {}
    digests = _Digests()
    for diagnostic in diagnostics:
        digest = digests.of(diagnostic, diagnostic.source.path if path is None else path)
        seen[digest] = seen.get(digest, 0) + 1
        yield f"{digest}:{seen[digest]}"


class _Digests:
    """The digests of the findings of one file.

    A statement of thousands of actions may have a finding for each: what is long is rendered and
    hashed once for all of them. Statements are told apart by identity, since the findings keep them.
    """

    __slots__ = ("_begun", "_offending", "_statements")

    def __init__(self) -> None:
        self._begun: dict[tuple[str, str, int], _Hash] = {}
        self._offending: dict[str, bytes] = {}
        self._statements: dict[int, str] = {}

    def of(self, diagnostic: "Diagnostic", path: str) -> str:
        """The hash of the JSON list of code, path, statement and offending value."""
        statement = diagnostic.statement
        key = (diagnostic.code, path, id(statement))
        begun = self._begun.get(key)
        if begun is None:
            meaning = self._statements.get(id(statement))
            if meaning is None:
                meaning = self._statements[id(statement)] = _text(_statement_meaning(statement))
            opening = f"[{_text(diagnostic.code)}, {_text(path)}, {meaning}, "
            begun = self._begun[key] = sha256(opening.encode())
        offending = self._offending.get(diagnostic.offending)
        if offending is None:
            offending = f"{_text(_offending_meaning(diagnostic.offending))}]".encode()
            self._offending[diagnostic.offending] = offending
        whole = begun.copy()
        whole.update(offending)
        return whole.hexdigest()[:DIGITS]


def _statement_meaning(statement: object) -> object:
    """The statement with everything gone that doesn't change what it says, its sid included."""
    if not isinstance(statement, dict):
        return statement
    elements = []
    for key, value in statement.items():
        element = key.lower()
        if element == "condition":
            elements.append([element, _condition_meaning(value)])
        elif element in {"action", "resource"}:
            elements.append([element, _texts(value)])
        elif element == "principal" and isinstance(value, dict):
            elements.append([element, {family: _texts(who) for family, who in value.items()}])
        elif element != "sid":
            elements.append([element, value])
    return sorted(elements, key=_text)


def _condition_meaning(condition: object) -> object:
    if not isinstance(condition, dict):
        return condition
    return {
        operator: {key: _texts(values) for key, values in block.items()}
        if isinstance(block, dict)
        else block
        for operator, block in condition.items()
    }


def _texts(value: object) -> list[object]:
    """A value or a list of them as a list, sorted, each once, without ``name/``."""
    items = value if isinstance(value, list) else [value]
    bare = [item.removeprefix("name/") if isinstance(item, str) else item for item in items]
    return [item for _, item in sorted({_text(item): item for item in bare}.items())]


def _offending_meaning(offending: str) -> object:
    """The value that the text spells; where it spells none, its words."""
    try:
        return _texts(json.loads(offending, object_hook=_object_meaning))
    except (ValueError, RecursionError):
        return " ".join(offending.removeprefix("name/").split())


def _object_meaning(value: dict[str, object]) -> dict[str, object]:
    """An object of any sort, its parts being done already: a string is a list of one anywhere."""
    return {key.lower(): _texts(part) for key, part in value.items() if key.lower() != "sid"}


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True)
