"""The names under which services take on roles."""

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LABEL = r"[A-Za-z0-9_-]+"


class ServicePrincipals:
    """``names`` are those that Tencent's list has; it isn't complete. ``domains`` end them all."""

    __slots__ = ("_form", "domains", "names", "sources")

    def __init__(self, table: "dict[str, Any]") -> None:
        self.names: tuple[str, ...] = tuple(table["names"])
        self.domains: tuple[str, ...] = tuple(table["domains"])
        self.sources: tuple[str, ...] = tuple(table["sources"])
        domains = "|".join(re.escape(domain) for domain in self.domains)
        self._form = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.(?:{domains})")

    def known(self, name: str) -> bool:
        """Whether Tencent's list has the name."""
        return name in self.names

    def well_formed(self, name: str) -> bool:
        """Whether a name has the form of one: labels below a domain that such names end in."""
        return self._form.fullmatch(name) is not None
