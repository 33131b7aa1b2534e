"""The table of units: symbols, names, and what each is worth in coherent SI units.

Sources, by the name used in the table:

- SI: BIPM, "The International System of Units", 9th edition, 2019; table 2 (base units), table 4 (derived units with
  names), table 7 (prefixes), table 8 (units accepted besides). https://doi.org/10.59161/AUEZ1291
- NIST: A. Thompson, B. N. Taylor, "Guide for the Use of the International System of Units", NIST Special Publication
  811, 2008, appendix B.8. Where it rounds, the exact definition it rounds from stands here.
- IEC: IEC 80000-13:2008, quantities of information and binary prefixes.
- IAU: International Astronomical Union, resolutions B2 of 2012 (au) and B2 of 2015 (parsec).

A factor is a `Fraction`, or the text of one, when the definition is exact, and a float when it contains pi, a
logarithm or a measured number.
"""

from __future__ import annotations

import math
from fractions import Fraction

from grader.model.records import NamedTuple

# Besides the seven of the SI: the bit, the decibel, and every currency for itself, since no rate is fixed.
DIMENSIONS = ("m", "kg", "s", "A", "K", "mol", "cd", "bit", "dB", "EUR", "USD", "GBP", "CHF", "JPY")

Exponents = tuple[int | Fraction, ...]


class Row(NamedTuple):
    """One unit under all its spellings.

    `symbols` are matched with their case, `names` without; a name has a plural in "s" unless it is listed in `PLURALS`,
    and an underscore in it stands for a space. `prefixes` are the prefixes that may precede. A row that is not `bare`
    is a unit only behind a prefix. `offset` and `logarithmic` are those of `Unit`.
    """

    symbols: str
    names: str
    dimension: Exponents
    factor: Fraction | float | str = "1"
    prefixes: str = ""
    offset: Fraction = Fraction(0)
    logarithmic: str = ""
    bare: bool = True


def _of(**exponents: int) -> Exponents:
    return tuple(exponents.get(name, 0) for name in DIMENSIONS)


# SI, table 7: symbol, name, power of ten. The signs for micro are made one before anything is looked up, and `u`
# and `mu` are what is typed for it.
DECIMAL_PREFIXES = (
    *(("y", "yocto", -24), ("z", "zepto", -21), ("a", "atto", -18), ("f", "femto", -15), ("p", "pico", -12)),
    *(("n", "nano", -9), ("μ", "micro", -6), ("m", "milli", -3), ("c", "centi", -2), ("d", "deci", -1)),
    *(("da", "deca", 1), ("h", "hecto", 2), ("k", "kilo", 3), ("M", "mega", 6), ("G", "giga", 9)),
    *(("T", "tera", 12), ("P", "peta", 15), ("E", "exa", 18), ("Z", "zetta", 21), ("Y", "yotta", 24)),
)
# IEC: symbol, name, power of 1024.
BINARY_PREFIXES = (("Ki", "kibi", 1), ("Mi", "mebi", 2), ("Gi", "gibi", 3), ("Ti", "tebi", 4), ("Pi", "pebi", 5))

SI = " ".join(symbol for symbol, _, _ in DECIMAL_PREFIXES)
_LARGE = "k M G T P E"
_BYTES = f"{_LARGE} Ki Mi Gi Ti Pi"

NUMBER = _of()
_LENGTH, _MASS, _TIME, _AREA, _VOLUME = _of(m=1), _of(kg=1), _of(s=1), _of(m=2), _of(m=3)
_CURRENT, _CHARGE, _KELVIN, _SPEED, _RATE = _of(A=1), _of(A=1, s=1), _of(K=1), _of(m=1, s=-1), _of(s=-1)
_FORCE, _PRESSURE = _of(kg=1, m=1, s=-2), _of(kg=1, m=-1, s=-2)
_ENERGY, _POWER, _VOLTAGE = _of(kg=1, m=2, s=-2), _of(kg=1, m=2, s=-3), _of(kg=1, m=2, s=-3, A=-1)
_DOSE, _BIT, _DECIBEL = _of(m=2, s=-2), _of(bit=1), _of(dB=1)

