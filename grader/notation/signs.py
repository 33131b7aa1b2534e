"""The tables of signs: which command, letter or glyph is which token."""

from __future__ import annotations

# Commands that only change how something looks: what follows is read as if they were not there.
STYLES = frozenset(
    """
    mathbf boldsymbol bm pmb mathbb mathcal mathsf mathtt mathfrak bf rm it displaystyle textstyle scriptstyle
    left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr limits nolimits vec underline
    mathop mathrel mathbin phantom nonumber notag hspace vspace label tag centering color textcolor boxed fbox
    framebox underbrace overbrace hline allowbreak nobreak relax ensuremath mleft mright mathstrut strut
    large Large LARGE huge Huge small tiny normalsize footnotesize
    variable substack mathnormal mathscr pmb symbf symit
    """.split()
)

# Commands whose first argument is a setting and not part of the answer.
WITH_SETTING = frozenset(["color", "textcolor", "label", "tag", "hspace", "vspace", "phantom"])

TEXT_COMMANDS = frozenset(
    """
    text mathrm textrm textit textbf mbox operatorname textsf texttt textup textnormal hbox mathit
    """.split()
)

ACCENTS = frozenset(
    """
    hat bar tilde dot ddot widehat widetilde overline check
    """.split()
)

SPACES = frozenset(
    """
    # , ; : ! > / quad qquad space thinspace medspace thickspace negthinspace negmedspace negthickspace enspace
    hfill
    """.split()
) | {" "}

OPERATORS = {
    "+": "+", "-": "-", "−": "-", "–": "-", "‐": "-", "‑": "-", "‒": "-",
    "*": "*", "∗": "*", "ast": "*", "/": "/", "÷": "/", "div": "/",
    "⁄": "/", "∕": "/",
    "⨯": "×", "✕": "×",
    "×": "×", "times": "×", "·": "·", "⋅": "·", "∙": "·", "•": "·", "cdot": "·", "bullet": "·", "^": "^", "@": "@",
    "⊙": "⊙", "odot": "⊙", "circ": "⊙", "∘": "⊙", "!": "!", "'": "'", "′": "'", "prime": "'", "’": "'",
    ".*": "⊙", "./": "/", ".^": "^", "%": "%", "_": "_", "**": "^", "//": "//", "⊛": "*",
    "°": "°", "º": "°", "degree": "°", "±": "±", "pm": "±", "∓": "∓",
    "mp": "∓", "∪": "∪",
    "cup": "∪", "∩": "∩", "cap": "∩", "∖": "∖", "setminus": "∖", "smallsetminus": "∖", "bmod": "mod",
    "mod": "mod", "∧": "and", "land": "and", "wedge": "and", "∨": "or", "lor": "or", "vee": "or", "¬": "not",
    "lnot": "not", "neg": "not",
    "⊗": "⊗", "otimes": "⊗", "⊕": "⊕", "oplus": "⊕", "choose": "choose", "over": "over", "∠": "∠", "angle": "∠",
}  # fmt: skip

RELATIONS = {
    "=": "=", "==": "=", ":=": "=", "equiv": "=", "≡": "=", "triangleq": "=", "≜": "=", "≔": "=", "coloneqq": "=",
    "≈": "~", "approx": "~", "simeq": "~", "~": "~", "sim": "~", "cong": "~", "approxeq": "~", "≃": "~", "≅": "~",
    "<": "<", "lt": "<", ">": ">", "gt": ">", "≤": "<=", "le": "<=", "leq": "<=", "leqslant": "<=", "<=": "<=",
    "⩽": "<=", "≥": ">=", "ge": ">=", "geq": ">=", "geqslant": ">=", ">=": ">=", "⩾": ">=", "=<": "<=",
    "≠": "!=", "ne": "!=", "neq": "!=", "!=": "!=", "∈": "in", "in": "in", "∉": "notin", "notin": "notin",
    "⊂": "subset", "subset": "subset", "⊆": "subseteq", "subseteq": "subseteq", "≦": "<=", "leqq": "<=", "≧": ">=",
    "geqq": ">=", "＝": "=", "∝": "propto", "propto": "propto", "<>": "!=",
}  # fmt: skip

ARROWS = frozenset(
    """
    Rightarrow Longrightarrow implies to rightarrow longrightarrow therefore because iff Leftrightarrow
    leftrightarrow longleftrightarrow Longleftrightarrow ↔ ⟷ ⟺ <-> <=> leftarrow mapsto ↦ ⇒ → ⟹ ⟶ ∴ ∵ => -> --> ==> ⇔
    """.split()
)

DOTS = frozenset(
    """
    ldots dots cdots dotsc dotsb ... .. … ⋯ vdots ddots
    """.split()
)

OPENING = {"(": "(", "[": "[", "{": "{", "（": "(", "［": "[", "【": "[", "lbrace": "{", "lbrack": "[", "langle": "(",
           "lceil": "⌈", "⌈": "⌈", "lfloor": "⌊", "⌊": "⌊", "lparen": "(", "lgroup": "(", "ulcorner": "⌈",
           "llcorner": "⌊", "⟨": "("}  # fmt: skip
