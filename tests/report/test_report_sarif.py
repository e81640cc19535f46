"""The SARIF report: what code scanning requires, places that cut out the token, lasting identities."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from camlint.engine import Engine
from camlint.finding import Severity
from camlint.findings import RelatedRegion, Summary
from camlint.registry import load_registry
from camlint.report.json_path import json_path
from camlint.report.repository import Repositories
from camlint.report.sarif import MOST_NOTICED, SarifReport
from camlint.report.sarif_limits import Kept
from camlint.report.sarif_log import to_plain
from camlint.report.sarif_results import MOST_LOCATIONS, to_uri
from camlint.report.sarif_rules import describe_rule
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source, read_source
from camlint.version import VERSION

TEXT = '{"effect": "allow",\n "action": "trtc:描述",\n "resource": "*"}\n'
ENTRIES = load_registry().entries
OWN = Path(__file__).parents[1] / "policies"
CORPUS = os.environ.get("CAMLINT_CORPUS", "")


def written(*files, summary=None, **asked):
    parts = []
    report = SarifReport(parts.append, **asked)
    report.start()
    for diagnostics in files:
        report.file(diagnostics)
    report.finish(summary or Summary())
    return "".join(parts)


def run_of(*files, **asked):
    log = json.loads(written(*files, **asked))
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    return run


def linted(text, path="policy.json"):
    engine = Engine(load_registry(), Selection(strict=True), NOTHING_STATED)
    return engine.lint(Source(path, text)).diagnostics


def notices(run):
    [invocation] = run["invocations"]
    return {
        one["descriptor"]["id"]: one for one in invocation.get("toolExecutionNotifications", [])
    }


@pytest.fixture
def finding(diagnose):
    def make(**stated):
        return diagnose(TEXT, '"trtc:描述"', **{"code": "CAM602", "path": "a.json", **stated})

    return make


def test_a_clean_run_is_a_whole_file():
    run = run_of([])
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []
    assert run["tool"]["driver"]["name"] == "camlint"
    assert run["tool"]["driver"]["semanticVersion"] == VERSION
    assert "informationUri" not in run["tool"]["driver"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["automationDetails"] == {"id": "camlint/"}
    assert run["invocations"] == [{"executionSuccessful": True}]


@pytest.mark.parametrize(
    ("category", "identity"),
    [("", "camlint/"), ("prod", "prod/"), ("prod/", "prod/"), ("infra/prod", "infra/prod/")],
)
def test_a_category_ends_with_a_slash(category, identity):
    assert run_of([], category=category)["automationDetails"] == {"id": identity}


def test_a_result(finding, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one = finding(
        message='"*" grants all',
        help="name them",
        note="that is so",
        related=(('"*"', "on [every] resource"),),
        policy="/Policy",
    )
    [result] = run_of([one])["results"]
    place: dict[str, Any] = {"artifactLocation": {"uri": "a.json", "uriBaseId": "%SRCROOT%"}}
    [hash_] = result.pop("partialFingerprints").items()
    assert hash_[0] == "primaryLocationLineHash"
    assert re.fullmatch("[0-9a-f]{20}:1", hash_[1])
    assert result == {
        "ruleId": "CAM602",
        "ruleIndex": 0,
        "level": "error",
        "message": {
            "text": '"*" grants all. What to do: name them. Note: that is so. '
            "See also [on \\[every\\] resource](1)."
        },
        "locations": [
            {
                "physicalLocation": place
                | {"region": {"startLine": 2, "startColumn": 12, "endLine": 2, "endColumn": 21}},
                "logicalLocations": [{"fullyQualifiedName": "$.Policy.statement[0].action[0]"}],
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "message": {"text": "on [every] resource"},
                "physicalLocation": place
                | {"region": {"startLine": 3, "startColumn": 14, "endLine": 3, "endColumn": 17}},
                "logicalLocations": [{"fullyQualifiedName": "$.Policy.statement[0].resource[0]"}],
            }
        ],
    }


@pytest.mark.parametrize("severity", Severity)
def test_the_level_is_always_written(finding, severity):
    [result] = run_of([finding(severity=severity)])["results"]
    assert result["level"] == severity.value


def test_a_related_place_without_words_is_linked_by_its_line(finding):
    [result] = run_of([finding(related=(('"*"', ""),))])["results"]
    assert result["message"]["text"].endswith("See also [line 3](1).")


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("it [says](https://example.com) so", "it [says\\](https://example.com) so."),
        ("\x1b[2K \u202e \ud800", "\\u{1b}[2K \\u{202e} \\u{d800}."),
        ("did you mean this?", "did you mean this?"),
        ("数据", "数据."),
    ],
)
def test_a_message_holds_nothing_that_acts(finding, message, shown):
    [result] = run_of([finding(message=message)])["results"]
    assert result["message"]["text"] == shown


def test_a_message_has_an_end(finding):
    [result] = run_of([finding(message="x" * 1_000_000, help="y" * 5000)])["results"]
    assert len(result["message"]["text"]) < 2100
    assert "…. What to do: y" in result["message"]["text"]


def test_rules_are_those_with_results_and_every_index_fits(finding):
    run = run_of([finding(), finding(code="CAM109")], [finding(code="CAM602"), finding()])
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["CAM602", "CAM109"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]


def test_two_runs_give_equal_bytes(finding):
    files = [finding(), finding(code="CAM109", related=(('"*"', "here"),))]
    assert written(files) == written(files)
    assert len(written(files).splitlines()) == 6


@pytest.mark.parametrize("code", [entry.code for entry in ENTRIES])
def test_a_descriptor_has_what_code_scanning_requires(code):
    rule = load_registry().rule(code)
    plain: Any = to_plain(describe_rule(rule))
    properties = plain["properties"]
    tags = properties["tags"]
    assert plain["id"] == code
    assert plain["name"] == rule.name
    assert 0 < len(plain["shortDescription"]["text"]) <= 1024
    assert len(plain["shortDescription"]["text"]) <= len(plain["fullDescription"]["text"]) <= 1024
    assert plain["fullDescription"]["text"].endswith((".", "?", ":"))
    assert "## Why is this a problem?" in plain["help"]["markdown"]
    assert plain["help"]["text"]
    assert not re.search("^(#|```)", plain["help"]["text"], re.MULTILINE)
    assert plain.get("helpUri") == (rule.references[0] if rule.references else None)
    assert plain["defaultConfiguration"]["level"] == rule.severity.value
    assert properties["precision"] == rule.confidence.value
    assert 0 < len(tags) == len(set(tags)) <= 10
    assert ("security" in tags) == (code[:4] in {"CAM6", "CAM7"})
    assert (f"external/cwe/cwe-{rule.cwe or 0:03d}" in tags) == (rule.cwe is not None)
    if "security" in tags and rule.security_severity is not None:
        assert 0 < float(properties["security-severity"]) <= 10
        assert isinstance(properties["security-severity"], str)
        assert "problem.severity" not in properties
    else:
        assert properties["problem.severity"] in {"error", "warning", "recommendation"}
        assert "security-severity" not in properties


def test_administrator_access_is_an_alert_on_security():
    properties = to_plain(describe_rule(load_registry().rule("CAM601")))["properties"]
    assert properties["tags"] == ["security", "breadth", "external/cwe/cwe-250"]
    assert properties["security-severity"] == "9.1"


def test_what_is_no_part_of_a_log_is_refused():
    with pytest.raises(TypeError, match="Path is no part"):
        to_plain({"uri": [Path()]} if os.name == "nt" else {"uri": [type("Path", (), {})()]})


@pytest.mark.parametrize(
    ("pointer", "path"),
    [
        ("", "$"),
        ("/statement/0/action/12", "$.statement[0].action[12]"),
        ("/Statement/condition/qcs:ip", "$.Statement.condition['qcs:ip']"),
        ("/a~1b/c~0d/e'\\f", "$['a/b']['c~d']['e\\'\\\\f']"),
        ("/00//策略", "$['00']['']['策略']"),
    ],
)
def test_a_pointer_as_json_path(pointer, path):
    assert json_path(pointer) == path


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("policies/a-b_c.~1.json", "policies/a-b_c.~1.json"),
        ("a b/100%#?.json", "a%20b/100%25%23%3F.json"),
        ("c:d.json", "c%3Ad.json"),
        ("策略.json", "%E7%AD%96%E7%95%A5.json"),
        ("<stdin>", "%3Cstdin%3E"),
        pytest.param("\udcff.json", "%FF.json", marks=pytest.mark.skipif("os.name == 'nt'")),
        pytest.param(
            "/a b.json", "file:///a%20b.json", marks=pytest.mark.skipif("os.name == 'nt'")
        ),
    ],
)
def test_a_path_as_uri(path, uri):
    assert to_uri(path) == uri


def test_paths_are_seen_from_the_root_of_the_repository(tmp_path, monkeypatch):
    deep = tmp_path / "repository" / "deep"
    (deep / "er").mkdir(parents=True)
    (tmp_path / "repository" / ".git").mkdir()
    (deep / "er" / ".git").write_text("gitdir: elsewhere")
    monkeypatch.chdir(deep)
    repositories = Repositories()
    assert repositories.path_of("a.json") == "deep/a.json"
    assert repositories.path_of("../b.json") == "b.json"
    assert repositories.path_of(str(tmp_path / "repository" / "c" / "d.json")) == "c/d.json"
    assert repositories.path_of("er/e.json") == "e.json"
    assert repositories.path_of("../../f.json") == (tmp_path / "f.json").resolve().as_posix()


def test_outside_a_repository_paths_are_seen_from_here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Repositories().path_of("deep/a.json") == "deep/a.json"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_is_followed(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.json").write_text("{}")
    (tmp_path / "link.json").symlink_to("real/a.json")
    monkeypatch.chdir(tmp_path)
    assert Repositories().path_of("link.json") == "real/a.json"


def test_a_file_elsewhere_has_an_absolute_uri(finding, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    [result] = run_of([finding(path=str(tmp_path / "a.json"))])["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": to_uri((tmp_path / "a.json").resolve().as_posix())}
    assert artifact["uri"].startswith("file:///")


STATEMENTS: list[dict[str, Any]] = [
    {"effect": "allow", "action": ["cvm:*"], "resource": ["*"]},
    {"effect": "allow", "action": ["cdb:A:B", "cdb:Describe*"], "resource": ["qcs::cdb:::*"]},
    {
        "effect": "allow",
        "action": "trtc:RemoveUser",
        "resource": "qcs::trtc::uin/100032145678:sdkappid/14O0618273",
    },
]


def identities(text, path="policy.json"):
    results = run_of(linted(text, path))["results"]
    return sorted(
        (one["ruleId"], one["partialFingerprints"]["primaryLocationLineHash"]) for one in results
    )


def policy(statements=STATEMENTS, **layout):
    return json.dumps({"version": "2.0", "statement": statements}, **layout)


@pytest.mark.parametrize(
    "again",
    [
        pytest.param("\n\n\n\n" + policy(), id="lines added above"),
        pytest.param(policy(indent=4), id="laid out"),
        pytest.param(policy(indent="\t").replace("\n", "\r\n"), id="other line ends"),
        pytest.param(policy(STATEMENTS[::-1], indent=1), id="statements reordered"),
        pytest.param(policy([dict(reversed(one.items())) for one in STATEMENTS]), id="keys"),
    ],
)
def test_an_identity_outlives_every_change_of_layout(again):
    first = identities(policy())
    assert len({code for code, _ in first}) >= 3
    assert identities(again) == first


def test_an_identity_outlives_a_statement_put_before():
    new = {"effect": "deny", "action": "cos:DeleteBucket", "resource": "*"}
    assert identities(policy([new, *STATEMENTS])) == identities(policy())


def test_an_identity_lapses_with_the_meaning():
    other = json.loads(policy().replace("allow", "deny"))["statement"]
    assert not set(identities(policy(other))) & set(identities(policy()))


def test_an_identity_is_the_same_from_every_folder(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path)
    first = identities(policy(), "deep/policy.json")
    monkeypatch.chdir(tmp_path / "deep")
    assert identities(policy(), "policy.json") == first
    assert identities(policy(), "other.json") != first


def cut(text, region):
    """The characters of a region, by its lines and columns alone."""
    lines = re.split("(?<=\n)|(?<=\r)(?!\n)", text)
    first, last = region["startLine"] - 1, region["endLine"] - 1
    piece = "".join(lines[first : last + 1])
    after = len(lines[last]) - (region["endColumn"] - 1)
    return piece[region["startColumn"] - 1 : len(piece) - after]


def regions_cut_out_the_tokens(path):
    source = read_source(str(path), path.name)
    engine = Engine(load_registry(), Selection(strict=True), NOTHING_STATED)
    diagnostics = engine.lint(source).diagnostics
    results = run_of(diagnostics)["results"]
    for one, result in zip(diagnostics, results, strict=True):
        [location] = result["locations"]
        region = location["physicalLocation"]["region"]
        assert len(region) == 4
        span = one.region.span
        token = cut(source.text, region)
        assert token == source.text[span.start : span.end]
        assert token.startswith(one.offending)
        assert token or one.code in {"CAM901", "CAM001"}
        for other, place in zip(one.related, result.get("relatedLocations", []), strict=True):
            span = other.region.span
            region = place["physicalLocation"]["region"]
            assert cut(source.text, region) == source.text[span.start : span.end]
    return len(results)


def test_the_regions_of_our_policies_cut_out_the_tokens():
    assert sum(map(regions_cut_out_the_tokens, sorted(OWN.glob("*.json")))) > 60


@pytest.mark.skipif(not CORPUS, reason="CAMLINT_CORPUS names no folder of policies to run on")
def test_the_regions_of_the_corpus_cut_out_the_tokens():
    paths = sorted((Path(CORPUS) / "policies").rglob("*.json"))
    assert sum(map(regions_cut_out_the_tokens, paths)) > 0


@pytest.mark.parametrize(
    ("text", "code", "token"),
    [
        (
            '{"version": "2.0",\r\n"statement": [{"effect": "允许", "action": "cdb:A:B",'
            ' "resource": "qcs::cdb:::*"}]}',
            "CAM101",
            "cdb:A:B",
        ),
        (
            json.dumps({"PolicyDocument": policy([{**STATEMENTS[0], "effect": "Allow"}])}),
            "CAM010",
            '\\"Allow\\"',
        ),
        (policy(), "CAM210", "O"),
    ],
)
def test_the_primary_region_is_the_offending_token(text, code, token):
    results = run_of(linted(text))["results"]
    [region] = [
        one["locations"][0]["physicalLocation"]["region"]
        for one in results
        if one["ruleId"] == code
    ]
    assert cut(text, region).strip('"') == token.strip('"')


def test_an_incomplete_run_says_so(diagnose):
    unreadable = diagnose("", at=(0, 0), code="CAM904", path="gone.json")
    skipped = diagnose(TEXT, at=(0, 0), code="CAM901", severity=Severity.WARNING)
    run = run_of([unreadable], [skipped], summary=Summary(unreadable=1, not_analysed=2, failed=3))
    assert run["invocations"][0]["executionSuccessful"] is False
    told = notices(run)
    assert {name: (one["level"], one["message"]["text"]) for name, one in told.items()} == {
        "unreadable-file": ("error", "Files that could not be read: 1."),
        "not-analysed": ("warning", "Policies that were not analysed, or not to their end: 2."),
        "defect": (
            "error",
            "Defects of camlint that left a file unchecked: 3. Standard error describes them.",
        ),
    }
    [place] = told["unreadable-file"]["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"].endswith("gone.json")


def test_a_policy_that_was_not_analysed_is_no_failure_of_the_run(diagnose):
    run = run_of([diagnose(TEXT, at=(0, 0), code="CAM901")], summary=Summary(not_analysed=1))
    assert run["invocations"][0]["executionSuccessful"] is True
    assert list(notices(run)) == ["not-analysed"]


def test_a_notification_names_only_so_many_places(diagnose):
    skipped = [diagnose(TEXT, at=(0, 0), code="CAM901")] * (MOST_NOTICED + 5)
    notice = notices(run_of(skipped))["not-analysed"]
    assert len(notice["locations"]) == MOST_NOTICED
    assert notice["message"]["text"].endswith(f": {MOST_NOTICED + 5}.")


def test_beyond_the_limit_the_mildest_are_left_out(finding):
    severities = [Severity.NOTE, Severity.WARNING, Severity.NOTE, Severity.ERROR, Severity.WARNING]
    files = [
        [finding(severity=severity, path=f"{n}.json")] for n, severity in enumerate(severities)
    ]
    run = run_of(*files, kept=Kept(most=3))
    assert [one["level"] for one in run["results"]] == ["warning", "error", "warning"]
    text = notices(run)["results-left-out"]["message"]["text"]
    assert text.startswith("Results that were left out, the mildest first: 2. ")
    assert list(notices(run_of(*files, kept=Kept(most=5)))) == []


def test_results_that_are_too_long_together_are_left_out():
    kept = Kept()
    for number in range(400):
        severity = Severity.ERROR if number % 100 == 99 else Severity.NOTE
        kept.add(f"{number} {os.urandom(2000).hex()}", severity)
    numbers = [int(text.split(" ")[0]) for text in kept.fitting(most_bytes=500_000)]
    assert numbers == sorted(numbers)
    assert {99, 199, 299, 399} < set(numbers)
    assert 100 < len(numbers) < 300
    assert len(kept.fitting()) == 400


def test_related_places_have_a_limit(finding):
    [place] = finding(related=(('"*"', "here"),)).related
    one = finding()
    one.related = (RelatedRegion(place.region, "here", ()),) * MOST_LOCATIONS
    run = run_of([one])
    [result] = run["results"]
    assert len(result["locations"]) + len(result["relatedLocations"]) == MOST_LOCATIONS
    assert "[here](10)." in result["message"]["text"]
    assert "places-left-out" in notices(run)


def test_it_validates(finding, diagnose):
    if importlib.util.find_spec("sarif_pydantic") is None:
        reason = "sarif-pydantic is not installed here, so no report can be validated with it"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from sarif_pydantic import Sarif

    text = written(
        [finding(related=(('"*"', "here"),))],
        [diagnose("", at=(0, 0), code="CAM904")],
        summary=Summary(unreadable=1),
    )
    [run] = Sarif.model_validate_json(text).runs
    assert [one.rule_id for one in run.results] == ["CAM602", "CAM904"]
    assert [one.rule_index for one in run.results] == [0, 1]
    region = run.results[0].locations[0].physical_location.region
    assert (region.start_line, region.start_column) == (2, 12)
    assert (region.end_line, region.end_column) == (2, 21)
    assert run.results[0].level.value == "error"
    assert [one.id for one in run.tool.driver.rules] == ["CAM602", "CAM904"]
    with pytest.raises(ValueError, match="level"):
        Sarif.model_validate_json(text.replace('"level": "error"', '"level": "bad"'))


@pytest.mark.parametrize("name", ["text", "concise", "json", "github"])
def test_no_other_format_imports_anything_of_it(name):
    script = (
        "import sys\n"
        "from camlint.report.formats import open_report\n"
        f"open_report('{name}', print)\n"
        "print(*sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert f"camlint.report.{name}" in loaded
    assert not [
        one for one in loaded if one.startswith(("sarif_om", "attr", "camlint.report.sarif"))
    ]
