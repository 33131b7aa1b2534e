"""An answer that is not unique: marked by the property that defines it, whichever of the right ones it is."""

from __future__ import annotations

import re
from typing import Any

from grader.kinds._choosing import Candidate, changed_by, choose, hesitates, touches
from grader.kinds._factor_table import FACTORISATIONS
from grader.kinds._given import Expected, Given
from grader.kinds._left_names import other_space, without_arguments, without_space
from grader.kinds._named_vectors import not_free, unknowns, with_named_vectors, with_products, without_parts
from grader.kinds._properties import PROPERTIES
from grader.kinds._property_doubts import changed_at_end, narrowed, narrowed_in_words, other_value, wavers
from grader.kinds._solution_sets import with_points_alone
from grader.kinds._vector_signs import with_round_brackets
from grader.kinds._vectors import said
from grader.kinds._vectors_written import matrix_of, parameters_of
from grader.kinds._verdicts import Verdict
from grader.kinds.kind import Example, Kind, Setup, View, not_found, partial, remark, review, right
from grader.model.documents import Block
from grader.model.expressions import Group, Relation, names_in
from grader.model.results import Finding
from grader.model.rubrics import Mapping, Scalar
from grader.model.vocabulary import Field
from grader.notation.printing import show
from grader.notation.reading import Claim, Reading

_MISSING = frozenset({"pairs-missing", "too-few-vectors", "matrix-missing", "parameters-missing"})
_NORMALISED = re.compile(r"(?<!not )(?<!-)\bnormali[sz]ed\W*\Z")
_DENIES = re.compile(r"\b(not|never|neither|nor|isn.?t|cannot|can.?t|fails?)\b")
_READ_TOO = {"span": 0, "diag": 0}  # words that stand before lists
_SINGULAR = (("\\Sigma", "S     "), ("Σ", "S"))  # before a matrix it is a letter, and no sum; places stay the same


def prepare(fields: Mapping, setup: Setup) -> Expected | None:
    """Computes what the property needs. Records a fault for fields that do not belong, and for what cannot be."""
    node = fields.get("property")
    row = PROPERTIES.get(node.text.strip()) if isinstance(node, Scalar) else None
    if row is None or not isinstance(node, Scalar):
        return None
    name, before = node.text.strip(), len(setup.faults)
    present = [key for key, _ in fields.entries if key.text not in ("property", "tolerance")]
    for key in present:
        if key.text not in (*row.needs, *row.may):
            allowed = ", ".join(f"`{field}`" for field in (*row.needs, *row.may))
            setup.fault(key.place, f"`{key.text}` does not go with `property: {name}`", f"it takes {allowed}")
    for field in row.needs:
        if field not in {key.text for key in present}:
            setup.fault(node.place, f"`property: {name}` needs `{field}`", f"add `{field}:`")
    return row.prepare(Given(fields, setup)) if len(setup.faults) == before else None


def _view(expected: Expected, view: View) -> View:
    """The answer with the words and letters that matrices bring along, without names that only say what follows."""
    blocks = view.answer.blocks
    if expected.every:
        blocks = with_products(without_arguments(with_points_alone(blocks)), expected.size)
    elif expected.what.startswith(_BASIS):
        blocks = without_space(blocks, expected.what.removeprefix(_BASIS))
    elif any(letter in block.text for block in blocks for letter, _ in _SINGULAR):
        blocks = tuple(_spelled(block) for block in blocks)
    blocks = with_round_brackets(blocks, expected.what == _ONE)
    if blocks != view.answer.blocks:
        view = View(view.answer._replace(blocks=blocks), view.names, view.places, view.reasons, view.context, view.base)
    return view.named(_READ_TOO)


_BASIS = "a basis of the "
_ONE = "an eigenvector"


def _spelled(block: Block) -> Block:
    runs = []
    for run in block.runs:
        text = run.text
        for letter, plain in _SINGULAR:
            text = text.replace(letter, plain)
        runs.append(run._replace(text=text))
    return block._replace(runs=tuple(runs))


