"""The engine against an evaluator of its own kind, over every request of small universes.

What CAM's documents leave open becomes a set of worlds: whose account an empty segment is, what a
variable holds, whether ``qcs::tt:::*`` matches a request without a resource. A proof must hold in
every world. The evaluator below shares no code with the engine.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from camlint.access.answer import UNKNOWN, Answer, Request, Verdict
from camlint.access.compare import compare
from camlint.access.comparison import Relation
from camlint.access.covers import boxes, covered_by, covers, matches_nothing, remaining
from camlint.access.decide import decide
from camlint.access.equivalence import compare_meaning
from camlint.access.find import find
from camlint.access.first_cell import could_cover
from camlint.access.grants import grants
from camlint.access.meets import meets
from camlint.access.question import Question
from camlint.catalog.catalog import Catalog
from camlint.catalog.service import Service
from camlint.kinds import Kind
from camlint.policy.read import read_policy
from camlint.settings import Settings

Plain = dict[str, Any]

OPERATION_LEVEL, RESOURCE_LEVEL, TYPE = "ao", "ar", "ty"
ANY = None
CONDITION = {"string_equal": {"k": "v"}}


ROW = {"level": "write", "origins": ["cam-enabled-api"]}
TABLE = {
    "types": [TYPE],
    "actions": {
        OPERATION_LEVEL: {**ROW, "resource_level": False},
        RESOURCE_LEVEL: {**ROW, "resource_level": True},
    },
}


class SmallCatalog(Catalog):
    """One service with one operation of either level and one type of resource."""

    def service(self, prefix: str) -> Service:
        return Service(prefix, TABLE if prefix == "tt" else None)


class World(NamedTuple):
    """One way to settle all that is open."""

    owner: str  # of everything but buckets and roles
    bucket_owner: str
    variable: str  # what ${uin} holds
    by_prefix: bool  # a variable at the end matches by prefix
    open_matches_any: bool  # qcs::tt:::* matches a request without a resource
    legacy: str  # the region that "jp" is
    partial_is_glob: bool  # "ap-*" is a pattern


class Six(NamedTuple):
    service: str
    region: str
    account: str
    tail: str


@cache
def regex(glob: str) -> re.Pattern[str]:
    return re.compile("".join(".*" if c == "*" else re.escape(c) for c in glob), re.DOTALL)


def glob(pattern: str, text: str) -> bool:
    return regex(pattern).fullmatch(text) is not None


def fold(service: str, tail: str) -> str:
    head, slash, rest = tail.partition("/")
    return TYPE + slash + rest if service == "tt" and head.lower() == TYPE else tail


def region_of(region: str, world: World) -> str:
    return {"gz": "ap-guangzhou", "jp": world.legacy}.get(region, region)


def holds_resource(pattern: str, resource: Six | None, service: str, world: World) -> bool:
    """Whether a resource pattern matches the resource of a request for an action of a service."""
    if pattern == "*":
        return True
    _, _, named, region, account, tail = pattern.split(":", 5)
    if resource is ANY:
        return (
            world.open_matches_any
            and named in ("", "*", service)
            and {region, account, tail} <= {"", "*"}
        )
    if named not in ("", "*", resource.service):
        return False
    where, wanted = region_of(resource.region, world), region_of(region, world)
    near = wanted == where or (world.partial_is_glob and glob(wanted, where))
    if region not in ("", "*") and not near:
        return False
    owner = world.bucket_owner if resource.service == "cos" else world.owner
    if account != "*" and resource.account != (account or owner):
        return False
    tail = fold(named, tail)
    open_end = world.by_prefix and tail.endswith("${uin}")
    pieces = tail.replace("${uin}", world.variable) + ("*" if open_end else "")
    return glob(pieces, fold(resource.service, resource.tail))


def level(service: str, operation: str) -> bool | None:
    known = {OPERATION_LEVEL: False, RESOURCE_LEVEL: True}
    return known.get(operation) if service == "tt" else None


def matches(statement: Plain, action: str, resource: Six | None, holds: bool, world: World) -> bool:
    """Whether a statement matches a request for which CONDITION holds, or doesn't."""
    if statement.get("condition") and not holds:
        return False
    names = [one.removeprefix("name/") for one in statement["action"]]
    if not any(glob("*:*" if one == "*" else one, action) for one in names):
        return False
    service = action.partition(":")[0]
    return any(holds_resource(one, resource, service, world) for one in statement["resource"])


