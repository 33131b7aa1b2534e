"""Answers of a course in engineering, as its students type them: each is read as meant, or goes to a person."""

from __future__ import annotations

from functools import lru_cache

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.errors import RubricError
from grader.model.results import Mark, Status
from grader.prepare.parts import PreparedRubric
from grader.read import READERS

_INTEGRAL = "equals: x^3/3 \\ln x - x^3/9 + C"
_BY_PARTS = "equals: x*ln(x) - x + C"
_TIMES_LOG = "symbols: {x: positive}\nformula: x*ln(x)"
_HALF_SINE = "symbols: {x: real}\nformula: sin(x)/2"
_TWO_SINES = "symbols: {x: real, y: real}\nformula: x*sin(y) + cos(x)"
_COSINE = "symbols: {t: positive, s: positive, g: positive}\nformula: 2*cos(t)"
_LETTERS = "symbols: {l: real, n: real, x: real}\nformula: l*n*x"
_LOGARITHM = "number: 5*log(7)"
_IN_TIME = "equals: 2e^{-t} - e^{-3t}"
_NAMED_SIGNAL = "equals: x(t) = 2e^{-t} - e^{-3t}"
_SINCE_ZERO = f'{_IN_TIME}\nassume: "t: positive"'
_AS_FORMULA = "symbols: {t: positive}\nformula: 2*exp(-t) - exp(-3*t)"
_AT_ANY_TIME = "symbols: {t: real}\nformula: 2*exp(-t) - exp(-3*t)"
_STEPPED = "equals: (2e^{-t} - e^{-3t}) u(t)"
_FALLING = "symbols: {n: size}\nformula: (1/2)^n"
_SQUASHED = "symbols: {t: positive}\nformula: exp(-t)*sigmoid(t)"
_ROLLING = "symbols: {g: positive, h: positive}\nformula: v = sqrt(4*g*h/3)"
_DISCHARGE = "number: 2000*3000/5000*50e-6\nunit: s"
_UNCORRELATED = "choice: yes\noptions: {yes: uncorrelated, no: not uncorrelated}"
_DEPENDENT = "choice: no\noptions: {yes: independent, no: not independent}"
_INDEPENDENT = "choice: yes\noptions: {yes: independent, no: not independent}"
_MIDDLE = "choice: b\noptions: {a: [mean, average], b: [median, middle value], c: mode}"
_FRACTIONS = r"$\frac{s+5}{(s+1)(s+3)}=\frac{2}{s+1}-\frac{1}{s+3}$"
_ENERGY = r"Rolling: $\omega=v/r$. $gh=\frac12v^2+\frac14v^2$"
_CRITICAL = (
    "parts:\n  minimum: {set: [[1, 2]], labels: [minimum, min, minima]}\n  saddle: {set: [[-1, 2]], labels: [saddle]}"
)
_HESSIAN = r"With $H_f=\begin{pmatrix}6x&0\\0&2\end{pmatrix}$, "
_POINTS = "set: [[1, 2], [-1, 2]]"
_ALIASES = "array: [200, 300]\nunit: Hz\nmistakes:\n  - {array: [300, 200], credit: 1, say: The order does not matter.}"
_TORQUE = "array: [1, -1, -2]\nunit: N m"
_ENTRIES = "array: [1, 3, 0]"
_PLANE = "array: [3, 4]"
_FORCE = "array: [3, 4]\nunit: N"
_CRATE = "number: 3.206\nunit: m/s^2\ntolerance: 1%"
_CHANCE = "number: 1 - 4*exp(-3)\ndecimals: 3"
_PHASOR = "number: 5 - 5*i\nunit: V\ntolerance: 1%"
_NEAR_THIRDS = "symbols: {x: real}\nformula: x/3 + 2/7"
_TRANSFER = "symbols: {R: positive, L: positive, C: positive, s: positive}\nformula: H = R/(s^2*R*L*C + s*L + R)"
_CONVERGES = 'equals: "[-1, 5)"'
_ROUNDED = (r"$1.155\sqrt{gh}$", "1.155 sqrt(gh)", r"$v \approx 1.155\sqrt{gh}$", r"$v = 1.1547\sqrt{gh}$")
_INVERSE = "let: {A: [[2, 1], [5, 3]]}\narray: inv(A)"
_ADJUGATE = r"\begin{pmatrix}3&-1\\-5&2\end{pmatrix}$"
_PRODUCT = "shape: [3, 7]"

