"""Who may ask, and which statements of a question speak of them."""

from camlint.access.answer import Answer
from camlint.access.principals import (
    People,
    find_askers,
    match_people,
    names_public,
    read_people,
)
from camlint.kinds import Kind
from camlint.policy.policy import Policy


class Askers:
    """The principals of the statements of policies, statement number i being bit i of a mask.

    ``names`` are all who may ask, empty where no policy speaks of anybody: it is then attached to
    whoever asks, and each statement speaks of them. ``unclear`` are the statements of which it
    can't be told whom they speak of. ``probes`` are statements, after those of the policies, that
    speak of everybody.
    """

    __slots__ = ("_effects", "_people", "_probes", "names", "unclear")

    def __init__(self, policies: tuple[Policy, ...], probes: int) -> None:
        people: list[People] = []
        effects: list[str | None] = []
        unclear = 0
        for policy in policies:
            if _unclear(policy):
                unclear |= ((1 << len(policy.statements)) - 1) << len(people)
            common = read_people(policy.principals) if policy.principals else frozenset[str]()
            for one in policy.statements:
                people.append(read_people(one.principals) if one.principals else common)
                effects.append(one.effect)
        self._people = people
        self._effects = effects
        self._probes = probes
        self.unclear = unclear
        self.names = find_askers(people) if any(people) else ()

    def match(self, asker: str | None) -> tuple[int, int]:
        """The statements that surely speak of who asks, and those that surely or perhaps do."""
        sure = perhaps = self._probes
        for number, people in enumerate(self._people):
            answer = Answer.UNDECIDED
            if not self.names:
                answer = Answer.YES
            elif people and asker is not None:
                answer = match_people(self._effects[number], people, asker)
            if answer is Answer.YES:
                sure |= 1 << number
            if answer is not Answer.NO:
                perhaps |= 1 << number
        return sure, perhaps

    def same_as(self, index: int) -> int:
        """The statements that speak of the very same people in the very same way as one."""
        if index >= len(self._people) or not self._people[index]:
            return 0
        people = self._people[index]
        public = names_public(people)
        mask = 0
        for number, others in enumerate(self._people):
            same_effect = self._effects[number] == self._effects[index] is not None
            if others == people and (same_effect or not public):
                mask |= 1 << number
        return mask


def _unclear(policy: Policy) -> bool:
    """Whether it isn't known whom the statements of a policy speak of."""
    if any(fault.element == "principal" and fault.statement is None for fault in policy.malformed):
        return True
    if policy.principals:
        return any(one.principals for one in policy.statements)
    if policy.kind not in (Kind.BUCKET, Kind.TRUST):
        return False
    return not all(one.principals for one in policy.statements)
