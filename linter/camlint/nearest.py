"""Which known word a misspelt one was meant to be."""

from collections.abc import Iterable


def distance(one: str, other: str, limit: int = 2) -> int:
    """How many letters must be added, dropped, replaced or swapped with their neighbour.

    Counts only as far as ``limit``: anything beyond is ``limit + 1``.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    # What both begin and end with costs nothing, and mostly little is left without it.
    start, end = 0, min(len(one), len(other))
    while start < end and one[start] == other[start]:
        start += 1
    tail = 0
    while tail < end - start and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    one, other = one[start : len(one) - tail], other[start : len(other) - tail]
    if not one or not other:
        return min(len(one) + len(other), limit + 1)
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def nearest(word: str, known: Iterable[str], limit: int = 2) -> str | None:
    """The known word at the smallest distance from ``word``, the first of equals.

    Two slips are believed only of words that begin alike: ``source`` isn't ``resource``. None when
    nothing is near enough.
    """
    best: str | None = None
    least = limit + 1
    for candidate in known:
        found = distance(word, candidate, limit)
        if found < least and (found < 2 or word[:1] == candidate[:1]):
            best, least = candidate, found
    return best


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a message about a word that nobody knows: ``; did you mean "x"?``, or nothing."""
    found = nearest(word, known)
    return f'; did you mean "{found}"?' if found else ""
