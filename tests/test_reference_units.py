"""Units: which text is which unit, what it is worth, and what is refused."""

from __future__ import annotations

import math
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.reference._unit_names import _index
from grader.reference._unit_table import DECIMAL_PREFIXES, DIMENSIONS, PLURALS, ROWS
from grader.reference.units import ONE, Unit, convert, convertible, find_unit, parse_unit, power, times

SMALL = settings(max_examples=150, deadline=None, derandomize=True)
EXACT = ("m", "km", "cm", "kg", "g", "s", "min", "h", "A", "K", "mol", "cd", "N", "J", "W", "V", "Ω", "lb", "ft", "bit")
EXACT += ("kWh", "eV", "bar", "atm", "cal", "psi", "hp", "gal", "€", "dB", "%", "Torr", "mph", "MiB", "ly", "acre")


def unit(text: str) -> Unit:
    """A unit that has to be known."""
    found = find_unit(text)
    assert found is not None, text
    return found


def dimension(**exponents: int) -> tuple[int, ...]:
    """Exponents by name."""
    return tuple(exponents.get(name, 0) for name in DIMENSIONS)


# -- single words ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spellings",
    [
        "m metre meter metres meters Meters METRE",
        "km kilometre kilometers Kilometer Km",
        "kg kilogram kilograms Kg",
        "s sec second seconds",
        "min minute minutes mins",
        "h hr hour hours hrs",
        "µm μm um micron microns micrometre micrometers",
        "mA milliampere milliamperes milliamp",
        "Ω ohm Ohm ohms \u2126",
        "kΩ kohm kiloohm KΩ",
        "Å \u212b angstrom angstroms",
        "°C ℃ degC celsius ºC ˚C",
        "°F degF ℉ fahrenheit",
        "° deg degree degrees º",
        "L l litre liter litres liters \u2113",
        "Hz hertz Hertz",
        "H henry henries",
        "in inch inches",
        "ft foot feet",
        "mi mile miles",
        "kph kmh kmph",
        "kn knot knots",
        "lb lbs pound pounds",
        "ly lightyear light-year light-years",
        "au AU",
        "B byte bytes",
        "kB kilobyte kilobytes",
        "KiB kibibyte",
        "kWh kilowatthour",
        "% percent",
        "€ EUR euro euros",
        "$ USD dollar dollars",
        "¢ cent cents",
        "µF muF uF microfarad",
        "t tonne tonnes Mg megagram",
    ],
)
def test_spellings_of_one_unit(spellings: str) -> None:
    """All the ways to write a unit give the same unit."""
    assert {find_unit(word) for word in spellings.split()} == {unit(spellings.partition(" ")[0])}


@pytest.mark.parametrize(
    ("text", "factor", "exponents"),
    [
        ("cd", "1", {"cd": 1}),
        ("Pa", "1", {"kg": 1, "m": -1, "s": -2}),
        ("mol", "1", {"mol": 1}),
        ("T", "1", {"kg": 1, "s": -2, "A": -1}),
        ("ft", "0.3048", {"m": 1}),
        ("pH", "1e-12", {"kg": 1, "m": 2, "s": -2, "A": -2}),
        ("kt", "1e6", {"kg": 1}),
        ("mmol", "1e-3", {"mol": 1}),
        ("dag", "1e-2", {"kg": 1}),
        ("dm", "1e-1", {"m": 1}),
        ("mM", "1", {"mol": 1, "m": -3}),
        ("mW", "1e-3", {"kg": 1, "m": 2, "s": -3}),
        ("MW", "1e6", {"kg": 1, "m": 2, "s": -3}),
        ("S", "1", {"kg": -1, "m": -2, "s": 3, "A": 2}),
        ("Mb", "1e6", {"bit": 1}),
        ("MB", "8e6", {"bit": 1}),
    ],
)
def test_ambiguous_symbols_are_read_as_the_si_does(text: str, factor: str, exponents: dict[str, int]) -> None:
    """A symbol of its own comes before a prefix and a symbol, and case decides."""
    assert unit(text) == Unit(Fraction(factor), dimension(**exponents))


