"""What policies say to one request, for people: the answer, what decides it, what was nearest."""

from collections.abc import Iterable, Iterator, Sequence

from camlint.access.answer import Answer, Request, Verdict
from camlint.patterns import matcher
from camlint.place import Place
from camlint.policy.elements import Condition, ResourcePattern
from camlint.report.condition_words import say_coming, say_holding
from camlint.report.placed import show_places
from camlint.report.terminal import BOLD, DIM, GREEN, RED, YELLOW, Paint, escape
from camlint.tasks.decision import Layer, LayerDecision, PlacedStatement, Role, Ruling
from camlint.tasks.evidence import find_evidence
from camlint.tasks.near_miss import Lack, Missing, NearMiss, WithoutDenies
from camlint.tasks.replay import can_command
from camlint.tasks.unsure import Doubt, Unsure, find_doubts
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
            rest = _name_all([(one.layer, placed) for one, placed in every[shown:]])
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
            named = f"statement {doubt.statement.number} of {name_layer(layer, doubt.statement)}"
            effect = {"allow": "would allow it", "deny": "would deny it"}.get(
                doubt.statement.statement.effect or "", "has no effect that can be read"
            )
            yield escape(f"{named} {effect}{_say_doubt(doubt)}")
            yield from show_places(doubt.statement.placed, _doubtful(doubt), self._paint)
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
            named = _name_all([(one.layer, two) for one in ruling.layers for two in one.by])
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
                places.append((_place(one), _LABELS[one.lack]))
        yield from show_places(miss.statement.placed, places, self._paint)
        if miss.enough:
            yield self._proof(miss.request)

    def _proof(self, request: Request) -> str:
        command = escape(can_command(request, self._words))
        return f"   {self._paint(DIM, '=')} {self._paint(BOLD, 'allowed')}: {command}"


_LABELS = {
    Lack.CONDITION: "doesn't hold",
    Lack.RESOURCE: "another resource",
    Lack.RESOURCE_NOT_GIVEN: "no such resource was asked about",
    Lack.OPERATION_LEVEL: 'only "*" would match',
    Lack.PRINCIPAL: "somebody else",
    Lack.ACTION: "another action",
}


def name_layer(layer: Layer, statement: PlacedStatement | None = None) -> str:
    """The policies of a layer, or the one among them that has a statement, with what they are."""
    if statement is not None:
        title = statement.placed.title
    elif len(layer.policies) == 1:
        title = layer.policies[0].title
    else:
        title = f"the {len(layer.policies)} policies"
        if layer.role is not Role.POLICY:
            title = layer.policies[0].path
    prefix = {Role.BOUNDARY: "the permission boundary ", Role.SCP: "the SCP "}
    return prefix.get(layer.role, "") + title


def say_ruling(ruling: Ruling) -> str:
    """The answer as one sentence."""
    what = _say_request(ruling.request)
    if ruling.verdict is Verdict.ALLOW:
        own = [one for one in ruling.layers if one.layer.role is Role.POLICY]
        named = _name_all([(one.layer, two) for one in own for two in one.by])
        verb = "allow" if sum(len(one.by) for one in own) > 1 else "allows"
        return f"allowed: {named} {verb} {what}{_within(ruling.layers)}"
    if ruling.verdict is Verdict.EXPLICIT_DENY:
        every = [(one.layer, two) for one in ruling.deciding for two in one.by]
        return f"denied: {_name_all(every)} {'deny' if len(every) > 1 else 'denies'} {what}"
    if ruling.verdict is Verdict.IMPLICIT_DENY:
        return f"not allowed: {_say_silence(ruling, what)}"
    keys = join_words(ruling.depends_on) if ruling.depends_on else ""
    if ruling.allowed is Answer.NO:
        rest = f", whatever {keys} is," if keys else ""
        return f"depends: {what} isn't allowed{rest} but what refuses it can't be told"
    if keys:
        return f"depends on {keys}: {what} may be allowed or not"
    return f"depends: whether {what} is allowed can't be told"


def _say_request(request: Request) -> str:
    who = "" if request.principal is None else f" to {request.principal}"
    resource = '"*"' if request.resource == "*" else request.resource
    return f"{request.action} on {resource}{who}"


def _within(layers: Iterable[LayerDecision]) -> str:
    bounds = [one.layer for one in layers if one.layer.role is not Role.POLICY]
    return f", within {join_words(name_layer(one) for one in bounds)}" if bounds else ""


