"""One condition as a test of what a request has under its key."""

from camlint.access.answer import Answer
from camlint.access.letters import Letters
from camlint.access.value_tests import Parsed, ValueTest
from camlint.policy.elements import Condition, Scalar
from camlint.policy.operators import Operator

Sameness = tuple[str, str, frozenset[tuple[str, Scalar]]]
"""Operator, key and values with their types: conditions with equal ones hold for the same requests."""

Members = tuple[str, ...]
"""The values that a request has under a key, one for most keys; none where the key is absent."""


class Term:
    """A condition made comparable. ``hides`` holds its values, their unknown parts hidden.

    ``operator`` is None for one that CAM doesn't know, which is undecided for every request.
    ``every`` and ``some`` tell the qualifiers ``for_all_value`` and ``for_any_value``.
    """

    __slots__ = (
        "_value_test",
        "absent",
        "every",
        "hides",
        "key",
        "operator",
        "sameness",
        "some",
        "values",
    )

    def __init__(self, condition: Condition, letters: Letters) -> None:
        self.key = condition.key
        self.operator: Operator | None = condition.known
        self.sameness = same_as(condition)
        self.every = condition.qualifier == "for_all_value"
        self.some = condition.qualifier == "for_any_value"
        self.values = condition.values
        self.hides = tuple(
            [letters.hide(one) if isinstance(one, str) else one for one in condition.values]
        )
        self.absent = _answer(condition.when_absent)
        self._value_test: ValueTest | None = None
        if self.operator is not None and not self.null:
            self._value_test = ValueTest(self.operator, condition.values, letters)

    @property
    def null(self) -> bool:
        """Whether it only asks if the key is there."""
        return self.operator is not None and self.operator.family == "null"

    @property
    def plain(self) -> bool:
        """Whether it compares a value and has no qualifier, so that it is for keys of one value."""
        return not (self.some or self.every or self.null)

    def parse(self, text: str) -> Parsed | None:
        """A single value of the key as the operator sees it; None where it can't be read."""
        return text if self._value_test is None else self._value_test.parse(text)

    def one(self, parsed: Parsed | None) -> Answer:
        """Whether a single value of the key, as parsed, passes the test of the operator."""
        if self._value_test is not None:
            return self._value_test.judge(parsed)
        if self.operator is None or self.absent is Answer.UNDECIDED:
            return Answer.UNDECIDED
        return Answer.NO if self.absent is Answer.YES else Answer.YES

    def holds(self, members: Members) -> Answer:
        """Whether the condition holds for what a request has under the key."""
        if not members:
            return self.absent
        if self.operator is None:
            return Answer.UNDECIDED
        return self.combine([self.one(self.parse(text)) for text in members])

    def combine(self, answers: list[Answer]) -> Answer:
        """The same, from the answers for each of the values, of which there is at least one.

        Several values under an operator without a qualifier leave it undecided: no page says.
        """
        if self.null:
            return answers[0]
        if self.every or self.some:
            wins, loses = (Answer.NO, Answer.YES) if self.every else (Answer.YES, Answer.NO)
            if wins in answers:
                return wins
            return Answer.UNDECIDED if Answer.UNDECIDED in answers else loses
        return answers[0] if len(answers) == 1 else Answer.UNDECIDED


def same_as(condition: Condition) -> Sameness:
    """What two conditions must have in common to hold for the same requests."""
    return (
        condition.operator,
        condition.key,
        frozenset([(type(value).__name__, value) for value in condition.values]),
    )


def _answer(holds: bool | None) -> Answer:
    if holds is None:
        return Answer.UNDECIDED
    return Answer.YES if holds else Answer.NO
