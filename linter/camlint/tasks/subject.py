"""What expectations are about: pooled policies, and the boundaries and SCPs that must allow, too."""

from camlint.access.answer import Request
from camlint.catalog.catalog import Catalog
from camlint.policy.policy import Policy
from camlint.settings import Settings
from camlint.tasks.decision import Layer, PlacedPolicy, Role, Ruling, make_layer, rule_on


class Subject:
    """The layers that a request has to pass, that of the policies first."""

    __slots__ = ("catalog", "layers", "settings")

    def __init__(self, layers: tuple[Layer, ...], settings: Settings, catalog: Catalog) -> None:
        self.layers = layers
        self.settings = settings
        self.catalog = catalog

    @property
    def own(self) -> Layer:
        """The pooled policies, without what bounds them."""
        return self.layers[0]

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The values of the pooled policies."""
        return tuple(one.policy for one in self.own.policies)

    def replaced(self, old: PlacedPolicy, new: PlacedPolicy) -> "Subject":
        """The same with another policy in the place of one of the pooled."""
        policies = (new if one == old else one for one in self.own.policies)
        own = make_layer(Role.POLICY, policies, self.settings, self.catalog)
        return Subject((own, *self.layers[1:]), self.settings, self.catalog)

    def steadied(self) -> "Subject":
        """The same with the owner's account stated, where it only follows from the policies.

        Otherwise what takes a part away could also take away what tells whose account is meant.
        """
        owned = [one for one in self.own.question.owner.inferred if one.startswith("uin/")]
        if self.settings.accounts or len(owned) != 1:
            return self
        settings = Settings(
            (owned[0].removeprefix("uin/"),),
            self.settings.sdkappids,
            self.settings.additions,
            self.settings.now,
            self.settings.trusted_accounts,
        )
        own = make_layer(Role.POLICY, self.own.policies, settings, self.catalog)
        return Subject((own, *self.layers[1:]), settings, self.catalog)

    def judge(self, request: Request) -> Ruling:
        """What becomes of a request. Raises ValueError where its resource isn't one."""
        return rule_on(self.layers, request)
