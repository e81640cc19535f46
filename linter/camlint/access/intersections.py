"""What globs share: whether two meet, and in which globs, within a bound."""

from camlint.patterns import covers, matcher

MOST_PARTS = 400
"""Globs that the intersection of two may be the union of before it is given up."""


class OutOfBudget(Exception):
    """A question cost more than its budget."""


def globs_meet(one: str, other: str) -> bool:
    """Whether some text matches both globs: exact, since ``*`` is the only wildcard."""
    if "*" not in one:
        return matcher(other)(one)
    if "*" not in other:
        return matcher(one)(other)
    head, tail = one[: one.index("*")], one[one.rindex("*") + 1 :]
    head2, tail2 = other[: other.index("*")], other[other.rindex("*") + 1 :]
    heads = head.startswith(head2) or head2.startswith(head)
    return heads and (tail.endswith(tail2) or tail2.endswith(tail))


def intersect(one: str, other: str) -> list[str]:
    """Globs that together match just the texts that both globs match.

    Built from the ends of both backwards, without recursion. Raises OutOfBudget where it takes
    more than MOST_PARTS globs (``*a*b*c*`` against ``*d*e*f*`` has many).
    """
    if not globs_meet(one, other):
        return []
    if covers(one, other):
        return [other]
    if covers(other, one):
        return [one]
    width = len(other)
    below: list[set[str]] = [set() for _ in range(width + 1)]
    for i in range(len(one), -1, -1):
        row: list[set[str]] = [set() for _ in range(width + 1)]
        for j in range(width, -1, -1):
            row[j] = _joined(one[i : i + 1], other[j : j + 1], below, row, j)
            if len(row[j]) > MOST_PARTS:
                raise OutOfBudget
        below = row
    return sorted({_squeeze(glob) for glob in below[0]})


def _joined(
    letter: str, letter2: str, below: list[set[str]], row: list[set[str]], j: int
) -> set[str]:
    """The intersection from two letters on, given those further on in either text."""
    if not letter and not letter2:
        return {""}
    if letter == "*" and letter2 == "*":
        return {"*" + rest for rest in below[j] | row[j + 1]}
    if letter == "*":
        return below[j] | ({letter2 + rest for rest in row[j + 1]} if letter2 else set())
    if letter2 == "*":
        return row[j + 1] | ({letter + rest for rest in below[j]} if letter else set())
    if letter == letter2:
        return {letter + rest for rest in below[j + 1]}
    return set()


def _squeeze(glob: str) -> str:
    while "**" in glob:
        glob = glob.replace("**", "*")
    return glob
