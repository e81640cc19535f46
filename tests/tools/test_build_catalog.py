"""How the catalogue's data is made: the same every time, and never by hand."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from build_catalog import DATA, main
from catalog.curated import FACTS, WrongFact, read_curated
from catalog.layout import render
from catalog.levels import Levels
from catalog.published import KEPT
from catalog.risks import RISKS, read_risks


class Desk:
    """The sources of two services, and the data made of them, to spoil."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.kept = folder / "sdk"
        self.facts = folder / "facts"
        self.pins = folder / "catalog.txt"
        self.risks = folder / "risks"
        for path in (self.data, self.kept, self.facts / "services", self.risks):
            path.mkdir(parents=True)
        for path in RISKS.glob("*.toml"):
            shutil.copy(path, self.risks)
        for name in ("packages.json", "trtc.json", "cdb.json"):
            shutil.copy(KEPT / name, self.kept)
        for name in ("trtc.json", "cdb.json"):
            shutil.copy(FACTS / "services" / name, self.facts / "services")
        for path in FACTS.glob("*.json"):
            shutil.copy(path, self.facts)
        assert self.run() == 0

    def run(self, *arguments: str) -> int:
        return main(list(arguments), self.data, self.kept, self.facts, self.pins, self.risks)

    def edit(self, path: Path, old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    made = Desk(tmp_path / "desk")
    capsys.readouterr()
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def wheels(folder: Path, actions: dict[str, list[str]]) -> Path:
    """Two packages that describe the same services, as far as the build reads them."""
    folder.mkdir()
    for package, version in (("tccli", "9.1"), ("tccli_intl_en", "9.2")):
        with zipfile.ZipFile(folder / f"{package}-{version}-py2.py3-none-any.whl", "w") as wheel:
            for service, operations in actions.items():
                api = {
                    "actions": {operation: {} for operation in operations},
                    "metadata": {"serviceNameCN": f"{service} 服务"},
                }
                name = f"tccli/services/{service}/v20200101"
                wheel.writestr(f"{name}/api.json", json.dumps(api))
                wheel.writestr(f"{name}/examples.json", "not read")
            wheel.writestr("tccli/__init__.py", "raise SystemExit('never run')")
    return folder


def test_the_data_is_what_its_sources_make_of_it(tmp_path: Path) -> None:
    assert main(["--check"]) == 0
    again = tmp_path / "data"
    again.mkdir()
    assert main([], again) == 0
    assert files(again) == files(DATA)


def test_building_again_writes_nothing(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(desk.data)
    assert desk.run("--check") == 0
    assert desk.run() == 0
    assert files(desk.data) == before
    assert capsys.readouterr().out.count(" 0 written") == 2


def test_check_names_a_tampered_file_and_leaves_it(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    path = desk.data / "services" / "trtc.json"
    desk.edit(path, '"level": "write"', '"level": "read"')
    tampered = path.read_bytes()
    assert desk.run("--check") == 1
    said = capsys.readouterr().err
    assert "services/trtc.json" in said
    assert "make catalog" in said
    assert path.read_bytes() == tampered
    assert desk.run() == 0
    assert desk.run("--check") == 0


def test_check_names_a_file_too_many(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    stray = desk.data / "services" / "nosuchthing.json"
    stray.write_text("{}", "utf-8")
    assert desk.run("--check") == 1
    assert "services/nosuchthing.json" in capsys.readouterr().err
    assert desk.run() == 0
    assert not stray.exists()


def test_actions_that_come_and_go_are_printed(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.edit(desk.kept / "trtc.json", '"DismissRoomByStrRoomId"', '"DismissEveryRoom"')
    facts = desk.facts / "services" / "trtc.json"
    lines = facts.read_text("utf-8").splitlines(keepends=True)
    facts.write_text("".join(line for line in lines if "DismissRoomByStr" not in line), "utf-8")
    assert desk.run() == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[:-1] == ["+ trtc:DismissEveryRoom", "- trtc:DismissRoomByStrRoomId"]
    trtc = json.loads((desk.data / "services" / "trtc.json").read_text("utf-8"))
    assert trtc["actions"]["DismissEveryRoom"] == {"level": "write", "origins": ["sdk"]}


def test_packages_are_read_pinned_and_brought_together(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = wheels(tmp_path / "wheels", {"trtc": ["DismissRoom"], "autoscaling": ["ScaleNow"]})
    assert desk.run("--packages", str(folder)) == 0
    assert "+ as:ScaleNow" in capsys.readouterr().out.splitlines()
    assert sorted(path.name for path in desk.kept.iterdir()) == [
        "autoscaling.json",
        "packages.json",
        "trtc.json",
    ]
    scaling = json.loads((desk.data / "services" / "as.json").read_text("utf-8"))
    assert scaling["packages"] == {"tccli": "9.1", "tccli-intl-en": "9.2"}
    assert scaling["actions"]["ScaleNow"]["origins"] == ["sdk"]
    assert not (desk.data / "services" / "autoscaling.json").exists()
    pins = desk.pins.read_text("utf-8")
    assert "tccli==9.1 \\\n    --hash=sha256:" in pins
    assert "tccli-intl-en==9.2 \\\n" in pins
    assert "://" not in pins
    assert desk.run("--check", "--packages", str(folder)) == 0


def test_check_compares_the_kept_lists_with_the_packages(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = wheels(tmp_path / "wheels", {"trtc": ["DismissRoom"]})
    before = files(desk.kept)
    assert desk.run("--check", "--packages", str(folder)) == 1
    said = capsys.readouterr().err.splitlines()
    assert {"trtc.json", "packages.json", "catalog.txt"} <= set(said)
    assert files(desk.kept) == before
    assert not desk.pins.exists()


def test_missing_packages_are_told(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "wheels").mkdir()
    assert desk.run("--packages", str(tmp_path / "wheels")) == 2
    assert "make catalog-refresh" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"level": "read"', '"level": "reads"', 'level "reads" is none of'),
        ('"product-docs"', '"hearsay"', 'origin "hearsay" is none of'),
        ('"qcs::cdb:', '"qcs:cdb:', "six segments"),
        ('"resource_level": true', '"resource_level": false', "isn't marked resource_level"),
        ('"resource_level"', '"resourcelevel"', 'unknown key "resourcelevel"'),
        ('"service": "cdb"', '"service": "cvm"', 'says that its service is "cvm"'),
        ('"granularity": "resource"', '"granularity": "some"', 'granularity "some" is none of'),
        ('"tag_authorization"', '"tags"', 'unknown key "tags"'),
    ],
)
def test_slips_in_the_facts_are_told(
    old: str, new: str, said: str, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    path = desk.facts / "services" / "cdb.json"
    if old not in path.read_text("utf-8"):
        desk.edit(path, '"origins"', f'{old}, "origins"')
    desk.edit(path, old, new)
    assert desk.run() == 2
    told = capsys.readouterr().err
    assert said in told
    assert "services/cdb.json" in told


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("tags", 'severity = "warning"', 'severity = "note"', 'severity "note" is none of'),
        ("tags", 'confidence = "medium"', 'confidence = "sure"', 'confidence "sure" is none of'),
        ("tags", 'where = "tags-decide"', 'where = "always"', 'where "always" is none of'),
        ("tags", "outcome =", "result =", 'unknown key "result"'),
        ("tags", "way_out =", "# way_out =", 'no "way_out"'),
        ("tags", "order =", "# order =", 'no "order"'),
        ("tags", "references = [", "references = []\nthen = [", "has no references"),
        ("tags", "any = [", 'inferred = ["tag:Any"]\nany = [', '"tag:Any" is inferred and not'),
        ("tags", '"tag-what-is-out-of-reach"', '"rewrite-policy"', '"rewrite-policy" names two'),
        ("groups", "lets =", "says =", 'credentials: no "lets"'),
    ],
)
def test_slips_in_the_risks_are_told(
    file: str, old: str, new: str, said: str, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    path = desk.risks / f"{file}.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    assert desk.run() == 2
    assert said in capsys.readouterr().err


def test_an_action_put_into_a_group_is_marked_in_its_service(desk: Desk) -> None:
    desk.edit(
        desk.risks / "groups.toml", "actions = [", 'actions = [\n  "trtc:StartMCUMixTranscode",'
    )
    assert desk.run() == 0
    rows = json.loads((desk.data / "services" / "trtc.json").read_text("utf-8"))["actions"]
    (first, *_) = read_risks(desk.risks).groups
    assert rows["StartMCUMixTranscode"]["groups"] == [first]


def test_curated_facts_are_sound() -> None:
    try:
        curated = read_curated()
    except WrongFact as problem:
        pytest.fail(str(problem))
    assert curated.tables["about"]["date"]


def test_layout_has_a_line_for_each_entry() -> None:
    text = render({"a": 1, "rows": {"y": [1], "x": {"b": 2, "a": 1}}, "none": []}, wide=("rows",))
    assert text == (
        '{\n "a": 1,\n "rows": {\n  "x": {"a": 1, "b": 2},\n  "y": [1]\n },\n "none": []\n}\n'
    )
    assert json.loads(text)["rows"]["y"] == [1]


def test_levels_are_told_from_names() -> None:
    levels = Levels({"Describe": "read", "List": "list"})
    told = {name: levels.tell(name) for name in ("DescribeX", "DescribeXList", "ListX", "FlyX")}
    assert told == {
        "DescribeX": "read",
        "DescribeXList": "list",
        "ListX": "list",
        "FlyX": "write",
    }
