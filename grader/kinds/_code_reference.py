"""What a program is compared with: an expression of its arguments, or a program of the instructor's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from grader.kinds._code_files import cause, gives_nothing, renamed, unread
from grader.kinds.kind import Setup
from grader.maths.evaluation import evaluate
from grader.maths.scope import Scope
from grader.maths.worlds import Definition, World
from grader.model.errors import Unreadable
from grader.model.expressions import Expr
from grader.model.records import NamedTuple
from grader.model.rubrics import Mapping, Node, Place, Scalar
from grader.notation.printing import show
from grader.notation.reading import parse_expression
from grader.programs.arrays import from_plain
from grader.programs.cases import Case, Task, as_array
from grader.programs.python_text import program_text
from grader.programs.runs import Trial, reference_values
from grader.reference.functions import find_function, in_order
from grader.sandbox.running import timed
from grader.sandbox.values import Raised, Returned

_LARGEST = 1_000_000  # bytes of a program


class Reference(NamedTuple):
    """`values` are those of each case, None where it must raise; `source` is a program that gives them, if any."""

    text: str
    values: tuple[tuple[Any, ...] | None, ...]
    source: str
    seconds: float  # the longest case
    memory: int


def scope_of(setup: Setup, names: Sequence[str], values: Sequence[Any]) -> Scope:
    """Names of the rubric, and on top of them arguments with their values."""
    own = {name: Definition(name, value) for name, value in zip(names, values, strict=True)}
    return World({**setup.world.definitions, **own}).scope()


def parse(node: Node, setup: Setup, arguments: Sequence[str], case: Case, extra: Sequence[str] = ()) -> Expr | None:
    """An expression in which arguments and extra names may stand."""
    if not isinstance(node, Scalar):
        setup.fault(node.place, "an expression is expected here, not a list or a mapping")
        return None
    text = node.text.strip()
    if text.isidentifier() and find_function(text) is not None and text not in arguments:
        text = f"{text}({', '.join(arguments)})"
    axes = {name: as_array(value).ndim for name, value in zip(arguments, case.inputs, strict=True)}
    names = {**setup.names, **axes, **dict.fromkeys(extra, 2)}
    try:
        return in_order(parse_expression(text, names), text)
    except Unreadable as error:
        setup.fault(node.place, f"cannot read the expression {text!r}: {error.message}", error.expected)
        return None


def read_reference(node: Node, setup: Setup, task: Task) -> Reference | None:
    """The values of a reference on all cases; None after a fault."""
    if isinstance(node, Mapping) and node.get("file") is not None:
        return _of_file(node, setup, task)
    if task.function and not (task.positions and isinstance(node, Mapping)):
        return _of_expressions({"": node}, node.place, setup, task)
    if not isinstance(node, Mapping) or {key.text for key, _ in node.entries} != {*task.results, *task.positions}:
        names, of = ", ".join(task.positions or task.results), "several results" if task.positions else "a snippet"
        setup.fault(node.place, f"the reference of {of} gives each of {names} its expression", "or a `file`")
        return None
    files = [value for _, value in node.entries if isinstance(value, Mapping)]
    if files:
        words = "a file gives all names together"
        setup.fault(files[0].place, words, "`reference: {file: solution.py}`")
        return None
    return _of_expressions({key.text: value for key, value in node.entries}, node.place, setup, task)


def _of_expressions(nodes: dict[str, Node], place: Place, setup: Setup, task: Task) -> Reference | None:
    exprs: dict[str, Expr] = {}
    for name, node in nodes.items():
        expr = parse(node, setup, task.arguments, task.cases[0])
        if expr is None:
            return None
        exprs[name] = expr
    order = task.results or (task.positions if len(exprs) > 1 else ("",))
    values: list[tuple[Any, ...] | None] = []
    longest, memory = 0.0, 0
    for number, case in enumerate(task.cases, 1):
        if case.raises:
            values.append(None)
            continue
        try:
            found, seconds = timed(partial(_all, [exprs[name] for name in order], setup, task, case))
        except Unreadable as error:
            setup.fault(place, f"the reference cannot be computed for case {number}: {error.message}")
            return None
        values.append((tuple(found),) if task.function and len(exprs) > 1 else tuple(found))
        longest = max(longest, seconds)
        memory = max(memory, sum(as_array(one).nbytes for one in (*found, *case.inputs)))
    text = "; ".join(f"{name} = {show(expr)}" if name else show(expr) for name, expr in exprs.items())
    return Reference(text, tuple(values), program_text(task, exprs), longest, memory)


def _all(exprs: list[Expr], setup: Setup, task: Task, case: Case) -> list[Any]:
    return [_value(expr, setup, task, case) for expr in exprs]


def _value(expr: Expr, setup: Setup, task: Task, case: Case) -> Any:
    inputs = [value if isinstance(value, int | float | np.ndarray) else as_array(value) for value in case.inputs]
    value = evaluate(expr, scope_of(setup, task.arguments, inputs))
    if value.axes:
        raise Unreadable("an index is left free")
    data = value.data
    if isinstance(data, Fraction):
        return int(data) if data.denominator == 1 else float(data)
    if isinstance(data, np.ndarray) and data.dtype.kind in "UO":
        return data.tolist()  # texts, and lists of several kinds
    return np.asarray(data) if isinstance(data, np.ndarray) else data


# -- programs of the instructor's ------------------------------------------------------------------------------


def _of_file(node: Mapping, setup: Setup, task: Task) -> Reference | None:
    strange = [key for key, _ in node.entries if key.text not in ("file", "function")]
    if strange:
        setup.fault(strange[0].place, f"`{strange[0].text}` does not go with `file`", "known: `file`, `function`")
        return None
    file, function = node.get("file"), node.get("function")
    if not isinstance(file, Scalar) or not (function is None or isinstance(function, Scalar)):
        setup.fault(node.place, "`file` and `function` take one text each")
        return None
    source = _read(file, setup)
    if source is None:
        return None
    if (told := unread(source, file.text)) is not None:
        setup.fault(file.place, *told)
        return None
    name = function.text if task.function and function is not None else task.function
    trials, memory, failures = reference_values(f"{task.setup}\n{source}", task, name)
    values: list[tuple[Any, ...] | None] = []
    for number, (case, trial) in enumerate(zip(task.cases, trials, strict=True), 1):
        if case.raises:
            values.append(None)
            continue
        found = _given(trial, task)
        if found is None:
            failed = cause(failures, task.setup, source, file.text)
            setup.fault(node.place, *(failed or (f"the reference gives nothing for case {number}: {_why(trial)}", "")))
            return None
        values.append(found)
    if task.holds is None and (told := gives_nothing(values, task.results or ("",))) is not None:
        setup.fault(node.place, *told)
        return None
    longest = max((trial.answer.seconds for trial in trials), default=0.0)
    return Reference(file.text, tuple(values), _handed_in(source, name, task.function), longest, memory)


def _handed_in(source: str, name: str, asked: str) -> str:
    """A file as a student would hand it in: what was asked for is defined in it, and once.

    Another function that has the name gets another one: `f` may be what its `variant_of_f` calls.
    """
    if name == asked:
        return source
    if re.search(rf"\b{re.escape(asked)}\b", source):
        source = renamed(source, asked, f"{asked}_of_the_file")
    return f"{source}\n\n{asked} = {name}\n"


def _read(file: Scalar, setup: Setup) -> str | None:
    path = Path(setup.folder) / file.text
    try:
        if path.stat().st_size > _LARGEST:
            setup.fault(file.place, f"{file.text} is larger than {_LARGEST // 1_000_000} MB")
            return None
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        setup.fault(file.place, f"{file.text} is not UTF-8 text")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name"
        setup.fault(
            file.place, f"cannot read {file.text}: {reason.lower()}", "the path counts from the rubric's folder"
        )
    return None


def _given(trial: Trial, task: Task) -> tuple[Any, ...] | None:
    if task.function:
        return (from_plain(trial.answer.value),) if isinstance(trial.answer, Returned) else None
    states = [state for state, _ in trial.values]
    sound = states and set(states) <= {"value", "matrix"}
    return tuple(from_plain(value) for _, value in trial.values) if sound else None


def _why(trial: Trial) -> str:
    answer = trial.answer
    if isinstance(answer, Raised):
        return f"{answer.type}: {answer.message}"
    return getattr(answer, "words", "") or "its results are not plain data"
