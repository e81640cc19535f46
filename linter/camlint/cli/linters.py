"""One engine for all files that the same configuration holds for in the same way."""

import os
from collections.abc import Iterable

from camlint.cli.asked_rules import AskedRules
from camlint.cli.configured import config_of, find_configs
from camlint.cli.failure import Failure
from camlint.cli.options import Options
from camlint.config import Config
from camlint.discover import Note
from camlint.engine import Engine
from camlint.finding import Confidence, Severity
from camlint.globs import show_path
from camlint.registry import Registry
from camlint.selection import Selection
from camlint.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.bundle_files import FoundBundle
    from camlint.fixes.rounds import Fixer

Key = tuple[str, tuple[int, ...]]
"""The file of a configuration, and which of its overrides hold."""


class Linters:
    """Finds the configuration of each file and makes an engine for it."""

    __slots__ = (
        "_asked",
        "_bundled",
        "_configs",
        "_demanded",
        "_engines",
        "_fixers",
        "_here",
        "_note",
        "_options",
        "_own",
        "_registry",
    )

    def __init__(self, registry: Registry, options: Options, note: Note) -> None:
        self._registry = registry
        self._asked = AskedRules(options.selection, registry)
        self._options = options
        self._note = note
        self._here = os.getcwd()
        self._configs = find_configs(options.only_config, registry)
        self._demanded: set[str] = set()
        self._engines: dict[Key, Engine] = {}
        self._fixers: dict[Key, Fixer] = {}
        self._own: dict[str, Registry] = {}
        self._bundled: dict[str, Config] = {}

    def plan(self, paths: Iterable[str]) -> list[tuple[str, Engine]]:
        """Each file with the engine for it.

        Raises Failure when a configuration can't be used, or none of them knows a rule that was
        asked for.
        """
        listed = list(paths)
        if listed and self._options.only_config == "":
            engine = self.engine_for(listed[0])
            plan = [(path, engine) for path in listed]
        else:
            plan = [(path, self.engine_for(path)) for path in listed]
        self._refuse_unknown(anything=bool(plan))
        return plan

    def plan_fixes(self, paths: Iterable[str]) -> "list[tuple[str, Fixer]]":
        """Each file with the fixer for it. Raises Failure as ``plan`` does."""
        plan = [(path, self.fixer_for(path)) for path in paths]
        self._refuse_unknown(anything=bool(plan))
        return plan

    def engine_for(self, path: str) -> Engine:
        """The engine for a file. Raises Failure when its configuration can't be used."""
        if self._options.only_config == "" and (engine := self._engines.get(("", ()))) is not None:
            return engine
        config, key = self._find(path)
        engine = self._engines.get(key)
        if engine is None:
            registry = config.registry or self._registry
            selection, settings = self._resolve(config, key, registry)
            engine = self._engines[key] = Engine(
                registry,
                selection,
                settings,
                self._options.kind,
                edits=self._options.shows_edits,
                related=self._options.shows_related,
            )
        return engine

    def fixer_for(self, path: str) -> "Fixer":
        """The fixer for a file. Raises Failure when its configuration can't be used.

        Whichever rules are selected, all that aren't ignored judge what comes of their fixes.
        """
        config, key = self._find(path)
        fixer = self._fixers.get(key)
        if fixer is None:
            from camlint.fixes.guard import Guard  # noqa: PLC0415 - most runs change nothing
            from camlint.fixes.rounds import Fixer  # noqa: PLC0415

            options = self._options
            registry = config.registry or self._registry
            selection, settings = self._resolve(config, key, registry)
            engine = Engine(registry, selection, settings, options.kind, edits=True)
            judge = engine
            if not _is_whole(selection):
                every = Selection(
                    None, selection.ignore, selection.severity, strict=selection.strict
                )
                judge = Engine(registry, every, settings, options.kind)
            guard = Guard(judge, settings, options.kind)
            fixer = self._fixers[key] = Fixer(engine, options.fixes, guard)
        return fixer

    def known_rules(self) -> Registry:
        """The rules of all configurations so far."""
        known = self._registry
        for registry in self._own.values():
            # A code that two configurations give to different rules is described as the first is.
            known = known.with_rules(registry.entries)
        return known

    def bundles(self, paths: Iterable[str]) -> "tuple[FoundBundle, ...]":
        """The bundles with a policy in any of the files, as their configurations name them.

        Raises Failure where one names what isn't there.
        """
        if not self._bundled:
            return ()
        from camlint.bundle_files import BundleError, find_bundles  # noqa: PLC0415 - few have any

        files = frozenset(paths)
        try:
            return tuple(
                bundle
                for _, config in sorted(self._bundled.items())
                for bundle in find_bundles(config)
                if not files.isdisjoint(bundle.paths)
            )
        except BundleError as error:
            raise Failure(str(error)) from error

    def _resolve(self, config: Config, key: Key, registry: Registry) -> tuple[Selection, Settings]:
        """What holds for the files of a key. Raises Failure where what is demanded is ignored."""
        options = self._options
        asked = self._asked.spell(registry)
        selection, settings = config.resolve(
            key[1],
            asked,
            options.now,
            options.forbidden,
            no_public_access=options.no_public_access,
        )
        self._demanded.update(settings.demands)
        return selection, settings

    def _find(self, path: str) -> tuple[Config, Key]:
        """The configuration of a file, and what tells it from others."""
        absolute = os.path.normpath(os.path.join(self._here, path))
        config = config_of(absolute, self._configs)
        key = (config.path, config.matching(absolute))
        if config.path and key not in self._engines and key not in self._fixers:
            self._note(f"configuration of {path}: {show_path(config.path, self._here)}", False)
        if config.registry is not None:
            self._own[config.path] = config.registry
        if config.bundles:
            self._bundled[config.path] = config
        return config, key

    def _refuse_unknown(self, *, anything: bool) -> None:
        """Raise Failure for a rule that was asked for and that no configuration knows."""
        if not anything:
            here = config_of(os.path.join(self._here, "policy.json"), self._configs)
            self._asked.spell(here.registry or self._registry)
        self._asked.refuse_unknown()
        self._asked.refuse_idle(self._options.demands, self._demanded if anything else None)


def _is_whole(selection: Selection) -> bool:
    """Whether a selection leaves out no more than what the user ignores."""
    return (
        selection.select is None
        and selection.min_severity is Severity.NOTE
        and selection.min_confidence is Confidence.LOW
    )
