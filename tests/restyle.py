"""Writes a Markdown hand-in again: as LaTeX, as a notebook, as HTML, as plain text, as a file of answers."""

from __future__ import annotations

import json
import re
from html import escape
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
    (r"\\frac\{d([A-Z])\}\{d([^{}]*)\}", r"d\1/d\2"),
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


# -- HTML ------------------------------------------------------------------------------------------------------


def as_html(document: Document) -> str:
    """A page as a rich editor saves it: entities, lists, tables, formulas in the ways in which pages hold them."""
    lines = ["<!DOCTYPE html>\n<html><head><title>Homework</title><style>p {color: white}</style></head>\n<body>"]
    depth = 0
    in_table = False
    for number, block in enumerate(document.blocks):
        if in_table and block.kind != "row":
            lines.append("</table>")
        lines += ["<table>"] * (block.kind == "row" and not in_table)
        in_table = block.kind == "row"
        level = 0 if block.kind == "heading" else block.level
        lines += ["<ul>"] * (level - depth) + ["</ul>"] * (depth - level)
        depth = level
        lines.append(_html_block(block, number))
    return "\n".join([*lines, "</table>" * in_table, "</ul>" * depth, "</body></html>"])


def _html_block(block: Block, number: int) -> str:
    words = "".join(_html_run(run, number + at) for at, run in enumerate(block.runs))
    if block.kind == "heading":
        return f"<h{block.level}>{words}</h{block.level}>"
    if block.kind == "code":
        return f"<pre>{escape(block.text)}</pre>"
    if block.kind == "rule":
        return "<hr>"
    if block.kind == "row":
        return "<tr><td>" + words.removesuffix("<td>")
    if block.label and block.label not in "-*+":
        return f"<ol start={re.sub(r'[^0-9]', '', block.label) or 1}><li>{words}</ol>"
    return f"<li>{words}</li>" if block.label else f"<p>{words}</p>"


def _html_run(run: Run, number: int) -> str:
    words = escape(run.text)
    if run.kind in ("math", "display"):
        words = _html_formula(run.text, run.kind == "display", number)
    elif run.kind == "code":
        words = f"<code>{words}</code>"
    elif run.kind == "cell":
        words = "<td>"
    elif run.kind == "break":
        words = "<br>\n"
    elif run.kind == "image":
        words = '<img src="a.png">'
    elif run.kind == "html":
        words = run.text
    else:
        words = words.replace(" ", "&nbsp;", number % 2)
    for mark, tag in (("strong", "b"), ("emphasis", "em"), ("struck", "s")):
        if mark in run.marks:
            words = f"<{tag}>{words}</{tag}>"
    return words


def _html_formula(latex: str, display: bool, number: int) -> str:
    """In turn as typed, as a picture of Canvas, as MathML that kept its LaTeX, and as a script of MathJax."""
    words = escape(latex)
    if number % 4 == 0 and latex.startswith("\\begin"):
        return words
    return (
        (f"\\[{words}\\]" if display else f"\\({words}\\)"),
        f'<img class="equation_image" title="{words}" data-equation-content="{words}" alt="LaTeX: {words}">',
        '<span class="katex"><math><semantics><mi>z</mi><annotation encoding="application/x-tex">'
        f'{words}</annotation></semantics></math><span class="katex-html">z</span></span>',
        f'<script type="math/tex{"; mode=display" * display}">{latex}</script>',
    )[number % 4]


# -- files of answers ------------------------------------------------------------------------------------------


def as_value(blocks: tuple[Block, ...]) -> str:
    """An answer as somebody types it into a field: formulas between dollars, no other markup."""
    return "\n\n".join(f"{block.label} ".lstrip() + "".join(map(_value_run, block.runs)) for block in blocks).strip()


def _value_run(run: Run) -> str:
    if run.kind == "cell":
        return "  "
    if run.kind not in ("math", "display") or run.text.startswith("\\begin"):
        return run.text
    return f"$${run.text}$$" if run.kind == "display" else f"${run.text}$"


def as_answers(answers: dict[str, str], kind: str) -> str:
    """Source text of each question, as YAML with blocks of lines, as JSON, or as CSV."""
    if kind == "json":
        return json.dumps(answers, indent=1, ensure_ascii=False)
    if kind == "csv":
        rows = ['"' + words.replace('"', '""') + '"' for words in answers.values()]
        return "question,answer\n" + "".join(f"{id},{row}\n" for id, row in zip(answers, rows, strict=True))
    return "".join(
        f"{id}: |2\n" + "".join(f"  {line}\n" for line in words.split("\n")) for id, words in answers.items()
    )
