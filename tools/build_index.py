"""Write the index of the built-in pack, so that a run imports only the rules that it needs."""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

import camlint_rules
from camlint.rule import ENGINE, Rule

COMMAND = "make index"
WIDTH = 100
HEADER = '''"""The rules of this pack, told without importing them; written by tools/build_index.py."""

# code, name, severity, confidence, strict, kinds, visits, module, supersedes, summary, when, demand
ENTRIES: tuple[
    tuple[str, str, str, str, bool, tuple[str, ...], str, str, tuple[str, ...], str, int, str],
    ...,
] = ('''

Problem = str


def main(arguments: list[str]) -> int:
    """Write the index, or compare it with the rules; 1 when they disagree or a rule is unfit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on drift")
    check = parser.parse_args(arguments).check
    index = Path(camlint_rules.__path__[0]) / "_index.py"
    rules, problems = collect_rules()
    problems += [problem for rule in rules for problem in unfit(rule)]
    problems += ambiguous(rules)
    if problems:
        print("The index was not built:", *problems, sep="\n  ", file=sys.stderr)
        return 1
    text = render(rules)
    if index.is_file() and index.read_text("utf-8") == text:
        return 0
    if check:
        print(f"{index.name} doesn't agree with the rules; run `{COMMAND}`", file=sys.stderr)
        return 1
    index.write_text(text, "utf-8")
    print(f"{index.name}: {len(rules)} rules")
    return 0


def collect_rules() -> tuple[list[Rule], list[Problem]]:
    """The rules of the pack sorted by code, and the modules that should hold one but don't."""
    rules: list[Rule] = []
    problems: list[Problem] = []
    for name in rule_modules():
        try:
            found = getattr(importlib.import_module(name), "check", None)
        except Exception as error:
            problems.append(f"{name}: {type(error).__name__}: {error}")
            continue
        if isinstance(found, Rule):
            rules.append(found)
        else:
            problems.append(f"{name}: no function `check` under @rule; a rule file holds one rule")
    return sorted(rules, key=lambda rule: rule.code), problems


def rule_modules() -> Iterator[str]:
    """The names of the modules of the pack that hold a rule."""
    prefix = camlint_rules.__name__ + "."
    for found in pkgutil.walk_packages(camlint_rules.__path__, prefix):
        if not found.ispkg and found.name != prefix + "_index":
            yield found.name


def unfit(rule: Rule) -> Iterator[Problem]:
    """What a rule lacks before anybody can be shown it."""
    file = rule.module.rpartition(".")[2]
    if file != rule.name.replace("-", "_"):
        yield f"{rule.module}: rule {rule.name} belongs in {rule.name.replace('-', '_')}.py"
    wanted = {
        "a module docstring that says the problem in one sentence": rule.summary,
        "a docstring on check with `## Why is this a problem?`": (
            "## Why is this a problem?" in rule.text
        ),
    }
    if rule.visits != ENGINE:
        wanted |= {
            "a reference": rule.references,
            "a bad example": rule.bad,
            "a good example": rule.good,
        }
        if not all("«" in bad.text and "»" in bad.text for bad in rule.bad):
            yield f"{rule.module}: a bad example has no «» around what is reported"
    texts = (rule.summary, rule.text, *rule.references)
    if any("TODO" in text for text in texts):
        yield f"{rule.module}: a TODO is left"
    for what, held in wanted.items():
        if not held:
            yield f"{rule.module}: {rule.code} has no {what.removeprefix('a ')}"


def ambiguous(rules: list[Rule]) -> Iterator[Problem]:
    """Codes and names that two rules share."""
    by_word: dict[str, Rule] = {}
    for rule in rules:
        for word in (rule.code, rule.name):
            if word in by_word:
                yield f"{word} is both {by_word[word].module} and {rule.module}"
            by_word[word] = rule


def render(rules: list[Rule]) -> str:
    """The text of the index, laid out as the formatter wants it."""
    return "\n".join([HEADER, *(line for rule in rules for line in render_entry(rule)), ")", ""])


def render_entry(rule: Rule) -> Iterator[str]:
    """The lines of one rule's tuple."""
    yield "    ("
    for word in (rule.code, rule.name, rule.severity.value, rule.confidence.value):
        yield f"        {quote(word)},"
    yield f"        {rule.strict},"
    yield from render_tuple([kind.value for kind in rule.kinds])
    yield f"        {quote(rule.visits)},"
    yield f"        {quote(rule.module)},"
    yield from render_tuple(list(rule.supersedes))
    yield f"        {quote(rule.summary)},"
    yield f"        {rule.when},"
    yield f"        {quote(rule.demand)},"
    yield "    ),"


def render_tuple(words: list[str]) -> Iterator[str]:
    """The lines of a tuple of strings: one line where it fits, else one a word."""
    line = f"        ({', '.join(map(quote, words))}{',' if len(words) == 1 else ''}),"
    if len(line) <= WIDTH:
        yield line
        return
    yield "        ("
    yield from (f"            {quote(word)}," for word in words)
    yield "        ),"


def quote(text: str) -> str:
    """A string literal in double quotes, in single ones where that saves escapes."""
    mark = "'" if text.count('"') > text.count("'") else '"'
    return mark + text.replace("\\", "\\\\").replace(mark, "\\" + mark) + mark


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
