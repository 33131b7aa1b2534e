"""Names before the sign of equality: `M_X(t) =` and `M(t) =`, `f'(x) =` and `dy/dx =` name the same thing."""

from __future__ import annotations

import re

from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.notation.signs import GREEK_GLYPHS

_LETTER = r"(?:\\[a-z]+(?![A-Za-z])|\\(?:Phi|Psi|Lambda|Gamma)(?![A-Za-z])|[A-Za-zα-ωΑ-Ω])"
_ARGUMENT = r"(?:[(\[](?P<argument>[^()\[\]=]{1,20})[)\]])?"
_APPLIED = later(
    rf"(?P<letter>{_LETTER})(?P<primes>'{{0,3}})(?:_(?:\{{(?P<index>[^{{}}=]{{1,12}})\}}|(?P<mark>\w)))?{_ARGUMENT}"
)
_SLOPE = later(
    rf"(?:\\[dt]?frac\{{)?d(?P<order>\^\{{?2\}}?|²)?(?P<above>{_LETTER})?(?:\}}\{{|/)d(?P<by>[a-z])(?:\^\{{?2\}}?|²)?\}}?"
    rf"[(\[]?(?P<behind>{_LETTER})?{_ARGUMENT}[)\]]?"
)
_DOTTED = later(rf"\\(?P<dots>d?dot)\{{?(?P<letter>{_LETTER})\}}?")
_WORD = later(
    r"\\(?:text|textrm|mathrm|operatorname|mathit|textit)\{"
    r"(?P<set>(?!not|wrong|false|minus|negative|incorrect|double|twice|half)[A-Za-z][A-Za-z0-9-]{1,30})\}"
    r"|(?P<typed>accuracy|precision|recall|specificity|sensitivity|F1|[RM]?MSE|MAE|loss|entropy|perplexity)",
    re.IGNORECASE,
)
_STYLED = later(r"\\(?:vec|mathbf|boldsymbol|bm|overrightarrow)(?:\{(?P<braced>\\?[A-Za-z]+)\}|(?P<bare>[A-Za-z]))")
_HATTED = later(rf"\\(?:wide)?hat(?:\{{(?P<braced>{_LETTER})\}}|(?P<bare>{_LETTER}))(?P<rest>.*)")
_STARRED = later(rf"(?P<bare>{_LETTER})\^(?:\*|\{{\*\}}|\{{?\\(?:star|ast)\}}?)(?P<rest>.*)")
_OPERATORS = (
    (  # Hf(x, y), D^2 f, Hess f; H(x, y) and H_f name the matrix itself
        "hessian",
        r"\\?Hess(?=[\\[(]?[a-z])|\\(?:operatorname|mathrm|text)\{Hess(?:ian)?\}|D\^(?:2|\{2\})(?=[(\[]?[a-z])"
        r"|(?:H|\\(?:mathrm|operatorname|text)\{H\})(?=[a-z]\(|[(\[][a-z][)\]]\()",
    ),
    (  # T_2 g(x, y), P_3[f](x), T_{2,(0,0)} g: a polynomial of Taylor; T_2(x, y) names it without the function
        "taylor",
        r"[TP]_(?:\d|n|\{[\dn][^{}]{0,12}\})(?=[a-z](?:\(|\Z)|[(\[][a-z][)\]]\(|[(\[][fgh][)\]])",
    ),
    (
        "nullity",
        r"\\?dim\(?\\?(?:ker|null|Null|operatorname\{(?:ker|null|Null)\})|\\?nullity|\\operatorname\{nullity\}",
    ),
    ("rank", r"\\?dim\(?\\?(?:im|operatorname\{(?:im|Im|range)\}|Im|range)|\\?rank|\\operatorname\{rank\}"),
    ("det", r"\\?det(?=\(?\d)|\\operatorname\{det\}(?=\(?\d)"),
    ("div", r"(?:\\nabla|∇)(?:\\cdot|[·⋅])|\\?div|\\operatorname\{div\}"),
    ("curl", r"(?:\\nabla|∇)(?:\\times|×)|\\?(?:curl|rot)|\\operatorname\{(?:curl|rot)\}"),
    ("grad", r"\\nabla|∇|\\?grad|\\operatorname\{grad\}"),
)
_INTEGRATED = later(r"(?:\\int|∫)(?P<letter>[fghuvFGH])(?:\((?P<argument>[a-z])\))?(?:d|\\mathrm\{d\})(?P<by>[a-z])")
_OPERATED = [
    (name, later(rf"(?:{signs})[(\[]?(?P<letter>\d*[A-Za-z])?[)\]]{{0,2}}{_ARGUMENT}")) for name, signs in _OPERATORS
]
_TYPED_INDEX = r"\\(?:text|mathrm|textrm|mathit|rm)(?:\{[A-Za-z0-9]{1,6}\}|[A-Za-z])"
_SHARE = rf"{_LETTER}(?:_(?:\{{(?:[A-Za-z0-9]{{1,6}}|{_TYPED_INDEX})\}}|{_TYPED_INDEX}|[A-Za-z]{{1,6}}|\d))?"
_RATIO = later(  # \\frac{V_{out}}{V_{in}}, Y(z)/X(z)
    rf"(?:\\[dt]?frac\{{)?(?P<out>{_SHARE})(?:\((?P<argument>[^()=]{{1,12}})\))?(?:\}}\{{|/)"
    rf"(?P<by>{_SHARE})(?:\([^()=]{{1,12}}\))?\}}?"
)
_TIGHT = later(r"\\(?:display|text)style(?![a-z])|\\left(?![a-z])|\\right(?![a-z])|\\[,;!: ]|\s+")
_AT_PLACE = later(r"(?:\\[bB]igg?[lr]?|\.)?(?:\||\\(?:vert|rvert)\s?)_\{?\(([^{}()|]+)\)\}?\Z")  # \nabla f|_{(1,2)}
_PRIME = later(r"\^\{?(?:\\prime)+\}?|[′’]")
_OTHER_RELATION = later(r"[<>≤≥≠∈~]|\\(?:leq?|geq?|neq?|in|sim|equiv|to|implies)(?![a-z])")
_LABELLED = later(r"\A(rank|nullity)\s*:")
_ORDER = later(r"[<>!:=]=")
_VARIABLE = later(r"[a-zα-ω](?:,[a-zα-ω])*")
_WAVES = frozenset([*"ωΩ", *(f"{power}{unit}{letter}" for power in ("", "e^") for unit in "ij" for letter in "ωΩ")])
_NO_LETTERS = later(
    r"\\(?!text)[A-Za-z]+|(?<![A-Za-z])(?:if|for|and|or|else|otherwise|elsewhere|exp|sin|cos|tan|ln|log|sqrt|max|min)(?![A-Za-z])"
)
_LONGEST = 60  # characters before the sign
_NUMBERED = re.compile(r"(?<![\w\\])([A-Za-z])(\d)(?=\([a-z]\))")
_LOWERED, _DIGITS = re.compile(r"(?<=[A-Za-z])([₀-₉])(?![₀-₉])"), str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_ANY_FUNCTION = frozenset("fy")  # of which a slope is usually taken


