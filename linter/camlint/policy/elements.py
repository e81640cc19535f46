"""The smallest readable parts of a statement: actions, resources, conditions, principals."""

from camlint.patterns import ActionName, SixSegments
from camlint.place import KEY, Place, Pointer
from camlint.policy.operators import OPERATORS, QUALIFIERS, Operator
from camlint.policy.values import parse_bool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.policy.principal_names import PrincipalName


class ActionPattern:
    """One well-formed action of a statement; ``name`` holds its service and operation."""

    __slots__ = ("name", "pointer", "text")

    def __init__(self, text: str, pointer: Pointer, name: ActionName) -> None:
        self.text = text
        self.pointer = pointer
        self.name = name

    def place(self, start: int | None = None, end: int | None = None) -> Place:
        """The action, or the characters ``start`` to ``end`` of its text."""
        return Place(self.pointer, start, end)


class ResourcePattern:
    """One well-formed resource of a statement; ``six`` is None exactly for ``"*"``."""

    __slots__ = ("pointer", "six", "text")

    def __init__(self, text: str, pointer: Pointer, six: SixSegments | None) -> None:
        self.text = text
        self.pointer = pointer
        self.six = six

    def place(self, start: int | None = None, end: int | None = None) -> Place:
        """The resource, or the characters ``start`` to ``end`` of its text."""
        return Place(self.pointer, start, end)

    @property
    def everything(self) -> bool:
        """Whether no segment narrows it down: ``"*"``, ``qcs:::::*`` and the like."""
        if self.six is None:
            return True
        six = self.six
        return six.tail.text == "*" and all(
            segment.text in ("", "*") for segment in (six.service, six.region, six.account)
        )


Scalar = str | int | float | bool

PRESET_KEYS = ("qcs:read_only_action", "qcs:except_cam_finance")
"""The condition keys of Tencent's preset policies that bound what ``*`` means."""


class Condition:
    """One key under one operator, as in ``{"string_equal": {"qcs:request_tag": "env&test"}}``.

    ``operator`` is the text as written; ``qualifier`` is ``for_any_value``, ``for_all_value`` or
    another text before its colon, ``""`` without one; ``base`` is what remains without qualifier
    and ``_if_exist``. ``values`` are the values in order, ``listed`` whether they stood in a list.
    ``pointer`` leads to the value or list, ``operator_pointer`` to the operator's object.
    Source: https://cloud.tencent.com/document/product/598/10608
    """

    __slots__ = (
        "base",
        "if_exist",
        "key",
        "listed",
        "operator",
        "operator_pointer",
        "pointer",
        "qualifier",
        "values",
    )

    def __init__(
        self,
        operator: str,
        key: str,
        values: tuple[Scalar, ...],
        pointer: Pointer,
        *,
        listed: bool,
    ) -> None:
        self.operator = operator
        self.key = key
        self.values = values
        self.pointer = pointer
        self.operator_pointer = pointer[:-1]
        self.listed = listed
        qualifier, colon, rest = operator.partition(":")
        self.qualifier = qualifier if colon else ""
        self.base = (rest if colon else operator).removesuffix("_if_exist")
        self.if_exist = operator.endswith("_if_exist")

    @property
    def known(self) -> Operator | None:
        """The operator as CAM has it, None where it is misspelt or put together wrongly."""
        if self.qualifier and self.qualifier not in QUALIFIERS:
            return None
        if ":" in self.operator and not self.qualifier:
            return None
        found = OPERATORS.get(self.base)
        return None if found is not None and found.family == "null" and self.if_exist else found

    @property
    def when_absent(self) -> bool | None:
        """Whether it holds for a request that lacks the key; None where no document says.

        Without ``_if_exist`` it doesn't hold, negated operators included. That is spelt out for COS
        and concluded from the meaning of the suffix for the rest.
        Source: https://cloud.tencent.com/document/product/436/71306
        """
        known = self.known
        if known is None or (self.qualifier == "for_all_value" and not self.if_exist):
            return None
        if known.family == "null":
            return parse_bool(self.values[0]) if len(self.values) == 1 else None
        return self.if_exist

    @property
    def derived(self) -> bool:
        """Whether its key is 1 or 0 for each action, so that it isn't up to a request.

        Source: https://cloud.tencent.com/document/product/598/105584
        """
        return self.key in PRESET_KEYS

    @property
    def preset(self) -> bool:
        """Whether it is what keeps a preset policy of Tencent's from being all-powerful.

        ReadOnlyAccess and QCloudResourceFullAccess allow ``*`` on ``*`` under such a condition.
        Source: https://cloud.tencent.com/document/product/598/105584
        """
        return (
            self.key in PRESET_KEYS
            and self.operator == "numeric_equal"
            and all(str(value) == "1" for value in self.values)
        )

    @property
    def wanted(self) -> str:
        """What it wants the value of its key to be, in words: ``below 5``, ``in 10.0.0.0/8``."""
        from camlint.policy import condition_words  # noqa: PLC0415 - few findings need them

        return condition_words.say_value(self)

    def key_place(self, start: int | None = None, end: int | None = None) -> Place:
        """The condition key, or the characters ``start`` to ``end`` of it."""
        return Place(self.pointer, start, end, part=KEY)

    def operator_place(self, start: int | None = None, end: int | None = None) -> Place:
        """The operator, or the characters ``start`` to ``end`` of it."""
        return Place(self.operator_pointer, start, end, part=KEY)

    def value_place(self, index: int) -> Place:
        """The place of the value number ``index``."""
        return Place((*self.pointer, index) if self.listed else self.pointer)


class Principal:
    """Somebody a trust or bucket policy speaks of.

    ``family`` is the key it stood under (``qcs``, ``service``, ``federated``), or ``"*"`` for the
    lone text ``"*"``.
    """

    __slots__ = ("family", "pointer", "text")

    def __init__(self, family: str, text: str, pointer: Pointer) -> None:
        self.family = family
        self.text = text
        self.pointer = pointer

    def place(self, start: int | None = None, end: int | None = None) -> Place:
        """The principal, or the characters ``start`` to ``end`` of its text."""
        return Place(self.pointer, start, end)

    @property
    def name(self) -> "PrincipalName | None":
        """What its six segments say, or ``"*"``; None for the domain of a service and all else."""
        from camlint.policy import principal_names  # noqa: PLC0415 - few policies have principals

        return principal_names.read_principal_name(self.text)

    @property
    def everybody(self) -> bool:
        """Whether it stands for everybody, those who sign nothing included."""
        name = self.name if self.family in ("*", "qcs") else None
        return name is not None and name.form == "everybody"
