"""All that policies allow, for programs: version 1, as docs/can.schema.json has it."""

import json

from camlint.place import render_pointer
from camlint.report.condition_words import say_condition
from camlint.tasks.decision import PlacedStatement
from camlint.tasks.permission import Permission, Permissions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VERSION = 1


def dump_permissions(allowed: Permissions) -> str:
    """The whole document, with a line end; every level of a service is there."""
    document = {
        "version": VERSION,
        "at_least": allowed.count,
        "undecided": allowed.undecided,
        "services": [
            {
                "service": one.service,
                "name": one.title,
                "levels": {
                    level: [_permission(two) for two in permissions]
                    for level, permissions in one.levels.items()
                },
            }
            for one in allowed.services
        ],
        "unreadable": [_statement(placed) for placed in allowed.unreadable],
        "exhausted": allowed.exhausted,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _permission(one: Permission) -> "dict[str, Any]":
    return {
        "actions": [action.qualified for action in one.actions],
        "resources": list(one.resources),
        "conditions": list(
            dict.fromkeys(
                say_condition(condition)
                for placed in one.allowed_by
                for condition in placed.statement.conditions
            )
        ),
        "conditional": one.conditional,
        "undecided": one.undecided,
        "allowed_by": [_statement(placed) for placed in one.allowed_by],
        "denied_by": [_statement(placed) for placed in one.denied_by],
    }


def _statement(placed: PlacedStatement) -> "dict[str, Any]":
    return {
        "path": placed.placed.path,
        "policy": placed.placed.host.address,
        "pointer": render_pointer(placed.statement.pointer),
        "effect": placed.statement.effect,
    }
