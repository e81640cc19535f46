"""What the catalogue knows of a query, whatever the query is: found by its form, and then by name."""

from camlint.catalog.verbs import verb_of
from camlint.nearest import nearest
from camlint.patterns import split_action
from camlint.tasks.names import find_named, suggest_named
from camlint.tasks.resource_form import ResourceForm, read_form, suggest_forms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.catalog.action import Action
    from camlint.catalog.catalog import Catalog
    from camlint.catalog.condition_keys import ConditionKey
    from camlint.catalog.index import IndexEntry
    from camlint.catalog.service import Service
    from camlint.patterns import ActionName
    from camlint.tasks.names import NamedRegion


class Answer:
    """What was found, each kind in its place and empty where there is nothing of it.

    ``service`` is the only service meant, ``services`` are those whose names hold the query, by
    prefix, or, beside a ``service``, those that share its product or hold its name. ``action`` says
    that one action was asked for and not a pattern. ``keys`` are the names of the condition keys that
    only the ``service`` has. ``note`` is a sentence on how the query leads
    to what was found. Where nothing was, ``suggestions`` are queries that may have been meant,
    nearest first, and ``note`` says why.
    """

    __slots__ = (
        "action",
        "actions",
        "condition_keys",
        "keys",
        "note",
        "query",
        "regions",
        "resource",
        "service",
        "services",
        "suggestions",
    )

    def __init__(
        self,
        query: str,
        *,
        service: "Service | None" = None,
        services: "tuple[IndexEntry, ...]" = (),
        actions: "tuple[Action, ...]" = (),
        action: bool = False,
        resource: ResourceForm | None = None,
        condition_keys: "tuple[ConditionKey, ...]" = (),
        regions: "tuple[NamedRegion, ...]" = (),
        keys: tuple[str, ...] = (),
        suggestions: tuple[str, ...] = (),
        note: str = "",
    ) -> None:
        self.query = query
        self.service = service
        self.services = services
        self.actions = actions
        self.action = action
        self.resource = resource
        self.condition_keys = condition_keys
        self.regions = regions
        self.keys = keys
        self.suggestions = suggestions
        self.note = note

    @property
    def found(self) -> bool:
        """Whether the catalogue knows anything of the query."""
        return bool(
            self.service
            or self.services
            or self.actions
            or self.resource
            or self.condition_keys
            or self.regions
        )


def look_up(query: str, catalog: "Catalog") -> Answer:
    """What the catalogue knows of a query.

    That is a resource in six segments, a condition key, an action or a pattern of actions, or else
    a name: of a service (its prefix, or part of its English or Chinese name, in any case), of a
    region (its code, an old code, a zone, a city) or of a condition key without its prefix.
    """
    if ":" not in query and query != "*":
        return _look_up_name(query, catalog)
    key = catalog.condition_keys.find(query)
    if key is not None:
        return Answer(query, condition_keys=(key,))
    if query.startswith("qcs:"):
        return _look_up_qcs(query, catalog)
    name = split_action(query)
    return _suggest_key(query, catalog) if name is None else _look_up_action(query, name, catalog)


def _look_up_name(query: str, catalog: "Catalog") -> Answer:
    named = find_named(query, catalog)
    if named is None:
        texts, note = suggest_named(query, catalog)
        return Answer(query, suggestions=texts, note=note)
    prefix = f"{named.service.prefix}:" if named.service else ""
    names = catalog.condition_keys.names if prefix else ()
    return Answer(
        query,
        keys=tuple(name for name in names if name.startswith(prefix)),
        service=named.service,
        services=named.services,
        condition_keys=named.condition_keys,
        regions=named.regions,
        note=named.note,
    )


def _look_up_qcs(query: str, catalog: "Catalog") -> Answer:
    if query.count(":") < 2:
        return _suggest_key(query, catalog)
    form = read_form(query, catalog)
    if form is not None and form.templates:
        return Answer(query, resource=form)
    if form is not None:
        note = (
            "; ".join(form.remarks) or f"no document shows such a resource of {form.service.prefix}"
        )
    elif query.count(":") < 5:
        note = "a resource has six segments: qcs::service:region:account:type/id"
    else:
        note = ""
    return Answer(query, suggestions=suggest_forms(query, catalog), note=note)


def _look_up_action(query: str, name: "ActionName", catalog: "Catalog") -> Answer:
    prefix, operation = name.service.text, name.operation.text
    actions = catalog.matching(prefix, operation, every_service="*" in prefix)
    if actions:
        return Answer(query, actions=actions, action=not name.wild)
    answer = _suggest_key(query, catalog)
    if answer.suggestions or "*" in prefix:
        return answer
    service = catalog.find_service(prefix)
    if service is None:
        meant = catalog.suggest_service(prefix)
        if meant is None:
            return answer
        texts = tuple(f"{one}:{operation}" for one in meant.texts)
        return Answer(query, suggestions=texts, note=meant.reason)
    if name.wild:
        return Answer(query, suggestions=_suggest_pattern(service, operation))
    meant = catalog.suggest_action(prefix, operation)
    if meant is None:
        verb = f"{verb_of(operation)}*"
        wider = (f"{prefix}:{verb}",) if verb != "*" and service.matching(verb) else ()
        return Answer(query, suggestions=wider)
    return Answer(query, suggestions=tuple(f"{prefix}:{one}" for one in meant.texts))


def _suggest_pattern(service: "Service", operation: str) -> tuple[str, ...]:
    """Patterns that do catch something, for one that doesn't but for its case or a slip."""
    head = operation.partition("*")[0]
    for action in service.matching(operation, any_case=True):
        if action.name.lower().startswith(head.lower()):
            return (f"{service.prefix}:{action.name[: len(head)]}{operation[len(head) :]}",)
    verbs = dict.fromkeys(action.verb for action in service.actions)
    near = nearest(head, verbs)
    return (f"{service.prefix}:{near}*",) if near else ()


def _suggest_key(query: str, catalog: "Catalog") -> Answer:
    """The condition key that a text with a colon in it may have been meant to be."""
    keys = catalog.condition_keys
    foreign = keys.foreign(query)
    if foreign is not None:
        note = f"that is a condition key of {foreign.cloud}"
        return Answer(query, suggestions=(foreign.key,) if foreign.key else (), note=note)
    cased = keys.find_any_case(query)
    near = cased.name if cased else nearest(query, keys.names)
    return Answer(query, suggestions=(near,) if near else ())
