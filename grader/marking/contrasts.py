"""Names of the field that stand for different things: singular values are no eigenvalues, a trace is no determinant."""

from __future__ import annotations

import re

from grader.model.patterns import later

# In each row what is not the same, each with its other names. A name that the question itself uses is never another.
_TABLE = """
null ?space|kernel|kern|nul / column space|col(?:umn)? ?space|range|image|bild / row space|zeilenraum / left null ?space
    / orthogonal complement|orthogonal(?:es)? komplement
eigenvalues?|eigenwerte? / eigenvectors?|eigenvektor(?:en)? / singular values?|singulärwerte?
determinant|determinante|det / trace|spur / rank|rang / nullity / norm / condition number / minor / eigenvalue
inverse / transpose / adjugate|adjoint / cofactor matrix|cofactors
projection|projektion / error vector|residual(?: vector)?|residuum|rejection|error
divergence|div / curl|rot / gradient|grad
mean|expected value|expectation|average|erwartungswert|mittelwert / median / mode / variance|varianz / range|spread
    / standard deviation|std|standardabweichung / covariance / correlation
precision / recall|sensitivity|true positive rate / specificity|true negative rate / accuracy / f1|f1[- ]score
    / loss|cross[- ]entropy / error rate|misclassification rate|misclassified|wrong|incorrectly|errors / auc
parameters|trainable parameters|weights|biases|parameter / multiplications|multiplikationen|products|macs / flops
    / additions / activations|neurons|outputs|elements|outputs / bytes|mb|kb|ms|seconds|kilo
inputs?|input channels / outputs?|output channels / weights|biases|parameters|pixels|batch size
new|next|updated|neue / old|initial|previous|starting|alte
output|result / kernel|filter / padded input
max[- ]?pooling|maxim\\w+ / average[- ]?pooling|mean[- ]?pooling|averag\\w+|means / min[- ]?pooling|minim\\w+|smallest
    / sub-?sampling|downsampling
converge\\w*|convergence|konv\\w+ / diverge\\w*|divergence|diverg\\w+
limit|grenzwert / upper bound|lower bound|bound|supremum|infimum|obere schranke / logarithm|log
increas\\w+|rising|rises|wachs\\w+|steig\\w+ / decreas\\w+|falling|falls|fall\\w+
maximum|maxima|max|largest|highest / minimum|minima|min|smallest|lowest / saddle(?: point)? / inflection(?: point)?
derivative|ableitung / integral|antiderivative|primitive|stammfunktion
tangent|tangente / normal|normale / secant|sekante
confidence interval|konfidenzintervall / prediction interval|prognoseintervall / credible interval
gradient / hessian|hessian matrix / directional derivative / laplacian / curl / level line|level curve|level set
increas\\w+ fastest|steepest ascent / decreas\\w+ fastest|steepest descent
convolution|faltung / correlation|cross[- ]correlation|autocorrelation|korrelation / circular convolution
dft|fourier transform|fft / inverse dft|idft|inverse fourier transform|inverse fft
laplace transform|z[- ]transform|transform / inverse transform|inverse laplace transform|inverse z[- ]transform
radius / diameter / circumference|perimeter|umfang / area|fläche
area|fläche / perimeter|circumference|umfang / volume|volumen
numerator|zähler / denominator|nenner
quotient / remainder|rest
gcd|greatest common divisor|ggt / lcm|least common multiple|kgv
real part|realteil / imaginary part|imaginärteil / modulus|magnitude|absolute value|betrag / argument|phase|angle
    / conjugate
amplitude / peak-to-peak(?: amplitude| value)?|rms|effective value / phase / frequency|frequenz / period|periode
    / wavelength|wellenlänge / angular frequency|kreisfrequenz
impulse response / step response / frequency response / transfer function
slope|gradient|steigung / intercept|achsenabschnitt
posterior|probability|wahrscheinlichkeit / prevalence|prävalenz / odds|log-odds / sensitivity / specificity
    / likelihood ratio
pmf|probability mass function / pdf|density|dichte / cdf|distribution function|verteilungsfunktion
p-?value / test statistic|statistic|t-value|z-score / critical value
even / odd
probability|chance|wahrscheinlichkeit / variance|varianz / expected value|expectation|erwartungswert
the first(?: \\w+)? / the second(?: \\w+)? / the third(?: \\w+)? / the last(?: \\w+)?
position|displacement|height|höhe / speed|velocity|geschwindigkeit / acceleration|beschleunigung
energy|energie / power|leistung
kinetic energy / potential energy / total energy
interest(?! rate) / balance|capital|kapital|amount
across the capacitor|am kondensator / across the resistor|am widerstand / across the (?:inductor|coil)|an der spule
sum / product / difference / quotient|ratio / commutator
area|integral / upper sum|lower sum|riemann sum / mean value|average value
"""
_ROWS = tuple(tuple(row.split(" / ")) for row in re.sub(r"\n\s+", " ", _TABLE.strip()).split("\n"))
_TERMS = tuple(tuple(later(rf"(?<![\w-])(?:{term})(?![\w-])") for term in row) for row in _ROWS)
_ANY = later(rf"(?<![\w-])(?:{'|'.join(dict.fromkeys(term for row in _ROWS for term in row))})(?![\w-])")
_NOUNS = (
    r"(?: (?:vector|vectors|basis|centroids?|means?|values?|shape|size|points?|function|matrix|part|rate|entry|element"
    r"|number|component|coefficient|pixel|line))?"
)
_SAID = (
    r"(?: (?:is|are|was|were|be|equals?|becomes?|on|for|in|at|if|when|gives?|ist|sind|für|auf|bei|then|thus|the|by"
    r"|stands|lies|sits|occurs|found|located|has|comes to|comes out as|amounts to|spanned|consists of|a|diagonal"
    r"|direction))*"
)
_VALUE = r"[\s:=≈~(\[{$]*(?:\\approx\s*)?(?:[a-z](?:\s*\\in\b|\s*∈))?\s*\Z"
_JOINED = later(
    rf"{_NOUNS}(?: [a-z](?=\s*=))?(?: of (?:(?:the|an?|every|each|all) )?[\w'^]+| for [\w']+)?{_SAID}{_VALUE}"
)
_LEAD = later(r"\A[\s$)]*(?:(?:is|are|being|as|of|=|ist|sind|the|a|an|its|my|number of|basis|only|just|merely)\s+)*\Z")
_RELATIVE = later(r"[\s$)\]},;:]*(?:which|i\.e\.,?|that is,?|these|they)\s+(?=(?:are|is|were|the)\b)", re.IGNORECASE)
_LEADS = later(r"[\s:=]*(?:of |is |at )?[-−$\\(\[\d]")  # the name of the next value, "max 10 min -4"
_COUNTED = later(r"\d[\s$)}]*\Z")
_CUT = later(r"[,;.\n|!?](?!\d)|\b(?:and|but|so|while|und|aber)\b")
_NEAR = 60  # characters

