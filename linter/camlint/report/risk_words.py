"""The parts of a risk in words, as every report for people has them."""

from collections.abc import Iterable

from camlint.access.strength import Strength
from camlint.report.table import count
from camlint.tasks.risk import Breadth, HeldKind, HeldWay, Limit, Risk, StatementAt, Verdict
from camlint.wording import join_words, quote

MOST_ACTIONS = 5
"""Actions of one kind that a line names; the JSON report has them all."""

SCALE = ", ".join(verdict.value for verdict in Verdict)

GROUP_WORDS = {
    "pass-role": "roles",
    "credentials": "credentials",
    "resets": "resets",
    "exposure": "exposure",
    "audit": "audit",
    "exfiltration": "data",
    "destruction": "destruction",
}
"""A short word for each group."""


def say_title(risk: Risk) -> str:
    """What a heading calls it: the file, or the bundle with how many policies it has."""
    if not risk.bundle:
        return risk.name
    number = len(risk.policies)
    return f"bundle {quote(risk.name)} ({number} polic{'y' if number == 1 else 'ies'})"


def say_actions(actions: Iterable[str]) -> str:
    """The first few actions in a row."""
    listed = list(actions)
    more = len(listed) - MOST_ACTIONS
    return join_words([*listed[:MOST_ACTIONS], f"{more} more"] if more > 0 else listed)


def say_statements(statements: Iterable[StatementAt], *, files: bool) -> str:
    """``statement 1``, ``statements 1 and 3``; with their files in a bundle."""
    listed = list(dict.fromkeys(statements))
    if files:
        return join_words(f"statement {one.number} of {_name(one)}" for one in listed)
    numbers = join_words(one.number for one in listed)
    return f"statement{'s' * (len(listed) != 1)} {numbers}"


def say_way(way: HeldWay) -> str:
    """The way by its title and actions: ``attach a policy to a user: cam:AttachUserPolicy``."""
    title = f"{way.title[0].lower()}{way.title[1:]}"
    return f"{title}: {join_words(way.actions)}"


def say_way_statements(way: HeldWay, *, files: bool) -> str:
    """The statements that give it."""
    return say_statements((one.at for one in way.steps if one.at is not None), files=files)


def say_kind(kind: HeldKind) -> str:
    """What it lets people do, by which actions."""
    return f"{kind.lets}: {say_actions(kind.actions)}"


def say_strength(strength: Strength) -> str:
    """How conditions bear on it, ``""`` where there are none."""
    if strength is Strength.NONE:
        return ""
    return f"{strength.value} conditions"


def say_breadth(wide: Breadth) -> str:
    """The pattern with what it takes in: ``"cdb:*" on every resource: at least 212 actions, 90 read, …``."""
    if wide.service == "*":
        where = "the resources that are named" if wide.named else "everything"
        return f"{quote(wide.pattern)} on {where}: every action of every product"
    where = "the resources that are named" if wide.named else "every resource"
    told = f"{quote(wide.pattern)} on {where}"
    levels = [f"{number:,} {level}" for level, number in wide.levels.items() if number]
    if levels:
        told += f": at least {count(wide.known, 'action')}, {', '.join(levels)}"
    return f"{told}, {wide.sensitive:,} of them sensitive" if wide.sensitive else told


def say_limit(limit: Limit) -> str:
    """What a condition or a deny does: ``only if qcs:ip is in 10.0.0.0/8 (weak)``."""
    strength = f" ({limit.strength.value})" if limit.strength is not None else ""
    if limit.effect == "allow":
        return f"only if {limit.circumstances}{strength}"
    what = f"denies {say_actions(limit.actions) if limit.actions else 'something'}"
    if limit.resources:
        what += f" on {say_actions(limit.resources)}"
    return f"{what} if {limit.circumstances}{strength}" if limit.circumstances else what


def sum_up(risks: Iterable[Risk]) -> str:
    """How many policies have which verdict, the worst first: ``3 policies: 1 wide, 2 reads only``."""
    alone = [risk for risk in risks if not risk.bundle]
    found = dict.fromkeys(Verdict, 0)
    for risk in alone:
        found[risk.verdict] += 1
    told = ", ".join(f"{number:,} {word.value}" for word, number in found.items() if number)
    policies = "policy" if len(alone) == 1 else "policies"
    return f"{len(alone):,} {policies}: {told}" if alone else ""


def _name(at: StatementAt) -> str:
    return f"{at.path} at {at.policy}" if at.policy else at.path
