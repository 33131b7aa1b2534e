"""Clauses that hang on a right formula, "for fixed m", "where k1 runs over the image": understood, or for a person.

Hardly one right formula in thirteen has such a clause, and what clauses say when they matter has no end. So the clauses
known here are those that leave a formula as it is; any other that speaks of numbers or letters is left to a person.
"""

from __future__ import annotations

import re

from grader.kinds._expected import Expected
from grader.kinds._formula_choice import Chosen
from grader.kinds._formula_doubts import NARROW, is_padding
from grader.kinds._trial import Trial
from grader.kinds.kind import View
from grader.maths.repairs import bound_indices, index_positions, reductions
from grader.model.expressions import Expr, Index, Name, Place, Relation, names_in, walk
from grader.model.patterns import later

_TAGS = later(r"<[^<>]{0,80}>", holds=("<",))
_TYPESET = later(
    r"\\(?:text\w*|mathrm|mathbf|operatorname|left|right|[bB]ig+[lr]?|quad|qquad|,|;|:|!)(?![a-z])|[${}_*`]|\\[()\[\]]"
)
_SIGNS = ((re.compile(r"\\leq?(?![a-z])|≤|\\leqslant"), "<="), (re.compile(r"\\[lc]?dots|…"), "..."))
_OPENS = later(
    r"[\s,:()\]}–—-]*(?P<joiner>where(?:as|by)?|wherever|with|for|if|when(?:ever)?|at|is|are|in which|unless|provided"
    r"(?: that)?|assuming|as long as|such that|s\.t\.|holds?|the sums? (?:is|are|runs?|goes?|over)|over|only)\s+"
    r"(?P<clause>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_INDEX = r"[a-z]\d?"
_NAMES_FIRST = later(  # ", j1 and j2 running over the kernel", ", j1, j2 = 0, 1"
    rf"[\s,:()\]}}–—-]*(?P<clause>(?P<letters>{_INDEX}(?:(?:\s*,\s*|\s+and\s+){_INDEX}){{0,3}})"
    r"\s*(?:=|∈|\\in\b|\b(?:from|in|runs?|running|goes?|going|ranges?|ranging|counts?|over)\b).*)",
    re.DOTALL,
)
_ENDS = later(
    r"(?<!\.)[.;!?。；](?=\s|\Z)|, (?:so|thus|hence|then|therefore|because|since|as)\b|\n\s*\n"
    r"|, (?:the |its |with |and |of |result\w* )*(?:shapes?|sizes?|outputs?|dim\w*)\b"
    r"|\n\s*(?:[-*+#|>\\(\[&]|\d|[a-z]\))|\||\\\\|\\(?:item|end|begin|part|sub)\b|&&"
)
_REACH = 220  # characters behind a formula
_SHAPE = later(
    r"(?:an? |the |its |output |result\w* |same |of |each |both |new |as |final )*"
    r"(?:shape|size|dim|output|result|form)\w*\b",
    re.IGNORECASE,
)
_EVERY = later(r"(?:the |in |at )?(?:all|every|each|any|both|arbitrary|either|respectively)\b[^=<>≠]*\Z", re.IGNORECASE)
_SHAPED = later(  # for X of shape (B,H,V,N) and W of shape (K1,K2,N,M)
    r"(?:(?:,? and |, )?[A-Z] (?:of|with|has|having) (?:the )?(?:shape|size) [(\[][A-Z\d,'\s-]+[)\]])+\W*\Z"
)
_SAME = later(rf"(?:for |the |same |these |those |range |values? |of |as above |and |{_INDEX}\b\W*)+\Z", re.IGNORECASE)
_FITS = later(r"[^=<>]*\bwindows?\b[^=<>]*\b(?:inside|fits?|complete(?:ly)?|whole)\b[^=<>\d]*\Z", re.IGNORECASE)
_ZERO = later(r"\b(?:zeros?|0|nothing|null|ignored?|dropped|skipped|left out|vanish\w*|omitted)\b", re.IGNORECASE)
_BEYOND = later(
    r"\b(?:outside|out of|beyond|range|exist|borders?|edges?|invalid|negative|bounds?|not (?:the|an?|valid)|inside"
    r"|otherwise|elsewhere|leaves?|leaving)\b|>=?\s*[A-Z]\d?(?=\s*[,;)]|\s+(?:is|are|the|then|we)\b)|<\s*0(?![.\d])",
    re.IGNORECASE,
)
_DEFINES = later(
    r"(?P<left>[^=<>]{1,60}?)\s*(?::?=|\bis\b|\bare\b|\bdenotes?\b|\bmeans\b|\bbeing\b)\s*(?P<right>[^<>]*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = later(r"(?<![\w.])[-+−]?\d+(?:\.\d+)?(?!\s*(?:\.\.|,|/))\b")
_ALONE = later(r"[-+−]?\d+(?:\.\d+)?(?=\s*(?:\Z|[,;)]|[a-z]{2}))", re.IGNORECASE)  # no beginning of 1 - U^2
_VALID = later(
    r"(?:for |where |when |if |with |over )?[^.=<>]*\b(?:valid|exists?|inside|within|in range|defined)\b[^.=<>\d]*\Z",
    re.IGNORECASE,
)
_COUNTS = later(r"\.\.|,\s*(?:\.|\d)")  # j = 0, 1, ..., p - 1
_RANGED = later(r"\.\.|\bto\b|\bfrom\b|\bbetween\b|\bin\s*\\?\{|∈|\\in\b|[<>]", re.IGNORECASE)
_LETTER = later(r"(?<![^\W\d])[^\W\d]\d?(?![^\W_])")
_TO_NUMBER = later(r"(?:\b(?:to|until)\s+|\.\.\.?,?\s*|=\s*\d\s*,\s*)[1-9]\d*(?!\s*[-+*/\w.,])", re.IGNORECASE)
_FROM_ONE = later(r"\b(?:from|at|with|by) (?:1|one)\b(?!\s*(?:term|summand))", re.IGNORECASE)
_SUMMED = later(r"\bsums? (?:is|are|runs?|goes?) (?:only )?over (.*)", re.IGNORECASE)
_FRACTION = later(r"/|\\[dt]?frac")
_CAPITALS = re.compile(r"[A-Z]")
_ARTICLES = later(r"\b(?:a|A|I)\b(?= )")
_MATHS = later(r"[\d=/^+\\∂]")
_ENDS_IN_NUMBER = later(r"=\s*-?\d+(?:\.\d+)?(?=\W*\Z|,)")
_NAMED = later(r"(?:\\[a-z]+|[^\W\d]\d?(?![^\W_]))(?=[\w,]{0,8}\s*\Z)", re.IGNORECASE)
_FIRST = later(r"[^\W\d]\d?(?![^\W_])")
_LIMITS = later(
    r"\b(?:fixed|first|last|one|single|only|odd|even|some|small|large|positive|negative|same|equal|different|stride"
    r"|constant|special|example|without|except|not|never|no|exchanged|swapped|maxima|maximum|minimum|mean|average)\b",
    re.IGNORECASE,
)
_KERNEL = later(r"\b(?:kernel|filter|weights?|window|taps?|mask)\b", re.IGNORECASE)
_IMAGE = later(r"\b(?:image|picture|pixels?|input|output|positions?|signal)\b", re.IGNORECASE)
_RUNS = later(
    r"\b(?:runs?|goes|go|ranges?|over|counts?|index(?:es)?|sums?|through|along|size|width|height|length)\b",
    re.IGNORECASE,
)
_SIZED = later(
    r"\([^()=]*\b(?:is|are|being) the \w+ size\W*(?:\)|\Z)", re.IGNORECASE, holds=("size",)
)  # (K1 x K2 is ...)
_KERNELS = frozenset("WKFHGwkfhg")  # the usual letters of kernels


def attached(expected: Expected, chosen: Chosen, view: View) -> str:
    """The clause directly behind a right formula if nothing here knows it; "" if there is none such."""
    at = chosen.claim.place[1]
    next_formula = (one.place[0] for one in view.reading().claims if one.place[0] > at and _is_formula(one.expr))
    end = min(next_formula, default=max((block.span.stop for block in view.answer.blocks), default=0))
    text = view.answer.document.text[view.base + at : view.base + min(end, at + _REACH)]
    if (changed := changed_below(view, chosen.claim.place)) or _opened(text) is None:
        return changed
    return unknown_clause(Trial(expected, chosen.left, chosen.body, dict(chosen.local), chosen.claim), text)


_CODE_NAME = re.compile(r"[`\s]*([A-Za-z_]\w*)\s*(?:\[[^\]\n]*\]\s*)?[-+]?=(?!=)")


def changed_below(view: View, place: Place) -> str:
    """The line of a program further down that gives the same array other values: `dZ *= U`, `dZ[Z < 0] = 0`."""
    text = view.answer.document.text
    start, stop = view.base + place[0], view.base + place[1]
    written = text[start:]
    named = _CODE_NAME.match(written)
    if named is None or "\\" in text[start:stop] or named[1] in _KERNELS:
        return ""
    end = max((block.span.stop for block in view.answer.blocks), default=0) + view.base
    name = named[1]  # letters, digits and underscores
    again = re.compile(
        rf"^[`\s]*(?P<line>{name}\s*(?:\[[^\]\n]*\]\s*)?(?:[-*/@%]|\*\*|//)=[^\n`]*"
        rf"|{name}\s*=(?!=)[^\n`]*(?<!\w){name}(?!\w)[^\n`]*|{name}\[[^\]\n]*[<>][^\]\n]*\]\s*=(?!=)[^\n`]*)",
        re.MULTILINE,
    )
    found = again.search(text[stop:end])
    return found["line"][:_SHOWN].strip() if found is not None else ""


def _opened(text: str) -> tuple[str, str, str] | None:
    """The word that a clause begins with, its letters if these come first, and the clause, to the end of the text."""
    plain = _plain(text)
    if (found := _OPENS.match(plain)) is not None:
        return found["joiner"].lower(), "", found["clause"]
    first = _NAMES_FIRST.match(plain)
    return None if first is None else ("with", first["letters"], first["clause"])


def _is_formula(expr: Expr | None) -> bool:
    return isinstance(expr, Relation) and isinstance(expr.operands[0], Index)


def unknown_clause(trial: Trial, text: str) -> str:
    """The clause at the start of a text if nothing here knows it."""
    opened = _opened(text)
    if opened is None:
        return ""
    joiner, first, clause = opened[0], opened[1], _ENDS.split(opened[2])[0].strip(" ,:\n")
    if first and not {one[0] for one in _LETTER.finditer(first)} <= _indices(trial):
        return ""
    known = (
        not clause
        or _SHAPE.match(clause) is not None
        or _EVERY.match(clause) is not None
        or _SHAPED.match(clause) is not None
        or _FITS.match(clause) is not None
        or ("same" in clause.lower() and _SAME.match(clause) is not None)
        or (_VALID.match(clause) is not None and _NUMBER.search(clause) is None)
        or _is_zero_outside(clause, f"{joiner} {clause}")
        or (_is_harmless(joiner, clause, trial) and not _runs_elsewhere(clause, trial))
    )
    return "" if known else f"{joiner} {clause}"[:_SHOWN].strip()


_SHOWN = 60


def _plain(text: str) -> str:
    text = _TYPESET.sub("", _TAGS.sub("", text[:_REACH].translate(NARROW)))
    for sign, plain in _SIGNS:
        text = sign.sub(plain, text)
    return text


def _is_zero_outside(clause: str, whole: str) -> bool:
    if is_padding(whole.lower()):
        return True
    other = _NUMBER.search(clause)
    zero = other is None or other[0] == "0"
    return zero and _ZERO.search(clause) is not None and _BEYOND.search(clause) is not None


def _is_harmless(joiner: str, clause: str, trial: Trial) -> bool:
    """Whether a clause is one of words alone, of ranges, which are read elsewhere, or says what a letter stands for."""
    naming = joiner in ("where", "with", "in which", "is", "are")
    if (said := _SUMMED.search(f"{joiner} {clause}")) is not None:
        return _sums_all(said[1], trial.body)
    if _FROM_ONE.search(clause) is not None or (_TO_NUMBER.search(clause) is not None and _is_symbolic(trial)):
        return False
    if joiner in ("is", "are") and _FRACTION.search(clause) is not None:
        return {*_CAPITALS.findall(clause)} <= {*_CAPITALS.findall(trial.frame.target)}
    if naming and (said := _DEFINES.match(clause)) is not None:
        return _is_definition(said["left"].strip(), said["right"].strip(), trial)
    if _RANGED.search(clause) is not None:
        return True
    if naming and _tells_sizes(clause, trial):
        return True
    if _LIMITS.search(clause) is not None:
        return False
    alone = not _LETTER.search(_ARTICLES.sub("", clause)) and not _MATHS.search(clause)
    return alone or (naming and "=" not in clause)


def _tells_sizes(clause: str, trial: Trial) -> bool:
    """Whether all that a clause speaks of are the letters where sums end: "B images, H x L the size of one channel"."""
    ends = {
        name for node in reductions(trial.body) for bound in node.bounds if bound.high for name in names_in(bound.high)
    }
    named = {one[0] for one in _LETTER.finditer(_ARTICLES.sub("", clause).replace("\\times", " "))}
    arrays = {name for name, axes in trial.frame.names.items() if axes}
    return bool(named & ends) and named <= ends | arrays and re.search(r"[\d=/^+]", clause) is None


def _indices(trial: Trial) -> frozenset[str]:
    return index_positions(trial.body) | bound_indices(trial.body) | {*trial.letters}


def _is_symbolic(trial: Trial) -> bool:
    """Whether the sizes of the sheet are letters: no number ends an index there."""
    return any(size is not None and size.letters for sizes in trial.frame.shapes.values() for size in sizes)


def _sums_all(said: str, body: Expr) -> bool:
    """Whether what "the sum is over" names is all that the formula sums over."""
    summed = {bound.index for node in reductions(body) if node.op == "sum" for bound in node.bounds}
    return summed <= {one[0] for one in _LETTER.finditer(said)}


def _is_definition(left: str, right: str, trial: Trial) -> bool:
    """Whether "left = right" names something: no number is given to an index, no name to one that has another."""
    known = index_positions(trial.body) | {*trial.letters}
    if _ALONE.match(right) is not None:
        given = {name for name, axes in trial.frame.names.items() if axes} | known
        named = _NAMED.match(left)  # another value of a number, or of a delta, is looked at elsewhere
        free = named is not None and named[0].strip("\\") not in given
        return free or _COUNTS.search(right) is not None
    if _RANGED.search(right) is not None:
        return True
    if _LIMITS.search(right) is not None or _ENDS_IN_NUMBER.search(right) is not None:
        return False
    known |= trial.frame.names.keys()
    first, alone = (_FIRST.match(side) for side in (left, right))
    return first is None or alone is None or first[0] == alone[0] or not {first[0], alone[0]} <= known


def _runs_elsewhere(clause: str, trial: Trial) -> bool:
    """Whether an index runs over the kernel that does not stand in its brackets, or over the image that does."""
    clause = _SIZED.sub("", clause)
    kernel, image = _KERNEL.search(clause) is not None, _IMAGE.search(clause) is not None
    if kernel == image or _RUNS.search(clause) is None:
        return False
    inside = _alone_in_kernels(trial.body)
    if trial.frame.target[-1:] in _KERNELS:
        inside |= {*trial.letters}
    named = {one[0] for one in _LETTER.finditer(clause)}
    bounds = [bound for node in reductions(trial.body) for bound in node.bounds]
    limited = {bound.index for bound in bounds if bound.high is not None and names_in(bound.high) & named}
    told = (named & (index_positions(trial.body) | {*trial.letters})) | limited
    return bool(told - inside) if kernel else bool(told & inside)


def _alone_in_kernels(body: Expr) -> frozenset[str]:
    accesses = [node for node in walk(body) if isinstance(node, Index)]
    return frozenset(
        place.name
        for node in accesses
        if isinstance(node.base, Name) and node.base.name in _KERNELS
        for place in node.indices
        if isinstance(place, Name)
    )
