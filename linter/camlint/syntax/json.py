"""An iterative, tolerant parser of JSON: values with their places, and the slips on the way."""

import re

from camlint.syntax.quotes import Slips, TooManySlipsError
from camlint.syntax.slips import Slip, SlipKind
from camlint.syntax.tokens import Token, follows_colon, read_token
from camlint.syntax.tree import Frame, Node

MAX_SLIPS = 1000
"""A text with more slips is given up: no policy is that broken, some other text is."""

MAX_TOKENS = 200_000
"""A longer text is given up: CAM's longest policies have some thousand tokens."""

_CLOSING = {"{": "}", "[": "]"}
_OPENING = {"}": "{", "]": "["}
_ANOTHER_MEMBER = re.compile(r'[ \t\r\n]*+,[ \t\r\n]*+"[^"\\\r\n]*+"[ \t\r\n]*+:')


class Parsed:
    """What a text turned out to hold.

    ``roots`` are the values that stand one after another, one if all is well, and ``root`` is the
    first object or list among them, None where there is none. ``slips`` are in the order in which they were met: none if and only if the text is
    RFC 7159 JSON. Where ``complete`` is False the text was given up, ``root`` is None and the slips
    are those before that point.
    """

    __slots__ = ("complete", "root", "roots", "slips")

    def __init__(self, roots: tuple[Node, ...], slips: tuple[Slip, ...], *, complete: bool) -> None:
        self.roots = roots
        self.root = _choose_root(roots)
        self.slips = slips
        self.complete = complete


def parse(text: str) -> Parsed:
    """Read a text as JSON, stepping over whatever is wrong with it. Raises nothing."""
    slips = Slips(MAX_SLIPS)
    parser = _Parser(text, slips)
    try:
        complete = parser.run()
    except TooManySlipsError:
        complete = False
    roots = parser.roots() if complete else ()
    return Parsed(roots, tuple(slips.met), complete=complete)


def _choose_root(roots: tuple[Node, ...]) -> Node | None:
    for node in roots:
        if isinstance(node.value, (dict, list)):
            return node
    return roots[0] if roots else None


