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

CHANGING_VERBS = frozenset(
    (
        *("Add", "Allocate", "Assign", "Associate", "Attach", "Bind", "Cancel", "Change", "Clear"),
        *("Close", "Copy", "Create", "Deactivate", "Delete", "Deploy", "Destroy", "Detach"),
        *("Disable", "Disassociate", "Drop", "Edit", "Enable", "Grant", "Import", "Install"),
        *("Isolate", "Kill", "Migrate", "Modify", "Move", "Offline", "Open", "Publish", "Purge"),
        *("Put", "Reboot", "Recover", "Register", "Release", "Remove", "Rename", "Renew"),
        *("Replace", "Reset", "Resize", "Restart", "Restore", "Resume", "Revoke", "Rollback"),
        *("Run", "Scale", "Set", "Start", "Stop", "Switch", "Terminate", "Transfer", "Unbind"),
        *("Uninstall", "Update", "Upgrade", "Upload"),
    )
)
"""Verbs that plainly change something. An action with none of all these may do either."""

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")


def verb_of(operation: str) -> str:
    """The first word of a name: ``Describe`` of ``DescribeInstances``; empty where there is none."""
    match = _WORD.match(operation)
    return match[0] if match else ""
