"""``camlint test-rules``: hold the laws that every rule keeps against the rules of a pack."""

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from textwrap import indent

from camlint.cli.failure import Failure
from camlint.cli.parser import Parser
from camlint.cli.sinks import StandardOutput
from camlint.laws import LAWS, Law
from camlint.packs import Pack, add_packs, read_pack, read_package
from camlint.registry import BUILT_IN, BUILT_IN_NAME, Entry, PackError, Registry, load_registry
from camlint.report.terminal import escape
from camlint.version import VERSION

DESCRIPTION = """\
Hold the laws that every rule keeps against the rules of a pack: that its bad
examples are found at their marks, its good ones not, that layout changes
nothing, that fixes mend, and more. PACK is the name of an installed pack,
camlint for the built-in rules, or the folder of a package (./acme_rules),
whose code is run."""

EPILOG = """\
exit code: 0 all laws are kept; 1 a law is broken; 2 there is no such pack, or
it can't be used"""


def run(arguments: list[str]) -> int:
    """Test the pack that the arguments name and return the exit code. Raises Failure."""
    parser = Parser("test-rules", "PACK [options]", DESCRIPTION, EPILOG)
    parser.add_argument("-q", "--quiet", action="store_true", help="show broken laws only")
    given, words = parser.read(arguments)
    if len(words) != 1:
        parser.error("name one pack, such as camlint test-rules acme")
    try:
        registry, pack = _find(words[0])
    except PackError as error:
        raise Failure(str(error)) from error
    out = StandardOutput()
    kept = broken = 0
    for entry in pack.entries:
        for law in LAWS:
            violations = list(_hold(registry, entry, law))
            title = f"{entry.code} {entry.name}: {law.__name__.replace('_', ' ')}"
            kept += not violations
            broken += bool(violations)
            if violations:
                out.write(f"FAIL  {title}\n")
                out.write("".join(f"{indent(_show(one), ' ' * 8)}\n" for one in violations))
            elif not given.quiet:
                out.write(f"ok    {title}\n")
    out.write(f"{_describe(pack)}: {kept} passed, {broken} failed\n")
    out.close()
    return int(bool(broken))


def _find(word: str) -> tuple[Registry, Pack]:
    """The pack that a word means, and a registry that has its rules. Raises PackError."""
    built_in = load_registry()
    if word in (BUILT_IN_NAME, BUILT_IN):
        return built_in, Pack(BUILT_IN_NAME, BUILT_IN_NAME, VERSION, built_in.entries)
    if os.path.basename(word) != word or word in (os.curdir, os.pardir):
        pack = _read_folder(word)
    else:
        try:
            pack = read_pack(word)
        except PackError as error:
            if os.path.isdir(word):
                raise PackError(f"{error}\nfor the folder, write .{os.sep}{word}") from error
            raise
    return Registry(add_packs(built_in.entries, [pack])), pack


def _read_folder(path: str) -> Pack:
    """The pack whose package is a folder, which needn't be installed. Raises PackError."""
    folder = os.path.realpath(path)
    parent, name = os.path.split(folder)
    if not os.path.isfile(os.path.join(folder, "__init__.py")):
        raise PackError(f"{path} is no package: there is no file __init__.py in it")
    sys.path.append(parent)
    try:
        package = import_module(name)
    except Exception as error:
        raise PackError(f"importing {path} fails: {type(error).__name__}: {error}") from error
    found = [os.path.realpath(one) for one in getattr(package, "__path__", ())]
    if folder not in found:
        raise PackError(f"{path} can't be imported: another package is called {name}, too")
    return Pack(name, "", "", read_package(package, name))


def _hold(registry: Registry, entry: Entry, law: Law) -> Iterator[str]:
    """Where a rule breaks a law; an exception breaks it, too."""
    try:
        for violation in law(registry, registry.rule(entry.code)):
            yield violation.removeprefix(f"{entry.code}: ")
    except Exception as error:
        yield f"{type(error).__name__}: {error}"


def _show(violation: str) -> str:
    """A violation, which quotes examples, without what a terminal would act on."""
    return "\n".join(escape(line) for line in violation.rstrip("\n").split("\n"))


def _describe(pack: Pack) -> str:
    origin = f" ({pack.distribution} {pack.version})" if pack.distribution else ""
    number = len(pack.entries)
    return f"{pack.name}{origin}, {number} rule{'s' * (number != 1)}"
