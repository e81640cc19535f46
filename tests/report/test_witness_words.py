"""The request that shows a finding, in each report."""

import json

import pytest

from camlint.access.answer import Request
from camlint.finding import Finding, Witness
from camlint.findings import Summary
from camlint.place import Place
from camlint.report.json import JsonReport
from camlint.report.sarif import SarifReport
from camlint.report.text import TextReport
from camlint.report.witness_words import describe_witness, witness_object

TEXT = '{"effect": "allow"}'
WHERE = "qcs::cdb:ap-guangzhou::instanceId/cdb-1"
MANY = {f"k{number}": ("v",) for number in range(6)}


@pytest.mark.parametrize(
    ("request_", "absent", "words"),
    [
        (Request("cam:ListUsers", "*"), (), "for example cam:ListUsers with no resource"),
        (Request("cdb:X", WHERE, None, {}), ("qcs:ip",), f"for example cdb:X on {WHERE}, without qcs:ip"),
        (
            Request("cdb:X", WHERE, None, {"qcs:ip": ("203.0.113.7",), "qcs:current_time": ("2026-01-01T00:00:00Z",)}),
            (),
            f"for example cdb:X on {WHERE}, at 2026-01-01T00:00:00Z, from 203.0.113.7",
        ),
        (
            Request("cdb:X", WHERE, "anonymous", {"qcs:resource_tag": ("a&b", "c&d"), "vpc:vpc": ("e",)}),
            ("j", "k"),
            f'for example cdb:X on {WHERE}, not signed by anybody, with qcs:resource_tag "a&b" and "c&d" and vpc:vpc "e", without j and k',
        ),
        (
            Request("cdb:X", WHERE, "uin/1:uin/2", {"k": ()}),
            (),
            f"for example cdb:X on {WHERE}, by uin/1:uin/2, with an empty k",
        ),
        (
            Request("cdb:X", WHERE, None, MANY),
            tuple(MANY),
            f'for example cdb:X on {WHERE}, with k0 "v", k1 "v", k2 "v", k3 "v" and 2 more, without k0, k1, k2, k3 and 2 more',
        ),
    ],
)  # fmt: skip
def test_a_request_in_words(request_: Request, absent: tuple[str, ...], words: str) -> None:
    assert describe_witness(Witness(request_, absent)) == words


def test_a_request_for_programs_has_what_can_takes() -> None:
    context = {"b": ("1", "2"), "a": ("3",), "c": ()}
    assert witness_object(Witness(Request("cdb:X", WHERE, "anonymous", context), ("d",))) == {
        "principal": "anonymous",
        "action": "cdb:X",
        "resource": WHERE,
        "context": {"a": "3", "b": ["1", "2"], "c": []},
    }
    assert witness_object(Witness(Request("cdb:X", "*"))) == {
        "action": "cdb:X",
        "resource": "*",
        "context": {},
    }


def test_each_report_shows_the_request(diagnose) -> None:
    witness = Witness(Request("cdb:X", "*", None, {"k": ("\x1b[31m",)}), ("qcs:ip",))
    finding = diagnose(TEXT, '"allow"', note="a fact", witness=witness)
    reports = {}
    for kind in (TextReport, JsonReport, SarifReport):
        parts: list[str] = []
        report = kind(parts.append)
        report.start()
        report.file([finding])
        report.finish(Summary(files=1, policies=1))
        reports[kind] = "".join(parts)
    said = 'for example cdb:X with no resource, with k "\\u{1b}[31m", without qcs:ip'
    assert f"= note: a fact\n   = note: {said}\n" in reports[TextReport]
    (found,) = json.loads(reports[JsonReport])["findings"]
    plain = {"action": "cdb:X", "resource": "*", "context": {"k": "\x1b[31m"}}
    assert found["witness"] == plain
    (result,) = json.loads(reports[SarifReport])["runs"][0]["results"]
    assert f"Note: a fact. Note: {said}." in result["message"]["text"]
    assert result["properties"] == {"witness": plain}


def test_the_request_goes_where_the_finding_goes() -> None:
    witness = Witness(Request("cdb:X", "*"))
    finding = Finding("message", Place(("statement", 0)), witness=witness)
    assert finding.moved(("statement", 1)).witness is witness
    assert finding.shifted(lambda place: place).witness is witness
