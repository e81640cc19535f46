"""The operators of conditions: what CAM has, what they compare, and how they are spelt.

Source: https://cloud.tencent.com/document/product/598/10608
"""

QUALIFIERS = ("for_any_value", "for_all_value")
"""What may stand before an operator and a colon, for keys with several values."""

SUFFIX = "_if_exist"
"""What may stand behind every operator but null_equal: true as well where the key is absent."""

_FAMILIES = {
    "string": (
        *("string_equal", "string_not_equal"),
        *("string_equal_ignore_case", "string_not_equal_ignore_case"),
        *("string_like", "string_not_like"),
    ),
    "numeric": (
        *("numeric_equal", "numeric_not_equal"),
        *("numeric_less_than", "numeric_less_than_equal"),
        *("numeric_greater_than", "numeric_greater_than_equal"),
    ),
    "date": (
        *("date_equal", "date_not_equal"),
        *("date_less_than", "date_less_than_equal"),
        *("date_greater_than", "date_greater_than_equal"),
    ),
    "bool": ("bool_equal",),
    "binary": ("binary_equal",),
    "ip": ("ip_equal", "ip_not_equal"),
    "null": ("null_equal",),
}


class Operator:
    """An operator without qualifier and suffix; ``family`` is the type of what it compares.

    The families are ``string``, ``numeric``, ``date``, ``bool``, ``binary``, ``ip`` and ``null``.
    ``negated`` operators hold for what isn't among their values. ``order`` is ``<``, ``<=``, ``>``
    or ``>=`` for those that compare sizes, else ``""``.
    """

    __slots__ = ("family", "name", "negated", "order")

    def __init__(self, name: str, family: str) -> None:
        self.name = name
        self.family = family
        self.negated = "_not_" in name
        self.order = ""
        for word, sign in (("_less_than", "<"), ("_greater_than", ">")):
            if word in name:
                self.order = sign + ("=" if name.endswith("_equal") else "")

    def __repr__(self) -> str:
        return f"Operator({self.name!r})"


OPERATORS: dict[str, Operator] = {
    name: Operator(name, family) for family, names in _FAMILIES.items() for name in names
}
"""Every operator by its name."""
