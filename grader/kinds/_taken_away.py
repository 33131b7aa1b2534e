"""Words beside a list which say that its entries are what went, not what is left: "1, 3, 0, 1 are removed"."""

from __future__ import annotations

import re

from grader.kinds._around_matrices import around
from grader.model.documents import Block
from grader.model.patterns import later
from grader.notation.reading import Claim

_GONE = (
    "removed|deleted|dropped|discarded|ignored|skipped|lost|omitted|excluded|left out|thrown away|thrown out|cut out"
    "|not kept|not used|cancelled|crossed out"
)
_GO = "remove|delete|drop|discard|ignore|skip|omit|throw away|leave out"
_GOING = "removing|deleting|dropping|discarding|ignoring|skipping|omitting|throwing away|leaving out"
_BEHIND = later(
    r"[\s,$)\]}]*(?:(?:that|which|these|those|they|all|is|are|was|were|have|has|been|being|get|gets|got|what|the|values"
    r"|entries|elements|samples|ones|numbers|now|then|simply|just)\s+)*"
    rf"(?:(?:is|are|was|were|been|being|gets?|got)\s+(?:\w+ly\s+|what gets\s+)?(?:{_GONE})\b"
    r"|drops? out\b|falls? away\b)",
    re.IGNORECASE,
    holds=(*_GONE.split("|"), "out", "away"),
)
_BEFORE = later(
    rf"(?:(?:\A|[.;:!?\n])\s*(?:{_GONE}|{_GO})|\b(?:{_GOING})|\b(?:we|i) (?:{_GO})|\b(?:without|except)(?: for)?)"
    r"(?: the (?:values|entries|elements|samples|ones|numbers))?\s*:?[\s$(\[{\\]*\Z",
    re.IGNORECASE,
)
_LONGEST = 100  # characters


def taken_away(blocks: tuple[Block, ...], claim: Claim) -> str:
    """Such words directly before or behind a list; "" if there are none."""
    before, behind = around(blocks, claim.place)
    found = _BEHIND.match(behind[:_LONGEST]) or _BEFORE.search(before[-_LONGEST:])
    return " ".join(found[0].split()).strip(" .,;:$([{") if found is not None else ""
