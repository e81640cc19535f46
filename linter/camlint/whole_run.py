"""What comes of all policies of a run together, once every file was looked at."""

from collections.abc import Callable, Iterator
from functools import lru_cache

from camlint.engine import NOT_ANALYSED, Engine, FileResult
from camlint.finding import Finding, Related, Severity
from camlint.findings import RelatedRegion, locate_span
from camlint.gate import Raised
from camlint.hosts.search import HostedPolicy
from camlint.place import Part, Place
from camlint.run.run import Reading, Run
from camlint.run.signature import Signature, hash_meaning
from camlint.source import Lines, Source

MOST_READ = 16
"""Files whose policies are kept at hand while they are held against one another."""

Hosted = tuple[Source, list[HostedPolicy]]


class WholeRun:
    """Keeps a signature of each policy while files are looked at, and compares them at the end.

    ``read`` reads a file once more, by what reports call it; it raises OSError. ``engine_for`` is the
    engine of a file.
    """

    __slots__ = ("_engine_for", "_read", "_signatures")

    def __init__(self, read: Callable[[str], Source], engine_for: Callable[[str], Engine]) -> None:
        self._engine_for = engine_for
        self._signatures: list[Signature] = []
        self._read = lru_cache(MOST_READ)(self._open(read))

    def add(self, path: str, result: FileResult) -> None:
        """Keep what is needed of the policies of a file."""
        self._signatures.extend(one.kept(path) for one in result.signatures)

    def results(self) -> Iterator[tuple[str, FileResult]]:
        """What is to be said of each file beside what was, sorted by what they are called.

        Raises RuleFailure when a rule has a defect.
        """
        if len(self._signatures) < 2:
            return
        run = Run(self._signatures, self._read_policy)
        by_file: dict[str, list[Raised]] = {}
        for engine in self._list_engines():
            raised = [*engine.compare(run)]
            raised += _tell_cut(engine, run)
            for one in raised:
                about = one.finding.policy
                if about is not None and self._engine_for(about.path) is engine:
                    by_file.setdefault(about.path, []).append(one)
        for path in sorted(by_file):
            found = self._read(path)
            if found is not None:
                source, hosted = found
                yield path, self._engine_for(path).tell(source, hosted, by_file[path], self._find)

    def _list_engines(self) -> list[Engine]:
        """The engines of the files with signatures, each once, in the order of the files."""
        engines = [self._engine_for(one.path) for one in self._signatures]
        return list({id(engine): engine for engine in engines}.values())

    def _open(self, read: Callable[[str], Source]) -> Callable[[str], Hosted | None]:
        def reread(path: str) -> Hosted | None:
            """A file with its policies, None where it is gone or isn't what it was."""
            try:
                source = read(path)
            except OSError:
                return None
            hosted = self._engine_for(path).read_again(source)
            return (source, hosted) if hosted else None

        return reread

    def _read_policy(self, signature: Signature) -> Reading | None:
        found = self._read(signature.path)
        if found is None or signature.home >= len(found[1]):
            return None
        host = found[1][signature.home]
        if host.value is None:
            return None
        reading = self._engine_for(signature.path).read_policy(host)
        return reading if hash_meaning(reading.policy) == signature.meaning else None

    def _find(self, related: Related) -> RelatedRegion:
        """A place in another file, or in another policy of the same one."""
        signature = related.policy
        found = None if signature is None else self._read(signature.path)
        if signature is None or found is None:
            raise LookupError("a place of a policy that isn't part of the run")
        source, hosted = found
        host = hosted[signature.home]
        span = host.document.locate(related.at.below(host.pointer))
        return RelatedRegion(
            locate_span(span, Lines(source.text)),
            related.label,
            related.at.pointer,
            source,
            signature.address,
        )


def _tell_cut(engine: Engine, run: Run) -> list[Raised]:
    """That some policies were not held against all others, told once, at the first of them."""
    entry = engine.raises(NOT_ANALYSED)
    if entry is None or not run.cut:
        return []
    first, others = run.cut[0], len(run.cut) - 1
    whose = f"this policy and {others} more were" if others else "this policy was"
    finding = Finding(
        f"{whose} not held against every policy of the run that may grant as much, since too many may",
        Place((), part=Part.OPENING),
        help="check fewer files at once to have them compared",
        severity=Severity.NOTE,
        policy=first,
    )
    return [Raised(entry, finding, first.home)]
