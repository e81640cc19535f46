"""What the statements of policies say to one request, in one world.

What CAM's documents leave open becomes either a world, one way to settle it for good, or a doubt,
of which nothing is assumed but that it is the same for whatever reads the same in that request.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from oracle.conditions import Line, Usage, Values, holds, read_lines, read_usage

Plain = dict[str, Any]
"""A statement as it stands in a policy, its actions and resources in lists."""

ANY = None
"""The resource of a request to which CAM gives none."""

OPERATION_LEVEL, RESOURCE_LEVEL, TYPE = "ao", "ar", "ty"
READ_VERBS = (
    *("BatchGet", "BatchQuery", "Check", "Compare", "Describe", "Download", "Export", "Get"),
    *("Inquire", "Inquiry", "List", "Query", "Search", "Validate", "Verify", "View"),
)
"""Source: https://cloud.tencent.com/document/product/598/105584"""

READ_ONLY, BEYOND_MONEY = "qcs:read_only_action", "qcs:except_cam_finance"
DERIVED = (READ_ONLY, BEYOND_MONEY)
ANONYMOUS = "anonymous"
PUBLIC = ("qcs::cam::anyone:anyone", "qcs::cam::anonymous:anonymous")


class World(NamedTuple):
    """One way to settle all that is open."""

    owner: str = "uin/1"  # of everything but buckets and roles
    bucket_owner: str = "uin/1"
    variable: str = "a"  # what ${uin} holds
    by_prefix: bool = False  # a variable at the end matches by prefix
    open_matches_any: bool = False  # qcs::tt:::* matches a request without a resource
    legacy: str = "q"  # the region that "jp" is
    partial_is_glob: bool = False  # "ap-*" is a pattern


class Six(NamedTuple):
    """The resource of a request; its project is empty."""

    service: str
    region: str
    account: str
    tail: str

    @property
    def text(self) -> str:
        return "qcs::" + ":".join(self)


class Asked(NamedTuple):
    """A request; a key that isn't in the context is absent."""

    action: str
    resource: Six | None
    asker: str | None = None
    context: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def text(self) -> str:
        return "*" if self.resource is ANY else self.resource.text


Doubt = tuple[object, ...]
Held = frozenset[Doubt] | None
"""Whether a statement matches: None if not; else what that depends on, nothing if it surely does."""

SURELY: frozenset[Doubt] = frozenset()


class Evaluator:
    """The statements of one question, read once."""

    def __init__(self, statements: Sequence[Plain]) -> None:
        self.statements = statements
        self.lines = [read_lines(one.get("condition", {})) for one in statements]
        self.usage = read_usage(line for lines in self.lines for line in lines)
        self.people = [_people(one.get("principal")) for one in statements]

    def match(self, asked: Asked, world: World) -> list[Held]:
        """Of each statement, whether it matches the request."""
        return [self.match_one(index, asked, world) for index in range(len(self.statements))]

    def match_one(self, index: int, asked: Asked, world: World) -> Held:
        """Whether a statement matches the request."""
        one = self.statements[index]
        if not holds_action(one["action"], asked.action):
            return None
        service = asked.action.partition(":")[0]
        if not any(
            holds_resource(name, asked.resource, service, world) for name in one["resource"]
        ):
            return None
        who = self.speaks_of(index, asked.asker)
        context = {**dict(asked.context), **derive(asked.action)}
        when = self.holds_when(index, context, world.variable)
        return None if who is None or when is None else who | when

    def holds_when(self, index: int, context: Mapping[str, Values], variable: str) -> Held:
        """Whether the condition of a statement holds."""
        return join(
            holds_line(line, context.get(line.key), self.usage[line.key], variable)
            for line in self.lines[index]
        )

    def speaks_of(self, index: int, asker: str | None) -> Held:
        """Whether a statement speaks of who asks; one without principals speaks of whoever does."""
        people = self.people[index]
        if not people or asker is None:
            return SURELY
        effect = self.statements[index]["effect"]
        found = [_names(effect, name, asker) for name in people]
        if SURELY in found:
            return SURELY
        doubts = [one for one in found if one is not None]
        return frozenset({("who", frozenset(doubts))}) if doubts else None


def holds_line(line: Line, present: Values, usage: Usage, variable: str) -> Held:
    """Whether one line of a condition holds."""
    truth = holds(line, present, usage, variable)
    if truth is None:
        return frozenset({("when", line)})
    return SURELY if truth else None


def join(parts: Iterable[Held]) -> Held:
    """Whether all hold, and what that depends on."""
    doubts = SURELY
    for part in parts:
        if part is None:
            return None
        doubts |= part
    return doubts


