"""The last line of a run, for people: what was found, in how much, and what was left out."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.findings import Summary


def saw_policy(summary: "Summary") -> bool:
    """Whether there was anything to judge: a policy, or a finding about what should be one."""
    return bool(summary.policies or summary.errors or summary.warnings or summary.notes)


def summary_line(summary: "Summary") -> str:
    """The summary as one line without a line end.

    ``No CAM policy found in 3 files`` belongs on stderr: it is no part of any report.
    """
    if not saw_policy(summary):
        return f"No CAM policy found in {_count(summary.files, 'file')}" + _aside(
            _unreadable(summary)
        )
    found = describe_counts(summary)
    seen = f" in {_count(summary.policies, 'policy')}" if summary.policies else ""
    head = f"Found {found}" if found else "No problems"
    return head + seen + _aside(*_parts(summary))


def describe_counts(summary: "Summary") -> str:
    """The findings by severity, such as ``2 errors, 1 note``; ``""`` for none."""
    return ", ".join(
        _count(number, noun)
        for number, noun in (
            (summary.errors, "error"),
            (summary.warnings, "warning"),
            (summary.notes, "note"),
        )
        if number
    )


def _parts(summary: "Summary") -> tuple[str, ...]:
    return (
        f"{summary.fixed} fixed" if summary.fixed else "",
        f"{summary.fixable} fixable" if summary.fixable else "",
        f"{summary.suppressed} suppressed" if summary.suppressed else "",
        f"{summary.baselined} in the baseline" if summary.baselined else "",
        f"{summary.not_analysed} not analysed" if summary.not_analysed else "",
        f"{_count(summary.without_policy, 'file')} without a policy"
        if summary.without_policy
        else "",
        _unreadable(summary),
    )


def _unreadable(summary: "Summary") -> str:
    if not summary.unreadable:
        return ""
    return f"{_count(summary.unreadable, 'file')} could not be read"


def _aside(*parts: str) -> str:
    said = ", ".join(part for part in parts if part)
    return f" ({said})" if said else ""


def _count(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun.removesuffix('y')}ies" if noun.endswith("y") else f"{number} {noun}s"
