"""Writes a Markdown hand-in again: as LaTeX, as a notebook, as plain text with Unicode mathematics."""

from __future__ import annotations

import json
import re
from itertools import pairwise

from grader.model.documents import Block, Document, Run

_ESCAPED = re.compile(r"([%&#$_{}])")
_PARTIAL = re.compile(r"\\frac\{\\partial ([^{}]*)\}\{\\partial ([^{}]*)\}")
_PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage{amsmath, ulem} % 1 package too many
\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}}
\title{Homework 10}
\begin{document}
\maketitle
"""
_SECTIONS = ("section", "section", "subsection", "subsubsection", "paragraph", "subparagraph", "subparagraph")


# -- LaTeX -----------------------------------------------------------------------------------------------------


def as_latex(document: Document, whole: bool = True) -> str:
    """A document with a preamble and a macro for derivatives, or only its body."""
    lines: list[str] = []
    depth = 0
    in_table = False
    for block in document.blocks:
        if in_table and block.kind != "row":
            lines.append("\\end{tabular}\n")
        in_table = block.kind == "row" or (in_table and block.kind == "row")
        level = 0 if block.kind == "heading" else block.level
        lines += ["\\begin{itemize}"] * (level - depth) + ["\\end{itemize}\n"] * (depth - level)
        depth = level
        lines += _latex_block(block, begins=bool(lines) and not lines[-1].endswith("\\\\ \\hline"))
    lines += ["\\end{tabular}\n"] * in_table + ["\\end{itemize}"] * depth
    body = "\n".join(lines)
    return _PREAMBLE + _PARTIAL.sub(r"\\pd{\1}{\2}", body) + "\n\\end{document}\n" if whole else body


def _latex_block(block: Block, begins: bool) -> list[str]:
    words = "".join(_latex_run(run) for run in block.runs)
    item = "" if not block.label else "\\item " if block.label in "-*+" else f"\\item[{block.label}] "
    if block.kind == "heading":
        return [f"\\{_SECTIONS[block.level]}*{{{words}}}"]
    if block.kind == "code":
        return ["\\begin{verbatim}", block.text, "\\end{verbatim}", ""]
    if block.kind == "rule":
        return ["\\hrule", ""]
    if block.kind == "row":
        cells = "".join(" & " if run.kind == "cell" else _latex_run(run) for run in block.runs).removesuffix(" & ")
        return ["\\begin{tabular}{|l|l|}"] * begins + [item + cells + " \\\\ \\hline"]
    return [item + words, ""]


def _latex_run(run: Run) -> str:
    if run.kind == "math":
        words = f"${run.text}$"
    elif run.kind == "display":
        words = run.text if run.text.startswith("\\begin") else f"\\[{run.text}\\]"
    elif run.kind == "code":
        words = f"\\verb|{run.text}|"
    elif run.kind == "break":
        words = "\n"
    elif run.kind == "image":
        words = "\\includegraphics[width=3cm]{picture}"
    else:
        words = _ESCAPED.sub(r"\\\1", run.text)
    for mark, command in (("strong", "textbf"), ("emphasis", "emph"), ("struck", "sout")):
        if mark in run.marks:
            words = f"\\{command}{{{words}}}"
    return words


# -- notebooks -------------------------------------------------------------------------------------------------


def as_notebook(document: Document) -> str:
    """A cell for each heading with what follows it."""
    starts = [0, *(block.span.start for block in document.blocks if block.kind == "heading"), len(document.text)]
    pieces = [document.text[start:stop] for start, stop in pairwise(starts) if start < stop]
    cells = [
        {"cell_type": "markdown", "id": "same", "metadata": {}, "source": piece.splitlines(keepends=True)}
        for piece in pieces
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


# -- plain text ------------------------------------------------------------------------------------------------

_UNICODE = (
    (r"\\frac\{\\partial ([^{}]*)\}\{\\partial ([^{}]*)\}", r"∂\1/∂\2"),
    (r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"(\1)/(\2)"), (r"\^\{(\w+)\}", r"^\1"), (r"\bsk\b", "s·k"),
    (r"\\lfloor ?", "⌊"), (r" ?\\rfloor", "⌋"), (r"\\mathbb\{R\}", "ℝ"), (r"\\(?:ldots|dots)", "..."),
    (r"\\qquad", "  "),
    (r"\\partial ", "∂"), (r"\\sum", "Σ"), (r"\\cdot ?", "·"), (r"\\times", "×"), (r"\\leq?(?![a-z])", "≤"),
    (r"\\in(?![a-z])", "∈"), (r"\\[{]", "{"), (r"\\[}]", "}"), (r"\\left|\\right", ""), (r"\\lceil ?", "⌈"),
    (r" ?\\rceil", "⌉"), (r"\\(?:displaystyle|,|;|!|quad) ?", " "),
    (r"\\(?:mathrm|text|operatorname)\{([^{}]*)\}", r"\1"),
    (r"\\max", "max"), (r"\\exp", "exp"), (r"_([0-9])", lambda found: "₀₁₂₃₄₅₆₇₈₉"[int(found[1])]),
    (r"\^2", "²"), (r"&|\\\\(?: |\n|\Z)", " "), (r"\\(?:begin|end)\{[a-z*]+\}", ""), (r"\s+", " "),
)  # fmt: skip


def as_plain(document: Document) -> str:
    """Lines of words; no markup, no LaTeX."""
    lines = []
    for block in document.blocks:
        words = "".join(_plain_run(run) for run in block.runs if "struck" not in run.marks)
        if block.kind == "heading" and words.strip().isdigit():
            words = f"Problem {words}"
        lines.append(f"{block.label} {words}".strip() if block.label not in ("", "-", "*", "+") else words)
    return "\n\n".join(lines) + "\n"


def _plain_run(run: Run) -> str:
    words = run.text
    if run.kind in ("math", "display"):
        for pattern, sign in _UNICODE:
            words = re.sub(pattern, sign, words)  # type: ignore[arg-type]
        return words.strip()
    if "strong" in run.marks and re.fullmatch(r"\d+[a-z]", words):
        return words + ":"
    return "  " if run.kind == "cell" else words
