"""Which unit a single word or symbol is."""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache

from grader.model.records import NamedTuple
from grader.reference._unit_table import BINARY_PREFIXES, CAPITAL_KILO, DECIMAL_PREFIXES, PLURALS, REFUSED, ROWS, Row
from grader.reference._unit_values import Unit

_LONGEST = 40  # no name of a unit is longer

# Signs that look alike or say the same; the right side is what the table is written in.
SAME_SIGNS = {
    **{"\u00b5": "μ", "\u2126": "Ω", "\u212b": "Å", "A\u030a": "Å", "\u212a": "K", "º": "°", "˚": "°"},
    **{"℃": "°C", "℉": "°F", "￥": "¥", "\u2113": "l"},
}


class _Index(NamedTuple):
    """The table by spelling: symbols with their case, names in lower case; prefixes as (spelling, symbol, factor)."""

    symbols: dict[str, Row]
    names: dict[str, Row]
    short: tuple[tuple[str, str, Fraction], ...]
    long: tuple[tuple[str, str, Fraction], ...]


@cache
def _index() -> _Index:
    symbols = {symbol: row for row in ROWS for symbol in row.symbols.split()}
    names: dict[str, Row] = {}
    for row in ROWS:
        for name in row.names.replace("_", "\0").split():
            name = name.replace("\0", " ")
            names[name] = names[PLURALS.get(name, name + "s")] = row
    prefixes = [(symbol, name, Fraction(10) ** power) for symbol, name, power in DECIMAL_PREFIXES]
    prefixes += [(symbol, name, Fraction(1024) ** power) for symbol, name, power in BINARY_PREFIXES]
    micro = Fraction(1, 10**6)
    short = (*((symbol, symbol, factor) for symbol, _, factor in prefixes), ("u", "μ", micro), ("mu", "μ", micro))
    long = (*((name, symbol, factor) for symbol, name, factor in prefixes), ("deka", "da", Fraction(10)))
    return _Index(symbols, names, short, long)


def same_signs(text: str) -> str:
    """Text with each sign as the table has it: one micro, one ohm, one degree."""
    for typed, sign in SAME_SIGNS.items():
        text = text.replace(typed, sign)
    return text


def _unit(row: Row, factor: Fraction = Fraction(1)) -> Unit:
    if isinstance(row.factor, float):
        return Unit(float(factor) * row.factor, row.dimension, row.offset, row.logarithmic)
    return Unit(factor * Fraction(row.factor), row.dimension, row.offset, row.logarithmic)


def _prefixed(text: str, table: dict[str, Row], prefixes: tuple[tuple[str, str, Fraction], ...]) -> Unit | None:
    for spelling, symbol, factor in prefixes:
        row = table.get(text[len(spelling) :]) if text.startswith(spelling) else None
        if row is not None and symbol in row.prefixes.split():
            return _unit(row, factor)
    return None


@lru_cache(maxsize=4096)
def _find(text: str) -> Unit | None:
    index = _index()
    row = index.symbols.get(text)
    if row is not None and row.bare:
        return _unit(row)
    if text in REFUSED:
        return None
    if text[:1] == "K" and text[1:] in CAPITAL_KILO:
        return _unit(index.symbols[text[1:]], Fraction(1000))
    if (found := _prefixed(text, index.symbols, index.short)) is not None:
        return found
    name = " ".join(text.lower().replace("-", " ").split())
    row = index.names.get(name)
    return _unit(row) if row is not None else _prefixed(name, index.names, index.long)


def find_unit(text: str) -> Unit | None:
    """The unit that one symbol or name stands for, with at most one prefix; None if there is none.

    Symbols keep their case (mW, MW) and names do not (Metre, METRES). A symbol of its own comes before a prefix and a
    symbol, which decides as the SI does: `cd` candela, `Pa` pascal, `min` minute, `ft` foot, `mol` mole, `T` tesla,
    `h` hour, `pc` parsec, `kn` knot. The rest of what could be read in two ways:

    - `C` and `F` are coulomb and farad, never degrees; `pH` is a picohenry, `kt` a kilotonne, `B` a byte, `nm` a
      nanometre and `Nm` a newton metre; `sec` is a second and `deg` a degree, though they are functions too.
    - "second" is the time and `in` the inch, whatever they are in prose: ask only where a unit may stand.
    - "pound" is a mass, and "cent" a hundredth of a dollar; "calorie" is 4.184 J, with or without a capital.
    - What could be several things is nothing: "ton" (short, long, metric), "KB" (1000, 1024), "month", `M`
      (mega, molar), `G`, `b`, and `as`, `am`, `us`, `dV`, `ds`, which are words
      and differentials first.
    """
    text = text.strip()
    return _find(same_signs(text)) if 0 < len(text) <= _LONGEST else None