ACCOUNTS = ("uin/1", "uin/2", "uin/3")
REGIONS = ("ap-guangzhou", "ap-x", "zz")


def worlds(statements: list[Plain], stated: str | None) -> Iterator[World]:
    """Every way to settle what matters to these statements."""
    every = {one for s in statements for one in s["resource"] if one != "*"}
    explicit = {one.split(":")[4] for one in every} - {"", "*"}
    text = str(statements)
    owners: tuple[str, ...] = ACCOUNTS
    bucket_owners: tuple[str, ...] = ACCOUNTS
    if stated:
        owners = bucket_owners = (stated,)
    elif len(explicit) == 1:
        owners = tuple(explicit)
    elif not explicit:
        owners = bucket_owners = ACCOUNTS[:1]
    truth = (True, False)
    yield from map(
        World._make,
        product(
            owners,
            bucket_owners,
            ("a", "bz") if "${" in text else ("a",),
            truth if "${" in text else (False,),
            truth if any(not one.strip("qcst*:") for one in every) else (False,),
            ("ap-guangzhou", "q") if "jp" in text else ("q",),
            truth if "ap-*" in text else (False,),
        ),
    )


def universe(statements: list[Plain]) -> Iterator[tuple[str, Six | None, bool]]:
    """Requests: short texts, and for each pattern one that no other pattern has reason to match."""
    actions = {f"{service}:{op}" for service in ("tt", "cos") for op in ("a", "b", "ao", "ar", "z")}
    tails = {"ty/a", "ty/az", "ty/bzz", "ty/bz", "z", "a"}
    services, regions = {"tt", "cos", "zz"}, set(REGIONS)
    for statement in statements:
        for one in statement["action"]:
            name = "*:*" if one == "*" else one.removeprefix("name/")
            actions |= {name.replace("*", "z"), "tt:" + name.split(":")[1].replace("*", "z")}
        for one in statement["resource"]:
            if one != "*":
                _, _, service, region, _, tail = one.split(":", 5)
                services.add(service.replace("*", "") or "zz")
                for value in ("a", "bz"):
                    made = tail.replace("${uin}", value).replace("*", "z")
                    tails |= {made, made + "z"}
                if "*" not in region and region:
                    regions.add(region)
    resources = [Six(*parts) for parts in product(services, regions, ACCOUNTS, tails)]
    circumstances = (True, False) if "condition" in str(statements) else (False,)
    for holds, action in product(circumstances, sorted(actions)):
        sort = level(*action.split(":"))
        if sort is not False:
            yield from ((action, one, holds) for one in resources)
        if sort is not True:
            yield action, ANY, holds


class Told:
    """What is true of statements, by trying every request in every world."""

    def __init__(self, statements: list[Plain], stated: str | None) -> None:
        self.worlds = list(worlds(statements, stated))
        self.requests = list(universe(statements))
        self._matched: dict[tuple[str, World], int] = {}

    def matched(self, statement: Plain, world: World) -> int:
        """The requests of the universe that a statement matches, as bits."""
        key = (repr(statement), world)
        if key not in self._matched:
            by_action: dict[str, bool] = {}
            by_resource: dict[tuple[str, Six | None], bool] = {}
            bare = {**statement, "resource": ["*"]}
            mask = 0
            for number, (action, resource, holds) in enumerate(self.requests):
                if action not in by_action:
                    by_action[action] = matches(bare, action, ANY, True, world)
                if not by_action[action] or (statement.get("condition") and not holds):
                    continue
                place = (action.partition(":")[0] if resource is ANY else "", resource)
                if place not in by_resource:
                    by_resource[place] = any(
                        holds_resource(one, resource, place[0], world)
                        for one in statement["resource"]
                    )
                if by_resource[place]:
                    mask |= 1 << number
            self._matched[key] = mask
        return self._matched[key]

    def outside(self, statement: Plain, others: list[Plain], world: World) -> int:
        """The requests that a statement matches and none of the others does."""
        mask = self.matched(statement, world)
        for other in others:
            mask &= ~self.matched(other, world)
        return mask


def concrete(request: Request, world: World) -> list[tuple[str, Six | None, bool]]:
    """A witness as requests of the evaluator: what it leaves empty may be anything."""
    holds = (request.context or {}).get("k") == ("v",)
    if request.resource == "*":
        return [(request.action, ANY, holds)]
    _, _, service, region, account, tail = request.resource.split(":", 5)
    owner = world.bucket_owner if service == "cos" else world.owner
    regions = [region] if region else [*REGIONS, "gz", "jp"]
    return [(request.action, Six(service, one, account or owner, tail), holds) for one in regions]


