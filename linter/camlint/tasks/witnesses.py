"""A request that all layers grant, among those that some patterns stand for."""

from itertools import product

from camlint.access.answer import UNKNOWN, Answer, Request, Unknown
from camlint.access.decide import list_bits
from camlint.access.find import find
from camlint.access.grants import grants
from camlint.access.question import Question
from camlint.patterns import split_action, split_resource
from camlint.policy.actions import Actions
from camlint.policy.elements import ActionPattern, ResourcePattern
from camlint.policy.statement import Statement
from camlint.tasks.decision import PlacedStatement
from camlint.tasks.subject import Subject

MOST_COMBINATIONS = 20_000
"""Choices of an allow from every layer that are looked at before the search is given up."""


def find_granted(
    subject: Subject, actions: tuple[str, ...], resources: tuple[str, ...]
) -> Request | Unknown | None:
    """A request for one of the actions on one of the resources that passes all layers.

    None is a proof that there is none. Raises ValueError for what is no pattern.
    """
    settings, catalog = subject.settings, subject.catalog
    if len(subject.layers) == 1:
        return grants(subject.policies, actions, resources, settings, catalog)
    policies = tuple(file.policy for layer in subject.layers for file in layer.policies)
    question = Question(policies, settings, catalog, probes=(_probe(actions, resources),))
    asked = len(question.statements) - 1
    choices: list[tuple[int, ...]] = []
    first = 0
    for layer in subject.layers:
        size = len(layer.statements)
        own = ((1 << size) - 1) << first
        choices.append(list_bits(own & ~question.denies))
        first += size
    unknown = question.loose
    for number, chosen in enumerate(product(*choices)):
        if number >= MOST_COMBINATIONS:
            return UNKNOWN
        found = find(question, (asked, *chosen), question.denies)
        if found is UNKNOWN:
            unknown = True
        elif found is not None:
            if subject.judge(found).allowed is Answer.YES:
                return found
            unknown = True
    return UNKNOWN if unknown else None


def find_doubtful(
    subject: Subject, actions: tuple[str, ...], resources: tuple[str, ...]
) -> tuple[PlacedStatement, ...]:
    """The statements of the policies of which it isn't known whether they allow any of that."""
    question = Question(
        subject.policies, subject.settings, subject.catalog, probes=(_probe(actions, resources),)
    )
    asked = len(question.statements) - 1
    return tuple(
        subject.own.statements[index]
        for index in list_bits(question.full & ~(question.denies | question.probes))
        if find(question, (asked, index), question.denies) is not None
    )


def _probe(actions: tuple[str, ...], resources: tuple[str, ...]) -> Statement:
    """A statement that only says what is asked about."""
    names = [(text, split_action(text)) for text in actions]
    areas = [(text, split_resource(text)) for text in resources]
    return Statement(
        (),
        {},
        {},
        "allow",
        Actions(tuple([ActionPattern(text, (), name) for text, name in names if name is not None])),
        tuple(ResourcePattern(text, (), None if text == "*" else six) for text, six in areas),
        (),
        (),
        (),
    )