class Head(NamedTuple):
    """What stands before a sign of equality: a letter with its index and argument, a slope, or a word."""

    name: str
    owner: str = ""
    argument: str = ""
    order: int = 0  # of the derivative
    by: str = ""
    is_word: bool = False
    mark: bool = False  # a hat or a star: an estimate, the best of all
    operator: str = ""  # of vector calculus: grad, div, curl


class Headed(NamedTuple):
    """What a text names, what it says of it, and that alone where it stood."""

    head: Head
    value: str
    text: str


def without_heads(gold: str, answer: str) -> tuple[str, str, str] | None:
    """Both texts without the names of their values, and why an equality of these is still open; None for others."""
    one, other = headed(gold), headed(answer)
    if (renamed := _named_twice(one, other)) is not None:
        return without_heads(gold, renamed) or (gold, renamed, "")
    if (renamed := _named_twice(other, one)) is not None:
        return without_heads(renamed, answer) or (renamed, answer, "")
    if (one is None and other is None) or _may_be_conjugate(gold, answer):
        return None
    values = [text if side is None else side.value for side, text in ((one, gold), (other, answer))]
    if any(_holds(value, side.head) for side in (one, other) if side is not None for value in values):
        return None
    if one is not None and other is not None:
        worked = "=" in outside_brackets(one.value + other.value)
        if one.head == other.head and not (one.head.is_word or one.head.operator or worked):
            return None
        if same_thing(one.head, other.head):
            return one.text, other.text, ""
        return (one.text, other.text, _OTHER_NAME) if one.head.is_word and other.head.is_word else None
    side, bare = (one, answer) if one is not None else (other, gold)
    if side is None or not _is_told(side.head) or ("=" in outside_brackets(bare) and not _is_worked(bare)):
        return None
    return (side.text, bare, "") if one is not None else (bare, side.text, "")