PLAIN_SEGMENTS = ("qcs::tt::uin/1:", "qcs::cos:ap-x:uin/1:", "qcs::tt:gz:uin/2:")
OPEN_SEGMENTS = (
    *PLAIN_SEGMENTS,
    "qcs::tt:::",
    "qcs:::::",
    "qcs::*:::",
    "qcs::tt:*:*:",
    "qcs::cos:::",
    "qcs::cos::uin/1:",
    "qcs::tt:jp::",
    "qcs::tt:ap-guangzhou:uin/2:",
    "qcs::tt:ap-*::",
)
PLAIN_TAILS = ("ty/a", "TY/a", "ty/*", "ty/a*", "t*", "a*b", "ty/ab")
OPEN_TAILS = (*PLAIN_TAILS, "*", "ty/${uin}", "ty/${uin}/a", "", "x/${uin}")
OPERATIONS = st.sampled_from(
    ("*", "a", "b", "ao", "ar", "a*", "*a", "a*b", "*r", "*o*", "ab", "a*r*", "**", "A")
)
ACTIONS = st.one_of(
    st.just("*"),
    st.builds("{}:{}".format, st.sampled_from(("tt", "tt", "cos", "*", "t*")), OPERATIONS),
    st.builds("name/tt:{}".format, OPERATIONS),
)


def resources(segments: tuple[str, ...], tails: tuple[str, ...]) -> st.SearchStrategy[str]:
    six = st.builds("{}{}".format, st.sampled_from(segments), st.sampled_from(tails))
    return st.one_of(st.just("*"), six, six)


def statement(where: st.SearchStrategy[str], *, conditions: bool) -> st.SearchStrategy[Plain]:
    parts = {
        "effect": st.sampled_from(("allow", "deny")),
        "action": st.lists(ACTIONS, min_size=1, max_size=2, unique=True),
        "resource": st.lists(where, min_size=1, max_size=2, unique=True),
    }
    if not conditions:
        return st.fixed_dictionaries(parts)
    block = st.just(CONDITION)
    return st.fixed_dictionaries(parts, optional={"condition": block})


OPEN = st.lists(
    statement(resources(OPEN_SEGMENTS, OPEN_TAILS), conditions=True), min_size=2, max_size=3
)
PLAIN = st.lists(
    statement(resources(PLAIN_SEGMENTS, PLAIN_TAILS), conditions=False), min_size=2, max_size=4
)
STATED = st.sampled_from((None, None, "uin/1"))


def ask(statements: list[Plain], stated: str | None = None) -> Question:
    policy = read_policy({"version": "2.0", "statement": statements}, Kind.IDENTITY)
    accounts = (stated.removeprefix("uin/"),) if stated else ()
    return Question((policy,), Settings(accounts), SmallCatalog())


def cell_of(statement: Plain, cell) -> Plain:
    return {
        **statement,
        "action": [statement["action"][cell.action]],
        "resource": [statement["resource"][cell.resource]],
    }


def rest(question: Question, index: int) -> int:
    return question.full & ~(1 << index)


@settings(max_examples=80)
@given(OPEN, STATED)
def test_every_proof_of_a_cover_holds_in_every_world(statements: list[Plain], stated) -> None:
    question, told = ask(statements, stated), Told(statements, stated)
    for index, one in enumerate(statements):
        others = statements[:index] + statements[index + 1 :]
        cover = covers(question, index, rest(question, index))
        assert (cover.answer is Answer.YES) == bool(
            covered_by(question, index, rest(question, index))
        )
        assert len(remaining(question, index, rest(question, index))) == len(
            cover.open + cover.unsure
        )
        for world in told.worlds:
            if cover.answer is Answer.YES:
                named = [statements[number] for number in cover.by]
                assert not told.outside(one, named, world)
            for cell in cover.closed:
                assert not told.outside(cell_of(one, cell), others, world)
            for cell in cover.open:
                assert told.outside(cell_of(one, cell), others, world)
            if matches_nothing(question, index):
                assert not told.matched(one, world)


@settings(max_examples=200)
@given(OPEN, STATED)
def test_the_cheap_test_refutes_no_cover(statements: list[Plain], stated) -> None:
    question = ask(statements, stated)
    for index, one in enumerate(question.statements):
        if covered_by(question, index, rest(question, index)) or matches_nothing(question, index):
            assert could_cover(question.statements, one, question.catalog)


