"""The page of a rule of one's own, put together from its data, for `explain` and SARIF."""

from collections.abc import Iterator

from camlint.declarative.checks import Absent, Check, Present, show_relative
from camlint.declarative.where import Where
from camlint.syntax.path import Path

FILLED = {"{value}": "a value", "{action}": "an action"}


def summarise(message: str) -> str:
    """A message as one sentence about no case in particular."""
    for placeholder, word in FILLED.items():
        message = message.replace(placeholder, word)
    return message[:1].upper() + message[1:].rstrip(".") + "."


def render_page(
    given: tuple[Path, ...], where: Where, part: str, then: Check, help: str, home: str
) -> str:
    """What a rule looks at, what must hold there, and where it is written down, in Markdown."""
    return "\n".join(_lines(given, where, part, then, help, home))


def _lines(
    given: tuple[Path, ...], where: Where, part: str, then: Check, help: str, home: str
) -> Iterator[str]:
    yield from ("## What it checks", "")
    paths = " and ".join(f"`{path.text}`" for path in given)
    yield f"It looks at {f'the {part} of ' if part else ''}each value at {paths}{_limits(where)}."
    yield _demand(then)
    yield from ("", "## How to fix it", "")
    text = help or then.way_out()
    yield text[:1].upper() + text[1:].rstrip(".") + "."
    yield from ("", "## Where it stands", "")
    yield f"It is a rule of your own, in `{home}`."
    yield ""


def _limits(where: Where) -> str:
    """Which statements and values it is about, to stand behind the paths."""
    limits: list[str] = []
    named = [f"action of `{name.qualified}`" for name in where.actions]
    services = [f"`{name}`" for name in where.services]
    if named and services:
        limits.append(f"in statements that {where.effect or 'name'} an {_or(named)}")
        limits.append(f"of the service {_or(services)}")
    elif named or services:
        what = _or(named) if named else f"action of the service {_or(services)}"
        limits.append(f"in statements that {where.effect or 'name'} an {what}")
    elif where.effect:
        limits.append(f"in statements that {where.effect} something")
    if where.values:
        limits.append("where it matches " + _or([f"`{glob}`" for glob in where.values]))
    return "".join(f", {limit}" for limit in limits)


def _demand(then: Check) -> str:
    if isinstance(then, Present):
        return f"Seen from there, something must be at {_or(_relative(then.paths))}."
    if isinstance(then, Absent):
        if not then.paths:
            return "There should be none."
        return f"Seen from there, nothing may be at {_or(_relative(then.paths))}."
    return f"What passes: {then.passes()}."


def _relative(paths: tuple[Path, ...]) -> list[str]:
    return [f"`{show_relative(path)}`" for path in paths]


def _or(words: list[str]) -> str:
    return " or ".join(words)
