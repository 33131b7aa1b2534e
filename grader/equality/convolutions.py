"""A convolution with a shifted impulse, `x(t) * \\delta(t - t_0)`, as the shifted signal that it is."""

from __future__ import annotations

import re

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


_BOTH = later(r"(?<![A-Za-z\\_])[a-z]\s*(?P<time>\([a-z]\)|\[[a-z]\])" + _STAR + r"(?<![A-Za-z\\_])[a-z]\s*(?P=time)")


def convolves_alone(gold: str, answer: str) -> bool:
    """Whether one side alone has a star between two signals, `x(t) * h(t)`, beside an integral or a sum."""
    for one, other in ((gold, answer), (answer, gold)):
        if _BOTH.search(one) and not _BOTH.search(other) and _ADDED.search(other):
            return True
    return False


_ADDED = later(r"\\(?:int|sum)(?![a-z])|[∫Σ∑]|(?<![A-Za-z])sum")