@settings(max_examples=80)
@given(PLAIN)
def test_where_nothing_is_open_every_cover_is_decided(statements: list[Plain]) -> None:
    question, told = ask(statements), Told(statements, None)
    for index, one in enumerate(statements):
        others = statements[:index] + statements[index + 1 :]
        cover = covers(question, index, rest(question, index))
        assert cover.answer is not Answer.UNDECIDED
        covered = [not told.outside(one, others, world) for world in told.worlds]
        empty = not any(told.matched(one, world) for world in told.worlds)
        assert empty == cover.empty == matches_nothing(question, index)
        if not empty:
            assert all(covered) == (cover.answer is Answer.YES)


@settings(max_examples=80)
@given(OPEN, STATED)
def test_what_is_found_is_there_and_what_is_not_is_not(statements: list[Plain], stated) -> None:
    question, told = ask(statements, stated), Told(statements, stated)
    for pos in [(0,), (1,), (0, 1), (1, 0)]:
        for neg in {0, question.full & ~sum(1 << index for index in pos)}:
            found = find(question, pos, neg)
            held = [statements[index] for index in pos]
            left_out = [one for index, one in enumerate(statements) if neg >> index & 1]
            for world in told.worlds:
                if found is None:
                    both = told.matched(held[0], world) & told.matched(held[-1], world)
                    assert not both & told.outside(held[0], left_out, world)
                elif found is not UNKNOWN:
                    assert (found.action + found.resource).isprintable()
                    for request in concrete(found, world):
                        assert all(matches(one, *request, world) for one in held)
                        assert not any(matches(one, *request, world) for one in left_out)


@settings(max_examples=60)
@given(PLAIN)
def test_where_nothing_is_open_every_gap_has_its_witness(statements: list[Plain]) -> None:
    question = ask(statements)
    for index in range(len(statements)):
        neg = rest(question, index)
        if covers(question, index, neg).answer is Answer.NO:
            found = find(question, (index,), neg)
            assert found is not UNKNOWN
            assert (found is None) == matches_nothing(question, index)


@settings(max_examples=80)
@given(OPEN, STATED)
def test_statements_that_do_not_meet_share_nothing(statements: list[Plain], stated) -> None:
    question, told = ask(statements, stated), Told(statements, stated)
    if meets(question, 0, 1) is Answer.NO:
        assert meets(question, 1, 0) is Answer.NO
        for world in told.worlds:
            assert not told.matched(statements[0], world) & told.matched(statements[1], world)


@settings(max_examples=40)
@given(OPEN, STATED, st.randoms(use_true_random=False))
def test_decisions_agree_with_every_world(statements: list[Plain], stated, random) -> None:
    question, told = ask(statements, stated), Told(statements, stated)
    for action, resource, holds in random.sample(told.requests, min(25, len(told.requests))):
        text = "*" if resource is ANY else "qcs::" + ":".join(resource)
        context = {"k": ("v",)} if holds else {}
        decision = decide(question, Request(action, text, context=context))
        allowed = set()
        for world in told.worlds:
            hits = [
                one["effect"] for one in statements if matches(one, action, resource, holds, world)
            ]
            verdict = "explicit-deny" if "deny" in hits else "allow" if hits else "implicit-deny"
            allowed.add(verdict == "allow")
            if decision.verdict is not Verdict.DEPENDS:
                assert decision.verdict.value == verdict
        if decision.allowed is not Answer.UNDECIDED:
            assert allowed == {decision.allowed is Answer.YES}


@settings(max_examples=40)
@given(PLAIN, st.randoms(use_true_random=False))
def test_rewriting_a_policy_changes_no_decision(statements: list[Plain], random) -> None:
    by_action = [{**one, "action": [action]} for one in statements for action in one["action"]]
    by_resource = [{**one, "resource": [where]} for one in statements for where in one["resource"]]
    shuffled = random.sample(statements, len(statements))
    told = Told(statements, None)
    variants = [ask(one) for one in (statements, by_action, by_resource, shuffled)]
    for action, resource, _ in random.sample(told.requests, min(25, len(told.requests))):
        text = "*" if resource is ANY else "qcs::" + ":".join(resource)
        verdicts = {decide(one, Request(action, text)).verdict for one in variants}
        assert len(verdicts) == 1


