"""What an unknown service or action was probably meant to be, and why."""

from camlint.catalog.index import Index
from camlint.catalog.service import Service
from camlint.catalog.verbs import verb_of

MOST_TITLED = 3
"""How many services may bear a word in their names before it is too common to point at any."""


class Suggestion:
    """``texts`` are what may be meant, nearest first; a fix needs exactly one.

    ``kind`` is ``case``, ``renamed``, ``foreign`` (another cloud's), ``plural`` or ``near``; ``reason`` is a clause for a message,
    without a stop at its end.
    """

    __slots__ = ("kind", "reason", "texts")

    def __init__(self, kind: str, texts: tuple[str, ...], reason: str) -> None:
        self.kind = kind
        self.texts = texts
        self.reason = reason

    def __repr__(self) -> str:
        return f"Suggestion({self.kind!r}, {self.texts!r}, {self.reason!r})"

    @property
    def only(self) -> str | None:
        """The one thing that may be meant, None where there are several."""
        return self.texts[0] if len(self.texts) == 1 else None


def suggest_service(prefix: str, index: Index) -> Suggestion | None:
    """What a prefix that isn't in the catalogue may stand for."""
    if prefix in index:
        return None
    lower = prefix.lower()
    if lower in index:
        return Suggestion("case", (lower,), f'prefixes are in lower case: "{lower}"')
    plain = lower.replace("-", "").replace("_", "")
    if plain in index.renamed:
        texts = tuple(index.renamed[plain])
        names = " or ".join(f'"{text}"' for text in texts)
        return Suggestion("renamed", texts, f"in CAM this product is {names}")
    if plain in index.foreign:
        cloud, ours = index.foreign[plain]
        return Suggestion("foreign", (ours,), f'that is a service of {cloud}; here it is "{ours}"')
    if plain != lower and plain in index:
        return Suggestion("near", (plain,), f'CAM spells it "{plain}"')
    titled = index.titled(plain)
    if 0 < len(titled) <= MOST_TITLED:
        reason = " and ".join(f'{entry.title} is "{entry.prefix}"' for entry in titled)
        return Suggestion("renamed", tuple(entry.prefix for entry in titled), f"in CAM {reason}")
    # Two slips of three letters leave nothing to go by.
    near = index.near(lower, 2 if len(lower) > 3 else 1)
    if not near:
        return None
    names = " or ".join(f'"{text}"' for text in near)
    return Suggestion("near", near, f"{names} is spelt nearly so")


def suggest_action(operation: str, service: Service, verbs: frozenset[str]) -> Suggestion | None:
    """What an operation that the service hasn't got may stand for; never one with another verb.

    ``verbs`` are the verbs of the whole catalogue: ``Restore`` isn't a slip of ``Restart``, whereas
    ``Descibe``, no verb anywhere, may be one of ``Describe``.
    """
    cased = service.find_any_case(operation)
    if cased is not None:
        if cased.name == operation:
            return None
        return Suggestion("case", (cased.name,), f'it is spelt "{cased.name}"')
    plurals = (operation + "s", operation + "es", operation.removesuffix("s"))
    alike = tuple(name for name in plurals if name in service)
    if alike:
        return Suggestion("plural", alike, f'{service.prefix} has "{alike[0]}"')
    verb = verb_of(operation)
    near = service.near(operation, verb if verb in verbs else "")
    if not near:
        return None
    names = " and ".join(f'"{name}"' for name in near[:2])
    return Suggestion("near", near, f"{service.prefix} has {names}")
