"""What is typed in one of several customs, told in the one that is read: limits as arrows, rows of Matlab."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.equality.counted import EVENLY_SPACED, FAMILY, evenly_spaced, listed
from grader.model.patterns import later

_LONGEST = 400  # characters
_TO = r"(?:\\to(?![a-z])|\\rightarrow(?![a-z])|→|->)"
_AS = r"(?:\s|,|\\[,; ]|\\q?quad(?![a-z])|\\text\s*\{\s*(?:as|for|when|if)?\s*\}|\b(?:as|for|when|if)\b|\()+"
_END = r"(?P<at>-?\s*(?:\\infty|∞|oo|infinity|[\w.]+)(?:\s*\^\s*\{?[+-]\}?)?)"
_TENDS = later(
    rf"\s*\$*\s*(?P<what>[^$=<>]+?)\s*{_TO}\s*(?P<limit>[^$=<>,]+?){_AS}(?P<letter>[A-Za-z])\s*{_TO}\s*{_END}\s*\)?[\s.$]*"
)
_PROVISO = later(rf"{_AS}(?P<letter>[A-Za-z])\s*{_TO}\s*{_END}\s*\)?[\s.$]*\Z")
_ORDERS = later(r"[Oo]\s*(?:\\left)?\(|\\mathcal\s*\{?\s*O|\\Theta|\\Omega|\\sim(?![a-z])|∼|Θ|Ω")
_ROWS = later(r"\[(?P<rows>[^\[\]]*;[^\[\]]*)\]")
_DIAGONAL = later(
    r"(?:\\operatorname\s*\{\s*diag\s*\}|\\mathrm\s*\{\s*diag\s*\}|\\?diag)\s*(?:\\left)?\((?P<entries>.*)\)"
)
_EXPECTED = later(r"(?P<sign>\\(?:mathbb|mathrm|operatorname)\s*\{\s*E\s*\})\s*(?P<of>[A-Z])(?![A-Za-z\[({])")
_WHOLE = r"\{\s*-?\d+\s*\}"
_UPRIGHT = later(rf"\\(?:mathrm|text|textrm)\s*\{{(?:[^{{}}]|{_WHOLE})*{_WHOLE}(?:[^{{}}]|{_WHOLE})*\}}")
_PARITY = later(
    r"\s*\$?(?P<of>[a-z])\$?\s+is\s+(?:an?\s+)?(?P<which>odd|even)(?:\s+number)?[\s.]*", holds=("odd", "even")
)
_DIVIDES = later(r"\s*\$?\s*(?P<by>\d+)\s*(?:\\mid(?![a-z])|\||∣|divides)\s*(?P<of>[a-z])\s*\$?[\s.]*")
_REST = later(
    r"\s*\$?(?P<of>[a-z])\s*(?:mod|\\bmod|%)\s*(?P<by>\d+)\$?\s*(?:is|=|in|are)\s*\$?(?P<rests>\d+(?:\s*(?:,|or)\s*\d+)*)\$?[\s.]*"
)
_UNIT_BEHIND = later(r"\$(?P<number>[^$]*\d[^$]*)\$\s?(?P<unit>[A-Za-zµΩ°][A-Za-zµΩ°/²³^\d]{0,7})[\s.]*\Z")
_VALUE = later(r"\A[\s$]*(?:e|[A-Z])\s*\^[^=$]{1,20}=\s*(?=\\begin\s*\{[bpBvV]?matrix|\[\[)")
_COMPLEX = later(r"\bcomplex\(\s*(?P<real>-?[\d.]+)\s*,\s*(?P<imaginary>-?[\d.]+)\s*\)")
_POINTED = later(r"(?<![\d,.])(?P<whole>\d),(?P<rest>\d+)(?=\s*(?:\\cdot|\\times|[·×*])\s*10\s*(?:\^|[⁻⁰¹²³⁴-⁹]))")
_RAISED = later(r"\\sigma\s*\^\s*\{?\s*2\s*\}?\s*\((?P<of>[^()]+)\)|σ²\((?P<in>[^()]+)\)")
_NORMAL = later(r"\\Phi\s*(?:\\left)?\(\s*-\s*(?P<of>[a-z])\s*(?:\\right)?\)|Φ\(\s*[-−]\s*(?P<in>[a-z])\s*\)")
_INDICATED = later(
    r"(?:\\mathbf|\\mathbb|\\mathds)?\s*\{?\s*(?:1|\\chi)\s*\}?\s*_\s*\{\s*\[(?P<low>[^,\[\]]+),(?P<high>[^,\[\]]+)\]\s*\}\s*"
    r"\(\s*(?P<of>[a-z])\s*\)"
)
_BRACKETED = later(r"\s*⎡\s*(?P<first>[^⎤\n]*)⎤\s*\n(?P<middle>(?:\s*⎢[^⎥\n]*⎥\s*\n)*)\s*⎣\s*(?P<last>[^⎦\n]*)⎦\s*")
_NAMED_VALUE = later(r"\s*(?:det|tr|trace|rank|norm|dim)\s*=\s*(?=[-−\d(])")
_BEFORE_CAPITAL = later(r"\\(?P<f>sin|cos|tan|exp)\s+(?P<of>\\?[a-z]+)\s*\\,\s*(?=[A-Z](?![a-z]))")
_FILLED = later(
    r"\b(?:np|numpy)\.(?P<f>zeros|ones|eye|identity)\(\s*\(?\s*(?P<rows>\d)\s*(?:,\s*(?P<columns>\d)\s*)?\)?\s*\)"
)
_SQUARE = frozenset(["eye", "identity"])
_FEW = 6  # rows and columns of a matrix that is written out


def rewritten(text: str, other: str) -> str:
    """One side of a pair in the customs that are read; `other` is the other side."""
    if len(text) > _LONGEST:
        return text
    for pattern, tell in _RULES:
        if pattern.search(text) is not None:
            text = tell(text, other)
    return text


def _as_limit(text: str, other: str) -> str:
    found = _TENDS.fullmatch(text)
    if found is None or not ("lim" in other or _TENDS.fullmatch(other)):
        return text
    at = found["at"].replace("infinity", "\\infty")
    return rf"\lim_{{{found['letter']}\to {at}}} {found['what']} = {found['limit']}"


def _without_proviso(text: str, other: str) -> str:
    """`O(x^4)\\quad(x\\to 0)` without where it holds, if the other side says the same, or nothing."""
    if _ORDERS.search(text) is None:
        return text
    found, theirs = _PROVISO.search(text), _PROVISO.search(other)
    same = theirs is None or (found is not None and [*map(_bare, found.groups())] == [*map(_bare, theirs.groups())])
    return text[: found.start()] + "$" * (text[: found.start()].count("$") % 2) if found is not None and same else text


def _bare(text: str) -> str:
    return re.sub(r"[\s{}]", "", text).replace("∞", "\\infty").replace("infinity", "\\infty")


def _in_rows(text: str, other: str) -> str:
    """`[exp(t) 0; 0 exp(-2t)]` with commas between entries, where every row has as many of them."""

    def tell(found: re.Match[str]) -> str:
        rows = [_apart(row, str.isspace) for row in found["rows"].split(";")]
        if "," in found["rows"] or len({len(row) for row in rows}) > 1 or len(rows[0]) < 2:
            return found[0]
        return "[" + ", ".join(f"[{', '.join(row)}]" for row in rows) + "]"

    return _ROWS.sub(tell, text)


def _as_diagonal(text: str, other: str) -> str:
    """`diag(a, b)` as the matrix, where the other side is written out as one."""
    found = _DIAGONAL.search(text)
    if found is None or not ("matrix" in other or "[[" in other or ";" in other):
        return text
    entries = _apart(found["entries"].removesuffix("\\right"), lambda sign: sign == ",")
    if len(entries) < 2:
        return text
    size = range(len(entries))
    rows = [" & ".join(entries[at] if at == place else "0" for place in size) for at in size]
    matrix = r"\begin{pmatrix}" + r" \\ ".join(rows) + r"\end{pmatrix}"
    return text[: found.start()] + matrix + text[found.end() :]


def _apart(text: str, separates: Callable[[str], bool]) -> list[str]:
    """The pieces of a text between signs outside of brackets."""
    pieces, depth = [""], 0
    for sign in text:
        depth += (sign in "([{") - (sign in ")]}")
        if separates(sign) and not depth:
            pieces.append("")
        else:
            pieces[-1] += sign
    return [piece.strip() for piece in pieces if piece.strip()]


def _of_glyphs(text: str, other: str) -> str:
    found = _BRACKETED.fullmatch(text)
    if found is None:
        return text
    middle = [line.strip().strip("⎢⎥") for line in found["middle"].splitlines() if line.strip()]
    rows = [_apart(row, str.isspace) for row in (found["first"], *middle, found["last"])]
    return "[" + ", ".join(f"[{', '.join(row)}]" for row in rows) + "]"


def _congruent(text: str, other: str) -> str:
    """Parity, divisibility and rests as congruences, where the other side is one."""
    if "mod" not in other:
        return text
    if (found := _PARITY.fullmatch(text)) is not None:
        return rf"{found['of']} \equiv {int(found['which'] == 'odd')} \pmod{{2}}"
    if (found := _DIVIDES.fullmatch(text)) is not None:
        return rf"{found['of']} \equiv 0 \pmod{{{found['by']}}}"
    found = _REST.fullmatch(text)
    if found is None or ("," not in found["rests"] and "or" not in found["rests"]):
        return text
    rests = ", ".join(re.findall(r"\d+", found["rests"]))
    return rf"{found['of']} \equiv {rests} \pmod{{{found['by']}}}"


def _with_unit(text: str, other: str) -> str:
    """`$3.6\\cdot10^6$ J` with its unit inside, where a unit stands in the other side as well."""
    from grader.reference.units import parse_unit

    found = _UNIT_BEHIND.search(text)
    if found is None or not ("\\mathrm" in other or "\\text" in other or other[-1:].isalpha()):
        return text
    try:
        known = parse_unit(found["unit"]) is not None
    except ValueError:
        known = False
    return rf"{text[: found.start()]}${found['number']}\,\mathrm{{{found['unit']}}}$" if known else text


def _value_alone(text: str, other: str) -> str:
    """The matrix that an equation gives a name or a function, where the other side is a matrix and no equation."""
    matrix = any(sign in other for sign in ("matrix", "[[", "diag", ";"))
    return _VALUE.sub("", text, 1) if "=" not in other and matrix else text


def _put(pattern: re.Pattern[str], instead: str | Callable[[re.Match[str]], str]) -> Callable[[str, str], str]:
    return lambda text, other: pattern.sub(instead, text)


def _filled(found: re.Match[str]) -> str:
    """The matrix of numpy's zeros, ones and eye, written out."""
    rows = int(found["rows"])
    columns = int(found["columns"] or rows)
    if not (0 < rows <= _FEW and 0 < columns <= _FEW) or (found["columns"] is None) != (found["f"] in _SQUARE):
        return found[0]
    entry = {"zeros": "00", "ones": "11"}.get(found["f"], "01")
    lines = (", ".join(entry[row == column] for column in range(columns)) for row in range(rows))
    return "[" + ", ".join(f"[{line}]" for line in lines) + "]"


