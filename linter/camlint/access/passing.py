"""Whether a policy lets its holder hand any role of the account to a product."""

from camlint.access.first_cell import comparable
from camlint.access.offers import gives_everything, list_offers, name_actions
from camlint.access.reach import Gift, Reach
from camlint.catalog.catalog import Catalog
from camlint.patterns import ActionName, matcher
from camlint.policy.policy import Policy
from camlint.settings import Settings

HANDING_ON = "cam:PassRole"
EVERY_ROLE = "qcs::cam:::roleName/*"


def find_passing(policy: Policy, settings: Settings, catalog: Catalog) -> Gift | None:
    """What gives the holder every role to hand on; None where that isn't proved."""
    if not any("cam" in one.services for one in policy.allows) or not comparable(policy):
        return None
    named = name_actions(policy, _match)
    offers = list(list_offers(named, (HANDING_ON,), (EVERY_ROLE,), catalog))
    if not offers or gives_everything(policy):
        return None
    return Reach((policy,), offers, settings, catalog).give(offers)


def _match(name: ActionName) -> tuple[str, ...]:
    return (HANDING_ON,) if matcher(name.qualified)(HANDING_ON) else ()
