"""Which token each LaTeX command, letter and sign becomes: the tables of signs, turned into one look-up each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from grader.model.patterns import later
from grader.notation import signs

Kind = tuple[str, str]  # of a token: its kind and its text

# Pieces of the two patterns that cut text and LaTeX.
NUMBER = r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+−–‑-]?\d+(?:(?=j(?!\w))|(?![A-Za-z])))?"
COMMAND = r"\\(?P<command>[A-Za-z]+|.)"
# Words in scripts that mathematics does not use. By exclusion: a class of 20,000 characters takes 2 ms to compile.
CJK = (
    r"(?:(?![\u00aa\u00b5\u00ba\u00bc-\u00be\u2150-\u215e\u0370-\u03ff\u1d00-\u1dbf\u2070-\u214f\U0001d400-\U0001d7ff])"
    r"[^\W\d_])+"
)

DIGITS = re.compile(r"\d+")
NOT_DIGITS = re.compile(r"\D+")


def _all(kind: str, signs_of_kind: Iterable[str], text: str | None = None) -> dict[str, Kind]:
    """Each sign as a token of this kind, with its own text or a common one."""
    return {sign: (kind, sign if text is None else text) for sign in signs_of_kind}


def _each(kind: str, table: Mapping[str, str]) -> dict[str, Kind]:
    return {sign: (kind, text) for sign, text in table.items()}


# Signs, and those commands that are another spelling of a sign. Of two entries the later counts.
SIGNS: dict[str, Kind] = {
    **_all("stop", ".。?!"),
    **_all("bar", ("|", "∣", "vert", "lvert", "rvert"), "|"),
    "mid": ("mid", "|"),
    **_all("norm", ("‖", "∥", "Vert", "lVert", "rVert", "||"), "‖"),
    "\n": ("line", ""),
    "⊤": ("name", "⊤"),
    "√": ("sqrt", "√"),
    "∛": ("sqrt", "∛"),
    "∜": ("sqrt", "∜"),
    "∅": ("name", "emptyset"),
    **_all("name", "ℝℕℤℚℂ"),
    **_each("num", signs.FRACTIONS),
    **_all("int", signs.INTEGRALS),
    "∇": ("nabla", "∇"),
    **_all("partial", signs.PARTIALS),
    **_each("reduce", signs.REDUCERS),
    **_all("dots", signs.DOTS, "..."),
    "..": ("dots", ".."),
    **_all("arrow", signs.ARROWS),
    **_each("greek", signs.GREEK_GLYPHS),
    **_each("sep", signs.SEPARATORS),
    **_each("rel", signs.RELATIONS),
    **_each("op", signs.OPERATORS),
    **_each("close", signs.CLOSING),
    **_each("open", signs.OPENING),
}

# Commands that mean the same whatever is declared.
COMMANDS: dict[str, Kind] = {
    "top": ("name", "⊤"),
    "intercal": ("name", "⊤"),
    **_each("reduce", signs.REDUCERS),
    "nabla": ("nabla", "nabla"),
    **_all("partial", signs.PARTIALS),
    "sqrt": ("sqrt", "sqrt"),
    **_all("int", signs.INTEGRALS),
    "lim": ("lim", "lim"),
    **_all("binom", ("binom", "dbinom", "tbinom"), "binom"),
    "pmod": ("pmod", "pmod"),
    "|": ("norm", "‖"),
    **_all("frac", ("frac", "dfrac", "tfrac", "cfrac", "sfrac", "nicefrac")),
    **_all("sep", ("quad", "qquad"), ";"),
    **_all("sep", ("colon",), ":"),
}

# Commands that are letters and characters, unless they are functions: `\gamma` before a bracket.
LETTERS: dict[str, Kind] = {
    **_all("word", "&$#"),
    **_all("op", "_%"),
    "{": ("open", "{"),
    "}": ("close", "}"),
    **_all("name", signs.GREEK),
    **_each("name", signs.NUMBER_SETS),
}

# What may be typed without a blank after it: `\vertx` for `\vert x`.
GLUED = tuple(
    sorted(
        """
    vert lvert rvert Vert lVert rVert lgroup rgroup lbrace rbrace lbrack rbrack lceil rceil lfloor rfloor cdot
    times div pm mp le ge leq geq ne neq cup cap left right alpha beta gamma delta theta lambda mu pi sigma
    omega
    """.split(),
        key=len,
        reverse=True,
    )
)
# Words between statements, and names of sets, where a formula is typed without delimiters.
CONNECTIVES: dict[str, Kind] = {
    "and": ("op", "and"), "AND": ("op", "and"), "or": ("op", "or"), "OR": ("op", "or"), "not": ("op", "not"),
    "NOT": ("op", "not"), "in": ("rel", "in"), "union": ("op", "∪"), "intersect": ("op", "∩"), "mod": ("op", "mod"),
    "percent": ("op", "%"), "pct": ("op", "%"),
    "percentage": ("op", "%"), "where": ("word", "where"), "for": ("word", "for"), "if": ("word", "if"),
    "with": ("word", "with"),
    "otherwise": ("word", "otherwise"), "else": ("word", "otherwise"), "lim": ("lim", "lim"),
}  # fmt: skip
WORDS_OF_SETS = {
    "Reals": "ℝ", "Naturals": "ℕ", "Integers": "ℤ", "Complexes": "ℂ", "Rationals": "ℚ", "EmptySet": "emptyset",
    "reals": "ℝ", "integers": "ℤ",
    "S.Reals": "ℝ", "emptyset": "emptyset", "Lamda": "Lambda", "lamda": "lambda", "omicron": "o",
    "true": "True", "false": "False", "True": "True", "False": "False", "TRUE": "True", "FALSE": "False",
}  # fmt: skip
# Functions that stand for a construct with an own notation: Integral(x, (x, 0, 1)).
CONSTRUCTORS = frozenset(
    """
    Integral Derivative Limit Sum Product Eq Ne Lt Le Gt Ge Interval Union Intersection Complement FiniteSet Set
    Matrix matrix Tuple And Or Not Piecewise integrate int diff limit product Transpose
    """.split()
)
COMMAND_ALONE = later(COMMAND)
# Letters with long names that no product of letters spells.
LONG_LETTERS = frozenset(
    "varepsilon vartheta varkappa varsigma hslash hbar aleph beth gimel daleth eth digamma".split()
)
NAMED_SETS = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "C": "ℂ", "Q": "ℚ"}

ARGUMENT_COMMANDS = signs.TEXT_COMMANDS | signs.ACCENTS | {"begin", "end"}
BOXES = frozenset({"boxed", "fbox", "framebox"})
