"""Write docs/rules from the rules themselves: a page for each, and the table of them all."""

import argparse
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from camlint.examples import lint_example, show_example
from camlint.kinds import ALL_KINDS, Kind
from camlint.registry import Entry, Registry, load_registry, load_rule
from camlint.report.formats import open_report
from camlint.rule import Bad, Good, Rule
from camlint.source import UTF8

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "rules"
COMMAND = "make docs"

COLUMNS = {
    Kind.IDENTITY: "attached to a user, a group or a role",
    Kind.TRUST: "who may take a role",
    Kind.BUCKET: "the policy of a COS bucket",
    Kind.SESSION: "handed to STS with a request for credentials",
    Kind.SCP: "a service control policy of an organisation",
}
"""What the kinds of documents are, in words for those who read the table."""


def main(arguments: list[str]) -> int:
    """Write the pages, or compare them with the rules; 1 when they disagree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on drift")
    check = parser.parse_args(arguments).check
    wanted = render_all(load_registry())
    present = {path.name: path.read_text("utf-8") for path in PAGES.glob("*.md")}
    changed = sorted(name for name, text in wanted.items() if present.get(name) != text)
    stale = sorted(present.keys() - wanted.keys())
    if check and (changed or stale):
        print("docs/rules doesn't agree with the rules:", file=sys.stderr)
        print(*changed, *stale, sep="\n", file=sys.stderr)
        print(f"run `{COMMAND}`", file=sys.stderr)
        return 1
    PAGES.mkdir(parents=True, exist_ok=True)
    for name in changed:
        (PAGES / name).write_text(wanted[name], "utf-8")
    for name in stale:
        (PAGES / name).unlink()
    print(f"docs/rules: {len(wanted)} pages, {len(changed)} written, {len(stale)} removed")
    return 0


def render_all(registry: Registry) -> dict[str, str]:
    """The text of every file, by its name."""
    pages = {
        page_name(entry): "\n".join(render_page(registry, load_rule(entry))) + "\n"
        for entry in registry.entries
    }
    return pages | {
        "README.md": "\n".join(render_table(registry)) + "\n",
        "kinds.md": "\n".join(render_kinds(registry)) + "\n",
    }


def page_name(entry: Entry) -> str:
    """The file of a rule's page."""
    return f"{entry.code}-{entry.name}.md"


def render_page(registry: Registry, rule: Rule) -> Iterator[str]:
    """The lines of a rule's page."""
    source = f"rules/{rule.module.replace('.', '/')}.py"
    yield f"<!-- Written by tools/build_docs.py from {source}; edit that, then `{COMMAND}`. -->"
    yield from ("", f"# {rule.code} {rule.name}", "", rule.summary, "")
    yield from ("| severity | confidence | kinds of policy | runs |", "| --- | --- | --- | --- |")
    yield f"| {rule.severity.value} | {rule.confidence.value} | {kinds(rule)} | {runs(rule)} |"
    yield from ("", rule.text)
    if rule.bad:
        yield from ("", "## Bad")
    for bad in rule.bad:
        if bad.encoding != UTF8:
            yield from ("", f"In a file that is {bad.encoding}:")
        yield from ("", *fence("text" if bad.beside else "json", show_example(bad)))
        yield from ("", *fence("text", report(registry, rule, bad)))
    if rule.good:
        yield from ("", "## Good")
    for good in rule.good:
        yield from ("", *fence("text" if good.beside else "json", show_example(good)))
    if rule.supersedes:
        yield from ("", "## See also", "")
        silent = ", ".join(rule.supersedes)
        yield f"Where this rule speaks, these stay silent about the same place: {silent}."
    yield from ("", "## References", "")
    yield from (f"- <{reference}>" for reference in rule.references)


def render_table(registry: Registry) -> Iterator[str]:
    """The lines of the table of all rules, a section for each group."""
    yield f"<!-- Written by tools/build_docs.py; edit the rules, then `{COMMAND}`. -->"
    yield from ("", "# Rules", "")
    yield "An `s` beside the severity means that the rule runs with `--strict`, or when it is selected, a"
    yield "`d` that it runs where what it looks for is demanded, by `--forbid` or `--no-public-access`."
    yield "[Rules and kinds of documents](kinds.md) says which of them look at what."
    by_code = sorted(registry.entries, key=lambda entry: entry.code)
    for group, entries in groupby(by_code, key=lambda entry: entry.code[:4]):
        yield from ("", f"## {group}xx", "")
        yield from ("| code | name | severity | what it finds |", "| --- | --- | --- | --- |")
        for entry in entries:
            severity = entry.severity.value + (
                " s" if entry.strict else " d" if entry.demand else ""
            )
            link = f"[{entry.name}]({page_name(entry)})"
            yield f"| {entry.code} | {link} | {severity} | {entry.summary.replace('|', '&#124;')} |"


def render_kinds(registry: Registry) -> Iterator[str]:
    """The lines of the table that says which rules look at which kinds of documents."""
    yield f"<!-- Written by tools/build_docs.py; edit the rules, then `{COMMAND}`. -->"
    yield ""
    yield "# Rules and kinds of documents"
    yield ""
    yield "The same text means different things in different places, so camlint first tells where a policy"
    yield "is used, and then runs the rules for that kind. `--kind` says what can't be seen."
    yield ""
    for kind, words in COLUMNS.items():
        yield f"- **{kind.value}**: {words}"
    yield ""
    yield "| rule | " + " | ".join(kind.value for kind in COLUMNS) + " |"
    yield "| --- |" + " :-: |" * len(COLUMNS)
    for entry in sorted(registry.entries, key=lambda entry: entry.code):
        marks = " | ".join("x" if kind in entry.kinds else " " for kind in COLUMNS)
        yield f"| [{entry.code}]({page_name(entry)}) {entry.name} | {marks} |"


def fence(language: str, text: str) -> Iterator[str]:
    """The text as a fenced block."""
    yield from (f"```{language}", text.rstrip("\n"), "```")


def report(registry: Registry, rule: Rule, example: Bad | Good) -> str:
    """What camlint prints about an example when this rule alone runs, without the summary."""
    written: list[str] = []
    text = open_report("text", written.append)
    text.start()
    text.file(lint_example(registry, rule, example).diagnostics)
    return "".join(written)


def kinds(rule: Rule) -> str:
    """The kinds of policy that a rule looks at."""
    return "all" if rule.kinds == ALL_KINDS else ", ".join(kind.value for kind in rule.kinds)


def runs(rule: Rule) -> str:
    """When a rule runs."""
    if rule.demand:
        return f"with `--{rule.demand}`"
    return "with `--strict`" if rule.strict else "by default"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
