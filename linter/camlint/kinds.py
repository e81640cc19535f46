"""The kinds of policy document that CAM knows, which decide what the grammar asks of one."""

from enum import Enum


class Kind(Enum):
    """Where a policy is used; the values are the words of ``--kind`` and of the JSON report."""

    IDENTITY = "identity"
    TRUST = "trust"
    BUCKET = "bucket"
    SESSION = "session"
    SCP = "scp"

    __hash__ = object.__hash__  # That of Enum is written in Python and takes longer.


IDENTITY, TRUST, BUCKET, SESSION, SCP = Kind
"""The same for those who ask often: until Python 3.12, a member of an Enum is slow to get at."""

ALL_KINDS: tuple[Kind, ...] = tuple(Kind)
