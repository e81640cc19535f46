"""What the catalogue answers, as JSON of version 1."""

import json

from camlint.tasks.levels import LEVELS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from camlint.catalog.action import Action
    from camlint.catalog.condition_keys import ConditionKey
    from camlint.catalog.index import IndexEntry
    from camlint.catalog.service import Service
    from camlint.tasks.catalog import Answer
    from camlint.tasks.resource_form import ResourceForm

VERSION = 1


def dump_answer(answer: "Answer") -> str:
    """The answer as a document with a line end; every key is always there."""
    document = {
        "version": VERSION,
        "query": answer.query,
        "found": answer.found,
        "service": None if answer.service is None else _service(answer.service, answer),
        "services": [_entry(entry) for entry in answer.services],
        "actions": [_action(action) for action in answer.actions],
        "resource": None if answer.resource is None else _resource(answer.resource),
        "condition_keys": [_key(key) for key in answer.condition_keys],
        "regions": [{"name": one.name, "title": one.title or None} for one in answer.regions],
        "note": answer.note,
        "suggestions": list(answer.suggestions),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _entry(entry: "IndexEntry") -> "dict[str, Any]":
    return {
        "prefix": entry.prefix,
        "name": entry.name,
        "name_zh": entry.name_zh,
        "granularity": entry.granularity,
        "actions": entry.actions,
        "documented": entry.documented,
    }


def _service(service: "Service", answer: "Answer") -> "dict[str, Any]":
    levels = dict.fromkeys(LEVELS, 0)
    for action in service.actions:
        levels[action.level] += 1
    return {
        "prefix": service.prefix,
        "name": service.name,
        "name_zh": service.name_zh,
        "granularity": service.granularity,
        "actions": len(service),
        "documented": service.documented,
        "levels": levels,
        "resources": [template.text for template in service.templates],
        "uses_region": service.uses_region,
        "tag_authorization": service.tag_authorization,
        "condition_keys": list(answer.keys),
        "sources": list(service.sources),
    }


def _action(action: "Action") -> "dict[str, Any]":
    return {
        "name": action.qualified,
        "level": action.level,
        "resource_level": action.settled,
        "disputed": action.settled is None and action.resource_level is not None,
        "confidence": None if action.settled is None else action.confidence,
        "resources": [template.text for template in action.templates],
        "risks": list(action.groups),
        "origins": list(action.origins),
    }


def _resource(form: "ResourceForm") -> "dict[str, Any]":
    return {
        "text": form.text,
        "service": form.service.prefix,
        "type": form.type or None,
        "forms": [template.text for template in form.templates],
        "actions": [_action(action) for action in form.actions],
        "asked": list(form.asked),
        "unplaced": form.unplaced,
        "undocumented": form.undocumented,
        "remarks": list(form.remarks),
    }


def _key(key: "ConditionKey") -> "dict[str, Any]":
    return {
        "name": key.name,
        "type": key.type,
        "multivalued": key.multivalued,
        "sent_as": key.sent_as,
        "url_encoded": key.url_encoded,
        "superseded_by": key.superseded_by,
        "actions": None if key.actions is None else sorted(key.actions),
        "cos_actions": None if key.cos_actions is None else sorted(key.cos_actions),
        "source": key.source,
    }
