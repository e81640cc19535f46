"""The actions that Tencent's command line publishes, as they are kept in the repository.

The wheels of tccli and tccli-intl-en hold the same folders, so that installing both would lose one;
they are read as the archives that they are, and nothing in them is run.
"""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from catalog.layout import render

HERE = Path(__file__).resolve().parent
KEPT = HERE / "sdk"
PACKAGES = "packages.json"
SUFFIX = "/api.json"

Listing = dict[str, object]


class MissingPackages(Exception):
    """A folder holds none or not all of the wheels; the text says which and how to get them."""


def read_wheels(folder: Path) -> dict[str, Listing]:
    """The documents to keep, by the names of their files, from the wheels in a folder.

    One for each service of the API, with its Chinese name and its actions, and one with the
    versions of the packages. Raises MissingPackages.
    """
    versions: dict[str, str] = {}
    actions: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for package in ("tccli", "tccli_intl_en"):
        found = sorted(folder.glob(f"{package}-*.whl"))
        if len(found) != 1:
            raise MissingPackages(
                f"{folder} has {len(found)} wheels of {package.replace('_', '-')} where one is "
                "needed; `make catalog-refresh` fetches them"
            )
        versions[package.replace("_", "-")] = found[0].name.split("-")[1]
        for service, api in read_descriptions(found[0]):
            actions.setdefault(service, set()).update(api["actions"])
            names.setdefault(service, api["metadata"].get("serviceNameCN") or "")
    kept: dict[str, Listing] = {
        f"{service}.json": {"name_zh": names[service], "actions": sorted(actions[service])}
        for service in sorted(actions)
    }
    kept[PACKAGES] = dict(versions)
    return kept


def read_descriptions(wheel: Path) -> Iterator[tuple[str, dict[str, dict[str, str]]]]:
    """Each service's name in a wheel and a description of its API; several for several versions."""
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            if name.startswith("tccli/services/") and name.endswith(SUFFIX):
                yield name.split("/")[2], json.loads(archive.read(name))


def render_kept(document: Listing) -> str:
    """The text of a document that is kept."""
    return render(document, wide=("actions",))


def read_kept(folder: Path = KEPT) -> tuple[dict[str, str], dict[str, Listing]]:
    """The versions of the packages, and the documents that are kept by the API's service names."""
    versions = json.loads((folder / PACKAGES).read_text("utf-8"))
    services = {
        path.stem: json.loads(path.read_text("utf-8"))
        for path in sorted(folder.glob("*.json"))
        if path.name != PACKAGES
    }
    return versions, services
