"""A rule as SARIF describes it: the page of the rule, and what code scanning sorts alerts by."""

from collections.abc import Iterator

from sarif_om import (
    MultiformatMessageString,
    ReportingConfiguration,
    ReportingDescriptor,
)

from camlint.examples import show_example
from camlint.rule import Rule

MOST_DESCRIBED = 1024
"""Characters of a description that code scanning takes.

Source: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

MOST_TAGS = 10
"""Tags of a rule that code scanning keeps; the same source."""

BUILT_IN_CODES = "CAM"
SECURITY_FAMILIES = ("CAM6", "CAM7")
"""Too broad a grant, and who can reach what they shouldn't: alerts on security."""

PROBLEM_SEVERITY = {"error": "error", "warning": "warning", "note": "recommendation"}
FENCE = "```"


def describe_rule(rule: Rule) -> ReportingDescriptor:
    """The descriptor of a rule, every property that code scanning requires present."""
    return ReportingDescriptor(
        id=rule.code,
        name=rule.name,
        short_description=MultiformatMessageString(text=rule.summary[:MOST_DESCRIBED]),
        full_description=MultiformatMessageString(text=_describe(rule)),
        help=MultiformatMessageString(text=_plain(rule.text), markdown="\n".join(_page(rule))),
        help_uri=rule.references[0] if rule.references else None,
        default_configuration=ReportingConfiguration(level=rule.severity.value),
        properties=_properties(rule),
    )


def is_security(rule: Rule) -> bool:
    """Whether a rule belongs to a family on security; one of another pack says so by its number."""
    if rule.code.startswith(BUILT_IN_CODES):
        return rule.code.startswith(SECURITY_FAMILIES)
    return rule.security_severity is not None


def _properties(rule: Rule) -> dict[str, object]:
    properties: dict[str, object] = {
        "precision": rule.confidence.value,
        "tags": list(_tags(rule))[:MOST_TAGS],
    }
    if is_security(rule) and rule.security_severity is not None:
        properties["security-severity"] = f"{rule.security_severity:.1f}"
    else:
        properties["problem.severity"] = PROBLEM_SEVERITY[rule.severity.value]
    return properties


def _tags(rule: Rule) -> Iterator[str]:
    """What alerts can be filtered by: security, the family of the rule, its weakness."""
    if is_security(rule):
        yield "security"
    yield rule.group
    if rule.cwe is not None:
        yield f"external/cwe/cwe-{rule.cwe:03d}"


def _describe(rule: Rule) -> str:
    """The problem, and the beginning of why it is one, as whole sentences."""
    why = next((part for part in rule.text.split("\n\n") if not part.startswith("#")), "")
    text = " ".join(f"{rule.summary} {why}".split())
    if len(text) <= MOST_DESCRIBED:
        return text
    return text[: text.rindex(". ", 0, MOST_DESCRIBED) + 1] if ". " in text else rule.summary


def _plain(markdown: str) -> str:
    """The page without the marks of headings and fences."""
    lines = [line for line in markdown.split("\n") if not line.startswith(FENCE)]
    return "\n".join(line.lstrip("# ") if line.startswith("#") else line for line in lines)


def _page(rule: Rule) -> Iterator[str]:
    """The lines of the rule's page, its examples and sources below it."""
    yield rule.text
    for title, examples in (("What it finds", rule.bad), ("What it leaves alone", rule.good)):
        if examples:
            yield from ("", f"## {title}")
        for example in examples:
            language = "" if example.beside else "json"
            yield from ("", FENCE + language, show_example(example).rstrip("\n"), FENCE)
    if rule.references:
        yield from ("", "## References", "")
    yield from (f"- <{reference}>" for reference in rule.references)
