"""What comes of several policies together, once every file was looked at: of all, and of bundles."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from camlint.bundle_files import FoundBundle
from camlint.bundle_run import Hosted, find_gap, read_bundle
from camlint.engine import NOT_ANALYSED, Engine, FileResult
from camlint.finding import Finding, Severity
from camlint.findings import Elsewhere, Region
from camlint.gate import Raised
from camlint.hosts.search import HostedPolicy
from camlint.place import Part, Place
from camlint.policy.policy import Policy
from camlint.run.run import Reading, Run
from camlint.run.signature import Signature, hash_meaning
from camlint.source import Lines, Source

MOST_READ = 16
"""Files whose policies are kept at hand while they are held against one another."""


class WholeRun:
    """Keeps a signature of each policy while files are looked at, and compares them at the end.

    ``read`` reads a file once more, by what reports call it; it raises OSError. ``engine_for`` is the
    engine of a file. ``bundles`` are those with a file in the run: their other files are read, too.
    """

    __slots__ = ("_bundles", "_engine_for", "_read", "_signatures")

    def __init__(
        self,
        read: Callable[[str], Source],
        engine_for: Callable[[str], Engine],
        bundles: Sequence[FoundBundle] = (),
    ) -> None:
        self._bundles = bundles
        self._engine_for = engine_for
        self._signatures: list[Signature] = []
        self._read = lru_cache(MOST_READ)(self._open(read))

    def add(self, path: str, result: FileResult) -> None:
        """Keep what is needed of the policies of a file."""
        self._signatures.extend(one.kept(path) for one in result.signatures)

    def results(self) -> Iterator[tuple[str, FileResult]]:
        """What is to be said of each file beside what was, sorted by what they are called.

        Raises RuleFailure when a rule has a defect, and BundleError when a bundle can't be read.
        """
        by_file: dict[str, list[Raised]] = {}
        for engine, raised in (*self._compare(), *self._combine()):
            for one in raised:
                about = one.finding.policy
                if about is not None and self._engine_for(about.path) is engine:
                    by_file.setdefault(about.path, []).append(one)
        for path in sorted(by_file):
            found = self._read(path)
            if found is not None:
                source, hosted = found
                yield path, self._engine_for(path).tell(source, hosted, by_file[path], self._find)

    def _compare(self) -> Iterator[tuple[Engine, list[Raised]]]:
        """What the engine of each file says of the whole run."""
        if len(self._signatures) < 2:
            return
        run = Run(self._signatures, self._read_policy)
        for engine in self._list_engines(self._signatures):
            yield engine, [*engine.compare(run), *_tell_cut(engine, run)]

    def _combine(self) -> Iterator[tuple[Engine, list[Raised]]]:
        """What the engine of each file of a bundle says of that."""
        for found in self._bundles:
            if not any(self._engine_for(one.path).combines for one in found.files):
                continue
            read = read_bundle(found, self._read, self._read_hosted)
            bundle = read.bundle
            gap = find_gap(read)
            for engine in self._list_engines([one.signature for one in bundle.members]):
                if gap is not None:
                    yield engine, _tell(engine, *gap)
                elif len(bundle.members) > 1:
                    yield engine, engine.combine(bundle)

    def _list_engines(self, signatures: Sequence[Signature]) -> list[Engine]:
        """The engines of the files with signatures, each once, in the order of the files."""
        engines = [self._engine_for(one.path) for one in signatures]
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

    def _read_hosted(self, path: str, host: HostedPolicy) -> Policy:
        return self._engine_for(path).read_policy(host).policy

    def _read_policy(self, signature: Signature) -> Reading | None:
        found = self._read(signature.path)
        if found is None or signature.home >= len(found[1]):
            return None
        host = found[1][signature.home]
        if host.value is None:
            return None
        reading = self._engine_for(signature.path).read_policy(host)
        return reading if hash_meaning(reading.policy) == signature.meaning else None

    def _find(self, signature: Signature, at: Place) -> Elsewhere:
        """A place in another file, or in another policy of the same one."""
        found = self._read(signature.path)
        if found is None:
            raise LookupError("a place of a policy that isn't part of the run")
        source, hosted = found
        host = hosted[signature.home]
        span = host.document.locate(at.below(host.pointer))
        return Elsewhere(Region(span, Lines(source.text)), source, signature.address)


def _tell_cut(engine: Engine, run: Run) -> list[Raised]:
    """That some policies were not held against all others, told once, at the first of them."""
    if not run.cut:
        return []
    first, others = run.cut[0], len(run.cut) - 1
    whose = f"this policy and {others} more were" if others else "this policy was"
    what = f"{whose} not held against every policy of the run that may grant as much, since too many may"
    return _tell(engine, first, what, "check fewer files at once to have them compared")


def _tell(engine: Engine, about: Signature, what: str, way_out: str) -> list[Raised]:
    """What was not looked at, told at a policy."""
    entry = engine.raises(NOT_ANALYSED)
    if entry is None:
        return []
    finding = Finding(
        what,
        Place((), part=Part.OPENING),
        help=way_out,
        severity=Severity.NOTE,
        policy=about,
    )
    return [Raised(entry, finding, about.home)]
