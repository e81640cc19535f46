"""What is kept of one policy of a run: where it stands, what it means, and what could contain it."""

import json
from hashlib import blake2b
from sys import intern
from zlib import crc32

from camlint.access.conditions import read_block
from camlint.access.principals import read_people
from camlint.access.readable import readable
from camlint.kinds import Kind
from camlint.policy.elements import ResourcePattern
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement

SPOKEN = frozenset({"version", "statement", "principal"})
"""The elements of a policy that its meaning is made of."""


class Signature:
    """One policy of a run, in some two hundred bytes.

    ``path`` is its file as reports call it, ``home`` its number among the policies of that file,
    ``address`` its place in it (``""`` when the file is the policy). ``meaning`` is a hash that equal
    policies share, however they are written. ``actions`` are the actions of its allows, ``resources``
    hashes of their resources but for those with a wildcard: ``open`` says that there is one. Without
    actions it can't be told what the policy grants. ``everything`` marks one that allows every
    action on every resource.
    """

    __slots__ = (
        "actions",
        "address",
        "everything",
        "home",
        "kind",
        "meaning",
        "open",
        "path",
        "resources",
    )

    def __init__(
        self,
        path: str,
        home: int,
        address: str,
        kind: Kind,
        meaning: bytes,
        actions: tuple[str, ...],
        resources: frozenset[int],
        *,
        open_: bool,
        everything: bool,
    ) -> None:
        self.path = path
        self.home = home
        self.address = address
        self.kind = kind
        self.meaning = meaning
        self.actions = actions
        self.resources = resources
        self.open = open_
        self.everything = everything

    @property
    def title(self) -> str:
        """What a message calls the policy."""
        return f"{self.path} ({self.address})" if self.address else self.path

    def kept(self, path: str) -> "Signature":
        """The same, its texts those that other signatures of this process have, too."""
        return Signature(
            path,
            self.home,
            self.address,
            self.kind,
            self.meaning,
            tuple([intern(one) for one in self.actions]),
            self.resources or NO_RESOURCES,
            open_=self.open,
            everything=self.everything,
        )


NO_RESOURCES: frozenset[int] = frozenset()


def sign(policy: Policy, path: str, home: int, address: str) -> Signature:
    """The signature of a policy, number ``home`` of those in a file."""
    allows = policy.allows
    actions: set[str] = set()
    resources: set[int] = set()
    is_open = everything = False
    if all(readable(one) for one in allows):
        for statement in allows:
            names = {one.name.qualified for one in statement.actions}
            actions |= names
            wide = not statement.resources
            for resource in statement.resources:
                if _is_literal(resource):
                    resources.add(_hash_resource(resource))
                else:
                    wide = True
            is_open |= wide
            everything |= _allows_everything(statement, names)
    return Signature(
        path,
        home,
        address,
        policy.kind,
        hash_meaning(policy),
        tuple(sorted(actions)),
        frozenset(resources),
        open_=is_open,
        everything=everything,
    )


def hash_meaning(policy: Policy) -> bytes:
    """A hash that two policies share if they say the same, in whatever order and shape.

    Where any of a policy can't be read, only one with the same values shares it.
    """
    said: object = _normalise(policy)
    if said is None:
        said = ["as written", policy.kind.value, policy.bare, policy.value]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _normalise(policy: Policy) -> list[object] | None:
    """What a policy says without what CAM doesn't look at; None where that can't be told."""
    if policy.malformed or not policy.statements:
        return None
    if not policy.bare and not SPOKEN.issuperset(policy.spelling):
        return None
    if not policy.bare and len(policy.spelling) != len(policy.value):
        return None
    if not all(one.understood and one.complete for one in policy.statements):
        return None
    version = policy.value.get(policy.spelling.get("version", ""))
    said = {
        json.dumps(_normalise_statement(policy, one), ensure_ascii=False)
        for one in policy.statements
    }
    return [policy.kind.value, policy.bare, version, sorted(said)]


def _normalise_statement(policy: Policy, statement: Statement) -> list[object]:
    block = sorted(
        [operator, key, sorted([kind, json.dumps(value)] for kind, value in values)]
        for operator, key, values in read_block(statement)
    )
    return [
        statement.effect,
        sorted({one.name.qualified for one in statement.actions}),
        sorted({one.text for one in statement.resources}),
        block,
        sorted(read_people(policy.principals_of(statement))),
    ]


def _allows_everything(statement: Statement, names: set[str]) -> bool:
    return (
        not statement.conditions
        and not names.isdisjoint(("*", "*:*"))
        and any(one.everything for one in statement.resources)
    )


def _is_literal(resource: ResourcePattern) -> bool:
    six = resource.six
    return six is not None and bool(six.service.text) and not {"*", "$"} & set(resource.text)


def _hash_resource(resource: ResourcePattern) -> int:
    """A hash that a resource shares with one of another region or account, which may be the same."""
    six = resource.six
    text = "" if six is None else f"{six.service.text}:{six.tail.text}".lower()
    return crc32(text.encode("utf-8", "surrogatepass"))