@pytest.mark.parametrize(
    "words",
    [
        "is and as a an am at be by do for has have he if it me my no not of on or so that the then thus to up us we",
        "are per where let with from than can may must also each sum one two das ist und mum mug dam Es PS",
        "sin cos tan cot sinh cosh tanh arcsin exp log ln lg max mod det dim gcd lim inf sup arg sgn sqrt erf var cov",
        "alpha beta gamma delta mu nu pi rho sigma tau omega",
        "k M G P c n p μ µ kilo milli mega Ki",
        "kmin mft kday kin Mmile kiloinch megaday millifoot kkg mmm kilokilogram dBB °K k°C ksec",
        "Min MIN KB ton tons month b x y z i j q",
        "dV dA dT dS ds dW",
        "π 5 m2 m/s N·m foo kilometr metress",
    ],
)
def test_words_that_are_no_units(words: str) -> None:
    """English, functions, letters, bare prefixes, prefixes where none may stand, and several meanings: none."""
    assert [word for word in words.split() if find_unit(word) is not None] == []


def test_no_unit_is_lost_in_the_table() -> None:
    """No spelling stands in two rows, every one is found as itself, and every exception is used."""
    symbols = [symbol for row in ROWS for symbol in row.symbols.split()]
    names = [name.replace("_", " ") for row in ROWS for name in row.names.split()]
    assert len(symbols) == len(set(symbols)) and len(names) == len(set(names))
    assert names and set(PLURALS) <= set(names)
    for row in ROWS:
        for spelling in [*row.symbols.split(), *row.names.split()]:
            if row.bare or spelling in names:
                assert unit(spelling.replace("_", " ")).dimension == row.dimension, spelling
    assert set(_index().symbols) == set(symbols)


def test_every_prefix() -> None:
    """Each prefix of the SI is a power of ten, by its symbol and by its name."""
    for symbol, name, exponent in DECIMAL_PREFIXES:
        assert unit(symbol + "Pa").factor == unit(name + "pascals").factor == Fraction(10) ** exponent


def test_strange_words_are_no_units() -> None:
    """Empty, long and strange texts have no unit."""
    assert [find_unit(text) for text in ("", " ", "m" * 10**6, "\0", "\ud800", "m\n m")] == [None] * 6


# -- compound units --------------------------------------------------------------------------------------------

SAME = {
    "m s^-2": [
        *(
            "m/s^2",
            "m/s/s",
            "m·s⁻²",
            "m s-2",
            "m/s²",
            "m s**-2",
            "m.s^-2",
            "m * s^{-2}",
            "m s^(-2)",
            "(m/s)/s",
            "m/(s s)",
        ),
        *(
            r"\mathrm{m}\,\mathrm{s}^{-2}",
            r"\frac{\text{m}}{\text{s}^2}",
            r"\mathrm{m\,s^{-2}}",
            r"$\rm m\cdot s^{-2}$",
        ),
        *(r"\si{\metre\per\second\squared}", r"\unit{\metre\per\square\second}", r"\si{m.s^{-2}}", "s^-2 m"),
        *(r"\si{\meter\second\tothe{-2}}", "meters per second squared", "metre per square second", "m per s per s"),
        *("Meters/Second^2", "m⋅s−2", "m s^{-\\frac{2}{1}}", r"\frac{m/s}{s}", r"\text{ m}/\text{s}^2", "$$m/s^2$$"),
    ],
    "J": ["kg*m^2/s^2", "kg·m²·s⁻²", "N m", "N·m", "Nm", "newton-metres", "W s", "V A s", "kg m2 s-2", "Pa m^3"],
    "J/(kg K)": [
        "J kg^-1 K^-1",
        "joules per kilogram kelvin",
        "J/kg/K",
        r"\si{\joule\per\kilogram\per\kelvin}",
        "J/(kg °C)",
    ],
    "1/s": [
        "s^-1",
        "s^{-1}",
        "s⁻¹",
        "Hz",
        "per second",
        r"\frac{1}{\mathrm{s}}",
        r"\si{\per\second}",
        "inverse seconds",
    ],
    "km/h": ["kilometers per hour", "km h^-1", "kph", r"\mathrm{km/h}", "km·h⁻¹"],
    "m^2": ["square meters", "sq. m", "m²", r"\si{\square\metre}", "meters squared", "m2", "m m", "sq m"],
    "cm^3": ["cubic centimeters", "cc", "mL", "cubic centimetre", "cm³", r"\si{\cubic\centi\metre}", "cu. cm"],
    "m^{1/2}": ["m^0.5", "m^(1/2)", r"m^{\frac{1}{2}}", r"\sqrt{m}", "√m"],
    "µm": [r"\mu m", r"\mu\mathrm{m}", r"\mathrm{\mu m}", r"\si{\micro\metre}", "mu m", r"\si{\um}", r"\text{µm}"],
    "°C": [
        r"^\circ C",
        r"^{\circ}\mathrm{C}",
        "degrees Celsius",
        r"\si{\degreeCelsius}",
        "deg C",
        "° C",
        r"{}^\circ\text{C}",
    ],
    "kΩ": [r"k\Omega", r"\mathrm{k\Omega}", r"\si{\kilo\ohm}", r"\mathrm{k}\Omega", r"\text{k}\,\Omega", r"k \Omega"],
    "psi": ["pounds-force per square inch", "lbf/in^2"],
    "kWh": ["kW h", "kilowatt-hours", "kilowatt hours", r"\si{\kilo\watt\hour}"],
    "$/h": ["USD/hour", "dollars per hour", r"\$/h"],
    "%": [r"\%", "percent", "per cent", r"\si{\percent}"],
    "dBm/Hz": ["dBm Hz^-1", "dBm per hertz"],
    "V/√Hz": ["V Hz^{-1/2}", r"V/\sqrt{Hz}"],
    "fl oz": ["fluid ounces", "fluid ounce"],
}


