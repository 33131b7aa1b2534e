"""Names that Typst knows in formulas, and what they are in LaTeX; typst.app/docs/reference/symbols and math."""

from __future__ import annotations

_SAME = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
    "omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega partial nabla sum times div in subset forall "
    "exists emptyset approx equiv perp parallel top bot quad ell sin cos tan sec csc cot arcsin arccos arctan sinh "
    "cosh tanh log ln exp max min sup inf lim det dim ker gcd deg arg Pr"
)
SIGNS: dict[str, str] = {name: f"\\{name}" for name in _SAME.split()} | {
    "diff": "\\partial", "gradient": "\\nabla", "product": "\\prod", "integral": "\\int", "infinity": "\\infty",
    "oo": "\\infty", "dot.op": "\\cdot", "dot.c": "\\cdot", "dot": "\\cdot", "ast": "*", "ast.op": "*",
    "plus": "+", "minus": "-", "plus.minus": "\\pm", "minus.plus": "\\mp", "eq": "=", "eq.not": "\\ne", "lt": "<",
    "gt": ">", "lt.eq": "\\le", "gt.eq": "\\ge", "lt.double": "\\ll", "gt.double": "\\gg", "in.not": "\\notin",
    "subset.eq": "\\subseteq", "supset": "\\supset", "supset.eq": "\\supseteq", "union": "\\cup", "sect": "\\cap",
    "inter": "\\cap", "nothing": "\\emptyset", "without": "\\setminus", "tilde": "\\sim", "tilde.op": "\\sim",
    "tilde.eq": "\\simeq", "prop": "\\propto", "arrow": "\\to", "arrow.r": "\\to", "arrow.l": "\\leftarrow",
    "arrow.r.double": "\\Rightarrow", "implies": "\\Rightarrow", "iff": "\\Leftrightarrow", "arrow.r.bar": "\\mapsto",
    "arrow.l.r.double": "\\Leftrightarrow", "dots": "\\dots", "dots.h": "\\dots", "dots.c": "\\cdots",
    "dots.h.c": "\\cdots",
    "dots.v": "\\vdots", "dots.down": "\\ddots", "compose": "\\circ", "circle.small": "\\circ",
    "times.circle": "\\otimes",
    "times.o": "\\otimes", "dot.circle": "\\odot", "dot.o": "\\odot", "plus.circle": "\\oplus", "plus.o": "\\oplus",
    "degree": "^{\\circ}", "percent": "\\%", "thin": "\\,", "med": "\\:", "thick": "\\;",
    "wide": "\\quad", "space": " ",
    "prime": "'", "dif": "d", "comma": ",", "slash": "/", "colon": ":", "star": "\\star", "star.op": "\\star",
    "and": "\\land", "or": "\\lor", "not": "\\lnot", "bar.v": "|", "bar.v.double": "\\|", "divides": "\\mid",
    "RR": "\\mathbb{R}", "NN": "\\mathbb{N}", "ZZ": "\\mathbb{Z}", "QQ": "\\mathbb{Q}", "CC": "\\mathbb{C}",
    "phi.alt": "\\varphi", "epsilon.alt": "\\varepsilon", "theta.alt": "\\vartheta", "argmax": "\\operatorname{argmax}",
    "argmin": "\\operatorname{argmin}", "because": "\\because", "therefore": "\\therefore", "tr": "\\operatorname{tr}",
    "angle.l": "\\langle", "angle.r": "\\rangle", "floor.l": "\\lfloor", "floor.r": "\\rfloor", "ceil.l": "\\lceil",
    "ceil.r": "\\rceil", "mod": "\\bmod", "tack.t": "\\perp", "approx.not": "\\not\\approx", "sum.integral": "\\int",
}  # fmt: skip

# What is written before its argument in braces.
COMMANDS = {
    "hat": "\\hat", "tilde": "\\tilde", "macron": "\\bar", "overline": "\\bar", "underline": "\\underline",
    "dot": "\\dot",
    "dot.double": "\\ddot", "diaer": "\\ddot", "arrow": "\\vec", "bold": "\\mathbf", "bb": "\\mathbb",
    "cal": "\\mathcal",
    "frak": "\\mathfrak", "upright": "\\mathrm", "cancel": "\\cancel", "sqrt": "\\sqrt", "vec.arrow": "\\vec",
}  # fmt: skip
AROUND = {
    "abs": ("\\left|", "\\right|"), "norm": ("\\left\\|", "\\right\\|"), "floor": ("\\lfloor ", "\\rfloor "),
    "ceil": ("\\lceil ", "\\rceil "),
}  # fmt: skip
BARE = frozenset(
    {"lr", "display", "inline", "script", "limits", "scripts", "italic", "serif", "sans", "mono", "stretch"}
)
SHORTHANDS = {
    "<=>": "\\Leftrightarrow", "|->": "\\mapsto", "-->": "\\to", "==>": "\\Rightarrow", "...": "\\dots", "->": "\\to",
    "<-": "\\leftarrow", "=>": "\\Rightarrow", "<=": "\\le", ">=": "\\ge", "!=": "\\ne", ":=": ":=", "<<": "\\ll",
    ">>": "\\gg", "[|": "[", "|]": "]", "||": "\\|",
}  # fmt: skip
