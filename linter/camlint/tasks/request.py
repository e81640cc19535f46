"""What somebody asks about, read from words: one action, one resource, who asks, and when."""

import re
from collections.abc import Iterable, Mapping

from camlint.access.principals import ANONYMOUS, EVERYBODY, PUBLIC
from camlint.catalog.catalog import Catalog
from camlint.catalog.condition_keys import ConditionKey
from camlint.patterns import split_action, split_resource
from camlint.policy.statement import Statement
from camlint.policy.values import parse_bool, parse_date, parse_network, parse_number
from camlint.wording import quote

FORMS = {
    "ip": "one address, such as 10.1.2.3",
    "numeric": "a number, such as 5 or 1.2",
    "date": "a time in UTC, such as 2026-01-31T08:00:00Z",
    "bool": "true or false",
}
"""What the value of a key of each type looks like; other types take any text."""

_CAM = "qcs::cam::"
_SHORT = re.compile(r"uin/[0-9]+(?::.+)?")
_SERVICE = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
_EVERY_SERVICE = re.compile(r"[a-z]+:\*")
"""How the engine calls whoever a wildcard below ``service`` or ``federated`` stands for."""

_PARTS = ("service", "region", "account")

Context = dict[str, tuple[str, ...]]


class WrongRequestError(Exception):
    """The words are no request; the text says why, and what would be one."""


def read_action(text: str) -> str:
    """The action as ``service:Operation``. Raises WrongRequestError."""
    name = split_action(text)
    if name is None:
        raise WrongRequestError(
            f"{quote(text)} is no action; write service:Operation, such as cvm:DescribeInstances"
        )
    if name.opaque:
        raise WrongRequestError(
            f"{quote(text)} is an old set of actions, and no document says which are in it; "
            "ask about one of them"
        )
    if name.wild:
        raise WrongRequestError(
            f"{quote(text)} is a pattern, and a request is for one action; "
            f"camlint expand shows what patterns stand for, camlint can --all what is allowed"
        )
    return name.qualified


def read_resource(text: str, action: str, catalog: Catalog) -> str:
    """The resource as it was given: ``"*"`` or six segments. Raises WrongRequestError."""
    if text == "*":
        return text
    six = split_resource(text)
    if six is None:
        raise WrongRequestError(f"--resource: {_describe(text)}; {_advise(action, catalog)}")
    for part, segment in zip(_PARTS, (six.service, six.region, six.account), strict=True):
        if "*" in segment.text:
            way_out = "" if part == "service" else ", or leave it empty where it isn't known"
            raise WrongRequestError(
                f'--resource: a request is about one resource, and its {part} can\'t be "{segment.text}"; '
                f"write which {part} it is{way_out}"
            )
    if not six.service.text:
        raise WrongRequestError(
            f"--resource: {quote(text)} names no service; {_advise(action, catalog)}"
        )
    return text


def read_principal(text: str, named: Iterable[str]) -> str:
    """Who asks, as policies name them; ``named`` are those whom the policies name.

    ``uin/1:uin/2`` is short for ``qcs::cam::uin/1:uin/2``, ``uin/1`` and ``…:root`` are the
    account itself, and ``anonymous`` is a request that nobody signed. Raises WrongRequestError.
    Source: https://cloud.tencent.com/document/product/598/10606
    """
    if text in named:
        return text
    if text in (ANONYMOUS, f"{_CAM}anonymous:anonymous"):
        return ANONYMOUS
    if text == EVERYBODY or text in PUBLIC:
        raise WrongRequestError(
            f"--principal: {quote(text)} is everybody, and a request comes from one; "
            f"{ANONYMOUS} is one that nobody signed"
        )
    full = _CAM + text if _SHORT.fullmatch(text) else text
    head, _, last = full.rpartition(":")
    if re.fullmatch(rf"{_CAM}uin/[0-9]+", full):
        full = f"{full}:{full.removeprefix(_CAM)}"
    elif last == "root":
        full = f"{head}:{head.rpartition(':')[2]}"
    if not (full.startswith(_CAM) or _SERVICE.fullmatch(full) or _EVERY_SERVICE.fullmatch(full)):
        raise WrongRequestError(
            f"--principal: {quote(text)} is nobody that a policy can name; write a user "
            "(uin/100000000001:uin/100000000002), an account (uin/100000000001), a service "
            f"(scf.qcloud.com), or {ANONYMOUS}"
        )
    return full


