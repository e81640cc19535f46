"""The condition keys that a request lacks although statements that speak of it ask for them."""

from camlint.access.answer import Request
from camlint.access.decide import list_bits, match_request
from camlint.access.derived import DERIVED
from camlint.access.question import Question


def find_absent(question: Question, request: Request) -> tuple[str, ...]:
    """The keys on which statements for the action and resource of a request have conditions.

    Those that the request has, or that follow from its action, are left out.
    """
    anyhow = Request(request.action, request.resource, request.principal)
    asked, _, perhaps = match_request(question, anyhow)
    keys = {
        condition.key
        for index in list_bits(perhaps & asked.conditional & ~asked.probes)
        for condition in asked.statements[index].conditions
    }
    return tuple(sorted(keys.difference(request.context or {}, DERIVED)))
