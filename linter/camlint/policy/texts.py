"""The texts of a policy that people fill in, and the variables that are written in them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from camlint.patterns import SixSegments, split_resource
from camlint.place import Part, Place, Pointer
from camlint.policy.malformed import Fault
from camlint.policy.policy import Policy

VARIABLES = ("uin", "owner_uin", "app_id", "qcs:principal_tag_key", "qcs:principal_tag_value")
"""The names that CAM resolves between ``${`` and ``}``.

Source: https://cloud.tencent.com/document/product/598/10607 and, for the last two, the guide on
attribute-based access control.
"""

_CLOUDS = {
    **dict.fromkeys(("aws", "ec2", "iam", "s3", "saml"), "AWS"),
    **dict.fromkeys(("acs", "oss", "ram"), "Alibaba Cloud"),
    **dict.fromkeys(("g", "obs"), "Huawei Cloud"),
    **dict.fromkeys(("tos", "trn", "volc"), "Volcengine"),
}
"""What stands before the colon in the variables of other clouds, and whose it is."""

_MEANT = {name.replace("_", "").removeprefix("qcs:"): name for name in VARIABLES}

# Compiled on first use: nearly every policy does without.
_FORMS = (
    r"\$?\{(?P<inner>\{[^{}]*\}|[^{}]*)\}"
    r"|\$\((?P<round>[^()]*)\)"
    r"|\$\{(?P<open>[A-Za-z_][\w:.-]*)"
    r"|\$(?P<bare>[A-Za-z_]\w*)\}?"
)
MOST_VARIABLES = 1000
"""Variables of one text that are looked at; CAM takes 6,144 characters in a whole policy."""

_SEPARATORS = str.maketrans("", "", " _-")


class Text:
    """A text of a policy; ``element`` says of what.

    ``element`` is ``action``, ``resource``, ``principal``, ``effect``, ``value`` (of a condition),
    ``key`` or ``operator`` (the names in one). ``six`` is None for all but a readable resource of
    six segments; ``malformed`` says that the grammar refuses the text.
    """

    __slots__ = ("element", "malformed", "part", "pointer", "six", "text")

    def __init__(
        self, element: str, text: str, pointer: Pointer, *, malformed: bool = False
    ) -> None:
        self.element = element
        self.text = text
        self.pointer = pointer
        self.part = Part.KEY if element in ("key", "operator") else Part.VALUE
        self.malformed = malformed
        self.six: SixSegments | None = (
            split_resource(text) if element == "resource" and not malformed else None
        )

    def place(self, start: int | None = None, end: int | None = None) -> Place:
        """The text, or its characters ``start`` to ``end``."""
        return Place(self.pointer, start, end, part=self.part)

    def resolves_at(self, start: int) -> bool:
        """Whether CAM replaces a variable that begins at this character.

        It does in the values of conditions and in the last segment of a resource, there with the
        exception of a path in COS.
        Source: https://cloud.tencent.com/document/product/598/10607
        """
        six = self.six
        if six is None:
            return self.element == "value"
        return start >= six.tail.start and not self.in_cos_path(start)

    def in_cos_path(self, start: int) -> bool:
        """Whether the character lies behind the bucket of a resource of COS."""
        six = self.six
        return (
            six is not None
            and six.resource_id is not None
            and start >= six.resource_id.start
            and six.service.text.lower() == "cos"
        )


class Variable:
    """What waits in a text to be replaced, such as ``${uin}``, ``{uin}`` or ``$account``.

    ``text`` is all of it, at the characters ``start`` to ``end``; ``name`` is what stands inside.
    ``meant`` is the variable of CAM that it is or nearly is, ``""`` where none comes close;
    ``exact`` says that it is written as CAM wants it. ``cloud`` is the other cloud whose variable
    it is by its name, ``""`` for none.
    """

    __slots__ = ("cloud", "end", "exact", "meant", "name", "start", "text")

    def __init__(self, text: str, name: str, start: int) -> None:
        self.text = text
        self.name = name
        self.start = start
        self.end = start + len(text)
        plain = name.translate(_SEPARATORS).lower().removeprefix("qcs:")
        meant = _MEANT.get(plain)
        self.meant = "" if meant is None else f"${{{meant}}}"
        self.exact = self.text == self.meant
        prefix, colon, _ = name.partition(":")
        self.cloud = ""
        if colon:
            amazon = prefix.endswith((".amazonaws.com", ".amazon.com"))
            self.cloud = "AWS" if amazon else _CLOUDS.get(prefix.lower(), "")


def read_variables(text: str) -> tuple[Variable, ...]:
    """Everything in a text that is written like a variable, in order."""
    if "$" not in text and "{" not in text:
        return ()
    return tuple(
        Variable(found[0], found[found.lastgroup or 0].strip(), found.start())
        for found in islice(re.finditer(_FORMS, text), MOST_VARIABLES)
    )


@lru_cache(maxsize=1)
def join_texts(policy: Policy) -> str:
    """All texts of a policy, one a line, for a first look at whether anything is in them.

    Remembered for one policy, since several rules ask for the same one in turn.
    """
    found: list[str] = []
    for statement in policy.statements:
        found += [action.text for action in statement.actions]
        found += [resource.text for resource in statement.resources]
        if statement.principals:
            found += [principal.text for principal in statement.principals]
        for condition in statement.conditions:
            found += [condition.operator, condition.key]
            found += [value for value in condition.values if type(value) is str]
    if policy.principals:
        found += [principal.text for principal in policy.principals]
    if policy.malformed:
        found += [fault.value for fault in policy.malformed if type(fault.value) is str]
    return "\n".join(found)


def places_of(policy: Policy) -> Iterator[Text]:
    """The same texts with their places, element by element and statement by statement."""
    for principal in policy.principals:
        yield Text("principal", principal.text, principal.pointer)
    for statement in policy.statements:
        for principal in statement.principals:
            yield Text("principal", principal.text, principal.pointer)
        for action in statement.actions:
            yield Text("action", action.text, action.pointer)
        for resource in statement.resources:
            yield Text("resource", resource.text, resource.pointer)
        operator: Pointer = ()
        for condition in statement.conditions:
            if condition.operator_pointer != operator:
                operator = condition.operator_pointer
                yield Text("operator", condition.operator, operator)
            yield Text("key", condition.key, condition.pointer)
            for index, value in enumerate(condition.values):
                if isinstance(value, str):
                    yield Text("value", value, condition.value_place(index).pointer)
    for fault in policy.malformed:
        if (
            isinstance(fault.value, str)
            and fault.fault is Fault.UNREADABLE
            and fault.element in ("action", "effect", "principal", "resource")
        ):
            yield Text(fault.element, fault.value, fault.pointer, malformed=True)
