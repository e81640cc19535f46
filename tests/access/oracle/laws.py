"""What must hold of the engine's answers, each law as a function of the statements of a policy."""

from collections.abc import Iterator, Sequence
from random import Random

from camlint.access.answer import UNKNOWN, Answer, Decision, Request, Verdict
from camlint.access.covers import covered_by, covers, matches_nothing, remaining
from camlint.access.decide import decide
from camlint.access.find import find
from camlint.access.first_cell import could_cover
from camlint.access.meets import meets
from camlint.access.question import Question
from camlint.kinds import Kind
from oracle.evaluator import ANY, Asked, Held, Plain, Six, World, bounds, judge, say, settle
from oracle.strategies import ask
from oracle.universe import REGIONS, Setting, Told


def rest(question: Question, *indices: int) -> int:
    """All statements of a question but these, as a mask."""
    return question.full & ~sum({1 << index for index in indices})


def cells_of(statement: Plain) -> list[Plain]:
    """A statement for each pair of an action and a resource, in order."""
    return [
        {**statement, "action": [action], "resource": [where]}
        for action in statement["action"]
        for where in statement["resource"]
    ]


def check_covers(statements: list[Plain], stated=None, kind=Kind.IDENTITY) -> None:
    """What is said to be covered is, and what is said to be left is, in every world."""
    question = ask(statements, stated, kind)
    told = Told([*statements, *(cell for one in statements for cell in cells_of(one))], stated)
    first = len(statements)
    for index, one in enumerate(statements):
        others, wide = rest(question, index), len(one["resource"])
        cover, named = covers(question, index, others), covered_by(question, index, others)
        assert (cover.answer is Answer.YES) == bool(named)
        assert len(remaining(question, index, others)) == len(cover.open + cover.unsure)
        nothing = matches_nothing(question, index)
        for world in told.worlds:
            for by in (cover.by, named) if named else ():
                mask = sum(1 << number for number in by)
                assert told.escape(world, 1 << index, mask) is None
            for cell in cover.closed:
                bit = 1 << first + cell.action * wide + cell.resource
                assert told.escape(world, bit, others) is None
            for cell in cover.open:
                bit = 1 << first + cell.action * wide + cell.resource
                assert told.sure_escape(world, bit, others) is not None
            if nothing:
                assert told.escape(world, 1 << index, 0) is None
        first += wide * len(one["action"])


def check_cheap_test(statements: list[Plain], stated=None) -> None:
    """What the cheap test refutes isn't covered."""
    question = ask(statements, stated)
    for index, one in enumerate(question.statements):
        named = covered_by(question, index, rest(question, index))
        if named or matches_nothing(question, index):
            assert could_cover(question.statements, one, question.catalog)


def searches(statements: Sequence[Plain]) -> Iterator[tuple[tuple[int, ...], int]]:
    """What to search for: requests that one or two statements match, and not the others."""
    full = (1 << len(statements)) - 1
    for pos in [*((index,) for index in range(len(statements))), (0, 1), (1, 0)]:
        for neg in {0, full & ~sum(1 << index for index in pos)}:
            yield pos, neg


def check_find(statements: list[Plain], stated=None, kind=Kind.IDENTITY) -> None:
    """What is found is there in every world, and nothing is where nothing is said to be."""
    question, told = ask(statements, stated, kind), Told(statements, stated)
    for pos, neg in searches(statements):
        found = find(question, pos, neg)
        if found is UNKNOWN:
            continue
        mask = sum(1 << index for index in pos)
        for world in told.worlds:
            if found is None:
                assert told.escape(world, mask, neg) is None
            else:
                check_witness(found, mask, neg, told, world)


def check_complete(statements: list[Plain]) -> None:
    """Every question about statements of which all is known has an answer."""
    question = ask(statements)
    for index in range(len(statements)):
        assert covers(question, index, rest(question, index)).answer is not Answer.UNDECIDED
    for pos, neg in searches(statements):
        assert find(question, pos, neg) is not UNKNOWN


def check_witness(found: Request, pos: int, neg: int, told: Told, world: World) -> None:
    """All statements of one mask surely match a request, and surely none of the other."""
    assert (found.action + found.resource).isprintable()
    for held in replay(found, told, world):
        sure, perhaps = bounds(held)
        assert sure & pos == pos
        assert not perhaps & neg


