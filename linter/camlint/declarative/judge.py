"""What a rule of one's own finds in a policy."""

import re
from collections.abc import Iterator

from camlint.declarative.checks import LONGEST, Matches, Present, TextCheck
from camlint.declarative.declared import Declared
from camlint.declarative.where import Piece, cut
from camlint.finding import Finding, Related
from camlint.place import Place, Pointer
from camlint.policy.elements import ActionPattern
from camlint.policy.normal import PREFIX, Normal, normalise
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.rule import Context
from camlint.wording import clip, name_type

PLACEHOLDERS = ("value", "action")
"""What a message may have in braces."""

_PLACEHOLDER = re.compile(r"\{(value|action)\}")

DONE = {"allow": "allowed here", "deny": "denied here"}


class DeclaredCheck:
    """The check of a rule of one's own: called with a policy, it yields findings."""

    __slots__ = ("_declared",)

    def __init__(self, declared: Declared) -> None:
        self._declared = declared

    def __call__(self, policy: Policy, context: Context) -> Iterator[Finding]:
        """The findings about a policy, in the order of its values."""
        del context
        normal = normalise(policy)
        judge = _Judge(self._declared, normal)
        for path in self._declared.given:
            for pointer, value in path.find(normal.value):
                yield from judge.judge(pointer, value)


class _Judge:
    """What one rule says of the values of one policy."""

    __slots__ = ("_declared", "_normal", "_seen", "_taken")

    def __init__(self, declared: Declared, normal: Normal) -> None:
        self._declared = declared
        self._normal = normal
        self._seen: set[Pointer] = set()
        self._taken: dict[int, tuple[bool, ActionPattern | None]] = {}

    def judge(self, pointer: Pointer, value: object) -> Iterator[Finding]:
        """The findings about a value; a list stands for its items where texts are asked for."""
        if pointer in self._seen:
            return
        self._seen.add(pointer)
        taken, action = self._take(pointer)
        if not taken:
            return
        then = self._declared.then
        if isinstance(then, TextCheck):
            items = (
                [((*pointer, at), item) for at, item in enumerate(value)]
                if isinstance(value, list)
                else [(pointer, value)]
            )
            for where, item in items:
                yield from self._judge_text(then, where, item, action)
        elif not self._takes_value(value):
            return
        elif isinstance(then, Present):
            if not then.holds(value):
                yield self._find(pointer, value, self._normal.place(pointer, value), action)
        else:
            for way, found in then.found(value):
                where = pointer + way
                yield self._find(where, found, self._normal.place(where, found), action)

    def _take(self, pointer: Pointer) -> tuple[bool, ActionPattern | None]:
        """Whether the rule is about the statement around a value, and by which of its actions."""
        where = self._declared.where
        if not where.about_statements:
            return True, None
        statement = self._normal.statement_at(pointer)
        if statement is None:
            return False, None
        taken = self._taken.get(id(statement))
        if taken is None:
            taken = self._taken[id(statement)] = self._look_at(statement)
        return taken

    def _look_at(self, statement: Statement) -> tuple[bool, ActionPattern | None]:
        where = self._declared.where
        if not where.takes(statement):
            return False, None
        action = where.find_action(statement) if where.about_actions else None
        return action is not None or not where.about_actions, action

    def _takes_value(self, value: object) -> bool:
        where = self._declared.where
        return not where.values or where.takes_text(_text_of(value) or "")

    def _judge_text(
        self, check: TextCheck, pointer: Pointer, value: object, action: ActionPattern | None
    ) -> Iterator[Finding]:
        text = _text_of(value)
        if text is None or not self._declared.where.takes_text(text):
            return
        piece = cut(text, self._declared.part) if self._declared.part else Piece(text)
        if piece is None or not check.fails(piece.text):
            return
        place = Place(self._normal.original(pointer))
        if self._declared.part and piece.text and piece.text != text:
            start = piece.start + self._normal.shift(pointer, text)
            place = Place(place.pointer, start, start + len(piece.text))
        unmatched = isinstance(check, Matches) and len(piece.text) > LONGEST
        yield self._find(pointer, piece.text, place, action, unmatched=unmatched)

    def _find(
        self,
        pointer: Pointer,
        value: object,
        place: Place,
        action: ActionPattern | None,
        *,
        unmatched: bool = False,
    ) -> Finding:
        declared = self._declared
        named = action.text.removeprefix(PREFIX) if action is not None else ""
        filled = {"value": _name(pointer, value), "action": named}
        note = f"{declared.code} is a rule of {declared.home}"
        if unmatched:
            note = f"with more than {LONGEST:,} characters it was not compared; {note}"
        related: tuple[Related, ...] = ()
        if action is not None and action.pointer != place.pointer:
            statement = self._normal.statement_at(pointer)
            effect = statement.effect if statement is not None else None
            related = (Related(action.place(), DONE.get(effect or "", "named here")),)
        return Finding(
            _PLACEHOLDER.sub(lambda match: clip(filled[match[1]]), declared.message),
            place,
            related=related,
            help=declared.help or declared.then.way_out(),
            note=note,
        )


def _text_of(value: object) -> str | None:
    """A scalar as a text, numbers and truth values as JSON has them; None for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (int, float)) else None


def _name(pointer: Pointer, value: object) -> str:
    """What a message calls a value: its text, or the key of an object or list."""
    text = _text_of(value)
    if text is not None:
        return text or '""'
    last = pointer[-1] if pointer else ""
    return last if isinstance(last, str) and last else name_type(value)
