"""The engine against an evaluator that shares no code with it, over every request of small universes.

What CAM's documents leave open becomes a set of worlds: whose account an empty segment is, what a
variable holds, whether ``qcs::tt:::*`` matches a request without a resource. A proof must hold in
every world.
"""

from hypothesis import assume, given
from hypothesis import strategies as st

from camlint.access.answer import UNKNOWN, Answer
from camlint.access.covers import boxes, covered_by, covers, matches_nothing
from camlint.access.decide import decide
from camlint.access.equivalence import compare_meaning
from camlint.access.find import find
from camlint.access.grants import grants
from oracle.evaluator import Plain
from oracle.laws import (
    check_cheap_test,
    check_covers,
    check_decide,
    check_find,
    check_meets,
    check_witness,
    rest,
    to_request,
)
from oracle.rewriting import reorder, rewrite, split_actions, split_resources
from oracle.strategies import (
    ACTIONS,
    OPEN_RESOURCES,
    PLAIN_RESOURCES,
    STATED,
    SmallCatalog,
    ask,
    cases,
    configure,
    policies,
    read,
    statements,
)
from oracle.universe import Told, worlds

CONDITION = st.just({"string_equal": {"k": "v"}})
OPEN = policies(statements(ACTIONS, OPEN_RESOURCES, CONDITION), most=3)
PLAIN = policies(statements(ACTIONS, PLAIN_RESOURCES))
RANDOM = st.randoms(use_true_random=False)


@cases(80)
@given(OPEN, STATED)
def test_every_proof_of_a_cover_holds_in_every_world(policy: list[Plain], stated) -> None:
    check_covers(policy, stated)


@cases(200)
@given(OPEN, STATED)
def test_the_cheap_test_refutes_no_cover(policy: list[Plain], stated) -> None:
    check_cheap_test(policy, stated)


@cases(80)
@given(PLAIN)
def test_where_nothing_is_open_every_cover_is_decided(policy: list[Plain]) -> None:
    question, told = ask(policy), Told(policy)
    for index in range(len(policy)):
        others = rest(question, index)
        cover = covers(question, index, others)
        assert cover.answer is not Answer.UNDECIDED
        covered = [told.escape(world, 1 << index, others) is None for world in told.worlds]
        empty = all(told.escape(world, 1 << index, 0) is None for world in told.worlds)
        assert empty == cover.empty == matches_nothing(question, index)
        if not empty:
            assert all(covered) == (cover.answer is Answer.YES)


@cases(80)
@given(OPEN, STATED)
def test_what_is_found_is_there_and_what_is_not_is_not(policy: list[Plain], stated) -> None:
    check_find(policy, stated)


@cases(60)
@given(PLAIN)
def test_where_nothing_is_open_every_gap_has_its_witness(policy: list[Plain]) -> None:
    question = ask(policy)
    for index in range(len(policy)):
        neg = rest(question, index)
        if covers(question, index, neg).answer is Answer.NO:
            found = find(question, (index,), neg)
            assert found is not UNKNOWN
            assert (found is None) == matches_nothing(question, index)


@cases(80)
@given(OPEN, STATED)
def test_statements_that_do_not_meet_share_nothing(policy: list[Plain], stated) -> None:
    check_meets(policy, stated)


@cases(60)
@given(OPEN, STATED, RANDOM)
def test_decisions_agree_with_every_world(policy: list[Plain], stated, random) -> None:
    check_decide(policy, random, stated, exact=False)


@cases(40)
@given(PLAIN, RANDOM)
def test_rewriting_a_policy_changes_no_decision(policy: list[Plain], random) -> None:
    ways = (split_actions, split_resources, reorder)
    variants = [ask(policy), *(ask(way(policy, random)) for way in ways)]
    told = Told(policy)
    for asked in told.sample(random, told.worlds[0], 25):
        assert len({decide(one, to_request(asked)).verdict for one in variants}) == 1


@cases(40)
@given(PLAIN, PLAIN, RANDOM)
def test_adding_a_covered_statement_changes_no_decision(policy, more, random) -> None:
    extra = more[0]
    question = ask([*policy, extra])
    same = question.allows if extra["effect"] == "allow" else question.denies
    assume(covered_by(question, len(policy), same))
    told = Told([*policy, extra])
    for asked in told.sample(random, told.worlds[0], 25):
        before, after = (decide(one, to_request(asked)) for one in (ask(policy), question))
        assert before.verdict is after.verdict


@cases(60)
@given(OPEN, STATED, st.lists(ACTIONS, min_size=1, max_size=2), OPEN_RESOURCES)
def test_what_is_granted_is_allowed_in_every_world(policy, stated, actions, where) -> None:
    probe = {"effect": "allow", "action": actions, "resource": [where]}
    told = Told([*policy, probe], stated)
    found = grants((read(policy),), actions, [where], configure(stated), SmallCatalog())
    asked = 1 << len(policy)
    allows = [1 << n for n, one in enumerate(policy) if one["effect"] == "allow"]
    denies = sum(1 << n for n, one in enumerate(policy) if one["effect"] == "deny")
    for world in worlds(policy, stated):
        if found is None:
            for allow in allows:
                assert told.escape(world, allow | asked, denies) is None
        elif found is not UNKNOWN:
            check_witness(found, asked, denies, told, world)
            assert decide(ask(policy, stated), found).allowed is Answer.YES


@cases(100)
@given(PLAIN)
def test_a_statement_has_a_box_for_each_of_its_cells(policy: list[Plain]) -> None:
    question = ask(policy)
    for index, one in enumerate(policy):
        cells = {(cell.action, cell.resource) for cell, _ in boxes(question, index)}
        assert len(cells) == len(one["action"]) * len(one["resource"])


@cases(60)
@given(OPEN, OPEN, STATED, RANDOM)
def test_what_a_rewritten_policy_means_holds_in_every_world(old, more, stated, random) -> None:
    new = rewrite(old, more[0], random)
    meaning = compare_meaning(read(old), read(new), configure(stated), SmallCatalog())
    back = compare_meaning(read(new), read(old), configure(stated), SmallCatalog())
    assert (meaning.narrower, meaning.wider) == (back.wider, back.narrower)
    told = Told([*old, *new], stated)
    allowed, denied, allows, denies = (
        sum(1 << n + at for n, one in enumerate(policy) if one["effect"] == effect)
        for policy, at in ((old, 0), (new, len(old)))
        for effect in ("allow", "deny")
    )
    for answer, before, shut, after, shuts in (
        (meaning.narrower, allowed, denied, allows, denies),
        (meaning.wider, allows, denies, allowed, denied),
    ):
        for world in told.worlds:
            gained = any(
                (mask & after and not mask & (shuts | before)) or (mask & shut and not mask & shuts)
                for mask, _, _ in told.tried(world)
            )
            if answer is Answer.YES:
                assert not gained
            elif answer is Answer.NO:
                assert gained
