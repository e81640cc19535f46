"""One engine for all files that the same configuration holds for in the same way."""

import os
from collections.abc import Iterable

from camlint.cli.asked_rules import AskedRules
from camlint.cli.configured import config_of, find_configs
from camlint.cli.options import Options
from camlint.discover import Note
from camlint.engine import Engine
from camlint.globs import show_path
from camlint.registry import Registry


class Linters:
    """Finds the configuration of each file and makes an engine for it."""

    __slots__ = (
        "_asked",
        "_configs",
        "_engines",
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
        self._engines: dict[tuple[str, tuple[int, ...]], Engine] = {}
        self._own: dict[str, Registry] = {}

    def plan(self, paths: Iterable[str]) -> list[tuple[str, Engine]]:
        """Each file with the engine for it.

        Raises Failure when a configuration can't be used, or none of them knows a rule that was
        asked for.
        """
        plan = [(path, self.engine_for(path)) for path in paths]
        if not plan:
            here = config_of(os.path.join(self._here, "policy.json"), self._configs)
            self._asked.spell(here.registry or self._registry)
        self._asked.refuse_unknown()
        return plan

    def engine_for(self, path: str) -> Engine:
        """The engine for a file. Raises Failure when its configuration can't be used."""
        if self._options.only_config == "" and (engine := self._engines.get(("", ()))) is not None:
            return engine
        absolute = os.path.normpath(os.path.join(self._here, path))
        config = config_of(absolute, self._configs)
        matching = config.matching(absolute)
        key = (config.path, matching)
        engine = self._engines.get(key)
        if engine is None:
            if config.path:
                self._note(f"configuration of {path}: {show_path(config.path, self._here)}", False)
            if config.registry is not None:
                self._own[config.path] = config.registry
            registry = config.registry or self._registry
            selection, settings = config.resolve(
                matching, self._asked.spell(registry), self._options.now
            )
            engine = Engine(
                registry,
                selection,
                settings,
                self._options.kind,
                edits=self._options.shows_edits,
            )
            self._engines[key] = engine
        return engine

    def known_rules(self) -> Registry:
        """The rules of all engines so far."""
        known = self._registry
        for registry in self._own.values():
            # A code that two configurations give to different rules is described as the first is.
            known = known.with_rules(registry.entries)
        return known
