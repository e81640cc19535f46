"""Every request that matters to some statements, in every world, by which of them match it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import permutations, product
from random import Random

from oracle.conditions import VARIABLE, Values
from oracle.evaluator import (
    ANONYMOUS,
    ANY,
    DERIVED,
    PUBLIC,
    Asked,
    Evaluator,
    Held,
    Plain,
    Six,
    World,
    bounds,
    derive,
    holds_action,
    holds_resource,
    join,
    level,
    settle,
)
from oracle.values import list_values

ACCOUNTS = ("uin/1", "uin/2", "uin/3")
REGIONS = ("ap-guangzhou", "ap-x", "zz")
STRANGER = "qcs::cam::uin/77:uin/78"
Setting = tuple[tuple[str, tuple[str, ...]], ...]


def worlds(statements: Sequence[Plain], stated: str | None) -> list[World]:
    """Every way to settle what matters to these statements."""
    every = {one for s in statements for one in s["resource"] if one != "*"}
    explicit = {one.split(":")[4] for one in every} - {"", "*"}
    owners: tuple[str, ...] = ACCOUNTS
    bucket_owners: tuple[str, ...] = ACCOUNTS
    if stated:
        owners = bucket_owners = (stated,)
    elif len(explicit) == 1:
        owners = tuple(explicit)
    elif not explicit:
        owners = bucket_owners = ACCOUNTS[:1]
    if not any(one.split(":")[2] in ("", "*", "cos") for one in every):
        bucket_owners = owners[:1]
    truth = (True, False)
    text = str(statements)
    return [
        World(*way)
        for way in product(
            owners,
            bucket_owners,
            _variables(statements),
            truth if any(VARIABLE in one for one in every) else (False,),
            truth if any(not one.strip("qcst*:") for one in every) else (False,),
            ("ap-guangzhou", "q") if "jp" in text else ("q",),
            truth if "ap-*" in text else (False,),
        )
    ]


def _variables(statements: Sequence[Plain]) -> tuple[str, ...]:
    """Texts that a variable may hold: some that are mentioned in conditions, and some others."""
    if VARIABLE not in str(statements):
        return ("a",)
    blocks = [one.get("condition", {}) for one in statements]
    mentioned = {"a", "b", "ab"} & set(str(blocks).replace("'", " ").split())
    return tuple(sorted({"a", "bz"} | mentioned))


class Told:
    """What is true of statements, by trying every request in every world."""

    def __init__(self, statements: Sequence[Plain], stated: str | None = None) -> None:
        self.evaluator = Evaluator(statements)
        self.statements = statements
        self.worlds = worlds(statements, stated)
        self.actions = sorted(_actions(statements))
        self.resources = list(_resources(statements))
        self._derives = any(one.key in DERIVED for lines in self.evaluator.lines for one in lines)
        self._settings: dict[tuple[str, str], dict[Setting, list[Held]]] = {}
        self._tried: dict[World, dict[tuple[int, int, int], Asked]] = {}

    def tried(self, world: World) -> dict[tuple[int, int, int], Asked]:
        """A request for each way that one may fare.

        Three masks of statements: those that match once all doubts are settled, those that surely
        do however they are, and those that surely or perhaps do.
        """
        if world not in self._tried:
            self._tried[world] = dict(self._try_all(world))
        return self._tried[world]

    def escape(self, world: World, pos: int, neg: int) -> Asked | None:
        """A request that, as doubts may be settled, all of one mask match and none of another."""
        for (mask, _, _), asked in self.tried(world).items():
            if mask & pos == pos and not mask & neg:
                return asked
        return None

    def sure_escape(self, world: World, pos: int, neg: int) -> Asked | None:
        """A request that all statements of one mask match and none of another, in spite of doubts."""
        for (_, sure, perhaps), asked in self.tried(world).items():
            if sure & pos == pos and not perhaps & neg:
                return asked
        return None

    def settings(self, world: World, action: str) -> dict[Setting, list[Held]]:
        """The circumstances of a request, one of each sort, and whether each condition holds."""
        derived = derive(action) if self._derives else {}
        known = self._settings.get((world.variable, str(derived)))
        if known is not None:
            return known
        keys = {line.key for lines in self.evaluator.lines for line in lines} - set(DERIVED)
        choices: list[list[tuple[str, Values]]] = []
        for key in sorted(keys):
            lines = [one for lines in self.evaluator.lines for one in lines if one.key == key]
            values = list_values(lines, self.evaluator.usage[key], world.variable)
            choices.append([(key, one) for one in values])
        found = self._settings[world.variable, str(derived)] = {}
        for way in product(*choices):
            setting = tuple((key, one) for key, one in way if one is not None)
            context = {**dict(setting), **derived}
            found[setting] = [
                self.evaluator.holds_when(number, context, world.variable)
                for number in range(len(self.statements))
            ]
        return found

    @cached_property
    def askers(self) -> tuple[str | None, ...]:
        """Who may ask: each who is named, somebody who isn't, and nobody in particular."""
        named = {name for people in self.evaluator.people for name in people}
        return (*sorted(named - {"*", *PUBLIC}), STRANGER, ANONYMOUS) if named else (None,)

    def sample(self, random: Random, world: World, count: int) -> Iterator[Asked]:
        """Some requests of the universe."""
        for _ in range(count):
            action = random.choice(self.actions)
            sort = level(action)
            anything = sort is False or (sort is None and random.random() < 0.3)
            resource = ANY if anything else random.choice(self.resources)
            setting = random.choice(list(self.settings(world, action)))
            yield Asked(action, resource, random.choice(self.askers), setting)

    def _try_all(self, world: World) -> Iterator[tuple[tuple[int, int, int], Asked]]:
        who = [
            (asker, [self.evaluator.speaks_of(n, asker) for n in range(len(self.statements))])
            for asker in self.askers
        ]
        when: dict[str, dict[tuple[int, int, int], tuple[str | None, Setting]]] = {}
        for (bits, sort), (action, resource) in self._places(world).items():
            if sort not in when:
                when[sort] = {}
                for setting, holds in self.settings(world, action).items():
                    for asker, speaks in who:
                        both = [join(pair) for pair in zip(holds, speaks, strict=True)]
                        for mask in settle(both):
                            when[sort].setdefault((mask, *bounds(both)), (asker, setting))
            for masks, (asker, setting) in when[sort].items():
                mask, sure, perhaps = (one & bits for one in masks)
                yield (mask, sure, perhaps), Asked(action, resource, asker, setting)

    def _places(self, world: World) -> dict[tuple[int, str], tuple[str, Six | None]]:
        """Actions and resources by the statements that have them, and what derives from either."""
        named: dict[int, Six | None] = {}
        for mask, resource in self._match_resources(self.resources, "", world):
            named.setdefault(mask, resource)
        found: dict[tuple[int, str], tuple[str, Six | None]] = {}
        for action in self.actions:
            service = action.partition(":")[0]
            derived = str(derive(action)) if self._derives else ""
            mask = sum(
                1 << number
                for number, one in enumerate(self.statements)
                if holds_action(one["action"], action)
            )
            sort = level(action)
            if sort is not False:
                for bits, resource in named.items():
                    found.setdefault((mask & bits, derived), (action, resource))
            if sort is not True:
                for bits, _ in self._match_resources([ANY], service, world):
                    found.setdefault((mask & bits, derived), (action, ANY))
        return found

    def _match_resources(
        self, resources: Sequence[Six | None], service: str, world: World
    ) -> Iterator[tuple[int, Six | None]]:
        """Resources with the statements that have them; those that fare like others left out."""
        patterns = sorted({name for one in self.statements for name in one["resource"]})
        seen: set[tuple[str, ...]] = set()
        for resource in resources:
            hits = tuple(one for one in patterns if holds_resource(one, resource, service, world))
            if hits not in seen:
                seen.add(hits)
                mask = sum(
                    1 << number
                    for number, one in enumerate(self.statements)
                    if not set(hits).isdisjoint(one["resource"])
                )
                yield mask, resource


