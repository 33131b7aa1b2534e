"""Lines of a formula that are statements of their own: `x = 1 \\\\ y = 2` says two things."""

from __future__ import annotations

from grader.notation.tokens import Token

_OPENS = ("open", "group", "matrix")
_CLOSES = ("close", "endgroup", "endmatrix")
_GOES_ON = ("rel", "op", "arrow", "sep", "close")


def separated(tokens: list[Token]) -> list[Token]:
    """Tokens with "and" for the ends of lines between statements; what goes on in the next line is one statement."""
    lines = _lines(tokens)
    if len(lines) < 2 or not all(_states(line) for line in lines):
        return tokens
    found = list(lines[0])
    for line in lines[1:]:
        before = found[-1]
        if line[0].kind not in _GOES_ON and before.kind not in ("rel", "op", "arrow", "open") and before.text != ",":
            if before.kind == "sep":
                found.pop()
            found.append(Token("op", "and", line[0].start, line[0].start, True, True))
        found += line
    return found


def _lines(tokens: list[Token]) -> list[list[Token]]:
    """The lines that hold something, cut where no bracket is open."""
    lines: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.kind in _OPENS) - (token.kind in _CLOSES)
        if token.kind == "line" and depth <= 0:
            lines.append([])
        elif token.kind not in ("line", "edge"):
            lines[-1].append(token)
    return [line for line in lines if line]


def _states(line: list[Token]) -> bool:
    return any(token.kind == "rel" for token in line)
