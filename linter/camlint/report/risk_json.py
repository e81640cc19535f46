"""The risk of policies for programs: version 1, as docs/risk.schema.json has it."""

import json
from collections.abc import Iterable, Sequence

from camlint.report.json import escape_json
from camlint.tasks.risk import (
    Breadth,
    HeldGroup,
    HeldWay,
    Limit,
    Risk,
    StatementAt,
    Verdict,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VERSION = 1


def dump_risks(risks: Sequence[Risk], left_out: Iterable[tuple[str, str, str]]) -> str:
    """The whole document, with a line end; ``left_out`` are paths, addresses and reasons."""
    counts = dict.fromkeys((one.value for one in Verdict), 0)
    for risk in risks:
        if not risk.bundle:
            counts[risk.verdict.value] += 1
    document = {
        "version": VERSION,
        "policies": [_risk(one) for one in risks if not one.bundle],
        "bundles": [_risk(one) for one in risks if one.bundle],
        "summary": counts,
        "not_analysed": [
            {"path": path, "policy": address, "reason": reason}
            for path, address, reason in left_out
        ],
    }
    return escape_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _risk(risk: Risk) -> "dict[str, Any]":
    return {
        "name": risk.name,
        "kind": risk.kind,
        "policies": [{"path": path, "policy": address} for path, address in risk.policies],
        "verdict": risk.verdict.value,
        "why": risk.why,
        "escalation": [_way(one) for one in risk.ways],
        "groups": [_group(one) for one in risk.groups],
        "breadth": [_breadth(one) for one in risk.breadth],
        "limits": [_limit(one) for one in risk.limits],
        "doubts": list(risk.doubts),
    }


def _way(way: HeldWay) -> "dict[str, Any]":
    return {
        "id": way.id,
        "title": way.title,
        "outcome": way.outcome,
        "consequence": way.consequence,
        "severity": way.severity,
        "confidence": way.confidence,
        "conditions": way.strength.value,
        "actions": list(way.actions),
        "steps": [
            {
                "message": step.says,
                "action": step.action,
                "statement": _statement(step.at) if step.at is not None else None,
            }
            for step in way.steps
        ],
        "reference": way.reference,
    }


def _group(group: HeldGroup) -> "dict[str, Any]":
    return {
        "group": group.group,
        "title": group.title,
        "kinds": [
            {
                "lets": kind.lets,
                "mild": kind.mild,
                "actions": list(kind.actions),
                "conditions": kind.strength.value,
                "statements": [_statement(one) for one in kind.statements],
            }
            for kind in group.kinds
        ],
    }


def _breadth(wide: Breadth) -> "dict[str, Any]":
    return {
        "pattern": wide.pattern,
        "service": wide.service,
        "name": wide.title or None,
        "resources_named": wide.named,
        "at_least": wide.known,
        "levels": wide.levels,
        "sensitive": wide.sensitive,
        "statement": _statement(wide.at),
    }


def _limit(limit: Limit) -> "dict[str, Any]":
    return {
        "effect": limit.effect,
        "statement": _statement(limit.at),
        "circumstances": limit.circumstances,
        "strength": limit.strength.value if limit.strength is not None else None,
        "actions": list(limit.actions),
        "resources": list(limit.resources),
    }


def _statement(at: StatementAt) -> "dict[str, Any]":
    return {"path": at.path, "policy": at.policy, "pointer": at.pointer, "number": at.number}
