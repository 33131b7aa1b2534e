"""What is particular to LaTeX: macros and their places, bombs, and texts that would take for ever."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_read_markdown import check

from grader.grade import grade, parse_rubric
from grader.marking.evidence import evidence_at, lines_at
from grader.model.documents import Document, Submission
from grader.read import READERS, read_submission

MANY = 4_000


def read(text: str) -> Document:
    """A LaTeX text as a document."""
    return READERS.load("latex").read(text, "hw.tex")


def words(document: Document) -> list[str]:
    """The words of each block."""
    return [block.text for block in document.blocks]


HUGE = {
    "open braces": "{" * 50_000,
    "closed braces": "}" * 50_000,
    "bold in bold": "\\textbf{" * 12_500 + "x" + "}" * 12_500,
    "lists in lists": "\\begin{enumerate}\\item " * MANY + "\\end{enumerate}" * MANY,
    "open lists": "\\begin{enumerate}\\item " * MANY,
    "items": "\\begin{itemize}" + "\\item x\n" * MANY + "\\end{itemize}",
    "items nowhere": "\\item[" * MANY,
    "open formulas": "\\[\n\\item " * MANY + "\\]",
    "open environments": "\\begin{align}\n\n" * MANY,
    "doubled dollars": "$$\n\\item " * MANY,
    "verbatims": "\\begin{verbatim}\n" * MANY,
    "listings": "\\lstnewenvironment{py" * MANY,
    "listings used": "\\begin{code}\n" * MANY + "\\end{code}",
    "listings of many names": "".join(f"\\begin{{code{number}}}\n" for number in range(MANY)),
    "verbatims closed": "\\begin{verbatim}x\\end{verbatim}\n\\begin{document}" * 5_000,
    "verbs": "\\verb|x" * MANY,
    "conditions": "\\iffalse " * MANY + "\\fi",
    "comments": "\\begin{comment}" * MANY + "\\end{comment}",
    "percents": "%\n" * 25_000,
    "phantoms": "\\phantom{" * MANY,
    "settings": "\\begin{figure}[" * MANY,
    "definitions": "\\newcommand{\\a}[1]{" * 5_000,
    "many definitions": "".join(f"\\def\\x{chr(97 + k % 26) * (k // 26 + 1)}{{y}}" for k in range(1_500)),
    "uses": "\\newcommand{\\R}{\\mathbb{R}}" + "$\\R^n$ " * MANY,
    "open uses": "\\newcommand{\\a}[2]{#1}" + "\\a{" * MANY,
    "uses with blanks": "\\newcommand{\\a}[2]{#1}" + "\\a " * MANY + " " * 25_000,
    "one use around all": "\\newcommand{\\all}[1]{#1}\\newcommand{\\R}{r}\\all{" + "\\R x " * 2_500 + "}",
    "tables": "\\begin{tabular}{cc}" + "a & b \\\\\n" * MANY + "\\end{tabular}",
    "open tables": "\\begin{tabular}{c}" * MANY,
    "colours": "\\color{white}\\color{black}" * MANY,
    "white": "{\\color{white} x" * MANY,
    "arguments": "\\foo{a}" * MANY,
    "unknown": "\\foo{a}" + "{a}" * 25_000,
    "braced settings": "\\item[{" * MANY,
    "braced labels": "\\begin{enumerate}" + "\\item[{\\item[{x}]}]" * 5_000,
    "options": ("\\begin{figure}[" + "a" * 390) * 2_000,
    "words and signs": "\\_a" * MANY + "\\%",
    "accents": '\\"a' * MANY,
    "white blanks": "a" + " " * 75_000 + "\\_" + " " * 75_000 + "b",
    "counters": "\\begin{enumerate}\\setcounter{enumi}{9999}" + "\\item[" + "[" * 25_000,
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE.keys())
def test_time_is_linear(text: str) -> None:
    """A hostile text is read within seconds and without running out of stack."""
    document = read(text)
    check(document)
    assert document.original == text


BOMBS = {
    "itself": r"\newcommand{\a}{\a}",
    "each other": r"\def\a{\b}\def\b{\a}",
    "growing": r"\newcommand{\a}{x\a x}",
    "doubling": "".join(rf"\def\a{'a' * k}{{\a{'a' * (k + 1)}\a{'a' * (k + 1)}}}" for k in range(30)),
    "arguments": r"\newcommand{\a}[1]{\a{#1#1#1#1}}",
    "wide": r"\newcommand{\b}{" + "y" * 9_000 + r"}\newcommand{\a}{\b\b\b\b\b\b}",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_macro_bombs(text: str) -> None:
    """A macro that never ends is said to be one, once, and the rest is read."""
    document = read(text + "\n\n# (a) $\\a{x}$ is 5.\n\n" + "\\a{x} " * 1_000 + "\n\nThe end $\\a$.")
    assert [note.id for note in document.notes] == ["macro-bomb"]
    assert words(document)[-1].startswith("The end ")
    assert "is 5." in words(document)[0]


def test_many_small_uses_are_no_bomb() -> None:
    """What ends is expanded, however often it is used."""
    document = read(r"\newcommand{\v}[1]{\mathbf{#1}}" + "\n\n" + r"$\v{x}+\v y$ " * 5_000)
    assert document.notes == ()
    assert words(document)[0].count(r"\mathbf{x}+\mathbf{y}") == 5_000


MACROS = {
    r"\newcommand{\R}{\mathbb{R}}": (r"$\R^3$", r"\mathbb{R}^3"),
    r"\newcommand\R{\mathbb R}": (r"$\R^3$", r"\mathbb R^3"),
    r"\newcommand*{\pd}[2]{\frac{\partial #1}{\partial #2}}": (r"$\pd{J}w$", r"\frac{\partial J}{\partial w}"),
    r"\newcommand{\pd}[2][J]{\frac{d #1}{d #2}}": (r"$\pd{w} + \pd[K]{w}$", r"\frac{d J}{d w} + \frac{d K}{d w}"),
    r"\renewcommand{\vec}[1]{\mathbf{#1}}": (r"$\vec x$", r"\mathbf{x}"),
    r"\providecommand{\half}{\frac12}\providecommand{\half}{3}": (r"$\half$", r"\frac12"),
    r"\def\half{\frac12}": (r"$\half x$", r"\frac12 x"),
    r"\def\sq#1{#1^2}": (r"$\sq{ab}$", "ab^2"),
    r"\DeclareMathOperator{\relu}{ReLU}": (r"$\relu(x)$", r"\operatorname{ReLU}(x)"),
    r"\DeclareMathOperator*{\am}{arg\,max}": (r"$\am_i$", r"\operatorname{argmax}_i"),
    r"\DeclarePairedDelimiter{\abs}{\lvert}{\rvert}": (r"$\abs*{x}+\abs[\big]{y}$", r"\lvert x \rvert+\lvert y \rvert"),
    r"\NewDocumentCommand{\f}{O{1} m}{#1/#2}": (r"$\f{2}+\f[3]{4}$", "1/2+3/4"),
    r"\let\ep\varepsilon": (r"$\ep_1$", r"\varepsilon_1"),
    r"\let\old\vec\renewcommand{\vec}[1]{\old{\bm{#1}}}": (r"$\vec{x}$", r"\vec{\bm{x}}"),
    r"\newcommand{\al}{\alpha}": (r"$\al b$", r"\alpha b"),
    r"\newcommand{\two}{2}\newcommand{\three}{\two+1}": (r"$\three\cdot 2$", r"2+1\cdot 2"),
    r"\newcommand{\R}{r}": (r"$\R*3$ $\Rx$", "r*3 \\Rx"),
}


@pytest.mark.parametrize(("definition", "use"), MACROS.items(), ids=MACROS.keys())
def test_macros_are_expanded(definition: str, use: tuple[str, str]) -> None:
    """A use is read as what it stands for, wherever the definition stands."""
    whole = "\\documentclass{article}\n" + definition + "\n\\begin{document}\n" + use[0] + "\n\\end{document}"
    assert words(read(whole)) == [use[1]]
    assert words(read(definition + "\n\n" + use[0])) == [use[1]]


def test_places_lead_back_to_the_use() -> None:
    """Evidence shows the line that was typed; an argument keeps its own place."""
    text = "\\newcommand{\\ans}[1]{\\boxed{#1 = x}}\n\n(a) so\n  $\\ans{12}$ here\n"
    document = read(text)
    run = next(run for run in document.blocks[0].runs if run.kind == "math")
    assert run.text == "\\boxed{12 = x}"
    whole = evidence_at(document, run.span.start, run.span.stop)
    assert (whole.line, whole.column, whole.text) == (4, 4, "  $\\ans{12}$ here")
    assert whole.width == len("\\ans{12}")
    at = run.span.start + run.text.index("12")
    inside = evidence_at(document, at, at + 2)
    assert (inside.line, inside.column, inside.width) == (4, 9, 2)
    behind = document.blocks[0].runs[-1]
    assert document.position(behind.span.start)[0] == 4
    assert lines_at(document, *_extent(document))[-1].text == "  $\\ans{12}$ here"


def _extent(document: Document) -> tuple[int, int]:
    return document.blocks[0].span.start, document.blocks[0].span.stop


def test_an_argument_over_lines_keeps_its_lines() -> None:
    """A macro around a whole answer does not hide where in it something stands."""
    document = read("\\newcommand{\\sol}[1]{\\textbf{Solution:} #1}\n\\sol{\nfirst\n\nsecond $x$}\n")
    last = document.blocks[-1].runs[-1]
    assert last.text == "x"
    assert document.position(last.span.start) == (5, 9)


def test_other_files_are_not_opened(tmp_path: Path) -> None:
    """What `\\input` names is not read in its place, but said."""
    (tmp_path / "secret.tex").write_text("the answer is 7")
    (tmp_path / "hw.tex").write_text("(a) \\input{secret.tex}\n(b) \\include{/etc/passwd} 5")
    submission = read_submission(tmp_path / "hw.tex")
    document = submission.documents[0]
    assert [note.id for note in document.notes] == ["not-included"] * 2
    assert [dict(note.facts)["what"] for note in document.notes] == ["secret.tex", "/etc/passwd"]
    assert "7" not in "".join(words(document))


RUBRIC = """
questions:
  1a: {points: 1, number: 2*3}
  1b: {points: 1, number: 7}
  2: {points: 1, number: 8}