def derive(action: str) -> dict[str, Values]:
    """The keys that follow from an action; CAM's page says what names of reading ones begin with."""
    service, _, operation = action.partition(":")
    reads, money = operation.startswith(READ_VERBS), service in ("cam", "finance")
    return {READ_ONLY: ("1" if reads else "0",), BEYOND_MONEY: ("0" if money else "1",)}


def say(held: Sequence[Held], effects: Sequence[str]) -> set[str]:
    """Every verdict that the statements may come to."""
    return {judge(mask, effects) for mask in settle(held)}


def judge(mask: int, effects: Sequence[str]) -> str:
    """The verdict when just the statements of a mask match."""
    hits = {effect for number, effect in enumerate(effects) if mask >> number & 1}
    return "explicit-deny" if "deny" in hits else "allow" if "allow" in hits else "implicit-deny"


def settle(held: Sequence[Held]) -> Iterator[int]:
    """Every set of statements that may match at once, as masks: doubts are settled together."""
    sure, _ = bounds(held)
    doubts = list({one for one in held if one})
    seen: set[frozenset[Doubt]] = set()
    for choice in range(1 << len(doubts)):
        settled = SURELY.union(*(one for bit, one in enumerate(doubts) if choice >> bit & 1))
        if settled not in seen:
            seen.add(settled)
            yield sure | sum(
                1 << number for number, one in enumerate(held) if one and one <= settled
            )


def bounds(held: Sequence[Held]) -> tuple[int, int]:
    """The statements that surely match, and those that surely or perhaps do, as masks."""
    sure = sum(1 << number for number, one in enumerate(held) if one == SURELY)
    perhaps = sum(1 << number for number, one in enumerate(held) if one is not None)
    return sure, perhaps


@cache
def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(".*" if c == "*" else re.escape(c) for c in pattern), re.DOTALL)


def glob(pattern: str, text: str) -> bool:
    """Whether a pattern matches a text: ``*`` is any run of characters, all else itself."""
    return _regex(pattern).fullmatch(text) is not None


def holds_action(patterns: Iterable[str], action: str) -> bool:
    """Whether any of some action patterns matches an action."""
    names = [one.removeprefix("name/") for one in patterns]
    return any(glob("*:*" if one == "*" else one, action) for one in names)


def fold(service: str, tail: str) -> str:
    """A last segment with its type as the catalogue spells it."""
    head, slash, rest = tail.partition("/")
    return TYPE + slash + rest if service == "tt" and head.lower() == TYPE else tail


def holds_resource(pattern: str, resource: Six | None, service: str, world: World) -> bool:
    """Whether a resource pattern matches the resource of a request for an action of a service."""
    if pattern == "*":
        return True
    _, _, named, region, account, tail = pattern.split(":", 5)
    if resource is ANY:
        open_ = named in ("", "*", service) and {region, account, tail} <= {"", "*"}
        return world.open_matches_any and open_
    if named not in ("", "*", resource.service):
        return False
    where, wanted = _modern(resource.region, world), _modern(region, world)
    near = wanted == where or (world.partial_is_glob and glob(wanted, where))
    if region not in ("", "*") and not near:
        return False
    owner = world.bucket_owner if resource.service == "cos" else world.owner
    if account != "*" and (resource.account or owner) != (account or owner):
        return False
    tail = fold(named, tail)
    open_end = world.by_prefix and tail.endswith("${uin}")
    pieces = tail.replace("${uin}", world.variable) + ("*" if open_end else "")
    return glob(pieces, fold(resource.service, resource.tail))


def _modern(region: str, world: World) -> str:
    return {"gz": "ap-guangzhou", "jp": world.legacy}.get(region, region)


def level(action: str) -> bool | None:
    """Whether CAM matches an action against resources; None where nobody says."""
    service, _, operation = action.partition(":")
    known = {OPERATION_LEVEL: False, RESOURCE_LEVEL: True}
    return known.get(operation) if service == "tt" else None


def _people(written: object) -> frozenset[str]:
    if written is None:
        return frozenset()
    names = written["qcs"] if isinstance(written, dict) else [written]
    return frozenset(map(_spell_root, names))


def _spell_root(name: str) -> str:
    head, _, last = name.rpartition(":")
    return f"{head}:{head.rpartition(':')[2]}" if last == "root" else name


def _names(effect: str, name: str, asker: str) -> Held:
    doubt: Held = frozenset({(name, effect if name == "*" or name in PUBLIC else "", asker)})
    if name == asker:
        return SURELY
    if name == "*":
        return SURELY if effect == "allow" else doubt
    if name in PUBLIC:
        return SURELY if effect == "allow" or asker == ANONYMOUS else None
    if asker == ANONYMOUS:
        return None
    user = re.compile(r"qcs::cam::uin/(\d+):uin/(\d+)")
    one, other = user.fullmatch(name), user.fullmatch(asker)
    if one and other and (one[1] == one[2]) == (other[1] == other[2]):
        return None
    return doubt
