"""A policy in one shape, whichever of the accepted ones its author chose, and the way back.

Element names are in lower case, ``statement`` is a list, so are actions, resources, the values of
conditions and those of principals; actions have no ``name/`` and an effect no capitals. Everything
else stays as it is. What a path finds in the normal document has its place in the original.
"""

from functools import lru_cache

from camlint.place import Part, Place, Pointer
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement

LISTED = frozenset({"action", "resource"})
PREFIX = "name/"

Table = dict[str, object]


class Normal:
    """The normal document of a policy; every pointer into it starts at its root.

    ``value`` always is an object. It shares with the policy's own value what needed no change.
    """

    __slots__ = ("_lone", "_policy", "_renamed", "_statements", "value")

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._renamed: dict[int, dict[str, str]] = {}
        self._lone: set[int] = set()
        self._statements: dict[int, Statement] = {}
        for statement in policy.statements:
            last = statement.pointer[-1] if statement.pointer else 0
            self._statements[last if isinstance(last, int) else 0] = statement
        self.value = self._read_document(policy)

    def original(self, pointer: Pointer) -> Pointer:
        """The pointer, in the document as written, to what stands at ``pointer`` in this one.

        What has no counterpart of its own, such as a list that was put around a lone text, has
        that of its contents.
        """
        value: object = self.value
        steps: list[str | int] = []
        for step in pointer:
            if id(value) not in self._lone:
                renamed = self._renamed.get(id(value))
                steps.append(renamed.get(str(step), step) if renamed else step)
            value = value[step]  # type: ignore[index] # the pointer leads somewhere
        return tuple(steps)

    def place(self, pointer: Pointer, value: object) -> Place:
        """The place of a value: a text as a whole, of an object or list the key or the opening."""
        original = self.original(pointer)
        if not isinstance(value, (dict, list)):
            return Place(original)
        if original and isinstance(pointer[-1], str):
            return Place(original, part=Part.KEY)
        return Place(original, part=Part.OPENING)

    def shift(self, pointer: Pointer, text: str) -> int:
        """How many characters of the text as written stand before that of the normal document."""
        value: object = self._policy.value
        for step in self.original(pointer):
            value = value[step]  # type: ignore[index] # the pointer leads somewhere
        return len(value) - len(text) if isinstance(value, str) else 0

    def statement_at(self, pointer: Pointer) -> Statement | None:
        """The statement that a pointer leads to or into, None where there is none."""
        if len(pointer) < 2 or pointer[0] != "statement" or not isinstance(pointer[1], int):
            return None
        return self._statements.get(pointer[1])

    def _read_document(self, policy: Policy) -> Table:
        if policy.bare:
            statements: list[object] = [self._read_statement(policy.value)]
            document: Table = {"statement": statements}
            self._lone.update((id(document), id(statements)))
            return document
        document = self._rename(policy.value)
        if "statement" in document:
            listed = self._list(document["statement"])
            for at, statement in enumerate(listed):
                if isinstance(statement, dict):
                    listed[at] = self._read_statement(statement)
            document["statement"] = listed
        if "principal" in document:
            document["principal"] = self._read_principal(document["principal"])
        return document

    def _read_statement(self, written: Table) -> Table:
        statement = self._rename(written)
        for key, value in statement.items():
            if key in LISTED:
                listed = self._list(value)
                if key == "action":
                    listed[:] = [_bare(item) for item in listed]
                statement[key] = listed
            elif key == "effect":
                lower = value.lower() if isinstance(value, str) else ""
                statement[key] = lower if lower in ("allow", "deny") else value
            elif key == "condition":
                statement[key] = self._read_condition(value)
            elif key == "principal":
                statement[key] = self._read_principal(value)
        return statement

    def _read_condition(self, written: object) -> object:
        if not isinstance(written, dict):
            return written
        return {
            operator: {key: self._list(values) for key, values in block.items()}
            if isinstance(block, dict)
            else block
            for operator, block in written.items()
        }

    def _read_principal(self, written: object) -> object:
        if not isinstance(written, dict):
            return written
        principal = self._rename(written)
        for family, values in principal.items():
            principal[family] = self._list(values)
        return principal

    def _rename(self, written: Table) -> Table:
        """The object with its keys in lower case; where two collide, only one of them."""
        lower = {key.lower(): key for key in reversed(written)}
        lower.update((key, key) for key in written if key in lower)
        spelt = {original: key for key, original in lower.items()}
        renamed = {spelt.get(key, key): value for key, value in written.items()}
        changed = {new: old for old, new in spelt.items() if new != old}
        if changed:
            self._renamed[id(renamed)] = changed
        return renamed

    def _list(self, written: object) -> list[object]:
        """A list of its own: a copy, or one that was put around a lone value."""
        if isinstance(written, list):
            return list(written)
        listed = [written]
        self._lone.add(id(listed))
        return listed


@lru_cache(maxsize=1)
def normalise(policy: Policy) -> Normal:
    """The normal document of a policy, made once for all rules that ask in a row."""
    return Normal(policy)


def _bare(action: object) -> object:
    """An action without ``name/``, which CAM takes with and without."""
    return action.removeprefix(PREFIX) if isinstance(action, str) else action