# What is made of a quantity, and what narrows a statement, whatever is asked for.
_MADE = later(
    r"(?<!edge )(?<!edges )(?<!corner )(?<!border )(?<!side )(?<!diagonal )(?<!area )"
    r"\bof (?:the|its|this) (?P<made>logarithm|log|square|inverse|reciprocal|derivative|square root|root|negative"
    r"|transpose|complement|conjugate|absolute value|modulus|exponential)"
    rf"(?: of [\w'^]+)?{_SAID}{_VALUE}",
    holds=("of the", "of its", "of this"),
)
_NARROWED = later(
    rf"(?<![\w-])(?P<made>absolutely|conditionally|uniformly|pointwise|locally)(?: convergent)?{_SAID}{_VALUE}",
    holds=("absolutely", "conditionally", "uniformly", "pointwise", "locally"),
)
_GIVEN = later(r"(?P<of>.+?)\b(?:given|if|when|knowing|under the condition)\b(?P<given>.+)")
_PROBABILITY = later(rf"\bprobability (?:of|that|for) (?P<of>.+?){_SAID}{_VALUE}", holds=("probability",))
_CONTENT = later(r"[^\W\d_]{4,}")
_COMMON = frozenset("that with have this from some they being test there which probability".split())


def contrasting(asked: tuple[str, str], before: str, behind: str) -> str:
    """The name that the words directly beside a value give it, where it contrasts with the one that is asked for.

    `asked` is what the part itself and what its question is called, `before` and `behind` are the texts beside the
    value.
    """
    clause = _CUT.split(before[-2 * _NEAR :])[-1].casefold()
    relative = _RELATIVE.match(behind[:_NEAR])
    tail = _CUT.split(behind[relative.end() if relative is not None else 0 :][:_NEAR])[0].casefold()
    own, title = (words.casefold() for words in asked)
    for found in _ANY.finditer(clause):
        counted = _COUNTED.search(clause[: found.start()]) is not None  # "20 filters x 90 weights = 5133600"
        if not counted and _JOINED.match(clause[found.end() :]) and (name := _other((own, title), found[0], clause)):
            return name
    first = _ANY.search(tail)
    if first is not None and _LEAD.match(tail[: first.start()]) and not _LEADS.match(tail, first.end()):
        name = _other((own, title), first[0], f"{clause} {tail}")
        if name:
            return name
    return _made(f"{own} {title}", clause) or _unconditional(title, clause)


def are_synonyms(said: str, asked: str) -> bool:
    """Whether two names stand for the same thing: mean and expected value."""
    return any(term.search(said) and term.search(asked) for row in _TERMS for term in row)


def _other(asked: tuple[str, str], said: str, clause: str) -> str:
    """A name, if a row has it and one that is asked for, which the clause does not name as well."""
    for row in _TERMS:
        own = next(filter(None, ([term for term in row if term.search(words)] for words in asked)), [])
        if not own or any(term.search(clause) for term in own):
            continue
        if any(term.fullmatch(said) for term in row if term not in own):
            return said
    return ""


def _made(asked: str, clause: str) -> str:
    """ "the limit of the logarithm is", "absolutely for", where the question says nothing of it."""
    found = _MADE.search(clause) or _NARROWED.search(clause)
    return found["made"] if found is not None and found["made"] not in asked else ""


def _unconditional(title: str, clause: str) -> str:
    """ "the probability of a positive test", where that of a disease given a positive test is asked for."""
    said = _PROBABILITY.search(clause) if "probability" in title else None
    asked = _GIVEN.search(title) if said is not None else None
    if said is None or asked is None or _GIVEN.search(said["of"]):
        return ""
    words, of, given = ({*_CONTENT.findall(text)} - _COMMON for text in (said["of"], asked["of"], asked["given"]))
    return said["of"] if words & given and not words & of else ""