def _claims(expected: Expected, view: View) -> tuple[View, tuple[Claim, ...]]:
    # A sum sign is a letter only where a factor may be called so.
    told = "factors" in expected.what or expected.every or expected.what.startswith(_BASIS) or expected.what == _ONE
    inner = _view(expected, view) if told else view.named(_READ_TOO)
    inner = inner.named(unknowns(inner.answer.text, expected.size)) if expected.every else inner
    claims = inner.claims(inner.reading(grouping=False))
    return inner, with_named_vectors(claims, {}) if expected.every else claims


def candidates_of(expected: Expected, view: View) -> list[Candidate]:
    """Everything in an answer that could have the property."""
    _, claims = _claims(expected, view)
    names: dict[str, Any] = {name: None for name, axes in view.names.items() if axes}  # arrays of the rubric
    if expected.complex:
        names["i"] = 1j
    found = expected.read(claims, names, expected.size)
    return without_parts(found) if expected.every else found


def judge(expected: Expected, view: View) -> Finding:
    """Whether what was written has the property; other answers beside it must come out alike."""
    inner, claims = _claims(expected, view)
    reading = inner.reading(grouping=False)
    candidates = _from_normalised(expected, candidates_of(expected, view))
    chosen, rivals = choose(candidates)
    if chosen is None:
        return not_found(view, expected.what)
    claim, verdict = chosen.claim, expected.check(chosen.value)
    read_as = show(claim.expr)
    words = changed_by(claim, reading) or _denied(claim)
    words = "" if words in ("normalised", "normalized") and _NORMALISED.search(claim.before) else words
    words = words or changed_at_end(claim, reading) or (_narrowed(view, claim) if expected.every else "")
    if words:
        return review((claim,), read_as, remark("changed-by-words", words=words))
    unclear = _unclear(expected, claims, claim, verdict, reading)
    if other_space(view.answer.blocks, claim.place[0], expected.what.removeprefix(_BASIS)):
        unclear = claim, "it has the name of another space"
    if unclear is not None:
        other, message = unclear
        return review((other,), read_as, remark("unreadable", message=message, what=expected.what))
    if verdict.credit and (taken := other_value(expected, claims) or narrowed(expected, claim, claims)):
        return review((claim, taken), read_as, remark("takes-back", said=show(taken.expr)))
    differing = [rival for rival in rivals if expected.check(rival.value).credit != verdict.credit]
    differing += [c for c in wavers(chosen, candidates, expected, reading) if c not in differing]
    wavering = verdict.credit != 1 and hesitates([claim, *(c.claim for c in rivals)], reading)
    elsewhere = _lacks(verdict) and len(candidates) > 1  # "(1, 0) together with (0, 1)"
    if elsewhere and (whole := _one_by_one(expected, candidates, view)) is not None:
        return whole
    if differing or wavering or elsewhere:
        others = (c.claim for c in (candidates if elsewhere else differing) if c is not chosen)
        return review((claim, *others), read_as, remark("several-answers"))
    if verdict.credit is None:
        return review((claim,), read_as, *verdict.reasons)
    return partial(verdict.credit, (claim,), read_as, *verdict.reasons)


def _narrowed(view: View, claim: Claim) -> str:
    """The words by which a parameter takes not all its values, or by which something else is free."""
    text = view.answer.text
    body = claim.expr.operands[-1] if isinstance(claim.expr, Relation) else claim.expr
    return narrowed_in_words(text) or not_free(text, names_in(body) if body is not None else frozenset())


def _from_normalised(expected: Expected, candidates: list[Candidate]) -> list[Candidate]:
    """Without the vectors of which the last one is told to be the multiple: "v = (2, 1), normalised (0.89, 0.45)"."""
    ends = [k for k, one in enumerate(candidates) if _NORMALISED.search(one.claim.before)]
    return candidates[ends[-1] :] if ends and expected.what == _ONE else candidates


def _one_by_one(expected: Expected, candidates: list[Candidate], view: View) -> Finding | None:
    """Right where the vectors of several sentences are a basis: "x = 1 gives (1, 0), x = 0 gives (0, 1)"."""
    if not expected.what.startswith(_BASIS) or _TURNS.search(view.answer.text.lower()):
        return None
    claims = tuple([one.claim for one in candidates])
    expr = Group("{}", tuple([claim.expr for claim in claims if claim.expr is not None]), claims[0].place)
    joined = expected.read((claims[0]._replace(expr=expr),), {}, expected.size)
    if len(joined) != 1 or expected.check(joined[0].value).credit != 1:
        return None
    return right(claims, show(expr))