_STEPS = (
    "(2e^{-t}-e^{-3t}) u(t)",
    r"$\left(2e^{-t}-e^{-3t}\right)u(t)$",
    r"$(2e^{-t}-e^{-3t})\theta(t)$",
    r"$(2e^{-t}-e^{-3t})\epsilon(t)$",
    r"$(2e^{-t}-e^{-3t})\varepsilon\left(t\right)$",
    r"$(2e^{-t}-e^{-3t})\cdot 1(t)$",
    r"$(2e^{-t}-e^{-3t})\,\mathbb{1}(t)$",
    r"$(2e^{-t}-e^{-3t})\sigma(t)$",
    "$(2e^{-t}-e^{-3t})\\,1_{t\\ge0}$",
    "$2e^{-t}u(t)-e^{-3t}u(t)$",
    "(2e⁻ᵗ − e⁻³ᵗ) u(t)",
)
_NO_STEPS = (
    "(2e^{-t}+e^{-3t}) u(t)",
    "(2e^{-t}-e^{-3t}) u(-t)",
    "(2e^{-t}-e^{-3t}) u(t-1)",
    r"$(2e^{-t}-e^{-3t})\delta(t)$",
    "(2e^{-t}-e^{-3t}) f(t)",
    "u(t)",
)

RIGHT: dict[str, tuple[str, ...]] = {
    _INTEGRAL: (
        "x^3 lnx/3 - x^3/9 + k",
        "x^3/3 lnx - x^3/9 + C",
        "$x^3/3 lnx - x^3/9 + C$",
        r"$\frac{x^3 lnx}{3} - \frac{x^3}{9} + C$",
        "(x^3lnx)/3 - x^3/9 + C",
        "1/9 x³ (3lnx − 1) + C",
        "x^3/3*lnx - x^3/9 + C",
        "x^3/3 logx - x^3/9 + C",
    ),
    _BY_PARTS: (
        "xlnx - x + C",
        "xln(x) - x + C",
        "$xlnx - x + C$",
        "x(lnx - 1) + C",
        "xln x - x + C",
        "So it is $xlnx - x + C$, as one sees.",
    ),
    _TIMES_LOG: ("xlnx", "x lnx", "$xlnx$", "x*lnx", "lnx·x", "f = x lnx", "x ln x"),
    _HALF_SINE: ("sinx/2", "$sinx/2$", "1/2 sinx", "0.5*sinx", r"$\frac{sinx}{2}$", r"$\frac12 sinx$"),
    _TWO_SINES: ("xsiny + cosx", "x sin y + cos x", "$x siny+cosx$", "so f(x,y) = x siny + cosx"),
    _COSINE: ("2cost", "2 cost", "$2cost$", "The cost is not asked, so f = 2 cos(t)", "f = 2 cos t"),
    _LETTERS: ("$lnx$", "l n x"),
    _LOGARITHM: ("5ln7", "5*ln7", "5 ln7", "5·ln7", "5ln7 = 9.73"),
    "equals: l n x": ("l n x", "n l x", "lnx"),
    "equals: n*ln(n)": ("nlnn", "n lnn", "n·lnn"),
    "equals: sqrt(l*n*m)": ("sqrt(lnm)", "sqrt(nlm)"),
    "equals: x tan(x) - ln(cos(x))": ("xtanx - lncosx", "x tanx - ln cosx"),
    "number: sin(2)/2": ("sin2/2", "0.5sin2"),
    _SINCE_ZERO: _STEPS,
    _AS_FORMULA: _STEPS,
    f"{_IN_TIME}, t >= 0": (r"$(2e^{-t}-e^{-3t})\theta(t)$", r"$2e^{-t}-e^{-3t}$, $t\ge0$"),
    _STEPPED: ("(2e^{-t}-e^{-3t}) u(t)", r"$(2e^{-t}-e^{-3t})\theta(t)$", r"$(2e^{-t}-e^{-3t})\epsilon(t)$"),
    _FALLING: ("$(1/2)^n u[n]$", "(1/2)^n u[n]"),
    _SQUASHED: (r"$e^{-t}\sigma(t)$",),
    _NAMED_SIGNAL: (
        "$A=2$, $B=-1$; $x(t)=2e^{-t}-e^{-3t}$",
        r"The residues are 2 and -1, which gives $x(t)=2e^{-t}-e^{-3t}$ for $t\ge 0$",
        r"$x(t)=2e^{-t}-e^{-3t}, \quad t\ge 0$",
        r"$x(t)=2e^{-t}-e^{-3t} \quad \text{for } t\ge 0$",
        r"$$x(t)=2e^{-t}-e^{-3t}, \qquad t \geq 0.$$",
        r"So $x(t) = 2e^{-t} - e^{-3t}$ for all $t > 0$.",
        "x(t) = 2e^{-t} - e^{-3t} for t >= 0",
    ),
    "equals: x^2": ("x^2 for x > 0", r"$f(x) = x^2$ with $x\ge0$", "$F(s) = 2/s^3$, $f(x) = x^2$"),
    _IN_TIME: (
        r"$X(s)=\frac{A}{s+1}+\frac{B}{s+3}$, $A=2$, ~~$B=1$~~ $B=-1$; $x(t)=2e^{-t}-e^{-3t}$, $t\geq 0$",
        "A = 2, B = -1, x(t) = 2e^{-t}-e^{-3t}",
        r"$A=2,\quad B=-1\quad\Rightarrow\quad x(t)=2e^{-t}-e^{-3t}$",
        r"$x(t) = 2e^{-t} - e^{-3t} \quad (t\ge0)$",
        r"\fbox{$2e^{-t}-e^{-3t}$}",
        r"So \fbox{$x(t)=2e^{-t}-e^{-3t}$}",
        rf"{_FRACTIONS} \quad \fbox{{$2e^{{-t}}-e^{{-3t}}$}}",
        rf"tex:{_FRACTIONS} \quad \fbox{{$2e^{{-t}}-e^{{-3t}}$}}",
        rf"tex:\newcommand{{\ans}}[1]{{\fbox{{$#1$}}}} {_FRACTIONS} \quad \ans{{2e^{{-t}}-e^{{-3t}}}}",
    ),
    _ROLLING: (
        r"$v = 2\sqrt{gh/3} \approx 1.155\sqrt{gh}$",
        rf"{_ENERGY} \quad \fbox{{$v=2\sqrt{{\frac{{gh}}{{3}}}}$}}",
        rf"tex:{_ENERGY} \quad \fbox{{$v=2\sqrt{{\frac{{gh}}{{3}}}}$}}",
        rf"tex:{_ENERGY} \quad $\boxed{{v=2\sqrt{{\frac{{gh}}{{3}}}}}}$",
        r"\framebox[3cm]{$v=2\sqrt{\frac{gh}{3}}$}",
    ),
    _DISCHARGE: (
        r"$\frac1R=\frac1{2000}+\frac1{3000}$, $R=1200$. \fbox{$\tau=0.06\,\mathrm{s}$}",
        r"tex:$\frac1R=\frac1{2000}+\frac1{3000}$, $R=1200$. \fbox{$\tau=0.06\,\mathrm{s}$}",
        r"\fbox{60 ms}",
        r"tex:\fbox{60 ms}",
    ),
    _UNCORRELATED: (
        r"\fbox{yes}",
        r"$\boxed{\text{yes}}$",
        r"$\text{yes}$",
        r"$\mathrm{Cov}(X,Y) = E(X^3) - E(X)E(X^2) = 0$, so yes",
        r"$\mathrm{Cov}(X,Y) = 0 \Rightarrow \text{yes}$",
        "Cov = 0, so they are uncorrelated.",
        "Cov = 0, there is no correlation: they are uncorrelated",
    ),
    _DEPENDENT: (
        "They aren't independent.",
        "they are dependent",
        "Dependent, since $X=1$ forces $Y=1$.",
        "No, they are dependent",
        "No, they are ~~in~~dependent",
        "isn't independent",
        "They are not independent, because for independent variables the product would hold",
        r"$P(X=1, Y=0) = 0 \ne \frac19$, so no",
    ),
    _CRITICAL: (
        f"{_HESSIAN}$(1,2)$ is a local minimum and $(-1,2)$ is a saddle point.",
        rf"$\nabla f=(3x^2-3,\;2y-4)=0$ has the solutions $(1,2)$ and $(-1,2)$. {_HESSIAN}"
        "$(1,2)$ is a local minimum and $(-1,2)$ is a saddle point.",
        "minimum at (1|2), saddle point at (−1|2)",
        r"minimum at $(1\mid 2)$, saddle at $(-1\mid 2)$",
        "Minimum: P(1|2), Saddle: Q(-1|2)",
    ),
    _POINTS: ("$(1|2)$ and $(-1|2)$", "(1|2), (-1|2)", r"$P_1(1\mid2)$, $P_2(-1\mid2)$"),
    _ALIASES: (
        "300 Hz (from 700 Hz) and 200 Hz (from 1200 Hz)",
        "The tone of 700 Hz appears at 300 Hz and the tone of 1200 Hz at 200 Hz.",
        "1200 Hz appears at 200 Hz and 700 Hz at 300 Hz",
        "700 Hz → 300 Hz, 1200 Hz → 200 Hz",
        r"$700 \to 300$ Hz, $1200 \to 200$ Hz",
        "200 Hz (alias of 1200 Hz), 300 Hz (alias of 700 Hz)",
        "200 Hz (from 1200 - 1000) and 300 Hz (from 1000 - 700)",
        "They appear at 0.3 kHz and 0.2 kHz.",
        "0.2 kHz, 0.3 kHz",
        r"\qty{0.3}{\kilo\hertz} and \qty{0.2}{\kilo\hertz}",
        r"tex:\qty{0.3}{\kilo\hertz} and \qty{0.2}{\kilo\hertz}",
        "$|700-1000| = 300$ Hz, $|1200-1000|=200$ Hz",
    ),
    _TORQUE: (
        "(1,-1,-2)^T Nm",
        r"$(1,-1,-2)^\top$ Nm",
        r"$(1,-1,-2)^T\,\mathrm{N\,m}$",
        r"$\begin{pmatrix}1&-1&-2\end{pmatrix}^T$ Nm",
        "[1,-1,-2]ᵀ Nm",
        "(1,-1,-2)' Nm",
        r"$\langle1,-1,-2\rangle$ N m",
        r"$\langle1,-1,-2\rangle\,\text{N m}$",
        "torque = r x F = <1, -1, -2> N*m",
        "⟨1, −1, −2⟩ N·m",
        "1 î − 1 ĵ − 2 k̂ N·m",
        r"$\hat i-\hat j-2\hat k$ N m",
        r"$\hat{i}-\hat{j}-2\hat{k}$ Nm",
        r"$(\hat\imath - \hat\jmath - 2\hat k)$ Nm",
        r"$\vec\tau=\begin{vmatrix}\hat i&\hat j&\hat k\\2&0&1\\3&-1&2\end{vmatrix}=\hat i-\hat j-2\hat k$"
        r" \si{\newton\metre}",
        "i - j - 2k Nm",
        r"$\mathbf{i} - \mathbf{j} - 2\mathbf{k}$ Nm",
        "$e_x - e_y - 2e_z$ Nm",
        r"$\tau_x = 1$, $\tau_y = -1$, $\tau_z = -2$ (all in \si{\newton\metre})",
        r"$\tau_x = 1$ Nm, $\tau_y = -1$ Nm, $\tau_z = -2$ Nm",
    ),
    _ENTRIES: ("1 -> 3 -> 0", "0 -> 1, 1 -> 3, 2 -> 0", "<1, 3, 0>", r"$\vec i + 3\vec j$", "(1|3|0)"),
    _PLANE: ("3i + 4j", r"$3\hat{\imath} + 4\hat{\jmath}$", "$F_x = 3$, $F_y = 4$"),
    _FORCE: (
        r"$(3\hat i + 4\hat j)\,\mathrm{N}$",
        r"$(3, 4)^T\,\mathrm{N}$",
        r"$\langle 0.003, 0.004\rangle$ kN",
        "0.003 kN, 0.004 kN",
    ),
    _CRATE: (
        "3,21 m/s²",
        "3,2 m/s²",
        "a = g·(sin 30° − μ·cos 30°) = 9,81·(0,5 − 0,1732) = 3,206 m/s²",
        r"$9,81\cdot(0,5-0,1732)=3,206\,\mathrm{m/s^2}$",
        r"$9{,}81\cdot(0{,}5-0{,}1732)=3{,}206\,\mathrm{m/s^2}$",
    ),
    "number: 3206\nunit: m": ("3,206 m", "3.206 km"),
    _CHANCE: ("0,801", "$0,801$", "P = 0,801", "1 − e^(−3)(1+3) = 1 − 0,199 = 0,801"),
    "number: 60\nunit: ms": ("τ = RC = 1,2 kΩ · 50 µF = 60 ms", "0,06 s", "60,0 ms"),
    _PHASOR: (
        "10 V/(1+j) = 7,07 V · e^(−j45°)",
        "U_C = 10 V / (1 + jωRC) = 10 V/(1 + j) = 7,07 V · e^(−j45°)",
        "7,07 V∠−45°",
        "5,0 − 5,0j V",
        "7.07 V·e^(-j45°)",
        "7.07 V e^{-j45°}",
        "7.07 e^{-j pi/4} V",
    ),
    "number: 1.5": ("1,5", "x = 1,5", "3·0,5 = 1,5"),
    "number: 1500": ("1,500", "1,500.00", "15·100 = 1,500"),
    _TRANSFER: (
        "R/(RLCs² + Ls + R)",
        "R/(RLC s² + sL + R)",
        "1/(LCs² + (L/R)s + 1)",
        r"$\frac{U_{out}}{U_{in}} = \frac{R}{RLCs^2 + Ls + R}$",
        r"$\frac{V_o}{V_i} = \frac{R}{RLCs^2 + Ls + R}$",
        r"$\frac{Y(s)}{X(s)} = \frac{R}{RLCs^2 + Ls + R}$",
    ),
    _CONVERGES: (
        "The interval is [-1, 5), so -1 is in and 5 is out.",
        "The interval is $[-1, 5)$, so $-1$ is in and $5$ is out.",
        "[-1, 5): -1 is included, 5 is not.",
        "$[-1,5)$ because the alternating harmonic series converges",
        r"$-1\le x<5$: at $x=-1$ it converges, at $x = 5$ it does not.",
    ),
    _INVERSE: (
        rf"$A^{{-1}}=\frac{{1}}{{\det A}}{_ADJUGATE} with $\det A = 1$",
        rf"$\det A = 6-5 = 1$, so $A^{{-1}} = \frac{{1}}{{\det(A)}}{_ADJUGATE}",
        rf"$\det(A) = 2\cdot3-1\cdot5 = 1$, $A^{{-1}} = \frac{{1}}{{|A|}}{_ADJUGATE}",
    ),
    _PRODUCT: (r"$P^T$ is $3\times5$, so $P^TQ$ is $3\times7$.", "P^T is 3x5, so P^T Q is 3x7"),
    _INDEPENDENT: ("They are not dependent", "They aren't dependent.", "independent"),
    _MIDDLE: ("the median", "The middle value", "b) the middle value", "the middle value, because it is robust"),
}

