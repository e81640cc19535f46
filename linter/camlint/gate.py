"""The one place where findings are let through: selection, severity, and what supersedes what."""

from collections.abc import Sequence

from camlint.finding import Confidence, Finding, Severity
from camlint.place import Part, Place, Pointer
from camlint.registry import Entry, Registry
from camlint.rule import ENGINE
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED, Settings


class Raised:
    """A finding of a rule, not yet let through; ``home`` tells the texts of a file apart."""

    __slots__ = ("entry", "finding", "home")

    def __init__(self, entry: Entry, finding: Finding, home: int) -> None:
        self.entry = entry
        self.finding = finding
        self.home = home

    @property
    def confidence(self) -> Confidence:
        """The finding's own confidence where it has one, else that of its rule."""
        return self.finding.confidence or self.entry.confidence


class Gate:
    """Decides which rules run and which of their findings are reported.

    A rule with a demand runs exactly where the settings have it, whatever is selected: then, and
    only then, it was asked for. So does what tells of policies that could not be analysed, since
    whether those do as is demanded isn't known.
    """

    __slots__ = ("_bounded", "_demands", "_overrides", "_selection", "entries")

    def __init__(
        self, registry: Registry, selection: Selection, settings: Settings = NOTHING_STATED
    ) -> None:
        self._selection = selection
        self._bounded = (
            selection.min_severity is not Severity.NOTE
            or selection.min_confidence is not Confidence.LOW
        )
        self._demands = settings.demands
        overrides: dict[str, Severity] = {}
        for word, severity in selection.severity.items():
            entry = registry.find(word)
            if entry is not None:
                overrides[entry.code] = severity
        self._overrides = overrides
        self.entries = tuple(entry for entry in registry.entries if self._runs(entry))

    @property
    def strict(self) -> bool:
        """Whether any finding that is for strict mode may be let through."""
        return self._selection.strict or self._selection.select is not None

    def severity(self, raised: Raised) -> Severity:
        """The user's severity for the rule, else the finding's own, else the rule's."""
        return (
            self._overrides.get(raised.entry.code)
            or raised.finding.severity
            or raised.entry.severity
        )

    def admit(self, raised: list[Raised]) -> list[Raised]:
        """The findings that are reported, in the order in which they came."""
        wanted = [one for one in raised if not one.finding.strict or self._wants_strict(one)]
        speakers = [one for one in wanted if one.entry.supersedes] if len(wanted) > 1 else ()
        if speakers:
            spoken = _Spoken(speakers, {one.entry.code for one in wanted})
            wanted = [one for one in wanted if not spoken.covers(one)]
        if self._bounded:
            least, surest = self._selection.min_severity, self._selection.min_confidence
            wanted = [
                one
                for one in wanted
                if self.severity(one).rank >= least.rank and one.confidence.rank >= surest.rank
            ]
        return wanted

    def _runs(self, entry: Entry) -> bool:
        selection = self._selection
        if any(entry.matches(selector) for selector in selection.ignore):
            return False
        if entry.demand:
            return entry.demand in self._demands
        if self._demands and entry.visits == ENGINE:
            return True
        if selection.select is not None:
            return self._selected(entry)
        return selection.strict or not entry.strict

    def _selected(self, entry: Entry) -> bool:
        select = self._selection.select
        return select is not None and any(entry.matches(selector) for selector in select)

    def _wants_strict(self, raised: Raised) -> bool:
        return self._selection.strict or self._selected(raised.entry)


class _Spoken:
    """Where the findings of a file speak for those of other rules, found by pointer.

    A policy may have thousands of findings, so that each must not be held against every other.
    """

    __slots__ = ("_codes", "_places", "_texts")

    def __init__(self, speakers: Sequence[Raised], raised: set[str]) -> None:
        self._codes = {code for one in speakers for code in one.entry.supersedes} & raised
        self._places: dict[tuple[str, int, Pointer], list[Place]] = {}
        self._texts: dict[tuple[str, int], list[Place]] = {}
        for one in speakers:
            scope = one.finding.scope
            place = Place(scope) if scope is not None else one.finding.at
            for code in self._codes.intersection(one.entry.supersedes):
                if place.part is Part.TEXT:
                    self._texts.setdefault((code, one.home), []).append(place)
                else:
                    self._places.setdefault((code, one.home, place.pointer), []).append(place)

    def covers(self, one: Raised) -> bool:
        """Whether another finding at the same place, or around it, speaks for this one."""
        code = one.entry.code
        if code not in self._codes:
            return False
        at = one.finding.at
        if at.part is Part.TEXT:
            return any(place.meets(at) for place in self._texts.get((code, one.home), ()))
        pointer = at.pointer
        for depth in range(len(pointer) + 1):
            around = self._places.get((code, one.home, pointer[:depth]), ())
            if any(place.meets(at) for place in around):
                return True
        return False
