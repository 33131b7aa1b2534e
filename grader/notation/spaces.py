"""Dimensions of the spaces of a matrix: `\\dim\\ker(C)` is its nullity, `\\dim\\operatorname{Col}(C)` its rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.patterns import later

if TYPE_CHECKING:
    from grader.notation.tokens import Lexer

OF_MATRICES = frozenset(["trace", "det", "rank", "nullity"])
MATRIX_NAMED = later(r"\(|\s+[A-Z]\s*=")  # det(A), det A = 8
_SET = r"\\(?:operatorname\*?|mathrm|mathcal|mathbf|text)\s*"
_KERNELS, _IMAGES = "ker|Ker|Nul|nul|Null|null|N", "im|Im|Col|col|Row|row|range|Range|Ran|ran|R"
_SPACE = later(
    rf"(?:\s|\\[,;:! ])*(?:\\?(?P<a>ker|Im)(?![A-Za-z])|{_SET}\{{\s*(?:(?P<b>{_KERNELS})|(?P<c>{_IMAGES}))\s*\}}"
    r"|(?P<d>N|Nul|Null)(?=\s*(?:\\left\s*)?\()|(?P<e>C|R|Col|Row)(?=\s*(?:\\left\s*)?\())"
)
_MATRIX = later(r"(?:\s|\\[,;:! ])*(?:\(|[A-Z](?![A-Za-z]))")
_NAMED = {"rank": "rank", "Rank": "rank", "rk": "rank", "Rk": "rank", "nullity": "nullity", "Nullity": "nullity"}


def read_dimension(lexer: Lexer) -> str | None:
    """The function that `\\dim` and the name of a space behind it are, which is then read; None for any other."""
    found = _SPACE.match(lexer.source, lexer.at)
    if found is None or _MATRIX.match(lexer.source, found.end()) is None:
        return None
    lexer.at = found.end()
    kernel = found["a"] == "ker" or found["b"] or found["d"]
    return "nullity" if kernel else "rank"


def matrix_function(lexer: Lexer, word: str) -> str | None:
    """The function of a matrix that `\\operatorname{rank} C` names; None where no matrix follows."""
    name = _NAMED.get(word)
    return name if name is not None and _MATRIX.match(lexer.source, lexer.at) is not None else None


def is_of_array(lexer: Lexer) -> bool:
    """Whether `\\dim` stands before an array, whose lengths are meant: `\\dim Z = 46 \\times 62`."""
    return not lexer.dialect.free and _ARRAY.match(lexer.source, lexer.at) is not None


_ARRAY = later(r"\s*[A-Z](?![A-Za-z(])")


_OF_ARRAYS = frozenset(["shape", "size", "dim", "dimension"])
_OPERATOR = later(r"[A-Z][a-z]{1,3}|proj|cond|bias|se|sd|corr|cov|var")


_MEASURED = later(r"(?:\s|\\[,;:! ])*(?:\(\s*[A-Z]\s*\)|[A-Z](?![A-Za-z]))\s*&?\s*=")
_MEASURES = frozenset(["shape", "dim", "dimension", "dimensions"])


def measures_array(lexer: Lexer, word: str) -> bool:
    """Whether a word only says that the lengths of an array are given: `shape(Z) = shape U = (5, 4)`."""
    return word.lower() in _MEASURES and _MEASURED.match(lexer.source, lexer.at) is not None


def names_operator(lexer: Lexer, word: str, start: int, stop: int) -> bool:
    """Whether letters before a bracket are neither words nor a function that is computed.

    `\\text{shape}(Z) = (5, 4)` says what (Z) is; `\\operatorname{Var}(X) = 0.56` gives a value to Var(X).
    """
    if measures_array(lexer, word):
        return True
    if lexer.source[lexer.at : lexer.at + 1] not in ("(", "[") and not lexer.source.startswith("\\left", lexer.at):
        return False
    if lexer.source[lexer.at : lexer.at + 1] == "(" and word.lower() in _OF_ARRAYS:
        return True
    if _OPERATOR.fullmatch(word) is None:
        return False
    lexer.add("name", word, start, stop)
    return True