NEVER_RIGHT: dict[str, tuple[str, ...]] = {
    _INTEGRAL: ("x^3/3 lny - x^3/9 + C", "x^2 lnx/3 - x^3/9 + C", "x^3 lnx/3 - x^3/9", "x^3 lnx^2/3 - x^3/9 + C"),
    _BY_PARTS: ("xlny - x + C", "x lnx + C", "xlnx - x", "So it is $xlnx + x + C$, as one sees."),
    _TIMES_LOG: ("x lny", "lnx", "x ln(2x)", "x ln2x", "xlnxx"),
    _HALF_SINE: ("cosx/2", "sinx", "sin2x", "six/2"),
    _TWO_SINES: ("xsinx + cosy", "xsinz + cosx"),
    _COSINE: ("The cost of t is 2", "cost", "2sint", "2 costs"),
    _LETTERS: ("ln(x)", "ln x"),
    _LOGARITHM: ("5ln5", "5l7", "7ln5", "ln7"),
    "equals: l*n*ln(n)": ("l n lnn",),  # l n l n n, or l n ln(n)
    "equals: l*x^2*ln(x)": ("x^2 lnx", "l x^2 lny"),
    _IN_TIME: (*_NO_STEPS, "2e^{-t} - e^{-3t}u(t)", "$A=2$, $B=-1$; $x(t)=2e^{-t}+e^{-3t}$"),
    _SINCE_ZERO: _NO_STEPS,
    _AS_FORMULA: _NO_STEPS,
    _NAMED_SIGNAL: (
        "$A=2$, $B=-1$; $y(t)=2e^{-t}-e^{-3t}$",
        "$A=2$, $B=-1$; $x(t)=2e^{-t}+e^{-3t}$",
        r"$y(t)=2e^{-t}-e^{-3t}$ for $t\ge 0$",
        "y(t)=2e^{-t}-e^{-3t} for t >= 0",
        r"So $y(t)=2e^{-t}-e^{-3t}$ for $t\ge 0$",
        r"The residues are 2 and -1, which gives $y(t)=2e^{-t}-e^{-3t}$ for $t\ge 0$",
    ),
    "equals: x^2": (
        "$f = x$, $g = x^2$",
        "$x = 3$, $f = x^2$",
        "x^3 for x > 0",
        "x^2 for x > 1",
        "$x^2$ for $x = 0$",
        "$x^2$ not for $x > 0$",
        "$f(x) = x^3$, $g(x) = x^2$",
    ),
    _STEPPED: ("$2e^{-t}-e^{-3t}$", "(2e^{-t}-e^{-3t}) u(-t)", "(2e^{-t}-e^{-3t}) f(t)"),
    _FALLING: ("$(1/3)^n u[n]$", "$(1/2)^n u[n-1]$"),
    _SQUASHED: ("$e^{-t}$",),
    _ROLLING: (
        *_ROUNDED,
        r"$v = 1.41\sqrt{gh}$",
        r"$v = 1.165\sqrt{gh}$",
        r"tex:$v=2\sqrt{\frac{gh}{3}}$ \quad \fbox{$v=2\sqrt{\frac{gh}{2}}$}",
    ),
    _DISCHARGE: (r"tex:0.06 s \fbox{0.05 s}", r"0.06 s \fbox{0.05 s}"),
    _UNCORRELATED: (
        r"$\boxed{\text{no}}$",
        r"$\mathrm{Cov}(X,Y) = 1 \ne 0$, so no",
        r"yes $\text{no}$",
        "they are correlated",
        "They aren't uncorrelated",
    ),
    _DEPENDENT: (
        "They are independent.",
        "They aren't dependent.",
        "Yes, they are dependent",
        "independent, not dependent",
        "neither dependent nor independent",
        "uncorrelated but dependent... I think independent",
        "They are not independent. Actually they are independent.",
        "They are linearly dependent",
    ),
    _CRITICAL: (
        f"{_HESSIAN}$(1,2)$ is a saddle point and $(-1,2)$ is a local minimum.",
        "minimum at (2|1), saddle point at (−1|2)",
        "minimum at (1|-2), saddle point at (−1|2)",
    ),
    _POINTS: ("(1|2), (1|-2)", "(1|2)", "P(A|2), (-1|2)"),
    _ALIASES: (
        "700 Hz (from 300 Hz) and 1200 Hz (from 200 Hz)",
        "300 Hz appears at 700 Hz and 200 Hz at 1200 Hz",
        "300 Hz (not 200 Hz)",
        "300 Hz (or 200 Hz)",
        "0.3 Hz and 0.2 Hz",
        "300 Hz (from 700 Hz) and 1200 Hz",
        "300 Hz (from 700 Hz) and 250 Hz (from 1200 Hz)",
        "200 kHz, 300 kHz",
        "$|700-1000| = 200$ Hz, $|1200-1000|=300$ Hz",
    ),
    _TORQUE: (
        "(1,-1,2)^T Nm",
        "(1,-1,-2)^T N",
        "(1,-1,-2)^T",
        "(1,-1,-2)^2 Nm",
        r"$\hat i-\hat j+2\hat k$ Nm",
        r"$\hat i-2\hat k$ Nm",
        r"$\hat j-\hat i-2\hat k$ Nm",
        "i - j - 2k",
        "-i + j + 2k Nm",
        r"$\tau_x = 1$, $\tau_y = -1$ Nm",
        r"$\tau_y = 1$ Nm, $\tau_x = -1$ Nm, $\tau_z = -2$ Nm",
        r"$\langle1,-1,-2\rangle$",
    ),
    _ENTRIES: (r"$\vec i + 3\vec k$", "1 (from 3), 0", "i + 3", "1 < 3, 0 > -1", "x<1, 3, 0>y"),
    _PLANE: ("3i + 4k", "4j", "$F_y = 3$, $F_x = 4$", "$F_x = 3$, $G_y = 4$", "4i + 3j"),
    _FORCE: (r"$\langle 3, 4\rangle$ kN", "⟨3, 4⟩", "3 N, 4", "(3, 4)^T m"),
    _CRATE: ("4,206 m/s²", "9,81·(0,5 + 0,1732) = 6,604 m/s²", "3206 m/s²", "3,206,000 m/s²", "3,206 m/s²"),
    _CHANCE: ("0,199", "801", "0,802", "(0,801)"),
    "number: 60\nunit: ms": ("6,0 ms", "1,3 kΩ · 50 µF = 60 ms"),
    _PHASOR: ("10 V/(1+j) = 7,07 V · e^(j45°)", "10 V/(1-j) = 7,07 V · e^(−j45°)", "7.07 V·e^(j45°)", "7.07 V e^45"),
    "number: 1.5": ("2,5", "1, 5", "(1,5)", "[1,5]", "x = 1, y = 5"),
    "number: 1500": ("1,5",),
    _NEAR_THIRDS: ("$0.34x + 0.286$", "$0.333x + 0.386$", "$0.3x+0.3$"),
    _TRANSFER: (
        "R/(RLCs³ + Ls + R)",
        "R/(RLs² + Ls + R)",
        r"$\frac{U_{in}}{U_{out}} = \frac{R}{RLCs^2 + Ls + R}$",
        r"$\frac{U_{out}}{U_{in}} = \frac{R}{RLCs^2 + Ls + 2R}$",
        r"$\frac{I_{out}}{U_{in}} = \frac{R}{RLCs^2 + Ls + R}$",
        r"$\frac{U_L}{U_{in}} = \frac{R}{RLCs^2 + Ls + R}$",
        r"$1/H = \frac{R}{RLCs^2 + Ls + R}$",
    ),
    _CONVERGES: (
        "The interval is (-1, 5), so -1 is in and 5 is out.",
        "The interval is [-1, 5], so -1 is in and 5 is out.",
        "The interval is [-1, 5), so 5 is in.",
        "The interval is [-1, 5), so -1 is out and 5 is in.",
        "The interval is not [-1, 5)",
        "The interval is not [-1, 5), because it converges",
        "$[-1,5)$ because I do not know",
    ),
    _INVERSE: (
        rf"$A^{{-1}}=\frac{{1}}{{\det A}}{_ADJUGATE} with $\det A = 2$",
        rf"$A^{{-1}}=\frac{{1}}{{\det A}}{_ADJUGATE}",
        rf"$A^{{-1}}=\frac{{1}}{{\det A}}{_ADJUGATE}, $\det A = 1$ or $\det A = 2$",
        r"$A^{-1}=\frac{1}{\det A}\begin{pmatrix}3&1\\-5&2\end{pmatrix}$ with $\det A = 1$",
    ),
    _PRODUCT: (
        r"$P^T$ is $3\times7$, so $P^TQ$ is $3\times5$.",
        "P^T is 3x7",
        r"$P^TQ$ is $3\times5$, so $P^T$ is $3\times7$",
        r"$P^TQ$ is $3\times5$, so $P^TQ$ is $3\times7$",
        r"$P$ is $3\times5$, so $P^TQ$ is $3\times7$, no, $3 \times 5$",
    ),
    _INDEPENDENT: ("They are dependent", "They aren't independent", "dependent"),
    _MIDDLE: ("the average", "mean", "a) median", "median or mean", "not the median", "b) average"),
}

