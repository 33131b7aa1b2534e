"""What an answer calls its value, where the rubric says what is asked for: `E_pot = 0.045 J` for `quantity: E_kin`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from grader.kinds.kind import View
from grader.model.expressions import Derivative, Expr, Integral, Limit, Name, Op, Reduce, Relation, names_in, walk
from grader.model.patterns import later
from grader.model.results import Finding
from grader.model.rubrics import Part
from grader.notation.reading import Claim, Reading
from grader.notation.signs import GREEK, GREEK_GLYPHS

NUMBERED = frozenset(["array", "set"])  # kinds of whose values each may have a number of its own
_SPELLED = (
    (later(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}"), r" \1/\2"),
    (later(r"\\\||‖|\\[lr]?Vert(?![A-Za-z])|\\[lr]?vert(?![A-Za-z])|\|\|"), "|"),
    (later(r"\^\s*\{?\s*\\prime\s*\}?|[’′]"), "'"),
    (later(r"\\mid(?![A-Za-z])|∣"), "|"),
    (later(r"\^\s*\(([-+\w]+)\)"), r"^\1"),
    (later(r"(?<=[A-Za-z}])\[([A-Z]\w*)\]"), r"(\1)"),  # E[X], Var[X]
)
_DRESS = later(  # how a letter is set, and what joins letters to a product
    r"\\(?:vec|mathbf|mathbb|mathcal|boldsymbol|bm|mathrm|text|operatorname\*?|mathit|mathsf|left|right|displaystyle|cdot)"
    r"(?![A-Za-z])|\\[,;:! \[\]()]|[\s{}$`*@·_~&]"
)
_LONE = later(r"\((?=\w\))|(?<=\(\w)\)")  # brackets around one letter
_COMMAND = later(r"\\([A-Za-z]+)")
_LETTERS = later(r"[^\W\d_]+")
_APPLIED = later(r"(?<=[\w'′’}])\s*\([a-z](?:\s*,\s*[a-z])*\)\Z")  # the (t) of v(t)
_SIGN = later(r"\\(?:approx|simeq|equiv|coloneqq)(?![A-Za-z])|:?=|≈|≃|≡|≔|\\in(?![A-Za-z])|∈")
_CLAUSE = later(r"[,;:.]\s|[$\n]")
_WORDS = later(r"^.*\s(?=\S)", re.DOTALL)  # before the last word, "the energy is E_pot"
_LED = later(r"[^\s$,;:]*\Z")  # what stands right before what was read: the `Var(` of Var(X), the `P` of P(X = 2)
_NEAR = 60  # characters


def other_quantity(part: Part, finding: Finding, view: View, reading: Reading) -> str:
    """What an equation gives a right value to, if that is none of the quantities that are asked for."""
    asked = part.quantities
    claims = view.claims(reading) if asked else ()
    for claim in claims:
        if any(low < claim.place[1] and claim.place[0] < high for low, high in finding.spans):
            sides = list(_sides(claim, view))
            if sides and not any(_is_asked(text, asked, part.kind) or _is_told_at(text, part) for text, _ in sides):
                text, expr = sides[-1 if _is_value(sides[0][1]) else 0]
                if _is_other(text, expr, asked):
                    return text
    return ""


def _sides(claim: Claim, view: View) -> Iterator[tuple[str, Expr | None]]:
    """The sides of an equation as typed, and as read; of a lone value what stands before the sign in front of it."""
    text, expr = view.answer.document.text, claim.expr
    start, stop = view.base + claim.place[0], view.base + claim.place[1]
    before = text[max(view.base, start - _NEAR) : start]
    if isinstance(expr, Relation):
        led = _LED.search(before.rstrip() if expr.operands[0] is None else before)
        prefix, typed = led[0] if led is not None else "", text[start:stop]
        clause = _CLAUSE.split(before)[-1]
        if _SIGN.search(clause) is not None and not clause.rstrip().endswith(_ARROWS):  # E = 1/2 C | U^2 = 3 J
            prefix = _WORDS_BEFORE.sub("", clause)
        pieces = _split(_FOLLOWED.sub("", prefix + typed))
        whole = len(pieces) == len(expr.operands) and not prefix
        yield from zip(map(str.strip, pieces), expr.operands if whole else (None,) * len(pieces), strict=True)
    elif len(pieces := _split(_CLAUSE.split(before)[-1])) > 1 and not pieces[-1].strip(" &"):
        first = _WORDS.sub("", pieces[0]).strip()
        yield from ((piece, None) for piece in (first, *map(str.strip, pieces[1:-1])) if piece)


def _split(text: str) -> list[str]:
    """The sides of an equation; what stands in brackets, P(X = 2), is none."""
    covered = _INNER.sub(lambda found: _SIGN.sub(lambda sign: "\0" * len(sign[0]), found[0]), text)
    places = [0, *(place for found in _SIGN.finditer(covered) for place in found.span()), len(text)]
    return [text[start:stop] for start, stop in zip(places[::2], places[1::2], strict=True)]


_ARROWS = ("→", "⇒", "=>", "->", r"\Rightarrow", r"\implies", r"\to")
_FOLLOWED = later(r"\A.*(?:\\(?:Rightarrow|implies|Longrightarrow|to)(?![A-Za-z])|=>|⇒|→|⟹)\s*|\\boxed\s*\{", re.DOTALL)
_WORDS_BEFORE = later(r"\A[^=≈]*\s(?=\S+\s*(?:=|≈|\\approx))", re.DOTALL)
_INNER = later(r"\([^()]*\)")


def _is_value(expr: Expr | None) -> bool:
    """Whether a side is a number, with its unit."""
    return expr is not None and not any(isinstance(node, Name) for node in walk(expr))


def _is_asked(text: str, asked: Sequence[str], kind: str) -> bool:
    """Whether a left side is a quantity that is asked for: also `v(t)` for v, and without its index `E` for `E_kin`."""
    own, alone = bare(text), bare(_APPLIED.sub("", text.strip()))
    wanted = {bare(one) for one in asked}
    wanted |= {f"|{one[3:].strip('()')}|" for one in wanted if one.startswith("det")}
    heads = {found[0] for one in asked if (found := _LEADING.match(one)) is not None}
    numbered = kind in NUMBERED and _NUMBERS.sub("", own) in wanted
    if len(own) > 1 and own.casefold().replace("_", "") in {one.casefold().replace("_", "") for one in wanted}:
        return True  # f1 for F_1
    if kind == "equals" and _ANY_INDEX.sub("", text.strip()) in asked:
        return True  # a_n for a
    return own in wanted | set(map(bare, heads)) or alone in wanted or numbered


_ANY_INDEX = later(r"_(?:[a-z]|\{[a-z]\})\Z")
_AT_NUMBER = later(
    r"(?P<name>[A-Za-z]\w*)\s*\(\s*(?P<at>\d+(?:\.\d+)?)\s*(?:\\[,;: ]|~)*\s*(?:\\(?:text|mathrm)\s*\{)?[a-z]*\}?\s*\)"
)


def _is_told_at(text: str, part: Part) -> bool:
    """Whether a left side is the quantity at the place of the title: `v(1)` for the speed after 1 s."""
    found = _AT_NUMBER.fullmatch(text.strip(" $"))
    if found is None or found["name"] not in part.quantities:
        return False
    return re.search(rf"(?<![\d.]){re.escape(found['at'])}(?![\d.])", part.title) is not None


_LEADING = later(r"\\?[^\W\d_]+'*(?=[_(\[]|\Z)")  # E of E_kin, P of P(A), f' of f'(x)
_NUMBERS = later(r"[\[\]()\d,]+\Z")


def _is_other(text: str, expr: Expr | None, asked: Sequence[str]) -> bool:
    """Whether a side is a letter, or made of the letter that is asked for; working such as `m g h` is neither."""
    if isinstance(expr, Op) and expr.op == "transpose":  # y', where arrays may be transposed so
        expr = expr.args[0]
    if isinstance(expr, Name):
        base = _INDEXED.split(expr.name)[0]
        return len(base) == 1 or base in GREEK or base != base.lower() or "/" in base
    if isinstance(expr, Derivative | Integral | Limit | Reduce):  # d/dx x^2, for df/dx
        text = " ".join(names_in(expr.body))
    elif _names_one(text):
        return True
    own, wanted = _letters(text) - _SETTING, set().union(*map(_letters, asked))
    return bool(own & wanted) and own <= wanted | _OPERATORS  # not 1/2 C U^2, where U or E is asked for


def _names_one(text: str) -> bool:
    """Whether a side is one name of its own: `B^{-1}`, `E(X)`, `g'(x)`, `\\sigma^2`, `dx/df`, `\\ln L`."""
    plain = _greek(normalize("NFKC", text))
    for pattern, instead in _SPELLED:
        plain = pattern.sub(instead, plain)
    found = _NAMING.fullmatch(_COMMAND.sub(r"\1", _DRESS.sub("", plain)))
    if found is None:
        return False
    name = found["name"] or ""
    return not name or len(name) == 1 or name in GREEK or name != name.lower() or name[:2] in ("ln", "lo", "dx", "dy")


_SETTING = frozenset("frac dfrac tfrac text mathrm left right cdot".split())
_OPERATORS = frozenset("T top H tr det ln log sqrt d dx dt partial x t".split())
_NAMING = later(r"(?P<name>[A-Za-z]+)'*\d*(?:\^[-+\w]+)?'*(?:\([^=]*\)|\[[^=]*\])?|d[^/\d]{0,4}/d\w{1,3}")
_INDEXED = later(r"[_\d']")


def _letters(text: str) -> set[str]:
    """The letters of a text: each of a product of capitals, and the names of the others."""
    words = set(_LETTERS.findall(_COMMAND.sub(r" \1 ", _greek(text))))
    return {letter for word in words for letter in (word if word.isupper() else (word,))}


def _greek(text: str) -> str:
    return "".join(f"\\{GREEK_GLYPHS[letter]} " if letter in GREEK_GLYPHS else letter for letter in text)


def bare(text: str) -> str:
    """What is written, without how it is set: `E_{\\text{kin}}` and `E_kin`, `\\|p\\|` and `|p|`, `A B` and `AB`."""
    text = _ACCENTED.sub(lambda found: f"\\{_ACCENTS[found[2]]} {found[1]}", normalize("NFKD", text))
    text = _greek(normalize("NFKC", text)).replace(r"\overline", r"\bar")
    for pattern, instead in _SPELLED:
        text = pattern.sub(instead, text)
    return _WORDED.sub(r"\2\1", _LONE.sub("", _COMMAND.sub(r"\1", _DRESS.sub("", text))))


_ACCENTS = {"\u0304": "bar", "\u0305": "bar", "\u0302": "hat", "\u0303": "tilde"}  # over the letter before: x̄
_ACCENTED = later(r"([^\W\d_])([\u0302-\u0305])")
_WORDED = later(r"\A([A-Za-z])_?(bar|hat|tilde)\Z")  # x_bar
