"""What ``camlint compare`` compares: two sides that the user names, or policies with a revision."""

import os
from collections.abc import Sequence

from camlint.catalog.catalog import Catalog
from camlint.cli.configured import find_configs, settings_of
from camlint.cli.failure import Failure, say
from camlint.cli.options import STDIN
from camlint.cli.policies import Policies, explain_unread
from camlint.git import Refused, Revision
from camlint.hosts.search import HostedPolicy
from camlint.policy.read import read_policy
from camlint.registry import load_registry
from camlint.settings import Settings
from camlint.tasks.changes import Change, Changes, Status
from camlint.tasks.compare import review
from camlint.tasks.held import HeldPolicy, Pool, Unread
from camlint.tasks.revisions import pair_files, pair_policies

NOTHING = os.devnull
"""The file that stands for a side without a policy."""


def compare_sides(old: Sequence[str], new: Sequence[str], config: str | None) -> Changes:
    """The comparison of two sides. Raises Failure."""
    if STDIN in old and STDIN in new:
        raise Failure("standard input can be one side only; name a file for the other")
    before, after = _gather(old), _gather(new)
    nearest = next((word for word in (*new, *old) if word not in (STDIN, NOTHING)), ".")
    settings = settings_of(nearest, find_configs(config, load_registry()))
    done = review(before, after, settings, Catalog(settings.additions))
    return Changes((Change(Status.COMPARED, done),))


def compare_with_revision(
    ref: str, words: Sequence[str], config: str | None
) -> tuple[Changes, bool]:
    """The policies that differ from a revision, and whether all files could be read.

    Raises Failure.
    """
    paths = list(words) or ["."]
    if STDIN in paths:
        raise Failure("--base compares files; standard input has no revision")
    try:
        pairing = pair_files(paths, Revision(_folder_of(paths[0]), ref), _note)
    except Refused as refusal:
        raise Failure(str(refusal)) from refusal
    for path, reason in pairing.unreadable:
        say(f"{path} can't be read: {reason}")
    configs = find_configs(config, load_registry())
    catalogs: dict[Settings, Catalog] = {}
    listed: list[Change] = []
    for files in pairing.pairs:
        for pair in pair_policies(files):
            settings = settings_of(pair.path, configs)
            catalog = catalogs.setdefault(settings, Catalog(settings.additions))
            old, new = _hold(pair.old), _hold(pair.new, here=True, alone=pair.alone)
            listed.append(Change(pair.status, review(old, new, settings, catalog)))
    return Changes(tuple(listed), ref, pairing.unchanged), not pairing.unreadable


def _gather(words: Sequence[str]) -> Pool:
    """The policies of one side. Raises Failure where a file can't be read, or there are none."""
    named = [word for word in words if word != NOTHING]
    if not named:
        return Pool(" and ".join(words), (), (), tuple(words))
    policies = Policies(named)
    held = [HeldPolicy(one.path, one.hosted, one.policy) for one in policies]
    unread = [
        Unread(f"{one.path} at {one.address}" if one.address else one.path, one.reason)
        for one in policies.left_out
    ]
    if policies.exit_code == 2:
        raise Failure("nothing was compared, since not all files could be read")
    name = " and ".join(words)
    if not held and not unread:
        raise Failure(f"{name} holds no policy to compare; {NOTHING} is a side that grants nothing")
    return Pool(name, held, unread, tuple(words))


def _hold(hosted: HostedPolicy | None, *, here: bool = False, alone: bool = False) -> Pool:
    """The side that is one policy, or none.

    ``here`` says that it is one of the working tree, ``alone`` that other commands find no other
    one by the name of its file.
    """
    if hosted is None:
        return Pool("")
    path = hosted.document.source.path
    title = f"{path} at {hosted.address}" if hosted.address else path
    if hosted.value is None:
        return Pool(title, (), (Unread(title, explain_unread(hosted)),))
    if hosted.document.recovered is not None:
        advice = "; `camlint check` shows what to mend" if here else ""
        say(f"{title} is not JSON and is read as if mended{advice}")
    policy = read_policy(hosted.value, hosted.kind, kind_known=hosted.kind_known, bare=hosted.bare)
    return Pool(title, (HeldPolicy(path, hosted, policy),), (), (path,) if alone else ())


def _folder_of(path: str) -> str:
    """The folder in which git is asked about a path: the nearest one that exists."""
    folder = path if os.path.isdir(path) else os.path.dirname(os.path.abspath(path))
    while not os.path.isdir(folder) and folder != os.path.dirname(folder):
        folder = os.path.dirname(folder)
    return folder


def _note(text: str, loud: bool) -> None:
    if loud:
        say(text)
