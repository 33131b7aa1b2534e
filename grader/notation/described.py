"""Words that say what an index counts and leave it whole: "over all i in the batch and all output positions j1, j2"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser

_WHOLE = frozenset("all every each the".split())  # but not some, other, even
_KINDS = frozenset("output input kernel batch spatial image channel".split())
_NOUNS = frozenset(
    "index indices position positions place places pixel pixels location locations recording recordings sample samples"
    " image images example examples batch channel channels filter filters offset offsets row rows column columns"
    " element elements entry entries".split()
)


def skip_described(parser: Parser) -> bool:
    """Steps over "all output positions", "every sample" before an index; whether there was any of it."""
    count, nouns = 0, 0
    while (token := parser.peek(count)) is not None and _is_word(token) and token.text in _WHOLE | _KINDS | _NOUNS:
        nouns += token.text in _NOUNS
        count += 1
    if not count or token is None or not (token.kind == "name" or (token.kind == "open" and token.text == "(")):
        return False
    if not nouns and any(parser.tokens[parser.at + k].text in _KINDS for k in range(count)):
        return False
    parser.at += count
    return True


def skip_where(parser: Parser) -> None:
    """Steps over "in the batch", "of the output" behind an index, where the list goes on, or ends with "of"."""
    first, article = parser.peek(), parser.peek(1)
    if first is None or first.text not in ("in", "of") or article is None or article.text != "the":
        return
    count = 2
    while (token := parser.peek(count)) is not None and _is_word(token) and token.text in _KINDS | _NOUNS:
        count += 1
    if count > 2 and token is not None and (token.text in (",", "and", "of")):
        parser.at += count


def _is_word(token: Token) -> bool:
    return token.kind in ("word", "name", "func")
