"""The kind of a policy, from what holds it or else from what it says."""

from camlint.kinds import BUCKET, IDENTITY, SCP, SESSION, TRUST, Kind
from camlint.place import Pointer

_SESSION_KEYS = ("Policy", "policy")
_IDENTITY_KEYS = ("CustomPolicyDocument", "NewCustomPolicyDocument", "RolePolicyDocument")


def kind_from_host(pointer: Pointer, siblings: object, *, percent: bool) -> Kind | None:
    """The kind that an API request gives to the policy in the parameter at ``pointer``.

    ``siblings`` is the object around the parameter. STS alone takes a URL-encoded ``Policy``;
    Organization's ``Content`` is a service control policy where ``Type`` says so.
    Source: https://cloud.tencent.com/document/api/1312/48195
    """
    key = pointer[-1] if pointer else None
    if percent and key in _SESSION_KEYS:
        return SESSION
    if key in _IDENTITY_KEYS:
        return IDENTITY
    if key == "Content" and isinstance(siblings, dict):
        return SCP if siblings.get("Type") == "SERVICE_CONTROL_POLICY" else None
    return None


def limit_from_host(pointer: Pointer) -> int:
    """The most characters of a policy that the parameter at ``pointer`` takes, 0 without a limit.

    Identity Center takes fewer in a permission set than CAM does in a policy of its own.
    Source: the description of CustomPolicyDocument in the API of Organization, version 2021-03-31
    """
    return 4096 if pointer and pointer[-1] in _IDENTITY_KEYS else 0


def infer_kind(value: dict[str, object]) -> Kind:
    """The kind that the contents suggest: a principal with sts is trust, with COS a bucket's.

    COS may stand in the actions alone, since a bucket's policy may name ``"*"`` for its resource;
    then all of them must be its own or those of CI, which processes what buckets hold.
    """
    listed: object = value.get("statement", value.get("Statement", value))
    items = listed if isinstance(listed, list) else [listed]
    everywhere = "principal" in value or "Principal" in value
    for item in items:
        if type(item) is not dict:
            continue
        if not (everywhere or "principal" in item or "Principal" in item):
            continue
        action = item.get("action", item.get("Action"))
        if _any_text(action, ("sts:", "name/sts:")):
            return TRUST
        resource = item.get("resource", item.get("Resource"))
        if _any_text(resource, ("qcs::cos:", "qcs:id/0:cos:")):
            return BUCKET
        if _all_text(action, ("cos:", "name/cos:", "ci:", "name/ci:")):
            return BUCKET
    return IDENTITY


def _any_text(written: object, prefixes: tuple[str, ...]) -> bool:
    listed = written if isinstance(written, list) else [written]
    return any(isinstance(one, str) and one.startswith(prefixes) for one in listed)


def _all_text(written: object, prefixes: tuple[str, ...]) -> bool:
    listed = written if isinstance(written, list) else [written]
    return bool(listed) and all(isinstance(one, str) and one.startswith(prefixes) for one in listed)
