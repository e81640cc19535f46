"""Which known actions the actions of policies stand for, as lists for people."""

from collections.abc import Iterable, Iterator

from camlint.catalog.action import Action
from camlint.report.table import count, wrap
from camlint.report.terminal import BOLD, Paint, escape
from camlint.tasks.expand import ExpandedStatement, Expansion
from camlint.wording import quote

INDENT = "  "
LEGACY = "an old set of actions; no document says which are in it"
UNKNOWN = "unknown; the public catalogue is partial"
CATCHES_NOTHING = "no known action; the public catalogue is partial"


def show_expansion(
    title: str, statements: Iterable[ExpandedStatement], paint: Paint
) -> Iterator[str]:
    """The lines for one policy, which ``title`` names."""
    yield paint(BOLD, escape(title))
    for one in statements:
        yield f"{INDENT}statement {one.number}, {one.statement.effect or 'without a readable effect'}"
        for expansion in one.expansions:
            yield from _expansion(expansion)
        for fault in one.unreadable:
            yield f"{INDENT * 2}{_unreadable(fault.value)}"


def _unreadable(value: object) -> str:
    if value is None or value in ("", [], {}):
        return "no action"
    return f"{escape(quote(value))}: not an action; `camlint check` tells what is wrong"


def _expansion(expansion: Expansion) -> Iterator[str]:
    name = expansion.name
    head = f"{INDENT * 2}{escape(expansion.pattern.text)}: "
    levels = {level: found for level, found in expansion.known.items() if found}
    if name.opaque:
        yield head + LEGACY
    elif not name.wild:
        yield head + (next(iter(levels)) if levels else UNKNOWN)
    elif not levels:
        yield head + CATCHES_NOTHING
    else:
        yield head + f"at least {count(expansion.count, 'action')}"
        yield from _levels(expansion, levels)


def _levels(expansion: Expansion, levels: dict[str, tuple[Action, ...]]) -> Iterator[str]:
    """A line or more for each level; of many services, the number of actions only."""
    wide = max(map(len, levels))
    digits = max(len(f"{len(found):,}") for found in levels.values())
    several = "*" in expansion.name.service.text
    for level, found in levels.items():
        head = f"{INDENT * 3}{level:<{wide}}  {len(found):>{digits},}"
        if several:
            services = len({action.service for action in found})
            yield f"{head}  in {count(services, 'service')}"
        else:
            yield from wrap((action.name for action in found), head + "  ")
