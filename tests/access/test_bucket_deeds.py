"""What actions do to a bucket, in words, and in which order."""

from camlint.access.bucket_deeds import list_deeds
from camlint.catalog.catalog import Catalog

COS = Catalog().service("cos")


def deeds(*names: str) -> list[str]:
    return list_deeds(one for name in names for one in COS.matching(name))


def test_the_worst_comes_first_and_each_once() -> None:
    assert deeds("*Object", "PutBucketPolicy", "PutBucketTagging") == [
        "rewrite the bucket's policy",
        "delete objects",
        "write objects",
        "change tags",
        "read objects",
    ]


def test_that_somebody_may_look_is_told_only_where_there_is_nothing_else() -> None:
    assert deeds("HeadBucket", "GetBucketLocation") == ["read about the bucket"]
    assert deeds("HeadBucket", "GetBucket") == ["list objects"]
    assert deeds() == []


def test_every_operation_of_cos_does_something() -> None:
    assert all(list_deeds([one]) for one in COS.actions)


def test_the_names_in_the_table_are_operations_of_cos() -> None:
    assert len({*deeds("*")}) > 9
