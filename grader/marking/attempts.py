"""Tells an answer from words that say there is none."""

from __future__ import annotations

import re
from collections.abc import Collection

from grader.kinds._choosing import changed_by
from grader.kinds._formula_doubts import pads
from grader.kinds.kind import Kind, View
from grader.model.expressions import Index, nodes_of
from grader.model.patterns import later
from grader.model.results import Finding, Status
from grader.notation.reading import Claim
from grader.prepare.parts import PreparedPart

_NO_ATTEMPT = later(
    r"""^\W*(
      (i\W?m\ )? (sorry\W*)? (i\ )? (really\ )?
      (do\ not | don.?t | dont | didn.?t | did\ not | could\ not | couldn.?t)
      \ (know | understand | get\ (this|it) | solve | do)
      (\ (it | (this|that)(\ (one|part|question))? | the\ answer | how(\ to.*)?
        | (what|which|where|why|how)\ (?!.*\b(but|so|or|yes|no|true|false|maybe|guess|think|probably|it\ is)\b)
          [a-z\ ]+))?
    | idk | (i\ (have|had)\ )? not?\ (idea|clue|answer|((more|enough)\ )?time)
      (\ (how|about|what|left|on|for|here|to)\b[\w\ ]*)?
    | (i\ )? (ran|run)\ out\ of\ time(\ (for|on|here)\b[a-z\ ,()]*)?
    | (left\ )? (empty|blank|open) | to\ be\ (done|filled\ in|continued) | no\ solution\ (yet|found)
    | (i\ )? (did\ not|didn.?t)\ (have|get|find)\ (the\ |enough\ |any\ )?
      (time(\ (left|for|to\ (do|finish|solve))\b[a-z\ ,()]*)? | to\ (this|it)(\ one)?)
    | (i\ )? (give|gave)\ up | not\ (sure|done|attempted|finished)(\ (how|about|what)\ .*)?
    | (i\ )? (did\ not|didn.?t|could\ not|couldn.?t|(was\ not|wasn.?t)\ able\ to|can\ ?not|can.?t)
      \ (manage|figure|finish|complete|solve|work|do|get|answer)
      (\ (to|this|that|it|out|one|part|question|do|solve|finish))*
    | nothing\ (here|yet) | how\ (do|does|can|could|would|should)\ (i|we|you|one)\ [a-z\ ]+\?+
    | i\ (have\ not|haven.?t|did\ not|didn.?t|do\ not|don.?t)\ (understood|understand)\ (this|that|it)(\ one|\ part)?
    | (i\ )? unfinished | (i\ )? skip(ped)?(\ (this|that|it))?(\ (one|part|question))?
    | (todo | to\ do | tbd)(\W*all\W*)?
    | je\ ne\ sais\ pas | (ich\ )? wei(ß|ss)\ (ich\ )?(es\ )?nicht | keine\ (ahnung|antwort|idee|lösung)
    | keine\ zeit(\ mehr)? | no\ (lo\ )?s[eé]
    | sin\ respuesta | sans\ r[ée]ponse | ohne\ antwort | senza\ risposta | sem\ resposta
    | non\ (lo\ )?so | 不会 | 不知道 | 不懂 | 未做 | 没做 | \\text\s*\{\s*\?+\s*\}
    | ans | answer | solution | antwort | lösung | respuesta | réponse | pendiente | fehlt(\ noch)? | missing
    | n/?a | none\ yet | blank | \?+ | [-–—._…]+ | \.{2,}
    )\W*(sorry|yet|here|for\ this\ (one|part))?\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
NO_SOLUTION = later(r"\W*no (?:solution|formula)\W*", re.IGNORECASE)
# What such words begin with: most answers are told apart by their first word.
_BEGINNING = re.compile(r"\W*([^\W\d_]*)(\d?)")
_BEGINNINGS = frozenset(
    "je ich weiß weiss keine non text \u4e0d\u4f1a \u4e0d\u77e5\u9053 \u4e0d\u61c2 \u672a\u505a \u6ca1\u505a"
    " i im sorry really do don dont did didn didnt could couldn couldnt was wasn wasnt can cant cannot idk no"
    " nothing ran run left how"
    " sin sans ohne senza sem empty blank open give gave not unfinished skip skipped todo to tbd n na none yet here for"
    " ans answer solution antwort lösung respuesta réponse pendiente fehlt missing".split()
)
_SHORT = 80  # characters of an answer that says there is none


_PIECES = re.compile(r"[.,;!?\n()（）]+\s*|\s*[:;]-?[)(]\s*")
_HUMS = later(r"\W*(?:h+m+|u+h*m+|e+h*m+|uh|er|well|honestly|ok(?:ay)?)\b[\s,.!…–-]*(?=[a-z])", re.IGNORECASE)
_SET = later(r"\\(?:text|textrm|textit|mbox|mathrm)\s*\{([^{}]*)\}|\\q?quad\b|\\[,;!]|\$")
_PLEADS = later(r"\s*(please|pls|sorry|sry)\b[^\d$]*", re.IGNORECASE, holds=("please", "pls", "sorry", "sry"))


def gives_none(text: str) -> bool:
    """Whether the words of an answer say that there is none: "I don't know", "ran out of time", "?"."""
    if len(text) > _SHORT or "∞" in text or "∅" in text:
        return False
    text = _HUMS.sub("", _ENDS.sub("", text), count=1) if _HUMS.match(text) else _ENDS.sub("", text)
    if "\\" in text and "?" not in text:  # \\text{not done}
        text = _SET.sub(lambda found: found[1] or " ", text)
    if _is_none(text):
        return True
    pieces = [piece for piece in _PIECES.split(text) if piece.strip() and not _PLEADS.fullmatch(piece)]
    return bool(pieces) and all(map(_is_none, pieces))


_ENDS = later(r"\\end\{[a-z]+\*?\}|\\\\|&")  # of a display, in which the answer is a row


def _is_none(text: str) -> bool:
    begun = _BEGINNING.match(text)
    assert begun is not None  # it can match nothing
    word, digit = begun.groups()
    if digit if not word else word.lower() not in _BEGINNINGS:
        return False
    return _NO_ATTEMPT.match(text) is not None


_TAKEN_BACK = later(
    r"(?:[.?!;,:()\]\n–—-]\s*)((?:(?:hm+|wait|no|oh|oops|or|but|well|actually|sorry|argh?|rather)\b[\s,.!…-]*)*"
    r"(?:(?<=[.?!]\s)nope|(?<=[.?!]\s)no|swapped|reversed|exchanged|vice.versa"
    r"|(?:just )?the (?:other way (?:a)?round|reverse|opposite)|(?:the )?other way (?:a)?round"
    r"|(?:that|this|it|they|both|all)(?:\W?s| is| was|\W?re| are| were)? (?:wrong|not right|incorrect|false|nonsense)"
    r"|i (?:mixed|swapped|exchanged|confused) (?:them|these|those|it)(?: up)?|(?<=[.?!]\s)(?:this is )?wrong|withdrawn"
    r"|(?:in \(?\w{1,2}\)? )?i (?:forgot|have to|must|should have) (?:to )?"
    r"(?:multiply|divide|add|subtract|double|halve|square|multiplied)[^.;!?\n]{0,30}"
    r"|(?:in \(?\w{1,2}\)? )?i forgot (?:a|the) factor[^;!?\n]{0,30}"
    r"|i take (?:that|this|it|my answer|\(?\w{1,2}\)) back|never ?mind|scratch (?:that|this|it)"
    r"|(?:scrap|ignore|forget|disregard) (?:that|this|it)))\W*\Z"
    r"|\b((?:where|but|here)\W+(?:the )?sum (?:runs |goes |is )?(?:only )?over [^.;\n]{1,20}\bonly)\W*\Z"
)
_LAST = 60  # characters of an answer that may take it back
_FORGOT = ("i forgot", "i have to", "i must", "i should have")
_TAKE = (  # the last word of such an answer
    *"no nope swapped reversed exchanged versa round reverse opposite wrong incorrect false nonsense".split(),
    *("them", "these", "those", "it", "up", "that", "this", "only", "not right"),
    *("withdrawn", "mind", "back"),
)


_INSTEAD = later(
    r"\(\s*((?:edit(?:ed)?|correction|corrected|sorry|oops|wait|no\s*[,:;.–—-]|should be|(?:oh )?actually)"
    r"[^()\n]{0,40}?[\d(\[^][^)\n]{0,20}|(?:and |also )*sum\w* (?:also )?over [^()\n]{1,20}(?:too|as well))",
    holds=("edit", "correction", "corrected", "sorry", "oops", "wait", "no", "should be", "actually", "over "),
)
_OR = later(r"[\s$]*\(\s*(or (?:maybe |perhaps |just )?[\[(]?\d+\s*(?:,|x|×|by)\s*\d[^)\n]{0,20})", holds=("or ",))


def taken_back(text: str) -> str:
    """The words that take an answer back, at its end or in brackets: "5 x 4. No, vice versa", "5 x 4 (edit: 4 x 3)"."""
    if words := corrected_within(text):
        return words
    end = text[-_LAST:].casefold()
    last = end
    while last and not (last[-1].isalnum() or last[-1] == "_"):
        last = last[:-1]
    found = _TAKEN_BACK.search(end) if last.endswith(_TAKE) or any(map(end.__contains__, _FORGOT)) else None
    return (found[1] or found[2]).strip() if found else ""


def corrected_within(text: str) -> str:
    """The words in brackets that correct what stands before them: "1800 (edit: 1820)"."""
    instead = _INSTEAD.search(text.casefold()) if "(" in text else None
    return instead[1].strip() if instead is not None else ""


def given_up(text: str) -> str:
    """The last line below others if it says that there is no answer: the words above may only repeat the question."""
    above, _, last = text.strip().rpartition("\n")
    return last.strip() if above.strip() and gives_none(last) else ""


def said_otherwise(finding: Finding, view: View, kind: Kind) -> str:
    """The words by which an answer says something else: at its end, or beside what a right one claims.

    A kind that is `spoken` has looked at those beside the claims itself.
    """
    if finding.status is not Status.RIGHT:
        return corrected_within(view.answer.text) or (given_up(view.answer.text) if finding.credit else "")
    words = taken_back(view.answer.text)
    if not words and len(finding.spans) == 1:  # of several positions all may be right
        stop = view.base + finding.spans[0][1]
        other = _OR.match(view.answer.document.text[stop : stop + _LAST].casefold())
        words = other[1] if other is not None else ""
    if words and _is_about_claims(finding, view):
        return words
    if kind.spoken:
        return ""
    reading = view.reading()
    about = _claims_of(finding, view)
    told = ((claim, changed_by(claim, reading)) for claim in about if not pads(claim, view))
    ends = () if kind.name == "set" else ("between",)
    return next(
        (words for claim, words in told if words and not _is_run_through(claim, words, about, finding, ends)), ""
    )


def _is_run_through(claim: Claim, words: str, about: list[Claim], finding: Finding, ends: Collection[str]) -> bool:
    """Whether "to" or a sign stands within what was read as one, "(1, 3) to (3, 3)"."""
    within = next(span for span in finding.spans if span[0] <= claim.place[0] < span[1])
    if words in ("for every", "for each") and claim.expr is not None and nodes_of(Index, claim.expr):
        return True  # of its indices
    operates = words[0] in "/*^+" or words in ("times", "multiplied by")
    if operates and claim.place[1] < within[1]:  # of e^(-t/RC), and "dJ/dZ at [i] times X at [i]", read as a whole
        return True
    inside = [other for other in about if within[0] <= other.place[0] < within[1]]
    if words in ends and len(inside) > 1 and not _DENIED.search(claim.before):
        return True  # the two ends of what was read as one interval
    if words == "±" and within[0] < claim.place[0]:  # 8.40 ms ± 0.62 ms, which falls apart at its units
        return True
    return words in ("to", "through", "until") and any(within[0] <= c.place[0] < claim.place[0] for c in about)


_DENIED = later(r"\b(?:not|never|no|outside|neither|isnt|cant|wont)\b|n['’]t\b")


def _is_about_claims(finding: Finding, view: View) -> bool:
    """Whether mathematics was marked, and not words."""
    claims = view.reading().claims
    return any(claim.place[0] < high and low < claim.place[1] for claim in claims for low, high in finding.spans)


def _claims_of(finding: Finding, view: View) -> list[Claim]:
    """The claims that a finding is about; none for kinds that look at words."""
    first = view.answer.blocks[0].span if view.answer.blocks else None
    if not finding.spans or (first is not None and finding.spans[0] == (first.start, first.stop)):
        return []
    return [c for c in view.reading().claims if any(low <= c.place[0] < high for low, high in finding.spans)]


def tells_none(prepared: PreparedPart, text: str) -> bool:
    """Whether an answer says that there is none, in words that are no answer to this question."""
    formula = prepared.kind is not None and prepared.kind.name in ("formula", "gradient")
    if not gives_none(text) and not (formula and NO_SOLUTION.fullmatch(text)):  # of equations it may be the answer
        return False
    own = () if prepared.kind is None else prepared.kind.own_words(prepared.expected)
    whole = text.strip(_AROUND).casefold()
    said = {whole, *(piece.strip(_AROUND) for piece in re.split(r"[,;.\n]", whole))}
    return not any(word.strip(_AROUND).casefold() in said for word in own if word)


_AROUND = " \t\n.,;:!()*_`\"'"
