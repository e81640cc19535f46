"""The one place where findings are let through: selection, severity, and what supersedes what."""

from camlint.finding import Confidence, Finding, Severity
from camlint.place import Place
from camlint.registry import Entry, Registry
from camlint.selection import Selection


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
    """Decides which rules run and which of their findings are reported."""

    __slots__ = ("_overrides", "_selection", "entries")

    def __init__(self, registry: Registry, selection: Selection) -> None:
        self._selection = selection
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
        wanted = [one for one in raised if self._wanted(one)]
        speakers = [one for one in wanted if one.entry.supersedes]
        if speakers:
            wanted = [one for one in wanted if not _silenced(one, speakers)]
        least, surest = self._selection.min_severity, self._selection.min_confidence
        if least is not Severity.NOTE or surest is not Confidence.LOW:
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
        if selection.select is not None:
            return self._selected(entry)
        return selection.strict or not entry.strict

    def _selected(self, entry: Entry) -> bool:
        select = self._selection.select
        return select is not None and any(entry.matches(selector) for selector in select)

    def _wanted(self, raised: Raised) -> bool:
        if not raised.finding.strict:
            return True
        return self._selection.strict or self._selected(raised.entry)


def _silenced(one: Raised, speakers: list[Raised]) -> bool:
    """Whether another finding at the same place, or around it, speaks for this one."""
    for speaker in speakers:
        if one.entry.code not in speaker.entry.supersedes or speaker.home != one.home:
            continue
        scope = speaker.finding.scope
        place = Place(scope) if scope is not None else speaker.finding.at
        if place.meets(one.finding.at):
            return True
    return False
