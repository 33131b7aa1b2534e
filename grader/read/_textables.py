"""What the commands and environments of LaTeX put on a page, as far as a reader of homework has to know."""

from __future__ import annotations

# Levels of headings as in Markdown. `\part` is one only outside the exam class.
SECTIONS = {
    "part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5, "subparagraph": 6,
}  # fmt: skip

# What a command prints in front of its text, by the class `exam`: how deep it stands, and how it is counted.
QUESTIONS = {
    "question": (1, "\\arabic*."), "titledquestion": (1, "\\arabic*."), "part": (2, "(\\alph*)"),
    "subpart": (3, "\\roman*."), "subsubpart": (4, "\\arabic*)"),
}  # fmt: skip
ENUMERATE = ("\\arabic*.", "(\\alph*)", "\\roman*.", "\\Alph*.")

MARKS = {
    "textbf": "strong", "bf": "strong", "bfseries": "strong", "strong": "strong", "textit": "emphasis",
    "emph": "emphasis", "em": "emphasis", "it": "emphasis", "itshape": "emphasis", "textsl": "emphasis",
    "st": "struck", "sout": "struck", "xout": "struck", "cancel": "struck", "xcancel": "struck", "bcancel": "struck",
    "fbox": "strong", "framebox": "strong",
}  # fmt: skip

# Printed as it stands here.
WORDS = {
    "LaTeX": "LaTeX", "TeX": "TeX", "ldots": "...", "dots": "...", "textellipsis": "...", "S": "§", "P": "¶",
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textgreater": ">", "textless": "<",
    "textbar": "|", "textunderscore": "_", "textdollar": "$", "textpercent": "%", "textdegree": "°", "degree": "°",
    "textendash": "–", "textemdash": "—", "textquotesingle": "'", "texttimes": "×", "textpm": "±", "textmu": "µ",
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł",
    "L": "Ł", "i": "i", "j": "j", "euro": "€", "pounds": "£", "copyright": "©", "checkmark": "✓",
    "CorrectChoice": "[x] ", "correctchoice": "[x] ", "choice": "[ ] ", "CheckedBox": "[x]", "XBox": "[x]",
    "Square": "[ ]", "textrightarrow": "→", "qquad": " ", "quad": " ", "space": " ", "enspace": " ",
    "thinspace": " ", "hfill": " ", "hspace": " ", "dotfill": " ", "today": "", "qed": "",
}  # fmt: skip
ACCENTS = {'"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
           "c": "\u0327", "v": "\u030c", "H": "\u030b", "u": "\u0306", "r": "\u030a", "k": "\u0328"}  # fmt: skip
SIGNS = frozenset("%&$#_{}")  # printed as they are behind a backslash
SPACES = frozenset(" ,;:!>/\n")
QUOTES = {"``": '"', "''": '"', "---": "—", "--": "–"}

# Nothing of them is an answer: the command goes, with so many arguments and with what stands in square brackets.
DROPPED = {
    0: """
    maketitle tableofcontents newpage clearpage cleardoublepage pagebreak nopagebreak centering raggedright raggedleft
    noindent indent smallskip medskip bigskip vfill vfil hfil null relax protect ignorespaces sloppy fussy
    tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge sf sffamily rm rmfamily tt ttfamily sc
    scshape sl slshape upshape mdseries normalfont bgroup egroup hline toprule midrule bottomrule appendix printanswers
    noprintanswers doublespacing singlespacing onehalfspacing leavevmode strut displaystyle textstyle unskip
    newline linebreak nolinebreak hrule frenchspacing onecolumn twocolumn makeatletter makeatother endinput
    justifying allowbreak nobreak fill fillwithlines fillwithdottedlines begingroup endgroup fi
    listoffigures frontmatter mainmatter printbibliography selectfont gradetable addpoints
    endfirsthead endhead endfoot endlastfoot addlinespace hdashline morecmidrules
    """,
    1: """
    vspace label ref eqref autoref cref Cref pageref cite citep citet bibliography bibliographystyle thispagestyle
    pagestyle pagenumbering title author date usepackage documentclass hspace phantomsection cline cmidrule nocite
    printindex markright chead lhead rhead cfoot lfoot rfoot fancyhf hypersetup geometry pgfplotsset usetikzlibrary
    graphicspath linespread itemsep vskip hskip todo thanks institute email affil makeemptybox index
    captionsetup columnbreak lstset theoremstyle points tikzset sisetup
    mathtoolsset newif rowcolor droptotalpoints noalign hhline cdashline Xhline arrayrulecolor
    """,
    2: """
    setlength addtolength definecolor numberwithin fontsize newtheorem newtheoremstyle rule raisebox markboth
    addcontentsline titleformat resizebox renewcommand newcommand
    """,
    3: "newenvironment renewenvironment titlespacing specialrule rowcolors",
}
RULES = frozenset(
    "toprule midrule bottomrule cmidrule addlinespace pagebreak nopagebreak linebreak nolinebreak".split()
)
# The text is what stands in the last of so many arguments.
LAST = {"texttt": 1, "textrm": 1, "textsf": 1, "textsc": 1, "textup": 1, "textnormal": 1, "text": 1, "mbox": 1,
        "hbox": 1, "makebox": 1, "underline": 1, "uline": 1, "uuline": 1, "hl": 1, "mathrm": 1, "operatorname": 1,
        "url": 1, "lstinline": 1, "mintinline": 2, "code": 1,
        "href": 2, "colorbox": 2, "fcolorbox": 3, "parbox": 2, "multicolumn": 3, "multirow": 3, "centerline": 1,
        "caption": 1, "scalebox": 2, "adjustbox": 2, "subcaption": 1, "textmd": 1, "lowercase": 1, "uppercase": 1,
        "MakeUppercase": 1, "center": 1, "num": 1, "textsuperscript": 1, "textsubscript": 1}  # fmt: skip

