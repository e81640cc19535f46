"""Why it can't be told whether a statement matches a request: in words, and where that stands."""

from camlint.place import Place
from camlint.policy.elements import Condition
from camlint.report.condition_words import say_holding
from camlint.tasks.unsure import Doubt, Unsure
from camlint.wording import join_words


def say_doubt(doubt: Unsure) -> str:
    """What follows ``statement 1 would allow it``."""
    if Doubt.UNREADABLE in doubt.doubts:
        return ", but it can't be read whole; `camlint check` shows why"
    parts = []
    if doubt.open:
        by_key: dict[str, list[Condition]] = {}
        for one in doubt.open:
            by_key.setdefault(one.key, []).append(one)
        clauses = [say_holding(group, "is") for group in by_key.values()]
        parts.append(f" if {' and '.join(clauses)}")
    said = []
    if doubt.unclear:
        named = join_words(f"{one.operator} on {one.key}" for one in doubt.unclear)
        said.append(f"no document decides {named} for it")
    if Doubt.RESOURCE in doubt.doubts:
        said.append("whether its resources match that one isn't known")
    if Doubt.ACCOUNT in doubt.doubts:
        said.append(
            "whether the account of that resource is the owner's isn't known: leave it empty if it "
            "is, or name it under accounts in camlint.toml"
        )
    if Doubt.PRINCIPAL in doubt.doubts:
        said.append("whether it speaks of who asks isn't known")
    if said:
        parts.append(f", but {join_words(said)}")
    return "".join(parts)


def place_doubt(doubt: Unsure) -> list[tuple[Place, str]]:
    """What of a statement to point at."""
    statement = doubt.statement.statement
    found: list[tuple[Place, str]] = [(Place(one.pointer), "left open") for one in doubt.open]
    found += [(Place(one.pointer), "undecided") for one in doubt.unclear]
    if {Doubt.RESOURCE, Doubt.ACCOUNT} & set(doubt.doubts) and statement.resources:
        found.append((statement.element("resource"), "may match"))
    if Doubt.PRINCIPAL in doubt.doubts and statement.principals:
        found.append((statement.element("principal"), "may be who asks"))
    return found or [(Place(statement.pointer), "may match")]
