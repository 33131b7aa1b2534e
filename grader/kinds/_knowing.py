"""What names an answer is read with: those of the reference, and letters that the answer gives to its arrays."""

from __future__ import annotations

from grader.kinds._expected import Expected
from grader.kinds.kind import View
from grader.model.patterns import later

_GIVES = later(
    r"(?<![\w\\\]])([a-z]) ?:?= ?\$?(?:[A-Z]\w{0,2} ?[\[(_]|d[JL]/d|∂[JL]/∂|\\(?:d?frac|tfrac) ?\{?\\partial)",
    holds=("=",),
)
_IN_BRACKETS = later(r"\[[^\]\n]*\]", holds=("[",))


def knowing(expected: Expected, view: View) -> View:
    """The answer read with the names of the reference and its own letters: `dJ/dU[i] u (1-u) with u = U[i]`.

    In prose, a letter that nobody declared is a word. One that stands in the brackets of an array is an index.
    """
    text = view.answer.text
    own = {found[1] for found in _GIVES.finditer(text)} - expected.names.keys()
    if own:
        own -= set("".join(found[0] for found in _IN_BRACKETS.finditer(text)))
    return view.named({**expected.names, **dict.fromkeys(sorted(own), 0)} if own else expected.names)
