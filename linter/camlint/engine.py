"""From a source to its diagnostics, one function a stage."""

from camlint.catalog.catalog import Catalog
from camlint.diagnoser import Diagnoser
from camlint.finding import Finding
from camlint.findings import Diagnostic
from camlint.gate import Gate, Raised
from camlint.hosts.recognition import may_hold_policy
from camlint.hosts.search import HostedPolicy, enclosing, find_policies
from camlint.kinds import Kind
from camlint.not_analysed import is_too_long, tell_given_up, tell_too_long
from camlint.place import Place
from camlint.policy.policy import Policy
from camlint.policy.read import read_policy
from camlint.registry import Entry, Registry
from camlint.rule import EITHER, ENGINE, Context
from camlint.selection import Selection
from camlint.settings import Settings
from camlint.source import MARKED, UNKNOWN, UTF8, Source
from camlint.syntax.document import read_document
from camlint.syntax.duplicate import Duplicate
from camlint.syntax.slips import Slip, SlipKind
from camlint.visitor import Visitor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.diagnoser import Find
    from camlint.run.bundle import Bundle
    from camlint.run.run import Reading, Run
    from camlint.run.signature import Signature

RUN = "Run"
"""What a rule visits that looks at all policies of the run at once."""

BUNDLE = "Bundle"
"""What a rule visits that looks at the policies of one principal together."""

NOT_ANALYSED = "CAM901"
UNREADABLE = "CAM904"
LONG = 3_600
"""Characters from which the length of a document is looked at: less than 90 % of any limit."""


class FileResult:
    """What came of one file: its diagnostics in order, and how many policies it holds.

    ``not_analysed`` counts those of the policies that were given up before their end. ``signatures``
    are what is kept of the others for rules on the whole run, where any is asked.
    """

    __slots__ = ("diagnostics", "not_analysed", "policies", "signatures")

    def __init__(
        self,
        diagnostics: tuple[Diagnostic, ...],
        policies: int,
        not_analysed: int,
        signatures: "tuple[Signature, ...]" = (),
    ) -> None:
        self.signatures = signatures
        self.diagnostics = diagnostics
        self.policies = policies
        self.not_analysed = not_analysed


NOTHING = FileResult((), 0, 0)


