"""Globs whose only wildcard is ``*``, and actions: the only such parser; resources are beside it."""

import re
from collections.abc import Callable
from functools import lru_cache

from camlint.segments import CACHED, Segment, SixSegments, split_resource
from camlint.signs import shows_sign
from camlint.traits import Trait

__all__ = [
    "ActionName",
    "Segment",
    "SixSegments",
    "covers",
    "fresh_letter",
    "holds_placeholder",
    "is_literal",
    "matcher",
    "split_action",
    "split_resource",
]


@lru_cache(maxsize=CACHED)
def matcher(pattern: str) -> Callable[[str], bool]:
    """A test for the texts that ``pattern`` matches, ``*`` being any run of characters.

    Linear in pattern and text for every pattern: the pieces between wildcards are searched for in
    turn, leftmost first, which is exact when ``*`` is the only wildcard.
    """
    if "*" not in pattern:
        return pattern.__eq__
    head, *middle, tail = pattern.split("*")
    inner = tuple(piece for piece in middle if piece)
    if not inner and not tail:
        return lambda text: text.startswith(head)
    shortest = len(head) + len(tail)

    def matches(text: str) -> bool:
        if len(text) < shortest or not text.startswith(head) or not text.endswith(tail):
            return False
        at, end = len(head), len(text) - len(tail)
        for piece in inner:
            found = text.find(piece, at, end)
            if found < 0:
                return False
            at = found + len(piece)
        return True

    return matches


def covers(wide: str, narrow: str) -> bool:
    """Whether every text that the glob ``narrow`` matches is matched by ``wide``.

    Exact: each ``*`` of ``narrow`` becomes a letter that occurs in neither, so whatever matches
    the result matches all of ``narrow`` (the generic-point argument of docs/adr).
    """
    if wide == "*" or wide == narrow:
        return True
    if "*" not in narrow:
        return matcher(wide)(narrow)
    if "*" not in wide:
        return False
    return matcher(wide)(narrow.replace("*", fresh_letter(wide, narrow)))


def fresh_letter(*texts: str) -> str:
    """A character that occurs in none of the texts."""
    code = 1
    while any(chr(code) in text for text in texts):
        code += 1
    return chr(code)


GRANTING = frozenset(("cam", "organization", "scf", "sts", "tag", "tat"))
"""Services without which nobody gets more rights than a policy says: each way takes one of them."""

# An operation is made of visible ASCII without what parts or quotes texts.
_ACTION = re.compile(
    r"(?P<prefix>name/)?(?P<service>[A-Za-z0-9_*?-]+):(?P<operation>[!#-&(-+\-.0-9=?-z|~]+)"
)
_ACTION_SET = re.compile(r"permid/[0-9]+|actionName/\S+")


class ActionName:
    """An action as CAM reads it: ``qualified`` is ``service:operation`` without ``name/``.

    ``"*"`` has service and operation ``"*"`` and is qualified as ``"*:*"``. A legacy set
    (``permid/280655``, ``actionName/X``) is ``opaque``: no document says what it holds.
    ``wild`` says that it has a wildcard in it, ``traits`` are those that it gives to its statement.
    Source: https://cloud.tencent.com/document/product/598/10604
    """

    __slots__ = ("opaque", "operation", "qualified", "service", "traits", "wild")

    def __init__(self, service: Segment, operation: Segment, *, opaque: bool = False) -> None:
        self.service = service
        self.operation = operation
        self.qualified = f"{service.text}:{operation.text}"
        self.opaque = opaque
        self.wild = "*" in self.qualified
        self.traits = (
            (Trait.WILDCARD_ACTION if self.wild else 0)
            | (Trait.SWEEPING_ACTION if opaque or "*" in service.text else 0)
            | (Trait.GRANTING_ACTION if service.text in GRANTING or "*" in service.text else 0)
            | (Trait.UNFILLED if shows_sign(self.qualified) else 0)
        )


@lru_cache(maxsize=CACHED)
def split_action(text: str) -> ActionName | None:
    """The parts of an action or action pattern, or None when it hasn't the form."""
    if text == "*":
        return ActionName(Segment("*", 0), Segment("*", 0))
    if match := _ACTION.fullmatch(text):
        return ActionName(
            Segment(match["service"], match.start("service")),
            Segment(match["operation"], match.start("operation")),
        )
    if _ACTION_SET.fullmatch(text):
        head, _, rest = text.partition("/")
        return ActionName(Segment(head, 0), Segment(rest, len(head) + 1), opaque=True)
    return None


_PLACEHOLDER = re.compile(r"[$<>{}…]|x{3,}|\*{3,}|\.{3,}|your[_-]", re.IGNORECASE)


def holds_placeholder(text: str) -> bool:
    """Whether part of a text waits to be filled in: ``<uin>``, ``${x}``, ``uin-xxx``, ``10***7``."""
    return _PLACEHOLDER.search(text) is not None


def is_literal(text: str) -> bool:
    """Whether a text means just itself: it has no wildcard, variable or placeholder in it."""
    return "*" not in text and not holds_placeholder(text)
