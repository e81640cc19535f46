"""Small rules with fixes of every sort, honest ones and others, and engines that run them."""

import sys
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest

from camlint.engine import Engine
from camlint.finding import Safety
from camlint.fixes import Fixed, Fixer
from camlint.fixes.guard import Guard
from camlint.registry import Entry, Registry
from camlint.rule import (
    ActionPattern,
    Confidence,
    Context,
    Finding,
    Fix,
    Part,
    Place,
    Policy,
    Recode,
    Remove,
    Replace,
    ResourcePattern,
    Rule,
    SetValue,
    Severity,
    Statement,
    rule,
)
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source

Make = Callable[..., Rule]


def make_rule(
    check: Callable[..., Iterator[Finding]], code: str, severity: Severity = Severity.WARNING
) -> Rule:
    made = rule(
        code=code,
        name=check.__name__.replace("_", "-"),
        severity=severity,
        confidence=Confidence.HIGH,
        references=(),
    )
    return made(check)


def repeated_action(statement: Statement, context: Context) -> Iterator[Finding]:
    seen: set[str] = set()
    for action in statement.actions:
        if action.text in seen:
            fix = Fix(Safety.SAFE, "remove it", Remove(action.pointer))
            yield Finding(f"{action.text} stands twice", action.place(), fixes=(fix,))
        seen.add(action.text)


def misspelt_action(action: ActionPattern, context: Context) -> Iterator[Finding]:
    if action.text.endswith("Usr"):
        place = action.place(len(action.text) - 3, len(action.text))
        fixes = (
            Fix(Safety.SAFE, "leave it", Replace(place, "Usr")),
            Fix(Safety.REPAIR, "write User", Replace(place, "User")),
        )
        yield Finding(f"there is no {action.text}", action.place(), fixes=fixes)


def wide_action(action: ActionPattern, context: Context) -> Iterator[Finding]:
    if action.text == "cvm:*":
        fix = Fix(Safety.NARROWING, "read only", SetValue(action.pointer, "cvm:Describe*"))
        yield Finding("cvm:* is everything", action.place(), fixes=(fix,))


def lie_of_safety(resource: ResourcePattern, context: Context) -> Iterator[Finding]:
    if resource.text != "*":
        fix = Fix(Safety.SAFE, "write *", SetValue(resource.pointer, "*"))
        yield Finding(f"{resource.text} is long", resource.place(), fixes=(fix,))


def lie_of_loss(action: ActionPattern, context: Context) -> Iterator[Finding]:
    if action.text == "cvm:*":
        fix = Fix(Safety.SAFE, "read only", SetValue(action.pointer, "cvm:Describe*"))
        yield Finding("cvm:* is everything", action.place(), fixes=(fix,))


def lie_of_narrowing(action: ActionPattern, context: Context) -> Iterator[Finding]:
    if action.text == "cvm:StartInstances":
        fix = Fix(Safety.NARROWING, "write cvm:*", SetValue(action.pointer, "cvm:*"))
        yield Finding("narrow", action.place(), fixes=(fix,))


def elsewhere(policy: Policy, context: Context) -> Iterator[Finding]:
    """A repair that is found in the first statement and grants in the second."""
    if len(policy.statements) > 1:
        other = policy.statements[1]
        if other.resources and other.resources[0].text != "*":
            fix = Fix(Safety.REPAIR, "open it", SetValue(other.resources[0].pointer, "*"))
            yield Finding("closed", policy.statements[0].element("action"), fixes=(fix,))


def breaks_json(statement: Statement, context: Context) -> Iterator[Finding]:
    fix = Fix(Safety.REPAIR, "break it", Replace(Place((), 0, 1, part=Part.TEXT), "["))
    yield Finding("whole", statement.opening(), fixes=(fix,))


def ping(action: ActionPattern, context: Context) -> Iterator[Finding]:
    if action.text == "cvm:Ping":
        fix = Fix(Safety.REPAIR, "write Pong", SetValue(action.pointer, "cvm:Pong"))
        yield Finding("ping", action.place(), fixes=(fix,))