"""
STRUCTURES = {
    "exam": r"""\documentclass{exam}\begin{document}\begin{questions}\question[4] Compute, where $n=2$.
\begin{parts}\part[1] How much is $3n$?
\begin{solution} It is $3\cdot2 = 6$. \end{solution}
\part[1] And $6+1$? \begin{solution} $7$ \end{solution}\end{parts}
\question What is 4+4?
\begin{solution} 8 \end{solution}
\end{questions}\end{document}""",
    "enum": r"""\section*{Problem 1}\begin{enumerate}[label=(\alph*)]\item $2\cdot3 = 6$ \item 7\end{enumerate}
\section*{Problem 2} \fbox{$x=8$}""",
    "enumnest": r"""\begin{enumerate}\item \begin{enumerate}\item 6 \item 7\end{enumerate}\item 8\end{enumerate}""",
    "probenv": r"""\begin{problem}{1} (a) Find 2*3. (b) Find 6+1.\end{problem}\begin{solution}
\begin{enumerate}\item[(a)] 6 \item[(b)] 7 \end{enumerate}\end{solution}
\begin{problem}{2} What is 4+4? \end{problem}\begin{solution} 8 \end{solution}""",
    "bold": r"""\noindent\textbf{Problem 1}\\ \textbf{(a)} 6 \\ \textbf{(b)} 7

