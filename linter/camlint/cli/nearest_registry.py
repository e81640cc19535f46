"""The rules that hold in the current folder: the built-in ones, and those of its configuration."""

import os

from camlint.cli.failure import say
from camlint.config import ConfigError, Configs
from camlint.registry import Registry, load_registry


def load_nearest_registry() -> Registry:
    """The rules that a file in the current folder would be checked by.

    What is wrong with the configuration is said on standard error: who asks for the list of rules
    may be about to mend it.
    """
    built_in = load_registry()
    try:
        config = Configs(built_in).of(os.path.join(os.getcwd(), "policy.json"))
    except ConfigError as error:
        say(str(error))
        return error.registry or built_in
    return config.registry or built_in
