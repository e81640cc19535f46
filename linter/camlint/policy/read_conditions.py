"""The condition of a statement read into one Condition for each key under each operator."""

from camlint.place import Pointer
from camlint.policy.elements import Condition, Scalar
from camlint.policy.malformed import Fault, Malformed


def read_conditions(
    written: object,
    place: Pointer,
    malformed: list[Malformed],
    statement: Pointer,
    effect: str | None,
) -> tuple[Condition, ...]:
    """The conditions that can be read; the faults of the others are added to ``malformed``."""

    def fault(kind: Fault, at: Pointer, value: object) -> None:
        malformed.append(Malformed("condition", kind, at, value, statement, effect))

    if not isinstance(written, dict):
        empty = written == [] or written == ""
        fault(Fault.EMPTY if empty else Fault.WRONG_TYPE, place, written)
        return ()
    if not written:
        fault(Fault.EMPTY, place, written)
    conditions: list[Condition] = []
    for operator, block in written.items():
        at = (*place, operator)
        if not isinstance(block, dict):
            fault(Fault.WRONG_TYPE, at, block)
            continue
        if not block:
            fault(Fault.EMPTY, at, block)
        for key, values in block.items():
            where = (*at, key)
            if isinstance(values, list):
                if not values:
                    fault(Fault.EMPTY, where, values)
                kept: list[Scalar] = []
                for index, item in enumerate(values):
                    if isinstance(item, (str, int, float)):
                        kept.append(item)
                    else:
                        fault(Fault.WRONG_TYPE, (*where, index), item)
                if len(kept) == len(values) and kept:
                    conditions.append(Condition(operator, key, tuple(kept), where, listed=True))
            elif isinstance(values, (str, int, float)):
                conditions.append(Condition(operator, key, (values,), where, listed=False))
            else:
                fault(Fault.WRONG_TYPE, where, values)
    return tuple(conditions)
