"""The answer to a request as one sentence, and what policies and statements are called in it."""

from collections.abc import Iterable

from camlint.access.answer import Answer, Request, Verdict
from camlint.tasks.decision import (
    Layer,
    LayerDecision,
    PlacedPolicy,
    PlacedStatement,
    Role,
    Ruling,
)
from camlint.wording import join_words

_KINDS = {Role.POLICY: "", Role.BOUNDARY: "the permission boundary ", Role.SCP: "the SCP "}


def name_policy(placed: PlacedPolicy) -> str:
    """A policy by its file, with what it is to the request."""
    return _KINDS[placed.role] + placed.title


def name_layer(layer: Layer) -> str:
    """The policies of a layer: the one, the file of several, or how many there are."""
    if len(layer.policies) == 1:
        return name_policy(layer.policies[0])
    if layer.role is not Role.POLICY:
        return _KINDS[layer.role] + layer.policies[0].path
    return f"the {len(layer.policies)} policies"


def name_statements(statements: Iterable[PlacedStatement]) -> str:
    """Statements by number: ``statements 1 and 3 of a.json and statement 2 of b.json``."""
    by_policy: dict[str, list[int]] = {}
    for placed in statements:
        by_policy.setdefault(name_policy(placed.placed), []).append(placed.number)
    return join_words(
        f"statement{'s' * (len(numbers) > 1)} {join_words(numbers)} of {name}"
        for name, numbers in by_policy.items()
    )


def say_ruling(ruling: Ruling) -> str:
    """The answer as one sentence."""
    what = _say_request(ruling.request)
    if ruling.verdict is Verdict.ALLOW:
        own = [one for one in ruling.layers if one.layer.role is Role.POLICY]
        named = name_statements(two for one in own for two in one.by)
        verb = "allow" if sum(len(one.by) for one in own) > 1 else "allows"
        return f"allowed: {named} {verb} {what}{_within(ruling.layers)}"
    if ruling.verdict is Verdict.EXPLICIT_DENY:
        every = [two for one in ruling.deciding for two in one.by]
        return f"denied: {name_statements(every)} {'deny' if len(every) > 1 else 'denies'} {what}"
    if ruling.verdict is Verdict.IMPLICIT_DENY:
        return f"not allowed: {_say_silence(ruling, what)}"
    keys = join_words(ruling.depends_on) if ruling.depends_on else ""
    if ruling.allowed is Answer.NO:
        rest = f", whatever {keys} is" if keys else ""
        return f"depends: {what} isn't allowed{rest}, but what refuses it can't be told"
    if keys:
        return f"depends on {keys}: {what} may be allowed or not"
    return f"depends: whether {what} is allowed can't be told"


def _say_request(request: Request) -> str:
    who = "" if request.principal is None else f" for {request.principal}"
    resource = '"*"' if request.resource == "*" else request.resource
    return f"{request.action} on {resource}{who}"


def _within(layers: Iterable[LayerDecision]) -> str:
    bounds = [one.layer for one in layers if one.layer.role is not Role.POLICY]
    return f", within {join_words(name_layer(one) for one in bounds)}" if bounds else ""


def _say_silence(ruling: Ruling, what: str) -> str:
    own = [one for one in ruling.deciding if one.layer.role is Role.POLICY]
    if own:
        names = join_words(name_layer(one.layer) for one in own)
        others = [one for one in ruling.deciding if one.layer.role is not Role.POLICY]
        rest = f", nor of {join_words(name_layer(one.layer) for one in others)}," if others else ""
        return f"no statement of {names}{rest} allows {what}"
    granting = [two for one in ruling.layers if one.layer.role is Role.POLICY for two in one.by]
    verb = "allow" if len(granting) > 1 else "allows"
    silent = join_words(name_layer(one.layer) for one in ruling.deciding)
    if not granting:
        return f"nothing in {silent} allows {what}"
    return f"{name_statements(granting)} {verb} {what}, but nothing in {silent} does"
