"""The solvers cvc5 and z3, asked which patterns lie within which, in an environment of their own."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from processes import say, try_quietly

PINNED = Path(__file__).resolve().parent.parent / "requirements" / "bench.txt"

PATIENCE = 300
"""Seconds of wall time that a solver may take for all its questions."""

ASK_CVC5 = """
import cvc5
from cvc5 import Kind
terms = cvc5.TermManager()
solver = cvc5.Solver(terms)
solver.setLogic("QF_S")
solver.setOption("incremental", "true")
text = terms.mkConst(terms.getStringSort(), "text")
def glob(pattern):
    parts = [terms.mkTerm(Kind.STRING_TO_REGEXP, terms.mkString(""))]
    for number, piece in enumerate(pattern.split("*")):
        parts += [terms.mkTerm(Kind.REGEXP_ALL)] if number else []
        parts += [terms.mkTerm(Kind.STRING_TO_REGEXP, terms.mkString(piece))]
    return terms.mkTerm(Kind.STRING_IN_REGEXP, text, terms.mkTerm(Kind.REGEXP_CONCAT, *parts))
def includes(wide, narrow):
    solver.push()
    solver.assertFormula(glob(narrow))
    solver.assertFormula(terms.mkTerm(Kind.NOT, glob(wide)))
    result = solver.checkSat()
    solver.pop()
    return bool(result.isUnsat())
"""

ASK_Z3 = """
import z3
text = z3.String("text")
every = z3.Full(z3.ReSort(z3.StringSort()))
def glob(pattern):
    parts = [z3.Re("")]
    for number, piece in enumerate(pattern.split("*")):
        parts += [every] if number else []
        parts += [z3.Re(piece)]
    return z3.InRe(text, z3.Concat(*parts))
def includes(wide, narrow):
    solver = z3.Solver()
    solver.add(glob(narrow), z3.Not(glob(wide)))
    return str(solver.check()) == "unsat"
"""

MEASURE = """
import json, sys, time
pairs = json.load(sys.stdin)
includes(*pairs[0])
spent, answers = [], []
for wide, narrow in pairs:
    begun = time.process_time()
    answers.append(includes(wide, narrow))
    spent.append(time.process_time() - begun)
print(json.dumps({"spent": spent, "answers": answers}))
"""

ASK = {"cvc5": ASK_CVC5 + MEASURE, "z3": ASK_Z3 + MEASURE}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a solver said to each question, and the CPU seconds that each took."""

    answers: list[bool]
    spent: list[float]


def install_solvers(folder: Path) -> str:
    """Their interpreter, in an environment below the folder; ``""`` where they can't be had."""
    say("installing cvc5 and z3")
    venv = folder / "solvers"
    python = str(venv / "bin" / "python")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    steps = (
        [sys.executable, "-m", "venv", str(venv)],
        [*pip, "--require-hashes", "-r", str(PINNED)],
        [python, "-c", "import cvc5, z3"],
    )
    for step in steps:
        complaint = try_quietly(step)
        if complaint:
            say(f"the solvers can't be installed:\n{complaint}")
            return ""
    return python


def ask_solver(python: str, name: str, pairs: list[tuple[str, str]]) -> Asked | None:
    """Whether the first pattern of each pair holds the second; None where that took too long."""
    say(f"asking {name} about {len(pairs)} inclusions")
    try:
        done = subprocess.run(
            [python, "-c", ASK[name]],
            input=json.dumps(pairs),
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return None
    told = json.loads(done.stdout)
    return Asked(told["answers"], told["spent"])
