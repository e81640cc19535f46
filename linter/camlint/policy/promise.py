"""Whether the name of a policy promises that it only lets people read."""

import re
from itertools import pairwise

_SHORT = re.compile(r"(?i)read[-_. ]*only|view[-_. ]*only|viewer|只读|仅查看")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[\u4e00-\u9fff]+")
_ONLY = ("readonly", "viewonly")
_VIEWERS = frozenset(("viewer", "viewers"))
_CHINESE = ("只读", "仅查看")
"""read only, and only to be looked at."""

_TAKEN_BACK = frozenset(("deny", "non", "not", "plus", "rw", "writable", "write", "writer"))
_TAKEN_BACK_CHINESE = ("非只读", "读写", "可写", "拒绝", "禁止")
"""not read only, reading and writing, writable, refuse, forbid."""


def promises_reading(name: str) -> bool:
    """Whether a name such as ``cls-read-only`` or ``QcloudCDBReadOnlyAccess`` says so.

    Not where another word of it may take that back: ``non-readonly``, ``readonly-plus-write``.
    """
    small = name.lower()
    if "only" not in small and "view" not in small and name.isascii():
        return False
    if _SHORT.search(name) is None:
        return False
    words = [word.lower() for word in _WORD.findall(name)]
    if not _TAKEN_BACK.isdisjoint(words) or any(word in name for word in _TAKEN_BACK_CHINESE):
        return False
    if any(_ONLY[0] in word or word.startswith(_ONLY) or word in _VIEWERS for word in words):
        return True
    pairs = (one + other for one, other in pairwise(words))
    return any(pair in _ONLY for pair in pairs) or any(word in name for word in _CHINESE)
