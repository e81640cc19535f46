"""The policies that one principal holds, looked at together."""

from collections.abc import Sequence

from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.run.signature import Signature


class Member:
    """A policy of a bundle, and where it stands."""

    __slots__ = ("policy", "signature")

    def __init__(self, policy: Policy, signature: Signature) -> None:
        self.policy = policy
        self.signature = signature


class Bundle:
    """What a rule on bundles visits: the policies that one principal holds, in the order of the report.

    ``name`` is what the configuration calls it. Its members are policies for identities; what is
    attached to a role or a bucket speaks of that, and grants the principal nothing by itself.
    """

    __slots__ = ("members", "name")

    def __init__(self, name: str, members: Sequence[Member]) -> None:
        self.name = name
        self.members = tuple(members)

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The policies, without where they stand."""
        return tuple([one.policy for one in self.members])

    def holder_of(self, statement: Statement) -> Signature:
        """The policy that a statement stands in; the first of those that share it.

        Raises LookupError for a statement of none.
        """
        for one in self.members:
            if any(statement is other for other in one.policy.statements):
                return one.signature
        raise LookupError("the statement is of no policy of the bundle")
