"""Words beside a formula that belong to it without being read: a product or a sum that is spoken of, a remark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from grader.kinds._trial import Trial
from grader.kinds.kind import View, remark
from grader.maths import repairs
from grader.model.expressions import Expr, Group, Index, Name, Num, Reduce, Relation, Text, children, names_in, walk
from grader.model.patterns import later
from grader.model.results import Finding, Reason
from grader.notation.reading import Claim, Reading

_OPERATED = later(
    r"\b(times|plus|minus|over|divided by|multiplied by|multiply|multiplying|multiplies|the product of)"
    r"(?: the)?\s*\(?\s*$"
    r"|\b(?P<worded>times|multiplied by) (?:the |its )?(?:\w+ ){0,2}"
    r"(?:derivative|gradient|sigmoid)[a-z' ]{0,30}[,:(]?\s*$",
    holds=("times", "plus", "minus", "over", "divided by", "multipl", "product of"),
)
_LONGEST_NAME = 3  # letters of a name; longer ones that nobody declared are words
_SAYS_SUM = later(r"\b(sum(s|m\w+|a\w*)?|add(ed|ing)?( (it|them|this|these|that|all|everything))* up|somm\w+)\b|求和")
_SAYS_WHERE = later(
    r"\bsum\w* (it |them |this |these |up )*over (all |the |every |each )*(\w+ )?"
    r"(place|position|pixel|output|spot)s?\b"
)
_ADDED_UP = later(r"[\w\])}]\s*\+=", holds=("+=",))  # dW[k] += ...
SUMLESS = frozenset(["missing-sum", "missing-some-sums", "indices-left-free"])


def operated(claim: Claim) -> str:
    """The word by which an unread formula goes on into this one: "A times (1 - U)"."""
    found = _OPERATED.search(claim.before)
    return (found[1] or found["worded"]) if found else ""


_OF_REDUCED = later(
    r"\b(?:(?:average|mean|median|index|argument|position|location|place|number|count|rank|sign|size|length)"
    r"s? of(?: the| a)?|second|third|fourth|\dnd|\drd|\dth|next|first|last|partial|weighted|normali[sz]ed|averaged"
    r"|scaled|squared|alternating|absolute)[\s-]*\Z"
)


def taken_of(claim: Claim, body: Expr) -> str:
    """The words that make something else of a sum or a maximum: "the index of the maximum", "the second largest"."""
    found = _OF_REDUCED.search(claim.before.lower()) if isinstance(body, Reduce) else None
    return found[0].strip() if found is not None else ""


def explains_index(finding: Finding, others: Iterable[Claim]) -> tuple[str, Claim] | None:
    """Indices that nothing sums over, and the claim that may tell what they are: "where a is p - k1", "p = a + k1"."""
    left = [dict(reason.facts).get("indices", "") for reason in finding.reasons if reason.id == "indices-left-free"]
    letters = {letter for said in left for letter in said.split(", ")}
    told = next((one for one in others if letters & _outside_brackets(one.expr)), None) if letters else None
    return (left[0], told) if told is not None else None


def _outside_brackets(expr: Expr | None) -> set[str]:
    """The names of an expression that do not stand in the brackets of an array."""
    if expr is None or isinstance(expr, Index):
        return set()
    return {expr.name} if isinstance(expr, Name) else set().union(*map(_outside_brackets, children(expr)))


def is_remark(beside: Claim, names: Mapping[str, int]) -> bool:
    """Whether what stands beside a formula is a remark in brackets: "(zero padded)", "(elementwise, for each i)"."""
    if beside.aside or not isinstance(beside.expr, Group) or beside.in_maths:
        return beside.aside
    words = (node.name if isinstance(node, Name) else "" for node in walk(beside.expr))
    return any(isinstance(node, Text) for node in walk(beside.expr)) or any(
        len(word) > _LONGEST_NAME and word not in names for word in words
    )


def is_zero_outside(beside: Claim, view: View) -> bool:
    """Whether brackets beside a formula hold the usual padding, "(dJ/dZ = 0 outside the image)", not "(b = 0)"."""
    held = beside.expr.items[0] if isinstance(beside.expr, Group) and len(beside.expr.items) == 1 else None
    if not (isinstance(held, Relation) and held.ops == ("=",) and isinstance(held.operands[0], Name | Index)):
        return False
    value, at = held.operands[1], view.base + held.place[1]
    behind = view.answer.document.text[at : at + _REMARK].lower()
    return isinstance(value, Num) and value.value == 0 and _OUTSIDE.match(behind) is not None


def begins_at_zero(beside: Claim, body: Expr) -> bool:
    r"""Whether it only says that an index of a sum or a maximum is not negative: `\max_{j<p} ... (j \ge 0)`."""
    held = beside.expr.items[0] if isinstance(beside.expr, Group) and len(beside.expr.items) == 1 else beside.expr
    if not isinstance(held, Relation) or len(held.operands) != 2:
        return False
    first, last = held.operands if held.ops == (">=",) else held.operands[::-1] if held.ops == ("<=",) else (None, None)
    zero = isinstance(last, Num) and last.value == 0
    bounds = [bound for node in walk(body) if isinstance(node, Reduce) for bound in node.bounds]
    return zero and isinstance(first, Name) and any(first.name == one.index and one.low is None for one in bounds)


_INDEXED = later(r"\s*(\w+) ?(?:\[\s*)?$")


def is_cut_short(claim: Claim, view: View, names: Mapping[str, int]) -> bool:
    """Whether an array, perhaps with an index that could not be read, stands directly behind a formula, `δ U (1-U)`:
    it may go on with it."""
    text, end = view.answer.document.text, view.base + claim.place[1]
    if not claim.in_maths and text.startswith("(", end) and text[end - 1].isalnum():
        return True  # v = g(1 - foo bar): what could not be read is not left out
    following = next((other for other in view.reading().claims if other.place > claim.place), None)
    found = _INDEXED.match(following.before) if following is not None else None
    return found is not None and found[1] in {name.lower() for name in names}


_ONLY_IF = later(r"[\s,]*(for|if|when|whenever|where|wherever|as long as)\s*")


def is_for_some(claim: Claim, reading: Reading, names: Mapping[str, int]) -> Claim | None:
    """The condition on values of an array directly behind a formula: "U(1-U) for Z > 0"."""
    behind = next((other for other in reading.claims if other.place > claim.place), None)
    if behind is None or behind.sentence != claim.sentence or not _ONLY_IF.fullmatch(behind.before):
        return None
    one = isinstance(behind.expr, Relation) and len(behind.expr.ops) == 1  # 0 < U < 1 is a remark
    ordered = one and isinstance(behind.expr, Relation) and behind.expr.ops[0] in ("<", ">", "<=", ">=")
    arrays = {name for name in names_in(behind.expr) if names.get(name, 0) > 0} if behind.expr is not None else set()
    return behind if ordered and arrays else None


def is_for_negative(claim: Claim, reading: Reading, names: Mapping[str, int]) -> Claim | None:
    """A condition behind a formula by which an index is negative, and no word of zeros there: "only if j - k < 0"."""
    behind = [other for other in reading.claims if other.place > claim.place and other.block == claim.block]
    words = " ".join([*(other.before for other in behind), reading.after])
    if _ZEROS.search(words) or any(_is_nothing(other.expr) for other in behind):
        return None
    return next((other for other in behind if _is_negative(other.expr, names)), None)


_ZEROS = later(
    r"\b(zeros?|null|vanish\w*|outside|out of|ignor\w*|skip\w*|left out|leave out|drop\w*|pad\w*|undefined|invalid"
    r"|nothing|none|no|not|never|except|unless|without|beyond|cero|fuera|außerhalb|keine?)\b|n't\b"
)


def _is_nothing(expr: Expr | None) -> bool:
    last = expr.operands[-1] if isinstance(expr, Relation) and expr.ops[-1] == "=" else None
    return isinstance(last, Num) and last.value == 0


def _is_negative(expr: Expr | None, names: Mapping[str, int]) -> bool:
    if not isinstance(expr, Relation) or expr.ops != ("<",):
        return False
    left, right = expr.operands
    arrays = left is None or any(names.get(name, 0) > 0 for name in names_in(left))
    return isinstance(right, Num) and right.value == 0 and not arrays


_OUTSIDE = later(r"[\s$,]*(outside|out of|beyond|elsewhere)\b[^.;=<>\d]*[)）]")
_BESIDE = r"\A[\s$,;.:()\[\]{}\\*`]*"
_PADDED = later(
    _BESIDE
    + r"(only|just) (the )?(existing|valid) (entries|elements|terms|positions|pixels|values)\b|"
    + _BESIDE
    + r"(only|just) (with |for |over )?(the |those )*"
    r"(terms|summands|indices|positions|pixels|places|\$?[a-z]_?\{?\d\}?,? ?(and )?\$? ?\$?[a-z]_?\{?\d\}?\$? )"
    r"[^.]{0,80}\b(inside|within|in range|valid|exists?)\b|" + _BESIDE + r"(if|where|when|whenever)\b[^.]{0,80}"
    r"\b(out of|outside|beyond|invalid|negative|not (?:an? )?(?:valid|inside|within|in range|defined)|does not exist)\b"
    r"[^.]{0,60}"
    r"\b(is|are|be|counts? as|treated as|taken as|set to|equals?|we (take|use|put|set|write|have))\s*\$?(0|zero)\b|"
    + _BESIDE
    + r"(and |here |where )?(an?|the|those|all|any|each|such)? ?"
    r"(summands?|terms?|entry|entries|elements?|values?|places?|pixels?)( is| are)? "
    r"(left out|dropped|zero|0|skipped|ignored|omitted|counted as (0|zero)|vanish(es)?) (if|when|where|whenever)\b"
    r"[^.]{0,80}\b(outside|out of|beyond|invalid)\b|" + _BESIDE + r"(if|where|when|whenever)\b[^.,]{0,40}"
    r"(\\geq?(slant)?|>=|≥)\s*[a-z]\s*[$,) ][^.\d+-]{0,40}\b(skipped|ignored|left out|dropped|omitted|not counted)\b"
)
_NARROWS = later(
    r"(?<![a-z_0-9{])[1-9]|[<>](?!=)|\\[lg]t\b|\b(unless|except|but|twice|half|double"
    r"|not(?! (?:an? )?(?:valid|inside|within|in range|defined|exist)))\b"
)
_REMARK = 240  # characters behind a formula
NARROW = str.maketrans("（），：；", "(),:;")  # as they are typed among Chinese words


def pads(claim: Claim, view: View) -> bool:
    """Whether the words behind a formula say what is so anyway: outside of an array there are zeros.

    Not with a number or a strict order beside it: "only terms with k1 > 0 inside Z".
    """
    at = view.base + claim.place[1]
    said = view.answer.document.text[at : at + _REMARK + 1].lower().translate(NARROW).lstrip(" \t\n$")
    said = said.partition("\n\n")[0]
    return len(said) <= _REMARK and _NARROWS.search(said) is None and _PADDED.search(said) is not None


def is_padding(text: str) -> bool:
    """Whether words behind a formula, in small letters, only say what is so outside of an array."""
    said = text.lstrip(" \t\n")
    return len(said) <= _REMARK and _PADDED.search(said) is not None and _NARROWS.search(said) is None


def says_sum(view: View, body: Expr) -> bool:
    """Whether the words speak of a sum that the formula itself does not show.

    Beside sums that it does show, "over all places where the weight is used" may be just these.
    """
    words = view.reading().words
    shown = any(isinstance(node, Reduce) and node.op == "sum" for node in walk(body))
    return _SAYS_SUM.search(words) is not None and not (shown and _SAYS_WHERE.search(words))


_SAYS_DERIVATIVE = later(r"(?<!\w)(?:[a-z]|σ|\\?sigma|sigmoid)\s?(?:'|\^\{?\\prime\}?)\s?(?:\([^()=]{0,9}\)\s?)?[:&]?=")
_SPEAKS_OF_IT = later(
    r"\bderivative of (?:the |a )?(?:sigmoid|logistic|σ|\\?\$?\\?sigma)\$?(?: function)? (?:is|=|equals)\s"
)
_ALSO_SUMMED = later(
    r"\b(?:also|too|and) (?:sum(?:med|ming)? )?over (?:the |all |every )?(?:\w+ )?[a-z]{3,}", re.IGNORECASE
)
_NOT_ALL = frozenset(["missing-sum", "missing-some-sums"])


def unread_beside(finding: Finding, view: View) -> Reason | None:
    """Words that may complete a formula that is right but for one thing: its derivative, or one more sum."""
    if not finding.credit:
        return None
    ids, text = {reason.id for reason in finding.reasons}, view.answer.text
    said = "derivative-left-open" in ids and _SAYS_DERIVATIVE.search(text)
    if said or _SPEAKS_OF_IT.search(text):  # it was not read, or not as what it is
        return remark("undecided")
    sums = not _NOT_ALL.isdisjoint(ids)
    return remark("sum-in-words") if sums and _ALSO_SUMMED.search(text) else None


def spoken_sums(claims: Iterable[Claim], names: Mapping[str, int]) -> frozenset[str]:
    """The indices that words say are summed over, apart from the formula: "..., summed over i, j and k".

    Not the arrays of "we have to sum over all the Z that this W reaches".
    """
    bare = (claim.expr for claim in claims if isinstance(claim.expr, Reduce) and isinstance(claim.expr.body, Text))
    spoken = [bound.index for node in bare if node.op == "sum" for bound in node.bounds]
    return frozenset([index for index in spoken if not names.get(index)])


def is_drawn(view: View) -> bool:
    """Whether a sum sign is drawn over several lines, a bar, a backslash and a slash, which nobody reads in a line."""
    return _DRAWN.search(view.answer.text) is not None


_DRAWN = later(r"__+[ \t]*\n[^\n]*\\\\?[ \t]{1,8}\S|\\\\?[ \t]{2,8}\S[^\n]*\n[ \t]*/__{0,3}", holds=("__", "/_"))


def adds_up(view: View) -> bool:
    """Whether code adds one term after the other: `dW[k] += ...`."""
    return _ADDED_UP.search(view.answer.text) is not None


_DENIED = later(r"\b(no|not|never|without|instead of|n.t)\b[^.;]{0,30}$")
_CONVENTION = later(
    r"\bsum\w* convention\b|\beinstein\b|\brepeated (indices|index|letters)\b|summenkonvention",
    holds=("convention", "einstein", "repeated", "konvention"),
)


def by_convention(view: View) -> bool:
    """Whether the answer says that repeated indices are summed over, and not that they are not."""
    text = view.answer.text.lower()
    found = _CONVENTION.search(text)
    return found is not None and _DENIED.search(text[: found.start()]) is None


def with_repeated_summed(trial: Trial) -> Expr:
    """The formula with sums over the letters that it leaves free."""
    return repairs.sum_over(trial.body, trial.free) if trial.free else trial.body
