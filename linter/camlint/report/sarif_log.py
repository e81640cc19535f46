"""The objects of sarif-om as JSON: what was stated, under the names of the schema."""

import json
from typing import Any

ALWAYS = frozenset({"level"})
"""Written even where it is the default: readers differ in what they take for that."""

Field = tuple[str, str, object]
"""An attribute of a class, its name in the schema, and its default."""

_KNOWN: dict[type, tuple[Field, ...]] = {}


def write_object(value: object) -> str:
    """An object of sarif-om, with all that hangs on it, on one line of JSON.

    The order is that of the class, so that equal runs give equal bytes.
    """
    return json.dumps(to_plain(value), ensure_ascii=False)


def to_plain(value: Any) -> object:
    """The plain value that an object of sarif-om stands for, without what it doesn't state.

    Raises TypeError for an object that isn't one of sarif-om's.
    """
    if isinstance(value, (str, int, float)):
        return value
    if isinstance(value, (list, tuple)):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: to_plain(item) for key, item in value.items()}
    plain = {}
    for attribute, name, default in _fields(type(value)):
        stated = getattr(value, attribute)
        if stated is not None and (stated != default or name in ALWAYS):
            plain[name] = to_plain(stated)
    return plain


def _fields(kind: type) -> tuple[Field, ...]:
    known = _KNOWN.get(kind)
    if known is not None:
        return known
    attributes = getattr(kind, "__attrs_attrs__", None)
    if attributes is None:
        raise TypeError(f"{kind.__name__} is no part of a SARIF log")
    _KNOWN[kind] = tuple(
        (one.name, one.metadata["schema_property_name"], _default(one.default))
        for one in attributes
    )
    return _KNOWN[kind]


def _default(default: object) -> object:
    make = getattr(default, "factory", None)
    return make() if make else default