@pytest.mark.parametrize(("text", "same"), [(text, same) for text, rest in SAME.items() for same in rest])
def test_a_unit_set_in_another_way_is_the_same(text: str, same: str) -> None:
    """Plain text, signs, LaTeX, siunitx and words all give one unit."""
    assert parse_unit(same) == parse_unit(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no unit"),
        ("  ", "no unit"),
        ("foo", "'foo' is not a unit"),
        ("kg foo/s", "'foo' is not a unit"),
        ("velocity in m/s", "'velocity' is not a unit"),
        ("meters in seconds", "'in' is not a unit"),
        (r"\foo", r"'\\\\foo' is not a unit"),
        ("5 m", "the number '5'"),
        ("1 m", "the number '1'"),
        ("J/kg K", "needs brackets"),
        ("J/kg*K", "needs brackets"),
        ("J per kg * K", "needs brackets"),
        ("m^2^2", r"'\^' is not a unit"),
        ("m^", "no exponent"),
        ("m^x", "'x' is no exponent"),
        ("m^{2", "no exponent"),
        ("m^21", "beyond 20"),
        ("m^{1/21}", "beyond 20"),
        ("m^{1/0}", "beyond 20"),
        ("m^" + "9" * 150, "beyond 20"),
        ("((m^20)^20)^20", "powers this high"),
        ("(((%^20)^20)^20)^20", "beyond every number"),
        ("(m", "is missing"),
        ("(m]", "is missing"),
        ("m)", "closes nothing"),
        (r"\mathrm{m", "is missing"),
        ("m}", "closes nothing"),
        (r"\mathrm{J/kg}\,\mathrm{K}", "needs brackets"),
        ("m/", "missing at the end"),
        ("m per", "missing at the end"),
        ("m - s", "'-' is not a unit"),
        ("m + s", r"'\+' is not a unit"),
        (r"\frac m s", "needs braces"),
        ("dBm^2", "no powers"),
        ("dBm dBm", "cannot be multiplied"),
        ("(" * 99 + "m" + ")" * 99, "too deeply"),
        ("square " * 20 + "m", "too deeply"),
        ("m " * 5000, "no longer than"),
    ],
)
def test_what_is_no_unit_is_refused_with_its_part(text: str, sentence: str) -> None:
    """A sentence says what is not understood, and nothing is guessed."""
    with pytest.raises(ValueError, match=sentence):
        parse_unit(text)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (r"\text{m s}^{-1}", "m s^-1"),
        (r"\mathrm{kg\,m}^2/\mathrm{s}^2", "kg m^2/s^2"),
        (r"{m s}^2", "m s^2"),
        (r"\frac{\mathrm{kg m}^2}{{\rm s}^2}", "kg m^2/s^2"),
        (r"\si[per-mode=symbol]{\metre\per\second}", "m/s"),
        (r"\left(\mathrm{m s}\right)^2", "(m s)^2"),
        (r"m^{\mathrm{-1}}", "1/m"),
        ("ms^-1", "kHz"),
    ],
)
def test_a_power_stands_where_it_is_seen(text: str, seen: str) -> None:
    """Braces that nobody sees on paper group nothing, brackets do."""
    assert parse_unit(text) == parse_unit(seen)


