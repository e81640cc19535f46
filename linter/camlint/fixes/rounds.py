"""Fixes made in rounds, none over another, until none is left to make."""

from collections.abc import Iterable

from camlint.edit import apply_edits
from camlint.engine import Engine, FileResult
from camlint.finding import Safety
from camlint.fixes.fixed import Fixed, Refusal, Repair
from camlint.fixes.guard import Guard, find_worse
from camlint.fixes.reading import Reading, is_broken, read_hosted
from camlint.fixes.steps import Key, Made, Step, choose_round, find_steps
from camlint.hosts.search import HostedPolicy
from camlint.source import UTF8, Source

MOST_ROUNDS = 200
"""Rounds after which fixing is given up, beside one for each finding with a fix at the beginning."""

MOST_TRIALS = 200
TRIAL_TEXT = 2_000_000
FEWEST_TRIALS = 20
"""Texts that are tried in search of bad fixes, and how long they may be together, if more than so few.

Beyond, the rest of a round is refused without being tried one by one.
"""

TOO_MANY = "might do harm: too many fixes of this file do, to try each by itself"


class Fixer:
    """Fixes sources with one engine, which must have been made with ``edits``.

    ``allowed`` are the classes of fixes to be made. Without a ``guard`` nothing is refused but what
    would never end.
    """

    __slots__ = ("allowed", "engine", "guard")

    def __init__(
        self, engine: Engine, allowed: Iterable[Safety], guard: Guard | None = None
    ) -> None:
        self.engine = engine
        self.allowed = frozenset(allowed)
        self.guard = guard

    def fix(self, source: Source) -> Fixed:
        """The source with every fix made that is allowed. Raises RuleFailure.

        A source that isn't plain text is left alone: its characters are a best effort.
        """
        state = _State(source, self.engine.lint(source))
        fixable = sum(bool(one.fixes) for one in state.result.diagnostics)
        if source.damage or not fixable:
            return Fixed(source.text, state.result)
        if self.guard is None or not self._find(state):
            return self._run(state, MOST_ROUNDS + fixable)
        state = _State(source, state.result, self.guard.read(source))
        fixed = self._run(state, MOST_ROUNDS + fixable, passing=self.allowed)
        if fixed.worse:
            fixed = self._run(state, MOST_ROUNDS + fixable)
        return fixed

    def _run(self, state: "_State", rounds: int, passing: frozenset[Safety] = frozenset()) -> Fixed:
        """All rounds; problems with a fix of the classes ``passing`` may come up on the way."""
        first = state.reading
        trial = _Trial(self, state, passing)
        made: list[Made] = []
        repairs: list[Repair] = []
        made_since = 0
        for _ in range(rounds):
            steps = [one for one in self._find(state) if one.key not in trial.refused]
            if not steps and trial.refused and len(made) > made_since:
                # What was refused before other fixes were made may be harmless after them.
                trial.refused.clear()
                made_since = len(made)
                continue
            if not steps:
                break
            accepted, after = trial.make(state, choose_round(steps))
            made += [one for step in accepted for one in step.made]
            repaired = any(step.safety is Safety.REPAIR for step in accepted)
            if repaired and state.reading is not None and after.reading is not None:
                _append(repairs, Repair(state.reading, after.reading))
            state = after
        left = {step.key: step for step in self._find(state)}
        return Fixed(
            state.source.text,
            state.result,
            made=tuple(made),
            recode=state.recoded,
            refused=tuple(
                Refusal(left[key].first, left[key].description, reason)
                for key, reason in trial.refused.items()
                if key in left
            ),
            repairs=tuple(repairs),
            closed=self._count_closed(state),
            worse=find_worse(first, state.reading) if first and state.reading else "",
        )

    def _find(self, state: "_State") -> list[Step]:
        """What may be done to a text next."""
        steps = find_steps(state.result.diagnostics, state.hosted, self.allowed)
        return [one for one in steps if not (state.recoded and one.recodes)]

    def _count_closed(self, state: "_State") -> dict[Safety, int]:
        """How many findings are left for each class that wasn't allowed.

        What is in a text that isn't JSON waits for its repair.
        """
        hosted = state.hosted
        counts: dict[Safety, int] = {}
        for one in state.result.diagnostics:
            if not one.fixes:
                continue
            host = hosted.get(one.policy)
            if host is not None and is_broken(host.document):
                needed = Safety.REPAIR
            else:
                needed = one.fixes[0].safety
            if needed not in self.allowed:
                counts[needed] = counts.get(needed, 0) + 1
        return counts


