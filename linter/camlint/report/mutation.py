"""What could be taken out of policies unnoticed, for people, with cases that would notice."""

import json
from collections.abc import Iterator

from camlint.access.answer import Request
from camlint.report.outcome_words import find_line
from camlint.report.table import count
from camlint.report.terminal import BOLD, YELLOW, Paint, escape
from camlint.tasks.mutate import Mutation, Survivor
from camlint.tasks.read_expectations import YAML

INDENT = " " * 6


def show_mutation(mutation: Mutation, paint: Paint) -> Iterator[str]:
    """The lines for the survivors of all policies."""
    for one in mutation.survivors:
        mutant = one.mutant
        place = escape(f"{mutant.old.path}:{find_line(mutant.placed)}")
        yield f"{paint(YELLOW, 'SURVIVES')}  {paint(BOLD, f'{place}: {describe_loss(one)}')}"
        yield from (f"{INDENT}{line}" for line in _suggest(one))


def describe_loss(survivor: Survivor) -> str:
    """What is taken away unnoticed: ``without the action "cos:GetObject" of statement 1``."""
    mutant = survivor.mutant
    if not mutant.text:
        effect = mutant.statement.effect
        what = f"statement {mutant.number}" + (f" ({effect})" if effect else "")
    else:
        what = f'the {mutant.part} "{escape(mutant.text)}" of statement {mutant.number}'
    return f"no expectation notices that {what} is gone"


def _suggest(survivor: Survivor) -> Iterator[str]:
    path = escape(survivor.suite.path)
    if survivor.request is None:
        yield f"no case was found that would notice in {path}; write one, or leave this out"
        return
    yield f"a case for {path} that would notice:"
    lines = _yaml if path.endswith(YAML) else _toml
    yield from (f"  {escape(line)}" for line in lines(survivor.request, allowed=survivor.allowed))


def _toml(request: Request, *, allowed: bool) -> Iterator[str]:
    yield "[[cases]]"
    for key, value in _keys(request, allowed=allowed):
        if isinstance(value, dict):
            pairs = ", ".join(f"{_text(one)} = {_text(of)}" for one, of in value.items())
            yield f"{key} = {{ {pairs} }}"
        else:
            yield f"{key} = {_text(value)}"


def _yaml(request: Request, *, allowed: bool) -> Iterator[str]:
    start = "- "
    for key, value in _keys(request, allowed=allowed):
        if isinstance(value, dict):
            pairs = ", ".join(f"{_text(one)}: {_text(of)}" for one, of in value.items())
            yield f"{start}{key}: {{ {pairs} }}"
        else:
            yield f"{start}{key}: {_text(value)}"
        start = "  "


Value = str | list[str]


def _keys(request: Request, *, allowed: bool) -> Iterator[tuple[str, Value | dict[str, Value]]]:
    """The keys of a case about a request."""
    yield "can" if allowed else "cannot", request.action
    if request.resource != "*":
        yield "resource", request.resource
    if request.principal is not None:
        yield "principal", request.principal
    context = {
        key: values[0] if len(values) == 1 else list(values)
        for key, values in sorted((request.context or {}).items())
        if values
    }
    if context:
        yield "context", context


def _text(value: Value) -> str:
    """A text or a list of texts, as TOML and YAML both write them."""
    return json.dumps(value, ensure_ascii=False)


def sum_up_mutation(mutation: Mutation) -> str:
    """The line at the end of a run."""
    survivors = len(mutation.survivors)
    whole = mutation.noticed + survivors
    text = f"{count(whole, 'part')} taken away in turn: {mutation.noticed} noticed, {survivors} not"
    if mutation.equivalent:
        text += f" ({mutation.equivalent} more mean nothing beside the others)"
    return text