FOR_A_PERSON: dict[str, tuple[str, ...]] = {
    _TIMES_LOG: ("f = x lny",),
    _LETTERS: ("ln x",),
    "equals: l*n*ln(n)": ("l n lnn",),
    _IN_TIME: (*_STEPS, "$(2e^{-t}-e^{-3t}) H(t)$", "(2e^{-t}-e^{-3t}) f(t)"),
    _AT_ANY_TIME: _STEPS,
    _ROLLING: _ROUNDED,
    "equals: sqrt(4*g*h/3)": _ROUNDED[:2],
    _NEAR_THIRDS: ("$0.333x + 0.286$", "0.3333x + 0.2857"),
    _CRATE: ("3,206 m/s²", r"$3,206\,\mathrm{m/s^2}$"),
    "number: 3206\nunit: m": ("3,206 km",),
    "number: 1.234": ("1,234",),
    "equals: x(t) = 2e^{-t} - e^{-3t}": ("$x(t) = (2e^{-t}-e^{-3t}) u(t)$",),
}


@lru_cache
def rubric_of(fields: str) -> PreparedRubric:
    """A rubric of one question."""
    lines = "\n".join(f"    {line}" for line in fields.strip().splitlines())
    return parse_rubric(f"questions:\n  q:\n    points: 1\n{lines}\n", "one")


