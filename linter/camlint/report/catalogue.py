"""What the catalogue answers, as a card or list for people."""

from collections.abc import Iterator

from camlint.report.table import align, count, wrap
from camlint.report.terminal import BOLD, Paint, escape
from camlint.tasks.levels import group_by_level
from camlint.wording import join_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from camlint.catalog.action import Action
    from camlint.catalog.condition_keys import ConditionKey
    from camlint.catalog.index import IndexEntry
    from camlint.catalog.service import Service
    from camlint.tasks.catalog import Answer
    from camlint.tasks.names import NamedRegion
    from camlint.tasks.resource_form import ResourceForm

Facts = list[tuple[str, str]]

LABEL = 14
"""Columns that the labels of a card take up."""

GRANULARITY = {
    "resource": "by resource, where an action allows it",
    "operation": "by action, on all resources",
    "service": "as a whole only",
}
SENT_AS = {
    "header": "the caller, in a header, and may leave it out",
    "query": "the caller, in the URL, and may leave it out",
    "tags": "the caller, with the tags, and may leave it out",
}
PARTIAL = "The public catalogue is partial: what it doesn't have may exist all the same."


def show_answer(answer: "Answer", paint: Paint) -> Iterator[str]:
    """The lines of an answer in which something was found."""
    if answer.service is not None:
        yield from _service(answer.service, answer.keys, paint)
        if answer.services:
            yield ""
            yield paint(BOLD, "See also")
            yield from _entries(answer.services)
    elif answer.services:
        yield paint(BOLD, count(len(answer.services), "service"))
        yield from _entries(answer.services)
    if answer.action:
        yield from _action(answer.actions[0], paint)
    elif answer.actions:
        caught = count(len(answer.actions), "action")
        yield paint(BOLD, f"{escape(answer.query)} catches at least {caught}")
        yield from _levels(answer.actions)
        yield ""
        yield from _table(answer.actions)
        yield ""
        yield PARTIAL
    if answer.resource is not None:
        yield from _resource(answer.resource, paint)
    gap = bool(answer.service or answer.services)
    for key in answer.condition_keys:
        if gap:
            yield ""
        yield from _key(key, paint)
        gap = True
    if answer.regions:
        if gap:
            yield ""
        yield from _regions(answer.regions, paint)
    if answer.note:
        yield ""
        yield escape(answer.note[0].upper() + answer.note[1:]) + "."


def _card(facts: Facts) -> Iterator[str]:
    """Facts a line each; an empty label goes on with the one before."""
    for label, text in facts:
        yield f"{label:<{LABEL}}{escape(text)}".rstrip()


def _several(label: str, texts: "Iterable[str]") -> Facts:
    return [("" if number else label, text) for number, text in enumerate(texts)]


def _service(service: "Service", keys: tuple[str, ...], paint: Paint) -> Iterator[str]:
    names = [name for name in (service.name, service.name_zh) if name]
    yield paint(BOLD, "  ".join([service.prefix, *map(escape, names)]))
    facts: Facts = [("actions", _count_levels(service.actions, documented=service.documented))]
    if service.granularity:
        facts.append(("authorised", GRANULARITY.get(service.granularity, service.granularity)))
    by_pattern = {one.pattern.lower(): one.text for one in reversed(service.templates)}
    facts += _several("resources", reversed(by_pattern.values()))
    if not service.templates:
        facts.append(("resources", "no document shows their form"))
    elif service.regionless:
        facts.append(("region", "always empty"))
    if service.tag_authorization is not None:
        can = "works" if service.tag_authorization else "doesn't work"
        facts.append(("by tag", f"{can}, as documents of 2023 have it"))
    facts += _several("keys", keys)
    facts += _several("sources", service.sources)
    yield from _card(facts)
    yield ""
    if service.operations:
        yield f"camlint catalog '{service.prefix}:*' lists the actions."
    yield PARTIAL


def _count_levels(actions: "tuple[Action, ...]", *, documented: int) -> str:
    grouped = group_by_level(actions)
    levels = ", ".join(f"{len(found)} {level}" for level, found in grouped.items() if found)
    known = f"{len(actions):,} known" + (f": {levels}" if levels else "")
    return f"{known} ({documented} documented for access management)"