@settings(max_examples=40)
@given(PLAIN, PLAIN, st.randoms(use_true_random=False))
def test_adding_a_covered_statement_changes_no_decision(statements, more, random) -> None:
    extra = more[0]
    question = ask([*statements, extra])
    index = len(statements)
    same = question.allows if extra["effect"] == "allow" else question.denies
    assume(covered_by(question, index, same))
    told = Told([*statements, extra], None)
    for action, resource, _ in random.sample(told.requests, min(25, len(told.requests))):
        text = "*" if resource is ANY else "qcs::" + ":".join(resource)
        before, after = (decide(one, Request(action, text)) for one in (ask(statements), question))
        assert before.verdict is after.verdict


@settings(max_examples=60)
@given(
    OPEN, STATED, st.lists(ACTIONS, min_size=1, max_size=2), resources(OPEN_SEGMENTS, OPEN_TAILS)
)
def test_what_is_granted_is_allowed_in_every_world(statements, stated, actions, where) -> None:
    probe = {"effect": "allow", "action": actions, "resource": [where]}
    told = Told([*statements, probe], stated)
    policy = read_policy({"version": "2.0", "statement": statements}, Kind.IDENTITY)
    accounts = (stated.removeprefix("uin/"),) if stated else ()
    found = grants((policy,), actions, [where], Settings(accounts), SmallCatalog())
    denies = [one for one in statements if one["effect"] == "deny"]
    told.worlds = list(worlds(statements, stated))
    for world in told.worlds:
        if found is None:
            for allow in (one for one in statements if one["effect"] == "allow"):
                left = told.outside(allow, denies, world)
                assert not left & told.matched(probe, world)
        elif found is not UNKNOWN:
            for request in concrete(found, world):
                assert matches(probe, *request, world)
                assert any(matches(one, *request, world) for one in statements)
                assert not any(matches(one, *request, world) for one in denies)


@given(PLAIN)
def test_a_statement_has_a_box_for_each_of_its_cells(statements: list[Plain]) -> None:
    question = ask(statements)
    for index, one in enumerate(statements):
        cells = {(cell.action, cell.resource) for cell, _ in boxes(question, index)}
        assert len(cells) == len(one["action"]) * len(one["resource"])


def rewrite(statements: list[Plain], extra: Plain, random) -> list[Plain]:
    """The statements with one or two things added, taken away or put elsewhere."""
    made = [dict(one) for one in statements]
    for _ in range(random.choice((1, 1, 2))):
        one = random.choice(made)
        part = random.choice(("action", "resource"))
        kind = random.choice(("drop", "add", "extend", "cut", "swap", "effect"))
        if kind == "drop" and len(made) > 1:
            made.remove(one)
        elif kind == "add":
            made.append(extra)
        elif kind == "extend":
            one[part] = [*one[part], *extra[part]]
        elif kind == "cut" and len(one[part]) > 1:
            one[part] = one[part][1:]
        elif kind == "swap":
            one[part] = extra[part]
        elif kind == "effect":
            one["effect"] = extra["effect"]
    return made


@settings(max_examples=40)
@given(OPEN, OPEN, STATED, st.randoms(use_true_random=False))
def test_what_a_rewritten_policy_means_holds_in_every_world(old, more, stated, random) -> None:
    new = rewrite(old, more[0], random)
    accounts = (stated.removeprefix("uin/"),) if stated else ()
    first, second = (
        read_policy({"version": "2.0", "statement": one}, Kind.IDENTITY) for one in (old, new)
    )
    meaning = compare_meaning(first, second, Settings(accounts), SmallCatalog())
    back = compare_meaning(second, first, Settings(accounts), SmallCatalog())
    assert (meaning.narrower, meaning.wider) == (back.wider, back.narrower)
    told = Told([*old, *new], stated)
    for before, after, answer in ((old, new, meaning.narrower), (new, old, meaning.wider)):
        for world in told.worlds:
            masks = [0, 0, 0, 0]
            for number, statements in enumerate((before, after)):
                for one in statements:
                    masks[2 * number + (one["effect"] == "deny")] |= told.matched(one, world)
            allowed, denied, allows, denies = masks
            gained = allows & ~denies & ~allowed | denied & ~denies
            if answer is Answer.YES:
                assert not gained
            elif answer is Answer.NO:
                assert gained


def granted(statements: list[Plain], told: Told, world: World) -> int:
    """The requests of the universe that a policy grants, as bits."""
    allowed = denied = 0
    for one in statements:
        if one["effect"] == "deny":
            denied |= told.matched(one, world)
        else:
            allowed |= told.matched(one, world)
    return allowed & ~denied


