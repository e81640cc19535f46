"""The mechanical slips that people make in JSON, mended: what the text would be without them.

A slip is mended where there is one plausible way to do it, and none that would change what the
rest says. Where there are two, or something was left out, the text stays as it is. What is mended
must read, under a strict parser, exactly as the tolerant one understood the text.
"""

import json
from collections.abc import Callable, Iterator, Sequence

from camlint.edit import TextEdit
from camlint.syntax.json import Parsed
from camlint.syntax.slips import Slip, SlipKind
from camlint.syntax.tokens import FULL_WIDTH
from camlint.syntax.tree import Node

Mended = tuple[TextEdit, ...] | None
"""What mends a slip; None where no mechanical edit surely does."""


class Recovered:
    """A text with its slips mended.

    ``offsets`` has, for each character of ``text`` and for its end, where that stands in the text
    as it was written; what was put in stands where it was missing.
    """

    __slots__ = ("offsets", "text")

    def __init__(self, text: str, offsets: Sequence[int]) -> None:
        self.text = text
        self.offsets = offsets


def recover(text: str, parsed: Parsed) -> tuple[tuple[Slip, ...], Recovered | None]:
    """The slips of a text, each with the edits that mend it, and the text without them.

    Where the text can't be recovered, the slips are those that nothing mends surely.
    """
    nodes = {node.start: node for node in _walk(parsed.roots)}
    slips = _join_quotes(_without_shadowed(parsed.slips), text, nodes)
    several = _containers(parsed)
    mended: list[Slip] = []
    stuck: list[Slip] = []
    for slip in slips:
        edits = _mend(slip, text, nodes, several)
        if edits is None:
            stuck.append(slip)
        else:
            mended.append(slip.mended_by(edits))
    if parsed.root is None or stuck:
        return tuple(stuck) or parsed.slips, None
    recovered = _rewrite(text, mended)
    wanted = [node.value for node in several] if len(several) > 1 else parsed.root.value
    return (tuple(mended), recovered) if _reads_as(recovered.text, wanted) else (slips, None)


def _reads_as(text: str, value: object) -> bool:
    try:
        return bool(json.loads(text, parse_constant=_refuse) == value)
    except (ValueError, RecursionError):
        return False


def _refuse(name: str) -> object:
    raise ValueError(name)


def _without_shadowed(slips: tuple[Slip, ...]) -> tuple[Slip, ...]:
    """The slips, of several about the same characters only the last.

    A comma that is one too many needn't be made a plain one first.
    """
    kept: dict[tuple[int, int], Slip] = {}
    for number, slip in enumerate(slips):
        missing = slip.kind in _INSERTIONS
        kept[(slip.start, slip.end) if not missing else (-1, number)] = slip
    return tuple(kept.values())


def _join_quotes(slips: tuple[Slip, ...], text: str, nodes: dict[int, Node]) -> tuple[Slip, ...]:
    """The slips with odd quotes at both ends of one string told once, about all of the string."""
    closing = {slip.end: number for number, slip in enumerate(slips) if slip.kind in _QUOTES}
    gone: set[int] = set()
    joined: dict[int, Slip] = {}
    for number, slip in enumerate(slips):
        node = nodes.get(slip.start) if slip.kind in _QUOTES else None
        other = None if node is None else closing.get(node.end)
        if node is not None and other is not None and other != number:
            gone.add(other)
            whole = text[node.start : node.end]
            joined[number] = Slip(slip.kind, node.start, node.end, whole)
    return tuple(
        joined.get(number, slip) for number, slip in enumerate(slips) if number not in gone
    )


def _walk(roots: tuple[Node, ...]) -> Iterator[Node]:
    stack = list(roots)
    while stack:
        node = stack.pop()
        yield node
        stack.extend(node.items)
        for key, value in node.members:
            stack += (key, value)


def _containers(parsed: Parsed) -> tuple[Node, ...]:
    """The objects and lists that follow one another where JSON has one value."""
    return tuple(node for node in parsed.roots if isinstance(node.value, (dict, list)))