def read_context(
    given: Iterable[str], unknown: Iterable[str], statements: Iterable[Statement], catalog: Catalog
) -> tuple[Context, frozenset[str]]:
    """The context from words ``key=value``, and the keys of which nothing is known.

    Several values of a key are a set. Values must have the form of the key's type, or of one that
    the statements compare it with. Raises WrongRequestError.
    """
    types = _find_types(statements)
    context: Context = {}
    for word in given:
        key, value = _split(word, types)
        check_key(key, catalog)
        _check_value(key, value, types.get(key, frozenset()), catalog)
        context[key] = (*context.get(key, ()), value)
    for key in unknown:
        check_key(key, catalog)
        if key in context:
            raise WrongRequestError(f"{key} is given by --context and left open by --unknown")
    return {key: tuple(dict.fromkeys(values)) for key, values in context.items()}, frozenset(
        unknown
    )


def check_key(key: str, catalog: Catalog) -> None:
    """Raise WrongRequestError for a key that no request can choose the value of."""
    if not key:
        raise WrongRequestError("--context and --unknown name a condition key, such as qcs:ip")
    known = catalog.condition_keys.find(key)
    if known is not None and known.derived:
        raise WrongRequestError(
            f"{key} follows from the action, so it can't be given; ask about another action"
        )


def _split(word: str, named: Mapping[str, object]) -> tuple[str, str]:
    """The key and the value; a key that statements name may have ``=`` in it, as tags may."""
    for key in sorted(named, key=len, reverse=True):
        if word.startswith(f"{key}="):
            return key, word[len(key) + 1 :]
    key, sign, value = word.partition("=")
    if not sign:
        raise WrongRequestError(
            f"--context: {quote(word)} has no value; write KEY=VALUE, such as qcs:ip=10.1.2.3"
        )
    return key, value


def _find_types(statements: Iterable[Statement]) -> dict[str, frozenset[str]]:
    """The types that statements compare each of their keys with."""
    types: dict[str, frozenset[str]] = {}
    for statement in statements:
        for one in statement.conditions:
            family = one.known.family if one.known is not None else "string"
            types[one.key] = types.get(one.key, frozenset()) | {family}
    return types


def _check_value(key: str, value: str, compared: frozenset[str], catalog: Catalog) -> None:
    known: ConditionKey | None = catalog.condition_keys.find(key)
    if known is None or known.type not in FORMS or _fits(value, known.type):
        return
    # Whoever compares a key as another type than it is documented with, or only asks whether it is
    # there, may ask about that.
    if compared == {"null"} or any(_fits(value, other) for other in compared - {"null"}):
        return
    raise WrongRequestError(f"--context: {key} is {FORMS[known.type]}, not {quote(value)}")


def _fits(value: str, type_: str) -> bool:
    """Whether a value has the form of a type."""
    if type_ == "ip":
        return "/" not in value and parse_network(value) is not None
    if type_ == "numeric":
        return parse_number(value) is not None
    if type_ == "date":
        return parse_date(value) is not None
    return type_ != "bool" or parse_bool(value) is not None


def _describe(text: str) -> str:
    """Why a text is no resource."""
    parts = text.split(":", 5)
    if parts[0] != "qcs":
        return f'{quote(text)} is no resource: that is "*" or begins with qcs:'
    if len(parts) != 6:
        return f"{quote(text)} has {len(parts)} segments, and a resource has six"
    return f"{quote(text)} has blanks or characters in it that can't be seen"


def _advise(action: str, catalog: Catalog) -> str:
    """The form of the resources that an action is matched against."""
    service, _, operation = action.partition(":")
    known = catalog.find_action(service, operation)
    if known is not None and known.settled is False:
        return f'{action} is operation-level, so CAM asks about it with "*"'
    templates = () if known is None else known.templates
    form = (
        templates[0].text
        if templates
        else f"qcs::{service}:ap-guangzhou:uin/100000000001:type/name"
    )
    return f"write it like {form}"
