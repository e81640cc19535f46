"""The condition of a statement read into one Condition for each key under each operator."""

from camlint.place import Pointer
from camlint.policy.elements import Condition, Scalar
from camlint.policy.malformed import EMPTY, UNCLEAN, WRONG_TYPE, Fault, Malformed, clean_text
from camlint.stains import is_plain


def read_conditions(
    written: object,
    place: Pointer,
    malformed: list[Malformed],
    statement: Pointer,
    effect: str | None,
) -> tuple[Condition, ...]:
    """The conditions that can be read; the faults of the others are added to ``malformed``.

    Operators and keys are read without their stains, which are among the faults.
    """

    def fault(kind: Fault, at: Pointer, value: object) -> None:
        malformed.append(Malformed("condition", kind, at, value, statement, effect))

    def tidy(name: str, text: str, at: Pointer) -> str:
        cleaned = clean_text(name, text)
        if cleaned != text:
            malformed.append(Malformed(name, UNCLEAN, at, text, statement, effect))
        return cleaned

    if not isinstance(written, dict):
        empty = written == [] or written == ""
        fault(EMPTY if empty else WRONG_TYPE, place, written)
        return ()
    if not written:
        fault(EMPTY, place, written)
    conditions: list[Condition] = []
    for spelt, block in written.items():
        at = (*place, spelt)
        operator = spelt if is_plain(spelt) else tidy("operator", spelt, at)
        if not isinstance(block, dict):
            fault(WRONG_TYPE, at, block)
            continue
        if not block:
            fault(EMPTY, at, block)
        for name, values in block.items():
            where = (*at, name)
            key = name if is_plain(name) else tidy("key", name, where)
            if isinstance(values, list):
                if not values:
                    fault(EMPTY, where, values)
                kept: list[Scalar] = []
                for index, item in enumerate(values):
                    if isinstance(item, (str, int, float)):
                        kept.append(item)
                    else:
                        fault(WRONG_TYPE, (*where, index), item)
                if len(kept) == len(values) and kept:
                    conditions.append(Condition(operator, key, tuple(kept), where, listed=True))
            elif isinstance(values, (str, int, float)):
                conditions.append(Condition(operator, key, (values,), where, listed=False))
            else:
                fault(WRONG_TYPE, where, values)
    return tuple(conditions)
