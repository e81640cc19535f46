"""The verb an action's name begins with, and the verbs that read."""

import re

READING_VERBS = frozenset(
    (
        *("Check", "List", "Describe", "Search", "Get", "BatchGet", "Query", "BatchQuery"),
        *("Download", "Export", "View", "Inquiry", "Inquire", "Compare", "Verify", "Validate"),
    )
)
"""What the names begin with of the actions that Tencent's ReadOnlyAccess policy counts as reading.

Source: https://cloud.tencent.com/document/product/598/105584
"""

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")


def verb_of(operation: str) -> str:
    """The first word of a name: ``Describe`` of ``DescribeInstances``; empty where there is none."""
    match = _WORD.match(operation)
    return match[0] if match else ""
