"""Write docs/catalog.md from the catalogue: what it knows of each service, and how to correct it."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from camlint.catalog.catalog import Catalog
from camlint.catalog.data_file import read_table
from camlint.catalog.index import IndexEntry

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "catalog.md"
COMMAND = "make catalog"

OPENING = """\
# The service catalogue

What camlint knows of the services of Tencent Cloud: their actions, whether an action can be limited
to resources, how those resources are written, the regions and the condition keys. It is part of
the package; nothing is looked up anywhere while camlint runs.

CAM publishes no complete list. Where the catalogue says nothing of an action, that action may well
exist: on Tencent's own pages about access management, half of the names or more aren't in the
published API. So camlint never calls an unknown action an error, and draws conclusions from absence
only for a service that is *well covered*: at least 20 of its actions, and 15 % of them, stand on
pages about access management.

## Where it comes from

| origin | what it is | how far it is trusted |
| --- | --- | --- |
| `cam-enabled-api` | CAM's own page of the actions that a product checks, [for example TRTC's](https://cloud.tencent.com/document/product/598/70059) | wins where sources disagree |
| `product-docs` | the product's own page about access management | fully, unless another page disagrees |
| `sdk` | the published API: the descriptions in the packages `tccli` and `tccli-intl-en` | for the names of actions |
| `cloudaudit` | the events that CloudAudit records | for the names of actions |
| `doc-example` | policies that documents show as examples | for the names of actions |

Pages disagree here and there. Then the entry says so, and findings that rest on it have medium
confidence. Whether a service can be controlled by tags is data of 2023.
"""

CORRECTING = """\
## How to correct a fact

For yourself, in `camlint.toml`: see [Your own facts](#your-own-facts). For everybody:

1. Edit `tools/catalog/facts/services/<prefix>.json`, never the data that is built from it. An action
   takes `level` (`list`, `read`, `write`, `permissions` or `tagging`; told from the name where it is
   absent), `origins`, `resource_level`, and the `resources` in six segments. Add the page that says
   so to `sources`.
2. Run `make catalog`. It prints the actions that come and go, which is what wildcards newly catch.
3. Send both files. `make drift` fails where they disagree.

What sensitive actions let their holder do, and the ways in which people raise their own rights, are
in `tools/catalog/risks`, a file a family, in TOML. A path names the actions that it takes, the
steps, what comes of it, the pages that say what the actions do, and how sure that is.

The published actions are in `tools/catalog/sdk`; `make catalog-refresh` reads them again from the
newest packages.
"""

OWN_FACTS = """\
## Your own facts

An action that the catalogue lacks, a service of your own, or a granularity that you know better:

```toml
[catalog.services.trtc.actions]
StartNewThing = { level = "write", resource-level = true, resources = ["qcs::trtc::uin/${uin}:sdkappid/${SdkAppId}"] }
DescribeNewThing = { level = "read", resource-level = false }
```

What is left out keeps what the catalogue knows; for a new action `level` is told from its name.
Facts that several configurations share stand in files of their own, JSON with the same words:

```toml
[catalog]
files = ["cam-facts.json"]
```

```json
{"services": {"trtc": {"actions": {"StartNewThing": {"level": "write", "resource-level": true}}}}}
```
"""


def main(arguments: list[str], page: Path = PAGE) -> int:
    """Write the page, or compare it with the catalogue; 1 when they disagree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on drift")
    check = parser.parse_args(arguments).check
    wanted = "\n".join(render_page(Catalog())) + "\n"
    if page.is_file() and page.read_text("utf-8") == wanted:
        print("docs/catalog.md: up to date")
        return 0
    if check:
        print(f"docs/catalog.md doesn't agree with the catalogue; run `{COMMAND}`", file=sys.stderr)
        return 1
    page.write_text(wanted, "utf-8")
    print("docs/catalog.md: written")
    return 0


def render_page(catalog: Catalog) -> Iterator[str]:
    """The lines of the page."""
    yield f"<!-- Written by tools/build_catalog_docs.py; edit that or the facts, then `{COMMAND}`. -->"
    yield ""
    yield OPENING
    yield from render_versions(catalog)
    yield CORRECTING
    yield OWN_FACTS
    yield from render_services(catalog)


def render_versions(catalog: Catalog) -> Iterator[str]:
    """What the data was made of, and how much there is."""
    table = read_table("index")
    packages = " and ".join(f"{name} {version}" for name, version in table["packages"].items())
    entries = catalog.index.entries
    actions = sum(entry.actions for entry in entries)
    scoped = sum(entry.scoped for entry in entries)
    yield (
        f"This catalogue has {actions:,} actions of {len(entries)} services, and knows of {scoped:,} of "
        f"them whether they can be limited to resources. It was made from {packages} and from facts "
        f"as of {table['date']}."
    )
    yield ""


def render_services(catalog: Catalog) -> Iterator[str]:
    """The table of all services."""
    yield "## Services"
    yield ""
    yield (
        "*Scope known* counts the actions of which it is known whether they can be limited to "
        "resources; *documented* those that stand on a page about access management. Services whose "
        "name is in **bold** are well covered."
    )
    yield ""
    yield "| prefix | name | actions | documented | scope known | resource types | pages |"
    yield "| --- | --- | ---: | ---: | ---: | --- | --- |"
    for entry in catalog.index.entries:
        yield render_service(catalog, entry)


def render_service(catalog: Catalog, entry: IndexEntry) -> str:
    """The line of one service."""
    service = catalog.service(entry.prefix)
    names = " ".join(name for name in (entry.name, entry.name_zh) if name).replace("|", "&#124;")
    if service.well_covered:
        names = f"**{names or entry.prefix}**"
    types = ", ".join(f"`{spelling}`" for spelling in service.types)
    pages = " ".join(f"[{at}]({page})" for at, page in enumerate(service.sources, 1))
    cells = (
        f"`{entry.prefix}`",
        names,
        str(entry.actions),
        str(entry.documented),
        str(entry.scoped),
        types,
        pages,
    )
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
