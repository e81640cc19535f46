"""The laws that every rule keeps, run on its own examples."""

import json
from collections.abc import Callable, Iterator

from camlint.examples import Example, lint_example, read_example
from camlint.fix_laws import Violation, fixes_keep_their_promise, fixes_mend
from camlint.registry import Registry
from camlint.rule import ENGINE, Bad, Good, Reads, Rule
from camlint.source import Span

Law = Callable[[Registry, Rule], Iterator[Violation]]

UNREADABLE = " object at 0x"
"""How Python shows a value that nobody told how to be shown."""

LISTED = frozenset({"action", "resource"})
"""Elements whose single value may stand with or without brackets."""


def rules_explain_themselves(registry: Registry, rule: Rule) -> Iterator[Violation]:
    """A rule says what it finds and why, and shows at least one bad and one good example."""
    del registry
    if not rule.summary:
        yield f"{rule.code}: {rule.module} has no docstring that says what it finds"
    if not rule.text:
        yield f"{rule.code}: its check has no docstring that says why that is a problem"
    for what, examples in (("bad", rule.bad), ("good", rule.good)):
        if not examples and rule.visits != ENGINE:
            yield f"{rule.code}: it has no {what} example, so that nothing else was tried of it"


def bad_examples_fire(registry: Registry, rule: Rule) -> Iterator[Violation]:
    """Each bad example is reported exactly at its marks."""
    for bad in rule.bad:
        example = read_example(bad)
        if not example.marks:
            yield f"{rule.code}: a bad example has no « » marks:\n{example.text}"
            continue
        found = sorted(_spans(registry, rule, bad), key=lambda span: (span.start, span.end))
        if found != sorted(example.marks, key=lambda span: (span.start, span.end)):
            yield (
                f"{rule.code}: a bad example fires at {_quote(example, found)}, "
                f"not at its marks {_quote(example, list(example.marks))}:\n{example.text}"
            )


def good_examples_stay_silent(registry: Registry, rule: Rule) -> Iterator[Violation]:
    """No good example is reported."""
    for good in rule.good:
        for diagnostic in lint_example(registry, rule, good).diagnostics:
            yield f"{rule.code}: a good example fires: {diagnostic.message}"


def layout_changes_nothing(registry: Registry, rule: Rule) -> Iterator[Violation]:
    """White space, the order of keys, lone string or list, and ``name/`` leave results alone."""
    changes: dict[str, Callable[[object], object]] = {
        Reads.WHITESPACE: lambda value: value,
        Reads.ORDER: _reverse_keys,
        Reads.SHAPE: _swap_shapes,
        Reads.PREFIX: _swap_prefixes,
    }
    for example in _examples(rule):
        text = read_example(example).text
        value = _parse_without_duplicates(text)
        if value is None:
            continue
        expected = _summary(registry, rule, example, text)
        for name, change in changes.items():
            if name in rule.reads:
                continue
            changed = json.dumps(change(value), ensure_ascii=False, indent=1)
            found = _summary(registry, rule, example, changed)
            if found != expected:
                yield (f"{rule.code}: a change of {name} turns {expected} into {found}:\n{changed}")


def runs_agree(registry: Registry, rule: Rule) -> Iterator[Violation]:
    """Two runs say the same, to the letter."""
    for example in _examples(rule):
        one, two = (
            [
                (d.code, d.message, d.label, d.help, d.note, repr(d.witness), d.order)
                for d in result.diagnostics
            ]
            for result in (
                lint_example(registry, rule, example),
                lint_example(registry, rule, example),
            )
        )
        if one != two:
            yield f"{rule.code}: two runs differ: {one} and {two}"


def messages_read_well(registry: Registry, rule: Rule) -> Iterator[Violation]:
    """A message is one sentence on one line, for people, and every finding shows a way out."""
    for bad in rule.bad:
        for diagnostic in lint_example(registry, rule, bad).diagnostics:
            message = diagnostic.message
            if message.endswith(".") or "\n" in message or not message.strip():
                yield f"{rule.code}: not one line without a full stop: {message!r}"
            told = (message, diagnostic.label, diagnostic.help, diagnostic.note)
            if any(UNREADABLE in text for text in told):
                yield f"{rule.code}: a value without a text of its own is shown: {message!r}"
            if not (diagnostic.help or diagnostic.note):
                yield f"{rule.code}: no way out is shown: {message!r}"


LAWS: tuple[Law, ...] = (
    rules_explain_themselves,
    bad_examples_fire,
    good_examples_stay_silent,
    layout_changes_nothing,
    fixes_mend,
    fixes_keep_their_promise,
    runs_agree,
    messages_read_well,
)


def _examples(rule: Rule) -> list[Bad | Good]:
    return [*rule.bad, *rule.good]


def _spans(registry: Registry, rule: Rule, example: Bad) -> list[Span]:
    return [
        diagnostic.region.span for diagnostic in lint_example(registry, rule, example).diagnostics
    ]


def _quote(example: Example, spans: list[Span]) -> str:
    return repr([example.text[span.start : span.end] for span in spans])


def _summary(registry: Registry, rule: Rule, example: Bad | Good, text: str) -> list[str]:
    """Where a rule fires, by pointer without the index of a lone item."""
    return sorted(
        diagnostic.pointer.removesuffix("/0")
        for diagnostic in lint_example(registry, rule, example, text).diagnostics
    )


def _parse_without_duplicates(text: str) -> object:
    def pairs(found: list[tuple[str, object]]) -> dict[str, object]:
        if len({key for key, _ in found}) < len(found):
            raise ValueError("a key stands twice")
        return dict(found)

    try:
        return json.loads(text, object_pairs_hook=pairs)
    except ValueError:
        return None


def _reverse_keys(value: object) -> object:
    if isinstance(value, dict):
        return {key: _reverse_keys(value[key]) for key in reversed(value)}
    if isinstance(value, list):
        return [_reverse_keys(item) for item in value]
    return value


def _swap_shapes(value: object) -> object:
    """Every lone action or resource in a list, every list of one without its brackets."""
    if isinstance(value, list):
        return [_swap_shapes(item) for item in value]
    if not isinstance(value, dict):
        return value
    swapped: dict[str, object] = {}
    for key, item in value.items():
        if key.lower() not in LISTED:
            swapped[key] = _swap_shapes(item)
        elif isinstance(item, str):
            swapped[key] = [item]
        elif isinstance(item, list) and len(item) == 1 and isinstance(item[0], str):
            swapped[key] = item[0]
        else:
            swapped[key] = item
    return swapped


def _swap_prefixes(value: object) -> object:
    """``name/`` taken from the actions that have it and given to those that could have it."""
    if isinstance(value, list):
        return [_swap_prefixes(item) for item in value]
    if not isinstance(value, dict):
        return value
    swapped: dict[str, object] = {}
    for key, item in value.items():
        if key.lower() != "action":
            swapped[key] = _swap_prefixes(item)
        elif isinstance(item, list):
            swapped[key] = [_swap_prefix(one) for one in item]
        else:
            swapped[key] = _swap_prefix(item)
    return swapped


def _swap_prefix(action: object) -> object:
    if not isinstance(action, str) or ":" not in action or action.startswith("*"):
        return action
    return action.removeprefix("name/") if action.startswith("name/") else "name/" + action
