"""Reading the catalogue's data files, each when something first asks about what is in it."""

import json
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FORMAT = 1
"""The form of the data files that this package reads."""

_DATA = os.path.join(os.path.dirname(__file__), "data")


class DamagedCatalog(Exception):
    """A data file is of another camlint, or damaged; the text names it and the way out."""


def read_table(name: str) -> "dict[str, Any]":
    """The document in the data file ``name``, such as ``regions``. Raises DamagedCatalog."""
    path = os.path.join(_DATA, f"{name}.json")
    try:
        with open(path, encoding="utf-8") as file:
            table: dict[str, Any] = json.load(file)
    except (OSError, ValueError) as error:
        raise DamagedCatalog(f"{path} can't be read ({error}); install camlint again") from error
    if table.get("format") != FORMAT:
        raise DamagedCatalog(f"{path} belongs to another version of camlint; install camlint again")
    return table


def read_service(prefix: str) -> "dict[str, Any] | None":
    """The document of the service with exactly this prefix, None where there is none.

    Raises DamagedCatalog.
    """
    plain = prefix.isascii() and prefix.isalnum() and prefix == prefix.lower()
    if not plain or not os.path.isfile(os.path.join(_DATA, "services", f"{prefix}.json")):
        return None
    return read_table(f"services/{prefix}")
