"""What a rule of one's own may ask of a value: one class for each word of ``then``."""

from camlint.access.intersections import globs_meet
from camlint.patterns import covers
from camlint.regular import Regular
from camlint.syntax.path import Found, Path
from camlint.wording import clip

LONGEST = 10_000
"""Characters that an expression is matched with; CAM takes 6,144 in a whole policy.

Source: https://cloud.tencent.com/document/product/598/10604
"""

MOST_SHOWN = 8
"""Words of a list that a message shows."""


class TextCheck:
    """A check of a text. ``wanted`` False turns it around."""

    __slots__ = ("wanted",)

    def __init__(self, *, wanted: bool = True) -> None:
        self.wanted = wanted

    def fails(self, text: str) -> bool:
        """Whether the text is not as it should be."""
        raise NotImplementedError

    def passes(self) -> str:
        """What doesn't fail, in words."""
        raise NotImplementedError

    def way_out(self) -> str:
        """What to do about a text that fails, as an order."""
        raise NotImplementedError


class Matches(TextCheck):
    """``matches``: the whole text matches one of the expressions; ``not-matches``: none of them.

    A text that is too long to be matched fails either way: nobody looked at it.
    """

    __slots__ = ("patterns",)

    def __init__(self, patterns: tuple[Regular, ...], *, wanted: bool = True) -> None:
        super().__init__(wanted=wanted)
        self.patterns = patterns

    def fails(self, text: str) -> bool:
        """Whether the text is not as it should be."""
        if len(text) > LONGEST:
            return True
        return any(pattern.matches(text) for pattern in self.patterns) != self.wanted

    def passes(self) -> str:
        """What doesn't fail, in words."""
        listed = _list([pattern.pattern for pattern in self.patterns], "or")
        verb = "matches" if self.wanted else "doesn't match"
        return f"a text that {verb} {listed}"

    def way_out(self) -> str:
        """What to do about a text that fails, as an order."""
        return f"write {self.passes()}"


class OneOf(TextCheck):
    """``one-of``: the text is among these; ``none-of``: it isn't."""

    __slots__ = ("_known", "texts")

    def __init__(self, texts: tuple[str, ...], *, wanted: bool = True) -> None:
        super().__init__(wanted=wanted)
        self.texts = texts
        self._known = frozenset(texts)

    def fails(self, text: str) -> bool:
        """Whether the text is not as it should be."""
        return (text in self._known) != self.wanted

    def passes(self) -> str:
        """What doesn't fail, in words."""
        return f"{'' if self.wanted else 'anything but '}{_list(self.texts, 'or')}"

    def way_out(self) -> str:
        """What to do about a text that fails, as an order."""
        return f"write {self.passes()}"


class Within(TextCheck):
    """``within``: all that the text, a glob, matches is matched by one of these globs.

    ``outside``: nothing that it matches is matched by any of them.
    """

    __slots__ = ("globs",)

    def __init__(self, globs: tuple[str, ...], *, wanted: bool = True) -> None:
        super().__init__(wanted=wanted)
        self.globs = globs

    def fails(self, text: str) -> bool:
        """Whether the text is not as it should be."""
        if self.wanted:
            return not any(covers(glob, text) for glob in self.globs)
        return any(globs_meet(glob, text) for glob in self.globs)

    def passes(self) -> str:
        """What doesn't fail, in words."""
        if self.wanted:
            return f"what lies within {_list(self.globs, 'or')}"
        return f"what has nothing in common with {_list(self.globs, 'or')}"

    def way_out(self) -> str:
        """What to do about a text that fails, as an order."""
        if self.wanted:
            return f"stay within {_list(self.globs, 'or')}"
        return f"leave out what {_list(self.globs, 'or')} matches"


class MaxLength(TextCheck):
    """``max-length``: the text has no more characters than this."""

    __slots__ = ("most",)

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def fails(self, text: str) -> bool:
        """Whether the text is not as it should be."""
        return len(text) > self.most

    def passes(self) -> str:
        """What doesn't fail, in words."""
        return f"{self.most:,} characters at most"

    def way_out(self) -> str:
        """What to do about a text that fails, as an order."""
        return f"write {self.passes()}"


class Present:
    """``present``: one of the paths, which start at the value, leads to something."""

    __slots__ = ("paths",)

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self.paths = paths

    def holds(self, value: object) -> bool:
        """Whether any of it is there."""
        return any(path.find(value) for path in self.paths)

    def way_out(self) -> str:
        """What to do about a value in which nothing of it is there, as an order."""
        return f"add {_list([show_relative(path) for path in self.paths], 'or')}"


class Absent:
    """``absent``: none of the paths leads anywhere; without paths, the value itself is too much."""

    __slots__ = ("paths",)

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self.paths = paths

    def found(self, value: object) -> Found:
        """What is there and shouldn't be, with the way to it from the value."""
        if not self.paths:
            return [((), value)]
        return [one for path in self.paths for one in path.find(value)]

    def way_out(self) -> str:
        """What to do about it, as an order."""
        listed = _list([show_relative(path) for path in self.paths], "and")
        return f"leave out {listed or 'this'}"


Check = TextCheck | Present | Absent


def show_relative(path: Path) -> str:
    """A path as it is written from the value on, without the ``$`` that stands for it."""
    return path.text.removeprefix("$").removeprefix(".")


def _list(words: "tuple[str, ...] | list[str]", last: str) -> str:
    """Words in a row as people list them, the first few of many; an empty one as quotes."""
    shown = [clip(word) or '""' for word in words[:MOST_SHOWN]]
    if len(words) > MOST_SHOWN:
        shown.append(f"{len(words) - MOST_SHOWN} more")
    return (
        f" {last} ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else "".join(shown)
    )
