"""A shape: lengths in a given order or, with named axes, in any order that the student describes truly."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from itertools import chain
from typing import Any

import numpy as np

from grader.kinds._axes import order_unknown
from grader.kinds._axes_listed import named_otherwise, text_of
from grader.kinds._axes_said import misnamed
from grader.kinds._axis_formats import begins_with_columns, contradicts_format
from grader.kinds._choosing import Candidate, choose, hesitates
from grader.kinds._defined import with_own_letters
from grader.kinds._names_below import names_below, without_names
from grader.kinds._near_shapes import Expected, Signature, is_example, near_miss
from grader.kinds._overtaken import overtaken
from grader.kinds._shape_doubts import IndexNames, question_doubt, shape_doubt, written_behind
from grader.kinds._shape_lengths import lengths_of, words_of
from grader.kinds._shape_otherwise import is_of_factor
from grader.kinds._shapes import candidates_of
from grader.kinds._shapes_given import shape_of, told_of_given
from grader.kinds._signatures import signature_once
from grader.kinds.kind import (
    Example,
    Kind,
    Setup,
    View,
    mistake,
    not_found,
    partial,
    remark,
    review,
    right,
    wrong,
)
from grader.model.expressions import Name, Num, Text
from grader.model.patterns import later
from grader.model.results import Finding, Status
from grader.model.rubrics import Mapping, Scalar
from grader.model.vocabulary import Field
from grader.notation.printing import show
from grader.notation.reading import Claim, Reading
from grader.reference.functions import WRITTEN_FUNCTIONS

_EXCHANGED, _MISNAMED = Fraction(1, 2), Fraction(2, 3)

_FEWEST_SAMPLES = 3  # in which the lengths of a reference must fit together
_CALLED = later(r"([A-Za-z][\w.]*)\(")


def prepare(fields: Mapping, setup: Setup) -> Expected | None:
    """Evaluates the lengths; records a fault for one that is not a whole number from 0 up."""
    node = fields.get("shape")
    if node is None:
        return None
    found = lengths_of(node, setup)
    if found is None:
        return None
    lengths, texts, axes = found
    fitting = [at for at, row in enumerate(zip(*lengths, strict=True)) if all(map(_is_length, row))]
    lengths = tuple(tuple(signature[at] for at in fitting) for signature in lengths)
    samples = [setup.samples[at] for at in fitting]  # of N - K + 1 those with a kernel that fits
    whole = all(len(set(signature)) > 1 or all(isinstance(one, int) for one in signature) for signature in lengths)
    if len(samples) < min(_FEWEST_SAMPLES, len(setup.samples)) or not whole:  # N/s need not be whole in each of them
        setup.fault(node.place, "a length must be a whole number that is not negative")
        return None
    order = fields.get("order")
    any_order = isinstance(order, Scalar) and order.text == "any"
    return Expected(lengths, texts, axes, words_of(fields.get("words"), axes, setup), any_order, samples)


def _is_length(value: Any) -> bool:
    return value is not None and value >= 0


def find(expected: Expected, view: View) -> tuple[Claim, ...]:
    """The claims that could be this shape."""
    axes = len(expected.lengths)
    candidates = candidates_of(axes, view)[1]
    last = max((c.claim.place for c in candidates if len(c.value) == axes), default=(0, 0))
    # "Since the kernel is 3x3, Z is 46x62x20": what has other axes is said on the way
    return tuple(c.claim for c in candidates if len(c.value) == axes or c.claim.place > last)


# -- judging ---------------------------------------------------------------------------------------------------


def judge(expected: Expected, view: View) -> Finding:
    """Compares the claimed shape with the reference."""
    reading, candidates = candidates_of(len(expected.lengths), view)
    chosen, rivals, read_as = _chosen(expected, candidates, reading, view)
    if chosen is None:
        return not_found(view, "a shape")
    claim = chosen.claim
    if any(isinstance(length, Name) and length.name == "..." for length in chosen.value):
        return review((claim,), read_as, remark("left-open"))
    signatures = _signatures(chosen, expected, view)
    if signatures is None:
        evaluated = zip(chosen.value, _evaluated(chosen, expected, view), strict=True)
        unknown = [length for length, signature in evaluated if signature is None]
        reason = "axis-in-words" if all(isinstance(length, Text) for length in unknown) else "unknown-letters"
        return review((claim,), read_as, remark(reason, letters=", ".join(show(length) for length in unknown)))
    if is_example(claim, chosen.value, expected.lengths, view):
        return review((claim,), read_as, remark("unreadable", message="it was printed for one example", what="a shape"))
    other = [
        candidate
        for candidate in rivals
        if len(candidate.value) == len(chosen.value)
        and _signatures(candidate, expected, view) not in (signatures, None)
        and not _is_given(candidate, chosen, expected, view)
    ]
    if other and any(_signatures(c, expected, view) == expected.lengths for c in (*other, chosen)):
        claims = (claim, *(candidate.claim for candidate in other))
        return review(claims, read_as, remark("several-answers"), value=_as_array(signatures))
    finding = _compare(expected, signatures, (claim, read_as), reading, view)
    alike = [one for one in candidates if len(one.value) == len(chosen.value)]
    at, wanted = expected.samples, [*expected.lengths]
    standing = overtaken(chosen, alike, lambda lengths: [signature_once(one, at, view) for one in lengths] == wanted)
    standing = standing or _left_standing(finding, chosen, candidates, expected, view)
    if standing is not None:
        return review((claim, standing.claim), read_as, remark("several-answers"), value=finding.value)
    names = IndexNames(expected.words, signatures, expected.lengths) if expected.any_order else None
    doubt = shape_doubt(claim, expected.axes, view, reading, names) if finding.status is Status.RIGHT else None
    return finding if doubt is None else review((claim,), read_as, doubt, value=finding.value)


def _chosen(
    expected: Expected, candidates: list[Candidate], reading: Reading, view: View
) -> tuple[Candidate | None, tuple[Candidate, ...], str]:
    """The shape that counts, its rivals, and how it reads: found once for a reference and the mistakes beside it."""
    samples = expected.samples

    def make() -> tuple[tuple[Candidate | None, tuple[Candidate, ...], str], Any]:
        bare = [candidate._replace(value=without_names(candidate.value)) for candidate in candidates]
        written = [_written_out(candidate, expected, view) for candidate in bare]
        named = told_of_given(written, view.claims(reading), samples[0].student_scope().names)
        chosen, rivals = choose([one for one in written if one not in named] or written)
        return (chosen, rivals, "" if chosen is None else _as_text(chosen)), samples

    return view.gathered("chosen shape", reading, make, len(expected.lengths), id(samples))[0]  # kept alive: their id


def _left_standing(
    finding: Finding, chosen: Candidate, candidates: list[Candidate], expected: Expected, view: View
) -> Candidate | None:
    """Another shape that may be meant: beside a right one what follows "or" or "wait", beside a wrong one the right."""
    if len(candidates) < 2:
        return None
    written = written_behind(chosen, candidates, view)
    if written is not None and _signatures(written, expected, view) != _signatures(chosen, expected, view):
        return written
    others = [one for one in candidates if one.claim is not chosen.claim and len(one.value) > 1]
    if finding.status is not Status.RIGHT:
        others = [one for one in others if not one.claim.aside and len(one.value) == len(expected.lengths)]
        return next((one for one in others if _signatures(one, expected, view) == expected.lengths), None)
    alike = [one for one in others if len(one.value) == len(chosen.value)]
    if either := next((one for one in alike if _is_either(one, chosen, expected, view)), None):
        return either
    others = [one for one in others if one not in alike]
    if not others:
        return None
    reading = view.reading()
    behind = [one for one in others if one.claim.place > chosen.claim.place]
    later = (one for one in behind if _TAKES_ITS_PLACE.search(one.claim.before))
    unsettled = (one for one in others if hesitates((one.claim, chosen.claim), reading))
    return next(chain(later, unsettled), None)


def _is_either(one: Candidate, chosen: Candidate, expected: Expected, view: View) -> bool:
    """Whether two shapes are joined by "or", and differ: "5x4 or 4x3, I am not sure which"."""
    between = max(one, chosen, key=lambda candidate: candidate.claim.place).claim.before
    return _EITHER.match(between) is not None and _signatures(one, expected, view) != expected.lengths


_EITHER = later(r"\W*(?:or|maybe|perhaps|alternatively|no|wait|sorry|actually)\b[^.\d]{0,30}$", re.I)


_TAKES_ITS_PLACE = later(r"\b(oops|i (use|take|mean)|here|i chose)\b[^.]{0,20}$")


def _is_given(candidate: Candidate, chosen: Candidate, expected: Expected, view: View) -> bool:
    """Whether a shape is that of an array of the question, said on the way: "X is 6x5 and W is 2x2, so Z is 5x4"."""
    reading = view.reading(grouping=False, cross_separates=True)
    if candidate.claim.place > chosen.claim.place or hesitates((candidate.claim, chosen.claim), reading):
        return False
    found = tuple(length.value if isinstance(length, Num) else None for length in candidate.value)
    if found == tuple(signature[0] for signature in expected.lengths):
        return False
    names = expected.samples[0].student_scope().names
    given = [name for name, rank in view.names.items() if rank == len(found) and name in names]
    return is_of_factor(candidate.claim, chosen.claim, reading) or any(shape_of(name, names) == found for name in given)


def _as_text(candidate: Candidate) -> str:
    return f"({', '.join(show(length) for length in candidate.value)})"


def _as_array(found: tuple[Signature, ...]) -> Any:
    """The lengths at the first sample; None if they are not whole numbers."""
    return np.array([s[0] for s in found]) if all(isinstance(s[0], int) for s in found) else None


def _evaluated(candidate: Candidate, expected: Expected, view: View) -> list[Signature | None]:
    """Each length at every sample; declared mistakes share the samples, so this is done once."""
    key = ("lengths", candidate.claim.place, id(expected.samples))
    samples = expected.samples  # kept alive with what was found: its id is the key
    found: tuple[list[Signature | None], Any] = view.remember(
        key, lambda: ([signature_once(length, samples, view) for length in candidate.value], samples)
    )
    return found[0]


def _written_out(candidate: Candidate, expected: Expected, view: View) -> Candidate:
    """The candidate with letters that the answer itself defines replaced by what they are."""
    if all(isinstance(length, Num) for length in candidate.value):
        return candidate
    known = expected.samples[0].student_scope().names
    return candidate._replace(value=tuple([with_own_letters(length, view, known) for length in candidate.value]))


def _signatures(candidate: Candidate, expected: Expected, view: View) -> tuple[Signature, ...] | None:
    found = _evaluated(candidate, expected, view)
    return None if any(s is None for s in found) else tuple(s for s in found if s is not None)


def _compare(
    expected: Expected, found: tuple[Signature, ...], chosen: tuple[Claim, str], reading: Reading, view: View
) -> Finding:
    (claim, read_as), value = chosen, _as_array(found)
    wanted = expected.lengths
    if found == wanted or (len(found) == len(wanted) and Counter(found) == Counter(wanted)):
        below = " ; ".join(names_below(one.value) for one in candidates_of(len(wanted), view)[1] if one.claim is claim)
        return _named(expected, found, chosen, reading, f"{text_of(view.answer.blocks)} ; {below}")
    credit, reason = near_miss(expected, found)
    if credit:
        return partial(credit, (claim,), read_as, reason, value=value)
    return wrong((claim,), read_as, reason, value=value)


def _named(
    expected: Expected, found: tuple[Signature, ...], chosen: tuple[Claim, str], reading: Reading, text: str
) -> Finding:
    """The finding for right lengths, by what the words call each of them."""
    (claim, read_as), value = chosen, _as_array(found)
    words, wanted, free = expected.words, expected.lengths, expected.any_order
    if found != wanted and not free:
        return partial(_EXCHANGED, (claim,), read_as, mistake("axes-exchanged"), value=value)
    said = named_otherwise(words, found, wanted, claim, reading, text if free else "")
    otherwise = misnamed(words, found, wanted, text) or contradicts_format(words, found, wanted, text)
    if said or (free and otherwise):
        return partial(_MISNAMED, (claim,), read_as, mistake("axes-misnamed"), value=value)
    if not free and (otherwise or begins_with_columns(found, text)):  # the order is right, or the words are
        return review((claim,), read_as, remark("axes-otherwise"), value=value)
    if free and order_unknown(words, found, wanted, claim, reading):
        return review((claim,), read_as, remark("axes-unknown"), value=value)
    return (
        right((claim,), read_as, value=value)
        if said is False
        else review((claim,), read_as, remark("axes-otherwise"), value=value)
    )


def describe(expected: Expected) -> str:
    """The reference as text."""
    pieces = [f"{text} {axis}".strip() for text, axis in zip(expected.texts, expected.axes, strict=True)]
    return f"({', '.join(pieces)})" + (", in any order" if expected.any_order else "")


def _model_answer(expected: Expected) -> str:
    """The lengths as written; those that only a rubric may call (`shape(Z)`) as numbers, "" if they are none."""
    pieces = []
    for text, length in zip(expected.texts, expected.lengths, strict=True):
        writable = all(name in WRITTEN_FUNCTIONS for name in _CALLED.findall(text))
        pieces.append(text if writable else str(length[0]) if len(set(length)) == 1 else "")
    if not pieces or not all(pieces):
        return ""
    return f"({', '.join(pieces)})" if len(pieces) > 1 else f"({pieces[0]},)"


KIND = Kind(
    name="shape",
    doc="the shape of an array",
    fields=(
        Field(
            "shape",
            "axes",
            "the lengths: a list, a mapping of axis names to lengths, or an expression",
            required=True,
        ),
        Field("order", "text", "`any` accepts any order of the axes", options=("fixed", "any")),
        Field("words", "any", "for each named axis, further words by which students call it"),
    ),
    prepare=prepare,
    judge=judge,
    describe=describe,
    value=lambda expected: None if expected.is_symbolic else np.array([length[0] for length in expected.lengths]),
    find=find,
    model_answer=_model_answer,
    reads={"grouping": False, "cross_separates": True},
    spoken=True,  # "5 times 4": `judge` asks for itself what words change
    in_words=r"\boutputs? (has|have)\b|\bby\b(?:\W+\w+){0,3}\W+by\b"  # y is b by ceil(n/s) by c
    r"|\b(?:unchanged|keeps?|preserves?|identical|leaves|stays)\b|\b(?:not|doesn\W{0,3}t|t) (?:change|alter)",
    calculates=True,
    doubt=question_doubt,
    examples=(
        Example("shape: [46, 62, 20]", "$[i-k+1\\times j-k+1\\times n]=[46\\times62\\times20]$", "right"),
        Example("shape: [5, 4]", "5 by 4", "right"),
        Example("{shape: ['floor((N-K)/s)+1'], symbols: {N: size, K: size, s: 2..4}}", "(N-K)//s + 1", "right"),
        Example("{shape: ['floor((N-K)/s)+1'], symbols: {N: size, K: size, s: 2..4}}", "(N-K+1,)", "wrong"),
        Example("shape: [5, 4]", "4 x 5", "partial"),
        Example("shape: [5, 4]", "(7, 9, 2)", "wrong"),
        Example("shape: [5, 4]", "(5, ...)", "review"),
        Example("{shape: {a: 5, b: 4}, order: any}", "(4, 5)", "right"),
    ),
)