# -- conversions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        (36, "km/h", "m/s", 10),
        (1, "mile", "m", "1609.344"),
        (1, "kWh", "MJ", "3.6"),
        (1, "eV", "J", "1.602176634e-19"),
        (1, "atm", "Torr", 760),
        (1, "atm", "kPa", "101.325"),
        (1, "lb", "oz", 16),
        (1, "gal", "L", "3.785411784"),
        (1, "kcal", "kJ", "4.184"),
        (1, "ly", "m", 9460730472580800),
        (1, "au", "km", "149597870.7"),
        (1, "knot", "km/h", "1.852"),
        (1, "hp", "W", "745.69987158227022"),
        (1, "mmHg", "Pa", "133.322387415"),
        (1, "acre", "m^2", "4046.8564224"),
        (1, "g/cm^3", "kg/m^3", 1000),
        (1, "MiB", "bytes", 1048576),
        (8, "Mbit/s", "MB/s", 1),
        (25, "°C", "K", "298.15"),
        (-40, "°C", "°F", -40),
        (212, "°F", "°C", 100),
        (0, "K", "°C", "-273.15"),
        (9, "BTU/(h °F)", "BTU/(h K)", "16.2"),
        (50, "%", "ppm", 500000),
        (250, "cents", "$", "2.5"),
        (1, "week", "h", 168),
        (1, "year", "day", "365.25"),
        (1, "T", "gauss", 10000),
        (1, "mM", "mol/m^3", 1),
        (1, "h^{1/2}", "s^{1/2}", 60),
    ],
)
def test_exact_conversions(value: int, source: str, target: str, expected: int | str) -> None:
    """Known values, to the last digit: exact definitions stay exact."""
    found = convert(value, parse_unit(source), parse_unit(target))
    assert isinstance(found, Fraction)
    assert found == Fraction(expected)


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        (180, "degrees", "rad", math.pi),
        (60, "arcmin", "deg", 1),
        (1, "pc", "ly", 3.261563777),  # IAU
        (1, "psi", "kPa", 6.894757293),  # NIST SP 811, appendix B.8
        (60, "rpm", "rad/s", 6.283185307),
        (1, "Da", "kg", 1.66053906660e-27),
        (1, "Np", "dB", 8.685889638),  # SI Brochure, table 8
        (30.0, "dBm", "W", 1),
        (1, "mW", "dBm", 0),
        (0, "dBW", "dBm", 30),
        (20, "dBV", "V", 10),
        (-174, "dBm/Hz", "W/Hz", 3.98107170553e-21),
        (37.0, "°C", "°F", 98.6),
        (1.5, "h", "min", 90),
        (1, "nat", "bit", 1.442695041),
    ],
)
def test_conversions_with_floats(value: float, source: str, target: str, expected: float) -> None:
    """Known values of units that rest on pi, on logarithms or on measurements."""
    assert convert(value, parse_unit(source), parse_unit(target)) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("a", "b"),
    [("m", "s"), ("m", "m^2"), ("€", "$"), ("cents", "€"), ("dB", "%"), ("dB", "dBm"), ("dB", "rad"), ("bit", "%")],
)
def test_different_things_do_not_convert(a: str, b: str) -> None:
    """Another dimension, another currency, a level without a reference and a pure number are no measures of another."""
    assert not convertible(parse_unit(a), parse_unit(b))
    with pytest.raises(ValueError, match="different things"):
        convert(1, parse_unit(a), parse_unit(b))


@pytest.mark.parametrize(
    ("value", "source", "target"),
    [(0, "W", "dBm"), (-1, "W", "dBm"), (10**400, "deg", "rad"), (1e6, "dBm", "W"), (1.0, "ym^12", "Ym^12")],
)
def test_numbers_that_no_float_holds(value: float, source: str, target: str) -> None:
    """The level of nothing and numbers beyond floats are refused, or nothing at all: never another exception."""
    try:
        assert math.isfinite(convert(value, parse_unit(source), parse_unit(target)))
    except ValueError as error:
        assert str(error)


def test_degrees_in_a_product_are_differences() -> None:
    """Alone a degree is a point of its scale; in a product or a power it is a step."""
    assert times(unit("°C"), unit("m")) == times(unit("K"), unit("m"))
    assert power(unit("°C"), -1) == power(unit("K"), -1)
    assert power(unit("°F"), 1) == times(ONE, unit("°F")) == unit("°F") != unit("K")


# -- properties ------------------------------------------------------------------------------------------------

