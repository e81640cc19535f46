"""What actions on a bucket do to it, in words, the worst first."""

from collections.abc import Iterable

from camlint.catalog.action import Action

_BY_NAME = (
    ("rewrite the bucket's policy", ("PutBucketPolicy", "DeleteBucketPolicy")),
    ("change the ACL of the bucket", ("PutBucketACL",)),
    ("change the ACL of objects", ("PutObjectACL",)),
    ("delete the bucket", ("DeleteBucket",)),
    ("delete objects", ("DeleteObject", "DeleteMultipleObjects")),
    (
        "write objects",
        (
            *("PutObject", "PostObject", "AppendObject", "InitiateMultipartUpload", "UploadPart"),
            *("UploadPartCopy", "CompleteMultipartUpload"),
        ),
    ),
    ("read objects", ("GetObject",)),
    ("list objects", ("GetBucket", "GetBucketObjectVersions")),
    ("see who has access", ("GetBucketPolicy", "GetBucketACL", "GetObjectACL")),
)
_LOOKING = "read about the bucket"
_BY_LEVEL = {
    "permissions": "change who has access to the bucket",
    "write": "change the bucket's settings",
    "tagging": "change tags",
    "read": _LOOKING,
    "list": _LOOKING,
}
_WORDS = {name: words for words, names in _BY_NAME for name in names}
_ORDER = {name: rank for rank, name in enumerate(_WORDS)}
_LEVELS = ("permissions", "write", "tagging", "read", "list")


def deed_of(action: Action) -> str:
    """What an action lets people do to a bucket: ``read objects``, ``rewrite the bucket's policy``."""
    named = _WORDS.get(action.name) if action.service == "cos" else None
    return named or _BY_LEVEL[action.level]


def rank_deed(action: Action) -> tuple[int, int, str]:
    """A key to sort actions by, what does most harm first."""
    return _LEVELS.index(action.level), _ORDER.get(action.name, len(_ORDER)), action.name


def list_deeds(actions: Iterable[Action]) -> list[str]:
    """What the actions let people do, each once, the worst first; just looking goes without saying."""
    deeds = list(dict.fromkeys(deed_of(one) for one in sorted(actions, key=rank_deed)))
    return [one for one in deeds if one != _LOOKING] or deeds
