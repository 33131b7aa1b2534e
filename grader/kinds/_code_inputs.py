"""Inputs of a rubric's cases: given as expressions and lists, or drawn from what is described."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from grader.kinds._arrays import read_array
from grader.kinds.kind import Setup
from grader.maths.evaluation import evaluate
from grader.model.errors import Unreadable
from grader.model.rubrics import Mapping, Node, Scalar, Sequence
from grader.programs import cases

_LARGEST = 1_000_000  # elements of an input
_DTYPES = ("float64", "float32", "int64", "int32", "uint8", "bool", "complex128")
_WAYS = ("normal", "uniform", "integers", "permutation", "list", "text", "texts", "flag")
_BESIDE = {"normal": ("mean", "deviation"), "uniform": ("low", "high"), "integers": ("low", "high")}


def read_input(node: Node, setup: Setup, seed: str) -> Any:
    """An array, number, text, flag or list; None after a fault."""
    if isinstance(node, Mapping):
        return _described(node, setup, seed)
    return _numbers(node, setup)


def _numbers(node: Node, setup: Setup) -> Any:
    """An array, or a number of Python."""
    values = read_array(node, setup)
    if values is None:
        return None
    if values.ndim:
        return values
    number = values.item()
    return number


def _described(node: Mapping, setup: Setup, seed: str) -> Any:
    ways = [key for key, _ in node.entries if key.text in _WAYS]
    if len(ways) != 1:
        setup.fault(node.place, f"an input is one of {_listed(_WAYS)}", "such as `{normal: [8, 9]}`")
        return None
    way = ways[0].text
    known = {way, "dtype", *_BESIDE.get(way, ())}
    strange = [key for key, _ in node.entries if key.text not in known]
    if strange:
        setup.fault(
            strange[0].place, f"`{strange[0].text}` does not go with `{way}`", f"known: {_listed(sorted(known))}"
        )
        return None
    value = _MAKERS[way](node, way, setup, seed)
    return value if value is None else _of_dtype(value, node.get("dtype"), setup)


def _listed(words: Any) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _of_dtype(value: Any, node: Node | None, setup: Setup) -> Any:
    if node is None:
        return value
    if not isinstance(node, Scalar) or node.text not in _DTYPES or not isinstance(value, np.ndarray):
        setup.fault(node.place, f"`dtype` of an array is one of {_listed(_DTYPES)}")
        return None
    return value.astype(node.text)


def _number(node: Mapping, key: str, usual: float, setup: Setup) -> float | None:
    """A number beside a way to draw."""
    given = node.get(key)
    if given is None:
        return usual
    expr = setup.parse(given)
    if expr is None:
        return None
    try:
        return float(evaluate(expr, setup.world.scope()).data)
    except (Unreadable, TypeError, ValueError):
        setup.fault(given.place, f"`{key}` takes one number")
        return None


def _shape(node: Node | None, setup: Setup) -> tuple[int, ...] | None:
    """Lengths: a list of whole numbers, or one."""
    assert node is not None
    items = node.items if isinstance(node, Sequence) else (node,)
    lengths: list[int] = []
    for item in items:
        expr = setup.parse(item)
        if expr is None:
            return None
        try:
            length = evaluate(expr, setup.world.scope()).data
        except Unreadable as error:
            setup.fault(item.place, f"cannot compute this length: {error.message}")
            return None
        if not isinstance(length, int | Fraction | float) or length != int(length) or length < 0:
            setup.fault(item.place, "a length is a whole number")
            return None
        lengths.append(int(length))
    if np.prod(lengths, dtype=float) > _LARGEST:
        setup.fault(node.place, f"an input of more than {_LARGEST:,} elements")
        return None
    return tuple(lengths)


def _drawn(node: Mapping, way: str, setup: Setup, seed: str) -> Any:
    shape = _shape(node.get(way), setup)
    first, second = _BESIDE[way]
    a = _number(node, first, 0.0, setup)
    b = _number(node, second, 1.0 if way != "integers" else 9.0, setup)
    if shape is None or a is None or b is None:
        return None
    if way == "normal":
        return _scalar(cases.normal(seed, shape, a, b), shape)
    if b < a:
        setup.fault(node.place, "`high` is less than `low`")
        return None
    if way == "uniform":
        return _scalar(cases.uniform(seed, shape, a, b), shape)
    return _scalar(cases.integers(seed, shape, int(a), int(b)), shape)


def _scalar(values: np.ndarray, shape: tuple[int, ...]) -> Any:
    return values if shape else values.item()


def _permutation(node: Mapping, way: str, setup: Setup, seed: str) -> Any:
    shape = _shape(node.get(way), setup)
    if shape is None:
        return None
    if len(shape) != 1:
        setup.fault(node.place, "`permutation` takes one number")
        return None
    return cases.permutation(seed, shape[0])


def _list(node: Mapping, way: str, setup: Setup, seed: str) -> Any:
    """A list of numbers, or of inputs of any kind: `{list: [{text: a}, {normal: 3}]}`."""
    given = node.get(way)
    if isinstance(given, Sequence) and any(isinstance(item, Mapping) for item in given.items):
        items = [read_input(item, setup, f"{seed}/{number}") for number, item in enumerate(given.items)]
        return None if any(item is None for item in items) else items
    values = _numbers(given or node, setup)
    return values if values is None else np.asarray(values).tolist()


def _texts(node: Mapping, way: str, setup: Setup, seed: str) -> Any:
    value = node.get(way)
    if isinstance(value, Sequence) and all(isinstance(item, Scalar) for item in value.items):
        return [item.text for item in value.items if isinstance(item, Scalar)]
    setup.fault(node.place, "`texts` takes a list of texts")
    return None


def _text(node: Mapping, way: str, setup: Setup, seed: str) -> Any:
    value = node.get(way)
    if isinstance(value, Scalar):
        return value.text
    setup.fault(node.place, "`text` takes one text")
    return None


def _flag(node: Mapping, way: str, setup: Setup, seed: str) -> Any:
    value = node.get(way)
    if isinstance(value, Scalar) and value.text in ("true", "false"):
        return value.text == "true"
    setup.fault(node.place, "`flag` takes `true` or `false`")
    return None


_MAKERS: dict[str, Callable[[Mapping, str, Setup, str], Any]] = {
    "normal": _drawn,
    "uniform": _drawn,
    "integers": _drawn,
    "permutation": _permutation,
    "list": _list,
    "text": _text,
    "texts": _texts,
    "flag": _flag,
}
