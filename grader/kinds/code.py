"""A program: a function or a snippet, run apart from everything on given and drawn inputs, and compared outside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from grader.kinds._code_findings import ONE, ZERO, earn, finding, part_of
from grader.kinds._code_property import property_of
from grader.kinds._code_reference import Reference, read_reference
from grader.kinds._code_results import check_positions
from grader.kinds._code_task import absolute, read_task
from grader.kinds.kind import IN_PART, Example, Kind, Setup, View, remark
from grader.model.results import Finding, Status
from grader.model.rubrics import Mapping, Node, Scalar, Sequence
from grader.model.vocabulary import Field
from grader.programs.cases import Task, plain
from grader.programs.compare import compare
from grader.programs.scores import CUT, score
from grader.programs.source import program_of
from grader.programs.trials import Tried, try_out


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """What is asked of a program, with what the reference gives; `parent` is what a declared mistake stands beside."""

    task: Task
    text: str
    source: str
    parent: Expected | None = None


# -- the rubric ------------------------------------------------------------------------------------------------


def prepare(fields: Mapping, setup: Setup) -> Expected | None:
    """Reads cases and rules, and runs the reference on all cases. Records faults."""
    parent = setup.frame if isinstance(setup.frame, Expected) else None
    if parent is not None and fields.get("cases") is None:
        return _variant(fields, parent, setup)
    task = read_task(fields, setup)
    if task is None:
        return None
    node, held = fields.get("reference"), _texts(fields.get("holds"))
    if node is None and not held:
        setup.fault(
            (fields.get("code") or fields).place,
            "`code` needs a `reference`, or conditions that `hold`",
            "such as `reference: dot(A, b)`",
        )
        return None
    if held:
        task = replace(task, holds=property_of(held, setup, task))
    reference = read_reference(node, setup, task) if node is not None else None
    if setup.faults or (node is not None and reference is None):
        return None
    if reference is None:
        return Expected(task, "; ".join(one.text for one in held), "")
    seconds, memory = absolute(fields, setup, reference.seconds, reference.memory)
    task = replace(_with(task, reference), seconds=seconds, memory=memory)
    if task.positions and node is not None:
        check_positions(task, node, setup)
    _check_held(task, held, setup)
    return Expected(task, reference.text, reference.source)


def _check_held(task: Task, held: list[Scalar], setup: Setup) -> None:
    """A reference that does not meet the conditions beside it would be marked wrong itself."""
    for number, case in enumerate(task.cases, 1):
        if task.holds is not None and case.expected and task.holds(case, plain(case.expected[0])) is False:
            setup.fault(held[0].place, f"the reference does not meet these conditions in case {number}")
            return


def _texts(node: Node | None) -> list[Scalar]:
    items = node.items if isinstance(node, Sequence) else (node,) if node is not None else ()
    return [item for item in items if isinstance(item, Scalar)]


def _with(task: Task, reference: Reference) -> Task:
    pairs = zip(task.cases, reference.values, strict=True)
    return replace(task, cases=tuple(case._replace(expected=values or ()) for case, values in pairs))


def _variant(fields: Mapping, parent: Expected, setup: Setup) -> Expected | None:
    """A foreseen mistake: another reference for the same cases. It must differ on one of them."""
    node = fields.get("reference")
    if node is None:
        setup.fault(fields.place, "a mistake of a program needs a `reference` that makes it")
        return None
    reference = read_reference(node, setup, parent.task)
    if reference is None:
        return None
    task = replace(_with(parent.task, reference), holds=None)
    pairs = zip(parent.task.cases, task.cases, strict=True)
    if all(_agree(right.expected, wrong.expected, task) for right, wrong in pairs if not right.raises):
        setup.fault(node.place, "this mistake gives what the reference gives, in every case", "add a case that tells")
        return None
    return Expected(task, reference.text, reference.source, parent)


def _agree(right: tuple[Any, ...], wrong: tuple[Any, ...], task: Task) -> bool:
    pairs = zip(right, wrong, strict=True)
    return all(compare(one, plain(other), task.rule).right for one, other in pairs) if right else False


def for_mistakes(expected: Expected | None, setup: Setup) -> Setup:
    """Mistakes are other references for the same cases."""
    return setup if expected is None else replace(setup, frame=expected)


# -- judging ---------------------------------------------------------------------------------------------------


def judge(expected: Expected, view: View) -> Finding:
    """Runs the program once for its part and all of the part's mistakes."""
    owner = expected.parent or expected
    tried: Tried = view.remember(
        ("program", id(owner)), lambda: (try_out(program_of(view.answer, view.base), owner.task), owner)
    )[0]
    if expected.parent is not None:
        return _as_variant(expected, tried, view)
    return finding(expected.task, tried, view)