class _Parser:
    """One pass over a text."""

    __slots__ = ("_open", "_slips", "_stack", "_text")

    def __init__(self, text: str, slips: Slips) -> None:
        self._text = text
        self._slips = slips
        self._stack = [Frame("", 0)]
        self._open = {"{": 0, "[": 0}

    def roots(self) -> tuple[Node, ...]:
        return tuple(self._stack[0].nodes)

    def run(self) -> bool:
        """Read all of the text; False when it has too many tokens."""
        at = 0
        for _ in range(MAX_TOKENS):
            frame = self._stack[-1]
            key = frame.opener == "{" and not frame.in_member
            token = read_token(self._text, at, self._slips, key=key)
            at = token.end
            if token.kind in _CLOSING:
                self._make_room(token)
                self._stack.append(Frame(token.kind, token.start))
                self._open[token.kind] += 1
            elif token.kind in _OPENING:
                self._close(token)
            elif token.kind == ":":
                self._pass_colon(token)
            elif token.kind == ",":
                self._pass_comma(token)
            elif token.kind:
                self._take_scalar(token)
            else:
                self._end()
                return True
        return False

    def _take_scalar(self, token: Token) -> None:
        frame = self._stack[-1]
        value = token.value
        if token.kind == "word" and not frame.opener:
            return
        if token.kind != "string" and frame.opener == "{" and not frame.in_member:
            stray = not follows_colon(self._text, token.end)
            value = self._text[token.start : token.end]
            if token.kind == "scalar":
                self._slips.add(SlipKind.UNQUOTED, token.start, token.end, value)
            if stray:
                return
        if self._continues_value(frame, token):
            self._gather(frame, Node(token.start, token.end, value))
            return
        self._make_room(token)
        frame = self._stack[-1]
        frame.nodes.append(Node(token.start, token.end, value))

    def _continues_value(self, frame: Frame, token: Token) -> bool:
        """Whether a text behind a comma is another value of the key before it: no key, no colon."""
        if token.kind != "string" or not frame.wants_key or not frame.nodes:
            return False
        last = frame.nodes[-1]
        alone = isinstance(last.value, str) or self._gathered(last)
        return alone and not follows_colon(self._text, token.end)

    def _gathered(self, node: Node) -> bool:
        """Whether a list is one that has no brackets."""
        return isinstance(node.value, list) and self._text[node.start] != "["

    def _gather(self, frame: Frame, node: Node) -> None:
        """Make a list of the values of a key that stand side by side without brackets."""
        last = frame.nodes.pop()
        frame.marks.pop()
        items = (*(last.items if self._gathered(last) else (last,)), node)
        met = self._slips.met
        for at in range(len(met) - 1, -1, -1):
            if met[at].kind is SlipKind.UNBRACKETED and met[at].start == last.start:
                del met[at]
                break
        text = self._text[last.start : node.end]
        self._slips.add(SlipKind.UNBRACKETED, last.start, node.end, text)
        frame.nodes.append(Node(last.start, node.end, [one.value for one in items], items=items))

    def _make_room(self, token: Token) -> None:
        """Bring the innermost value to where the value that begins with ``token`` fits."""
        frame = self._stack[-1]
        outer = self._stack[-2] if len(self._stack) > 1 else frame
        if self._belongs_outside(frame, outer, token):
            self._close_early()
            frame = outer
        if frame.wants_mark:
            last = frame.nodes[-1].end
            if not frame.opener:
                end = token.start + 1 if token.kind in _CLOSING else token.end
                self._slips.add(
                    SlipKind.EXTRA_VALUE, token.start, end, self._text[token.start : end]
                )
            elif frame.in_member:
                self._slips.add(SlipKind.MISSING_COLON, last - 1, last, ":")
            else:
                self._slips.add(SlipKind.MISSING_COMMA, last - 1, last, ",")
            frame.marks.append(last)
        if frame.wants_key and token.kind in _CLOSING:
            self._slips.add(SlipKind.EXTRA_VALUE, token.start, token.start + 1, token.kind)
            frame.nodes.append(Node(token.start, token.start, ""))
            frame.marks.append(token.start)

    def _belongs_outside(self, frame: Frame, outer: Frame, token: Token) -> bool:
        """Whether a bracket was forgotten: a member in a list, or an object where a key belongs."""
        if frame.opener == "[" and outer.opener == "{":
            string = token.kind == "string" and bool(frame.nodes)
            return string and follows_colon(self._text, token.end)
        if frame.opener == "{" and outer.opener == "[" and token.kind == "{":
            return bool(frame.nodes) and not frame.in_member
        return False

    def _close(self, token: Token) -> None:
        opener = _OPENING[token.kind]
        extra = not self._open[opener] or (
            len(self._stack) == 2 and bool(_ANOTHER_MEMBER.match(self._text, token.end))
        )
        if extra:
            written = self._text[token.start : token.end]
            if not (self._slips.met and self._slips.met[-1].start == token.start):
                self._slips.add(SlipKind.UNOPENED, token.start, token.end, written)
            return
        while self._stack[-1].opener != opener:
            self._close_early()
        self._finish(token.end)

    def _close_early(self) -> None:
        """Close a value whose bracket was forgotten, leaving a comma after it to what holds it."""
        frame = self._stack[-1]
        closing = _CLOSING[frame.opener]
        self._slips.add(SlipKind.UNCLOSED, frame.start, frame.start + 1, closing)
        comma = -1
        if frame.nodes and not frame.wants_mark and not frame.in_member:
            comma = frame.marks.pop()
        self._finish(frame.nodes[-1].end if frame.nodes else frame.start + 1)
        if comma >= 0 and len(self._stack) > 1:
            self._stack[-1].marks.append(comma)

    def _finish(self, end: int) -> None:
        """Make a node of the innermost value, which ends at ``end``."""
        frame = self._stack.pop()
        self._open[frame.opener] -= 1
        nodes = frame.nodes
        if frame.in_member:
            self._complete_member(frame)
        elif nodes and not frame.wants_mark:
            comma = frame.marks[-1]
            met = self._slips.met
            if met and met[-1].start == comma and met[-1].kind is SlipKind.FULL_WIDTH:
                met.pop()
            self._slips.add(SlipKind.TRAILING_COMMA, comma, comma + 1, self._text[comma])
        if frame.opener == "{":
            members = tuple(zip(nodes[::2], nodes[1::2], strict=True))
            value = {str(key.value): one.value for key, one in members}
            node = Node(frame.start, end, value, members=members)
        else:
            node = Node(frame.start, end, [one.value for one in nodes], items=tuple(nodes))
        self._stack[-1].nodes.append(node)

    def _complete_member(self, frame: Frame) -> None:
        """Deal with a key after which neither a colon nor a value came."""
        key = frame.nodes[-1]
        if frame.wants_mark and len(frame.nodes) > 1:
            frame.nodes.pop()
            self._slips.add(
                SlipKind.EXTRA_VALUE, key.start, key.end, self._text[key.start : key.end]
            )
            return
        if frame.wants_mark:
            self._slips.add(SlipKind.MISSING_COLON, key.end - 1, key.end, ":")
            frame.marks.append(key.end - 1)
        colon = frame.marks[-1]
        self._slips.add(SlipKind.MISSING_VALUE, colon, colon + 1, "null")
        frame.nodes.append(Node(colon + 1, colon + 1, None))

    def _pass_colon(self, token: Token) -> None:
        frame = self._stack[-1]
        if frame.in_member and frame.wants_mark:
            frame.marks.append(token.start)
            return
        self._slips.add(
            SlipKind.EXTRA_COLON, token.start, token.end, self._text[token.start : token.end]
        )
        if frame.opener == "[" and frame.wants_mark:
            frame.marks.append(token.start)

    def _pass_comma(self, token: Token) -> None:
        frame = self._stack[-1]
        if frame.opener and frame.in_member:
            members = len(frame.nodes)
            self._complete_member(frame)
            if len(frame.nodes) > members:
                frame.marks.append(token.start)
        elif frame.opener and frame.wants_mark:
            frame.marks.append(token.start)
        else:
            last = not frame.opener and bool(frame.nodes) and not self._text[token.end :].strip()
            kind = SlipKind.TRAILING_COMMA if last else SlipKind.EXTRA_COMMA
            self._slips.add(kind, token.start, token.end, self._text[token.start : token.end])

    def _end(self) -> None:
        """Close what is still open, the outermost being told first."""
        unclosed = self._stack[1:]
        for frame in unclosed:
            closing = _CLOSING[frame.opener]
            self._slips.add(SlipKind.UNCLOSED, frame.start, frame.start + 1, closing)
        while len(self._stack) > 1:
            nodes = self._stack[-1].nodes
            self._finish(nodes[-1].end if nodes else self._stack[-1].start + 1)
        if not self._stack[0].nodes and all(
            slip.kind in (SlipKind.COMMENT, SlipKind.ODD_SPACE) for slip in self._slips.met
        ):
            self._slips.add(SlipKind.EMPTY, 0, 0, "")