def mark_of(fields: str, answer: str) -> Mark:
    """The mark of an answer that is the whole file; one that begins with `tex:` is a LaTeX file."""
    reader, suffix = ("latex", "tex") if answer.startswith("tex:") else ("markdown", "md")
    document = READERS.load(reader).read(answer.removeprefix("tex:"), f"answer.{suffix}")
    graded = grade(rubric_of(fields), Submission("s", (document,)))
    assert graded.log == ()
    return graded.marks[0]


def _rows(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(fields, answer) for fields, answers in table.items() for answer in answers]


@pytest.mark.parametrize(("fields", "answer"), _rows(RIGHT))
def test_what_is_right_is_read(fields: str, answer: str) -> None:
    """An answer that a person marks right without hesitation earns full marks."""
    mark = mark_of(fields, answer)
    assert mark.status is Status.RIGHT, (mark.read_as, mark.reasons)


@pytest.mark.parametrize(("fields", "answer"), _rows(NEVER_RIGHT))
def test_a_near_miss_is_never_right(fields: str, answer: str) -> None:
    """An answer that says something else never earns full marks, however near it looks."""
    mark = mark_of(fields, answer)
    assert mark.status is not Status.RIGHT, mark.read_as


@pytest.mark.parametrize(("fields", "answer"), _rows(FOR_A_PERSON))
def test_what_nobody_can_tell_is_for_a_person(fields: str, answer: str) -> None:
    """An answer that may be right, and may not, has no credit before a person has read it."""
    mark = mark_of(fields, answer)
    assert mark.credit is None, (mark.status, mark.read_as)