def _where(pattern: re.Pattern[str], instead: str, needs: str) -> Callable[[str, str], str]:
    return lambda text, other: pattern.sub(instead, text) if needs in other or needs in pattern.sub("", text) else text


def _indicated(text: str, other: str) -> str:
    if "cases" not in other:
        return text
    cases = r"\\begin{cases}1 & \g<low> \\le \g<of> \\le \g<high> \\\\ 0 & \\text{else}\\end{cases}"
    return _INDICATED.sub(cases, text)


_RULES: tuple[tuple[re.Pattern[str], Callable[[str, str], str]], ...] = (
    (later(_TO), _as_limit),
    (_PROVISO, _without_proviso),
    (_ROWS, _in_rows),
    (_DIAGONAL, _as_diagonal),
    (_EXPECTED, _put(_EXPECTED, r"\g<sign>[\g<of>]")),
    (_UPRIGHT, _put(_UPRIGHT, lambda found: re.sub(r"\{\s*(-?\d+)\s*\}", r"\1", found[0]))),
    (_COMPLEX, _put(_COMPLEX, r"(\g<real> + (\g<imaginary>)i)")),
    (_POINTED, _put(_POINTED, r"\g<whole>.\g<rest>")),
    (_RAISED, _where(_RAISED, r"(\\sigma(\g<of>\g<in>))^2", "\\sigma(")),
    (_NORMAL, _where(_NORMAL, r"(1 - \\Phi(\g<of>\g<in>))", "Phi")),
    (_INDICATED, _indicated),
    (_BRACKETED, _of_glyphs),
    (_PARITY, _congruent),
    (_DIVIDES, _congruent),
    (_REST, _congruent),
    (_UNIT_BEHIND, _with_unit),
    (_VALUE, _value_alone),
    (_NAMED_VALUE, lambda text, other: _NAMED_VALUE.sub("", text, 1) if "=" not in other else text),
    (FAMILY, listed),
    (EVENLY_SPACED, evenly_spaced),
    (_FILLED, _put(_FILLED, _filled)),
    (_BEFORE_CAPITAL, _put(_BEFORE_CAPITAL, r"\\\g<f>(\g<of>) ")),
)
