"""Plain values to the typed view: every element found, every fault placed, nothing refused."""

from functools import lru_cache

from camlint.kinds import Kind
from camlint.place import Pointer
from camlint.policy.malformed import WRONG_TYPE, Malformed
from camlint.policy.policy import USUAL_TOP, Policy
from camlint.policy.read_texts import read_actions, read_effect, read_resources
from camlint.policy.statement import USUAL, Statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.policy.elements import Principal

EVERYTHING: list[object] = ["*"]

REMEMBERED = 2048
"""How many statements are remembered; a bound on memory, not on what is analysed."""


def read_policy(
    value: dict[str, object],
    kind: Kind,
    *,
    kind_known: bool = False,
    bare: bool = False,
    implied_version: bool = False,
    limit: int = 0,
    name: str = "",
    long: bool = False,
    size: int = 0,
) -> Policy:
    """The typed view of a policy's plain value; ``bare`` reads it as a lone statement.

    ``limit``, ``name``, ``long`` and ``size`` are told of in Policy: they are nothing that the value shows.
    """
    malformed: list[Malformed] = []
    principals: tuple[Principal, ...] = ()
    spelling: dict[str, str] = {}
    statements: list[Statement] = []
    if bare:
        statements.append(_read_statement(value, (), kind))
    else:
        if len(value) == len(USUAL_TOP) and "version" in value and "statement" in value:
            spelling = USUAL_TOP
        else:
            from camlint.policy.read_elements import read_top  # noqa: PLC0415 - most are usual

            spelling, principals = read_top(value, malformed)
        if "statement" in spelling:
            key = spelling["statement"]
            listed = value[key]
            if type(listed) is list:
                for index, item in enumerate(listed):
                    if type(item) is dict:
                        statements.append(_read_statement(item, (key, index), kind))
                    else:
                        malformed.append(_refuse(item, (key, index)))
            elif type(listed) is dict:
                statements.append(_read_statement(listed, (key,), kind))
            else:
                malformed.append(_refuse(listed, (key,)))
    for statement in statements:
        if statement.malformed:
            malformed.extend(statement.malformed)
    # Not by their names: a class takes those more slowly than a function does.
    return Policy(
        kind,
        value,
        spelling,
        tuple(statements),
        principals,
        tuple(malformed),
        kind_known,
        bare,
        implied_version,
        limit,
        name,
        long,
        size,
    )


def _refuse(item: object, pointer: Pointer) -> Malformed:
    return Malformed("statement", WRONG_TYPE, pointer, item)


def _read_statement(value: dict[str, object], pointer: Pointer, kind: Kind) -> Statement:
    """The statement. Those on ``"*"`` are few, so equal ones at the same place are the same."""
    if len(value) == len(USUAL):
        effect, actions, resources = value.get("effect"), value.get("action"), value.get("resource")
        if effect is not None and actions is not None and resources is not None:
            if resources == EVERYTHING and type(actions) is list:
                try:
                    known = _recall(pointer, effect, *actions)
                except TypeError:  # a list or an object among them
                    known = None
                if known is not None:
                    return known
            return _read_usual(value, pointer, effect, actions, resources)
    from camlint.policy.read_elements import read_statement  # noqa: PLC0415 - most are usual

    return read_statement(value, pointer, kind)


@lru_cache(maxsize=REMEMBERED)
def _recall(pointer: Pointer, effect: object, *actions: object) -> Statement | None:
    """The statement made of these texts; None where they aren't all texts: 1 and true are equal."""
    for text in (effect, *actions):
        if type(text) is not str:
            return None
    listed = list(actions)
    value: dict[str, object] = {"effect": effect, "action": listed, "resource": EVERYTHING}
    return _read_usual(value, pointer, effect, listed, EVERYTHING, shared=True)


def _read_usual(
    value: dict[str, object],
    pointer: Pointer,
    written: object,
    listed: object,
    resources: object,
    *,
    shared: bool = False,
) -> Statement:
    """A statement with the usual elements and no others, for which the kind makes no difference."""
    malformed: list[Malformed] = []
    effect: str | None
    if written == "allow" or written == "deny":
        effect = written
    else:
        effect = read_effect(written, (*pointer, "effect"), malformed, pointer)
    actions = read_actions(listed, pointer, "action", effect, malformed)
    read = read_resources(resources, pointer, "resource", effect, malformed)
    return Statement(pointer, value, USUAL, effect, actions, read, (), (), tuple(malformed), shared)
