"""A policy as people name it: the path of its file, and behind ``#`` its address among several there."""

import os
from collections.abc import Sequence

from camlint.hosts.search import HostedPolicy

ADDRESS = "#"
"""What stands between a path and the address of one policy among several in that file."""

SHOWN = 5
"""Policies of a file that a message names."""


def split_address(word: str, folder: str) -> tuple[str, str | None]:
    """The path and the address in a word; None without one, and where a file has that very name.

    The path is relative to the folder, as it is written.
    """
    if ADDRESS not in word or os.path.lexists(os.path.join(folder, word)):
        return word, None
    path, _, address = word.rpartition(ADDRESS)
    return path, address


def list_words(path: str, hosts: Sequence[HostedPolicy]) -> str:
    """The words that name the policies of a file, in quotes; of many only the first few."""
    names = [f'"{path}{ADDRESS}{one.address}"' for one in hosts]
    return ", ".join(names[:SHOWN]) + (", …" if names[SHOWN:] else "")
