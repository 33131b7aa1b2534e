"""Words and commands where nothing is declared: long names, units, sums, sets of numbers."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from grader.model.patterns import later
from grader.notation import signs
from grader.notation.spellings import CONNECTIVES, CONSTRUCTORS, LONG_LETTERS, NAMED_SETS, WORDS_OF_SETS
from grader.reference.functions import find_function

if TYPE_CHECKING:
    from grader.notation.tokens import Lexer, Token
UNIT_POWER = later(r"\s*\^\s*\{?\s*([-+]?\d+)\s*\}?")
CALL_FOLLOWS = re.compile(r"\s*(?:\\left|\\[bB]igg?l?|\\[,;!])*\s*['′]*\s*\(")
_NUMBER_SET = later(r"\s*(?:\{\s*([RNZCQ])\s*\}|([RNZCQ]))")
_ARG_MAX = later(r"\s*(?:\\[,!;])?\s*\\(max|min)(?![A-Za-z])")
_SET_BOLD = r"(?:\\(?:mathbf|boldsymbol|bm|pmb|mathrm|mathit|mathcal|vec)(?![A-Za-z])\s*)?"
_OF_SIUNITX = frozenset(["SI", "qty", "si", "unit", "num", "ang"])
_DOTLESS = {"imath": "i", "jmath": "j"}
VECTOR_CALLS = {"div": "divergence", "curl": "curl", "rot": "curl", "grad": "nabla", "tr": "trace", "Tr": "trace"}
_CONJUGATES = ("overline", "bar")  # or a mean, an opposite, a complement: nothing that equals what is below
_SAME_ACCENT = {"overline": "bar", "widehat": "hat", "widetilde": "tilde"}


_ENDLESS = later(r"(?P<head>\d*\.\d*?)(?P<period>\d{1,6}?)(?P=period){1,}$")


def read_endless(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """`0.333...` goes on for ever as it began; `3.141...` does not say how."""
    digits = re.match(r"[\d.]*\d", found.group())
    assert digits is not None
    repeated = _ENDLESS.match(digits[0]) if lexer.dialect.free else None
    if repeated is not None and len(digits[0]) - len(repeated["head"]) >= _LEAST_REPEATED:
        lexer.add("num", f"{repeated['head']}({repeated['period']})", start, stop)
        return
    lexer.at -= len(found.group()) - len(digits[0])
    lexer.add("num", digits[0], start, start + len(digits[0]))


_SHORT = frozenset(["re", "im"])
_LEAST_REPEATED = 3  # digits that say what repeats: 0.333..., 0.1212...


@cache
def _accented() -> re.Pattern[str]:
    """What stands under an accent; made when the first one is read, for it takes a while."""
    return re.compile(
        rf"\s*(?:\{{\s*\\?([A-Za-z]+)\s*\}}|\{{\s*{_SET_BOLD}\{{?\s*\\?([A-Za-z]+)\s*\}}?\s*\}}"
        rf"|\\((?!math|bold|bm|pmb|vec)[A-Za-z]+)|{_SET_BOLD}([A-Za-z]))"
    )


def read_free_word(lexer: Lexer, word: str, start: int, stop: int) -> None:
    """A run of letters that nobody declared: a sum, a function, a connective, one long name, or a product."""
    indexed = _INDEXED.match(word)
    if indexed is None:
        _read_undeclared(lexer, word, start, stop)
    else:  # c₁e^{2x}
        lexer.at -= len(word) - indexed.end()
        lexer.add("name", lexer.canonical(indexed[0]), start, start + indexed.end())


def _read_undeclared(lexer: Lexer, word: str, start: int, stop: int) -> None:
    called = word not in signs.GREEK and word not in _SHORT  # r e^{-r^2} has no real part
    function = lexer.function(word) if called or CALL_FOLLOWS.match(lexer.source, lexer.at) else None
    if word in signs.ACCENTS and lexer.source.startswith("{", lexer.at):  # bar{x}
        read_accent(lexer, word, start, start - lexer.at + len(word))
    elif word in CONNECTIVES:
        lexer.add(*CONNECTIVES[word], start, stop)
    elif (tokens := _by_form(lexer, word)) is not None:
        for kind, text in tokens:
            lexer.add(kind, text, start, stop)
    elif (token := _kind_by_place(lexer, word)) is not None:
        lexer.add(*token, start, stop)
    elif word in lexer.dialect.words or word in WORDS_OF_SETS or word in LONG_LETTERS:
        lexer.add("name", WORDS_OF_SETS.get(word, word), start, stop)
    elif word in signs.REDUCERS:
        lexer.add("reduce", signs.REDUCERS[word], start, stop)
    elif word in ("argmax", "argmin"):
        lexer.add("reduce", word, start, stop)
    elif function is not None or word in CONSTRUCTORS:
        lexer.add("func", word if word == "ln" else function or word, start, stop)
    elif lexer.dialect.units and _is_unit(lexer, word):
        lexer.add("unit", word, start, stop)
    else:
        for kind, text, begin, end in lexer.pieces(word):
            lexer.add(kind, text, start + begin, start + end if end < len(word) else stop)


_INDEXED = later(r"[A-Za-zα-ω][₀-₉]+")
_NAMED_ABOVE = later(r"[A-Za-z]_(?:bar|hat|tilde|dot)")
MOMENTS = frozenset(["Var", "Cov"])
_CHOSEN = later(r"([a-z])C([a-z])")  # nCk
_MATRIX_BEHIND = later(r"\s*(?:\^\s*\(?\{?-?\d|⁻|ᵀ|\^\s*T\b|[A-Z](?![a-z]))")


def _by_form(lexer: Lexer, word: str) -> tuple[tuple[str, str], ...] | None:
    """The tokens of `diag(2, 3)`, `x_bar`, `nCk` and of the matrix Σ; None for any other word."""
    if word in ("diag", "Diag") and CALL_FOLLOWS.match(lexer.source, lexer.at):
        return (("func", word),)
    if _NAMED_ABOVE.fullmatch(word) or (word in MOMENTS and CALL_FOLLOWS.match(lexer.source, lexer.at)):
        return (("name", word),)
    if (chosen := _CHOSEN.fullmatch(word)) is not None:
        below = (("sep", ","), ("name", chosen[2]), ("close", ")"))
        return (("func", "binomial"), ("open", "("), ("name", chosen[1]), *below)
    return (("name", "Sigma"),) if word == "Σ" and is_matrix(lexer) else None


def is_matrix(lexer: Lexer) -> bool:
    """`U Σ V^T`: no sum begins between two matrices."""
    last = lexer.tokens[-1] if lexer.tokens else None
    between = last is not None and last.kind == "name" and last.text.isupper()
    return between and _MATRIX_BEHIND.match(lexer.source, lexer.at) is not None


def _kind_by_place(lexer: Lexer, word: str) -> tuple[str, str] | None:
    """The kind of a word that is one only where it stands: `np.array(`, `tr(`, `int_0^1`, `60 min`, `12 apples`."""
    following = lexer.source[lexer.at : lexer.at + 1]
    if following in ("(", "_") and (word, following) in _BEFORE:
        return _BEFORE[word, following]
    if word == "nu" and following in ("[", "(") and lexer.tokens and lexer.tokens[-1].text == "^":
        lexer.at -= 1  # (1/2)^nu[n]: without a backslash, TeX raises one letter
        return "name", "n"
    if word == "min" and _is_minutes(lexer):
        return "unit", word
    if lexer.dialect.units and len(word) > 1 and word in lexer.dialect.words and _is_unit(lexer, word):
        return "unit", word  # also where the other side sets it as a word
    return ("word", word) if lexer.dialect.units and _is_counted(lexer, word) else None


_BEFORE = {
    ("array", "("): ("func", "Matrix"),
    ("tr", "("): ("func", "trace"),
    ("Tr", "("): ("func", "trace"),
    **{(word, "("): ("func", VECTOR_CALLS[word]) for word in ("div", "curl", "grad")},
    ("int", "_"): ("int", "int"),
}


def _is_counted(lexer: Lexer, word: str) -> bool:
    """`12 apples`: a plural alone behind a number alone is what is counted, no product of letters."""
    plural = len(word) > 4 and word.islower() and word.endswith("s") and not word.endswith("ss")
    alone = len(lexer.tokens) == 1 and lexer.tokens[0].kind == "num" and lexer.spaced
    return plural and alone and not lexer.source[lexer.at :].strip(" .") and len(lexer.pieces(word)) == len(word)


def _is_minutes(lexer: Lexer) -> bool:
    """`60 min` behind a number, where no least of anything follows."""
    last = lexer.tokens[-1] if lexer.tokens else None
    following = lexer.source[lexer.at :].lstrip()[:1]
    return lexer.dialect.units and last is not None and last.kind == "num" and following not in ("(", "{", "_", "[")


def _is_unit(lexer: Lexer, word: str) -> bool:
    """A word that can only be a unit: `kg` behind a number or another unit."""
    from grader.reference.units import find_unit

    last = lexer.tokens[-1] if lexer.tokens else None
    before = lexer.tokens[-2] if len(lexer.tokens) > 1 else None
    joined = last is not None and last.text in ("*", "/", "·") and before is not None and before.kind == "unit"
    joined = joined or _divides_unit(lexer)
    after = joined or (last is not None and last.kind in ("num", "unit"))
    after = after or (_is_pi(last) and word in _BEHIND_PI)  # pi rad is no product of pi, r, a and d
    if word in _LITRES and lexer.source[lexer.at : lexer.at + 1] in ("^", "²"):
        return False  # \\frac12ml^2: no litre is squared
    return after and len(word) > 1 and find_unit(word) is not None


def _divides_unit(lexer: Lexer) -> bool:
    """Whether a slash stands behind a unit of one letter that a number counts: `1.8 g/cm^3`; not in `2m/mg`."""
    from grader.reference.units import find_unit

    if len(lexer.tokens) < 3 or lexer.spaced:
        return False
    number, unit, slash = lexer.tokens[-3:]
    counted = number.kind == "num" and unit.kind == "name" and unit.spaced and not slash.spaced
    return counted and slash.text == "/" and unit.text.isascii() and find_unit(unit.text) is not None


def _is_pi(token: Token | None) -> bool:
    return token is not None and token.kind == "name" and token.text == "pi"


# e^{-j2\\pi km/N}, 2\\pi fL: few of the units are no products of letters.
_BEHIND_PI = frozenset("rad radian radians cm Hz kHz MHz".split())
_LENGTHS = frozenset(["m", "s"])
_LITRES = frozenset(["ml", "dl", "cl"])


def read_free_command(lexer: Lexer, name: str, start: int, stop: int) -> bool:
    """A command that means something else where nothing is declared."""
    offset = stop - lexer.at
    if name in _OF_SIUNITX:
        from grader.notation import siunitx

        siunitx.read(lexer, name, start, offset)
    elif name == "celsius":
        lexer.add("unit", "°C", start, stop)
    elif name == "mathbb" and (glyph := _NUMBER_SET.match(lexer.source, lexer.at)):
        lexer.at = glyph.end()
        lexer.add("name", NAMED_SETS[glyph[1] or glyph[2]], start, offset + lexer.at)
    elif name == "arg" and (which := _ARG_MAX.match(lexer.source, lexer.at)) is not None:
        lexer.at = which.end()
        lexer.add("reduce", f"arg{which[1]}", start, offset + lexer.at)
    elif name in ("Pr", "Prob"):
        lexer.add("name", "P", start, stop)
    elif name in ("Sigma", "Pi") and not lexer.source[lexer.at : lexer.at + 3].lstrip().startswith("_"):
        lexer.add("name", name, start, stop)  # a covariance, not a sum
    elif name == "$":
        lexer.add("unit", "$", start, stop)
    else:
        return False
    return True


def read_long_name(lexer: Lexer, command: str, word: str, start: int, stop: int) -> None:
    """`\\mathit{test}` is one name, `\\mathrm{d}` a differential, `\\text{and}` a connective, `\\text{cm}` a unit."""
    if word in CONNECTIVES and not _is_index(lexer):
        lexer.add(*CONNECTIVES[word], start, stop)
    elif word == "min" and command != "operatorname" and _is_minutes(lexer):
        lexer.add("unit", word, start, stop)
    elif word in VECTOR_CALLS:
        lexer.add("func", VECTOR_CALLS[word], start, stop)
    elif (function := find_function(word)) is not None and len(word) > 1:
        lexer.add("func", function, start, stop)
    elif command != "mathit" and lexer.dialect.units and _is_unit_here(lexer, word):
        lexer.add("unit", word, start, stop)
    elif len(word) == 1 or command not in _SETS_WORDS or (word in CALLED and lexer.source[lexer.at :][:1] in "(["):
        lexer.add("name", word, start, stop)
    else:
        lexer.add("word", word, start, stop)


def _is_index(lexer: Lexer) -> bool:
    """Whether a word is all of a subscript: `V_\\text{in}`, `V_{\\mathrm{in}}`."""
    before = [token.text for token in lexer.tokens[-2:]]
    alone = lexer.source.startswith("}", lexer.at)
    return before[-1:] == ["_"] or (alone and before[:1] == ["_"] and before[-1] == "{")


_SETS_WORDS = frozenset(["text", "textrm", "mbox", "hbox", "textnormal"])
CALLED = frozenset(["Var", "Cov", "Corr", "rect", "tri", "sinc", "rank", "span", "dim", "Bias", "MSE"])


def _is_unit_here(lexer: Lexer, word: str) -> bool:
    """A unit in upright letters behind a number: `5\\,\\mathrm{m}`."""
    from grader.reference.units import find_unit

    last = lexer.tokens[-1] if lexer.tokens else None
    behind = (
        word != "d" and last is not None and (last.kind in ("num", "unit", "close", "endgroup") or last.text in "*/·^")
    )
    behind = behind or (_is_pi(last) and (word in _LENGTHS or len(word) > 1) and word[0] != "f")
    return behind and find_unit(word) is not None


def is_measure(lexer: Lexer, text: str) -> bool:
    """A compound unit behind a number: `9.81\\,\\mathrm{m/s^2}`."""
    from grader.reference.units import parse_unit

    last = lexer.tokens[-1] if lexer.tokens else None
    if last is None or not (last.kind in ("num", "endgroup", "close") or _is_pi(last)) or text.strip() == "d":
        return False
    if _is_pi(last) and (len(text.strip()) < 2 or text.strip()[0] == "f"):  # 2\\pi fC is no charge
        return False
    try:
        parse_unit(text)
    except ValueError:
        return False
    return True


def read_accent(lexer: Lexer, name: str, start: int, offset: int) -> None:
    """`\\hat{y}` is a name of its own."""
    accented = _accented().match(lexer.source, lexer.at)
    if accented is None and lexer.dialect.free and name in _CONJUGATES:
        lexer.add("func", "conjugate", start, offset + lexer.at)
        return
    if accented is not None:
        lexer.at = accented.end()
    letter = "" if accented is None else next(group for group in accented.groups() if group is not None)
    usual = _SAME_ACCENT.get(name, name)
    known = {f"{letter}_{usual}", f"{letter.lower()}_{usual}"} & lexer.names.keys()
    accent = usual if lexer.dialect.free or known else name
    text = "\\" + name if accented is None else f"{_DOTLESS.get(letter, letter)}_{accent}"
    lexer.add("word" if accented is None else "name", text, start, offset + lexer.at)


def read_temperature(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """`25 °C` is no angle times C."""
    if lexer.dialect.units and lexer.tokens and lexer.tokens[-1].kind == "num":
        lexer.add("unit", f"°{found.group()[-1]}", start, stop)
        return
    lexer.at -= len(found.group()) - 1
    lexer.sign("°", start, start + 1)


def read_operator(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """`d/dx x^2` as `\\frac{d}{dx} x^2`."""
    if not lexer.dialect.free or "d" in lexer.names:
        lexer.at -= len(found.group()) - 1
        lexer.add("name", "d", start, start + 1)
        return
    lexer.add("frac", "frac", start, start)
    for letters in ("d", f"d{found.group()[-1]}"):
        lexer.add("group", "{", start, start)
        for letter in letters:
            lexer.add("name", letter, start, stop)
        lexer.add("endgroup", "}", stop, stop)
