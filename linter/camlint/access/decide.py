"""What policies say to one request, and which of their statements say it."""

from camlint.access.answer import Answer, Decision, Request, Verdict
from camlint.access.areas import read_point
from camlint.access.derived import derive
from camlint.access.question import Question
from camlint.patterns import split_resource
from camlint.policy.statement import Statement


def decide(question: Question, request: Request) -> Decision:
    """The verdict of the question's policies, pooled, on a request.

    Where nothing is known of the circumstances, a statement with a condition may match or not.
    Raises ValueError when the resource is neither ``"*"`` nor six segments.
    """
    question, sure, perhaps = match_request(question, request)
    effectless = question.full & ~(question.allows | question.denies | question.probes)
    denies, allows = question.denies | effectless, question.allows | effectless
    if sure & question.denies:
        return Decision(Verdict.EXPLICIT_DENY, list_bits(sure & question.denies), Answer.NO)
    if not perhaps & denies and not question.loose:
        if sure & question.allows:
            return Decision(Verdict.ALLOW, list_bits(sure & question.allows), Answer.YES)
        if not perhaps & allows:
            return Decision(Verdict.IMPLICIT_DENY, (), Answer.NO)
    granted = perhaps & allows or question.loose
    by = perhaps & (allows | denies)
    return Decision(
        Verdict.DEPENDS,
        list_bits(by),
        Answer.UNDECIDED if granted else Answer.NO,
        _name_keys(question, request, by & ~sure),
    )


def match_request(question: Question, request: Request) -> tuple[Question, int, int]:
    """The statements that surely match a request, and those that surely or perhaps do.

    The question comes back too: it is asked anew when the request holds one of its letters.
    """
    question = _refresh(question, request)
    action = request.action.removeprefix("name/")
    mask = question.match_action(action)
    if request.resource == "*":
        service = action.partition(":")[0]
        matched = question.match_nothing_named(service, frozenset())
    else:
        six = split_resource(request.resource)
        if six is None:
            raise ValueError(f'a resource is "*" or has six segments, not {request.resource!r}')
        matched = question.match_point(
            read_point(request.resource, six, question.owner, question.catalog)
        )
    named, perhaps_named = question.askers.match(request.principal)
    sure = mask & matched[0] & named & question.definite
    perhaps = mask & matched[1] & perhaps_named
    for index in list_bits(perhaps & question.conditional):
        truth, _ = _judge(question, request, index)
        if truth is not Answer.YES:
            sure &= ~(1 << index)
        if truth is Answer.NO:
            perhaps &= ~(1 << index)
    return question, sure, perhaps | question.unreadable


def _judge(question: Question, request: Request, index: int) -> tuple[Answer, tuple[str, ...]]:
    """Whether the conditions of a statement hold for a request, and the keys that leave it open."""
    if request.context is None:
        keys = {condition.key for condition in question.statements[index].conditions}
        return Answer.UNDECIDED, tuple(sorted(keys))
    service, _, operation = request.action.removeprefix("name/").partition(":")
    return question.contexts.truth(
        index, request.context, request.unknown, derive(service, operation)
    )


def _name_keys(question: Question, request: Request, mask: int) -> tuple[str, ...]:
    """The condition keys that leave statements open, those that can't be read aside."""
    found: set[str] = set()
    for index in list_bits(mask & question.conditional & question.definite):
        found.update(_judge(question, request, index)[1])
    return tuple(sorted(found))


def _refresh(question: Question, request: Request) -> Question:
    """The same question with letters that don't occur in the request."""
    context = request.context or {}
    texts = (
        request.action,
        request.resource,
        *(text for members in context.values() for text in members),
    )
    if not any(question.letters.clash(text) for text in texts):
        return question
    probes: tuple[Statement, ...] = ()
    if question.probes:
        first = question.probes.bit_length() - question.probes.bit_count()
        probes = question.statements[first:]
    return Question(
        question.policies, question.settings, question.catalog, probes=probes, texts=texts
    )


def list_bits(mask: int) -> tuple[int, ...]:
    """The numbers of the bits that are set."""
    return tuple(number for number in range(mask.bit_length()) if mask >> number & 1)
