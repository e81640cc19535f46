"""Write the catalogue's data from the published actions and the curated facts in tools/catalog."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from catalog.compiled import compile_catalog
from catalog.curated import FACTS, WrongFact, read_curated
from catalog.pins import pin
from catalog.published import KEPT, MissingPackages, read_kept, read_wheels, render_kept
from catalog.risks import RISKS, read_risks

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "linter" / "camlint" / "catalog" / "data"
PINS = ROOT / "requirements" / "catalog.txt"
COMMAND = "make catalog"
SERVICES = "services/"


def main(
    arguments: list[str],
    data: Path = DATA,
    kept: Path = KEPT,
    facts: Path = FACTS,
    pins: Path = PINS,
    risks: Path = RISKS,
) -> int:
    """Write the data, or compare it; 1 when it disagrees, 2 when it can't be made.

    What is written depends on the folders and the packages alone: the same on every machine and
    day. Without ``--packages`` the repository is enough.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on drift")
    parser.add_argument(
        "--packages",
        metavar="FOLDER",
        type=Path,
        help="first read the published actions again, from the wheels in this folder, and pin them",
    )
    given = parser.parse_args(arguments)
    drift: list[str] = []
    try:
        if given.packages:
            fresh = {name: render_kept(one) for name, one in read_wheels(given.packages).items()}
            drift += bring_up(fresh, kept, write=not given.check)
            drift += bring_up_pins(pin(given.packages), pins, write=not given.check)
        wanted = compile_catalog(read_curated(facts), read_risks(risks), *read_kept(kept))
    except (MissingPackages, WrongFact) as problem:
        print(problem, file=sys.stderr)
        return 2
    for line in changes(data, wanted):
        print(line)
    drift += bring_up(wanted, data, write=not given.check)
    if given.check and drift:
        print("the catalogue isn't what its sources make of it:", file=sys.stderr)
        print(*drift, sep="\n", file=sys.stderr)
        print(
            f"edit tools/catalog/facts or tools/catalog/risks, never the data; then run `{COMMAND}`",
            file=sys.stderr,
        )
        return 1
    print(f"catalogue: {len(wanted)} files of data, {len(drift)} written")
    return 0


def bring_up(wanted: dict[str, str], folder: Path, *, write: bool) -> list[str]:
    """The files of a folder that differ from what is wanted, after writing them when told to."""
    present = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*.json")
    }
    changed = sorted(name for name, text in wanted.items() if present.get(name) != text)
    stale = sorted(present.keys() - wanted.keys())
    if write:
        for name in changed:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(wanted[name], "utf-8")
        for name in stale:
            (folder / name).unlink()
    return [*changed, *stale]


def bring_up_pins(wanted: str, pins: Path, *, write: bool) -> list[str]:
    """The file of the pins where it differs from what is wanted, after writing it when told to."""
    if pins.is_file() and pins.read_text("utf-8") == wanted:
        return []
    if write:
        pins.write_text(wanted, "utf-8")
    return [pins.name]


def changes(data: Path, wanted: dict[str, str]) -> Iterator[str]:
    """The actions that come and go, a line for each: ``+ trtc:DismissRoom``.

    What a wildcard catches changes with them.
    """
    before = {
        action
        for path in data.glob(f"{SERVICES}*.json")
        for action in actions_in(path.stem, path.read_text("utf-8"))
    }
    after = {
        action
        for name, text in wanted.items()
        if name.startswith(SERVICES)
        for action in actions_in(Path(name).stem, text)
    }
    for action in sorted(before ^ after):
        yield f"{'+' if action in after else '-'} {action}"


def actions_in(prefix: str, text: str) -> Iterator[str]:
    """The actions in the text of a service's data; none where it isn't readable."""
    try:
        operations = json.loads(text)["actions"]
    except (ValueError, KeyError):
        return
    yield from (f"{prefix}:{operation}" for operation in operations)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
