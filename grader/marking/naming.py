"""Which part a word, a name or the left side of an equation says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from grader.marking.clauses import matches, pieces
from grader.marking.events import Event
from grader.marking.phrases import one_word
from grader.marking.subjects import clause_before, subject_of
from grader.marking.uncertain import is_symbol, spelled
from grader.model.errors import Unreadable
from grader.model.expressions import Call, Expr, Index, Name, Op, Reduce, Relation, base_name
from grader.model.patterns import later
from grader.notation.printing import show
from grader.notation.reading import Claim, parse_expression
from grader.prepare.parts import PreparedPart

_REFERENCE = re.compile(r"(?P<name>[A-Za-z]\w*(?:/d\w+)?'*)(?:\[[^\]]*\])? =[^=]")


def labels_of(part: PreparedPart) -> tuple[str, ...]:
    """The words that may name a part, and as `F =` what may stand on the left: F and f' are two things."""
    described = part.kind.describe(part.expected) if part.kind is not None else ""
    return _labels_of(part.part.labels, part.part.id, described, part.part.quantities)


@lru_cache(maxsize=500)
def _labels_of(own: tuple[str, ...], id: str, described: str, quantities: tuple[str, ...]) -> tuple[str, ...]:
    greek = [key for label in own if (key := spelled(label))]
    words = (*map(one_word, (*own, id)), *greek)
    named = _REFERENCE.match(described)
    applied = [(found[1], label) for label in own if (found := _APPLIED.match(label)) is not None]
    heads = (name for head, label in applied for name in (head, f"{head}(", _SIGNS.sub("", label)))
    lefts = (*words, *heads, *_spelled_as_read(quantities), *([named["name"]] if named else ()))
    lefts = (*lefts, *_applied_alike(own), *(_SQUARES if not _VARIANCES.isdisjoint(map(str.lower, words)) else ()))
    said = (*words, *[head for head, _ in applied if len(head) > 2])  # Var(X) = 9, of which Var is a word
    return (*(label.lower() for label in said), *(f"{label} =" for label in lefts))


def _applied_alike(own: tuple[str, ...]) -> Iterator[str]:
    """`VX`, as V(X) is shown when it was read, where V is a label of a part beside Var(X)."""
    arguments = {found[2] for label in own if (found := _APPLIED.match(label)) is not None}
    yield from (f"{label}{of}" for label in own if len(label) == 1 for of in sorted(arguments) if of.isalnum())


_VARIANCES = frozenset("variance var varianz varianza variancia".split())
_SQUARES = ("sigma^2",)  # the usual name of a variance


def _spelled_as_read(quantities: tuple[str, ...]) -> Iterator[str]:
    """Left sides as they are shown when they were read: x1 for `x_1`, EX for `E(X)`, sigma^2 for `\\sigma^2`."""
    for text in quantities:
        yield text
        try:
            shown = show(parse_expression(text, {}))
        except Unreadable:
            continue
        yield from (shown, _SIGNS.sub("", shown))


_APPLIED = later(r"^\s*([A-Za-z]+)\s*[(\[]\s*(.*?)\s*[)\]]\s*$")  # E[X]: also E alone, but not E[X^2]
_SIGNS = re.compile(r"[\s·()\[\]]")


def word_labels(words: str, labels: Sequence[tuple[str, ...]]) -> Iterator[Event]:
    """The labels among words, in their order."""
    said = words.replace("-", " ").split()
    known = _known(tuple(labels))
    for word, following in zip(said, [*said[1:], ""], strict=False):
        if word == "in" and following in _ARTICLES:
            continue  # 20 in the output
        if word not in known:
            if len(known) > _MOST_WORDS:
                known.clear()
            known[word] = _named_by(word, labels)
        yield from known[word]


_MOST_WORDS = 5000


@lru_cache(maxsize=200)
def _known(labels: tuple[tuple[str, ...], ...]) -> dict[str, tuple[Event, ...]]:
    """What words are to these labels, as far as they were met: a class uses the same words again and again."""
    return {}


def _named_by(word: str, labels: Sequence[tuple[str, ...]]) -> tuple[Event, ...]:
    lengths = [
        max((len(label) for piece in pieces(word) for label in own if matches(piece, label)), default=0)
        for own in labels
    ]
    most = max(lengths, default=0)  # "null space of B" is no null space of another part
    return tuple(Event(part) for part, longest in enumerate(lengths) if longest and longest == most)


_ARTICLES = frozenset("the each this that a an every total all".split())


def parts_said(words: str, labels: Sequence[tuple[str, ...]]) -> set[int]:
    """The parts that words name."""
    return {event.part for event in word_labels(words, labels)}


def names_part(expr: Expr | None, labels: Sequence[tuple[str, ...]]) -> int | None:
    """The part that a lone name, or the left side of an equation, names: also `sigma^2`, and the max of `max 10`."""
    left = expr.operands[0] if isinstance(expr, Relation) else expr
    if left is not expr and isinstance(left, Op | Index | Call):  # E[X], H(S), which reads as a product, and I G
        written = _written_as(left, labels)
        if len(written) == 1 or _takes_argument(expr, labels):
            return written[0] if len(written) == 1 else None
    name = base_name(left) or (subject_of(left) if isinstance(left, Call | Reduce) else "")
    if isinstance(left, Op) and left.op == "transpose" and base_name(left.args[0]):
        name = base_name(left.args[0]) + "'"
    name = name or (show(left) if isinstance(left, Op) and (left is not expr or is_symbol(left)) else "")
    if not name:
        return None
    if (between := _between(left, labels)) is not None:
        return between
    exact = [part for part, own in enumerate(labels) if f"{name} =" in own]
    if len(exact) == 1:
        return exact[0]
    if _is_ambiguous(name, labels):
        return None
    # Of N_out the index says more than the N.
    for piece in (name.lower(), spelled(name), *reversed(name.lower().split("_")), *_ALSO.get(name, ())):
        hits = [part for part, own in enumerate(labels) if piece in own]
        if hits:
            return hits[0] if len(hits) == 1 else None
    return None


