"""Why a file holds no policy, for those who expected one in it."""

from camlint.hosts.recognition import Recognised, may_hold_policy, recognise
from camlint.source import Source
from camlint.syntax.document import read_document


def explain_absence(source: Source) -> str:
    """A few words on what the file is instead, in which nothing was recognised."""
    if not source.text.strip():
        return "it is empty"
    if source.damage:
        return source.damage
    if not may_hold_policy(source.text):
        return "nothing in it has the elements of one"
    document = read_document(source)
    if document.refusal:
        return document.refusal
    if document.slips:
        return 'it is not JSON, and nothing in it reads like "statement" and "effect" or qcs::'
    if _holds_foreign(document.value):
        return "what it holds is a policy of another cloud"
    return "no object in it has the elements of one"


def _holds_foreign(value: object) -> bool:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            if recognise(item) is Recognised.FOREIGN:
                return True
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
    return False
