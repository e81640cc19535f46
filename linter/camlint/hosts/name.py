"""The name of a policy, from what holds it or else from its file."""

from camlint.place import Pointer

_NAMES = {
    "PolicyDocument": ("PolicyName",),
    "policyDocument": ("policyName",),
    "policy_document": ("policy_name", "name"),
    "NewCustomPolicyDocument": ("CustomPolicyName",),
    "Content": ("Name",),
    "document": ("name",),
}
"""Which parameter beside that of a document names the policy.

Source: CreatePolicy of CAM, version 2019-01-16; CreatePolicy and UpdateCustomPolicyForRoleConfiguration
of Organization, version 2021-03-31; ``tencentcloud_cam_policy`` of the Terraform provider, in JSON
"""


def name_from_host(value: object, pointer: Pointer) -> str:
    """The name that stands beside what ``pointer`` leads to in ``value``, ``""`` without one."""
    if not pointer or pointer[-1] not in _NAMES:
        return ""
    around = value
    for step in pointer[:-1]:
        if isinstance(around, dict):
            around = around.get(step)
        elif isinstance(around, list) and isinstance(step, int) and step < len(around):
            around = around[step]
    if not isinstance(around, dict):
        return ""
    named = (around.get(key) for key in _NAMES[str(pointer[-1])])
    return next((name for name in named if isinstance(name, str)), "")


def stem_of(path: str) -> str:
    """The name of a file without its folder and its last ending."""
    if "\\" in path:
        path = path.replace("\\", "/")
    file = path.rpartition("/")[2]
    stem, dot, _ = file.rpartition(".")
    return stem if dot else file
