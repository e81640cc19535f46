"""All that policies allow, for people: a table of counts, or the actions of each service by name."""

from collections.abc import Iterator, Sequence

from camlint.report.condition_words import say_condition
from camlint.report.ruling_words import name_statements
from camlint.report.table import align, count, wrap
from camlint.report.terminal import BOLD, Paint, escape
from camlint.tasks.levels import LEVELS
from camlint.tasks.permission import Permission, Permissions, ServicePermissions
from camlint.wording import clip, join_words

INDENT = "  "
MOST_NAMED = 2
"""Resources that a row names; the rest are counted."""

TOO_MUCH = (
    "there was too much to look at, so some of it is undecided; --service looks at one service"
)
NOTHING = "allows no known action; the public catalogue is partial"


def show_permissions(
    title: str, allowed: Permissions, paint: Paint, *, names: bool
) -> Iterator[str]:
    """The lines; ``title`` names the policies, ``names`` asks for actions instead of counts."""
    services = allowed.services
    if not services:
        yield f"{paint(BOLD, escape(title))} {NOTHING}"
    else:
        total = count(allowed.count or allowed.undecided, "known action")
        where = count(sum(one.count > 0 for one in services) or len(services), "service")
        more = f"; of {allowed.undecided:,} more it can't be told" if allowed.undecided else ""
        if allowed.count:
            said = f"allows at least {total} of {where}{more}"
        else:
            said = f"may allow {total} of {where}, which can't be told"
        yield f"{paint(BOLD, escape(title))} {said}"
        yield ""
        if names:
            for one in services:
                yield from _names(one, paint)
        else:
            yield from _counts(services)
    if allowed.exhausted:
        yield TOO_MUCH
    for placed in allowed.unreadable:
        yield escape(
            f"{name_statements([placed])} can't be read whole and may allow more; "
            "`camlint check` shows why"
        )


def _counts(services: Sequence[ServicePermissions]) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [("service", *LEVELS, "resources", "of these")]
    for one in services:
        numbers = (
            sum(len(two.actions) for two in one.levels[level] if not two.undecided)
            for level in LEVELS
        )
        rows.append(
            (
                one.service,
                *(f"{number:,}" if number else "-" for number in numbers),
                _resources(one),
                _marks(one),
            )
        )
    yield from align(rows, indent=INDENT)


def _resources(one: ServicePermissions) -> str:
    texts = dict.fromkeys(text for two in one.permissions for text in two.resources)
    return _name_some(list(texts))


def _name_some(texts: Sequence[str]) -> str:
    named = [clip(text) if text != "*" else '"*"' for text in texts[:MOST_NAMED]]
    if len(texts) > MOST_NAMED:
        named.append(f"{len(texts) - MOST_NAMED} more")
    return join_words(named) if named else "-"


def _marks(one: ServicePermissions) -> str:
    """What of a service is allowed with reservations."""
    said = []
    for word, chosen in (
        ("partly denied", [two for two in one.permissions if two.denied_by and not two.undecided]),
        ("under conditions", [two for two in one.permissions if two.conditional]),
        ("more undecided", [two for two in one.permissions if two.undecided]),
    ):
        number = sum(len(two.actions) for two in chosen)
        if number:
            said.append(f"{number:,} {word}")
    return ", ".join(said)


def _names(one: ServicePermissions, paint: Paint) -> Iterator[str]:
    title = one.service if one.title == one.service else f"{one.service}, {one.title}"
    yield paint(BOLD, escape(title))
    wide = max(len(level) for level in LEVELS if one.levels[level])
    for level in LEVELS:
        head = level
        for permission in one.levels[level]:
            yield from wrap(
                (action.name for action in permission.actions), f"{INDENT}{head:<{wide}}  "
            )
            yield escape(" " * (len(INDENT) + wide + 2) + describe(permission))
            head = ""


def describe(permission: Permission) -> str:
    """On which resources, under which conditions, and what refuses a part of it."""
    said = [f"on {_name_some(permission.resources)}"] if permission.resources else []
    if permission.conditional or permission.undecided:
        conditions = dict.fromkeys(
            " and ".join(say_condition(one) for one in placed.statement.conditions)
            for placed in permission.allowed_by
            if placed.statement.conditions
        )
        if conditions:
            said.append(f"if {' or '.join(conditions)}")
    if permission.undecided:
        said.append("undecided")
    said.append(f"by {name_statements(permission.allowed_by)}")
    if permission.denied_by:
        said.append(f"partly denied by {name_statements(permission.denied_by)}")
    return "; ".join(said)