def _as_variant(expected: Expected, tried: Tried, view: View) -> Finding:
    """Right if every value is the one that the mistake gives; nothing else is said of it. Where most of them are, and
    the others are broken in some other way, these others earn nothing."""
    task, scored = expected.task, tried.scored
    if scored is None or tried.rival or all(verdict.right for verdict in scored.verdicts):
        return Finding(Status.WRONG, ZERO)  # what prints the right values may print those of a mistake on the way
    told = score(scored.attempt, task, scored.slips)
    every = zip(task.cases, told.verdicts, scored.verdicts, strict=True)
    rows = [row for row in every if not row[0].raises and row[1].id != CUT]
    share = part_of(rows)
    assert expected.parent is not None
    earned = earn(expected.parent.task, tried, told, view)
    if all(row[1].right for row in rows):
        share = sum((row[1].earned for row in rows), ZERO) / len(rows) if rows else ZERO
    credit = earned.factor * share
    if earned.open or credit == 0:
        return Finding(Status.WRONG, ZERO)
    reasons = tuple(reason for reason in earned.reasons if reason.id != "shown-only")
    right = sum(row[1].right for row in rows)
    if right < len(rows):
        reasons = (remark(IN_PART, count=right, total=len(rows)), *reasons)
    return Finding(Status.RIGHT if credit == ONE else Status.PARTIAL, credit, reasons)


def _model(expected: Expected) -> str:
    return f"```python\n{expected.source.rstrip()}\n```\n" if expected.source.strip() else ""


_CORRELATE = """
code: correlate2d(X, W)
reference: correlate
cases:
  - {X: [[1, 2, 0], [0, 1, 3], [2, 1, 1]], W: [[1, 0], [0, 2]]}
  - {X: {normal: [5, 4]}, W: {normal: [2, 3]}, hidden: true}
"""
_MEAN = "{code: m, reference: {m: mean(u)}, cases: [{u: [1, 2, 6]}, {u: {normal: 5}, hidden: true}]}"

KIND = Kind(
    name="code",
    doc="a program of Python, run on given and hidden inputs",
    fields=(
        Field(
            "code",
            "texts",
            "what is asked: a function with its arguments, `conv2d(X, W)`, or the names a snippet must give values",
            required=True,
        ),
        Field("cases", "any", "the inputs to try: a list of mappings from argument to value or distribution"),
        Field("results", "texts", "names for the values that a function gives back, each of which earns its share"),
        Field("weights", "any", "what each name or result is worth: a mapping; all the same unless said"),
        Field("reference", "any", "what is right: an expression of the arguments, or a `file` of Python"),
        Field("holds", "texts", "conditions on the arguments and `result`, beside or in place of a reference"),
        Field("compare", "text", "how values are compared", options=("values", "exactly", "any order")),
        Field("tolerance", "number", "how far values may be off, relative to them; 1e-6 unless said"),
        Field("dtype", "text", "whether the type of an array's entries matters", options=("any", "kind", "same")),
        Field("unchanged", "flag", "must a function leave its inputs as they were? true unless said"),
        Field("forbid", "any", "what must not be used: names, loops; a list, or a mapping to the credit that is left"),
        Field("time", "text", "the limit of one call: seconds, or a multiple of the reference's; 2 s unless said"),
        Field("memory", "text", "the limit of memory: a size, or a multiple of the reference's; 1 GB unless said"),
        Field("setup", "text", "Python that is given and runs before the program"),
        Field("seed", "text", "where drawn inputs start from; the rubric's own text unless said"),
        Field("show hidden", "flag", "may the feedback show hidden inputs?"),
    ),
    prepare=prepare,
    judge=judge,
    describe=lambda expected: expected.text,
    model_answer=_model,
    spoken=True,
    in_code=True,
    decisive=True,
    by="reference",
    for_mistakes=for_mistakes,
    examples=(
        Example(
            _CORRELATE,
            "```python\nimport numpy as np\n\ndef correlate2d(X, W):\n    h, w = W.shape\n"
            "    return np.array([[(X[i:i+h, j:j+w] * W).sum() for j in range(X.shape[1] - w + 1)]\n"
            "                     for i in range(X.shape[0] - h + 1)])\n```",
            "right",
        ),
        Example(_CORRELATE, "```python\ndef correlate2d(X, W):\n    return X\n```", "wrong"),
        Example(_CORRELATE, "```python\ndef correlate2d(X, W:\n    return X\n```", "wrong"),
        Example(_CORRELATE, "I would slide the kernel over the image.", "review"),
        Example(_MEAN, "```python\nm = sum(u) / len(u)\n```", "right"),
        Example(_MEAN, "```python\nM = sum(u) / len(u)\n```", "partial"),
    ),
)