def _named_twice(one: Headed | None, other: Headed | None) -> str | None:
    """`y = f(x) = x^2` without its first name, where the other side says what f(x) is; None for others."""
    if one is None or other is None or other.head.argument or other.head.is_word or other.head.name == one.head.name:
        return None
    again = headed(other.text) if "=" in outside_brackets(other.value) else None
    return other.text if again is not None and again.head == one.head else None


def _may_be_conjugate(gold: str, answer: str) -> bool:
    """Whether a star on one side alone may make a complex number its conjugate: `z^* = 3 - 4i`, `z = 3 - 4i`."""
    stars = [_STAR.search(text.partition("=")[0]) is not None for text in (gold, answer)]
    return stars[0] != stars[1] and _IMAGINARY.search(f"{gold} {answer}") is not None


_STAR = later(r"\^\s*\{?\s*(?:\*|\\(?:star|ast)(?![a-z]))|\w\*\s*\Z")
_IMAGINARY = later(r"(?<![A-Za-z\\])[ij](?![A-Za-z])")
_OTHER_NAME = "these are the values of two different names"


def same_thing(one: Head, other: Head) -> bool:
    """Whether two names are those of the same thing: one of them may leave out an argument, or whose it is."""
    if one == other:
        return True
    if one.is_word or other.is_word:
        return one.is_word and other.is_word and one.name == other.name
    if one.operator != other.operator or one.order != other.order or not _fits(one.by, other.by, ""):
        return False
    if one.operator and "" in (one.name, other.name):
        return True
    if one.name != other.name and not (one.order and {one.name, other.name} <= _ANY_FUNCTION):
        return False
    if one.owner != other.owner and not _is_owner(one.owner + other.owner, one.owner and other.owner):
        return False
    if {one.argument, other.argument} <= _WAVES | {""}:
        return True
    variables = all(_VARIABLE.fullmatch(side.argument) for side in (one, other) if side.argument)
    return variables and _fits(one.argument or one.by, other.argument or other.by, "")


def _fits(one: str, other: str, nothing: str) -> bool:
    return one == other or nothing in (one, other)


def _is_owner(index: str, both: str) -> bool:
    """Whether an index that one side alone has is made of capitals: of which variable a density is."""
    return not both and index.isalpha() and index.isupper()


def _is_told(head: Head) -> bool:
    """Whether a name is plainly one, so that its value alone says as much: a word, `M_X(t)`, `\\kappa(x)`."""
    named = head.argument in _WAVES or _VARIABLE.fullmatch(head.argument) is not None or head.argument.isdecimal()
    return head.is_word or head.mark or bool(head.operator) or (bool(head.argument) and named)


def headed(text: str) -> Headed | None:
    """A text that says a value of a name, `name = value`; None for any other."""
    inner = text.strip()
    if inner.startswith("$") and inner.endswith("$") and inner.count("$") in (2, 4):
        inner = inner.strip("$")
    begins = text.index(inner)
    inner = _LABELLED.sub(lambda found: found[1].ljust(len(found[0]) - 1) + "=", inner)
    plain = _ORDER.sub("≤ ", outside_brackets(inner))
    at = plain.find("=")
    if not 0 < at < _LONGEST or _OTHER_RELATION.search(plain[:at]):
        return None
    head, value = read_head(inner[:at]), inner[at + 1 :]
    if head is None or not value.strip():
        return None
    if plain.count("=") != 1 and not (_is_worked(value) or head.argument or head.mark or _names_on(value)):
        return None
    return Headed(head, value, " " * (begins + at + 1) + value)


def _names_on(text: str) -> bool:
    """Whether a chain goes on with a function's name, as behind the first sign of `y = f(x) = x^2`."""
    again = read_head(text[: outside_brackets(text).index("=")])
    return again is not None and bool(again.argument)


def _is_worked(text: str) -> bool:
    """Whether a text is a chain of numbers, `36(1/2)(2/3) = 12`, in which a value is worked out."""
    return not any(map(str.isalpha, re.sub(r"\\(?:[dt]?frac|cdot|times|left|right)(?![a-z])", "", text)))


def outside_brackets(text: str) -> str:
    """The text with all that stands in brackets, or between \\begin and \\end, blanked out."""
    found, depth = [], 0
    for place, sign in enumerate(text):
        depth += (sign in "([{") + text.startswith("\\begin", place)
        found.append(" " if depth > 0 else sign)
        depth -= (sign in ")]}") + text.startswith("\\end", place)
    return "".join(found)