class Engine:
    """Lints sources with one selection and one set of settings.

    ``edits`` asks for what each fix does to the characters of the file; ``related`` says whether
    anybody asks for the related places and the steps of findings.
    """

    __slots__ = (
        "_by_type",
        "_catalog",
        "_diagnoser",
        "_gate",
        "_kind",
        "_raised_here",
        "_settings",
        "_visitors",
    )

    def __init__(
        self,
        registry: Registry,
        selection: Selection,
        settings: Settings,
        kind: Kind | None = None,
        *,
        edits: bool = False,
        related: bool = True,
    ) -> None:
        self._gate = Gate(registry, selection, settings)
        self._diagnoser = Diagnoser(self._gate, edits=edits, related=related)
        self._settings = settings
        self._kind = kind
        self._catalog = Catalog(settings.additions)
        by_type: dict[str, list[Entry]] = {}
        for entry in self._gate.entries:
            for visited in entry.visits.split(EITHER):
                by_type.setdefault(visited, []).append(entry)
        self._by_type = by_type
        self._raised_here = {entry.code: entry for entry in by_type.get(ENGINE, ())}
        self._visitors: dict[tuple[Kind, bool], Visitor] = {}

    @property
    def compares(self) -> bool:
        """Whether any rule looks at all policies of the run at once."""
        return RUN in self._by_type

    @property
    def combines(self) -> bool:
        """Whether any rule looks at the policies of one principal together."""
        return BUNDLE in self._by_type

    def lint(self, source: Source) -> FileResult:
        """The diagnostics of one source. Raises RuleFailure when a rule has a defect."""
        text = source.text
        if not may_hold_policy(text):
            return NOTHING
        document = read_document(source)
        hosted = find_policies(document, self._kind)
        if not hosted:
            return NOTHING
        raised: list[Raised] = []
        homes = hosted
        if source.encoding != UTF8:
            self._visit_encoding(source, hosted[0], raised)
        if document.slips or len(hosted) > 1 or hosted[0].document is not document:
            homes = self._visit_texts(hosted, raised)
        read: list[Policy | None] = []
        for home, host in enumerate(hosted):
            read.append(self._visit(host, home, raised))
        signatures: tuple[Signature, ...] = ()
        if RUN in self._by_type:
            signatures = _sign(source.path, hosted, read)
        diagnostics: tuple[Diagnostic, ...] = ()
        if raised:
            diagnostics = self._diagnoser.diagnose(source, homes, self._gate.admit(raised))
        return FileResult(diagnostics, len(hosted), read.count(None), signatures)

    def raises(self, code: str) -> Entry | None:
        """The rule with this code, of those that the engine raises itself, if it is selected."""
        return self._raised_here.get(code)

    def compare(self, run: "Run") -> list[Raised]:
        """What the rules on all policies at once say. Raises RuleFailure when one has a defect."""
        return self._visit_several(RUN, run)

    def combine(self, bundle: "Bundle") -> list[Raised]:
        """What the rules on bundles say of one. Raises RuleFailure when one has a defect."""
        return self._visit_several(BUNDLE, bundle)

    def _visit_several(self, visited: str, policies: "Run | Bundle") -> list[Raised]:
        context = Context(settings=self._settings, strict=self._gate.strict, catalog=self._catalog)
        visitor = Visitor(self._by_type, self._raised_here.get(NOT_ANALYSED), context)
        raised: list[Raised] = []
        visitor.visit_several(visited, policies, raised)
        return raised

    def read_again(self, source: Source) -> list[HostedPolicy]:
        """The policies of a file that was looked at before."""
        if not may_hold_policy(source.text):
            return []
        return find_policies(read_document(source), self._kind)

    def read_policy(self, host: HostedPolicy) -> "Reading":
        """A policy of such a file, with what is known beside it."""
        from camlint.run.run import Reading  # noqa: PLC0415 - few runs compare policies

        return Reading(_read(host), self._settings, self._catalog)

    def tell(
        self, source: Source, hosted: list[HostedPolicy], raised: list[Raised], find: "Find"
    ) -> FileResult:
        """The diagnostics about a file that came of several policies.

        ``find`` finds places in other policies.
        """
        admitted = self._gate.admit(raised)
        return FileResult(self._diagnoser.diagnose(source, hosted, admitted, find), 0, 0)

    def unreadable(self, source: Source, reason: str) -> FileResult:
        """The result for a file that could not be read; ``source`` has its path and no text."""
        entry = self._raised_here.get(UNREADABLE)
        if entry is None:
            return NOTHING
        finding = Finding(
            f"{source.path} can't be read: {reason}",
            Place(()),
            help="check the path and its permissions; nothing in it was analysed",
        )
        told = self._diagnoser.diagnose_unread(source, Raised(entry, finding, 0))
        return FileResult((told,), 0, 0)

    def _visitor(self, host: HostedPolicy) -> Visitor:
        """The visitor for policies of this kind, made the first time."""
        key = (host.kind, host.kind_known)
        visitor = self._visitors.get(key)
        if visitor is None:
            context = Context(
                host.kind,
                kind_known=host.kind_known,
                settings=self._settings,
                strict=self._gate.strict,
                catalog=self._catalog,
            )
            visitor = Visitor(self._by_type, self._raised_here.get(NOT_ANALYSED), context)
            self._visitors[key] = visitor
        return visitor

    def _visit_encoding(self, source: Source, host: HostedPolicy, raised: list[Raised]) -> None:
        """What the rules say of a file that isn't plain UTF-8."""
        kind, at, text = SlipKind.OTHER_ENCODING, 0, source.encoding
        if source.encoding == MARKED:
            kind = SlipKind.BYTE_ORDER_MARK
        elif source.encoding == UNKNOWN:
            kind, at, text = SlipKind.NO_TEXT, source.damaged_at, source.damage
        self._visitor(host).visit_slip(Slip(kind, at, at + 1, text), 0, raised)

    def _visit_texts(self, hosted: list[HostedPolicy], raised: list[Raised]) -> list[HostedPolicy]:
        """What the rules say of each text with policies in it, and of the texts around it.

        Returns the homes of findings: the policies, and behind them such texts.
        """
        homes = list(hosted)
        told: set[int] = set()
        for home, host in enumerate(hosted):
            for around in enclosing(host):
                if around.document.slips and id(around.document) not in told:
                    told.add(id(around.document))
                    homes.append(around)
                    self._visit_slips(around, len(homes) - 1, raised)
            if host.document.slips and id(host.document) not in told:
                told.add(id(host.document))
                self._visit_slips(host, home, raised)
        return homes

    def _visit_slips(self, host: HostedPolicy, home: int, raised: list[Raised]) -> None:
        """What the rules say of a text that isn't JSON: all of it that is mended, or what isn't."""
        document = host.document
        slips = document.slips if document.recovered is not None else document.slips[:1]
        visitor = self._visitor(host)
        for slip in slips:
            visitor.visit_slip(slip, home, raised)

    def _visit(self, host: HostedPolicy, home: int, raised: list[Raised]) -> Policy | None:
        """What the rules say of a policy; None when it could not be turned into values."""
        document = host.document
        if host.value is None or (len(document.text) >= LONG and is_too_long(host)):
            entry = self._raised_here.get(NOT_ANALYSED)
            if entry is not None:
                told = tell_given_up(host) if host.value is None else tell_too_long(host)
                raised.append(Raised(entry, told, home))
            return None
        policy = _read(host)
        duplicates = _list_duplicates(host) if document.duplicates else []
        self._visitor(host).visit(policy, duplicates, home, raised)
        return policy


def _list_duplicates(host: HostedPolicy) -> list[Duplicate]:
    """The keys that objects of a policy have twice."""
    depth = len(host.pointer)
    return [
        one.moved(one.pointer[depth:])
        for one in host.document.duplicates
        if one.pointer[:depth] == host.pointer
    ]


def _sign(
    path: str, hosted: list[HostedPolicy], policies: "list[Policy | None]"
) -> "tuple[Signature, ...]":
    """What is kept of the policies of a file; those that aren't quite JSON are left out."""
    from camlint.run.signature import sign  # noqa: PLC0415 - few runs compare policies

    return tuple(
        [
            sign(policy, path, home, host.address)
            for home, (host, policy) in enumerate(zip(hosted, policies, strict=True))
            if policy is not None and not host.document.slips
        ]
    )


def _read(host: HostedPolicy) -> Policy:
    """The typed view of a policy, with what is to be known of its length where that matters."""
    text = host.document.text
    if host.value is None:
        raise ValueError("there is nothing to read")
    if len(text) < LONG:
        return read_policy(
            host.value, host.kind, kind_known=host.kind_known, bare=host.bare, name=host.name
        )
    return read_policy(
        host.value,
        host.kind,
        kind_known=host.kind_known,
        bare=host.bare,
        name=host.name,
        limit=host.limit,
        long=True,
        size=0 if host.pointer else len(text.strip().encode("utf-8", "surrogatepass")),
    )
