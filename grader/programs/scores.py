"""What came back in each case, beside what was expected: verdicts, and the slips that explain them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np

from grader.model.records import NamedTuple
from grader.programs.arrays import from_list
from grader.programs.cases import Case, Task
from grader.programs.compare import Rule, Verdict, compare
from grader.programs.positions import FORMS, by_position, idle_positions, together
from grader.programs.runs import Attempt, Trial
from grader.sandbox.values import Ended, Opaque, Raised, Returned

ZERO, ONE = Fraction(0), Fraction(1)
# What is left of the credit of a program for a slip, whatever its cases give.
SLIPS: dict[str, Fraction] = {
    "arguments-exchanged": Fraction(4, 5),
    "import-missing": Fraction(4, 5),
    "import-fails": Fraction(4, 5),
    "function-misnamed": Fraction(4, 5),
    "given-misnamed": Fraction(4, 5),
    "result-misnamed": Fraction(4, 5),
    "result-not-kept": Fraction(4, 5),
    "inputs-changed": Fraction(3, 4),
    "prints-instead": Fraction(1, 2),
    "below-main-guard": ONE,
    "call-missing": ONE,  # a person decides
}
_MOST_LABELS = 4  # numbers printed for each entry, the entry itself the last
_PLAIN = r"(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_COMPLEX = re.compile(rf"([-+]?{_PLAIN}) ?([-+] ?{_PLAIN})j")
_NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w])")


class Scored(NamedTuple):
    """An attempt beside what was expected; `slips` are ids with a fact that belongs to them."""

    attempt: Attempt
    verdicts: tuple[Verdict, ...]
    slips: tuple[tuple[str, str], ...] = ()

    @property
    def right(self) -> int:
        """How many cases come out right."""
        return sum(verdict.right for verdict in self.verdicts)

    @property
    def earned(self) -> Fraction:
        """The same, with parts of cases in which some of several names are right."""
        return sum((verdict.earned for verdict in self.verdicts), ZERO)


def worth(scored: Scored) -> Fraction:
    """What an attempt earns with its slips: a name left out may cost less than one misspelt."""
    return scored.earned * prod(SLIPS[id] for id, _ in scored.slips)


def score(attempt: Attempt, task: Task, slips: tuple[tuple[str, str], ...]) -> Scored:
    """An attempt, judged case by case."""
    pairs = list(zip(task.cases, attempt.trials, strict=True))
    idle = idle_positions(pairs, task)
    verdicts = [_in_form(judge_case(case, trial, task, idle)) for case, trial in pairs]
    found = list(slips)
    if printed := _all_printed(pairs, task):
        verdicts = [printed.get(number, verdict) for number, verdict in enumerate(verdicts)]
        found.append(("prints-instead", ""))
    changed = [
        name for _, trial in pairs for name, is_new in zip(task.arguments, trial.changed, strict=False) if is_new
    ]
    if changed:
        found.append(("inputs-changed", ", ".join(dict.fromkeys(changed))))
    return Scored(attempt, tuple(verdicts), tuple(dict.fromkeys(found)))


def _in_form(verdict: Verdict) -> Verdict:
    """A right value earns less where only its type is not the one that was asked for."""
    if verdict.right and verdict.id and not verdict.part:
        return verdict._replace(part=FORMS[verdict.id], forms=(verdict.id,))
    return verdict


def pays(case: Case, trial: Trial, task: Task) -> bool:
    """Whether one case is worth anything, for what is returned or for what is printed."""
    if judge_case(case, trial, task).earned:
        return True
    printed = _printed(case, trial, task)
    return not case.raises and (printed.right or bool(printed.id))


def judge_case(case: Case, trial: Trial, task: Task, idle: frozenset[int] = frozenset()) -> Verdict:
    """One case: by its exception, its property, or its value."""
    answer = trial.answer
    if case.raises:
        if isinstance(answer, Raised):
            fits = bool({*answer.kinds, "any"} & {*case.raises})
            facts = (("asked", " or ".join(case.raises)), ("found", answer.type))
            own = answer.type in case.raises  # a class of the program's own that has this name, and is none
            return Verdict(fits, "" if fits else "raises-own" if own else "raises-other", facts)
        return Verdict(False, "raises-nothing", (("asked", " or ".join(case.raises)),))
    if isinstance(answer, Ended):
        return Verdict(False, "ended")
    if isinstance(answer, Raised) and not any(state != "unbound" for state, _ in trial.values):
        return Verdict(False, "raised")
    if isinstance(answer, Opaque):
        return _opaque(answer.type)
    values = _results(trial, task)
    expected = case.expected or (None,) * len(values)
    verdicts = [_one(*pair, want, case, task) for pair, want in zip(values, expected, strict=True)]
    if _is_shown_together(verdicts, trial, case, task):
        verdicts = [one._replace(id="shown-together") if one.id == "result-unbound" else one for one in verdicts]
    if isinstance(answer, Raised):  # what has no value has none because of that
        verdicts = [one._replace(id="raised") if one.id == "result-unbound" else one for one in verdicts]
    if task.positions and case.expected and isinstance(answer, Returned):
        return by_position(verdicts[0], answer.value, case.expected[0], _rule_of(case, task), task, idle)
    return verdicts[0] if len(verdicts) == 1 else together(verdicts, task.results, task.shares)


def _opaque(kind: str) -> Verdict:
    """What came back as an object: of some kinds the values may be right all the same."""
    open_ = kind not in _NO_VALUES
    return Verdict(False, "value-open" if open_ else "value-opaque", (("type", kind),))


_NO_VALUES = frozenset(
    "function builtin_function_or_method method method-wrapper ufunc module type classmethod staticmethod partial"
    " ellipsis NotImplementedType coroutine async_generator frame code object".split()
)


def _one(state: str, value: Any, expected: Any, case: Case, task: Task) -> Verdict:
    if state == "unbound":
        return Verdict(False, "result-unbound")
    if state == "opaque":
        return _opaque(value if isinstance(value, str) else "")
    if task.holds is not None:
        if value is None:
            return Verdict(False, "returns-nothing")
        held = task.holds(case, value)
        if held is not True:
            return Verdict(False, "property-fails" if held is False else "property-open")
        if expected is None:
            return Verdict(True, "returns-matrix" if state == "matrix" else "")
    rule = _rule_of(case, task)
    verdict = compare(expected, value, rule, state == "matrix")
    return verdict if verdict.right else _amid(expected, value, rule) or verdict


def _rule_of(case: Case, task: Task) -> Rule:
    """Of texts, `upper(s)` may be what is asked for: there spelling counts."""
    return task.rule._replace(spelling=any(map(_has_text, case.inputs)))


def _amid(expected: Any, value: Any, rule: Rule) -> Verdict | None:
    """Of a tuple or a dictionary in which what is expected stands among other things, or under names of its own."""
    if type(value) is tuple and not isinstance(expected, tuple):
        items = [item for item in value[:_MOST_ITEMS] if type(item) is not tuple]
        return Verdict(False, "among-others") if any(compare(expected, item, rule).right for item in items) else None
    if type(value) is dict and not isinstance(expected, dict) and 0 < len(value) <= _MOST_ITEMS:
        wanted = expected if isinstance(expected, tuple) else (expected,)
        found = [any(compare(one, item, rule).right for item in value.values()) for one in wanted]
        return Verdict(False, "in-mapping") if found and all(found) else None
    return None


_MOST_ITEMS = 20  # of a tuple, among which the result is looked for


def _is_shown_together(verdicts: Sequence[Verdict], trial: Trial, case: Case, task: Task) -> bool:
    """Is one name without a value, which is printed, or stand those of several where the program ends? `fit(t, y)`"""
    shown = trial.values[len(task.results) :]
    value = shown[0][1] if shown and shown[0][0] == "value" else None
    pairs = zip(verdicts, case.expected, strict=True) if case.expected else ()
    wanted = [expected for verdict, expected in pairs if verdict.id == "result-unbound"]
    if len(wanted) == 1 and not task.function and _is_printed(wanted[0], trial.printed):
        return True
    if not isinstance(value, tuple | list) or len(value) != len(wanted) or len(wanted) < 2:
        return False
    return all(compare(one, item, task.rule).right for one, item in zip(wanted, value, strict=True))


def _has_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list | tuple) and any(map(_has_text, value)))


def _results(trial: Trial, task: Task) -> list[tuple[str, Any]]:
    """States and values of the results: of a function its value, of a snippet its names."""
    if task.function:
        answer = trial.answer
        return [(answer.type or "value", answer.value)] if isinstance(answer, Returned) else []
    count = len(task.results)
    shown = trial.values[count:]  # what stands as an expression at the end
    alone = sum(state == "unbound" for state, _ in trial.values[:count]) == 1
    return [shown[0] if shown and alone and pair[0] == "unbound" else pair for pair in trial.values[:count]]


def _all_printed(pairs: list[tuple[Case, Trial]], task: Task) -> dict[int, Verdict]:
    """Verdicts by case of a function that prints its result wherever it comes to its end; none of any other function.

    What raises, or takes too long, is as wrong as it is in a function that returns.
    """
    ended = {k for k, (case, trial) in enumerate(pairs) if case.raises or isinstance(trial.answer, Raised | Ended)}
    found = {k: _printed(*pair, task) for k, pair in enumerate(pairs) if k not in ended}
    unseen = any(case.hidden and not case.raises for case, _ in pairs)
    sound = any(one.right and (pairs[k][0].hidden or not unseen) for k, one in found.items())
    return found if sound and all(one.right or one.id for one in found.values()) else {}


CUT = "print-cut"  # a case that does not count, for what was printed was not printed in full


def _printed(case: Case, trial: Trial, task: Task) -> Verdict:
    """Does it return nothing, and print the numbers that were expected?"""
    answer = trial.answer
    if not (task.function and isinstance(answer, Returned) and answer.value is None and case.expected):
        return Verdict(False)
    if _is_printed(case.expected[0], trial.printed):
        return Verdict(True)
    return Verdict(False, CUT if _is_cut(case.expected[0], trial) else "")


def _is_cut(expected: Any, trial: Trial) -> bool:
    """Whether too much was printed to be kept, or numpy left out the middle of a long array, whose end is right."""
    if trial.cut or not isinstance(expected, np.ndarray) or expected.dtype.kind not in "iuf":
        return trial.cut
    found = np.array([float(one) for one in _NUMBER.findall(trial.printed)][-_EDGE:])
    last = expected.ravel()[-_EDGE:].astype(float)
    if expected.size <= _LONG or "..." not in trial.printed or found.shape != last.shape:
        return False
    return bool(np.all(np.abs(found - last) <= 1e-4 * np.max(np.abs(expected))))


_LONG, _EDGE = 1000, 3  # numpy prints of more elements than these so many at each end


def _is_printed(expected: Any, printed: str) -> bool:
    if isinstance(expected, str | bool | set | list | tuple | dict) and _is_shown(expected, printed):
        return True
    if isinstance(expected, tuple) and _has_items_printed(expected, printed):
        return True
    if isinstance(expected, list | tuple):
        expected = from_list(expected)
    if not isinstance(expected, np.ndarray | int | float | complex | Fraction):
        return False
    flat = np.asarray(float(expected) if isinstance(expected, Fraction) else expected).ravel()
    if flat.dtype.kind not in "iufbc" or not flat.size:
        return False
    found: list[float] | list[complex] = [float(one) for one in _NUMBER.findall(printed)]
    if flat.dtype.kind == "c":
        found = [complex(float(re), float(im.replace(" ", ""))) for re, im in _COMPLEX.findall(printed)]
    scale = float(np.max(np.abs(flat))) or 1.0
    rows = (np.array(row) for row in _printed_rows(found, int(flat.size)))
    return any(bool(np.all(np.abs(row - flat) <= 1e-4 * scale)) for row in rows)


def _has_items_printed(expected: tuple[Any, ...], printed: str) -> bool:
    """Are all entries of several results printed, one result after the other, and nothing behind them?"""
    if not all(isinstance(item, np.ndarray | int | float) for item in expected):
        return False
    items = [np.ravel(item) for item in expected]
    if any(item.dtype.kind not in "iuf" for item in items):
        return False
    flat = np.concatenate(items).astype(float)
    found = np.array([float(one) for one in _NUMBER.findall(_TYPES.sub("", printed))][-len(flat) :])
    return found.shape == flat.shape and bool(np.all(np.abs(found - flat) <= 1e-4 * np.abs(flat) + 1e-9))


_TYPES = re.compile(r"\b(?:u?int|float)\d+\b")  # np.float64(1.0)


def _is_shown(expected: Any, printed: str) -> bool:
    """Is the last line what Python prints for a value?"""
    last = printed.strip().rpartition("\n")[2].strip()
    if isinstance(expected, set) and expected:
        return sorted(last.strip("{}").split(", ")) == sorted(map(repr, expected)) and last[:1] == "{"
    return bool(last) and last in (str(expected), repr(expected))


def _printed_rows(found: Sequence[complex], size: int) -> list[Sequence[complex]]:
    """Where a result may stand among the numbers that were printed: alone, after others, or each behind a label of so
    many numbers, as in `entry 0: 2.5`."""
    rows = [found[-size:]] if len(found) >= size else []
    every, rest = divmod(len(found), size)
    if size > 1 and not rest and 1 < every <= _MOST_LABELS:
        rows.append(found[every - 1 :: every])
    return rows