def read_head(text: str) -> Head | None:
    """A name as it is typed before a sign of equality; None for anything else."""
    text = _NUMBERED.sub(r"\1_\2", text)  # T3(x)
    text = _LOWERED.sub(lambda found: f"_{str(found[1]).translate(_DIGITS)}", text)  # T₃(x)
    tight = _PRIME.sub(_as_primes, _AT_PLACE.sub(r"(\1)", _TIGHT.sub("", text)))
    if (word := _WORD.fullmatch(tight)) is not None:
        return Head((word["set"] or word["typed"]).lower(), is_word=True)
    if (dotted := _DOTTED.fullmatch(tight)) is not None:
        return Head(_glyph(dotted["letter"]), order=len(dotted["dots"]) - 2, by="t")
    slope = _SLOPE.fullmatch(tight)
    if slope is not None and bool(slope["above"]) != bool(slope["behind"]):
        order = 2 if slope["order"] else 1
        return Head(_glyph(slope["above"] or slope["behind"]), "", _argument(slope["argument"]), order, slope["by"])
    tight = _STYLED.sub(lambda found: found["braced"] or found["bare"], tight)
    if (ratio := _RATIO.fullmatch(tight)) is not None:
        return _transfer(ratio)
    for operator, pattern in _OPERATED:
        if (operated := pattern.fullmatch(tight)) is not None:
            return Head(operated["letter"] or "", "", _argument(operated["argument"]), operator=operator)
    if (integrated := _INTEGRATED.fullmatch(tight)) is not None:
        return Head(integrated["letter"], "", integrated["argument"] or "", by=integrated["by"], operator="integral")
    marked = _HATTED.fullmatch(tight) or _STARRED.fullmatch(tight)
    if marked is not None:
        tight = (marked.groupdict().get("braced") or marked["bare"]) + marked["rest"]
    applied = _APPLIED.fullmatch(tight)
    if applied is None:
        return None
    index = applied["index"] or applied["mark"] or ""
    letter, argument = _glyph(applied["letter"]), _argument(applied["argument"])
    return Head(letter, index, argument, len(applied["primes"]), mark=marked is not None)


def _transfer(ratio: re.Match[str]) -> Head | None:
    """What comes out over what goes in is a transfer function, by custom H; of V_in/V_out nobody knows."""
    (above, out), (below, into) = (_of_port(ratio[side]) for side in ("out", "by"))
    ports = (above, below) if not out + into else (out, into) if above == below else ("", "")
    if ports not in _PORTS:
        return None
    return Head("H", "", _argument(ratio["argument"]), mark=True)


def _of_port(share: str) -> tuple[str, str]:
    """The letter and the index of V_{out}."""
    letter, _, index = re.sub(r"\\(?:text|mathrm|textrm|mathit|rm)|[{}]", "", share).partition("_")
    return letter, index.lower()


_PORTS = frozenset(
    [("Y", "X"), ("Y", "U")]  # Y(z)/X(z)
    + [(out, into) for out in ("out", "o", "a", "aus") for into in ("in", "i", "e", "ein", "s")]
    + [(part, into) for part in "crl" for into in ("in", "s")]  # V_C/V_in
)


def _as_primes(found: re.Match[str]) -> str:
    return "'" * max(1, found[0].count("\\prime"))


def _argument(text: str | None) -> str:
    """An argument with glyphs for Greek letters and without braces: `e^{j\\omega}` is e^jω."""
    plain = re.sub(r"\\[a-z]+|omega", lambda found: _glyph(found[0]), text or "")
    return plain.replace("{", "").replace("}", "").replace("*", "")


def _glyph(letter: str) -> str:
    return _BY_NAME.get(letter.lstrip("\\"), letter)


_BY_NAME = {name: glyph for glyph, name in reversed(GREEK_GLYPHS.items())} | {"varphi": "φ"}


def _holds(value: str, head: Head) -> bool:
    """Whether a name stands in a value: of `T(n) = 2 T(n/2) + n` the right side is no value alone."""
    if head.is_word:
        return head.name in value.lower()
    glyphs = re.sub(r"\\[a-z]+", lambda found: _BY_NAME.get(found[0][1:], found[0]), value)
    names = {head.name} if not head.order else {head.name, *_ANY_FUNCTION}
    return not names.isdisjoint(_NO_LETTERS.sub(" ", glyphs))
