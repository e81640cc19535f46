"""What policies say to one request, and which of their statements say it."""

from camlint.access.answer import Answer, Decision, Request, Verdict
from camlint.access.areas import read_point
from camlint.access.question import Question
from camlint.patterns import split_resource


def decide(question: Question, request: Request) -> Decision:
    """The verdict of the question's policies, pooled, on a request.

    Nothing is known of the circumstances, so a statement with a condition may match or not. Raises
    ValueError when the resource is neither ``"*"`` nor six segments.
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
    return Decision(
        Verdict.DEPENDS,
        list_bits(perhaps & (allows | denies)),
        Answer.UNDECIDED if granted else Answer.NO,
    )


def match_request(question: Question, request: Request) -> tuple[Question, int, int]:
    """The statements that surely match a request, and those that surely or perhaps do.

    The question comes back too: it is asked anew when the request holds one of its letters.
    """
    texts = (request.action, request.resource)
    if any(question.letters.clash(text) for text in texts):
        question = Question(
            question.policies,
            question.settings,
            question.catalog,
            probes=question.statements[question.probes.bit_length() - question.probes.bit_count() :]
            if question.probes
            else (),
            texts=texts,
        )
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
    sure = mask & matched[0] & named & question.certain
    return question, sure, mask & matched[1] & perhaps_named | question.unreadable


def list_bits(mask: int) -> tuple[int, ...]:
    """The numbers of the bits that are set."""
    return tuple(number for number in range(mask.bit_length()) if mask >> number & 1)
