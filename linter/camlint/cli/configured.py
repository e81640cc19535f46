"""The configuration that a command is to use, and the rules that are known with it."""

import argparse
import os
from collections.abc import Callable

from camlint.cli.failure import Failure
from camlint.config import NO_CONFIG, Config, ConfigError, Configs, read_config
from camlint.registry import Registry, load_registry
from camlint.selection import Selection
from camlint.settings import Settings


def add_config_options(add: Callable[..., object]) -> None:
    """Add --config and --no-config: ``config`` is a file, ``""`` for none, None for the nearest."""
    add(
        "--config",
        metavar="FILE",
        type=_config,
        help="use this configuration, not the nearest camlint.toml or pyproject.toml",
    )
    add("--no-config", dest="config", action="store_const", const="", help="use no configuration")


def find_configs(chosen: str | None, registry: Registry) -> Configs:
    """What finds the configuration of a file under the user's choice.

    Raises Failure when the one that was named can't be used.
    """
    if not chosen:
        return Configs(registry, None if chosen is None else NO_CONFIG)
    try:
        config = read_config(os.path.abspath(chosen), registry)
    except ConfigError as error:
        raise Failure(str(error)) from error
    if config is None:
        raise Failure(f"--config: {chosen} has no table [tool.camlint]")
    return Configs(registry, config)


def config_of(path: str, configs: Configs) -> Config:
    """The configuration for a file; ``path`` is absolute. Raises Failure when it can't be used."""
    try:
        return configs.of(path)
    except ConfigError as error:
        raise Failure(str(error)) from error


def settings_of(path: str, configs: Configs) -> Settings:
    """What the configuration for a file states; ``path`` is relative to the current directory.

    Raises Failure when it can't be used.
    """
    absolute = os.path.abspath(path)
    config = config_of(absolute, configs)
    return config.resolve(config.matching(absolute), Selection())[1]


def know_rules(chosen: str | None) -> tuple[Registry, str]:
    """The rules that files in this folder would be checked by, and what is wrong with them, if so.

    Of a configuration that can't be used, they are those that could be made out.
    """
    built_in = load_registry()
    here = os.path.join(os.getcwd(), "policy.json")
    try:
        return find_configs(chosen, built_in).of(here).registry or built_in, ""
    except ConfigError as error:
        return error.registry or built_in, str(error)
    except Failure as failure:
        return built_in, str(failure)


def _config(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("it names no file; --no-config means none")
    return text
