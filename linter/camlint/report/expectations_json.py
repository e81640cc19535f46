"""What came of expectations as JSON of version 1, for programs."""

import json
from collections.abc import Iterable

from camlint.place import render_pointer
from camlint.report.broken import BrokenFile
from camlint.report.comparison_json import render_witness
from camlint.report.json import escape_json
from camlint.report.mutation import describe_loss
from camlint.report.outcome_words import explain, find_line, title
from camlint.tasks.decision import PlacedStatement
from camlint.tasks.expectations import Claim
from camlint.tasks.mutate import Mutation, Survivor
from camlint.tasks.run_expectations import Outcome
from camlint.tasks.suite import Result

VERSION = 1
Object = dict[str, object]


def write_expectations_json(
    results: Iterable[Result],
    broken: Iterable[BrokenFile],
    unexercised: Iterable[PlacedStatement],
    mutation: Mutation | None,
) -> str:
    """The document, every key always present; ``mutation`` is null where nobody asked for it."""
    listed = list(results)
    refused = list(broken)
    failed = sum(len(one.failed) for one in listed)
    document: Object = {
        "version": VERSION,
        "files": [
            {
                "path": one.suite.path,
                "doubts": [{"line": of.line, "message": of.text} for of in one.suite.doubts],
                "expectations": [_outcome(outcome) for outcome in one.outcomes],
            }
            for one in listed
        ],
        "broken": [
            {
                "path": one.path,
                "problems": [{"line": of.line or None, "message": of.text} for of in one.problems],
            }
            for one in refused
        ],
        "unexercised": [_statement(one) for one in unexercised],
        "mutation": None if mutation is None else _mutation(mutation),
        "summary": {
            "files": len(listed),
            "passed": sum(len(one.outcomes) for one in listed) - failed,
            "failed": failed,
            "broken": len(refused),
        },
    }
    return escape_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _outcome(outcome: Outcome) -> Object:
    expectation, ruling, found = outcome.expectation, outcome.ruling, outcome.comparison
    banned = expectation.claim is Claim.NEVER_GRANTS
    return {
        "name": expectation.group or None,
        "expected": expectation.claim.value,
        "title": title(expectation),
        "line": expectation.line,
        "met": outcome.met,
        "actions": list(expectation.actions),
        "resources": list(expectation.resources),
        "others": [one.text for one in expectation.others],
        "decision": ruling.verdict.value if ruling else None,
        "statements": [
            _statement(placed) for one in (ruling.deciding if ruling else ()) for placed in one.by
        ],
        "depends_on": list(ruling.depends_on) if ruling else [],
        "verdict": found.relation.value if found else None,
        "gained": [render_witness(one.request) for one in found.gained.differences]
        if found
        else [],
        "lost": [render_witness(one.request) for one in found.lost.differences] if found else [],
        "witness": render_witness(ruling.request) if ruling and banned else None,
        "reasons": list(explain(outcome)),
    }


def _statement(placed: PlacedStatement) -> Object:
    return {
        "path": placed.placed.path,
        "policy": placed.placed.host.address,
        "pointer": render_pointer(placed.statement.pointer),
        "effect": placed.statement.effect,
        "layer": placed.placed.role.value,
        "line": find_line(placed),
    }


def _mutation(mutation: Mutation) -> Object:
    return {
        "noticed": mutation.noticed,
        "equivalent": mutation.equivalent,
        "survivors": [_survivor(one) for one in mutation.survivors],
    }


def _survivor(survivor: Survivor) -> Object:
    mutant = survivor.mutant
    request = survivor.request
    return {
        "message": describe_loss(survivor),
        "path": mutant.old.path,
        "policy": mutant.old.host.address,
        "pointer": render_pointer(mutant.pointer),
        "line": find_line(mutant.placed),
        "part": mutant.part,
        "text": mutant.text or None,
        "file": survivor.suite.path,
        "expect": ("can" if survivor.allowed else "cannot") if request else None,
        "witness": render_witness(request) if request else None,
    }
