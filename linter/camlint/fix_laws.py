"""The laws that the fixes of every rule keep, run on its own examples."""

from collections.abc import Iterator

from camlint.access.answer import Answer
from camlint.access.equivalence import compare_meaning
from camlint.catalog.catalog import Catalog
from camlint.engine import Engine
from camlint.examples import engine_for, lint_example, read_example, read_fixed, source_of
from camlint.finding import Safety, Severity
from camlint.fixes import Fixed, fix_text
from camlint.hosts.search import find_policies
from camlint.policy.policy import Policy
from camlint.policy.read import read_policy
from camlint.registry import Registry
from camlint.rule import Bad, Rule
from camlint.selection import Selection
from camlint.syntax.document import read_document

Violation = str


def fixes_mend(registry: Registry, rule: Rule) -> Iterator[Violation]:
    """All fixes of a rule make exactly what an example says, and nothing is left for a second run.

    What they make is JSON and has no error or warning that the text, read as repaired, lacked.
    """
    for bad in rule.bad:
        text = read_example(bad).text
        fixed = _fix(registry, rule, bad, text)
        offered = any(one.fixes for one in lint_example(registry, rule, bad).diagnostics)
        if bad.fixed is None:
            if offered:
                yield f"{rule.code}: a fix is offered, and the example has no `fixed`:\n{fixed.text}"
            continue
        wanted = read_fixed(bad)
        if not offered or fixed.text != wanted:
            yield f"{rule.code}: the fixes make\n{fixed.text}\nand not\n{wanted}"
            continue
        again = _fix(registry, rule, bad, fixed.text)
        if again.text != fixed.text:
            yield f"{rule.code}: a second run of the fixes makes\n{again.text}"
        before, after = (_count_all(registry, bad, one) for one in (text, fixed.text))
        added = {code for code, count in after.items() if count > before.get(code, 0)}
        if added:
            yield f"{rule.code}: the fixes add {', '.join(sorted(added))} to\n{fixed.text}"


def fixes_keep_their_promise(registry: Registry, rule: Rule) -> Iterator[Violation]:
    """Safe fixes neither grant nor take away, narrowing ones don't grant, as far as can be proved."""
    for bad in rule.bad:
        text = read_example(bad).text
        before = _read_policies(bad, text)
        for most in (Safety.SAFE, Safety.NARROWING):
            fixed = _fix(registry, rule, bad, text, most)
            after = _read_policies(bad, fixed.text)
            if not fixed.made or len(before) != len(after):
                continue
            for old, new in zip(before, after, strict=True):
                meaning = compare_meaning(old, new, bad.settings, Catalog(bad.settings.additions))
                if meaning.narrower is Answer.NO:
                    yield f"{rule.code}: {most.value} fixes grant more in\n{fixed.text}"
                if most is Safety.SAFE and meaning.wider is Answer.NO:
                    yield f"{rule.code}: safe fixes take something away in\n{fixed.text}"


def _fix(
    registry: Registry, rule: Rule, bad: Bad, text: str, most: Safety = Safety.REPAIR
) -> Fixed:
    return fix_text(source_of(bad, text), engine_for(registry, rule, bad), most)


def _read_policies(bad: Bad, text: str) -> list[Policy]:
    """The policies of a text, as far as it is or can be read as JSON."""
    hosted = find_policies(read_document(source_of(bad, text)), bad.kind)
    return [
        read_policy(one.value, one.kind, kind_known=one.kind_known, bare=one.bare)
        for one in hosted
        if one.value is not None
    ]


def _count_all(registry: Registry, bad: Bad, text: str) -> dict[str, int]:
    """How many errors and warnings each rule has about a text, by its code."""
    engine = Engine(registry, Selection(), bad.settings, bad.kind)
    counts: dict[str, int] = {}
    for one in engine.lint(source_of(bad, text)).diagnostics:
        if one.severity is not Severity.NOTE:
            counts[one.code] = counts.get(one.code, 0) + 1
    return counts
