"""What policies say to one request, for programs: version 1, as docs/can.schema.json has it."""

import json
from collections.abc import Sequence

from camlint.access.answer import Request, Verdict
from camlint.place import Pointer, render_pointer
from camlint.report.doubt_words import place_doubt
from camlint.report.miss_words import say_miss
from camlint.report.placed import find_position
from camlint.report.ruling_words import say_ruling
from camlint.tasks.decision import PlacedStatement, Ruling
from camlint.tasks.near_miss import Missing, NearMiss
from camlint.tasks.past_denies import WithoutDenies
from camlint.tasks.unsure import Unsure, find_doubts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VERSION = 1


def dump_decision(ruling: Ruling, misses: Sequence[NearMiss], past: WithoutDenies | None) -> str:
    """The whole document, with a line end."""
    document = {
        "version": VERSION,
        "decision": ruling.verdict.value,
        "statements": [_statement(placed) for one in ruling.deciding for placed in one.by],
        "depends_on": list(ruling.depends_on),
        "allowed": ruling.allowed.value,
        "message": say_ruling(ruling),
        "request": _request(ruling.request),
        "layers": [
            {
                "layer": one.layer.role.value,
                "paths": sorted({placed.path for placed in one.layer.policies}),
                "decision": one.verdict.value,
                "statements": [_statement(placed) for placed in one.by],
            }
            for one in ruling.layers
        ],
        "doubts": [
            _doubt(doubt)
            for one in (ruling.deciding if ruling.verdict is Verdict.DEPENDS else ())
            for doubt in find_doubts(one, ruling.request)
            if doubt.doubts
        ],
        "nearest": [_miss(miss, ruling.request) for miss in misses],
        "without_denies": None
        if past is None
        else {
            "decision": past.ruling.verdict.value,
            "statements": [_statement(placed) for one in past.ruling.deciding for placed in one.by],
            "allowed_with": [_request(request) for _, request in past.ways],
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _statement(placed: PlacedStatement) -> "dict[str, Any]":
    return {
        "path": placed.placed.path,
        "policy": placed.placed.host.address,
        "pointer": render_pointer(placed.statement.pointer),
        "effect": placed.statement.effect,
        "layer": placed.placed.role.value,
        "line": find_position(placed.placed, placed.statement.pointer).line,
    }


def _doubt(doubt: Unsure) -> "dict[str, Any]":
    return {
        "statement": _statement(doubt.statement),
        "why": [one.value for one in doubt.doubts],
        "pointers": [render_pointer(place.pointer) for place, _ in place_doubt(doubt)],
    }


def _miss(miss: NearMiss, request: Request) -> "dict[str, Any]":
    return {
        "statement": _statement(miss.statement),
        "message": say_miss(miss, request),
        "missing": [_missing(one) for one in miss.missing],
        "request": _request(miss.request),
        "allowed": miss.enough,
    }


def _missing(one: Missing) -> "dict[str, Any]":
    places: list[Pointer] = [condition.pointer for condition in one.conditions]
    return {
        "lack": one.lack.value,
        "pointers": [render_pointer(place) for place in places or [one.part.pointer]],
        "key": one.conditions[0].key if one.conditions else None,
        "segments": list(one.segments),
    }


def _request(request: Request) -> "dict[str, Any]":
    """The request as witnesses of other reports have it, and the keys that are left open."""
    document: dict[str, Any] = {}
    if request.principal is not None:
        document["principal"] = request.principal
    document["action"] = request.action
    document["resource"] = request.resource
    document["context"] = {
        key: values[0] if len(values) == 1 else list(values)
        for key, values in sorted((request.context or {}).items())
    }
    document["unknown"] = sorted(request.unknown)
    return document
