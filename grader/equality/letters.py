"""Whether two formulas are equal only because numbers commute: AB and BA, where A and B may be matrices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from grader.equality.exponents import THIRD, exponents, inverted
from grader.equality.inner_products import beside_inner_products, certain_vectors, named_parts
from grader.equality.sampled import Singular, constants_of, has_gradient, name_of, value_of
from grader.equality.structures import sample, shapes_of
from grader.equality.vanishing import TINY, is_moderate, of_one_shape, without_noise
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found, NotScalar
from grader.equality.walker import constant_exponent
from grader.maths.sampling import generic_array
from grader.model.expressions import Call, Expr, Group, Op, children, names_in, walk

_SIZE = 3
_VECTORS = frozenset("abcdghpqrsuvwxyz")
_RATHER_VECTORS = frozenset("uvwxyz")


def depends_on_order(gold: Expr, answer: Expr) -> bool:
    """Whether reading letters as matrices tells two formulas apart that are equal as numbers."""
    letters = _capitals(gold, answer)
    if len(letters) < 2 or not any(_multiplies(expr, letters) for expr in (gold, answer)):
        return False
    values = {name: generic_array(f"matrix/{name}", (_SIZE, _SIZE)) for name in letters}
    try:
        with np.errstate(all="ignore"):  # a logarithm of a negative number tells nothing of the order
            one, other = value_of(gold, values), value_of(answer, values)
    except (NotScalar, ValueError, np.linalg.LinAlgError):
        return False
    return np.shape(one) != np.shape(other) or not np.allclose(one, other, rtol=1e-6, atol=1e-9, equal_nan=True)


def _capitals(gold: Expr, answer: Expr) -> set[str]:
    """Capitals that may be matrices; nothing that divides is one."""
    letters: set[str] = set()
    below: set[str] = set()
    for expr in (gold, answer):
        for node in _outside(expr):
            name = name_of(node)
            if name[:1].isupper() and name[:1].isascii() and len(name.partition("[")[0].rstrip("0123456789")) == 1:
                letters.add(name)
            if isinstance(node, Op) and node.op == "div":
                below |= {name_of(inner) for inner in walk(node.args[1])}
    return letters - below


_NUMBERS = frozenset(["P", "E", "Var", "Cov", "det", "trace", "tr", "norm", "H"])


def _outside(expr: Expr) -> Iterator[Expr]:
    """Everything but what stands inside functions whose values are numbers: P(A)P(B) has no matrices."""
    waiting = [expr]
    while waiting:
        node = waiting.pop()
        yield node
        if not (isinstance(node, Call) and node.function in _NUMBERS):
            waiting.extend(children(node))


def _multiplies(expr: Expr, letters: set[str]) -> bool:
    """Whether a product has such letters on both sides."""
    for node in walk(expr):
        if isinstance(node, Op) and node.op == "mul":
            left, right = ({name_of(inner) for inner in walk(arg)} & letters for arg in node.args)
            if left and right and len(left | right) > 1:
                return True
    return False


# -- algebra of matrices and vectors ---------------------------------------------------------------------------


_MOST_CHOICES = 800  # of shapes
_OF_MATRICES = frozenset(["det", "trace", "inv"])


def is_algebra_of_matrices(expr: Expr) -> bool:
    """Whether a transpose or `@` stands in a formula, an inverse of a capital, a determinant or trace of one."""
    if has_gradient(expr):
        return True
    for node in walk(expr):
        if isinstance(node, Call) and node.function in _OF_MATRICES and not isinstance(node.args[0], Group):
            return True
        if isinstance(node, Op) and (node.op == "transpose" or _multiplies_arrays(node)):
            return True
        if isinstance(node, Call) and node.function == "⊗" and all(name_of(arg)[:1].isupper() for arg in node.args):
            return True
        inverse = isinstance(node, Op) and node.op == "pow" and constant_exponent(node.args[1]) == -1
        if inverse and any(name_of(inner)[:1].isupper() for inner in walk(children(node)[0])):
            return True
    return False


def _multiplies_arrays(node: Op) -> bool:
    """`A @ x`: between lists of numbers the sign is that of what is written out."""
    return node.op == "mul" and node.sign == "@" and not any(isinstance(arg, Group) for arg in node.args)


def compare_matrices(gold: Expr, answer: Expr, structures: Mapping[str, str]) -> Found:
    """Two formulas read as algebra of matrices (capitals, not all square) and column vectors (small letters).

    Every choice of shapes at which the gold formula can be is tried; the answer has to fit it and to agree. Greek
    letters, and letters that divide or stand in exponents, are numbers. `structures`: what is declared of letters.
    """
    names = sorted({name for expr in (gold, answer) for node in named_parts(expr) if (name := name_of(node))})
    known = constants_of(gold, answer) | {_IDENTITY}
    names = [name for name in names if name not in known or name in structures]
    numbers, turned = _numbers(gold, answer), certain_vectors(gold, answer)
    choices = [
        shapes_of(structures.get(name, "vector"), (_LONG, _SHORT))
        if name in structures or name in turned
        else _shapes(name, numbers)
        for name in names
    ]
    square = (inverted(gold) | inverted(answer)) - structures.keys()
    choices = [
        tuple(one for one in choice if len(one) != 2 or one[0] == one[1]) if name in square else choice
        for name, choice in zip(names, choices, strict=True)
    ]
    tally = _tried(gold, answer, names, choices, structures)
    if tally is not None and not tally.tried:  # max(0, 1 - y w^T x): a small letter may be a number as well
        looser = [
            (*choice, ()) if name[:1].islower() and () not in choice else choice
            for name, choice in zip(names, choices, strict=True)
        ]
        tally = _tried(gold, answer, names, looser, structures, _MOST_CHOICES // 4) or tally
    if tally is not None and not tally.tried:  # softmax(QK^T / sqrt(d_k)): what stands below a root is positive
        scalars = {name: "positive" for name, choice in zip(names, choices, strict=True) if choice == ((),)}
        tally = _tried(gold, answer, names, choices, {**scalars, **structures}) or tally
    if tally is None:
        return Found(UNDECIDED, "these are too many letters to be read as matrices and vectors")
    if not tally.tried and not structures and (misfit := _as_squares(gold, answer, names, numbers)) is not None:
        return misfit
    if (found := tally.verdict()) is not None:
        return found
    if not is_moderate(gold, answer):
        return Found(UNDECIDED, "numbers this small or large are lost beside matrices")
    return Found(EQUAL, f"they agree for sampled matrices and vectors, at {tally.tried} choices of shapes")


def _tried(
    gold: Expr,
    answer: Expr,
    names: Sequence[str],
    choices: Sequence[tuple[tuple[int, ...], ...]],
    structures: Mapping[str, str],
    most: int = _MOST_CHOICES,
) -> _Tally | None:
    """What is found at every choice of shapes; None if these are too many."""
    if np.prod([len(choice) for choice in choices]) > most:
        return None
    tally, letters = _Tally(), [names_in(expr) for expr in (gold, answer)]
    raised = exponents(gold) | exponents(answer)
    for shapes in product(*choices):
        values = {
            name: sample(structures[name], f"{name}/{shape}", shape)
            if name in structures
            else np.asarray(THIRD)
            if name in raised and shape == ()
            else _sample(name, shape)
            for name, shape in zip(names, shapes, strict=True)
        }
        wanted, found = _candidates(gold, values), _candidates(answer, values)
        if bool(wanted) != bool(found) and _is_singular(answer if wanted else gold, values):
            tally.differ, tally.tried, tally.apart = True, tally.tried + 1, tally.apart or _NO_INVERSE
        if wanted and found:
            seen = without_noise(gold, answer, values, (wanted, found), _candidates)
            tally.take(shapes, *of_one_shape(*seen))
        elif letters[0] and letters[1]:  # 0 fits all shapes, which says nothing
            tally.take(shapes, wanted, found)
    return tally


def _as_squares(gold: Expr, answer: Expr, names: Sequence[str], numbers: frozenset[str]) -> Found | None:
    """Different where two formulas fit no shapes together, and differ for square matrices in place of all letters.

    None where one has no value, or is the other for rows in place of columns: `Wx` and `xW^T`.
    """
    shapes = {name: () if () in _shapes(name, numbers) else (_LONG, _LONG) for name in names}
    columns = {name: _sample(name, shape) for name, shape in shapes.items()}
    rows = {name: value.T if name[:1].islower() else value for name, value in columns.items()}
    wanted, found, turned = _candidates(gold, columns), _candidates(answer, columns), _candidates(answer, rows)
    alike = [(one, other) for one in wanted for other in found if one.shape == other.shape]
    if not alike or any(_difference(*pair) is None for pair in alike):
        return None
    if any(one.shape == other.shape and _difference(one.T, other) is None for one in wanted for other in turned):
        return None
    return Found(DIFFERENT, "these products cannot be, and differ for square matrices")


_Shapes = tuple[tuple[int, ...], ...]


class _Tally:
    """What was found at each choice of shapes."""

    def __init__(self) -> None:
        self.tried = 0
        self.apart: Found | None = None
        self.differ = False  # whether they have the same shape somewhere, and other values
        self.together: set[tuple[bool, ...]] = set()  # which letters are square where both have a value
        self.alone: set[tuple[bool, ...]] = set()  # ... and where only one has
        self.lost: set[tuple[bool, ...]] = set()  # which letters are numbers where one alone has a value
        self.kept: set[tuple[bool, ...]] = set()  # ... and where both have

    def take(self, shapes: _Shapes, wanted: list[np.ndarray], found: list[np.ndarray]) -> None:
        """One choice, with the values that either side can have at it."""
        squares = tuple(len(shape) == 2 and shape[0] == shape[1] for shape in shapes)
        numbers = tuple(not shape for shape in shapes)
        if wanted or found:
            (self.kept if wanted and found else self.lost).add(numbers)
        if not wanted or not found:
            if wanted or found:
                self.alone.add(squares)
            return
        self.together.add(squares)
        self.tried += 1
        pair = next(((one, other) for one in wanted for other in found if one.shape == other.shape), None)
        if pair is None:
            misfit = Found(DIFFERENT, "they have different shapes when read as matrices and vectors")
            self.apart = self.apart or misfit
        else:
            found_apart = _difference(*pair)
            self.differ = self.differ or (found_apart is not None and found_apart.verdict == DIFFERENT)
            self.apart = self.apart or found_apart

    def verdict(self) -> Found | None:
        """What is wrong; None where they agree wherever both have a value."""
        if not self.tried:
            return Found(UNDECIDED, "these products cannot be, when read as matrices and vectors")
        if self.alone - self.together and not self.differ:
            return Found(UNDECIDED, "one of them has no value where the other has, for matrices that are not square")
        if self.apart is None and self.lost - self.kept:  # A b and b A, where b may be a vector or a number
            return Found(UNDECIDED, "they agree where a letter is a number, and not where it is a vector")
        return self.apart


def _difference(wanted: np.ndarray, found: np.ndarray) -> Found | None:
    size = float(max(np.max(np.abs(wanted)), np.max(np.abs(found))))
    if not np.any(np.abs(wanted - found) > _CLOSE * size):
        return None
    if size > TINY:
        return Found(DIFFERENT, "they differ for sampled matrices and vectors")
    return Found(UNDECIDED, "what is left of them is too small to be compared")


_CLOSE = 1e-11
_LONG, _SHORT = 4, 3
_GREEK = frozenset(["Lambda", "Sigma", "Gamma", "Phi", "Psi", "Theta", "Omega", "Delta", "Xi", "Pi"])
_ONES = ("1", "0")


def _candidates(expr: Expr, values: Mapping[str, np.ndarray]) -> list[np.ndarray]:
    """The values that an expression can have: with an identity of either size, unless that is declared."""
    if _IDENTITY in values or not any(name_of(node) == _IDENTITY for node in walk(expr)):
        tries = [_try(expr, values)]
    else:
        tries = [_try(expr, {**values, _IDENTITY: np.eye(size)}) for size in (_LONG, _SHORT)]
    return [value for value in tries if value is not None]


_IDENTITY = "I"


def _try(expr: Expr, values: Mapping[str, np.ndarray]) -> np.ndarray | None:
    try:
        with np.errstate(all="ignore"):
            found = value_of(expr, values)
    except (NotScalar, ValueError, np.linalg.LinAlgError):
        return None
    return found if np.all(np.isfinite(found)) else None


def _is_singular(expr: Expr, values: Mapping[str, np.ndarray]) -> bool:
    """Whether an expression fits some shapes but for an inverse that does not exist there: `(AA^T)^{-1}` for tall A."""
    try:
        with np.errstate(all="ignore"):
            value_of(expr, {_IDENTITY: np.eye(_SHORT), **values})
    except Singular:
        return True
    except (NotScalar, ValueError, np.linalg.LinAlgError):
        return False
    return False


_NO_INVERSE = Found(DIFFERENT, "an inverse in one of them does not exist where the other has a value")


def _numbers(gold: Expr, answer: Expr) -> frozenset[str]:
    """Letters that divide on their own, or stand in an exponent; not the A of `\\det e^A`."""
    found: set[str] = set()
    traced = {
        name_of(inner)
        for expr in (gold, answer)
        for node in walk(expr)
        if isinstance(node, Call) and node.function in ("det", "trace")
        for inner in walk(node)
    }
    for expr in (gold, answer):
        for node in walk(expr):
            if isinstance(node, Op) and node.op in ("pow", "div") and not is_algebra_of_matrices(node.args[1]):
                found |= _plain_names(node.args[1])
            elif isinstance(node, Op) and node.op == "add":
                found |= beside_inner_products(node)
    return frozenset(name for name in found if not (name in traced and name[:1].isupper()))


def _plain_names(expr: Expr) -> frozenset[str]:
    """Names that do not stand inside a trace, a determinant or a norm."""
    return frozenset(name for node in _outside(expr) if (name := name_of(node)))


def _shapes(name: str, numbers: frozenset[str]) -> tuple[tuple[int, ...], ...]:
    """The shapes that a letter may have."""
    letter = name.partition("[")[0].rstrip("0123456789'")
    if name in numbers or letter in numbers:
        return ((),)
    if (len(letter) == 1 and letter.isupper()) or letter in _GREEK:
        return ((_LONG, _SHORT), (_SHORT, _LONG), (_LONG, _LONG), (_SHORT, _SHORT))
    if letter[:1] in _VECTORS:
        return ((_LONG, 1), (_SHORT, 1)) if letter[:1] in _RATHER_VECTORS else ((_LONG, 1), (_SHORT, 1), ())
    return ((),)


def _sample(name: str, shape: tuple[int, ...]) -> np.ndarray:
    return np.asarray(generic_array(f"{name}/{shape}", shape))
