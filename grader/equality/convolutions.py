"""A convolution with a shifted impulse, `x(t) * \\delta(t - t_0)`, as the shifted signal that it is."""

from __future__ import annotations

import re

from grader.equality.verdicts import EQUAL, UNDECIDED
from grader.model.patterns import later

_CALLED = r"(?P<{0}>{1})\s*(?:\((?P<{0}_round>[^()]+)\)|\[(?P<{0}_square>[^\[\]]+)\])"
_SIGNAL, _IMPULSE = r"(?<![A-Za-z\\_])[a-z]", r"\\delta(?![A-Za-z])"
# In LaTeX a star is no sign of a product.
_STAR = r"\s*(?:\*|∗|\\ast(?![a-z])|\\star(?![a-z]))\s*"
_CONVOLVED = later(
    _CALLED.format("signal", _SIGNAL)
    + _STAR
    + _CALLED.format("impulse", _IMPULSE)
    + "|"
    + _CALLED.format("before", _IMPULSE)
    + _STAR
    + _CALLED.format("behind", _SIGNAL)
)
_CLOCKS = frozenset("tnkmx")


def shifted(text: str) -> str:
    """The text with each such convolution as a shifted signal, as long as it was; nothing but LaTeX has any."""
    if "\\delta" not in text or not any(star in text for star in ("*", "∗", "\\ast", "\\star")):
        return text
    return _CONVOLVED.sub(_shift, text)


def _shift(found: re.Match[str]) -> str:
    signal, impulse = ("signal", "impulse") if found["signal"] else ("behind", "before")
    kind = next((kind for kind in ("round", "square") if found[f"{signal}_{kind}"] and found[f"{impulse}_{kind}"]), "")
    time = found[f"{signal}_{kind}"].strip() if kind else ""
    if time not in _CLOCKS or re.match(rf"\s*{time}(?![A-Za-z])", found[f"{impulse}_{kind}"]) is None:
        return found[0]
    opener, closer = "()" if kind == "round" else "[]"
    return f"{found[signal]}{opener}{found[f'{impulse}_{kind}']}{closer}".ljust(len(found[0]))


_BOTH = later(
    rf"(?P<one>{_SIGNAL})\s*(?P<time>\((?P<clock>[a-z])\)|\[(?P<count>[a-z])\]){_STAR}(?P<other>{_SIGNAL})\s*(?P=time)"
)


def compare_convolutions(gold: str, answer: str) -> str:
    """Equal where one side is `x(t) * h(t)` and the other its integral or sum, undecided where another; "" for none."""
    for one, other in ((gold, answer), (answer, gold)):
        found = _BOTH.search(one) if _ADDED.search(other) and not _BOTH.search(other) else None
        if found is None:
            continue
        written = _WRITTEN.fullmatch(re.sub(r"[\s{}]|\\[,;!]", "", other).replace("\\tau", "τ").replace("\\infty", "∞"))
        if written is None or found[0].strip(" $") != one.strip(" $.") or written["time"] != found["clock"]:
            return UNDECIDED
        same = sorted((found["one"], found["other"])) == sorted((written["first"], written["second"]))
        return EQUAL if same else UNDECIDED
    return ""


_WRITTEN = later(
    r"\$?(?:\\int|∫)_-∞\^∞(?P<first>[a-z])\((?P<at>[a-zτ])\)(?P<second>[a-z])\((?P<time>[a-z])-(?P=at)\)d(?P=at)[.$]*"
)
_ADDED = later(r"\\(?:int|sum)(?![a-z])|[∫Σ∑]|(?<![A-Za-z])sum")
