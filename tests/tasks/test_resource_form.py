"""Which actions a resource is matched against."""

import pytest

from camlint.catalog.catalog import Catalog
from camlint.tasks.resource_form import ResourceForm, read_form

pytestmark = pytest.mark.usefixtures("small_catalogue")


def read(text: str) -> ResourceForm:
    form = read_form(text, Catalog())
    assert form is not None
    return form


def matched(text: str) -> list[str]:
    return [action.qualified for action in read(text).actions]


@pytest.mark.parametrize(
    "text",
    [
        "qcs::trtc::uin/100032145678:sdkappid/1400618273",
        "qcs::trtc:::SdkAppId/*",
        "qcs::trtc:*:*:*",
    ],
)
def test_actions_of_a_type(text: str) -> None:
    assert matched(text) == ["trtc:DescribeRoomInfo", "trtc:DismissRoom"]


def test_what_is_left_open() -> None:
    form = read("qcs::trtc::uin/100032145678:sdkappid/1400618273")
    assert (form.type, form.unplaced, form.undocumented) == ("sdkappid", 1, 1)


def test_actions_of_other_services() -> None:
    form = read("qcs::cvm:ap-guangzhou:uin/100032145678:instance/ins-1a2b3c4d")
    assert form.asked == ("cvm", "tat")
    assert [action.qualified for action in form.actions] == ["cvm:StartInstances", "tat:RunCommand"]


def test_a_region_where_there_is_none() -> None:
    form = read("qcs::trtc:ap-guangzhou:uin/100032145678:sdkappid/1400618273")
    assert form.actions == ()
    assert form.templates == ()
    assert form.remarks == (
        'no documented resource of trtc has a region, and this one has "ap-guangzhou"',
    )


def test_an_account_in_another_form() -> None:
    form = read("qcs::cdb:ap-guangzhou:uid/1253817264:instanceId/cdb-1a2b3c4d")
    assert form.remarks == (
        'documents write the account as uin/…, and this one has "uid/1253817264"',
    )
    assert len(form.actions) == 2


@pytest.mark.parametrize("text", ["qcs::trtc:sdkappid/1", "qcs::nobody::uin/1:a/b", "*"])
def test_what_is_no_resource_of_a_known_service(text: str) -> None:
    assert read_form(text, Catalog()) is None