{\bf Problem 2.} The sum is 8.""",
    "secs": r"""\section{Problem 1}\subsection{} 6 \subsection{} 7 \section{Problem 2} 8""",
    "paragraph": r"""\section*{1}\paragraph{(a)} 6 \paragraph{(b)} 7 \section*{2} 8""",
    "tab": r"""\begin{tabular}{ll} 1a & 6 \\ 1b & $7$ \\ 2 & 8 \end{tabular}""",
    "macroprob": r"""\newcommand{\prob}[1]{\bigskip\noindent\textbf{Problem #1}\par}\newcommand{\ans}[1]{\boxed{#1}}
\prob{1} (a) $\ans{6}$

(b) $\ans{7}$

\prob{2} $\ans{8}$""",
    "hwprob": r"""\begin{homeworkProblem} \textbf{(a)} 6

\textbf{(b)} 7\end{homeworkProblem}\begin{homeworkProblem} 8\end{homeworkProblem}""",
    "alphsub": r"""\renewcommand{\thesubsection}{(\alph{subsection})}\section*{Problem 1}\subsection{Shapes} 6
\subsection{More} 7
\section*{Problem 2} 8""",
    "counted": r"""\newcounter{exo}\newcounter{teil}[exo]
\newcommand{\exo}{\stepcounter{exo}\par\textbf{Exercise \theexo}\par}
\newcommand{\teil}{\stepcounter{teil}\par\textbf{(\alph{teil})} }
\exo \teil 6

\teil 7

\exo 8""",
    "countedhw": r"""\setcounter{hw}{1}\newenvironment{homeworkProblem}[1][-1]{\ifnum#1>0 \setcounter{hw}{#1}\fi
\section{Problem \arabic{hw}}\setcounter{partCounter}{1}}{\stepcounter{hw}}
\newcommand{\teil}{\textbf{\large Part \Alph{partCounter}}\stepcounter{partCounter}\\}
\begin{homeworkProblem} \teil 6

\teil 7 \end{homeworkProblem}\begin{homeworkProblem} 8\end{homeworkProblem}""",
    "setc": r"""\begin{enumerate}\item (a) 6 \\ (b) 7\end{enumerate} words 
\begin{enumerate}\setcounter{enumi}{1}\item 8\end{enumerate}""",
}


@pytest.mark.parametrize("text", STRUCTURES.values(), ids=STRUCTURES.keys())
def test_answers_are_found_however_they_are_numbered(text: str) -> None:
    """Sections, lists, the class exam, environments, bold labels, tables, own commands: each part gets its answer."""
    graded = grade(parse_rubric(RUBRIC, "r"), Submission("hw", (read(text),)))
    assert [str(mark.status) for mark in graded.marks] == ["right"] * 3, graded.log
    assert [note for note in graded.notes if note.id != "question-repeated"] == []


ENVIRONMENTS = {
    r"\newenvironment{teil}[1]{\par\textit{#1)}\ }{\par}": (r"\begin{teil}{a} $5$ by 4 \end{teil}", "a) 5 by 4"),
    r"\newenvironment{answer}[1]{\medskip\noindent #1)\ }{\par}": (r"\begin{answer}{b} six \end{answer}", "b) six"),
    r"\newenvironment{box}[2][x]{#1 is #2:}{.}": (r"\begin{box}{7}so\end{box}", "x is 7:so."),
    r"\newenvironment*{nowhere}{}{}": (r"\begin{nowhere}so\end{nowhere}", "so"),
    r"\renewenvironment{solution}{\bf}{}": (r"\begin{solution}so\end{solution}", "Solution: so"),
}


@pytest.mark.parametrize(("definition", "use"), ENVIRONMENTS.items())
def test_environments_of_the_student(definition: str, use: tuple[str, str]) -> None:
    """What begins and ends them stands in the text; the label may be their argument."""
    typed, expected = use
    document = read(definition + "\n\n" + typed)
    assert " ".join(words(document)) == expected
    assert document.notes == ()
    check(document)


LINES = "def rem(a, b):\n    return a % b  # not {"
LISTINGS = {  # what defines an environment, how it is used, and which language it has
    r"\lstnewenvironment{py}{\lstset{language=Python}}{}": ("py", "", "python"),
    r"\lstnewenvironment{py}[1][]{\lstset{language=Python,#1}}{}": ("py", "[caption=x]", "python"),
    r"\lstnewenvironment{py}[2][]{\lstset{title=#2,#1}}{}": ("py", "[caption=x]{My title}", ""),
    r"\lstnewenvironment{cpp}{\lstset{language=[11]C++}}{}": ("cpp", "", "c++"),
    r"\newminted{python}{linenos}": ("pythoncode", "", "python"),
    r"\newminted{python}{ linenos }": ("pythoncode*", "{fontsize=\\small}", "python"),
    r"\newminted[mine]{python}{}": ("mine", "", "python"),
    r"\DefineVerbatimEnvironment{mine}{Verbatim}{fontsize=\small}": ("mine", "", ""),
    r"\newtcblisting{box1}{listing engine=minted,minted language=python,listing only}": ("box1", "", "python"),
    r"\newtcblisting{box2}[2][]{title=#2,listing only,#1}": ("box2", "[x]{A title}", ""),
    r"\NewTCBListing{box3}{ O{} m }{title=#2,#1}": ("box3", "{A title}", ""),
    r"\newenvironment{mine}{\VerbatimEnvironment\begin{minted}{python}}{\end{minted}}": ("mine", "", ""),
    r"\newenvironment{mine}{\verbatim\small}{\endverbatim}": ("mine", "", ""),
    r"\usepackage{pythontex}": ("pyblock", "[session]", ""),
    r"\usepackage{course}": ("pythonlisting", "", ""),
    r"\usepackage{ours}": ("code", "", ""),
    "": ("my-code", "", ""),
}


@pytest.mark.parametrize(("definition", "use"), LISTINGS.items())
def test_environments_of_code_stand_letter_for_letter(definition: str, use: tuple[str, str, str]) -> None:
    """In one that the document defines itself, or that is called so, `%` begins no comment."""
    name, given, language = use
    document = read(
        f"{definition}\n\\begin{{document}}\n\\begin{{{name}}}{given}\n{LINES}\n\\end{{{name}}}\n\\end{{document}}"
    )
    assert [(block.kind, block.text, block.info) for block in document.blocks] == [("code", LINES, language)]
    check(document)


NO_LISTINGS = {
    "a frame around one": (r"\begin{codebox}\begin{verbatim}x % y\end{verbatim}\end{codebox}", "x % y"),
    "words": (r"\begin{code}The remainder is $3$ % or 4" + "\n\\end{code}", "The remainder is 3"),
    "a definition that is a comment": (
        r"% \lstnewenvironment{mine}{}{}" + "\n" + r"\begin{mine}so % not" + "\n" + r"\end{mine}",
        "so",
    ),
    "an environment of words": (
        r"\newenvironment{verbose}{\bf}{}" + "\n" + r"\begin{verbose}x = so % not" + "\n" + r"\end{verbose}",
        "x = so",
    ),
}


@pytest.mark.parametrize("name", NO_LISTINGS)
def test_other_environments_hold_words(name: str) -> None:
    """What is only called like code, and holds words or code of its own, is read as before."""
    typed, expected = NO_LISTINGS[name]
    assert " ".join(words(read(typed))) == expected


def test_an_environment_in_itself_ends() -> None:
    """Its own beginning inside of what it stands for is one of an environment that nobody knows."""
    document = read(r"\newenvironment{a}{\begin{a}x}{\end{a}}" + "\n\n" + r"\begin{a}y\end{a}")
    assert " ".join(words(document)) == "xy"


def test_of_a_condition_on_a_counter_the_branch_that_holds_is_read() -> None:
    """`\\ifnum` compares numbers and counters; of an `\\else` the other branch is no word of the answer."""
    text = r"\setcounter{n}{3}\ifnum\value{n}>2 big\else small\fi, \ifnum 1=2 no\fi yes"
    assert "".join(words(read(text))).split() == ["big,", "yes"]