def fix_text(source: Source, engine: Engine, most: Safety, guard: Guard | None = None) -> Fixed:
    """The source with every fix made that is no riskier than ``most``."""
    allowed = [safety for safety in Safety if safety.rank <= most.rank]
    return Fixer(engine, allowed, guard).fix(source)


class _State:
    """A text between two rounds: what the engine says of it, and what the guard reads in it."""

    __slots__ = ("reading", "recoded", "result", "source")

    def __init__(
        self,
        source: Source,
        result: FileResult,
        reading: Reading | None = None,
        *,
        recoded: bool = False,
    ) -> None:
        self.source = source
        self.result = result
        self.reading = reading
        self.recoded = recoded

    @property
    def hosted(self) -> dict[str, HostedPolicy]:
        """The policies of the text by their address in the file."""
        return read_hosted(self.source) if self.reading is None else self.reading.hosted


class _Trial:
    """Tries steps on a text; ``refused`` are those that may not be made, and why."""

    __slots__ = ("_first", "_fixer", "_left", "_passing", "_seen", "refused")

    def __init__(self, fixer: Fixer, first: _State, passing: frozenset[Safety]) -> None:
        self._fixer = fixer
        self._passing = passing
        self._first = first.reading
        self._seen = {first.source.text}
        tried = min(MOST_TRIALS, TRIAL_TEXT // (len(first.source.text) + 1))
        self._left = [max(FEWEST_TRIALS, tried)]
        self.refused: dict[Key, str] = {}

    def make(self, state: _State, steps: list[Step]) -> tuple[list[Step], _State]:
        """The steps that nothing speaks against, and the text once they are made.

        Where something does, halves are tried, so that one bad fix among many is found quickly.
        """
        accepted: list[Step] = []
        made = state
        waiting = [steps]
        while waiting:
            group = waiting.pop()
            after, reason = self._try(state, [*accepted, *group])
            if not reason:
                accepted += group
                made = after
            elif len(group) == 1:
                self._left[0] -= 1
                self.refused[group[0].key] = reason
            elif self._left[0] <= 0:
                self.refused.update((step.key, TOO_MANY) for step in group)
            else:
                self._left[0] -= 1
                half = len(group) // 2
                waiting += (group[half:], group[:half])
        self._seen.add(made.source.text)
        if accepted and made.reading is not None:
            made = self._lint(made)
        return accepted, made

    def _try(self, state: _State, steps: list[Step]) -> tuple[_State, str]:
        """The text with the steps made, and what speaks against it."""
        source = state.source
        text = apply_edits(source.text, [edit for step in steps for edit in step.edits])
        recodes = any(step.recodes for step in steps)
        recoded = state.recoded or recodes
        encoding = UTF8 if recoded else source.encoding
        again = Source(source.path, text, source.damage, encoding=encoding)
        after = _State(again, state.result, recoded=recoded)
        if text == source.text and not recodes:
            return after, "would change nothing"
        if text != source.text and text in self._seen:
            return after, "would undo what another fix did"
        guard = self._fixer.guard
        if guard is None or state.reading is None or self._first is None:
            return self._lint(after), ""
        reading = guard.read(again)
        after = _State(again, state.result, reading, recoded=after.recoded)
        old, passing = state.reading, self._passing
        return after, guard.object_to(self._first, old, reading, steps, passing)

    def _lint(self, state: _State) -> _State:
        """The state with what the fixer's own engine says of its text."""
        guard, engine = self._fixer.guard, self._fixer.engine
        if guard is not None and guard.engine is engine and state.reading is not None:
            result = state.reading.result
        else:
            result = engine.lint(state.source)
        return _State(state.source, result, state.reading, recoded=state.recoded)


def _append(repairs: list[Repair], repair: Repair) -> None:
    """Put repairs together that follow one another."""
    if repairs and repairs[-1].new is repair.old:
        repair = Repair(repairs.pop().old, repair.new)
    repairs.append(repair)
