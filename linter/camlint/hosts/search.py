"""Every policy in a JSON file: the file itself, one of several, or one in a parameter's text."""

from camlint.hosts.kind import infer_kind, kind_from_host, limit_from_host
from camlint.hosts.name import name_from_host, stem_of
from camlint.hosts.recognition import (
    FOREIGN,
    OTHER,
    POLICY,
    STATEMENT,
    Recognised,
    looks_like_policy,
    may_hold_policy,
    recognise,
)
from camlint.kinds import IDENTITY, Kind
from camlint.place import Pointer, render_pointer
from camlint.syntax.document import Document, embed

MAX_EMBEDDING = 3
"""How many texts inside texts are opened; no API nests a policy deeper than two."""

DOCUMENT_KEYS = frozenset(
    {
        "PolicyDocument",
        "policyDocument",
        "policy_document",
        "CustomPolicyDocument",
        "NewCustomPolicyDocument",
        "RolePolicyDocument",
        "Policy",
        "policy",
        "Content",
        "Document",
    }
)
"""Parameters whose text is a policy even when it is too broken to be JSON.

Source: https://cloud.tencent.com/document/product/598/35596 and the API's request parameters.
"""


class HostedPolicy:
    """A policy and where it lives.

    ``document`` is the text that holds it, ``pointer`` leads from that document's root to it, and
    ``value`` is its plain object; ``value`` is None when the text is not JSON, and the document's
    slips say why. ``address`` is the place of the policy in the file (``""`` when the file is the
    policy). ``bare`` marks a lone statement.
    """

    __slots__ = ("address", "bare", "document", "kind", "kind_known", "pointer", "value")

    def __init__(
        self,
        document: Document,
        pointer: Pointer,
        value: dict[str, object] | None,
        address: str,
        kind: Kind,
        kind_known: bool,
        bare: bool = False,
    ) -> None:
        self.document = document
        self.pointer = pointer
        self.value = value
        self.address = address
        self.kind = kind
        self.kind_known = kind_known
        self.bare = bare

    @property
    def limit(self) -> int:
        """The most characters that the parameter with the policy takes, 0 where CAM's limit holds."""
        return limit_from_host(self.document.pointer)

    @property
    def name(self) -> str:
        """What the policy is called by what holds it, by its file where it fills that, else ``""``."""
        document, pointer = self.document, self.pointer
        if not pointer:
            if document.outer is None:
                return stem_of(document.source.path)
            document, pointer = document.outer, document.pointer
        return name_from_host(document.value, pointer)


def find_policies(document: Document, kind: Kind | None = None) -> list[HostedPolicy]:
    """The policies of a document, in their order; ``kind`` is what the user said they all are."""
    if document.slips or document.refusal:
        return _find_broken(document, kind)
    value = document.value
    if type(value) is dict and recognise(value) is POLICY:
        known = kind is not None
        stated = kind or infer_kind(value)
        return [HostedPolicy(document, (), value, "", stated, known)]
    found: list[HostedPolicy] = []
    _Search(found, kind).walk(document, "", None, 0)
    return found


def enclosing(host: HostedPolicy) -> list[HostedPolicy]:
    """The texts around the document of a policy, outermost first, as what findings live in."""
    around: list[HostedPolicy] = []
    here = host.document.outer
    while here is not None:
        address, up = "", here
        while up.outer is not None:
            address, up = render_pointer(up.pointer) + address, up.outer
        kind, known = host.kind, host.kind_known
        around.append(HostedPolicy(here, (), None, address, kind, known))
        here = here.outer
    return around[::-1]


def _find_broken(document: Document, kind: Kind | None) -> list[HostedPolicy]:
    """The policies of a text that isn't JSON; the text itself where none can be made out."""
    text = document.text
    certain = looks_like_policy(text)
    if not certain and not any(f'"{key}"' in text for key in DOCUMENT_KEYS):
        return []
    found: list[HostedPolicy] = []
    if document.readable:
        search = _Search(found, kind)
        search.walk(document, "", None, 0)
        if found or search.foreign:
            return found
    # In a string of a request, quotation marks are escaped or URL-encoded.
    if not certain and not looks_like_policy(text.replace('\\"', '"').replace("%22", '"')):
        return []
    stated = kind or IDENTITY
    return [HostedPolicy(document, (), None, "", stated, kind is not None)]


class _Search:
    """One pass over a document and the documents that its texts hold."""

    __slots__ = ("_foreign", "_found", "_stated")

    def __init__(self, found: list[HostedPolicy], stated: Kind | None) -> None:
        self._found = found
        self._stated = stated
        self._foreign: list[Pointer] = []

    @property
    def foreign(self) -> bool:
        """Whether a policy of another cloud was passed over."""
        return bool(self._foreign)

    def walk(self, document: Document, address: str, host: Kind | None, depth: int) -> None:
        stack: list[tuple[Pointer, object, object]] = [((), document.value, None)]
        while stack:
            pointer, value, parent = stack.pop()
            if type(value) is dict:
                what = recognise(value)
                if what is OTHER:
                    stack.extend(
                        ((*pointer, key), item, value)
                        for key, item in reversed(value.items())
                        if type(item) in (dict, list, str)
                    )
                elif what is FOREIGN:
                    self._foreign.append(pointer)
                else:
                    self._add(document, pointer, value, address, host, what)
            elif type(value) is list:
                stack.extend(
                    ((*pointer, index), value[index], value)
                    for index in range(len(value) - 1, -1, -1)
                    if type(value[index]) in (dict, list, str)
                )
            elif type(value) is str and depth < MAX_EMBEDDING and may_hold_policy(value):
                self._open(document, pointer, value, parent, address, depth)

    def _add(
        self,
        document: Document,
        pointer: Pointer,
        value: dict[str, object] | None,
        address: str,
        host: Kind | None,
        what: Recognised,
    ) -> None:
        known = self._stated or host
        inferred = IDENTITY if value is None else infer_kind(value)
        self._found.append(
            HostedPolicy(
                document,
                pointer,
                value,
                address + render_pointer(pointer),
                known or inferred,
                known is not None,
                bare=what is STATEMENT,
            )
        )

    def _open(
        self,
        document: Document,
        pointer: Pointer,
        text: str,
        parent: object,
        address: str,
        depth: int,
    ) -> None:
        """Look into a text that may itself be JSON, plain or URL-encoded."""
        head = text.lstrip()[:3].lower()
        percent = head in ("%7b", "%5b")
        if not percent and head[:1] not in ("{", "["):
            return
        inner = embed(document, pointer, percent=percent)
        host = kind_from_host(pointer, parent, percent=percent)
        where = address + render_pointer(pointer)
        if not inner.slips and not inner.refusal:
            self.walk(inner, where, host, depth + 1)
            return
        named = bool(pointer) and pointer[-1] in DOCUMENT_KEYS
        if not named or not looks_like_policy(inner.text):
            return
        before, passed = len(self._found), len(self._foreign)
        if inner.readable:
            self.walk(inner, where, host, depth + 1)
        if len(self._found) == before and len(self._foreign) == passed:
            self._add(inner, (), None, where, host, POLICY)