CLOSING = {")": ")", "]": "]", "}": "}", "）": ")", "］": "]", "】": "]", "rbrace": "}", "rbrack": "]", "rangle": ")",
           "rceil": "⌉", "⌉": "⌉", "rfloor": "⌋", "⌋": "⌋", "rparen": ")", "rgroup": ")", "urcorner": "⌉",
           "lrcorner": "⌋", "⟩": ")"}  # fmt: skip
PARTNER = {"(": ")", "[": "]", "{": "}", "⌈": "⌉", "⌊": "⌋"}

REDUCERS = {"sum": "sum", "SUM": "sum", "PROD": "prod", "MAX": "max", "MIN": "min",
            "Sigma": "sum", "∑": "sum", "Σ": "sum", "prod": "prod", "Pi": "prod", "∏": "prod",
            "max": "max", "Max": "max", "máx": "max", "mín": "min", "min": "min", "Min": "min",
            "sup": "max"}  # fmt: skip

SPOKEN_SUMS = frozenset(
    ["suma", "somme", "summe", "somma", "soma", "sum", "summed", "summing"]
)  # over what, in the same tongue
SPOKEN_OVER = frozenset(["sobre", "sur", "über", "ueber", "su"])
PARTIALS = frozenset(["partial", "part", "∂", "pd"])

GREEK = frozenset(
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho varrho
    sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Phi Psi Omega ell infty hbar
    varpi digamma varkappa varGamma varDelta varTheta varLambda varXi varPhi varPsi varOmega top intercal
    emptyset
    """.split()
)

GREEK_GLYPHS = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΦΨΩℓ∞µϵϕϑϱςħ",
        """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi
    psi omega Gamma Delta Theta Lambda Xi Phi Psi Omega ell infty mu epsilon phi vartheta varrho varsigma hbar
    """.split(),
        strict=True,
    )
)

SUBSCRIPT_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()")
LOWERED = "ᵢⱼₖₗₘₙₚₛₜᵣᵤᵥₐₑₕₒₓ"
SUBSCRIPT_LETTERS = str.maketrans(LOWERED, "ijklmnpstruvaehox")
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁱⁿᵃᵇᶜᵈᵉʲᵏˡᵐᵖʳˢᵗᵘᵛʷˣʸᶻ"
SUPERSCRIPTS = str.maketrans(RAISED, "0123456789+-()inabcdejklmprstuvwxyz")

# Full-width signs of a Chinese or Japanese keyboard; the comma, colon and semicolon have a meaning of their own.
FULL_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F) if chr(code) not in ",:;."}

FRACTIONS = dict(
    zip(
        "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒",
        "1/2 1/3 2/3 1/4 3/4 1/5 2/5 3/5 4/5 1/6 5/6 1/7 1/8 3/8 5/8 7/8 1/9 1/10".split(),
        strict=True,
    )
)

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
    "∅": "emptyset",
    "exponentialE": "e",
    "imaginaryI": "i",
    "imaginaryJ": "j",
    "differentialD": "d",
    "aleph": "aleph",
    "beth": "beth",
    "gimel": "gimel",
    "daleth": "daleth",
    "eth": "eth",
    "hslash": "hslash",
    "imath": "i",
    "jmath": "j",
}

INTEGRALS = {"int": 1, "∫": 1, "iint": 2, "∬": 2, "iiint": 3, "∭": 3, "iiiint": 4, "oint": 1, "∮": 1}

# "one" is left out: it is an article far more often than a number.
NUMBER_WORDS: dict[str, str] = {
    word: str(number)
    for number, word in enumerate(
        """
    zero - two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty
    """.split()
    )
    if word != "-"
}
_SMALL = "0 2 3 4 5 6 7 8 9 10 12 20".split()
_TENS = dict(zip("thirty forty fifty sixty seventy eighty ninety".split(), range(30, 100, 10), strict=True))
_OTHER_TONGUES = {  # not those that say "both" as often, or are other words in English
    **dict(zip("null zwei drei vier fünf sechs sieben acht neun zehn zwölf zwanzig".split(), _SMALL, strict=True)),
    **dict(zip("zéro - trois quatre cinq - sept huit neuf dix douze vingt".split(), _SMALL, strict=True)),
    **dict(zip("cero - tres cuatro cinco seis siete ocho nueve diez doce veinte".split(), _SMALL, strict=True)),
}
_OTHER_TONGUES.pop("-")
SPELLED = (
    NUMBER_WORDS
    | _OTHER_TONGUES
    | {  # what is more than twenty, in one word
        tens + (f"-{word}" if word else ""): str(value + (int(NUMBER_WORDS.get(word, "1")) if word else 0))
        for tens, value in {"twenty": 20, **_TENS}.items()
        for word in ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    }
)

MATRIX_ENVIRONMENTS = frozenset(
    """
    matrix bmatrix pmatrix vmatrix Bmatrix Vmatrix smallmatrix bsmallmatrix psmallmatrix array cases dcases
    rcases
    """.split()
)

SEPARATORS = {",": ",", "，": ",", "、": ",", ";": ";", "；": ";", "：": ":", ":": ":"}