_TURNS = re.compile(r"\b(no|not|never|only|but|or|either|instead|wrong|first|rather|actually|sorry|except)\b|n't")


def _unclear(
    expected: Expected, claims: tuple[Claim, ...], claim: Claim, verdict: Verdict, reading: Reading
) -> tuple[Claim, str] | None:
    """A claim that may change what the chosen one says, and why that is not known."""
    beside = touches(claim, reading)
    if beside is not None:  # (1, 1)(1, 2)
        return beside, "another formula stands directly beside it"
    for other in claims:
        if other.error is not None and (other.place > claim.place or verdict.credit != 1):
            return other, other.error.message
        if _lacks(verdict) and _stands_for_a_list(other, expected):
            return other, "what it stands for was not understood"
    return None


def _lacks(verdict: Verdict) -> bool:
    """Whether something is missing, which may stand where it was not seen."""
    return any(reason.id in _MISSING for reason in verdict.reasons)


def _denied(claim: Claim) -> str:
    """The word by which the sentence may say that this is not so: "not an eigenvector: (1, 1)"."""
    found = _DENIES.search(claim.before.rsplit(".", 1)[-1])
    return found.group() if found else ""


def _stands_for_a_list(claim: Claim, expected: Expected) -> bool:
    """Whether a name is said to be something made of other names: `v2 = e1`, `R = Q^T A`."""
    given = said(claim) if isinstance(claim.expr, Relation) else None
    if given is None or isinstance(given, Group) or not parameters_of(given, {}):
        return False
    return matrix_of(given, {}) is None and not expected.read((claim,), {}, expected.size)


def find(expected: Expected, view: View) -> tuple[Claim, ...]:
    """The claims that could have the property."""
    return tuple(candidate.claim for candidate in candidates_of(expected, view))


_EIGENVECTOR = "{let: {A: [[2, 1], [1, 2]]}, property: eigenvector, of: A, value: 3}"
_PAIRS = "{let: {A: [[2, 1], [1, 2]]}, property: eigenpairs, of: A}"
_NULL = "{let: {A: [[1, 1, 1]]}, property: null space, of: A}"
_ORTHONORMAL = "{let: {A: [[1, 0], [1, 1], [0, 1]]}, property: column space, of: A, vectors: orthonormal}"
_QR = "{let: {A: [[3, 1], [4, 3]]}, property: factorisation, of: A, as: QR}"
_LU = "{let: {A: [[2, 1], [4, 5]]}, property: factorisation, of: A, as: LU}"
_ALL = "{let: {A: [[1, 1, 0], [0, 1, 1]], b: [3, 2]}, property: all solutions, of: A x = b}"
_SQUARES = "{let: {A: [[1, 0], [1, 1], [1, 2]], b: [6, 0, 0]}, property: least squares, of: A x = b}"
_LEAST = "{symbols: {x: real, y: real}, property: minimiser, of: (x^2 - 1)^2 + y^2, value: 0}"