def _say_silence(ruling: Ruling, what: str) -> str:
    own = [one for one in ruling.deciding if one.layer.role is Role.POLICY]
    if own:
        names = join_words(name_layer(one.layer) for one in own)
        others = [one for one in ruling.deciding if one.layer.role is not Role.POLICY]
        rest = f", nor of {join_words(name_layer(one.layer) for one in others)}," if others else ""
        return f"no statement of {names}{rest} allows {what}"
    granting = [
        (one.layer, two) for one in ruling.layers for two in one.by if one.layer.role is Role.POLICY
    ]
    verb = "allow" if len(granting) > 1 else "allows"
    silent = join_words(name_layer(one.layer) for one in ruling.deciding)
    if not granting:
        return f"nothing in {silent} allows {what}"
    return f"{_name_all(granting)} {verb} {what}, but nothing in {silent} does"


def _name_all(statements: Sequence[tuple[Layer, PlacedStatement]]) -> str:
    """Statements by number and policy: ``statements 1 and 3 of a.json and statement 2 of b.json``."""
    by_policy: dict[str, list[int]] = {}
    for layer, placed in statements:
        by_policy.setdefault(name_layer(layer, placed), []).append(placed.number)
    return join_words(
        f"statement{'s' * (len(numbers) > 1)} {join_words(numbers)} of {name}"
        for name, numbers in by_policy.items()
    )


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


def say_miss(miss: NearMiss, request: Request) -> str:
    """What a statement would allow, and what is missing for it."""
    named = f"statement {miss.statement.number} of {name_layer(miss.layer, miss.statement)}"
    for one in miss.missing:
        if one.lack is Lack.OPERATION_LEVEL and len(miss.missing) == 1:
            return (
                f'{named} allows {request.action}, but not on "*", and CAM asks about it without '
                "a resource, which nothing else matches"
            )
    clauses = []
    coming = []
    for one in miss.missing:
        if _comes(one, miss, request):
            coming.append(say_coming(one.conditions))
        else:
            clauses.append(_say_missing(one, miss))
    if coming:
        clauses.append(f"it came {' and '.join(coming)}")
    rest = "" if miss.enough else ", though something else still refuses it then"
    return f"{named} would allow it if {' and '.join(clauses)}{rest}"


def _place(one: Missing) -> Place:
    """What is missing, of a resource the one segment that differs."""
    part = one.part
    if isinstance(part, ResourcePattern) and part.six is not None and len(one.segments) == 1:
        six = part.six
        segments = {"service": six.service, "region": six.region, "account": six.account}
        segment = segments.get(one.segments[0], six.tail)
        return part.place(segment.start, segment.end)
    return Place(part.pointer)


def _comes(one: Missing, miss: NearMiss, request: Request) -> bool:
    """Whether what is missing is a key that the request lacks and should have."""
    if not one.conditions:
        return False
    key = one.conditions[0].key
    return key in (miss.request.context or {}) and key not in (request.context or {})


def _say_missing(one: Missing, miss: NearMiss) -> str:
    part = one.part
    if isinstance(part, Condition):
        return say_holding(one.conditions, "were")
    if one.lack is Lack.ACTION:
        return f"the action were {'one of ' if '*' in part.text else ''}{part.text}"
    if one.lack is Lack.PRINCIPAL:
        return f"it came from {part.text}"
    if one.lack is Lack.RESOURCE_NOT_GIVEN:
        return f"it were about {part.text}"
    if one.lack is Lack.OPERATION_LEVEL:
        return f"it were about {part.text}"
    changed = miss.request.resource.split(":", 5)
    places = {"service": 2, "region": 3, "account": 4, "name": 5}
    if len(one.segments) == 1 and one.segments != ("name",):
        (segment,) = one.segments
        return f"the {segment} were {changed[places[segment]]}"
    if one.segments == ("name",):
        wanted = part.text.split(":", 5)[5]
        return f"the resource were {'one of ' if '*' in wanted else ''}{wanted}"
    return f"the resource were {'one of ' if '*' in part.text else ''}{part.text}"


def _say_doubt(doubt: Unsure) -> str:
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
    if Doubt.PRINCIPAL in doubt.doubts:
        said.append("whether it speaks of who asks isn't known")
    if said:
        parts.append(f", but {join_words(said)}")
    return "".join(parts)


def _doubtful(doubt: Unsure) -> list[tuple[Place, str]]:
    """What of a statement to point at."""
    statement = doubt.statement.statement
    found: list[tuple[Place, str]] = [(Place(one.pointer), "left open") for one in doubt.open]
    found += [(Place(one.pointer), "undecided") for one in doubt.unclear]
    if Doubt.RESOURCE in doubt.doubts and statement.resources:
        found.append((statement.element("resource"), "may match"))
    if Doubt.PRINCIPAL in doubt.doubts and statement.principals:
        found.append((statement.element("principal"), "may be who asks"))
    return found or [(Place(statement.pointer), "may match")]
