"""Which service and type a resource belongs to, and which actions CAM matches against it."""

from camlint.access.intersections import globs_meet
from camlint.nearest import nearest
from camlint.patterns import split_resource

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.catalog.action import Action
    from camlint.catalog.catalog import Catalog
    from camlint.catalog.service import Service
    from camlint.catalog.template import ResourceTemplate
    from camlint.patterns import SixSegments


class ResourceForm:
    """A resource in six segments and what documents say of it.

    ``type`` is the resource type as templates spell it, ``""`` where they have none (COS) or it
    isn't among them. ``templates`` are the documented forms that it has, ``actions`` those that are
    matched against one of them. ``asked`` are the services whose actions were looked at.
    ``unplaced`` counts the actions of its own service that are matched against resources whose form
    no document gives, ``undocumented`` those of which nothing settled is known. ``remarks`` say what
    about the resource fits no document.
    """

    __slots__ = (
        "actions",
        "asked",
        "remarks",
        "service",
        "templates",
        "text",
        "type",
        "undocumented",
        "unplaced",
    )

    def __init__(
        self,
        text: str,
        service: "Service",
        resource_type: str,
        templates: "tuple[ResourceTemplate, ...]",
        actions: "tuple[Action, ...]",
        asked: tuple[str, ...],
        remarks: tuple[str, ...],
    ) -> None:
        self.text = text
        self.service = service
        self.type = resource_type
        self.templates = templates
        self.actions = actions
        self.asked = asked
        self.remarks = remarks
        own = [action for action in service.actions if action.resource_level is not False]
        self.unplaced = sum(1 for one in own if one.resource_level and not one.templates)
        self.undocumented = sum(1 for one in own if one.resource_level is None)


def read_form(text: str, catalog: "Catalog") -> ResourceForm | None:
    """What documents say of a resource; None where it hasn't six segments or a known service.

    Accounts aren't compared: whose resource it is makes no difference to its form.
    """
    six = split_resource(text)
    service = None if six is None else catalog.find_service(six.service.text)
    if six is None or service is None:
        return None
    templates = tuple(one for one in service.templates if _has_form(six, one))
    asked = (service.prefix, *_companions(service.prefix, catalog))
    actions = tuple(
        action
        for prefix in asked
        for action in catalog.service(prefix).actions
        if any(_has_form(six, template) for template in action.templates)
    )
    found = service.find_type(six.resource_type.text) or ""
    return ResourceForm(text, service, found, templates, actions, asked, _remark(six, service))


def suggest_forms(text: str, catalog: "Catalog") -> tuple[str, ...]:
    """Resources that one without a known form was probably meant to be, or the forms there are."""
    six = split_resource(text)
    if six is None:
        prefix = next((part for part in text.split(":")[1:] if catalog.find_service(part)), "")
        return tuple(_forms(catalog.service(prefix))) if prefix else ()
    service = catalog.find_service(six.service.text)
    if service is None:
        meant = catalog.suggest_service(six.service.text)
        before, after = text[: six.service.start], text[six.service.end :]
        return () if meant is None else tuple(f"{before}{one}{after}" for one in meant.texts)
    by_lower = {known.lower(): known for known in service.types}
    near = nearest(six.resource_type.text.lower(), by_lower)
    if near is None or near == six.resource_type.text.lower():
        return tuple(_forms(service))
    start, end = six.resource_type.start, six.resource_type.end
    return (f"{text[:start]}{by_lower[near]}{text[end:]}",)


def _has_form(six: "SixSegments", template: "ResourceTemplate") -> bool:
    """Whether a resource may be one that a template describes."""
    if six.service.text != template.service:
        return False
    if six.region.text not in ("", "*") and not template.regional:
        return False
    tail = template.pattern.split(":", 5)[5]
    return globs_meet(six.tail.text.lower(), tail.lower())


def _companions(prefix: str, catalog: "Catalog") -> list[str]:
    """The services with actions that are matched against resources of this one.

    Looked for among those that the index knows to go with it: to be sure of all, every file of the
    catalogue would have to be read.
    """
    index = catalog.index
    return [
        other
        for other in index.prefixes
        if other != prefix
        and index.goes_with(other, prefix)
        and prefix in catalog.service(other).resource_services
    ]


def _remark(six: "SixSegments", service: "Service") -> tuple[str, ...]:
    remarks = []
    region, account = six.region.text, six.account.text
    if region not in ("", "*") and service.uses_region is False:
        remarks.append(
            f'no documented resource of {service.prefix} has a region, and this one has "{region}"'
        )
    forms = sorted(service.account_forms - {""})
    if account not in ("", "*") and forms and account.partition("/")[0] not in forms:
        known = " or ".join(f"{form}/…" for form in forms)
        remarks.append(f'documents write the account as {known}, and this one has "{account}"')
    return tuple(remarks)


def _forms(service: "Service") -> list[str]:
    """The documented forms of a service's resources, one of each type."""
    by_type = {one.type.lower(): one.text for one in reversed(service.templates)}
    return list(reversed(by_type.values()))