def test_a_step_that_counts_is_told() -> None:
    """A right answer with a step says as what it was taken."""
    assert "unit-step" in {reason.id for reason in mark_of(_SINCE_ZERO, "(2e^{-t}-e^{-3t}) u(t)").reasons}


def test_a_declared_mistake_has_the_letters_of_its_question() -> None:
    """What `assume` says holds for the declared mistakes too, so that they are found behind a step."""
    fields = f"{_SINCE_ZERO}\nmistakes:\n  - {{equals: '2e^t - e^{{3t}}', credit: 1/3, say: Look at the signs.}}"
    assert mark_of(fields, "$(2e^{t}-e^{3t}) u(t)$").status is Status.PARTIAL
    assert mark_of(fields, "$(2e^{5t}-e^{3t}) u(t)$").status is Status.WRONG


def test_two_choices_in_one_answer_are_a_fault() -> None:
    """Nobody could tell which verdict answers which part, so the rubric says it before any hand-in is read."""
    with pytest.raises(RubricError, match="two choices in one answer"):
        rubric_of("parts:\n  linear: {choice: yes}\n  invariant: {choice: no}")


def test_an_inverse_is_told_without_what_computing_leaves() -> None:
    """The expected entries are whole where they are, and not 2.9999999999999973."""
    assert mark_of("let: {A: [[2, 1], [5, 3]]}\narray: inv(A)", "(1, 2)").expected == "[[3, -1], [-5, 2]]"