def _mend(slip: Slip, text: str, nodes: dict[int, Node], several: tuple[Node, ...]) -> Mended:
    start, end = slip.start, slip.end
    kind = slip.kind
    if kind in _DELETED:
        return (TextEdit(start, end, ""),)
    if kind in _INSERTIONS:
        return (TextEdit(end, end, slip.text),)
    if kind is SlipKind.EXTRA_COMMA:
        between = len(several) > 1 and several[0].end <= start < several[-1].start
        return () if between and slip.text == "," else (TextEdit(start, end, ""),)
    mend = _BY_KIND.get(kind)
    if mend is not None:
        return mend(slip, text, nodes)
    if kind is SlipKind.EXTRA_VALUE:
        return _join_values(slip, text, several)
    return None


def _delete_comment(slip: Slip, text: str, nodes: dict[int, Node]) -> Mended:
    """The comment goes with the blanks before it, and with its line if nothing else is on that."""
    del nodes
    start, end = slip.start, slip.end
    while start > 0 and text[start - 1] in " \t":
        start -= 1
    alone = start == 0 or text[start - 1] in "\r\n"
    if alone and end < len(text) and text[end] in "\r\n":
        end += 2 if text.startswith("\r\n", end) else 1
    elif end < len(text) and text[end] not in "\r\n":
        start = slip.start
    return (TextEdit(start, end, ""),)


def _straighten(slip: Slip, text: str, nodes: dict[int, Node]) -> Mended:
    """A straight quote for an odd one; straight ones inside are escaped with the first of them."""
    if slip.end - slip.start > 2:
        ends = [
            (slip.start, _quote_end(text, slip.start)),
            (_quote_start(text, slip.end), slip.end),
        ]
    else:
        ends = [(slip.start, slip.end)]
    edits = [TextEdit(start, end, '"') for start, end in ends]
    node = nodes.get(slip.start)
    if node is not None:
        first, last = ends[0][1], ends[-1][0] if len(ends) > 1 else node.end - 1
        at = text.find('"', first, last)
        while at >= 0:
            if text[at - 1] != "\\":
                edits.append(TextEdit(at, at, "\\"))
            at = text.find('"', at + 1, last)
    return tuple(edits)


def _quote_end(text: str, start: int) -> int:
    """The end of the quote that opens a string: one character, or two that are doubled."""
    return start + (2 if text.startswith('""', start) else 1)


def _quote_start(text: str, end: int) -> int:
    return end - (2 if text.endswith('""', 0, end) else 1)


def _narrow(slip: Slip, text: str, nodes: dict[int, Node]) -> Mended:
    del text, nodes
    plain = FULL_WIDTH.get(slip.text)
    return None if plain is None else (TextEdit(slip.start, slip.end, plain),)


def _blank(slip: Slip, text: str, nodes: dict[int, Node]) -> Mended:
    del text, nodes
    return (TextEdit(slip.start, slip.end, " " * (slip.end - slip.start)),)


def _quote(slip: Slip, text: str, nodes: dict[int, Node]) -> Mended:
    """Words in quotes, literals as JSON spells them; prose around the policy goes."""
    node = nodes.get(slip.start)
    if node is not None:
        value = node.value
        return (TextEdit(slip.start, slip.end, json.dumps(value, ensure_ascii=False)),)
    del text
    inside = any(one.start < slip.start < one.end for one in nodes.values())
    if inside and not slip.text.isdigit():
        return None
    return (TextEdit(slip.start, slip.end, ""),)


def _drop_outside(slip: Slip, text: str, nodes: dict[int, Node]) -> Mended:
    """A colon goes with the prose around a policy; beside a value it may part that from its key."""
    del text
    scalars = any(not isinstance(one.value, (dict, list)) for one in nodes.values())
    inside = any(one.start < slip.start < one.end for one in nodes.values())
    lone = not inside and (not scalars or min(nodes) > slip.start)
    return (TextEdit(slip.start, slip.end, ""),) if lone else None


def _bracket(slip: Slip, text: str, nodes: dict[int, Node]) -> Mended:
    del text, nodes
    return (TextEdit(slip.start, slip.start, "["), TextEdit(slip.end, slip.end, "]"))


