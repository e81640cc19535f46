"""What people call the resources of a type, and the page that documents an action."""

from camlint.catalog.action import AUTHORITY, Action
from camlint.catalog.service import Service
from camlint.policy.elements import ResourcePattern

NOUNS = {
    "sdkappid": ("application", "applications"),
    "instance": ("instance", "instances"),
    "instanceid": ("instance", "instances"),
    "uin": ("user", "users"),
    "role": ("role", "roles"),
    "rolename": ("role", "roles"),
    "groupid": ("group", "groups"),
    "policyid": ("policy", "policies"),
    "vpc": ("VPC", "VPCs"),
    "subnet": ("subnet", "subnets"),
    "cluster": ("cluster", "clusters"),
    "secret": ("secret", "secrets"),
    "function": ("function", "functions"),
}
"""Types in lower case, with the words for one and for several."""

BUCKETS = ("cos", "ci")
"""Services whose resources begin with the name of a bucket instead of a type."""


def nouns_of(service: str, kind: str) -> tuple[str, str]:
    """The words for one and for several resources of a type."""
    if service in BUCKETS:
        return ("bucket", "buckets")
    return NOUNS.get(kind.lower(), ("resource", "resources"))


def choose_near(
    resources: tuple[ResourcePattern, ...], service: str
) -> tuple[ResourcePattern, ...]:
    """The resources of an action's own service, all of them where none is."""
    own = [one for one in resources if one.six is not None and one.six.service.text == service]
    return tuple(own) or resources


def name_resources(resources: tuple[ResourcePattern, ...]) -> str:
    """The resources of a statement in a word or two: ``one application``, ``instances``."""
    words: set[tuple[str, str]] = set()
    for resource in resources:
        six = resource.six
        if six is None:
            return "resources"
        scoped = six.resource_id is not None or six.service.text in BUCKETS
        kind = six.resource_type.text if scoped else ""
        words.add(nouns_of(six.service.text, kind) if scoped else ("resource", "resources"))
    if len(words) != 1:
        return "particular resources"
    one, several = words.pop()
    if len(resources) == 1 and not _wild(resources[0]):
        return f"one {one}"
    return "particular resources" if several == "resources" else several


def find_page(service: Service, action: Action) -> str:
    """The page behind what is known of an action's granularity, ``""`` for none.

    CAM's own page of the product where it has the action, else one of the product's.
    """
    own = AUTHORITY in action.origins
    for source in service.sources:
        if source.startswith("https://") and ("/598/" in source) is own:
            return source.removeprefix("https://")
    return ""


def _wild(resource: ResourcePattern) -> bool:
    """Whether a resource stands for several."""
    six = resource.six
    if six is None:
        return True
    part = six.resource_type if six.service.text in BUCKETS else six.tail
    return "*" in part.text
