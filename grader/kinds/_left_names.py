"""Names before a sign of equality that only say what follows: `r(t) = ...` of a line, `\\ker C = ...` of a space."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.model.documents import Block
from grader.model.patterns import later

_GAP = r"(?:\s|\\[,;:! ])*"
_LETTER = (
    r"(?:\\(?:vec|mathbf|boldsymbol|bm|overrightarrow|overline)\s*(?:\{\s*[A-Za-z]\s*\}|[A-Za-z])|\\[a-z]+|[A-Za-z])"
)
_CURVE = later(  # r(t) = , \mathbf r(t) = , (x(t), y(t)) = ; but neither r'(t) nor 2r(t) nor r(2t)
    rf"(?<![\w'}}])(?P<name>{_LETTER}){_GAP}(?P<of>(?:\\left\s*)?\({_GAP}(?P<letter>[a-z]){_GAP}(?:\\right\s*)?\))"
    rf"(?={_GAP}(?:&{_GAP})?(?:=|[,)]|\\right))"
)
_POINTS = later(  # = P + t(Q - P) = : how a line is found, in letters of points alone
    rf"=(?P<way>{_GAP}(?:\\vec\s*)?\{{?[A-Z](?:_\d)?\}}?{_GAP}\+{_GAP}[a-z]{_GAP}(?:\\cdot{_GAP})?"
    rf"(?:\({_GAP}[A-Z]{_GAP}-{_GAP}[A-Z]{_GAP}\)|\\(?:vec|overrightarrow|overline)\s*\{{\s*[A-Z]{{2}}\s*\}}){_GAP}=)"
)
_TYPED = r"(?:operatorname\*?|mathrm|mathcal|mathbf|text)"
_SPACES = {  # words, letters before an index or a matrix in brackets, commands
    "null space": (r"[Nn]ull?|[Kk]er(?:nel)?", "N", r"\\ker"),
    "column space": (r"[Cc]ol|[Ii]m|[Rr]ange", "CR", r"\\Im"),
    "row space": (r"[Rr]ow", "R", r"\\row"),
    "eigenspace": (r"[Ee]ig", "E", r"\\eig"),
}
_INDEX = rf"(?:_(?:\w|\{{[^{{}}=]{{1,9}}\}}|\\[a-z]+){_GAP})?"
_MATRIX = r"(?:(?:\\left\s*)?\([^()=]{1,30}(?:\([^()=]{1,12}\)[^()=]{0,12})?(?:\\right\s*)?\)|[A-Z](?![A-Za-z]))"


def _space(words: str, letters: str, command: str) -> re.Pattern[str]:
    typed = rf"\\{_TYPED}\s*\{{\s*(?:{words}|[{letters}])\s*\}}"
    return later(
        rf"(?:{typed}|{command}(?![A-Za-z])|(?<![A-Za-z\\])(?:{words})(?![A-Za-z])"
        rf"|(?<![A-Za-z\\])[{letters}](?={_GAP}(?:_|\(|\\left)))"
        rf"{_GAP}{_INDEX}(?:{_MATRIX})?{_GAP}="
    )


_NAMES = {name: _space(*spelled) for name, spelled in _SPACES.items()}
_SPAN = later(r"\\(?:operatorname\*?|mathrm|text)\s*\{\s*[Ss]pan\s*\}|\\[Ss]pan(?![A-Za-z])")


def without_arguments(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with `r = ...` for `r(t) = ...`; what is blanked out keeps its place."""
    return _changed(blocks, _curve) if any("(" in block.text for block in blocks) else blocks


def without_space(blocks: tuple[Block, ...], name: str) -> tuple[Block, ...]:
    """The blocks without `\\ker C =` where the null space is asked for: another space keeps its name."""
    pattern = _NAMES.get(name)
    if pattern is None or not any("=" in block.text for block in blocks):
        return blocks

    def unnamed(text: str) -> str:
        told = pattern.sub(_blank, text)
        return text if told == text else _SPAN.sub(_blank, told)

    return _changed(blocks, unnamed)


def other_space(blocks: tuple[Block, ...], at: int, name: str) -> str:
    """The name of another space directly before a place, `\\operatorname{Col} A =` for a null space; "" for none."""
    run = next((run for block in blocks for run in block.runs if run.span.start <= at < run.span.stop), None)
    before = run.text[: at - run.span.start][-_NEAR:] if run is not None and name in _SPACES else ""
    found = _CALLED.search(before)
    typed = found["name"] if found is not None else ""
    calls = {space for space, (words, letters, _) in _SPACES.items() if re.fullmatch(rf"{words}|[{letters}]", typed)}
    return typed if calls and name not in calls else ""


_NEAR = 40  # characters
_CALLED = later(rf"(?:\\{_TYPED}\s*\{{\s*|\\)(?P<name>[A-Z]|[A-Za-z]{{2,9}})\s*\}}?{_GAP}\(?{_GAP}\Z")


def _curve(text: str) -> str:
    text = _CURVE.sub(_named_alone, text)
    return _POINTS.sub(lambda found: "=" + " " * len(found["way"]), text)


def _named_alone(found: re.Match[str]) -> str:
    if _ACCENT.search(found.string, max(0, found.start() - _NEAR), found.start()):  # \\dot r(t), the velocity
        return found[0]
    return found[0][: -len(found["of"])] + " " * len(found["of"])


_ACCENT = later(r"\\(?:d*dot|hat|bar|tilde)\s*\Z")


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _changed(blocks: tuple[Block, ...], change: Callable[[str], str]) -> tuple[Block, ...]:
    return tuple(
        block._replace(runs=tuple(run._replace(text=change(run.text)) for run in block.runs)) for block in blocks
    )
