"""What becomes of a text that is to be laid out: the text laid out, or why it is left as it is."""

from camlint.hosts.recognition import may_hold_policy
from camlint.hosts.search import find_policies
from camlint.place import Place
from camlint.source import Lines, Source
from camlint.syntax.document import Document, read_document
from camlint.tasks.layout import UnfitError, is_whole_policy, lay_out
from camlint.tasks.layout_proof import says_the_same
from camlint.wording import quote


class Verdict:
    """What becomes of one text: ``text`` is the text laid out, None where it is left as it is.

    ``reason`` says why a policy is left, ``""`` where the text holds none, and ``unfit`` that
    somebody must mend it first.
    """

    __slots__ = ("reason", "text", "unfit")

    def __init__(self, text: str | None, reason: str = "", *, unfit: bool = False) -> None:
        self.text = text
        self.reason = reason
        self.unfit = unfit


def judge(source: Source) -> Verdict:
    """The text of a whole policy laid out, or why a text is left as it is.

    Raises AssertionError when the meaning would have changed, which is a defect.
    """
    if not may_hold_policy(source.text):
        return Verdict(None)
    document = read_document(source)
    hosted = find_policies(document)
    if not hosted:
        return Verdict(None)
    if document.slips or document.refusal:
        return Verdict(None, _explain_unreadable(document), unfit=True)
    if not is_whole_policy(document):
        return Verdict(
            None,
            f"its policy at {hosted[0].address} is a part of something else, and only files that "
            "are policies are laid out",
        )
    if document.duplicates:
        return Verdict(None, _explain_repeated(document), unfit=True)
    try:
        text = lay_out(document)
    except UnfitError as error:
        return Verdict(None, str(error), unfit=True)
    if not says_the_same(source.text, text):
        raise AssertionError("the policy would have meant something else")
    return Verdict(text)


def _explain_unreadable(document: Document) -> str:
    """Why nothing is known of a text, and what mends that where it is known."""
    if document.refusal:
        return document.refusal
    slip = document.slips[0]
    position = Lines(document.text, look_ups=1).position(slip.start)
    known = document.recovered is not None
    return (
        f"it is not JSON (line {position.line}, column {position.column}: {slip.kind.value}); "
        f"camlint {'fix --repair mends it' if known else 'check shows what to mend'}"
    )


def _explain_repeated(document: Document) -> str:
    """Which key stands more than once in an object, and why that is in the way."""
    repeated = document.duplicates[0]
    span = document.locate(Place((*repeated.pointer, repeated.key)))
    line = Lines(document.text, look_ups=1).position(span.start).line
    times = "twice" if repeated.count == 2 else f"{repeated.count} times"
    return (
        f"an object has the key {quote(repeated.key)} {times} (the last on line {line}), and "
        "readers differ in which one counts; remove all but one"
    )
