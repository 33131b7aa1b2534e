"""What of other people's text may leave: no terminal escapes, no markup, no spreadsheet formulas."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from grader.model.patterns import is_plain, later

_ESCAPES = later(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"  # OSC: titles, links, clipboard
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c\n]*(?:\x1b\\|\x9c)?"  # DCS, SOS, PM, APC
    r"|\x1b[ -/]*[0-~]?"  # everything else that starts with ESC
)
# Controls except tab and newline; bidirectional controls; characters that are never visible; tag characters.
_INVISIBLE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f"
)
_DROPPED = later(f"[{_INVISIBLE}]")
_UNSAFE_IN_JSON = later(f"[{_INVISIBLE}\u2028\u2029\ud800-\udfff]")
_BREAKS = later(r"\r\n|[\r\u2028\u2029]")
_LONE = later("[\ud800-\udfff]")
_BLANK_START = later(rf"^[\s{_INVISIBLE}]*")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
_TICKS = re.compile(r"`+")
_MARKUP = re.compile(r"([\\`*_\[\]<>#&|~$!])")
ELLIPSIS = "…"


def clean(text: str) -> str:
    """Text that a terminal or a page shows as it stands; line ends become newlines."""
    if is_plain(text):
        return text
    text = _BREAKS.sub("\n", text)
    text = _DROPPED.sub("", _ESCAPES.sub("", text))
    return _LONE.sub("\ufffd", text)


def one_line(text: str, most: int = 200) -> str:
    """Cleaned, blanks collapsed, and cut to a length."""
    flat = " ".join(clean(text).split())
    return flat if len(flat) <= most else flat[: most - 1] + ELLIPSIS


def json_safe(dumped: str) -> str:
    """JSON whose invisible characters are written as escapes: it means the same, and can be shown safely."""
    return dumped if dumped.isascii() or is_plain(dumped) else _UNSAFE_IN_JSON.sub(_escaped, dumped)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def text_cell(text: str) -> str:
    """Text for a spreadsheet: what a program would take for a formula gets a leading apostrophe."""
    safe = one_line(text)
    if text[:1].isalnum():
        return safe
    bare = _BLANK_START.sub("", text)
    guarded = any(form.startswith(_FORMULA) for form in (text, bare, safe))
    return f"'{safe}" if guarded else safe


def ticked(text: str) -> str:
    """A short piece of foreign text, set apart from our words."""
    return f"`{one_line(text)}`"


@lru_cache(maxsize=2000)
def code_span(text: str) -> str:
    """Markdown for a short piece of foreign text."""
    flat = one_line(text)
    if not flat:
        return ""
    ticks = "`" * (1 + max((len(run) for run in _TICKS.findall(flat)), default=0))
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{ticks}{pad}{flat}{pad}{ticks}"


def code_block(text: str) -> str:
    """Markdown for foreign lines: a fence longer than any run of backticks inside."""
    longest = max((len(run) for run in _TICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


@lru_cache(maxsize=2000)
def markdown_text(text: str) -> str:
    """Markdown that shows exactly this text, on one line."""
    return _MARKUP.sub(r"\\\1", one_line(text))


def width(text: str) -> int:
    """Columns that cleaned text takes on a terminal."""
    return len(text) if text.isascii() else sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