IMAGES = {"includegraphics": 1, "includesvg": 1, "epsfig": 1, "includepdf": 1}
INPUTS = {"input": 1, "include": 1, "subfile": 1, "import": 2, "lstinputlisting": 1, "verbatiminput": 1,
          "inputminted": 2, "includestandalone": 1}  # fmt: skip

FORMULAS = frozenset(
    f"{name}{star}"
    for name in (
        "align alignat aligned alignedat flalign gather gathered multline equation eqnarray split cases dcases rcases "
        "displaymath math dmath empheq IEEEeqnarray array matrix bmatrix pmatrix vmatrix Bmatrix Vmatrix smallmatrix"
    ).split()
    for star in ("", "*")
)
LISTS = frozenset(
    ("enumerate", "itemize", "description", "compactenum", "compactitem", "inparaenum", "asparaenum", "enumerate*",
     "itemize*", "list", "tasks", "trivlist", "easylist")
)  # fmt: skip
NUMBERED = frozenset({"enumerate", "compactenum", "inparaenum", "asparaenum", "enumerate*"})
PARTED = frozenset({"questions", "parts", "subparts", "subsubparts"})  # of the class `exam`
CHOICES = frozenset({"choices", "checkboxes", "oneparchoices", "oneparcheckboxes"})
TABLES = {"tabular": 1, "tabular*": 2, "tabularx": 2, "tabulary": 2, "longtable": 1, "tabu": 1, "NiceTabular": 1,
          "xltabular": 2, "supertabular": 1, "tblr": 1, "longtblr": 1, "longtabu": 1}  # fmt: skip
QUOTED = frozenset({"quote", "quotation", "verse", "displayquote"})
PICTURES = frozenset({"tikzpicture", "pgfpicture", "picture", "circuitikz", "forest", "tikzcd", "pspicture"})
# Arguments of environments that hold settings.
SETTINGS = {"minipage": 1, "multicols": 1, "wrapfigure": 2, "adjustwidth": 2, "thebibliography": 1, "spacing": 1,
            "subfigure": 1, "list": 2, "textblock": 1, "tcolorbox": 0, "mdframed": 0}  # fmt: skip
# Environments that begin a question, and the word that they print.
PROBLEMS = {
    "problem": "Problem", "problems": "Problem", "prob": "Problem", "homeworkProblem": "Problem", "pr": "Problem",
    "exercise": "Exercise", "ex": "Exercise", "exer": "Exercise", "question": "Question", "quest": "Question",
    "task": "Task", "aufgabe": "Aufgabe", "hwproblem": "Problem", "homeworkproblem": "Problem",
}  # fmt: skip
PROBLEM_WORDS = frozenset("problem exercise question task aufgabe übung frage exercice ejercicio problema".split())
# Environments that hold an answer, and what stands before them is the question: the page says so, too.
SOLUTIONS = frozenset(
    "solution solutions sol soln answer answers ans solutionorbox solutionorlines solutionbox homeworkSolution".split()
)


def dropped() -> dict[str, int]:
    """Each command that says nothing, with the number of its arguments."""
    return {name: count for count, names in DROPPED.items() for name in names.split()}


# Units of the package siunitx.
UNITS = {
    "meter": "m", "metre": "m", "m": "m", "second": "s", "s": "s", "kilogram": "kg", "gram": "g", "ampere": "A",
    "kelvin": "K", "mole": "mol", "hertz": "Hz", "newton": "N", "joule": "J", "watt": "W", "volt": "V", "ohm": "Ω",
    "pascal": "Pa", "coulomb": "C", "farad": "F", "tesla": "T", "celsius": "°C", "percent": "\\%", "byte": "B",
    "bit": "bit", "minute": "min", "hour": "h", "liter": "L", "litre": "L", "kilo": "k", "milli": "m", "centi": "c",
    "mega": "M", "micro": "µ", "nano": "n", "giga": "G", "per": "/", "squared": "^2", "cubed": "^3", "metres": "m",
    "square": "",
}  # fmt: skip
