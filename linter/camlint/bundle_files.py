"""The files of bundles, found where the configuration names them."""

import os

from camlint.config import Config, ConfigError, NamedBundle
from camlint.discover import discover
from camlint.globs import Globs, show_path
from camlint.hosts.address import split_address
from camlint.wording import quote


class BundleError(ConfigError):
    """A bundle names what isn't there; the text says which configuration, bundle and word."""


class BundleFile:
    """A file of a bundle as reports call it.

    ``address`` is that of the one policy in it that is meant, None where all are. ``named`` says that
    the configuration names just this file. ``word`` is how.
    """

    __slots__ = ("address", "named", "path", "word")

    def __init__(
        self, path: str, address: str | None = None, *, named: bool = False, word: str = ""
    ) -> None:
        self.path = path
        self.address = address
        self.named = named
        self.word = word


class FoundBundle:
    """A bundle with its files, sorted; ``where`` is what messages call it."""

    __slots__ = ("files", "name", "where")

    def __init__(self, name: str, files: tuple[BundleFile, ...], where: str = "") -> None:
        self.name = name
        self.files = files
        self.where = where or f"bundle {quote(name)}"

    @property
    def paths(self) -> frozenset[str]:
        """The files, as reports call them."""
        return frozenset(one.path for one in self.files)


def find_bundles(config: Config) -> tuple[FoundBundle, ...]:
    """The bundles of a configuration with their files, in its order. Raises BundleError."""
    shown = show_path(config.path, os.getcwd())
    return tuple(_find(one, f"{shown}: bundle {quote(one.name)}") for one in config.bundles)


def _find(bundle: NamedBundle, where: str) -> FoundBundle:
    found: dict[tuple[str, str], BundleFile] = {}
    for word in bundle.words:
        files = _expand(word, bundle.folder)
        if not files:
            raise BundleError(f"{where}: {quote(word)} names no file")
        for one in files:
            found.setdefault((one.path, one.address or ""), one)
    whole = {path for path, address in found if not address and found[path, ""].address is None}
    kept = [one for _, one in sorted(found.items()) if one.address is None or one.path not in whole]
    return FoundBundle(bundle.name, tuple(kept), where)


def _expand(word: str, folder: str) -> list[BundleFile]:
    """The files that a word stands for: a path, a folder or a glob, relative to a folder."""
    here = os.getcwd()
    if "*" in word and not os.path.lexists(os.path.join(folder, word)):
        globs = Globs((word,), folder)
        files = discover([os.path.join(folder, _root_of(word))])
        matching = (os.path.join(here, one) for one in files)
        return [BundleFile(show_path(one, here)) for one in matching if globs.match(one)]
    path, address = split_address(word, folder)
    full = os.path.join(folder, path)
    if os.path.isdir(full) and address is None:
        return [BundleFile(show_path(one, here)) for one in discover([full])]
    if not os.path.isfile(full):
        return []
    return [BundleFile(show_path(full, here), address, named=True, word=word)]


def _root_of(glob: str) -> str:
    """The folder below which all is that a glob matches."""
    names = glob.split("/")[:-1]
    plain = next((number for number, name in enumerate(names) if "*" in name), len(names))
    return "/".join(names[:plain]) or ("/" if glob.startswith("/") else "")
