"""Which known actions CAM could limit to resources, and how to write those resources."""

from collections.abc import Iterable
from functools import lru_cache

from camlint.catalog.action import AUTHORITY, Action
from camlint.catalog.catalog import Catalog
from camlint.catalog.service import Service
from camlint.catalog.template import ResourceTemplate
from camlint.patterns import SixSegments, holds_placeholder, is_literal
from camlint.policy.elements import ActionPattern, Condition
from camlint.policy.policy import Policy
from camlint.settings import Settings

REMEMBERED = 4096
"""How many patterns of actions have their actions remembered."""

TAG_KEYS = ("qcs:resource_tag", "qcs:request_tag", "qcs:tag")
"""Condition keys that narrow resources down by their tags, alone or with ``/`` and a tag's name.

Source: https://cloud.tencent.com/document/product/598/73087
"""


def find_limitable(action: ActionPattern, catalog: Catalog) -> tuple[Action, ...]:
    """The known actions that a pattern stands for and whose resources can be named one by one.

    Empty for a whole service, for what is not in the catalogue, as soon as one of the actions is
    documented to need ``"*"`` or every resource of a type, and where of more than a quarter of the
    actions no page says what they are matched against.
    """
    name = action.name
    if name.opaque or name.operation.text == "*" or "*" in name.service.text:
        return ()
    return _limitable(catalog.service(name.service.text), name.operation.text)


@lru_cache(maxsize=REMEMBERED)
def _limitable(service: Service, operation: str) -> tuple[Action, ...]:
    known = service.matching(operation)
    found: list[Action] = []
    for one in known:
        if one.settled is True and nameable(one):
            found.append(one)
        elif one.resource_level is not None:
            return ()
    return tuple(found) if 4 * len(found) >= 3 * len(known) else ()


def nameable(action: Action) -> tuple[ResourceTemplate, ...]:
    """The templates of an action with an id in them, those of its own service first."""
    found = [one for one in action.templates if "${" in one.tail]
    return tuple(sorted(found, key=lambda one: one.service != action.service))


def list_forms(actions: Iterable[Action]) -> tuple[ResourceTemplate, ...]:
    """One template for each type of resource that actions work on, with an id if there is one."""
    forms: dict[tuple[str, str], ResourceTemplate] = {}
    for action in actions:
        for template in (*nameable(action), *action.templates):
            key = (template.service, template.type.lower())
            if key not in forms or "${" not in forms[key].tail:
                forms[key] = template
    return tuple(forms.values())


def is_risky(action: Action) -> bool:
    """Whether an action changes something, or reads what is worth as much: secrets, stored data."""
    return not action.reads or bool(action.groups)


def is_certain(actions: tuple[Action, ...] | list[Action]) -> bool:
    """Whether CAM's own pages say of each action that it is matched against resources."""
    return all(AUTHORITY in one.origins and not one.inferred for one in actions)


def limits_by_tag(condition: Condition) -> bool:
    """Whether a condition looks at the tags of resources."""
    return condition.key.partition("/")[0] in TAG_KEYS


def list_fitting(template: ResourceTemplate, policy: Policy) -> list[str]:
    """The resources that the policy allows something on and that name one thing of a template."""
    fitting: dict[str, None] = {}
    for statement in policy.allows:
        for one in statement.resources:
            six = one.six
            if six is not None and six.service.text == template.service and _fits(six, template):
                if holds_placeholder(one.text):
                    continue
                fitting[one.text] = None
    return list(fitting)


def propose_resource(template: ResourceTemplate, policy: Policy, settings: Settings) -> str:
    """The template filled in with what is known: a resource of the policy, its account, an id.

    What isn't known stays to be filled in, between ``<`` and ``>``.
    """
    found = [
        one.six for state in policy.statements for one in state.resources if one.six is not None
    ]
    fitting = list_fitting(template, policy)
    if fitting:
        return fitting[0]
    family = template.account_form
    accounts = {six.account.text for six in found if six.account.text.startswith(f"{family}/")}
    account = "" if not family else f"{family}/<{'APPID' if family == 'uid' else 'UIN'}>"
    if family == "uin" and len(settings.accounts) == 1:
        account = f"uin/{settings.accounts[0]}"
    elif family and len(accounts) == 1 and is_literal(only := accounts.pop()):
        account = only
    regions = {six.region.text for six in found if six.service.text == template.service}
    region = regions.pop() if template.regional and len(regions) == 1 else ""
    return f"qcs::{template.service}:{region}:{account}:{_fill_in(template, settings)}"


def _fits(six: SixSegments, template: ResourceTemplate) -> bool:
    """Whether a resource names one thing of the template's type."""
    rest = six.resource_id
    if rest is None or not rest.text:
        return False
    if not template.type:
        return is_literal(six.resource_type.text)
    return template.names_type(six.resource_type.text) and is_literal(rest.text)


def _fill_in(template: ResourceTemplate, settings: Settings) -> str:
    if template.names_type("sdkappid") and len(settings.sdkappids) == 1:
        return f"{template.type}/{settings.sdkappids[0]}"
    return template.tail.replace("${", "<").replace("}", ">")