def replay(request: Request, told: Told, world: World) -> Iterator[list[Held]]:
    """How a request fares, in every way in which what it leaves open may be."""
    regions: Sequence[str] = ("",)
    six = None
    if request.resource != "*":
        six = Six(*request.resource.split(":", 5)[2:])
        regions = [six.region] if six.region else [*REGIONS, "gz", "jp"]
    for region in regions:
        resource = six._replace(region=region) if six else ANY
        for setting in settings_of(request, told, world):
            asked = Asked(request.action, resource, request.principal, setting)
            yield told.evaluator.match(asked, world)


def settings_of(request: Request, told: Told, world: World) -> list[Setting]:
    """The circumstances that a request may have: those it states, and any where it says nothing."""
    stated = request.context
    if stated is not None and not request.unknown:
        return [tuple(stated.items())]
    open_ = None if stated is None else request.unknown
    return [
        tuple((key, one) for key, one in setting if open_ is None or key in open_)
        + tuple((stated or {}).items())
        for setting in told.settings(world, request.action)
    ]


def check_meets(statements: list[Plain], stated=None) -> None:
    """Statements that are said not to meet share nothing."""
    question, told = ask(statements, stated), Told(statements, stated)
    answer = meets(question, 0, 1)
    assert meets(question, 1, 0) is answer
    if answer is Answer.NO:
        for world in told.worlds:
            assert told.escape(world, 0b11, 0) is None


def to_request(asked: Asked) -> Request:
    """The engine's form of a request of which everything is known."""
    return Request(asked.action, asked.text, asked.asker, dict(asked.context))


def agrees(decision: Decision, said: set[str]) -> bool:
    """Whether a decision is right, whichever verdict of those said is the true one."""
    if decision.verdict is not Verdict.DEPENDS and said != {decision.verdict.value}:
        return False
    if decision.allowed is Answer.UNDECIDED:
        return True
    return {one == "allow" for one in said} == {decision.allowed is Answer.YES}


def check_decide(
    statements: list[Plain], random: Random, stated=None, kind=Kind.IDENTITY, *, exact=True
) -> None:
    """A decision is right in every world; an ``exact`` one is made wherever there is no doubt."""
    question, told = ask(statements, stated, kind), Told(statements, stated)
    effects = [one["effect"] for one in statements]
    for asked in told.sample(random, told.worlds[0], 15):
        decision = decide(question, to_request(asked))
        held = [told.evaluator.match(asked, world) for world in told.worlds]
        said = {one for each in held for one in say(each, effects)}
        assert agrees(decision, said), (asked, said)
        if exact and len(told.worlds) == 1:
            assert (decision.verdict is Verdict.DEPENDS) == is_open(held[0], effects), asked
            if decision.verdict is not Verdict.DEPENDS:
                assert set(decision.by) == decisive(held[0], effects, decision.verdict.value)


def is_open(held: Sequence[Held], effects: Sequence[str]) -> bool:
    """Whether the verdict depends on a doubt, each statement taken on its own."""
    sure, perhaps = bounds(held)
    denies = sum(1 << number for number, one in enumerate(effects) if one == "deny")
    if sure & denies:
        return False
    return bool(perhaps & denies) or (not sure and bool(perhaps))


def decisive(held: Sequence[Held], effects: Sequence[str], verdict: str) -> set[int]:
    """The statements that a verdict rests on."""
    wanted = {"explicit-deny": "deny", "allow": "allow"}.get(verdict)
    sure, _ = bounds(held)
    return {n for n, effect in enumerate(effects) if effect == wanted and sure >> n & 1}


def check_partial_knowledge(statements: list[Plain], random: Random, stated=None) -> None:
    """What is decided of a request of which some circumstances aren't known holds for them all."""
    question, told = ask(statements, stated), Told(statements, stated)
    effects = [one["effect"] for one in statements]
    keys = sorted({line.key for lines in told.evaluator.lines for line in lines})
    for asked in told.sample(random, told.worlds[0], 10):
        unknown = frozenset(key for key in keys if random.random() < 0.5)
        known = {key: value for key, value in asked.context if key not in unknown}
        context = None if random.random() < 0.2 else known
        request = Request(asked.action, asked.text, asked.asker, context, unknown)
        decision = decide(question, request)
        said: set[str] = set()
        for world in told.worlds:
            for held in replay(request, told, world):
                said |= {judge(mask, effects) for mask in settle(held)}
        assert agrees(decision, said), (request, said)
        assert list(decision.depends_on) == sorted(set(decision.depends_on))