def weigh(old: list[Plain], new: list[Plain], stated: str | None = None):
    """The comparison of two policies, both ways round, which must be mirror images."""
    accounts = (stated.removeprefix("uin/"),) if stated else ()
    first, second = (
        (read_policy({"version": "2.0", "statement": one}, Kind.IDENTITY),) for one in (old, new)
    )
    there = compare(first, second, Settings(accounts), SmallCatalog())
    back = compare(second, first, Settings(accounts), SmallCatalog())
    for one, other in ((there.gained, back.lost), (there.lost, back.gained)):
        assert one.answer is other.answer
    return there


@settings(max_examples=80)
@given(OPEN, OPEN, STATED, st.booleans(), st.randoms(use_true_random=False))
def test_what_a_comparison_says_holds_in_every_world(old, more, stated, apart, random) -> None:
    new = more if apart else rewrite(old, more[0], random)
    comparison = weigh(old, new, stated)
    told = Told([*old, *new], stated)
    for before, after, excess in (
        (old, new, comparison.gained),
        (new, old, comparison.lost),
    ):
        if excess.answer is Answer.UNDECIDED:
            assert excess.doubts
        for world in told.worlds:
            gained = granted(after, told, world) & ~granted(before, told, world)
            if excess.answer is Answer.NO:
                assert not gained
        for difference in excess.differences:
            for world in told.worlds:
                for one in concrete(difference.request, world):
                    assert verdict_of(after, one, world) == "allow"
                    assert verdict_of(before, one, world) == difference.refusal.value


def verdict_of(statements: list[Plain], request: tuple[str, Six | None, bool], world: World) -> str:
    effects = {one["effect"] for one in statements if matches(one, *request, world)}
    return "explicit-deny" if "deny" in effects else "allow" if effects else "implicit-deny"


@settings(max_examples=80)
@given(PLAIN, PLAIN, st.booleans(), st.randoms(use_true_random=False))
def test_where_nothing_is_open_every_comparison_is_decided(old, more, apart, random) -> None:
    new = more if apart else rewrite(old, more[0], random)
    comparison = weigh(old, new)
    assert comparison.relation is not Relation.UNKNOWN
    told = Told([*old, *new], None)
    for before, after, excess in ((old, new, comparison.gained), (new, old, comparison.lost)):
        gained = [granted(after, told, w) & ~granted(before, told, w) for w in told.worlds]
        assert any(gained) == (excess.answer is Answer.YES)


@settings(max_examples=60)
@given(OPEN, OPEN, STATED, st.randoms(use_true_random=False))
def test_comparisons_obey_the_laws_of_an_order(statements, more, stated, random) -> None:
    assert weigh(statements, statements, stated).relation is Relation.EQUIVALENT
    shuffled = random.sample(statements, len(statements))
    assert weigh(statements, shuffled, stated).relation is Relation.EQUIVALENT
    allow, deny = ({**more[0], "effect": effect} for effect in ("allow", "deny"))
    assert weigh(statements, [*statements, allow], stated).lost.answer is Answer.NO
    assert weigh(statements, [*statements, deny], stated).gained.answer is Answer.NO
    second, third = rewrite(statements, more[0], random), rewrite(statements, more[1], random)
    one, two = weigh(statements, second, stated), weigh(second, third, stated)
    both = weigh(statements, third, stated)
    if one.gained.answer is two.gained.answer is Answer.NO:
        assert both.gained.answer is not Answer.YES
    if one.lost.answer is two.lost.answer is Answer.NO:
        assert both.lost.answer is not Answer.YES


@settings(max_examples=60)
@given(PLAIN, PLAIN, st.randoms(use_true_random=False))
def test_rewriting_a_policy_is_proved_equivalent(statements: list[Plain], more, random) -> None:
    by_action = [{**one, "action": [action]} for one in statements for action in one["action"]]
    by_resource = [{**one, "resource": [where]} for one in statements for where in one["resource"]]
    for rewritten in (by_action, by_resource):
        assert weigh(statements, rewritten).relation is Relation.EQUIVALENT
    extra = more[0]
    question = ask([*statements, extra])
    same = question.allows if extra["effect"] == "allow" else question.denies
    if covered_by(question, len(statements), same & ~(1 << len(statements))):
        assert weigh(statements, [*statements, extra]).relation is Relation.EQUIVALENT
