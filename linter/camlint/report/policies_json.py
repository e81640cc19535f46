"""Answers about policies as JSON of version 1, written policy by policy."""

import json
from collections.abc import Iterable
from math import isfinite

from camlint.place import Pointer, render_pointer
from camlint.policy.elements import Scalar
from camlint.policy.malformed import Malformed
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.report.report import Write
from camlint.tasks.expand import ExpandedStatement
from camlint.tasks.summarize import StatementSummary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VERSION = 1


class PoliciesJson:
    """Writes one document: policies as they come, and at its end those that were left out."""

    __slots__ = ("_gaps", "_write")

    def __init__(self, write: Write) -> None:
        self._write = write
        self._gaps = [f'{{\n  "version": {VERSION},\n  "policies": [\n    ']

    def policy(
        self, path: str, address: str, policy: Policy, statements: "list[dict[str, Any]]"
    ) -> None:
        """Write what is to be said of one policy."""
        document = {
            "path": path,
            "policy": address,
            "kind": policy.kind.value,
            "principals": _principals(policy),
            "statements": statements,
        }
        self._write(self._gaps.pop() + _dump(document, "    "))
        self._gaps.append(",\n    ")

    def finish(self, left_out: "Iterable[tuple[str, str, str]]") -> None:
        """End the document; ``left_out`` are paths, addresses and reasons."""
        begun = self._gaps.pop()
        self._write(begun.rstrip() + "]" if begun.startswith("{") else "\n  ]")
        rest = [
            {"path": path, "policy": address, "reason": reason}
            for path, address, reason in left_out
        ]
        self._write(f',\n  "not_analysed": {_dump(rest, "  ")}\n}}\n')


def row_expansion(one: ExpandedStatement) -> "dict[str, Any]":
    """A statement of which the actions are expanded."""
    return {
        "pointer": render_pointer(one.statement.pointer),
        "effect": one.statement.effect,
        "actions": [
            {
                "pointer": render_pointer(expansion.pattern.pointer),
                "text": expansion.pattern.text,
                "wildcard": expansion.name.wild,
                "at_least": expansion.count,
                "levels": {
                    level: [action.qualified for action in found]
                    for level, found in expansion.known.items()
                },
            }
            for expansion in one.expansions
        ],
        "malformed": [_fault(fault) for fault in one.unreadable],
    }


def row_summary(one: StatementSummary) -> "dict[str, Any]":
    """A statement in summary."""
    statement = one.statement
    return {
        "pointer": render_pointer(statement.pointer),
        "effect": statement.effect,
        "services": [
            {
                "service": row.service,
                "name": row.title or None,
                "actions": list(row.patterns),
                "everything": row.everything,
                "levels": {
                    level: {"named": reach.named, "known": reach.known}
                    for level, reach in row.reach.items()
                },
                "unknown": list(row.unknown),
            }
            for row in one.rows
        ],
        "principals": _principals(statement),
        "resources": [resource.text for resource in statement.resources],
        "conditions": [
            {
                "operator": one.operator,
                "key": one.key,
                "values": [_scalar(value) for value in one.values],
            }
            for one in statement.conditions
        ],
        "malformed": [_fault(fault) for fault in statement.malformed],
    }


def _principals(of: Policy | Statement) -> "list[dict[str, str]]":
    return [{"family": one.family, "text": one.text} for one in of.principals]


def _fault(fault: Malformed) -> "dict[str, Any]":
    pointer: Pointer = fault.pointer
    return {
        "element": fault.element,
        "fault": fault.fault.value,
        "pointer": render_pointer(pointer),
    }


def _scalar(value: Scalar) -> Scalar:
    """The value, or its text where JSON can't hold it: ``1e999`` is read as infinity."""
    return str(value) if isinstance(value, float) and not isfinite(value) else value


def _dump(value: object, indent: str) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text.replace("\n", f"\n{indent}")
