"""Lists in notations of other fields: `(1|2)`, `<1, -1, -2>`, `i - j - 2k`, "300 Hz (from 700 Hz)", `700 Hz -> 300 Hz`.

What the parser reads otherwise is respelled at the same length, so that every place stays what it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container

from grader.kinds._interval_words import with_ends_listed
from grader.kinds.kind import View
from grader.model.patterns import later

_NUMBER = r"[-+−]?\s?(?:\d+(?:\.\d+)?(?:/\d+)?|\\[dt]?frac\s*\{\d+\}\s*\{\d+\})"
_GAP = r"(?:\s|\\[,;:! ]|~)*"
_BAR = r"(?:\||\\mid(?![A-Za-z])|\\vert(?![A-Za-z]))"
# (1|2) and (1|2|3), as points are written in German schools; no probability has two numbers in it.
_BARRED = later(
    rf"(?<![A-Za-z])(?:[A-Z](?:_\{{?\w\}}?)?)?\({_GAP}(?P<inner>{_NUMBER}(?:{_GAP}{_BAR}{_GAP}{_NUMBER})+){_GAP}\)",
    holds=("|", "\\mid", "\\vert"),
)
_ANGLED = later(
    rf"(?<![\w)\]}}])(?<![\w)\]}}] )<(?P<inner>{_GAP}{_NUMBER}(?:{_GAP},{_GAP}{_NUMBER})+{_GAP})>", holds=("<",)
)


def with_points_typed(view: View, dimension: int) -> View:
    """The answer with points between bars as points between commas, and the origin as the point that it is."""
    rules = (lambda text: _BARRED.sub(_comma_for_bars, text), lambda text: _with_origin(text, dimension))
    return _respelled(view, f"points {dimension}", rules)


def _with_origin(text: str, dimension: int) -> str:
    point = f"({','.join('0' * dimension)})"
    return _ZERO_POINT.sub(lambda found: point.ljust(len(found[0])) if len(point) <= len(found[0]) else found[0], text)


_ZERO_POINT = later(r"\b(?:the )?origin\b", re.IGNORECASE, holds=("origin",))


def _comma_for_bars(found: re.Match[str]) -> str:
    inner = re.sub(_BAR, lambda bar: ",".ljust(len(bar[0])), found["inner"])
    start = found.start("inner") - found.start()
    head = found[0][:start]
    named = head.find("(")
    head = f"{' ' * named}{head[named:]}"
    return f"{head}{inner}{found[0][start + len(inner) :]}"


_DETERMINANT = r"(?:\\?det\s*(?:\\left)?\s*[({]?\s*[A-Z]\s*(?:\\right)?[)}]?|\\?\|[A-Z]\\?\||\\lvert\s*[A-Z]\s*\\rvert)"
_VALUE_OF = later(
    rf"{_DETERMINANT}\s*=\s*(?:(?:[\d\s+\-−*·()]|\\cdot|\\times){{1,40}}=\s*)?(?P<value>[-−]?\d+)(?![\d.]|\s*[-+−*·/\\^])"
)
_BELOW_ONE = later(rf"\\[dt]?frac\s*\{{\s*1\s*\}}\s*\{{\s*{_DETERMINANT}\s*\}}|(?<![\d.])1\s*/\s*{_DETERMINANT}")


def _with_determinant(text: str, value: str) -> str:
    """`\\frac{1}{\\det A} M`, where the answer says what the determinant is, as the number times M."""
    return _BELOW_ONE.sub(lambda found: f"\\frac{{1}}{{{value}}}".rjust(len(found[0])), text)


def with_lists_typed(view: View, size: int, imaginary: bool) -> View:
    """The answer with vectors between angle brackets, sums of unit vectors and images of values as lists.

    `size` is how many entries are asked for: of a vector in space a component that is 0 may be left out.
    """
    rules: list[Callable[[str], str]] = [_without_origins, _without_sources, _round_for_angled]
    values = {found["value"].replace("−", "-") for found in _VALUE_OF.finditer(view.answer.text)}
    if len(values) == 1 and (value := values.pop()) != "0":
        rules.append(lambda text: _with_determinant(text, value))
    rules.append(lambda text: _LISTED.sub(_without_command, text))
    rules.append(lambda text: _BARRED.sub(_comma_for_bars, text))
    if not imaginary and size == 2:
        rules.append(with_ends_listed)
    if size in (2, 3):
        rules.append(_without_capitals)
    if not imaginary and size in (2, 3):
        rules.append(lambda text: _SUM.sub(lambda found: _components(found[0], view.names, size), text))
    return _respelled(view, f"lists {size} {imaginary}", tuple(rules))


def _respelled(view: View, what: str, rules: tuple[Callable[[str], str], ...]) -> View:
    """The same view where no rule finds anything; otherwise one of the respelled answer, made once."""

    def make() -> View:
        blocks = []
        for block in view.answer.blocks:
            runs = []
            for run in block.runs:
                text = run.text
                for rule in rules if run.kind in _WRITTEN else ():
                    text = rule(text)
                assert len(text) == len(run.text)
                runs.append(run if text == run.text else run._replace(text=text))
            blocks.append(block._replace(runs=tuple(runs)))
        if tuple(blocks) == view.answer.blocks:
            return view
        answer = view.answer._replace(blocks=tuple(blocks))
        return View(answer, view.names, view.places, view.reasons, view.context, view.base)

    told: tuple[View, View] = view.remember(("respelled", what, view.places), lambda: (make(), view))
    return told[0]


_WRITTEN = frozenset(["text", "math", "display"])


_LISTED = later(r"\\(?:qtylist|SIlist)\s*\{([^{}\n]*)\}\s*\{([^{}\n]*)\}")


def _without_command(found: re.Match[str]) -> str:
    """`\\qtylist{200;300}{\\hertz}` as the list with its unit behind."""
    return f"({found[1]}) {found[2]}".rjust(len(found[0]))


def _round_for_angled(text: str) -> str:
    return _ANGLED.sub(lambda found: f"({found['inner']})", text)


_COMPONENT = later(r"(?<![A-Za-z_\\])(?P<whole>[A-Z])(?P<axis>[xyz])(?=\s*(?:=|≈))")


def _without_capitals(text: str) -> str:
    """`Ex = 3, Ey = -4` as x = 3, y = -4: the components of one vector."""
    found = list(_COMPONENT.finditer(text))
    axes = {one["axis"] for one in found}
    if len(found) < 2 or len(axes) < len(found) or len({one["whole"] for one in found}) > 1:
        return text
    return _COMPONENT.sub(lambda one: f" {one['axis']}", text)


# -- images of values ------------------------------------------------------------------------------------------

_UNIT = (
    r"(?:\s?\$?\s?(?:\\,|\\;|~)?\s?(?:\\(?:text|mathrm)\{[kMG]?[A-Za-z]{1,3}\}"
    r"|[kMGmµu]?(?:Hz|hertz|rad/s|rad|s|m|V|A|W)(?![A-Za-z]))\$?)?"
)
_VALUE = rf"\$?\d[\d.]*{_UNIT}"
_NOUN = r"(?:(?:the|a|and the) )?(?:tone|frequency|component|signal|sinusoid|wave|one|line)s?(?: (?:of|at|with))? "
_ORIGIN = later(
    r"(?<=[\w$}])\s?\((?:aliased |folded |coming |comes |originally |mirrored )?"
    r"(?:from|alias of|image of|because of|due to|caused by|instead of|belongs to|for the|von|aus|statt)\s"
    r"[^()]*(?:\([^()]*\)[^()]*)?\)",
    re.IGNORECASE,
    holds=("from", "of", "due", "by", "to", "for", "von", "aus", "statt"),
)
_BECOMES = (
    r"\s(?:(?:then |now )?(?:appears?|shows? up|is seen|is found|turns up|aliases|folds(?: back)?|is mapped|maps"
    r"|is aliased|is folded|lies|lands|moves|is mirrored|becomes|goes|turns|erscheint|wird)"
    r"(?: down| back)?(?: at| to| as| into| in| on| bei| auf| zu)?)\s"
)
_ARROW = r"\s?\$?\s?(?:->|=>|→|⇒|⟶|\\to(?![A-Za-z])|\\rightarrow(?![A-Za-z])|\\mapsto(?![A-Za-z]))\s?\$?\s?"
_SOURCE = later(rf"(?<![\w.])(?:{_NOUN})?{_VALUE}(?:{_BECOMES}|{_ARROW})(?=\$?\s?\d)", re.IGNORECASE)
_CHAIN = later(rf"\d{_UNIT}{_ARROW}{_VALUE}{_ARROW}")  # 1 -> 3 -> 0 is a list
_ELLIPTIC = later(rf"(?<![\w.])(?:{_NOUN})?{_VALUE}\s(?:at|to|bei|auf)\s(?=\$?\s?\d)", re.IGNORECASE)


def _without_origins(text: str) -> str:
    """ "300 Hz (from 700 Hz)": what stands in the brackets is where the value comes from."""
    return _ORIGIN.sub(_blanks, text)


def _without_sources(text: str) -> str:
    """ "700 Hz appears at 300 Hz and 1200 Hz at 200 Hz", `700 -> 300`: the values that are asked for stand behind."""
    if _SOURCE.search(text) is None or _CHAIN.search(text) is not None:
        return text
    return _ELLIPTIC.sub(_blanks, _SOURCE.sub(_blanks, text))


def _blanks(found: re.Match[str]) -> str:
    """As many blanks; the dollars of formulas stay."""
    return re.sub(r"[^$]", " ", found[0])


# -- unit vectors ----------------------------------------------------------------------------------------------

_MARK = r"\\(?:hat|widehat|vec|overrightarrow|mathbf|boldsymbol|bm|bf|mathrm|underline)(?![A-Za-z])\s*"
_LETTERED = r"(?:\\(?:imath|jmath|ell)(?![A-Za-z])|[ijkxyz])"
_MARKED = rf"{_MARK}(?:\{{\s*(?:{_MARK})?\{{?\s*{_LETTERED}\s*\}}?\s*\}}|{_LETTERED}(?![A-Za-z]))"
_BASIS = rf"(?:(?:{_MARK})\{{?\s*e\s*\}}?|(?<![A-Za-z])e)_\{{?\s*[xyz123]\s*\}}?(?![A-Za-z0-9])"
_TYPED = r"(?:[îĵ]|[ijk]\u0302|k̂)"
_BARE = r"(?<![A-Za-z])[ijk](?![A-Za-z0-9_(\[^'’.])"
_VECTOR = rf"(?P<vector>{_MARKED}|{_BASIS}|{_TYPED}|{_BARE})"
_TENS = r"(?:\s*(?:\\times|\\cdot|[×·*])\s*10\s*\^\s*(?:\{\s*[-−]?\d{1,2}\s*\}|\d))"
_COEFFICIENT = rf"(?P<size>\d+(?:\.\d+)?(?:/\d+|{_TENS})?|\\[dt]?frac\s*\{{\d+\}}\s*\{{\d+\}})?"
_TERM = rf"(?P<sign>[-+−]?){_GAP}{_COEFFICIENT}{_GAP}(?:\*|·|\\cdot(?![A-Za-z]))?{_GAP}{_VECTOR}"
_TERMS = re.compile(_TERM)
_PLAIN_TERM = re.sub(r"\?P<\w+>", "?:", _TERM)
_CORE = rf"[-+−]?{_GAP}{_PLAIN_TERM.replace('[-+−]?', '', 1)}(?:{_GAP}(?=[-+−]){_PLAIN_TERM})+"
_SUM = later(
    rf"(?:(?:\\left)?\({_GAP}{_CORE}{_GAP}(?:\\right)?\)|(?<![\w&\\}}_])(?<!& ){_CORE})"
    r"(?!\s?[&×(\[^_]|\s?\\times)"
)
_AXES = {"i": 0, "x": 0, "1": 0, "î": 0, "j": 1, "y": 1, "2": 1, "ĵ": 1, "k": 2, "z": 2, "3": 2}


def _components(said: str, names: Container[str], size: int) -> str:
    """A sum of multiples of unit vectors as the list of its components; the same where it is none for sure."""
    entries: dict[int, str] = {}
    kinds: set[str] = set()
    for term in _TERMS.finditer(said):
        vector = term["vector"]
        axis = _AXES.get(_letter(vector), -1)
        kinds.add("bare" if re.fullmatch("[ijk]", vector) else "e" if "_" in vector else "marked")
        if axis < 0 or axis in entries:
            return said
        entries[axis] = f"{'-' if term['sign'] in ('-', '−') else ''}{(term['size'] or '1')}"
    bare = kinds == {"bare"}
    if len(kinds) != 1 or (bare and (len(entries) < size or any(one in names for one in "ijk"))):
        return said
    length = max(max(entries) + 1, size)
    told = f"({','.join(entries.get(axis, '0') for axis in range(length))})"
    return told.rjust(len(said)) if len(told) <= len(said) else said


def _letter(vector: str) -> str:
    """The letter or number that tells which unit vector it is."""
    if "_" in vector:
        return vector.rstrip("} ")[-1]
    bare = re.sub(r"\\(?:imath|jmath)", lambda found: f" {found[0][1]}", vector)
    letters = re.findall(r"[îĵ]|(?<![a-z])[ijkxyz](?![a-z])|[ijk](?=\u0302)", re.sub(r"\\[a-z]+", " ", bare))
    return letters[-1] if letters else ""
