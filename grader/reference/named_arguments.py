"""Named arguments of a rubric's layer functions, put in order: `conv_shape(x, kernel=3, filters=8)`.

The parser reads `kernel=3` as a relation. In a rubric's expression it becomes the argument of that name, and the
function the one that computes; a student's expression is not touched, so that no student has an exercise done by
writing the call that solves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from grader.model.errors import Unreadable
from grader.model.expressions import Bound, Call, Expr, Group, Name, Num, Relation, walk
from grader.reference.functions import LAYER_FUNCTIONS

if TYPE_CHECKING:
    from grader.reference.layer_table import Parameter


def in_order(expr: Expr) -> Expr:
    """A rubric's expression with the arguments of layer functions in order.

    Raises Unreadable, with the place, for an argument that is unknown, missing, given twice, or without a name
    after one that has a name.
    """
    done: dict[int, Expr] = {}
    for node in reversed(list(walk(expr))):  # what is below a node before it, without recursion
        whole: Any = type(node)(*(_exchanged(field, done) for field in node))
        calls_layer = isinstance(node, Call) and node.function in LAYER_FUNCTIONS
        done[id(node)] = _ordered_call(whole) if calls_layer else whole
    return done[id(expr)]


def _exchanged(field: Any, done: Mapping[int, Expr]) -> Any:
    """What a node holds, with the expressions in it put in order."""
    if id(field) in done:
        return done[id(field)]
    if isinstance(field, Bound):
        return replace(field, low=_exchanged(field.low, done), high=_exchanged(field.high, done))
    return tuple(_exchanged(item, done) for item in field) if isinstance(field, tuple) else field


def _ordered_call(call: Call) -> Call:
    from grader.reference.layer_table import INPUT, LAYERS

    layer, _, measure = call.function.rpartition("_")
    parameters = (INPUT, *LAYERS[layer].parameters)
    said: dict[str, Expr] = {}
    for parameter, value in _named(call, parameters):
        for name, number in _meant(parameter, value).items():
            if name in said:
                raise Unreadable(f"{call.function} has the argument {name} twice", *value.place)
            said[name] = number
    return Call(f"{layer}.{measure}", tuple(_filled(call, parameters, said)), call.place)


def _named(call: Call, parameters: tuple[Parameter, ...]) -> Iterator[tuple[Parameter, Expr]]:
    """The arguments as they were written, each with what it is for."""
    known = {parameter.name: parameter for parameter in parameters}
    names_begun = False
    for parameter, arg in zip((*parameters, *[None] * len(call.args)), call.args, strict=False):
        if isinstance(arg, Relation) and arg.ops == ("=",) and isinstance(arg.operands[0], Name):
            name, value = arg.operands[0].name, arg.operands[1]
            if name not in known or value is None:
                raise Unreadable(f"{call.function} has no argument {name}", *arg.place, _proposal(name, known))
            names_begun = True
            yield known[name], value
        elif names_begun:
            raise Unreadable(f"an argument of {call.function} without a name after one with a name", *arg.place)
        elif parameter is None:
            raise Unreadable(f"{call.function} takes at most {len(parameters)} arguments", *arg.place)
        else:
            yield parameter, arg


def _proposal(name: str, known: Iterable[str]) -> str:
    """The nearest argument, or all that can be typed."""
    from difflib import get_close_matches

    typed = [name for name in known if name.isidentifier()]
    near = get_close_matches(name, typed, 1)
    return f"did you mean `{near[0]}`?" if near else f"one of {', '.join(f'`{name}`' for name in typed)}"


def _meant(parameter: Parameter, value: Expr) -> dict[str, Expr]:
    """What one argument says: a value of its own, or the numbers that its word stands for."""
    word = parameter.words.get(value.name) if isinstance(value, Name) else None
    if word is None:
        return {parameter.name: value}
    return {name: Num(number, value.place, str(number)) for name, number in word.items()}


def _filled(call: Call, parameters: tuple[Parameter, ...], said: dict[str, Expr]) -> Iterator[Expr]:
    """All arguments up to the last one that was given; an empty list is one that the layer finds itself."""
    missing = [parameter.name for parameter in parameters if parameter.needed and parameter.name not in said]
    if missing:
        raise Unreadable(f"{call.function} needs the argument {missing[0]}", *call.place)
    last = max(k for k, parameter in enumerate(parameters) if parameter.name in said)
    for parameter in parameters[: last + 1]:
        default = parameter.default
        if parameter.name in said:
            yield said[parameter.name]
        elif default is None:
            yield Group("[]", (), call.place)
        else:
            yield Num(default, call.place, str(default))
