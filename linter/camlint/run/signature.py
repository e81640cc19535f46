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

WIDTH = 4
"""The bytes of the hash of a resource."""

OBJECTS = ("cos", "ci")
"""The services whose resources are the paths of objects, each behind the name of its bucket."""

SPOKEN = frozenset({"version", "statement", "principal"})
"""The elements of a policy that its meaning is made of."""


class Signature:
    """One policy of a run, in some two hundred bytes.

    ``path`` is its file as reports call it, ``home`` its number among the policies of that file,
    ``address`` its place in it (``""`` when the file is the policy). ``meaning`` is a hash that equal
    policies share, however they are written. ``actions`` are the actions of its allows, ``resources``
    the hashes of what their resources are limited to, WIDTH bytes each; ``open`` are those of the
    actions that stand beside a resource without such a limit. Without
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
        resources: bytes,
        *,
        open_: tuple[str, ...],
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
            self.resources,
            open_=tuple([intern(one) for one in self.open]),
            everything=self.everything,
        )


def sign(policy: Policy, path: str, home: int, address: str) -> Signature:
    """The signature of a policy, number ``home`` of those in a file."""
    allows = policy.allows
    actions: set[str] = set()
    resources: set[int] = set()
    opened: set[str] = set()
    everything = False
    if all(readable(one) for one in allows):
        for statement in allows:
            names = {one.name.qualified for one in statement.actions}
            actions |= names
            limits = {_limit_of(one) for one in statement.resources}
            if not limits or "" in limits:
                opened |= names
            resources |= {_hash(limit) for limit in limits if limit}
            everything |= _allows_everything(statement, names)
    return Signature(
        path,
        home,
        address,
        policy.kind,
        hash_meaning(policy),
        tuple(sorted(actions)),
        b"".join([one.to_bytes(WIDTH) for one in sorted(resources)]),
        open_=tuple(sorted(opened)),
        everything=everything,
    )


def bucket_of(action: str) -> str:
    """The service of an action, ``*`` where that is a pattern."""
    service = action.partition(":")[0]
    return "*" if "*" in service else service


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


def _limit_of(resource: ResourcePattern) -> str:
    """What a resource that holds another must be limited to as well, ``""`` for nothing.

    Of objects that is their bucket. Regions and accounts may be the same in several spellings.
    """
    six = resource.six
    if six is None or not six.service.text or "*" in six.service.text:
        return ""
    service, tail = six.service.text, six.tail.text
    limit = tail.partition("/")[0] if service in OBJECTS else tail
    return "" if "*" in limit or "$" in limit else f"{service}:{limit}".lower()


def _hash(limit: str) -> int:
    return crc32(limit.encode("utf-8", "surrogatepass"))