def pong(action: ActionPattern, context: Context) -> Iterator[Finding]:
    if action.text == "cvm:Pong":
        fix = Fix(Safety.REPAIR, "write Ping", SetValue(action.pointer, "cvm:Ping"))
        yield Finding("pong", action.place(), fixes=(fix,))


def grows(action: ActionPattern, context: Context) -> Iterator[Finding]:
    fix = Fix(Safety.REPAIR, "write more", SetValue(action.pointer, action.text + "x"))
    yield Finding("short", action.place(), fixes=(fix,))


def idles(action: ActionPattern, context: Context) -> Iterator[Finding]:
    fix = Fix(Safety.SAFE, "write it again", SetValue(action.pointer, action.text))
    yield Finding("seen", action.place(), fixes=(fix,))


def halves(action: ActionPattern, context: Context) -> Iterator[Finding]:
    if "?" in action.text:
        at = action.text.index("?")
        fix = Fix(Safety.REPAIR, "write half", Replace(action.place(at, at + 1), "\ud83d"))
        yield Finding("half", action.place(), fixes=(fix,))


def encoded(policy: Policy, context: Context) -> Iterator[Finding]:
    yield Finding("marked", policy.opening(), fixes=(Fix(Safety.SAFE, "write UTF-8", Recode()),))


def one_by_one(action: ActionPattern, context: Context) -> Iterator[Finding]:
    if action.text.startswith("name/"):
        fix = Fix(Safety.SAFE, "drop name/", Replace(action.place(0, 5), ""), alone=True)
        yield Finding("name/", action.place(), fixes=(fix,))


def no_user(action: ActionPattern, context: Context) -> Iterator[Finding]:
    """An error that a fix may bring up."""
    if action.text == "trtc:RemoveUser":
        yield Finding("trtc:RemoveUser is forbidden", action.place())


CHECKS: dict[str, Callable[..., Iterator[Finding]]] = {
    "T101": repeated_action,
    "T102": misspelt_action,
    "T103": wide_action,
    "T201": lie_of_safety,
    "T202": lie_of_loss,
    "T203": lie_of_narrowing,
    "T204": elsewhere,
    "T205": breaks_json,
    "T206": ping,
    "T207": pong,
    "T208": grows,
    "T209": idles,
    "T210": halves,
    "T301": encoded,
    "T302": one_by_one,
    "T401": no_user,
}


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Registry]:
    """A registry of some of the rules above, by their codes, or by code and name of a real one."""

    def make(*codes: str) -> Registry:
        from camlint.registry import load_registry

        real = load_registry()
        entries = []
        for code in codes:
            if code not in CHECKS:
                found = real.find(code)
                assert found is not None
                entries.append(found)
                continue
            severity = Severity.ERROR if code == "T401" else Severity.WARNING
            made = make_rule(CHECKS[code], code, severity)
            module = ModuleType(f"rule_{code}", "A rule of a test.")
            vars(module)["check"] = made
            monkeypatch.setitem(sys.modules, module.__name__, module)
            entries.append(
                Entry(
                    code,
                    made.name,
                    severity.value,
                    "high",
                    False,
                    tuple(kind.value for kind in made.kinds),
                    made.visits,
                    module.__name__,
                    (),
                    "A rule of a test.",
                )
            )
        return Registry(tuple(sorted(entries, key=lambda one: one.code)))

    return make


Mend = Callable[..., Fixed]


@pytest.fixture
def mend(rules: Callable[..., Registry]) -> Mend:
    """What fixes of some rules make of a text, under a guard unless it is told otherwise."""

    def fix(
        text: str, *codes: str, allowed: tuple[Safety, ...] = tuple(Safety), guarded: bool = True
    ) -> Fixed:
        registry = rules(*codes)
        engine = Engine(registry, Selection(), NOTHING_STATED, edits=True)
        guard = Guard(Engine(registry, Selection(), NOTHING_STATED)) if guarded else None
        return Fixer(engine, allowed, guard).fix(Source("policy.json", text))

    return fix
