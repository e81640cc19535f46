"""Which region segments name the same region, and of which it isn't known."""

LEGACY = {
    "gz": "ap-guangzhou",
    "sh": "ap-shanghai",
    "bj": "ap-beijing",
    "hk": "ap-hongkong",
    "sg": "ap-singapore",
    "ca": "na-toronto",
    "cd": "ap-chengdu",
    "de": "eu-frankfurt",
    "shjr": "ap-shanghai-fsi",
}
"""Old codes of regions that mean the same as new ones.

Source: https://cloud.tencent.com/document/product/598/10606 (the page of 2019)
"""

INFERRED = frozenset(
    (
        *("szjr", "gzopen", "usw", "use", "cq", "kr", "in", "th", "ru", "jp", "nj", "jkt", "sao"),
        *("cn-east", "cn-south", "cn-north", "cn-southwest"),
    )
)
"""Codes that look like old ones of other regions; no page equates them with the new ones."""


def modern(region: str) -> str:
    """The new name of a region whose old code is documented; any other text as it is."""
    return LEGACY.get(region, region)