def _respell_number(slip: Slip, text: str, nodes: dict[int, Node]) -> Mended:
    del text
    node = nodes.get(slip.start)
    value = None if node is None else node.value
    if isinstance(value, float):
        if value - value != 0.0:
            return None
        value = int(value) if value.is_integer() and abs(value) < 1e15 else value
    elif not isinstance(value, str):
        return None
    return (TextEdit(slip.start, slip.end, json.dumps(value, ensure_ascii=False)),)


def _close(slip: Slip, text: str, nodes: dict[int, Node]) -> Mended:
    """The bracket that is missing stands where the value ended for the parser."""
    del text
    node = nodes.get(slip.start)
    return None if node is None else (TextEdit(node.end, node.end, slip.text),)


def _escape_control(slip: Slip, text: str, nodes: dict[int, Node]) -> Mended:
    del text
    inside = any(
        isinstance(one.value, str) and one.start < slip.start < one.end for one in nodes.values()
    )
    spelt = json.dumps(slip.text)[1:-1] if inside else ""
    return (TextEdit(slip.start, slip.end, spelt),)


def _drop_backslash(slip: Slip, text: str, nodes: dict[int, Node]) -> Mended:
    del text, nodes
    if slip.text[1:2] in ("", "u", "x"):
        return None
    return (TextEdit(slip.start, slip.start + 1, ""),)


def _join_values(slip: Slip, text: str, several: tuple[Node, ...]) -> Mended:
    """Several objects one after another become a list; anything else is a guess."""
    numbers = [number for number, node in enumerate(several) if node.start == slip.start]
    if not numbers or not numbers[0]:
        return None
    number = numbers[0]
    before, node = several[number - 1], several[number]
    edits = [] if "," in text[before.end : node.start] else [TextEdit(before.end, before.end, ",")]
    if number == 1:
        edits.insert(0, TextEdit(before.start, before.start, "["))
    if number == len(several) - 1:
        edits.append(TextEdit(node.end, node.end, "]"))
    return tuple(edits)


_QUOTES = frozenset({SlipKind.CURLY_QUOTE, SlipKind.SINGLE_QUOTE, SlipKind.DOUBLED_QUOTE})
_DELETED = frozenset({SlipKind.TRAILING_COMMA, SlipKind.UNOPENED, SlipKind.QUOTE_PREFIX})
_INSERTIONS = frozenset(
    {SlipKind.MISSING_COMMA, SlipKind.MISSING_COLON, SlipKind.UNTERMINATED_STRING}
)
_BY_KIND: dict[SlipKind, Callable[[Slip, str, dict[int, Node]], Mended]] = {
    SlipKind.COMMENT: _delete_comment,
    SlipKind.CURLY_QUOTE: _straighten,
    SlipKind.SINGLE_QUOTE: _straighten,
    SlipKind.DOUBLED_QUOTE: _straighten,
    SlipKind.FULL_WIDTH: _narrow,
    SlipKind.ODD_SPACE: _blank,
    SlipKind.UNQUOTED: _quote,
    SlipKind.UNBRACKETED: _bracket,
    SlipKind.EXTRA_COLON: _drop_outside,
    SlipKind.BAD_NUMBER: _respell_number,
    SlipKind.UNCLOSED: _close,
    SlipKind.CONTROL_CHARACTER: _escape_control,
    SlipKind.BAD_ESCAPE: _drop_backslash,
}

_FIRST, _LAST = -(1 << 62), 1 << 62


def _rank(slip: Slip) -> int:
    """Of what is put in at one place, a quote comes first, inner brackets before outer, commas last."""
    if slip.kind is SlipKind.UNTERMINATED_STRING:
        return _FIRST
    return -slip.start if slip.kind in (SlipKind.UNCLOSED, SlipKind.UNBRACKETED) else _LAST


def _rewrite(text: str, slips: Sequence[Slip]) -> Recovered:
    """The text with the edits of all slips made, and where each of its characters came from."""
    edits = sorted(
        (edit.start, edit.end, _rank(slip), edit.text) for slip in slips for edit in slip.edits
    )
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for start, end, _, replacement in edits:
        begin = max(start, at)
        pieces += (text[at:begin], replacement)
        offsets.extend(range(at, begin))
        offsets.extend([begin] * len(replacement))
        at = max(at, end)
    pieces.append(text[at:])
    offsets.extend(range(at, len(text) + 1))
    return Recovered("".join(pieces), offsets)
