"""What a student says that letters of a formula stand for: along the way ("where q = 1 - p"), or above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from grader.kinds._expected import Expected
from grader.kinds.kind import View
from grader.maths import repairs
from grader.maths.evaluation import CONSTANTS
from grader.maths.indices import only_indices
from grader.maths.worlds import Definition, read_definition
from grader.model.expressions import Call, Expr, Index, Name, Num, Op, Relation, base_name, names_in, spelled, walk
from grader.notation.reading import Claim


def local_definitions(
    formula: Expr, others: Iterable[Expr | None], expected: Expected, context: tuple[Relation, ...]
) -> dict[str, Definition]:
    """The definitions that a formula uses, from the other claims of its answer and from relations above it."""
    used, declared = names_in(formula), expected.names.keys() - only_indices(formula)  # b = q - k_2, beside a bias b
    own = [expr for expr in others if isinstance(expr, Relation)]
    found = _by_accent((*context, *own), used, expected)
    for number, expr in enumerate((*context, *own)):
        if set(expr.ops) != {"="}:
            continue
        # Above, the first member says what the letter is; what follows it was that question's own answer.
        left, body = expr.operands[0], expr.operands[1 if number < len(context) else -1]
        name = base_name(left)
        if left is None or body is None or name not in used or name in names_in(body):
            continue
        if name == expected.target or (name in declared and not _works_out(name, body, expected)):
            continue
        if isinstance(body, Num) and (body.value == 0 or _is_indexed(name, formula)):
            continue  # "with delta = 0 outside": what delta is was said before
        if name in found and base_name(found[name].body) in expected.names:
            continue  # "gZ = dJ/dZ" says what it is; "gZ[i] = gU[i] * ..." was an answer
        if (definition := read_definition(left, body)) is not None:
            found[name] = definition
    return found


def with_indices_put_in(
    formula: Expr, left: Expr | None, local: dict[str, Definition]
) -> tuple[Expr, dict[str, Definition]]:
    """The formula with numbers that depend on its indices in place, "X[i,p,q,n] with p = j1 + k1", and the others."""
    bound = repairs.bound_indices(formula)
    own = bound | (names_in(left) if left is not None else frozenset())
    inside = {
        name: one.body
        for name, one in local.items()
        if not one.letters and name not in own and isinstance(one.body, Expr)
        if (isinstance(one.body, Name | Num | Op) and names_in(one.body) & bound) or _has_element(one.body, own)
    }
    if not inside:
        return formula, local
    whole = repairs.rewrite(formula, lambda node: inside.get(node.name) if isinstance(node, Name) else None)
    return whole, {name: one for name, one in local.items() if name not in inside}


def _has_element(body: Expr, letters: frozenset[str]) -> bool:
    """Whether an element of an array at letters of the formula stands in what a name is for: "q = U[i,j]"."""
    return any(isinstance(node, Index) and repairs.index_positions(node) & letters for node in walk(body))


_ACCENTED = re.compile(r"(\w+?)(_(?:bar|dot|hat|tilde))")


def _by_accent(relations: tuple[Relation, ...], used: frozenset[str], expected: Expected) -> dict[str, Definition]:
    """ "I write \\bar A = dJ/dA" says it of every letter with a bar."""
    accents: dict[str, str] = {}
    for relation in relations:
        named, body = _ACCENTED.fullmatch(base_name(relation.operands[0])), relation.operands[1]
        top, _, below = base_name(body).partition("/d")
        if named and set(relation.ops) == {"="} and below == named[1]:
            accents.setdefault(named[2], top)
    found = {}
    for name in used - expected.names.keys():
        named = _ACCENTED.fullmatch(name)
        meant = f"{accents[named[2]]}/d{named[1]}" if named and named[2] in accents else ""
        if meant in expected.names:
            found[name] = Definition(name, Name(meant, (0, 0)))
    return found


def _works_out(name: str, body: Expr, expected: Expected) -> bool:
    """Whether a declared derivative, not the one that the answer is in terms of, is worked out: "where dU/dZ = ..."."""
    return "/" in name and name not in expected.text and not isinstance(body, Name) and bool(names_in(body))


def _is_indexed(name: str, formula: Expr) -> bool:
    return any(isinstance(node, Index) and base_name(node) == name for node in walk(formula))


def with_parts(formula: Expr, others: Iterable[Expr | None], expected: Expected) -> Expr:
    """The formula with its parts put in that have no indices of their own: "dU[i,j] s (1 - s), s = 1/(1 + e^-Z[i,j])".

    Such a part is meant at the indices of the formula, so all of its letters must be indices there.
    """
    letters = repairs.index_positions(formula)
    known = expected.names.keys() | CONSTANTS.keys()
    parts: dict[str, Expr] = {}
    whole: dict[str, Expr] = {}
    indexed = False
    for expr in others:
        left = expr.operands[0] if isinstance(expr, Relation) and set(expr.ops) == {"="} else None
        body = expr.operands[-1] if isinstance(expr, Relation) else None
        if not isinstance(left, Name) or body is None or left.name not in names_in(formula):
            continue
        if left.name in known:
            if _works_out(left.name, body, expected) and not repairs.has_indices(body):
                formula = _with_array(formula, left.name, body, whole, expected)
            continue
        if isinstance(body, Name) and body.name in expected.names and not repairs.has_indices(formula):
            whole[left.name] = body  # delta U(1-U), with delta = dJ/dU
            continue
        if _is_of_arrays(left.name, body, formula, expected):
            formula = _with_array(formula, left.name, body, whole, expected)
            continue
        own = names_in(body) - known
        if left.name in parts and spelled(parts[left.name]) != spelled(body):
            return formula  # two things under one name
        if left.name not in letters and not _is_indexed(left.name, formula):
            parts[left.name] = body
            indexed = indexed or bool(own)
        if not own <= letters:
            return formula
    return _with_values(formula, {**(parts if indexed else {}), **whole})


def _is_of_arrays(name: str, body: Expr, formula: Expr, expected: Expected) -> bool:
    """Whether a letter stands for given arrays alone, without an index, where it is used: "V = U(1 - U)"."""
    used = names_in(body)
    if not used <= expected.names.keys() or not any(expected.names[one] for one in used) or repairs.has_indices(body):
        return False
    return not repairs.has_indices(formula) or _is_indexed(name, formula)


def _with_array(formula: Expr, name: str, body: Expr, whole: dict[str, Expr], expected: Expected) -> Expr:
    """The formula with the elements of an array worked out; of a formula without indices it goes to `whole`."""
    if repairs.has_indices(formula):
        return _with_elements(formula, name, body, expected)
    whole[name] = body  # dJ/dZ = dJ/dU * dU/dZ, dU/dZ = U(1-U)
    return formula


def _with_elements(formula: Expr, name: str, body: Expr, expected: Expected) -> Expr:
    """The formula with `dU/dZ[i,j]` worked out from what is said of the whole array: dU/dZ = U(1 - U)."""

    def change(node: Expr) -> Expr | None:
        if not isinstance(node, Index) or not isinstance(node.base, Name) or node.base.name != name:
            return None
        rank = len(node.indices)
        return repairs.rewrite(
            body,
            lambda one: (
                Index(one, node.indices, node.place)
                if isinstance(one, Name) and expected.names.get(one.name) == rank
                else None
            ),
        )

    return repairs.rewrite(formula, change)


def _with_values(formula: Expr, parts: Mapping[str, Expr]) -> Expr:
    return repairs.rewrite(formula, lambda node: parts.get(node.name) if isinstance(node, Name) else None)


def with_derivatives(formula: Expr, others: Iterable[Expr | None]) -> Expr:
    """The formula with derivatives worked out as the answer says beside it: "sigma'(Z), with sigma'(z) = ..."."""
    known: dict[str, tuple[str, Expr]] = {}
    worked: dict[str, Expr] = {}  # of a given array: sigma'(Z) = U(1 - U)
    for expr in others:
        left = expr.operands[0] if isinstance(expr, Relation) and set(expr.ops) == {"="} else None
        body = expr.operands[-1] if isinstance(expr, Relation) else None
        if body is not None and (own := _of_itself(left, body)) is not None:
            known[f"{own[0]}'"] = (_ARGUMENT, own[1])
            continue
        if body is not None and _is_primed(left) and not any(spelled(node) == spelled(left) for node in walk(body)):
            worked[spelled(left)] = body  # U' = U(1 - U)
            continue
        letter = (
            left.args[0] if isinstance(left, Call) and left.function.endswith("'") and len(left.args) == 1 else None
        )
        if isinstance(left, Call) and isinstance(letter, Name) and body and names_in(body) <= {letter.name}:
            known[left.function] = (letter.name, body)
        elif (
            isinstance(left, Call)
            and left.function.endswith("'")
            and body is not None
            and left.function not in names_in(body)
        ):
            worked[spelled(left)] = body
    if not known and not worked:
        return formula

    def change(node: Expr) -> Expr | None:
        if isinstance(node, Call | Op) and spelled(node) in worked:
            return worked[spelled(node)]
        if not (isinstance(node, Call) and node.function in known and len(node.args) == 1):
            return None
        letter, body = known[node.function]
        return repairs.rewrite(body, lambda one: node.args[0] if isinstance(one, Name) and one.name == letter else None)

    return repairs.rewrite(formula, change)


def said_twice(formula: Expr, claims: Iterable[Claim], expected: Expected) -> Claim | None:
    """The claim that says something else of a letter or a derivative of the formula than one before it did.

    What is asked may get a letter first: "let D = dJ/dZ; D = G U(1 - U)".
    """
    told: dict[object, object] = {}
    used: set[object] = set()
    for claim in claims:
        expr = claim.expr
        if not isinstance(expr, Relation) or set(expr.ops) != {"="} or isinstance(expr.operands[-1], Num):
            continue  # "s = 2" is a value, and no definition
        left, body = expr.operands[0], expr.operands[-1]
        letter = isinstance(left, Name) and left.name not in expected.names
        if not (letter or _is_primed(left)) or (isinstance(body, Name) and body.name == expected.target):
            continue
        used = used or {spelled(node) for node in walk(formula) if isinstance(node, Name) or _is_primed(node)}
        if not (spelled(left) in used or _of_itself(left, body or formula)):
            continue
        if told.setdefault(spelled(left), spelled(body)) != spelled(body):
            return claim
    return None


def _is_primed(left: Expr | None) -> bool:
    return isinstance(left, Op) and left.op == "transpose" and isinstance(left.args[0], Name)


_ARGUMENT = "\N{MIDDLE DOT}"
_FUNCTIONS = {"sigma": "sigmoid"}  # the letter beside the function that it is read as where it has an argument


def _of_itself(left: Expr | None, body: Expr) -> tuple[str, Expr] | None:
    """The function and its derivative at `_ARGUMENT` that "sigma' = sigma(1 - sigma)" says without an argument."""
    primed = left.args[0] if isinstance(left, Op) and left.op == "transpose" else None
    if not isinstance(primed, Name) or primed.name not in _FUNCTIONS:
        return None
    letter, function = primed.name, _FUNCTIONS[primed.name]
    value = Call(function, (Name(_ARGUMENT, body.place),), body.place)

    def change(node: Expr) -> Expr | None:
        if isinstance(node, Name) and node.name == letter:
            return value
        if isinstance(node, Call) and node.function == function and letter in names_in(node):  # sigma(1 - sigma)
            return Op("mul", (value, repairs.rewrite(node.args[0], change)), node.place)
        return None

    worked = repairs.rewrite(body, change)
    return (function, worked) if names_in(worked) == {_ARGUMENT} else None


def worked_out(formula: Expr, claim: Claim, said: list[Expr | None], expected: Expected, view: View) -> Expr:
    """A formula with what the answer works out beside it, made once for the right answer and all mistakes."""
    key = ("worked out", claim.place, id(expected.names))

    def work() -> tuple[Expr, Mapping[str, int]]:
        body = with_parts(with_derivatives(formula, said), said, expected)
        return body, expected.names  # kept alive: its id is part of the key

    found: Expr = view.remember(key, work)[0]
    return found
