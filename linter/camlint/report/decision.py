"""What policies say to one request, for people: the answer, what decides it, what was nearest."""

from collections.abc import Iterator, Sequence

from camlint.access.answer import Answer, Request, Verdict
from camlint.patterns import matcher
from camlint.place import Place
from camlint.report.doubt_words import place_doubt, say_doubt
from camlint.report.miss_words import LABELS, place_missing, say_miss
from camlint.report.placed import show_places
from camlint.report.ruling_words import name_layer, name_statements, say_ruling
from camlint.report.terminal import BOLD, DIM, GREEN, RED, YELLOW, Paint, escape
from camlint.tasks.decision import Layer, PlacedStatement, Ruling
from camlint.tasks.evidence import find_evidence
from camlint.tasks.near_miss import NearMiss
from camlint.tasks.past_denies import WithoutDenies
from camlint.tasks.replay import can_command
from camlint.tasks.unsure import find_doubts
from camlint.wording import join_words

MOST_SHOWN = 5
"""Statements that are shown with their lines; the rest are counted."""

_COLOURS = {
    Verdict.ALLOW: GREEN,
    Verdict.EXPLICIT_DENY: RED,
    Verdict.IMPLICIT_DENY: RED,
    Verdict.DEPENDS: YELLOW,
}


class DecisionText:
    """Writes a ruling; ``words`` are what names the policies on the command line."""

    __slots__ = ("_paint", "_words")

    def __init__(self, words: Sequence[str], paint: Paint) -> None:
        self._words = tuple(words)
        self._paint = paint

    def rows(
        self, ruling: Ruling, misses: Sequence[NearMiss], past: WithoutDenies | None
    ) -> Iterator[str]:
        """The lines, the answer first."""
        head, _, sentence = say_ruling(ruling).partition(": ")
        yield f"{self._paint(_COLOURS[ruling.verdict], escape(head))}: {escape(sentence)}"
        if ruling.verdict is Verdict.DEPENDS:
            yield from self._doubts(ruling)
        else:
            yield from self._deciding(ruling)
        if past is not None:
            yield from self._past(past)
        for miss in misses:
            yield from self._miss(miss, ruling.request)
        if ruling.verdict is Verdict.IMPLICIT_DENY:
            for one in ruling.deciding:
                if all(miss.layer is not one.layer for miss in misses):
                    yield from _say_far(one.layer, ruling.request.action)

    def _deciding(self, ruling: Ruling) -> Iterator[str]:
        shown = 0
        every = [(one, placed) for one in ruling.deciding for placed in one.by]
        for one, placed in every[:MOST_SHOWN]:
            yield from self._statement(one.layer, placed, ruling.request)
            shown += 1
        if len(every) > shown:
            rest = name_statements(placed for _, placed in every[shown:])
            yield escape(f"and so {'does' if len(every) == shown + 1 else 'do'} {rest}")

    def _statement(self, layer: Layer, placed: PlacedStatement, request: Request) -> Iterator[str]:
        statement = placed.statement
        verb = "allows it" if statement.effect == "allow" else "denies it"
        found = find_evidence(layer.question, placed, request)
        places: list[tuple[Place, str]] = []
        if found.action is not None:
            places.append((found.action.place(), verb))
        if found.resource is not None:
            places.append((found.resource.place(), ""))
        places += [(Place(one.pointer), "holds") for one in statement.conditions]
        yield from show_places(
            placed.placed, places or [(Place(statement.pointer), verb)], self._paint
        )

    def _doubts(self, ruling: Ruling) -> Iterator[str]:
        doubts = [
            (one.layer, doubt)
            for one in ruling.deciding
            for doubt in find_doubts(one, ruling.request)
        ]
        for layer, doubt in doubts[:MOST_SHOWN]:
            yield ""
            if not doubt.doubts:
                yield from self._statement(layer, doubt.statement, ruling.request)
                continue
            named = name_statements([doubt.statement])
            effect = {"allow": "would allow it", "deny": "would deny it"}.get(
                doubt.statement.statement.effect or "", "has no effect that can be read"
            )
            yield escape(f"{named} {effect}{say_doubt(doubt)}")
            yield from show_places(doubt.statement.placed, place_doubt(doubt), self._paint)
        if len(doubts) > MOST_SHOWN:
            yield f"and {len(doubts) - MOST_SHOWN} more statements that may match"
        for one in ruling.deciding:
            if one.layer.question.loose:
                yield escape(
                    f"{name_layer(one.layer)} holds something that is no statement, so what it "
                    "says isn't known; `camlint check` shows it"
                )

    def _past(self, past: WithoutDenies) -> Iterator[str]:
        yield ""
        ruling = past.ruling
        if ruling.verdict is Verdict.ALLOW:
            named = name_statements(two for one in ruling.layers for two in one.by)
            yield escape(f"without that, {named} would allow it")
        elif ruling.verdict is Verdict.DEPENDS and ruling.allowed is not Answer.NO:
            yield "without that, it may be allowed"
        else:
            where = join_words(name_layer(one.layer) for one in ruling.deciding)
            yield escape(
                f"without that, it still wouldn't be allowed: nothing in {where} allows it"
            )
        for conditions, request in past.ways:
            key = conditions[0].key
            values = (request.context or {}).get(key)
            circumstance = f"the request had no {key}"
            if values is not None:
                circumstance = f"{key} were {' and '.join(values)}, say"
            yield escape(f"it would be allowed if {circumstance}")
            yield self._proof(request)

    def _miss(self, miss: NearMiss, request: Request) -> Iterator[str]:
        yield ""
        yield f"{self._paint(BOLD, 'nearest')}: {escape(say_miss(miss, request))}"
        places: list[tuple[Place, str]] = []
        for one in miss.missing:
            if one.conditions:
                places += [
                    (Place(condition.pointer), "doesn't hold") for condition in one.conditions
                ]
            else:
                places.append((place_missing(one), LABELS[one.lack]))
        yield from show_places(miss.statement.placed, places, self._paint)
        if miss.enough:
            yield self._proof(miss.request)

    def _proof(self, request: Request) -> str:
        command = escape(can_command(request, self._words))
        return f"   {self._paint(DIM, '=')} {self._paint(BOLD, 'allowed')}: {command}"


def _say_far(layer: Layer, action: str) -> Iterator[str]:
    """That no allow of a layer is even about the service, where that is so."""
    service = action.partition(":")[0]
    named = {
        prefix
        for placed in layer.statements
        if placed.statement.effect == "allow"
        for prefix in placed.statement.services
    }
    if any(matcher(prefix)(service) for prefix in named):
        return
    about = f"; they are about {join_words(sorted(named)[:MOST_SHOWN])}" if named else ""
    more = f" and {len(named) - MOST_SHOWN} more" if len(named) > MOST_SHOWN else ""
    yield ""
    if named:
        yield escape(f"no allow of {name_layer(layer)} is about {service}{about}{more}")
    else:
        yield escape(f"{name_layer(layer)} allows nothing at all")
