"""What came back beside what was expected: by type, shape, dtype and value, outside the process that gave it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np

from grader.model.records import NamedTuple
from grader.programs.arrays import array_of, float_of, from_list
from grader.programs.matching import aligned, matched, shared, weight
from grader.sandbox.values import Array

_FLOATS = {4: 1e-4}  # what a float of so many bytes can be asked for; nobody needs to answer in less
_LEAST = 1e-12  # what rounding leaves of a zero
_USUAL = 1e-6  # the tolerance of a rubric that says none
_WHOLE = 0.5  # by less than which two whole numbers can seem to differ
_SHOWABLE = 10**30
_MOST_STEPS = 1_000_000  # of things that are compared each with each
_SHOWN = 60  # characters of a text


class Rule(NamedTuple):
    """How close is equal: relative to the entry and to the largest one. `exactly` takes no tolerance at all.

    With `unordered` the items of a list, or the rows of an array, may stand in any order. Texts may differ in capitals
    and spaces only without `spelling`.
    """

    tolerance: float = 1e-6
    exactly: bool = False
    dtype: str = "any"  # any, kind (whole numbers stay whole), same
    unordered: bool = False
    spelling: bool = True


class Verdict(NamedTuple):
    """Whether a value is right; `id` says what is not, or names a slip of a value that is right but for its type.

    `part` is what a case earns that is not right, or not in form: the shares of those of its names that are; `forms`
    are the slips of these.
    """

    right: bool
    id: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    part: Fraction = Fraction(0)
    forms: tuple[str, ...] = ()

    @property
    def earned(self) -> Fraction:
        """The share of its weight that a case earns."""
        return self.part or Fraction(self.right)


RIGHT = Verdict(True)


def compare(expected: Any, found: Any, rule: Rule, matrix: bool = False) -> Verdict:
    """`expected` is an array of numpy or a Python value, `found` plain data as it came from the sandbox."""
    if isinstance(expected, Fraction):
        expected = int(expected) if expected.denominator == 1 else float(expected)
    if isinstance(expected, np.ndarray | np.generic) or (
        isinstance(expected, int | float | complex) and not isinstance(expected, bool)
    ):
        if type(expected) is int and type(found) is int and (rule.exactly or rule.tolerance <= _USUAL):
            shown = f"{found}" if abs(found) < _SHOWABLE else "a number of many digits"
            return RIGHT if found == expected else Verdict(False, "result-wrong", (("found", shown),))
        return _array(np.asarray(expected), found, rule, matrix)
    if isinstance(expected, list | tuple):
        return _sequence(expected, found, rule)
    if isinstance(expected, dict):
        return _mapping(expected, found, rule)
    if isinstance(expected, set):
        return _set(expected, found, rule)
    if isinstance(expected, bool):
        return _truth(expected, found, rule)
    found = _unboxed(found)
    if type(found) is type(expected) and found == expected:
        return RIGHT
    if isinstance(expected, str) and isinstance(found, str):
        return _text(expected, found, rule)
    return _differs(_type_of(expected), found)


def _text(expected: str, found: str, rule: Rule) -> Verdict:
    near = len(found) <= 2 * len(expected) + _SHOWN
    if near and (found.split() == expected.split() or found.strip().casefold() == expected.strip().casefold()):
        strict = rule.spelling or rule.exactly
        return Verdict(False, "text-case-wrong") if strict else Verdict(True, "text-spelt")
    return Verdict(False, "text-wrong", (("found", repr(found[:_SHOWN])),))


def _truth(expected: bool, found: Any, rule: Rule) -> Verdict:
    """1 and 0 count as true and false, but for a slip; so does a truth value in an array."""
    slip = ""
    if isinstance(found, Array) and found.shape and prod(found.shape) == 1:
        found, slip = Array(found.dtype, (), found.data), "number-in-array"
    found = _unboxed(found)
    if isinstance(found, int | float) and not isinstance(found, bool) and found in (0, 1):
        found, slip = bool(found), slip or "number-for-truth"
    if not isinstance(found, bool) or (slip and rule.exactly):
        return _differs("a truth value", found)
    return Verdict(True, slip) if found == expected else Verdict(False, "truth-wrong", (("found", str(found)),))


def _set(expected: set[Any], found: Any, rule: Rule) -> Verdict:
    """A list of the same elements is a set but for a slip."""
    slip = ""
    if isinstance(found, Array) and found.shape == (len(expected),):
        found = array_of(found).tolist()
    if isinstance(found, list | tuple) and not rule.exactly:
        slip = "list-for-set"
    elif not isinstance(found, set):
        return _differs(_type_of(expected), found)
    if len(found) != len(expected):
        return _differs(_type_of(expected), found)
    if found == expected:
        return RIGHT
    verdict = _members(sorted(expected, key=_order), sorted(found, key=_order), rule)
    return Verdict(True, slip or verdict.id) if verdict.right else verdict


def _members(expected: Sequence[Any], found: Sequence[Any], rule: Rule) -> Verdict:
    """As many things, and the same, in any order. What a hostile list can cost is bounded."""
    count = len(expected)
    if not count:
        return RIGHT
    numbers, others = from_list(list(expected)), from_list(list(found))
    if numbers is not None and others is not None:
        if numbers.shape != others.shape:
            return _shapes(numbers, others)
        numbers, others = aligned(numbers, others) if numbers.ndim else (numbers, others)
        wrong = _wrong(numbers, others, rule._replace(exactly=False)).reshape(count, -1).any(axis=1)
        return _found_of(count, count - int(wrong.sum()))
    if all(isinstance(one, str) for one in (*expected, *found)):
        exact, alike = (shared(expected, found, change) for change in (str, lambda text: text.strip().casefold()))
        slip = "text-spelt" if alike == count and not (rule.spelling or rule.exactly) else ""
        return Verdict(True, slip) if slip and exact < count else _found_of(count, exact)
    if count * weight(found) > _MOST_STEPS:
        return _found_of(count, 0)
    places = matched(expected, found, lambda one, other: compare(one, other, rule).right)
    return _found_of(count, sum(place >= 0 for place in places))


def _found_of(count: int, right: int) -> Verdict:
    return RIGHT if right == count else Verdict(False, "members-wrong", (("count", f"{right} of {count}"),))


def _differs(asked: str, found: Any) -> Verdict:
    if found is None:
        return Verdict(False, "returns-nothing")
    return Verdict(False, "type-differs", (("found", _type_of(found)), ("asked", asked)))


def _type_of(value: Any) -> str:
    if isinstance(value, Array | np.ndarray):
        return f"an array of shape {tuple(value.shape)}" if len(value.shape) else "a number"
    names = {str: "a text", bool: "a truth value", type(None): "nothing", dict: "a dictionary"}
    counted = f"a {type(value).__name__} of {len(value)}" if isinstance(value, list | tuple | set) else "a number"
    return names.get(type(value), counted)


def _unboxed(found: Any) -> Any:
    """A scalar of numpy as one of Python."""
    if isinstance(found, Array) and found.shape == ():
        return array_of(found).item()
    return found


def _array(expected: np.ndarray, found: Any, rule: Rule, matrix: bool) -> Verdict:
    slip = "returns-matrix" if matrix else ""
    if isinstance(found, list | tuple):
        listed = from_list(found)
        if (
            listed is None
            and isinstance(found, tuple)
            and any(_array(expected, one, rule, False).right for one in found if not isinstance(one, list | tuple))
        ):
            return Verdict(False, "among-others")
        if listed is None:
            return _differs(_type_of(expected), found)
        if rule.exactly:
            return _differs(_type_of(expected), found)
        found, slip = listed, "returns-list"
    elif isinstance(found, Array):
        found = array_of(found)
    elif isinstance(found, bool | int | float | complex):
        found = np.asarray(found if not isinstance(found, int) or abs(found) < 2**62 else float_of(found))
    else:
        return _differs(_type_of(expected), found)
    if found.shape != expected.shape:
        turned = _turned(expected.shape, found.shape, bool(matrix)) if not rule.exactly else ""
        if not turned:
            return _shapes(expected, found)
        slip = slip or turned
        found = found.reshape(expected.shape)
    if rule.unordered and expected.ndim:
        expected, found = aligned(expected, found)
    verdict = _values(expected, found, rule)
    return Verdict(True, slip) if verdict.right and slip else verdict


def _turned(expected: tuple[int, ...], found: tuple[int, ...], matrix: bool) -> str:
    """The slip by which the same numbers have another shape: an axis of length 1 too many, or one too few.

    A row for a column is none: that is the transpose. A matrix of numpy can hold a vector as a row only.
    """
    if prod(expected) == prod(found) == 1:
        return "number-in-array"
    if (
        len(expected) == len(found)
        or (not prod(found) and {expected, found} != {(0,), (0, 1)})  # what np.argwhere gives where there is nothing
        or [n for n in expected if n != 1] != [n for n in found if n != 1]
    ):
        return ""
    if len(expected) == 1 and (found == (*expected, 1) or (matrix and found == (1, *expected))):
        return "column-for-vector"
    if len(found) == 1 and expected == (*found, 1):
        return "vector-for-column"
    return "extra-axis" if len(found) > len(expected) else "lost-axis"


def _shapes(expected: np.ndarray, found: np.ndarray) -> Verdict:
    facts = (("found", str(found.shape)), ("asked", str(expected.shape)))
    return Verdict(False, "result-shape-wrong", facts)


def _values(expected: np.ndarray, found: np.ndarray, rule: Rule) -> Verdict:
    wrong = _wrong(expected, found, rule)
    if not rule.exactly and _may_be_rounding(expected, found) and _wrong(expected, found, rule, 0.0).any():
        return Verdict(False, "rounding-open")
    if not wrong.any():
        return Verdict(True, "dtype-differs") if _has_other_dtype(expected.dtype, found.dtype, rule) else RIGHT
    first = tuple(int(place) for place in np.argwhere(wrong)[0])
    value = found[first].item()
    shown = f"{value:.6g}" if isinstance(value, float) else str(value)
    where = ("where", f"[{', '.join(map(str, first))}]" if first else "")
    count = ("count", f"{int(wrong.sum())} of {wrong.size}")
    if not first:
        return Verdict(False, "result-wrong", (("found", shown),))
    return Verdict(False, "entries-wrong", (("found", shown), where, count))


def _has_other_dtype(expected: np.dtype[Any], found: np.dtype[Any], rule: Rule) -> bool:
    """Whether the type of the entries is not the one that the rule asks for."""
    if rule.dtype == "kind":
        return found.kind.replace("u", "i") != expected.kind.replace("u", "i")
    return rule.dtype == "same" and found != expected


def _wrong(expected: np.ndarray, found: np.ndarray, rule: Rule, least: float | None = None) -> np.ndarray:
    """Which entries differ; `least` is what they may differ by anyway. Not-a-number and the infinities are equal to
    themselves alone."""
    if rule.exactly:
        return np.asarray((expected != found) & ~(_nan(expected) & _nan(found)))
    with np.errstate(all="ignore"):
        wide = complex if "c" in (expected.dtype.kind, found.dtype.kind) else float
        a, b = expected.astype(wide), found.astype(wide)
        finite = np.isfinite(a)
        largest = float(np.max(np.abs(a[finite]))) if finite.any() else 0.0
        tolerance = rule.tolerance
        if found.dtype.kind == "f":
            tolerance = max(tolerance, _FLOATS.get(found.dtype.itemsize, 0.0))
        allowed = tolerance * np.maximum(np.abs(a), largest * 1e-3)
        close = np.abs(a - b) <= allowed + (_leftover(largest) if least is None else least)
        if expected.dtype.kind in "iub" and rule.tolerance <= _USUAL:  # 12,502,501 is not 12,502,500
            close &= np.abs(a - b) < _WHOLE
        same = (a == b) | (_nan(a) & _nan(b)) | (finite & np.isfinite(b) & close)
    return np.asarray(~same)


def _leftover(largest: float) -> float:
    """What rounding leaves of a zero where the largest number is so large: of physics in SI units next to nothing."""
    if largest == 0 or largest >= 1e-6:
        return _LEAST
    return 0.0 if largest < _MEANT else 1e-15


def _may_be_rounding(expected: np.ndarray, found: np.ndarray) -> bool:
    """Whether all numbers are as small as what rounding leaves of ones: then neither equal nor different is certain."""
    sizes = [float(np.max(np.abs(one), initial=0.0)) for one in (expected, found) if one.dtype.kind in "fc"]
    return len(sizes) == 2 and _MEANT <= sizes[0] < _ROUNDING and sizes[1] < _ROUNDING


_MEANT, _ROUNDING = 1e-18, 1e-14  # what is smaller is no rounding, what is larger neither


def _nan(values: np.ndarray) -> np.ndarray:
    return np.asarray(values != values)  # noqa: PLR0124 - so for every dtype


def _sequence(expected: Any, found: Any, rule: Rule) -> Verdict:
    if isinstance(found, set):
        return _set_for_list(expected, found, rule)
    if rule.unordered and isinstance(found, list | tuple) and len(found) == len(expected):
        return _members(expected, found, rule)
    if not isinstance(found, list | tuple) or len(found) != len(expected):
        if isinstance(found, Array) and from_list(expected) is not None:
            return _array(np.asarray(expected), found, rule, False)
        return _differs(_type_of(expected), found)
    if _is_exchanged(expected, found, rule):
        return Verdict(True, "results-exchanged")
    slip = RIGHT
    for place, (one, other) in enumerate(zip(expected, found, strict=True)):
        verdict = compare(one, other, rule)
        if not verdict.right:
            return verdict._replace(facts=(*verdict.facts, ("item", str(place))))
        slip = verdict if verdict.id else slip
    if type(found) is not type(expected) and rule.exactly:
        return _differs(_type_of(expected), found)
    return slip


def _is_exchanged(expected: Any, found: Any, rule: Rule) -> bool:
    """Do the results of several kinds come in another order? Of one kind, (low, high), the order is what was asked."""
    kinds = [_type_of(one) for one in expected]
    others = [_type_of(one) for one in found]
    if rule.exactly or not isinstance(expected, tuple) or len(set(kinds)) < len(kinds) or kinds == others:
        return False
    if sorted(kinds) != sorted(others):
        return False
    return all(compare(one, found[others.index(kind)], rule).right for one, kind in zip(expected, kinds, strict=True))


def _order(value: Any) -> str:
    """Some order, the same each time; a number of more digits than Python shows is told by its bits."""
    try:
        return repr(value)
    except ValueError:
        return hex(value) if isinstance(value, int) else ""


def _set_for_list(expected: Any, found: set[Any], rule: Rule) -> Verdict:
    """A set has no order: where that counts, a person must say what it was worth."""
    if len(found) != len(expected) or rule.exactly or not _members(expected, sorted(found, key=_order), rule).right:
        return _differs(_type_of(expected), found)
    return Verdict(True, "set-for-list") if rule.unordered or len(expected) < 2 else Verdict(False, "order-open")


def _mapping(expected: dict[Any, Any], found: Any, rule: Rule) -> Verdict:
    if not isinstance(found, dict) or found.keys() != expected.keys():
        return _differs(_type_of(expected) + " with other keys" * isinstance(found, dict), found)
    verdicts = [compare(value, found[key], rule) for key, value in expected.items()]
    wrong = next((verdict for verdict in verdicts if not verdict.right), None)
    return wrong or next((verdict for verdict in verdicts if verdict.id), RIGHT)
