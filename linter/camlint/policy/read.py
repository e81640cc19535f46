"""Plain values to the typed view: every element found, every fault placed, nothing refused."""

from functools import lru_cache

from camlint.kinds import Kind
from camlint.place import Pointer
from camlint.policy.malformed import WRONG_TYPE, Malformed
from camlint.policy.plain_lists import read_actions, read_resources
from camlint.policy.policy import USUAL_TOP, Policy
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
            from camlint.policy.read_elements import read_top  # noqa: PLC0415 - few are other

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
    return Policy(
        kind,
        value,
        spelling,
        tuple(statements),
        principals,
        tuple(malformed),
        kind_known=kind_known,
        bare=bare,
        implied_version=implied_version,
        limit=limit,
        name=name,
        long=long,
        size=size,
    )


def _refuse(item: object, pointer: Pointer) -> Malformed:
    return Malformed("statement", WRONG_TYPE, pointer, item)


def _read_statement(value: dict[str, object], pointer: Pointer, kind: Kind) -> Statement:
    """The statement. Plain ones on ``"*"`` are few, so equal ones at the same place are the same."""
    if len(value) == len(USUAL):
        effect, actions, resources = value.get("effect"), value.get("action"), value.get("resource")
        if (
            (effect == "allow" or effect == "deny")
            and type(actions) is list
            and type(resources) is list
        ):
            if resources != EVERYTHING:
                read = _read_usual(value, pointer, effect, actions, resources)
            else:
                try:
                    read = _recall(pointer, effect, *actions)
                except TypeError:  # a list or an object among them
                    read = None
            if read is not None:
                return read
    from camlint.policy.read_elements import read_statement  # noqa: PLC0415 - few are other

    return read_statement(value, pointer, kind)


@lru_cache(maxsize=REMEMBERED)
def _recall(pointer: Pointer, effect: str, *actions: object) -> Statement | None:
    """The statement that has this to say of ``"*"``; None where the actions can't all be read."""
    listed = list(actions)
    value: dict[str, object] = {"effect": effect, "action": listed, "resource": EVERYTHING}
    return _read_usual(value, pointer, effect, listed, EVERYTHING, shared=True)


def _read_usual(
    value: dict[str, object],
    pointer: Pointer,
    effect: str,
    written: list[object],
    resources: list[object],
    *,
    shared: bool = False,
) -> Statement | None:
    """A statement with the usual elements; None where its lists can't be read as they stand."""
    actions = read_actions(written, pointer, "action")
    if actions is None:
        return None
    read = read_resources(resources, pointer, "resource")
    if not read:
        return None
    return Statement(pointer, value, USUAL, effect, actions, read, (), (), (), shared=shared)
