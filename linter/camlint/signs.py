"""Whether a text may have something in it that waits to be filled in: a first, cheap look."""

import re

SIGNS = ("$", "<", "{", "…", "**", "...", "xxx", "yyy", "zzz", "your", "12345678", "0000000")
"""Without one of these, or an account that isn't a number, a text in small letters is filled in."""

_NO_NUMBER = re.compile(r"ui[nd]/(?![0-9*])")
"""``uin/`` or ``uid/`` without a number."""


def shows_sign(text: str) -> bool:
    """Whether a closer look at a text is worth while; False is certain."""
    small = text.lower()
    for sign in SIGNS:
        if sign in small:
            return True
    return "ui" in small and _NO_NUMBER.search(small) is not None
