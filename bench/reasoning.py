"""Measure exact reasoning: inclusions against solvers, and questions by the size of a policy."""

import argparse
import json
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from camlint.access.answer import UNKNOWN
from camlint.access.compare import compare
from camlint.access.comparison import Relation
from camlint.access.covers import covered_by
from camlint.access.find import find
from camlint.access.question import Question
from camlint.catalog.catalog import Catalog
from camlint.engine import Engine
from camlint.kinds import Kind
from camlint.patterns import covers, matcher
from camlint.policy.policy import Policy
from camlint.policy.read import read_policy
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import decode_source
from generate import ACTIONS, LETTERS, SEED
from processes import say
from solvers import ask_solver, install_solvers

INCLUSIONS = {"camlint": 20_000, "cvc5": 400, "z3": 40}
"""Questions that each is asked, the first ones of the same list."""

SIZES = ((3, 2, 2), (5, 10, 5), (50, 10, 5), (50, 50, 5), (100, 50, 5), (200, 50, 5))
"""Statements, and the actions and resources of each."""

FEW_ROUNDS, ROUNDS = 3, 9


Plain = dict[str, object]
Given = TypeVar("Given")


def main(arguments: Sequence[str]) -> int:
    """Print both tables; 1 where a solver gives another answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds and questions")
    quick = parser.parse_args(arguments).quick
    print(f"CPython {platform.python_version()}, {platform.system()} {platform.machine()}; CPU.\n")
    agreed = compare_with_solvers(quick)
    print()
    by_size(FEW_ROUNDS if quick else ROUNDS)
    print()
    hostile()
    return 0 if agreed else 1


def compare_with_solvers(quick: bool) -> bool:
    """The table of what one inclusion costs; whether everyone gives the same answers."""
    dice = random.Random(SEED)
    pairs = [(make_glob(dice), make_glob(dice)) for _ in range(INCLUSIONS["camlint"])]
    matcher.cache_clear()
    begun = time.process_time()
    answers = [covers(wide, narrow) for wide, narrow in pairs]
    ours = (time.process_time() - begun) / len(pairs)
    rows = [("camlint", len(pairs), ours, "")]
    agreed = True
    with tempfile.TemporaryDirectory(prefix="camlint-bench-") as folder:
        python = install_solvers(Path(folder))
        for name in ("cvc5", "z3") if python else ():
            count = INCLUSIONS[name] // (4 if quick else 1)
            asked = ask_solver(python, name, pairs[:count])
            if asked is None:
                print(f"{name} took too long")
                continue
            same = asked.answers == answers[:count]
            agreed = agreed and same
            each = statistics.mean(asked.spent)
            rows.append((name, count, each, "the same" if same else "**others**"))
    print("| an inclusion of two patterns | asked | each | times ours | answers |")
    print("| --- | --- | --- | --- | --- |")
    for name, count, each, told in rows:
        print(f"| {name} | {count:,} | {each * 1000:.3g} ms | {each / ours:,.0f} | {told} |")
    return agreed


def by_size(rounds: int) -> None:
    """The table of what questions cost by the size of the policy."""
    print("| statements × actions × resources | read | covers | find | compare | lint |")
    print("| --- | --- | --- | --- | --- | --- |")
    catalog = Catalog()
    for service in ACTIONS:
        catalog.service(service)
    engine = Engine(load_registry(), Selection(), NOTHING_STATED)
    for size in SIZES:
        say("measuring " + " × ".join(map(str, size)))
        texts = [json.dumps(make_policy(size, random.Random(n))) for n in range(rounds + 1)]
        policies = [read_policy(json.loads(text), Kind.IDENTITY) for text in texts]
        cells = (
            measure(lambda text: read_policy(json.loads(text), Kind.IDENTITY), texts),
            measure(lambda policy: cover_all(policy, catalog), policies),
            measure(lambda policy: find_all(policy, catalog), policies),
            measure(lambda policy: compare_with_less(policy, catalog), policies),
            measure(lambda text: engine.lint(decode_source(text.encode(), "one.json")), texts),
        )
        shown = " | ".join(f"{cell * 1000:.3g} ms" for cell in cells)
        print(f"| {' × '.join(map(str, size))} | {shown} |")


def measure(act: Callable[[Given], object], given: Iterable[Given]) -> float:
    """The median of the CPU seconds for each, after the first, which warms up."""
    first, *others = given
    act(first)
    spent = []
    for one in others:
        begun = time.process_time()
        act(one)
        spent.append(time.process_time() - begun)
    return statistics.median(spent)


def cover_all(policy: Policy, catalog: Catalog) -> int:
    """Ask of each statement whether the others of its policy cover it."""
    question = Question((policy,), NOTHING_STATED, catalog)
    return sum(
        bool(covered_by(question, index, question.full & ~(1 << index)))
        for index in range(len(question.statements))
    )


def find_all(policy: Policy, catalog: Catalog) -> int:
    """Ask of each allow what no deny refuses."""
    question = Question((policy,), NOTHING_STATED, catalog)
    return sum(
        find(question, (index,), question.denies) is not None
        for index in range(len(question.statements))
        if question.allows >> index & 1
    )


def compare_with_less(policy: Policy, catalog: Catalog) -> Relation:
    """Compare a policy with what it is without its first statement."""
    value = {**policy.value, "statement": [one.value for one in policy.statements[1:]]}
    less = read_policy(value, Kind.IDENTITY)
    return compare((policy,), (less,), NOTHING_STATED, catalog).relation


def hostile() -> None:
    """What patterns with many wildcards cost, which have more intersections than one can list."""
    rows = []
    for stars in (2, 4, 8, 16, 32):
        dice = random.Random(stars)
        one, other = ("".join(f"*{dice.choice(LETTERS)}" for _ in range(stars)) + "*" for _ in "12")
        statements = [
            {"effect": "allow", "action": [f"cos:{one}"], "resource": ["*"]},
            {"effect": "deny", "action": [f"cos:{other}"], "resource": ["*"]},
        ]
        policy = read_policy({"version": "2.0", "statement": statements}, Kind.IDENTITY)
        begun = time.process_time()
        question = Question((policy,), NOTHING_STATED, Catalog())
        found = find(question, (0, 1), 0)
        spent = time.process_time() - begun
        answer = "given up" if found is UNKNOWN else "a request" if found else "none"
        rows.append(f"| {stars} | {spent * 1000:.3g} ms | {answer} |")
    print("| letters between wildcards, `*a*b*…*` against `*c*d*…*` | common requests | answer |")
    print("| --- | --- | --- |")
    print("\n".join(rows))


def make_glob(dice: random.Random) -> str:
    """A pattern as policies have them: a verb, a noun, and wildcards at any place."""
    word = dice.choice(ACTIONS[dice.choice(sorted(ACTIONS))])
    if dice.random() < 0.3:
        word = "".join(dice.choice("ab*") for _ in range(dice.randint(2, 8)))
    for _ in range(dice.choice((0, 1, 1, 2))):
        at = dice.randrange(len(word) + 1)
        word = f"{word[:at]}*{word[at + dice.randrange(4) :]}"
    return word


def make_policy(size: tuple[int, int, int], dice: random.Random) -> Plain:
    """A policy whose statements have services, actions and resources in common."""
    count, actions, resources = size
    statements = []
    for _ in range(count):
        service = dice.choice(sorted(ACTIONS))
        names = [f"{service}:{dice.choice(ACTIONS[service])}{number}" for number in range(actions)]
        names[0] = f"{service}:{dice.choice(ACTIONS[service])[: dice.randint(3, 9)]}*"
        places = [
            f"qcs::{service}:ap-guangzhou:uin/100012345678:prefix/{dice.choice('abcd')}{number}*"
            for number in range(resources)
        ]
        effect = dice.choice(("allow", "allow", "deny"))
        statements.append({"effect": effect, "action": names, "resource": places})
    return {"version": "2.0", "statement": statements}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
