"""The request that shows a finding, in words for people and as an object for programs."""

from camlint.wording import join_words, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.access.answer import Request
    from camlint.finding import Witness
    from camlint.findings import Diagnostic, LocatedStep

MOST_NAMED = 4
"""Condition keys, and values of one, that a sentence names; the JSON report has them all."""

UNSIGNED = "anonymous"
"""What a request calls who asks where nobody signed it."""


def describe_witness(witness: "Witness") -> str:
    """The request with its circumstances: ``for example cdb:CreateBackup on …, without qcs:ip``."""
    request = witness.request
    where = "with no resource" if request.resource == "*" else f"on {request.resource}"
    parts = [f"for example {request.action} {where}"]
    if request.principal == UNSIGNED:
        parts.append("not signed by anybody")
    elif request.principal is not None:
        parts.append(f"by {request.principal}")
    parts += _describe_context(request)
    if witness.absent:
        parts.append(f"without {join_words(_shorten(list(witness.absent)))}")
    return ", ".join(parts)


def describe_example(diagnostic: "Diagnostic") -> str:
    """The request that shows a finding; its steps say it, where it has any."""
    if diagnostic.witness is None or diagnostic.flow:
        return ""
    return describe_witness(diagnostic.witness)


def describe_steps(diagnostic: "Diagnostic") -> tuple[str, ...]:
    """What somebody does step by step, with the file of each that stands in another one."""
    return tuple(
        describe_step(one) + (f" (by {one.elsewhere.path})" if one.elsewhere else "")
        for one in diagnostic.flow
    )


def describe_step(step: "LocatedStep") -> str:
    """The step with a request that takes it, where it takes one."""
    return f"{step.says}, {describe_witness(step.witness)}" if step.witness else step.says


def _describe_context(request: "Request") -> list[str]:
    """What a request has under condition keys: ``from 203.0.113.7``, ``with vpc:vpc "a"``."""
    parts: list[str] = []
    others: list[str] = []
    for key, values in sorted((request.context or {}).items()):
        if key == "qcs:ip" and len(values) == 1:
            parts.append(f"from {values[0]}")
        elif key == "qcs:current_time" and len(values) == 1:
            parts.append(f"at {values[0]}")
        else:
            shown = _shorten([quote(value) for value in values])
            others.append(f"{key} {join_words(shown)}" if shown else f"an empty {key}")
    if others:
        parts.append(f"with {join_words(_shorten(others))}")
    return parts


def _shorten(words: list[str]) -> list[str]:
    left = len(words) - MOST_NAMED
    return words if left <= 0 else [*words[:MOST_NAMED], f"{left} more"]


def witness_object(witness: "Witness") -> dict[str, object]:
    """The request as the JSON report has it: a key with one value maps to a text, else to a list."""
    request = witness.request
    asker = {} if request.principal is None else {"principal": request.principal}
    context = {
        key: values[0] if len(values) == 1 else list(values)
        for key, values in sorted((request.context or {}).items())
    }
    return {
        **asker,
        "action": request.action,
        "resource": request.resource,
        "context": context,
    }