UNITS = st.sampled_from(EXACT)
TERMS = st.tuples(UNITS, st.integers(-4, 4).filter(bool))
SETTINGS = (
    lambda terms: " ".join(f"{name}^{exponent}" for name, exponent in terms),
    lambda terms: "*".join(f"{name}^({exponent})" for name, exponent in terms),
    lambda terms: "·".join(
        name + str(exponent).translate(str.maketrans("-01234", "⁻⁰¹²³⁴")) for name, exponent in terms
    ),
    lambda terms: r"\,".join(rf"\mathrm{{{name}}}^{{{exponent}}}" for name, exponent in terms).replace("%", r"\%"),
    lambda terms: "".join(rf"\frac{{1}}{{{name}^{{{-exponent}}}}}" for name, exponent in terms),
    lambda terms: "1/(" + " ".join(f"{name}^{-exponent}" for name, exponent in terms) + ")",
    lambda terms: "".join(rf"\text{{{name}}}\tothe{{{exponent}}} " for name, exponent in terms),
)


@SMALL
@given(st.lists(TERMS, min_size=1, max_size=4), st.sampled_from(SETTINGS))
def test_a_product_is_the_product_of_its_factors(terms: list[tuple[str, int]], typeset: object) -> None:
    """However a product of powers is set, it is the product of the powers of the parts."""
    assert callable(typeset)
    expected = ONE
    for name, exponent in terms:
        expected = times(expected, power(unit(name), exponent))
    assert parse_unit(typeset(terms)) == expected


@SMALL
@given(UNITS, UNITS, UNITS)
def test_products_commute(a: str, b: str, c: str) -> None:
    """Neither order nor brackets matter to a product, and a quotient undoes it."""
    assert parse_unit(f"{a} {b}") == parse_unit(f"{b}*{a}") == times(unit(a), unit(b))
    assert parse_unit(f"({a} {b}) {c}") == parse_unit(f"{a} ({b} {c})")
    assert parse_unit(f"{a} {b}/{b}") == unit(a)


@SMALL
@given(st.fractions(), UNITS, UNITS, st.integers(-6, 6).filter(bool))
def test_there_and_back(value: Fraction, a: str, b: str, exponent: int) -> None:
    """Converting to any unit of the same dimension and back gives the same number, exactly."""
    source = power(unit(a), exponent)
    target = times(times(source, unit(b)), power(find_unit(b)._replace(factor=Fraction(1)), -1))  # type: ignore[union-attr]
    assert convertible(source, target)
    assert convert(convert(value, source, target), target, source) == value


@SMALL
@given(st.fractions(), st.permutations(["°C", "°F", "K", "mK"]))
def test_temperatures_there_and_back(value: Fraction, scales: list[str]) -> None:
    """Scales with offsets lead back to the same temperature, by any way."""
    a, b, c, _ = map(unit, scales)
    assert convert(convert(convert(value, a, b), b, c), c, a) == value
    assert convert(value, a, c) == convert(convert(value, a, b), b, c)


PIECES = st.sampled_from(
    [
        *EXACT,
        *"()[]{}^*/·-+.$%\\ 1295√²⁻°μ_é\0\ud800",
        *(r"\frac", r"\mathrm{", r"\per", r"\si{", r"\tothe", "**", "^20", "per ", "square ", "squared", "sqrt"),
        *("dBm", "°C", "ym", "Ys", "deg", "light", "year", "in"),
    ]
)


@settings(max_examples=600, deadline=None, derandomize=True)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join)))
def test_any_text_is_a_unit_or_refused(text: str) -> None:
    """Whatever is typed gives a unit of positive size or a sentence, never another exception."""
    try:
        found = parse_unit(text)
    except ValueError as error:
        assert str(error) and len(str(error)) < 200
    else:
        assert found.factor > 0 and len(found.dimension) == len(DIMENSIONS)


@pytest.mark.parametrize(
    "text", ["(" * 200, "{" * 200, "ym^20" * 40, "^{" * 100, "\\frac{" * 33, "a " * 100, "-" * 200]
)
def test_the_longest_texts_end(text: str) -> None:
    """Deep, long and enormous texts within the limit of length are done with, one way or the other."""
    try:
        assert parse_unit(text).factor
    except ValueError as error:
        assert str(error)


def test_importing_units_is_cheap() -> None:
    """Neither numpy nor the index of the table is made before a unit is asked for."""
    program = (
        "import sys; from grader.reference import units, _unit_names as names;"
        "assert 'numpy' not in sys.modules and names._index.cache_info().currsize == 0"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
