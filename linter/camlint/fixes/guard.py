"""What keeps fixes from doing harm: the text they make is read, linted and compared before it counts."""

import json
from collections import Counter
from collections.abc import Callable

from camlint.access.answer import Answer
from camlint.access.equivalence import compare_meaning
from camlint.catalog.catalog import Catalog
from camlint.engine import Engine
from camlint.finding import Safety
from camlint.fixes.reading import Reading
from camlint.fixes.steps import Step
from camlint.kinds import Kind
from camlint.place import render_pointer
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.settings import NOTHING_STATED, Settings
from camlint.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class Meaning(Protocol):
        """What a new policy is against an old one."""

        @property
        def narrower(self) -> Answer:
            """Whether it allows nothing but what the old one allows."""

        @property
        def wider(self) -> Answer:
            """Whether it allows all that the old one allows."""


Compare = Callable[[Policy, Policy, Settings, Catalog], "Meaning"]


class Guard:
    """Judges what fixes make of a text.

    ``engine`` has every rule that the user doesn't ignore, whichever are being fixed: a fix may not
    bring a problem that another rule would find.
    """

    __slots__ = ("_compare", "engine", "kind", "settings")

    def __init__(
        self,
        engine: Engine,
        settings: Settings = NOTHING_STATED,
        kind: Kind | None = None,
        compare: Compare = compare_meaning,
    ) -> None:
        self.engine = engine
        self.settings = settings
        self.kind = kind
        self._compare = compare

    def read(self, source: Source) -> Reading:
        """A text with all that the judgement rests on. Raises RuleFailure."""
        return Reading(source, self.engine, self.kind)

    def object_to(
        self,
        first: Reading,
        old: Reading,
        new: Reading,
        steps: list[Step],
        passing: frozenset[Safety] = frozenset(),
    ) -> str:
        """Why steps that turn one text into another may not be made, ``""`` when they may.

        It is said in words that follow an order: to remove it ``would bring up`` something.
        ``first`` is the text before any fix: only what is new against that is held against them.
        Problems with a fix of the classes ``passing`` are not, since a later round may mend them.
        """
        return (
            _unwritable(new.source.text)
            or _unreadable(old, new, steps)
            or find_worse(first, new, passing)
            or self._otherwise(old, new, steps)
        )

    def _otherwise(self, old: Reading, new: Reading, steps: list[Step]) -> str:
        """What is wrong with what the policies mean now."""
        by_policy: dict[str, list[Step]] = {}
        for step in steps:
            by_policy.setdefault(step.first.policy, []).append(step)
        for address in old.hosted:
            if old.hosted[address].value == new.hosted[address].value:
                continue
            made = by_policy.get(address)
            if made is None:
                return f"would change another policy, the one at {address or 'the top'}"
            before, after = old.policy(address), new.policy(address)
            if before is None or after is None:
                continue
            safety = max((step.safety for step in made), key=lambda one: one.rank)
            if safety is Safety.REPAIR:
                if not _inside(before, after, made):
                    return "would change a statement other than the one that is repaired"
                continue
            meaning = self._compare(before, after, self.settings, Catalog(self.settings.additions))
            if meaning.narrower is Answer.NO:
                return "would allow something that isn't allowed now"
            if safety is Safety.SAFE and meaning.wider is Answer.NO:
                return "would refuse something that is allowed now"
        return ""


def _unwritable(text: str) -> str:
    """A lone surrogate can be escaped in JSON, but stands in no file."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "would put half a character into the file"
    return ""


def _unreadable(old: Reading, new: Reading, steps: list[Step]) -> str:
    """What is wrong with the text as JSON, and with where policies stand in it."""
    if set(old.hosted) != set(new.hosted):
        return "would change which policies there are in the file"
    mended = {step.first.policy for step in steps if step.mends}
    for address in new.hosted:
        if not new.broken(address):
            continue
        if address in mended:
            return "would not be enough"
        if not old.broken(address):
            return "would make it something other than JSON"
    return ""


def find_worse(first: Reading, new: Reading, passing: frozenset[Safety] = frozenset()) -> str:
    """The first error or warning that there are more of than at the beginning, as an objection."""
    known = first.problems()
    for code, found in new.problems().items():
        before = known.get(code, [])
        lasting = [one for one in found if not any(fix.safety in passing for fix in one.fixes)]
        if len(lasting) > len(before):
            said = {one.message for one in before}
            one = next((one for one in lasting if one.message not in said), lasting[-1])
            return f"would bring up {one.severity.value}[{one.code}]: {one.message}"
    return ""


def _inside(before: Policy, after: Policy, steps: list[Step]) -> bool:
    """Whether every statement that no step speaks of is still there as it was."""
    places = {step.first.pointer for step in steps}
    untouched: Counter[str] = Counter()
    spoken_of = 0
    for one in before.statements:
        pointer = render_pointer(one.pointer)
        if any(place == pointer or place.startswith(f"{pointer}/") for place in places):
            spoken_of += 1
        else:
            untouched[_spell(one)] += 1
    if not spoken_of:
        return True
    return not untouched - Counter(_spell(one) for one in after.statements)


def _spell(statement: Statement) -> str:
    return json.dumps(statement.value, sort_keys=True)