def _actions(statements: Sequence[Plain]) -> set[str]:
    """Short names, and for each pattern one that no other pattern has reason to match."""
    names = [
        "*:*" if name == "*" else name.removeprefix("name/")
        for one in statements
        for name in one["action"]
    ]
    services = ["tt", "cos" if "cos" in str(names) else "zz"]
    operations = {"a", "b", "ao", "ar", "z", *(name.split(":")[1] for name in names)}
    if any(key in str(statements) for key in DERIVED):
        services += ["cam", "finance"]
        # What reads, in a service that only a pattern names, is an action of its own.
        services += sorted({name.split(":")[0].replace("*", "z") for name in names} - {*services})
        # Two verbs that patterns of tests name, and a third that reads and is in none of them.
        operations |= {verb + end for verb in ("Get", "Describe", "List") for end in "Zz"}
        operations.add("PutZ")
    found = {f"{one}:{operation.replace('*', 'z')}" for one in services for operation in operations}
    for name in names:
        found |= {name.replace("*", "z"), name.replace("*", "Z")}
    return found | {one for one in _mix(names) if one.count(":") == 1}


def _mix(patterns: Iterable[str]) -> Iterator[str]:
    """Texts that begin as one pattern and end as another, which both may match."""
    wild = [one for one in patterns if "*" in one]
    for one, other in permutations(wild, 2):
        yield one[: one.index("*")] + "z" + other[other.rindex("*") + 1 :]


def _resources(statements: Sequence[Plain]) -> Iterator[Six]:
    """Resources with each service, region, account and tail, and others that none mentions."""
    patterns = {one.split(":", 5)[5] for s in statements for one in s["resource"] if one != "*"}
    tails = {"ty/a", "z", *_mix(one.replace(VARIABLE, "a") for one in sorted(patterns))}
    services, regions = {"tt", "zz"}, {"zz"}
    for statement in statements:
        for one in statement["resource"]:
            if one != "*":
                _, _, service, region, _, tail = one.split(":", 5)
                services.add(service.replace("*", "") or "cos")
                for value in _variables(statements):
                    made = tail.replace(VARIABLE, value).replace("*", "z")
                    tails |= {made, made + "z", tail.replace("*", "")}
                if region == "ap-*":
                    regions |= {"ap-guangzhou", "ap-x"}
                elif "*" not in region and region:
                    regions |= {region, "ap-guangzhou"}
    parts = (sorted(services), sorted(regions), ACCOUNTS, sorted(tails))
    yield from map(Six._make, product(*parts))