def _levels(actions: "tuple[Action, ...]") -> Iterator[str]:
    grouped = group_by_level(actions)
    yield ", ".join(f"{len(found):,} {level}" for level, found in grouped.items() if found)


def _entries(entries: "tuple[IndexEntry, ...]") -> list[str]:
    rows = [("PREFIX", "ACTIONS", "NAME", "")]
    rows += [
        (entry.prefix, f"{entry.actions:,}", entry.name or "", entry.name_zh or "")
        if entry.name
        else (entry.prefix, f"{entry.actions:,}", entry.name_zh or "", "")
        for entry in entries
    ]
    return align(rows)


def _matched(action: "Action") -> str:
    """What CAM matches an action against, in a word or two."""
    if action.settled is None:
        return "undocumented" if action.resource_level is None else "disputed"
    return "resources" if action.settled else '"*" only'


def _table(actions: "tuple[Action, ...]") -> list[str]:
    rows = [("ACTION", "LEVEL", "MATCHED AGAINST")]
    rows += [(action.qualified, action.level, _matched(action)) for action in actions]
    return align(rows)


MATCHED = {
    "resources": "against the resources of a policy (resource-level)",
    '"*" only': 'against "resource": "*" only (operation-level)',
    "undocumented": "no document says against what",
    "disputed": "documents disagree on whether against resources",
}


def _action(action: "Action", paint: Paint) -> Iterator[str]:
    yield paint(BOLD, escape(action.qualified))
    matched = _matched(action)
    sure = f", {action.confidence} confidence" if action.settled is not None else ""
    facts: Facts = [("level", action.level), ("matched", MATCHED[matched] + sure)]
    facts += _several("resources", (template.text for template in action.templates))
    facts += _several("risks", (group.replace("-", " ") for group in action.groups))
    facts.append(("known from", ", ".join(action.origins)))
    yield from _card(facts)


def _resource(form: "ResourceForm", paint: Paint) -> Iterator[str]:
    yield paint(BOLD, escape(form.text))
    service = form.service
    names = [name for name in (service.name, service.name_zh) if name]
    facts: Facts = [("service", "  ".join([service.prefix, *names]))]
    if form.type:
        facts.append(("type", form.type))
    by_pattern = {one.pattern.lower(): one.text for one in reversed(form.templates)}
    facts += _several("form", reversed(by_pattern.values()))
    facts += _several("but", form.remarks)
    yield from _card(facts)
    yield ""
    yield f"CAM matches at least {count(len(form.actions), 'action')} against it" + (
        f" (of {join_words(form.asked)})" if len(form.asked) > 1 else ""
    )
    if form.actions:
        yield from _levels(form.actions)
        yield ""
        yield from _table(form.actions)
    rest = [
        f"{number:,} {what}"
        for number, what in (
            (form.unplaced, "more have resources whose form no document gives"),
            (form.undocumented, "are undocumented"),
        )
        if number
    ]
    if rest:
        yield ""
        yield f"Of the other known actions of {service.prefix}, {' and '.join(rest)}."


def _key(key: "ConditionKey", paint: Paint) -> Iterator[str]:
    yield paint(BOLD, key.name)
    several = " (a request may hold several values)" if key.multivalued else ""
    facts: Facts = [("type", ("any type" if key.type == "any" else key.type) + several)]
    if key.sent_as:
        facts.append(("comes from", SENT_AS[key.sent_as]))
    if key.url_encoded:
        facts.append(("value", "URL-encoded in the policy"))
    if key.superseded_by:
        facts.append(("use instead", key.superseded_by))
    yield from _card(facts)
    limits = key.actions if key.actions is not None else key.cos_actions
    if limits is not None:
        label = "only with" if key.actions is not None else "of cos, only"
        yield from wrap(sorted(limits), f"{label:<{LABEL}}")
    if key.source:
        yield from _card([("source", key.source)])


def _regions(regions: "tuple[NamedRegion, ...]", paint: Paint) -> Iterator[str]:
    if len(regions) == 1:
        yield paint(BOLD, regions[0].name)
        yield from _card([("region", regions[0].title or "no document names its city")])
    else:
        yield paint(BOLD, count(len(regions), "region"))
        yield from align([(region.name, region.title) for region in regions])
