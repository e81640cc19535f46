"""The policies that a request must pass, read from files: no answer where any of them is missing."""

import argparse
import os
from collections.abc import Sequence

from camlint.catalog.catalog import Catalog
from camlint.cli.configured import find_configs, settings_of
from camlint.cli.failure import Failure
from camlint.cli.options import STDIN
from camlint.cli.policies import Policies
from camlint.registry import load_registry
from camlint.settings import Settings
from camlint.tasks.decision import Layer, PlacedPolicy, Role, make_layer

SILENCE = "an answer without it could be wrong"


def read_layers(
    words: Sequence[str], boundaries: Sequence[str], scps: Sequence[str], settings: Settings
) -> tuple[Layer, ...]:
    """The principal's policies, each boundary and each SCP, in this order.

    Raises Failure when there is a policy that can't be read: what it says may decide.
    """
    every = [*words, *boundaries, *scps]
    if every.count(STDIN) > 1:
        raise Failure("standard input can be read only once, and - stands there twice")
    catalog = Catalog(settings.additions)
    asked = [
        (Role.POLICY, words),
        *((Role.BOUNDARY, [one]) for one in boundaries),
        *((Role.SCP, [one]) for one in scps),
    ]
    return tuple(make_layer(role, _read(named, role), settings, catalog) for role, named in asked)


def find_settings(given: argparse.Namespace, words: Sequence[str]) -> Settings:
    """What the configuration states: the one that was named, else the nearest to the first policy.

    Raises Failure when it can't be used.
    """
    named = next((word for word in words if word != STDIN), "")
    file = os.path.join(named, "policy.json") if os.path.isdir(named or ".") else named
    return settings_of(file, find_configs(given.config, load_registry()))


def _read(words: Sequence[str], role: Role) -> tuple[PlacedPolicy, ...]:
    policies = Policies(words)
    found = tuple(PlacedPolicy(one.path, one.policy, one.hosted, role) for one in policies)
    if policies.exit_code or policies.without:
        raise Failure(f"not everything that was named could be read, and {SILENCE}")
    if not found:
        raise Failure(f"there is no policy in {' '.join(words)}, so there is nothing to ask")
    return found