_INCH, _POUND, _GRAVITY = Fraction("0.0254"), Fraction("0.45359237"), Fraction("9.80665")  # NIST, all exact
_FOOT, _POUND_FORCE, _GALLON = 12 * _INCH, _POUND * _GRAVITY, 231 * _INCH**3
_FAHRENHEIT = "fahrenheit degree_fahrenheit deg_fahrenheit degree_f deg_f"
_ELECTRON = "1.602176634e-19"  # SI, the defining constant e in coulombs
_DALTON = 1.66053906660e-27  # measured: CODATA 2018, as in SI, table 8
_ASTRONOMICAL = Fraction(149_597_870_700)  # IAU 2012, exact
_DAY = Fraction(86400)
_YEAR = Fraction(36525, 100) * _DAY  # IAU: the Julian year, on which the light-year rests; NIST lists 365 days too

ROWS = (
    # SI, table 2. The gram carries the prefixes of the kilogram.
    Row("m", "metre meter", _LENGTH, "1", SI),
    Row("g", "gram gramme", _MASS, "1e-3", SI),
    Row("s", "second", _TIME, "1", SI),
    Row("sec secs", "", _TIME, "1"),
    Row("A", "ampere amp", _CURRENT, "1", SI),
    Row("K", "kelvin", _KELVIN, "1", SI),
    Row("mol", "mole", _of(mol=1), "1", SI),
    Row("cd", "candela", _of(cd=1), "1", SI),
    # SI, table 4.
    Row("rad", "radian", NUMBER, "1", SI),
    Row("sr", "steradian", NUMBER, "1", SI),
    Row("Hz", "hertz", _RATE, "1", SI),
    Row("N", "newton", _FORCE, "1", SI),
    Row("Pa", "pascal", _PRESSURE, "1", SI),
    Row("J", "joule", _ENERGY, "1", SI),
    Row("W", "watt", _POWER, "1", SI),
    Row("C", "coulomb", _CHARGE, "1", SI),
    Row("V", "volt", _VOLTAGE, "1", SI),
    Row("F", "farad", _of(kg=-1, m=-2, s=4, A=2), "1", SI),
    Row("Ω ohm", "ohm", _of(kg=1, m=2, s=-3, A=-2), "1", SI),
    Row("S", "siemens", _of(kg=-1, m=-2, s=3, A=2), "1", SI),
    Row("Wb", "weber", _of(kg=1, m=2, s=-2, A=-1), "1", SI),
    Row("T", "tesla", _of(kg=1, s=-2, A=-1), "1", SI),
    Row("H", "henry", _of(kg=1, m=2, s=-2, A=-2), "1", SI),
    Row("°C degC", "celsius degree_celsius deg_celsius degree_c deg_c", _KELVIN, "1", offset=Fraction("273.15")),
    Row("lm", "lumen", _of(cd=1), "1", SI),
    Row("lx", "lux", _of(cd=1, m=-2), "1", SI),
    Row("Bq", "becquerel", _RATE, "1", SI),
    Row("Gy", "gray", _DOSE, "1", SI),
    Row("Sv", "sievert", _DOSE, "1", SI),
    Row("kat", "katal", _of(mol=1, s=-1), "1", SI),
    # SI, table 8, and the week and the Julian year.
    Row("min mins", "minute", _TIME, "60"),
    Row("h hr hrs", "hour", _TIME, "3600"),
    Row("d", "day", _TIME, _DAY),
    Row("", "week", _TIME, 7 * _DAY),
    Row("yr yrs", "year", _TIME, _YEAR),
    Row("au AU", "astronomical_unit", _LENGTH, _ASTRONOMICAL),
    Row("° deg", "degree", NUMBER, math.pi / 180),
    Row("′ arcmin", "arcminute", NUMBER, math.pi / 10800),
    Row("″ arcsec", "arcsecond", NUMBER, math.pi / 648000),
    Row("ha", "hectare", _AREA, "1e4"),
    Row("l L", "litre liter", _VOLUME, "1e-3", "f p n μ m c d h k M"),
    Row("cc", "", _VOLUME, "1e-6"),
    Row("t", "tonne metric_ton", _MASS, "1e3", "k M G"),
    Row("Da", "dalton", _MASS, _DALTON, "k M"),
    Row("u amu", "", _MASS, _DALTON),
    Row("eV", "electronvolt electron_volt", _ENERGY, _ELECTRON, SI),
    # Powers and levels. IEC and SI, table 8: a neper is 20 lg(e) decibels, whatever the level is of.
    Row("dB", "decibel", _DECIBEL, "1"),
    Row("", "bel", _DECIBEL, "10"),
    Row("Np", "neper", _DECIBEL, 20 / math.log(10), "m"),
    Row("dBm", "", _POWER, "1e-3", logarithmic="10"),
    Row("dBW", "", _POWER, "1", logarithmic="10"),
    Row("dBV", "", _VOLTAGE, "1", logarithmic="20"),
    # Products with a symbol of their own.
    Row("Wh", "watthour", _ENERGY, "3600", "m k M G T"),
    Row("Ah", "", _CHARGE, "3600", "μ m k"),
    Row("VA", "", _POWER, "1", "m k M"),
    Row("Nm", "", _ENERGY, "1", "m k M"),
    Row("M", "", _of(mol=1, m=-3), "1e3", "f p n μ m", bare=False),
    Row("", "molar", _of(mol=1, m=-3), "1e3"),
    # Lengths, areas, volumes. NIST, the international foot; gallon, quart, pint and fluid ounce of the United States.
    Row("in", "inch", _LENGTH, _INCH),
    Row("ft", "foot", _LENGTH, _FOOT),
    Row("yd", "yard", _LENGTH, 3 * _FOOT),
    Row("mi", "mile", _LENGTH, 5280 * _FOOT),
    Row("", "nautical_mile", _LENGTH, "1852"),
    Row("Å", "angstrom ångström ångstrom", _LENGTH, "1e-10"),
    Row("", "micron", _LENGTH, "1e-6"),
    Row("ly", "light_year lightyear", _LENGTH, 299_792_458 * _YEAR, "k M G"),
    Row("pc", "parsec", _LENGTH, 648_000 / math.pi * float(_ASTRONOMICAL), "k M G"),
    Row("", "acre", _AREA, 43560 * _FOOT**2),
    Row("gal", "gallon us_gallon", _VOLUME, _GALLON),
    Row("qt", "quart", _VOLUME, _GALLON / 4),
    Row("", "pint", _VOLUME, _GALLON / 8),
    Row("", "fluid_ounce fl_oz", _VOLUME, _GALLON / 128),
    # Speeds and rates. NIST: a revolution per minute is 2 pi/60 radians per second.
    Row("mph", "", _SPEED, 5280 * _FOOT / 3600),
    Row("kph kmh kmph", "", _SPEED, Fraction(10, 36)),
    Row("kn", "knot", _SPEED, Fraction(1852, 3600)),
    Row("rpm", "", _RATE, math.pi / 30),
    Row("rev", "revolution", NUMBER, 2 * math.pi),
    # Mass to temperature. NIST: avoirdupois pound, thermochemical calorie, mechanical horsepower.
    Row("lb lbs", "pound", _MASS, _POUND),
    Row("oz", "ounce", _MASS, _POUND / 16),
    Row("", "slug", _MASS, _POUND_FORCE / _FOOT),
    Row("lbf", "pound_force", _FORCE, _POUND_FORCE),
    Row("dyn", "dyne", _FORCE, "1e-5"),
    Row("bar", "bar", _PRESSURE, "1e5", "μ m k M"),
    Row("atm", "atmosphere", _PRESSURE, "101325"),
    Row("psi", "", _PRESSURE, _POUND_FORCE / _INCH**2),
    Row("mmHg", "mm_hg", _PRESSURE, Fraction("13.5951") * _GRAVITY),
    Row("Torr torr", "torr", _PRESSURE, Fraction(101325, 760), "m"),
    Row("cal", "calorie", _ENERGY, "4.184", "k M"),
    Row("erg", "erg", _ENERGY, "1e-7"),
    Row("BTU Btu", "", _ENERGY, "1055.05585262"),  # NIST: the International Table one
    Row("hp", "horsepower", _POWER, 550 * _FOOT * _POUND_FORCE),
    Row("°F degF", _FAHRENHEIT, _KELVIN, Fraction(5, 9), offset=Fraction(45967, 180)),
    # Fields, rays.
    Row("", "gauss", _of(kg=1, s=-2, A=-1), "1e-4"),
    Row("", "poise", _of(kg=1, m=-1, s=-1), "0.1"),
    Row("Ci", "curie", _RATE, "3.7e10", "p n μ m k M"),
    # Information. IEC; `b` is a bit only behind a prefix, and a nat is 1/ln 2 bits.
    Row("bit bits", "bit", _BIT, "1", _BYTES),
    Row("b", "", _BIT, "1", "k M G T", bare=False),
    Row("B", "byte", _BIT, "8", _BYTES),
    Row("", "nat", _BIT, 1 / math.log(2)),
    Row("bps", "", _of(bit=1, s=-1), "1", "k M G T"),
    # Ratios and money.
    Row("%", "percent per_cent", NUMBER, "1e-2"),
    Row("‰", "permille", NUMBER, "1e-3"),
    Row("ppm", "", NUMBER, "1e-6"),
    Row("ppb", "", NUMBER, "1e-9"),
    Row("€ EUR", "euro", _of(EUR=1), "1", "k M"),
    Row("", "euro_cent eurocent", _of(EUR=1), "1e-2"),
    Row("$ USD US$", "dollar us_dollar", _of(USD=1), "1", "k M"),
    Row("¢", "cent", _of(USD=1), "1e-2"),
    Row("£ GBP", "pound_sterling", _of(GBP=1), "1", "k M"),
    Row("", "pence penny", _of(GBP=1), "1e-2"),
    Row("CHF", "swiss_franc", _of(CHF=1), "1", "k M"),
    Row("¥ JPY", "yen", _of(JPY=1), "1", "k M"),
)

