"""The condition keys that CAM and its services document."""

from camlint.nearest import nearest

LONGEST = 200
"""Characters of a name that are looked at when it may be misspelt."""

_SEPARATORS = str.maketrans("", "", " \t_-")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class ConditionKey:
    """A key. ``name`` ends in ``/*`` for a family such as ``qcs:resource_tag/<key>``.

    ``type`` is ``string``, ``numeric``, ``date``, ``bool``, ``ip`` or ``any`` (documented with two).
    ``multivalued`` says that a request may hold several values of it. ``actions`` are the only
    actions that supply it (``cos:GetObject``), ``cos_actions`` the only ones of COS; None where no
    document limits them. ``sent_as`` is ``header``, ``query`` or ``tags`` for what the caller sends
    and may leave out, else None. ``url_encoded``: the policy must hold the value URL-encoded.
    ``superseded_by`` names the key to use instead. ``source`` is the page, None where only examples
    show it.
    """

    __slots__ = (
        "actions",
        "cos_actions",
        "derived",
        "multivalued",
        "name",
        "sent_as",
        "source",
        "superseded_by",
        "type",
        "url_encoded",
    )

    def __init__(self, name: str, row: "dict[str, Any]") -> None:
        self.name = name
        self.type: str = row["type"]
        self.multivalued: bool = row.get("set", False)
        self.derived: bool = "derived" in row
        actions = row.get("actions")
        self.actions: frozenset[str] | None = None if actions is None else frozenset(actions)
        of_cos = row.get("cos_actions", actions)
        self.cos_actions: frozenset[str] | None = None if of_cos is None else frozenset(of_cos)
        self.sent_as: str | None = row.get("sent_as")
        self.url_encoded: bool = row.get("url_encoded", False)
        self.superseded_by: str | None = row.get("superseded_by")
        self.source: str | None = row.get("source")

    def supplied_by(self, action: str) -> bool | None:
        """Whether an action, ``cos:GetObject``, supplies the key; None where no document says."""
        carriers = self.carriers(action.partition(":")[0])
        return None if carriers is None else action in carriers

    def carriers(self, prefix: str) -> frozenset[str] | None:
        """The only actions that supply the key, for one of a service; None where no document says."""
        return self.cos_actions if prefix == "cos" else self.actions


class NearKey:
    """The key that a misspelt one was meant to be, by its whole name, ``qcs:resource_tag/env``.

    ``cased`` says that only case differs, ``sure`` that nothing else is likely to be meant.
    """

    __slots__ = ("cased", "name", "sure")

    def __init__(self, name: str, *, cased: bool, sure: bool) -> None:
        self.name = name
        self.cased = cased
        self.sure = sure


class ForeignKey:
    """Another cloud's key; ``key`` is the one that does its work here, None where there is none."""

    __slots__ = ("cloud", "key", "name")

    def __init__(self, name: str, cloud: str, key: str | None) -> None:
        self.name = name
        self.cloud = cloud
        self.key = key


class ConditionKeys:
    """Look-ups by the name of a key; CAM compares names case-sensitively."""

    __slots__ = (
        "_clouds",
        "_foreign",
        "_foreign_lower",
        "_rows",
        "_squashed",
        "_words",
        "names",
    )

    def __init__(self, table: "dict[str, Any]") -> None:
        self._rows: dict[str, dict[str, Any]] = table["keys"]
        self.names: tuple[str, ...] = tuple(self._rows)
        self._foreign: dict[str, str | None] = table["foreign"]
        self._foreign_lower = {name.lower(): name for name in self._foreign}
        self._clouds: dict[str, str] = table["foreign_clouds"]
        heads = dict.fromkeys(name.removesuffix("/*") for name in self.names)
        self._squashed = {_squash(head): head for head in heads}
        self._words: dict[str, list[str]] = {}
        for squashed in self._squashed:
            prefix, _, word = squashed.rpartition(":")
            if prefix:
                self._words.setdefault(prefix, []).append(word)

    def find(self, name: str) -> ConditionKey | None:
        """The key of exactly this name, or its family: ``qcs:resource_tag/env``."""
        if name not in self._rows:
            name = _family(name)
        row = self._rows.get(name)
        return None if row is None else ConditionKey(name, row)

    def find_any_case(self, name: str) -> ConditionKey | None:
        """The key of this name in whatever case."""
        lower = name.lower()
        for known in (lower, _family(lower)):
            for candidate, row in self._rows.items():
                if candidate.lower() == known:
                    return ConditionKey(candidate, row)
        return None

    def find_near(self, name: str) -> NearKey | None:
        """The key that a name nobody knows was meant to be: ``qcs: ip``, ``qcs:currentTime``.

        Keys of one service are compared with one another only; a name without a service is also
        taken for one of CAM's own.
        """
        head, slash, _ = name[:LONGEST].partition("/")
        spelt = _squash(head)
        if ":" not in spelt and f"qcs:{spelt}" in self._squashed:
            spelt = f"qcs:{spelt}"
        known = self._squashed.get(spelt)
        sure = known is not None
        if known is None:
            prefix, _, word = spelt.rpartition(":")
            near = nearest(word, self._words.get(prefix, ()), 2 if len(word) > 5 else 1)
            if near is None:
                return None
            known = self._squashed[f"{prefix}:{near}"]
            sure = len(word) > 5
        row = self._rows.get(known)
        if row is not None and "superseded_by" in row:
            return None
        if slash:
            return (
                NearKey(f"{known}/{name.partition('/')[2]}", cased=head.lower() == known, sure=sure)
                if f"{known}/*" in self._rows
                else None
            )
        if row is None:
            return None
        return NearKey(known, cased=name.lower() == known, sure=sure)

    def foreign(self, name: str) -> ForeignKey | None:
        """What another cloud's key is: ``aws:SourceIp``. AWS's are the same in every case.

        AWS puts the domain of the issuer before the claims of a token, where CAM has ``oidc``.
        """
        issuer, _, claim = name[:LONGEST].rpartition(":")
        if "." in issuer and claim in ("aud", "iss", "sub"):
            return ForeignKey(name, "AWS", f"oidc:{claim}")
        cloud = self._clouds.get(name.partition(":")[0].lower()) if ":" in name else None
        if cloud is None:
            return None
        lower = name.lower()
        known = self._foreign_lower.get(lower) or self._foreign_lower.get(_family(lower))
        return ForeignKey(name, cloud, self._foreign[known] if known else None)


def _squash(name: str) -> str:
    """A name in small letters without blanks, hyphens and underscores."""
    return name.lower().translate(_SEPARATORS)


def _family(name: str) -> str:
    head, slash, _ = name.partition("/")
    return f"{head}/*" if slash else name