KIND = Kind(
    name="property",
    doc="an answer that is not unique, by the property that defines it",
    spoken=True,
    fields=(
        Field("property", "text", "the property that the answer must have", required=True, options=tuple(PROPERTIES)),
        Field("of", "expression", "the matrix, the vectors, the equation or the function that it is about"),
        Field("to", "expression", "for `parallel` and `orthogonal`: the vector, or a list of vectors"),
        Field("value", "expression", "for eigenvectors the eigenvalue, for a `minimiser` the least value"),
        Field("as", "text", "for a `factorisation`: the factors", options=tuple(FACTORISATIONS)),
        Field(
            "vectors",
            "text",
            "what lengths and angles are asked for",
            options=("any", "unit", "orthogonal", "orthonormal"),
        ),
        Field("numbers", "text", "`complex` allows complex eigenvalues and vectors", options=("real", "complex")),
    ),
    prepare=prepare,
    judge=judge,
    describe=lambda expected: expected.words,
    find=find,
    model_answer=lambda expected: expected.model,
    reads={"grouping": False},
    in_words="",
    examples=(
        Example(_EIGENVECTOR, "$v = (-2, -2)^T$", "right"),
        Example(_EIGENVECTOR, "(1, 2)", "wrong"),
        Example(_EIGENVECTOR, "(0.7, 0.72)", "review"),
        Example(_EIGENVECTOR, "the diagonal", "review"),
        Example(_PAIRS, "lambda = 3: (1, 1), lambda = 1: (1, -1), [3. 1.]", "right"),
        Example(_PAIRS, "lambda = 3: (1, 1), lambda = 1: (1, -1), [2. 5.]", "partial"),
        Example(_PAIRS, "$\\lambda_1 = 1$, $v_1 = (1, -1)$ and $\\lambda_2 = 3$, $v_2 = (1, 1)$", "right"),
        Example(_PAIRS, "lambda = 3: (1, 1), lambda = 1: (1, 2)", "partial"),
        Example(_NULL, "$\\{(1, -1, 0), (1, 0, -1)\\}$", "right"),
        Example(_NULL, "(1, -1, 0)", "partial"),
        Example(_ORTHONORMAL, "(1, 1, 0), (0, 1, 1)", "partial"),
        Example(_QR, "Q = 1/5 [[3, -4], [4, 3]], R = [[5, 3], [0, 1]]", "right"),
        Example(_LU, "L = [[1, 0], [2, 1]], U = [[2, 1], [0, 3]]", "right"),
        Example(_ALL, "$x = (1, 2, 0) + t (1, -1, 1)$", "right"),
        Example(_ALL, "$L = \\{(1 + t, 2 - t, t) : t \\in \\mathbb{R}\\}$", "right"),
        Example(_ALL, "$L = \\{(1 + t, 2 + t, t) : t \\in \\mathbb{R}\\}$", "partial"),
        Example(_ALL, "$L = \\{(1 + t, 2 - t, t) : t > 0\\}$", "review"),
        Example(_ALL, "$L = \\{(1 + t, 2 - t, t) : t \\in \\mathbb{Z}\\}$", "review"),
        Example(_ALL, "$(x, y, z)^T = (1, 2, 0)^T + t\\,(1, -1, 1)^T, t \\in \\mathbb R$", "right"),
        Example(_ALL, "$(z, y, x)^T = (1, 2, 0)^T + t\\,(1, -1, 1)^T, t \\in \\mathbb R$", "review"),
        Example(_ALL, "$\\mathbf r(t) = \\langle 1, 2, 0\\rangle + t\\langle 1, -1, 1\\rangle$", "right"),
        Example(_ALL, "$\\ell(t) = P + t(Q-P) = (1 + t, 2 - t, t)$", "right"),
        Example(_ALL, "$x(t) = 1 + t, y(t) = 2 - t, z(t) = t$", "right"),
        Example(_ALL, "$r(t) = (1, 2, 0) + t(1, 1, 1)$", "partial"),
        Example(_ALL, "$r'(t) = (1, 2, 0) + t(1, -1, 1)$", "review"),
        Example(_ALL, "$2r(t) = (1, 2, 0) + t(1, -1, 1)$", "review"),
        Example(_ALL, "$\\dot r(t) = (1, 2, 0) + t(1, -1, 1)$", "review"),
        Example(_PAIRS, "$\\lambda = 1, 3$; $\\lambda = 1$: $v = (1, -1)$; $\\lambda = 3$: $v = (1, 1)$", "right"),
        Example(_PAIRS, "$\\lambda = 1, 4$; $\\lambda = 1$: $v = (1, -1)$; $\\lambda = 3$: $v = (1, 1)$", "review"),
        Example(_PAIRS, "$1$ and $3$. The one for $3$ is $(1, 1)$, the one for $1$ is $(1, -1)$.", "right"),
        Example(_SQUARES, "(5, -3)", "right"),
        Example(_LEAST, "x = -1, y = 0", "right"),
    ),
)
