"""One engine for all files that the same configuration holds for in the same way."""

import os
from collections.abc import Iterable

from camlint.cli.asked_rules import AskedRules
from camlint.cli.failure import Failure
from camlint.cli.options import Options
from camlint.config import NO_CONFIG, Config, ConfigError, Configs, read_config
from camlint.discover import Note
from camlint.engine import Engine
from camlint.globs import show_path
from camlint.registry import Registry


class Linters:
    """Finds the configuration of each file and makes an engine for it."""

    __slots__ = ("_asked", "_configs", "_engines", "_here", "_note", "_options", "_registry")

    def __init__(self, registry: Registry, options: Options, note: Note) -> None:
        self._registry = registry
        self._asked = AskedRules(options.selection, registry)
        self._options = options
        self._note = note
        self._here = os.getcwd()
        self._configs = Configs(registry, self._read_only_config())
        self._engines: dict[tuple[str, tuple[int, ...]], Engine] = {}

    def plan(self, paths: Iterable[str]) -> list[tuple[str, Engine]]:
        """Each file with the engine for it.

        Raises Failure when a configuration can't be used, or none of them knows a rule that was
        asked for.
        """
        plan = [(path, self.engine_for(path)) for path in paths]
        self._asked.refuse_unknown()
        return plan

    def engine_for(self, path: str) -> Engine:
        """The engine for a file. Raises Failure when its configuration can't be used."""
        if self._options.only_config == "" and (engine := self._engines.get(("", ()))) is not None:
            return engine
        absolute = os.path.normpath(os.path.join(self._here, path))
        try:
            config = self._configs.of(absolute)
        except ConfigError as error:
            raise Failure(str(error)) from error
        matching = config.matching(absolute)
        key = (config.path, matching)
        engine = self._engines.get(key)
        if engine is None:
            if config.path:
                self._note(f"configuration of {path}: {show_path(config.path, self._here)}", False)
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

    def _read_only_config(self) -> Config | None:
        """The configuration that the user chose for all files, None without such a choice."""
        path = self._options.only_config
        if not path:
            return None if path is None else NO_CONFIG
        try:
            config = read_config(os.path.abspath(path), self._registry)
        except ConfigError as error:
            raise Failure(str(error)) from error
        if config is None:
            raise Failure(f"--config: {path} has no table [tool.camlint]")
        return config
