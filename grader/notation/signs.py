"""The tables of signs: which command, letter or glyph is which token."""

from __future__ import annotations

# Commands that only change how something looks: what follows is read as if they were not there.
STYLES = frozenset(
    [
        r"mathbf",
        r"boldsymbol",
        r"bm",
        r"pmb",
        r"mathbb",
        r"mathcal",
        r"mathsf",
        r"mathtt",
        r"mathit",
        r"mathfrak",
        r"bf",
        r"rm",
        r"it",
        r"displaystyle",
        r"textstyle",
        r"scriptstyle",
        r"left",
        r"right",
        r"big",
        r"Big",
        r"bigg",
        r"Bigg",
        r"bigl",
        r"bigr",
        r"Bigl",
        r"Bigr",
        r"biggl",
        r"biggr",
        r"Biggl",
        r"Biggr",
        r"limits",
        r"nolimits",
        r"vec",
        r"underline",
        r"mathop",
        r"mathrel",
        r"mathbin",
        r"phantom",
        r"nonumber",
        r"notag",
        r"hspace",
        r"vspace",
        r"label",
        r"tag",
        r"centering",
        r"color",
        r"textcolor",
        r"boxed",
        r"fbox",
        r"framebox",
        r"underbrace",
        r"overbrace",
        r"hline",
        r"allowbreak",
        r"nobreak",
        r"relax",
        r"ensuremath",
    ]
)

# Commands whose first argument is a setting and not part of the answer.
WITH_SETTING = frozenset(["color", "textcolor", "label", "tag", "hspace", "vspace", "phantom"])

TEXT_COMMANDS = frozenset(
    ["text", "mathrm", "textrm", "textit", "textbf", "mbox", "operatorname", "textsf", "texttt", "textup"]
)

ACCENTS = frozenset(["hat", "bar", "tilde", "dot", "ddot", "widehat", "widetilde", "overline", "check"])

SPACES = frozenset(["#", ",", ";", ":", "!", " ", ">", "quad", "qquad", "space", "thinspace", "enspace", "/"])

OPERATORS = {
    "+": "+", "-": "-", "−": "-", "–": "-", "*": "*", "∗": "*", "ast": "*", "/": "/", "÷": "/", "div": "/",
    "×": "×", "times": "×", "·": "·", "⋅": "·", "∙": "·", "•": "·", "cdot": "·", "bullet": "·", "^": "^", "@": "@",
    "⊙": "⊙", "odot": "⊙", "circ": "⊙", "∘": "⊙", "!": "!", "'": "'", "′": "'", "prime": "'", "’": "'",
    "%": "%", "_": "_", "**": "^", "⊛": "*",
}  # fmt: skip

RELATIONS = {
    "=": "=", "==": "=", ":=": "=", "equiv": "=", "≡": "=", "triangleq": "=", "≜": "=", "≔": "=", "coloneqq": "=",
    "≈": "~", "approx": "~", "simeq": "~", "~": "~", "sim": "~", "cong": "~", "approxeq": "~", "≃": "~", "≅": "~",
    "<": "<", "lt": "<", ">": ">", "gt": ">", "≤": "<=", "le": "<=", "leq": "<=", "leqslant": "<=", "<=": "<=",
    "⩽": "<=", "≥": ">=", "ge": ">=", "geq": ">=", "geqslant": ">=", ">=": ">=", "⩾": ">=", "=<": "<=",
    "≠": "!=", "ne": "!=", "neq": "!=", "!=": "!=", "∈": "in", "in": "in",
}  # fmt: skip

ARROWS = frozenset(
    [
        "Rightarrow",
        "Longrightarrow",
        "implies",
        "to",
        "rightarrow",
        "longrightarrow",
        "therefore",
        "because",
        "iff",
        "Leftrightarrow",
        "leftarrow",
        "mapsto",
        "⇒",
        "→",
        "⟹",
        "⟶",
        "∴",
        "∵",
        "=>",
        "->",
        "-->",
        "==>",
        "⇔",
    ]
)

DOTS = frozenset(["ldots", "dots", "cdots", "dotsc", "dotsb", "...", "..", "…", "⋯", "vdots", "ddots"])

OPENING = {"(": "(", "[": "[", "{": "{", "（": "(", "［": "[", "【": "[", "lbrace": "{", "lbrack": "[", "langle": "(",
           "lceil": "⌈", "⌈": "⌈", "lfloor": "⌊", "⌊": "⌊", "lparen": "("}  # fmt: skip
CLOSING = {")": ")", "]": "]", "}": "}", "）": ")", "］": "]", "】": "]", "rbrace": "}", "rbrack": "]", "rangle": ")",
           "rceil": "⌉", "⌉": "⌉", "rfloor": "⌋", "⌋": "⌋", "rparen": ")"}  # fmt: skip
PARTNER = {"(": ")", "[": "]", "{": "}", "⌈": "⌉", "⌊": "⌋"}

REDUCERS = {"sum": "sum", "Sigma": "sum", "∑": "sum", "Σ": "sum", "prod": "prod", "Pi": "prod", "∏": "prod",
            "max": "max", "Max": "max", "min": "min", "Min": "min", "sup": "max"}  # fmt: skip

PARTIALS = frozenset(["partial", "part", "∂", "pd"])

GREEK = frozenset(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "varepsilon",
        "zeta",
        "eta",
        "theta",
        "vartheta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "pi",
        "rho",
        "varrho",
        "sigma",
        "varsigma",
        "tau",
        "upsilon",
        "phi",
        "varphi",
        "chi",
        "psi",
        "omega",
        "Gamma",
        "Delta",
        "Theta",
        "Lambda",
        "Xi",
        "Phi",
        "Psi",
        "Omega",
        "ell",
        "infty",
        "hbar",
        "top",
        "intercal",
        "emptyset",
    ]
)

GREEK_GLYPHS = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΦΨΩℓ∞",
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "pi",
            "rho",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "chi",
            "psi",
            "omega",
            "Gamma",
            "Delta",
            "Theta",
            "Lambda",
            "Xi",
            "Phi",
            "Psi",
            "Omega",
            "ell",
            "infty",
        ],
        strict=True,
    )
)

SUBSCRIPT_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
SUBSCRIPT_LETTERS = str.maketrans("ᵢⱼₖₗₘₙₚₛₜ", "ijklmnpst")
SUPERSCRIPT_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

# Aliases of note editors and web renderers beside the LaTeX spellings.
NUMBER_SETS = {
    "R": "R",
    "reals": "R",
    "N": "N",
    "Z": "Z",
    "C": "C",
    "Q": "Q",
    "empty": "emptyset",
    "varnothing": "emptyset",
}

# "one" is left out: it is an article far more often than a number.
NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        [
            "zero",
            "_",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
    if word != "_"
}

MATRIX_ENVIRONMENTS = frozenset(
    ["matrix", "bmatrix", "pmatrix", "vmatrix", "Bmatrix", "Vmatrix", "smallmatrix", "array"]
)

SEPARATORS = {",": ",", "，": ",", "、": ",", ";": ";", "；": ";", "：": ":", ":": ":"}
