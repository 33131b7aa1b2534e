"""Moduli as they are typed, `x = 3 (mod 7)` and `x ≡ 5 or 2 mod 7`, as the `\\pmod` that TeX has for them.

A remainder, `7 mod 3`, stays one: a modulus is what stands in brackets of its own, or behind a sign of congruence. It
holds for all that is listed before it.
"""

from __future__ import annotations

from grader.notation.tokens import Token

_SIGNS = ("≡", "\\equiv")
_BETWEEN = frozenset(["and", "or"])


def with_moduli(tokens: list[Token], text: str) -> list[Token]:
    """The tokens of a text with each modulus as a token of the kind `pmod`, and a group behind it."""
    if not any(token.kind == "pmod" or _is_modulo(tokens, at) for at, token in enumerate(tokens)):
        return tokens
    parts = _parts(_bracketed(tokens))
    moduli: list[list[Token]] = []
    congruent = False
    for number, part in enumerate(parts):
        relations = [token for token in part if token.kind == "rel"]
        congruent = any(text.startswith(_SIGNS, token.start) for token in relations) or (congruent and not relations)
        parts[number] = part = _behind_sign(part) if congruent else part
        moduli.append(_modulus(part))
    wanted: list[Token] = []  # the modulus that stands behind all that is listed
    listed = True  # whether nothing but values stands between
    for number in range(len(parts) - 1, -1, -1):
        part = parts[number]
        relations = [token for token in part if token.kind == "rel"]
        if moduli[number]:
            wanted, listed = moduli[number], not relations
        elif any(text.startswith(_SIGNS, token.start) for token in relations) or (listed and _takes_value(relations)):
            parts[number] = _with(part, wanted)
            listed = listed and not relations
        else:
            wanted = []
    return [token for part in parts for token in part]


def _is_modulo(tokens: list[Token], at: int) -> bool:
    """Whether a sign of a modulus stands there, and no function of two arguments, `Mod(x, 7)`."""
    token, after = tokens[at], tokens[at + 1 : at + 2]
    if token.text != "mod" or not after:
        return False
    return token.kind == "op" or (token.kind == "func" and after[0].kind != "open")


def _takes_value(relations: list[Token]) -> bool:
    return all(token.text == "=" for token in relations)


def _with(part: list[Token], modulus: list[Token]) -> list[Token]:
    """A part with a modulus, before the separator at its end."""
    if not part or not _separates(part[-1]):
        return [*part, *modulus]
    return [*part[:-1], *modulus, part[-1]] if len(part) > 1 else part


def _bracketed(tokens: list[Token]) -> list[Token]:
    """`(mod 7)` as `\\pmod{7}`."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        opens = token.kind == "open" and at + 1 < len(tokens) and _is_modulo(tokens, at + 1)
        close = _closing(tokens, at) if opens else 0
        if close > at + 2:
            found += _grouped(token, tokens[at + 2 : close], tokens[close])
            at = close + 1
        else:
            found.append(token)
            at += 1
    return found


def _closing(tokens: list[Token], at: int) -> int:
    """Where a bracket ends that holds a modulus alone; 0 where it never does, or holds more."""
    depth = 0
    for place in range(at, len(tokens)):
        token = tokens[place]
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if not depth:
            return place
        if depth == 1 and (token.kind in ("sep", "rel") or token.text in _BETWEEN):
            return 0
    return 0


def _grouped(first: Token, inside: list[Token], last: Token) -> list[Token]:
    """A modulus in braces, in the place of what stood around it."""
    begin, end = inside[0].start, inside[-1].stop
    return [
        Token("pmod", "pmod", first.start, begin, first.maths, first.spaced),
        Token("group", "{", begin, begin, first.maths, False),
        *inside,
        Token("endgroup", "}", end, max(end, last.stop), first.maths, False),
    ]


def _parts(tokens: list[Token]) -> list[list[Token]]:
    """What stands between commas, "and" and "or" outside brackets; each separator ends its part."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += {"open": 1, "group": 1, "close": -1, "endgroup": -1}.get(token.kind, 0)
        parts[-1].append(token)
        if not depth and _separates(token):
            parts.append([])
    return parts


def _separates(token: Token) -> bool:
    return token.kind in ("sep", "arrow", "word") or (token.kind == "op" and token.text in _BETWEEN)


def _behind_sign(part: list[Token]) -> list[Token]:
    """`x ≡ 3 mod 7` as `x ≡ 3 \\pmod{7}`, where no other relation follows."""
    stop = len(part) - (bool(part) and _separates(part[-1]))
    depth = 0
    for at in range(stop - 1, -1, -1):
        token = part[at]
        depth += {"close": 1, "endgroup": 1, "open": -1, "group": -1}.get(token.kind, 0)
        if depth < 0 or token.kind in ("rel", "pmod"):
            break
        if not depth and at + 1 < stop and _is_modulo(part, at):
            return [*part[:at], *_grouped(token, part[at + 1 : stop], part[stop - 1]), *part[stop:]]
    return part


def _modulus(part: list[Token]) -> list[Token]:
    """The tokens of the modulus with which a part ends, without the separator behind it."""
    at = next((at for at, token in enumerate(part) if token.kind == "pmod"), len(part))
    stop = len(part) - (bool(part) and _separates(part[-1]))
    return part[at:stop]