# Plurals other than with an "s"; a name that is its own plural is given as such.
PLURALS = {
    **{"hertz": "hertz", "siemens": "siemens", "lux": "lux", "gauss": "gauss", "mm hg": "mm hg", "celsius": "celsius"},
    **{"fahrenheit": "fahrenheit", "horsepower": "horsepower", "molar": "molar", "percent": "percent"},
    **{"per cent": "per cent", "permille": "permille", "yen": "yen", "pence": "pence", "penny": "pennies"},
    **{"inch": "inches", "foot": "feet", "henry": "henries", "fl oz": "fl oz", "pound force": "pounds force"},
    **{"pound sterling": "pounds sterling", "degree celsius": "degrees celsius", "degree c": "degrees c"},
    **{"degree fahrenheit": "degrees fahrenheit", "degree f": "degrees f", "deg celsius": "deg celsius"},
    **{"deg fahrenheit": "deg fahrenheit", "deg c": "deg c", "deg f": "deg f"},
}

# Spelled like a prefix and a unit, but what was meant is a word of English or German, or a differential: nobody
# measures in attoseconds, decivolts or gigaradians what could be these.
REFUSED = frozenset(
    {
        *("as", "am", "us", "das", "mum", "mug", "mus", "dam", "PS", "Es", "Grad"),
        *("dA", "dC", "dF", "dH", "dJ", "dK", "dN", "dS", "dT", "dV", "dW", "ds"),
    }
)

# `K` is the kelvin, but "Kg" can only be a kilogram; "KB" could be 1000 or 1024 bytes, and stays unknown.
CAPITAL_KILO = frozenset({"g", "m", "Hz", "N", "Pa", "J", "W", "V", "Wh", "Ω", "ohm"})