def _between(left: Expr | None, labels: Sequence[tuple[str, ...]]) -> int | None:
    """The part of a distance x or a time t of which `\\Delta x` is the difference; not where errors are asked for."""
    if not isinstance(left, Op) or not is_symbol(left) or base_name(left.args[0]) != "Delta":
        return None
    if any(spelled(show(left)) in own or not _ERRORS.isdisjoint(own) for own in labels):
        return None
    letter = f"{base_name(left.args[1])} ="
    found = [part for part, own in enumerate(labels) if letter in own and not _LENGTHS.isdisjoint(own)]
    return found[0] if len(found) == 1 else None


_LENGTHS = frozenset("distance displacement duration time strecke dauer zeit durée distanza durata distancia".split())
_ERRORS = frozenset("error err uncertainty deviation std sigma fehler unsicherheit incertitude".split())


def _is_ambiguous(name: str, labels: Sequence[tuple[str, ...]]) -> bool:
    """Whether a letter and its index are labels of two parts: `t_s` is a stopping time, where s is the distance."""
    base, _, index = name.lower().partition("_")
    if len(base) != 1 or len(index) != 1 or index in _AXES:
        return False
    bases, indices = ({part for part, own in enumerate(labels) if letter in own} for letter in (base, index))
    return bool(bases) and bool(indices) and bases != indices


_AXES = frozenset("xyz")  # F_x is the x of F


def _written_as(left: Expr, labels: Sequence[tuple[str, ...]]) -> list[int]:
    written = f"{_SIGNS.sub('', show(left))} ="
    return [part for part, own in enumerate(labels) if written in own]


def _takes_argument(expr: Expr | None, labels: Sequence[tuple[str, ...]]) -> bool:
    """Whether a label has the name on the left of an equation with an argument in brackets."""
    return any(f"{subject_of(expr)}( =" in own for own in labels)


def is_of_other_argument(expr: Expr | None, labels: Sequence[tuple[str, ...]]) -> bool:
    """Whether a value is that of a label's function for something else: E[X^2], where the label is E[X]."""
    left = expr.operands[0] if isinstance(expr, Relation) else None
    applied = isinstance(left, Op | Index | Call) and _takes_argument(expr, labels)
    return applied and left is not None and not _written_as(left, labels)


_ALSO = {"nullity": ("dim", "dimension", "kernel", "ker"), "rank": ("rk",)}  # what \\dim\\ker is called


def named_in_chain(expr: Expr | None, labels: Sequence[tuple[str, ...]]) -> set[int]:
    """The parts that the sides of an equation name."""
    operands = expr.operands if isinstance(expr, Relation) else ()
    return {part for operand in operands if (part := names_part(operand, labels)) is not None}


def is_denied(text: str, labels: Sequence[tuple[str, ...]]) -> bool:
    """Whether something is said not to be what a label says: "(0, 0) is no saddle", "(1, 1) is not a minimum"."""
    said = text.casefold()
    if _DENIES.search(said) is None:
        return False
    words = {label for own in labels for label in own if len(label) > _SHORT and not label.endswith("=")}
    return any(re.search(rf"{_DENIES.pattern}(?:\w+ )?{re.escape(word)}", said) for word in words)


_SHORT = 3  # letters of a label that may be a name
_DENIES = re.compile(
    r"\b(?:no|not|not an?|not the|never|never an?|(?:can|could)(?:no|['’])t be an?|cannot be an?|isn['’]t an?) "
)


def is_likened(claims: Sequence[Claim], labels: Sequence[tuple[str, ...]]) -> bool:
    """Whether a part is said to be like something that is none of them: "U has the same shape as X"."""
    return any(
        isinstance(claim.expr, Name) and _LIKE.search(claim.before) and names_part(claim.expr, labels) is None
        for claim in claims
    )


_LIKE = later(r"\b(?:same|equal|identical)\b[^.;:]{0,25}\b(?:as|to|of)(?: the)?\s*$")


def is_torn(claim: Claim, labels: Sequence[tuple[str, ...]]) -> bool:
    """Whether a value's name is that of one part and the words before it are those of another: "input: m = 20"."""
    named = names_part(claim.expr, labels)
    clause = clause_before(claim)
    if (of := _OF.search(clause)) is not None:  # the output channels of X are
        sides = [parts_said(words, labels) for words in of.groups()]
        if all(len(side) == 1 for side in sides) and sides[0] != sides[1]:
            return True
    said = parts_said(clause, labels)
    return named is not None and len(said) == 1 and named not in said


_OF = later(
    r"(?<!and )(?<!or )\b([a-z]+)[ -](?:channels?|features?|shape|size|width)\s+of\s+(?:the\s+)?([a-z]+)\b", re.I
)
