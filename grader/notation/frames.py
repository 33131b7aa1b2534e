r"""What is set around terms of LaTeX, `\boxed{...}` and `\underbrace{...}_{...}`; the text keeps its places."""

from __future__ import annotations


def without_frames(text: str) -> str:
    """The text without its boxes, and with a braced term alone; of the same length."""
    if "box" in text:
        from grader.notation.boxes import unboxed

        text = unboxed(text)
    if "brace{" in text:
        from grader.notation.braced import with_braces_read

        text = with_braces_read(text)
    return text
