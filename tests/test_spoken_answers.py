"""Answers in words and habits of writing: each is read as its writer meant it, or goes to a person."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Mark, Status
from grader.prepare.parts import PreparedRubric
from grader.read import READERS

WORKED = "| | | | |\n|---|---|---|---|\n|-3|0|0|3|\n|-6|0|0|6|\n|-6|1|-1|6|\n|-6|2|-2|6|\n|-3|1|-1|3|"

AXES = "\n\n| axis | meaning | length |\n|---|---|---|\n"
READ: list[tuple[str, str, str]] = [  # the question, the answer, and its credit; "" for a person
    ("2a", "Sum over $k_1=0,1$ and $k_2=0,1$.", "1"),
    ("2a", "Sum over $k_1=0,1,2$ and $k_2=0,1,2$.", "3/10"),
    ("2c", f"I get\n\n{WORKED}\n\nso the largest is 6 at row 1, column 3", "1"),
    ("2c", f"I get\n\n{WORKED}\n\nso the largest is 3 at row 0, column 3", ""),
    ("2c", f"I get\n\n{WORKED}\n\nThis took 5 minutes.", ""),
    ("5b", r"$\max(x[0],x[1]),\ \max(x[2],x[3]),\ \max(x[4],x[5]),\ \max(x[6],x[7])$ = $2,3,10,1$", "1"),
    ("5b", r"$\max(x[0],x[1]),\ \max(x[2],x[3]),\ \max(x[4],x[5]),\ \max(x[6],x[7])$ = $2,3,10,0$", "2/5"),
    (
        "5c",
        "Sub-sampling $Y[b,k,c]=X[b,sk,c]$, shape $(B,\\lceil N/s\\rceil,C)$. Max-pooling\n"
        "$Y[b,k,c]=\\max_{j=0,\\dots,p-1}X[b,sk+j,c]$, shape $(B,\\lceil N/s\\rceil,C)$.",
        "1",
    ),
    (
        "5c",
        "sub-sampling: Y[i,k,n] is X[i,s*k,n]. Max pooling: Y[i,k,n] is the largest of X[i,s*k+j,n] with"
        " j = 0, 1, ..., p-1. Y is B by (1 + floor((N-1)/s)) by C in both.",
        "1",
    ),
    (
        "5c",
        "sub-sampling: Y[i,k,n] is X[i,s*k,n]. Max pooling: Y[i,k,n] is the smallest of X[i,s*k+j,n] with"
        " j = 0, 1, ..., p-1. Y is B by (1 + floor((N-1)/s)) by C in both.",
        "3/5",
    ),
    (
        "5c",
        "sub: y[b,k,c]=x[b,s*k,c], pool: y[b,k,c]=max over j=0..p-1 of x[b,s*k+j,c]. both give (B, ceil(N/s), C)",
        "1",
    ),
    ("4b", r"$dW_{k,l,n,m} = dZ_{b,x,y,m}\,X_{b,x+k,y+l,n}$", "1/2"),
    ("4b", "$dW[k1,k2,n,m] = dZ[i,a,b,m] X[i,c,d,n]$", "0"),
    (
        "4b",
        r"$dW[k_1,k_2,n,m]=\sum_{i,j_1,j_2} \frac{\partial J}{\partial Z[i,j_1,j_2,m]} x[i,j_1+k_1,j_2+k_2,n]$",
        "1",
    ),
    ("3d", "W has 3*3*10*20 = 1800, b has 20, together 1820.\n\n* * *\n\nI counted 4 times.", "1"),
    ("2a", "$0\\le k_1\\le 1$, $0\\le k_2\\le 1$\n\nZ for reference:\n\n```\n-3 0 0 3\n-6 0 0 6\n-6 1 -1 6\n```", "1"),
    ("3c", r"Total $\approx 5.13\cdot10^6$ (exactly 5133600).", "1"),
    ("3c", r"Total $\approx 5.13\cdot10^6$ (exactly 5133601).", "0"),
    ("4b", r"$\nabla_{W[k_1,k_2,n,m]} J = \sum_{i,j_1,j_2}\nabla_{Z[i,j_1,j_2,m]}J \cdot X[i,j_1+k_1,j_2+k_2,n]$", "1"),
    ("4b", r"$\nabla_{W[k_1,k_2,n,m]} J = \sum_{j_1,j_2}\nabla_{Z[i,j_1,j_2,m]}J \cdot X[i,j_1+k_1,j_2+k_2,n]$", "3/5"),
    ("4b", r"$\nabla^W_{abnm}=\sum_{i,j,l}\nabla^Z_{ijlm}X_{i,j+a,l+b,n}$", "1"),
    (
        "4b",
        "dJ/dW[k1,k2,n,m] = sum_{i,j1,j2} dJ/dZ[i,j1,j2,m] X[i,j1+k1,j2+k2,n]. So drop the sum over i:"
        " dJ/dW[k1,k2,n,m] = sum_{j1,j2} dJ/dZ[i,j1,j2,m] X[i,j1+k1,j2+k2,n] (final).",
        "",
    ),
    (
        "4c",
        r"$\frac{\partial J}{\partial X[i,j_1,j_2,n]}=\sum_{k_1,k_2,m}"
        r"\frac{\partial J}{\partial Z[i,j_1-k_1,j_2-k_2,m]} W[k_1,k_2,n,m]$,"
        " where the sum goes over the $k_1,k_2$ with $j_1-k_1<0$ only.",
        "",
    ),
    (
        "4c",
        r"$\frac{\partial J}{\partial X[i,j_1,j_2,n]}=\sum_{m}\sum_{r=\max(0,j_1-K_1+1)}^{\min(j_1,J_1-1)}"
        r"\sum_{q} \frac{\partial J}{\partial Z[i,r,q,m]} W[j_1-r,j_2-q,n,m]$",
        "1",
    ),
    (
        "4c",
        r"$\frac{\partial J}{\partial X[i,j_1,j_2,n]}=\sum_{m}\sum_{r=\max(0,j_1-K_1)}^{\min(j_1,J_1-1)}"
        r"\sum_{q} \frac{\partial J}{\partial Z[i,r,q,m]} W[j_1-r,j_2-q,n,m]$",
        "",
    ),
    (
        "4c",
        r"$\frac{\partial J}{\partial X[i,j_1,j_2,n]}=\sum_{m}\sum_{r=\max(0,j_1-K_1+1)}^{\lfloor j_1/2\rfloor}"
        r"\sum_{q} \frac{\partial J}{\partial Z[i,r,q,m]} W[j_1-r,j_2-q,n,m]$",
        "0",
    ),
    (
        "4c",
        r"$\frac{\partial J}{\partial X[i,j_1,j_2,n]}=\sum_{m}\sum_{r=\max(0,j_1-m+1)}^{\min(j_1,J_1-1)}"
        r"\sum_{q} \frac{\partial J}{\partial Z[i,r,q,m]} W[j_1-r,j_2-q,n,m]$",
        "",
    ),
    (
        "4c",
        r"$\frac{\partial J}{\partial X[i,j_1,j_2,n]}=\sum_{m}\sum_{r=\max(0,j_1-n+1)}^{\min(j_1,J_1-1)}"
        r"\sum_{q} \frac{\partial J}{\partial Z[i,r,q,m]} W[j_1-r,j_2-q,n,m]$",
        "",
    ),
    (
        "4c",
        r"$\frac{\partial J}{\partial X[i,j_1,j_2,n]}=\sum_{m}\sum_{r=\max(0,j_1-K+1)}^{\min(j_1,K-1)}"
        r"\sum_{q} \frac{\partial J}{\partial Z[i,r,q,m]} W[j_1-r,j_2-q,n,m]$",
        "",
    ),
    ("2a", "k1 and k2 can each only be 0 or 1.", "1"),
    ("2a", "k1 and k2 both are 0 and 1", "1"),
    ("2a", "k1 is either 0 or 1, same for k2", "1"),
    ("2a", "k1 and k2 both start at 0 and end at 1", "1"),
    ("2a", "Both go from 0 up to and including 1", "1"),
    ("2a", r"$k_1 = 0 \dots 1$, $k_2 = 0 \dots 1$", "1"),
    ("2a", r"$\sum_{k_1=0}^1\sum_{k_2=0}^1$, because the kernel has two rows and two columns", "1"),
    ("3d", "A filter has 90 weights and there are 20 filters = 1800. Add one bias for each filter = 1820.", "1"),
    ("3d", "90 weights per filter, times 20 = 1800, plus 20 biases = 1820", "1"),
    ("3d", "A filter has 90 weights and there are 20 filters = 1800. Add one bias for each filter = 1810.", ""),
    ("3c", "$46\\cdot62\\cdot20\\cdot3\\cdot3\\cdot10$\n\n= 57040 * 90\n\n= 5133600", "1"),
    ("3c", "$46\\cdot62\\cdot20\\cdot3\\cdot3\\cdot10$\n\n= 57040 * 90\n\n= 513360", "4/5"),
    ("2c", "At first I found 3 at (0,3). The largest value is 6 at (1,3).", "1"),
    ("2c", "At first I found 6 at (1,3). The largest value is 3 at (0,3).", "0"),
    ("3b", "X brings 10 channels, after the layer there are 20.", "1"),
    ("3b", "20 channels before, 10 after", "1/10"),
    ("3a", "Z and U have the shape (46, 62, 20), the axes are rows, columns, input channels.", "2/3"),
    ("3a", "Z and U have the shape (46, 62, 20), the axes are rows, columns, output channels.", "1"),
    ("3a", "Z and U are (46, 62, 20), the input has 10 channels.", "1"),
    ("1c", "(32, 300, 512, 512, 3): 32 videos, 300 seconds, 512 rows, 512 columns, 3 colours.", "2/3"),
    ("1c", "(32, 300, 512, 512, 3): 300 frames, since there are 10 seconds of 30", "1"),
    ("3c", "46 · 62 · 20 · 3 · 3 · 10 = 5133600 multiplications for each output channel", ""),
    ("3c", "5133600 multiplications for each example", "1"),
    ("2a", "both sums start at zero and stop at one.", "1"),
    ("2a", "both sums start at one and stop at two.", "2/5"),
    ("2a", "Both sums have the limits 0 and 1 (the kernel has 2 rows and 2 columns).", "1"),
    ("2a", "Both sums have the limits 5 and 4.", ""),
    ("2c", "max = 6, e.g. @ (1,3)", "1"),
    ("2c", "6 on (1, 3)", "1"),
    ("2c", "from 6 on", ""),
    ("3b", "last two axes of W: in: 10, out: 20", "1"),
    ("3b", "last two axes of W: in: 20, out: 10", "1/10"),
    ("3b", "input: 20, output: 10. No: input: 10, output: 20", ""),
    ("1a", "1000 (which image) / 3 (R, G or B) / 256 (vertical) / 256 (horizontal)", "1"),
    ("1a", "1000 (images) x 3 (channels) x 256 (vertical) x 256 (horizontal)", "1"),
    ("1a", "1000 (images) / 256 (height) / 256 (width)", "2/5"),
    ("1a", "(256, 256, 3), the picture is 256 by 256 and 3 is the colors.", "2/5"),
    (
        "4a",
        "Each dJ/dZ[i,j1,j2,m] is dJ/dU[i,j1,j2,m] multiplied by U[i,j1,j2,m] and by (1 − U[i,j1,j2,m]).",
        "1",
    ),
    (
        "4a",
        "Each dJ/dZ[i,j1,j2,m] is dJ/dU[i,j1,j2,m] multiplied by U[i,j1,j2,m] and by (1 + U[i,j1,j2,m]).",
        "1/2",
    ),
    (
        "4b",
        "So dJ/dW[k1,k2,n,m] is the sum, over all i, j1 and j2, of dJ/dZ[i,j1,j2,m] times X[i,j1+k1,j2+k2,n].",
        "1",
    ),
    (
        "4b",
        "So dJ/dW[k1,k2,n,m] is the sum, over all i and j1, of dJ/dZ[i,j1,j2,m] times X[i,j1+k1,j2+k2,n].",
        "3/5",
    ),
    ("4a", "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m] if Z[i,j1,j2,m] > 0, else 0", "3/10"),
    ("4a", "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m] for Z[i,j1,j2,m]>0, 0 for Z[i,j1,j2,m]<=0.", "3/10"),
    ("4a", "$dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m]$ when $Z[i,j1,j2,m] > 0$ and $0$ otherwise", "3/10"),
    ("4a", "$dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m] U[i,j1,j2,m] (1-U[i,j1,j2,m])$ if $Z[i,j1,j2,m] > 0$, else $0$", ""),
    ("4a", "Let $D=\\partial J/\\partial Z$ and $G=\\partial J/\\partial U$. $D=G\\,U(1-U)$", "1"),
    ("4a", "Let $D=\\partial J/\\partial Z$ and $G=\\partial J/\\partial U$. $D=G\\,U(1+U)$", "1/2"),
    ("4a", "Let $D=\\partial J/\\partial Z$ and $G=\\partial J/\\partial Z$. $D=G\\,U(1-U)$", ""),
    (
        "4b",
        "$[\\nabla_W J]_{k_1 k_2 n m} = \\sum_i \\sum_{j_1} \\sum_{j_2} [\\nabla_Z J]_{i j_1 j_2 m}"
        " X_{i, j_1+k_1, j_2+k_2, n}$",
        "1",
    ),
    (
        "4b",
        "$[\\nabla_W J]_{k_1 k_2 n m} = \\sum_{i j_1 j_2} [\\nabla_Z J]_{i j_1 j_2 m} X_{i (j_1+k_1) (j_2+k_2) n}$",
        "1",
    ),
    (
        "4c",
        "$\\partial J/\\partial X[i,a,b,n] = \\sum_m\\sum_{j_1=a-K_1+1}^{a}\\sum_{j_2=b-K_2+1}^{b}"
        " dJ/dZ[i,j_1,j_2,m]\\,W[a-j_1,b-j_2,n,m]$",
        "1",
    ),
    (
        "4c",
        "$\\partial J/\\partial X[i,a,b,n] = \\sum_m\\sum_{j_1=a-2}^{a}\\sum_{j_2=b-2}^{b}"
        " dJ/dZ[i,j_1,j_2,m]\\,W[a-j_1,b-j_2,n,m]$",
        "",
    ),
    ("5a", "[1, 3, 0, 1]. It has length 5 because the last index counts too.", ""),
    ("5a", "[1, 3, 0, 1]. It has length 4.", "1"),
    ("5a", "$\\frac12(2, 6, 0, 2)$", "1"),
    ("5a", "$\\frac12(2, 6, 0, 2) = (1, 3, 0, 1)$", "1"),
    ("5a", "$\\frac12(2, 6, 0, 4) = (1, 3, 0, 1)$", ""),
    ("5a", "(2, 6, 0, 2)/2", "1"),
    ("5a", "$2(1, 3, 0, 1)$", "0"),
    ("5a", "Row 2 (1, 3, 0, 1)", ""),
    (
        "1c",
        "$32\\times 3\\times 300\\times 512\\times 512$ (video, frame, channel, vertical pixel, horizontal pixel).",
        "2/3",
    ),
    (
        "1c",
        "$32\\times 3\\times 300\\times 512\\times 512$ (video, channel, frame, vertical pixel, horizontal pixel).",
        "1",
    ),
    ("1a", "256 × 256 × 3 (height × width × RGB), and we have 1000 such tensors", ""),
    ("2b", "5 × 4, so Z holds 30 numbers like X", ""),
    ("2b", "5 × 4, so Z has 20 entries", "1"),
    ("1c", "X[vid, fr, c, y, x]; 32 by 300 by 512 by 512 by 3", ""),
    ("1c", "X[vid, fr, y, x, c]; 32 by 300 by 512 by 512 by 3", "1"),
    ("5b", "2, 3, 10, 1, and then divided by the size: 1, 1.5, 5, 0.5.", ""),
    (
        "1c",
        "$(32, 300, 512, 512, 3)$: axis 0 is the video, axis 1 the frame, axis 2 the row, axis 3"
        " the column, axis 4 the colour.",
        "1",
    ),
    (
        "1c",
        "$(32, 300, 512, 512, 3)$: axis 0 is the video, axis 1 the colour, axis 2 the row, axis 3"
        " the column, axis 4 the frame.",
        "2/3",
    ),
    (
        "1a",
        "Shape (1000, 3, 256, 256), where 1000 is the number of pixels, 3 the number of images and"
        " 256, 256 the rows and columns.",
        "2/3",
    ),
    ("1b", "(40, 2400, 80): recordings, samples, EEG sensors", "1"),
    ("1b", "(40, 2400, 80) – Aufnahmen, Zeitpunkte, EEG-Kanäle", "1"),
    ("2a", r"With $[n]=\{0,\dots,n-1\}$, $k_1,k_2\in[2]$", "1"),
    ("2a", r"With $[n]:=\{1,\dots,n\}$, $k_1,k_2\in[2]$", "2/5"),
    ("2a", r"$k_1,k_2\in[2]$", ""),
    ("2b", "rows: 6-2+1 = 5, cols: 5-2+1 = 4", "1"),
    ("2b", "cols: 5-2+1 = 4, rows: 6-2+1 = 5", "1"),
    ("2b", "Zeilen 6-2+1 = 5, Spalten 5-2+1 = 4", "1"),
    ("2b", "rows: 5-2+1 = 4, cols: 6-2+1 = 5", "1/2"),
    ("2e", r"$(i,j)\in\{0,1\}\times\{1,2\}$", "1"),
    ("2e", "(i,j) in {0,1} x {1,2}", "1"),
    ("2e", "(i,j) in {0,2} x {1,2}", ""),
    ("2e", r"$(j,i)\in\{1,2\}\times\{0,1\}$", "1"),
    ("2e", r"$(j,i)\in\{0,1\}\times\{1,2\}$", ""),
    ("2e", r"With $[n]=\{0,\dots,n-1\}$: $(i,j)\in[2]\times\{1,2\}$", "1"),
    ("2d", r"-6 at $\{1,2,3\}\times\{0\}$", "1"),
    ("4a", "dJ/dZ[...] = dJ/dU[...] U[...] (1 - U[...])", "1"),
    ("4a", "dJ/dZ[...] = dJ/dU[...] U[...] (1 + U[...])", "1/2"),
    ("4a", r"$\delta^Z[\cdot] = \delta^U[\cdot]\,U[\cdot](1-U[\cdot])$", "1"),
    ("4a", "dJ/dZ[i,...] = dJ/dU[i,...] U[i,...] (1 - U[i,...])", ""),
    ("4a", r"$\delta^Z = \delta^U\odot U\odot(1-U)$", "1"),
    ("4a", r"$\delta^Z = \delta^U\odot U\odot(1+U)$", "1/2"),
    (
        "4c",
        r"$\delta^X[i,p,q,n]=\sum_{m,a,b}\delta^Z[i,a,b,m]\,W[p-a,q-b,n,m]$, where $W[\cdot]:=0$ out of its range.",
        "1",
    ),
    (
        "4c",
        r"$\delta^X[i,p,q,n]=\sum_{m,a,b}\delta^Z[i,a,b,m]\,W[a-p,b-q,n,m]$, where $W[\cdot,\cdot,n,m]=0$ outside.",
        "3/5",
    ),
    ("1b", "(40, 2400, 80) – Aufnahmen, EEG-Kanäle, Zeitpunkte", "2/3"),
    ("1b", "$(40, 2400, 80)$ (enregistrement, canal, temps)", "2/3"),
    ("1b", "$(40, 80, 2400)$ (enregistrement, canal, temps)", "1"),
    ("1b", "$(40, 2400, 80)$ (запись, канал, отсчёт)", "2/3"),
    ("1b", "$(40, 2400, 80)$，即(记录, 通道, 时间)", "2/3"),
    ("1b", "(40, 2400, 80): rec, ch, t", "2/3"),
    ("1b", "(40, 2400, 80): rec, t, ch", "1"),
    ("1b", f"{AXES}| 0 | recording | 40 |\n| 1 | electrode | 80 |\n| 2 | sample | 2400 |", "1"),
    ("1b", f"{AXES}| 0 | recording | 40 |\n| 1 | electrode | 80 |\n| 2 | sample | $240\\cdot10=2400$ |", "1"),
    ("1b", f"{AXES}| 0 | recording | 40 |\n| 1 | sample | 80 |\n| 2 | electrode | 2400 |", "2/3"),
    ("1b", f"{AXES}| 0 | recording | 40 |\n| 1 | electrode | 80 |\n| 2 | sample | 240 |", "1/2"),
    ("1b", f"{AXES}| 2 | recording | 40 |\n| 1 | electrode | 80 |\n| 0 | sample | 2400 |", ""),
    ("1b", "\n\n| dimension | size |\n|---|---|\n| recording | 40 |\n| electrode | 80 |\n| time | 2400 |", "1"),
    ("1b", "\n\n| dimension | size |\n|---|---|\n| recording | 40 |\n| electrode | 2400 |\n| time | 80 |", "2/3"),
    ("1b", "(40, 80, 2400): subjects, sensors, samples", "1"),
    ("1b", "(40, 2400, 80): subjects, blips, blops", ""),
    ("1b", "(40, 2400, 80): recordings, blips, channels", "1"),
    ("1a", "[1000, 256, 256, 3], [number, pixels, pixels, colour]", "1"),
    ("1a", "[1000, 3, 256, 256], [number, pixels, pixels, colour]", "2/3"),
    ("1a", "(1000, 3, 256, 256) (Bild, Farbe, Höhe, Breite)", "1"),
    ("1a", "(1000, 3, 256, 256) (Bild, Höhe, Breite, Farbe)", "2/3"),
    ("1c", "(32, 300, 512, 512, 3) (Video, Bild, Zeile, Spalte, Farbe)", "1"),
    ("1c", "(32, 3, 300, 512, 512) (sample, colour plane, time, vertical, horizontal)", "1"),
    ("3b", "10 and 20: the layer reads 20 channels and writes 10", ""),
    ("3d", "W has 1810 and b has 10, together 1820", ""),
    ("2a", "$k_1,k_2 \\in \\{0,1\\}$ with $k_1+k_2\\le 1$.", ""),
    (
        "5c",
        "Y[i,k,n] = X[i,s·k,n] and Y[i,k,n] = max_{0≤j≤p−1} X[i,s·k+j,n], with k = 0, …, N−1."
        " Output B × ⌈N/s⌉ × C in both cases.",
        "",
    ),
    (
        "5c",
        "Y[i,k,n] = X[i,s·k,n] and Y[i,k,n] = max_{0≤j≤p−1} X[i,s·k+j,n], with k = 0, …, ⌈N/s⌉−1."
        " Output B × ⌈N/s⌉ × C in both cases.",
        "1",
    ),
    (
        "4b",
        "$\\frac{\\partial J}{\\partial W[k_1,k_2,n,m]} ="
        " \\sum_{i=0}^{B-1}\\sum_{j_1=0}^{K_1-1}\\sum_{j_2=0}^{K_2-1}"
        " \\frac{\\partial J}{\\partial Z[i,j_1,j_2,m]} X[i,j_1+k_1,j_2+k_2,n]$",
        "",
    ),
    (
        "4b",
        "dJ/dW[k1,k2,n,m] = sum_i sum_j1 sum_j2 X[i, j1+k1, j2+k2, n] * delta[i,j1,j2,m], where delta is dJ/dZ.",
        "1",
    ),
    (
        "4b",
        "dJ/dW[k1,k2,n,m] = sum_i sum_j1 sum_j2 X[i, j1+k1, j2+k2, n] * delta[i,j1,j2,m], where delta is dJ/dU.",
        "1/2",
    ),
    ("4c", "dJ/dX[i,j1,j2,n] = sum_{k1,k2,m} W[k1,k2,n,m] dJ/dZ[i,j1-k1,j2-k2,m] for the inner pixels.", ""),
    ("3c", "2852 positions x 20 filters x 90 weights = 5,133,600", "1"),
    ("3c", "2852 positions x 20 filters x 90 weights = 5,133,700", "4/5"),
    ("2d", "$\\min = -6$ at $Z[1,0]=Z[2,0]=Z[3,0]$.", "1"),
    ("4a", "∂J/∂Z[i,j1,j2,m] = ∂J/∂U[i,j1,j2,m] · ¼ / cosh²(Z[i,j1,j2,m]/2)", "1"),
    (
        "3b",
        "I think 10 input channels and 20 output channels. No, other way around: the output is 10 and the input is 20.",
        "",
    ),
    ("3b", "There are 10 channels in the input and 20 in the output.", "1"),
    ("3b", "in = 10, out = 20. The kernel is of size 3.", "1"),
    (
        "3c",
        "Each value needs \\(3\\cdot 3\\cdot 10=90\\) multiplications. Z has 57040 values. The product is 5133600.",
        "1",
    ),
    ("3d", "$1800$ weights. Forgot the bias: $1800+20=1820$.", "1"),
    ("4a", "$\\nabla_Z[i,j_1,j_2,m]=\\nabla_U[i,j_1,j_2,m] U[i,j_1,j_2,m](1-U[i,j_1,j_2,m])$", "1"),
    (
        "4c",
        "dJ/dX[i,j1,j2,n] = sum over m,k1,k2 of dJ/dZ[i,j1-k1,j2-k2,m] * W[k1,k2,n,m], but only for j1 >= 2.",
        "",
    ),
    (
        "4c",
        "dJ/dX[i,j1,j2,n] = sum over m,k1,k2 of dJ/dZ[i,j1-k1,j2-k2,m] * W[k1,k2,n,m], only for valid indices of Z",
        "1",
    ),
    (
        "5c",
        "Y[q,k,n] = X[q,s*k,n] and Y[q,k,n] = max of X[q,s*k+j,n] over j = 0, 1, ..., p-1. Both"
        " produce B by ceil(N/s) by C.",
        "1",
    ),
    (
        "5c",
        "Y[q,k,n] = X[q,s*k,n] and Y[q,k,n] = max of X[q,s*k+j,n] over j = 0, 1, ..., p-1. Both"
        " produce B by floor(N/s) by C.",
        "4/5",
    ),
    ("3c", "46·62·20 outputs, each with 3·3·10 multiplications, altogether 5123600", "4/5"),
    ("3b", "$n$ has 10 values and $m$ has 20, so there are 10 channels going in and 20 coming out.", "1"),
    (
        "4c",
        "$\\partial J/\\partial X[i,p,q,n]=\\sum_{m,\\,j_1+k_1=p,\\,j_2+k_2=q} dJ/dZ[i,j_1,j_2,m] W[k_1,k_2,n,m]$",
        "1",
    ),
    (
        "5c",
        "$Y_{b,k,c}=X_{b,sk,c}$, $Y_{b,k,c}=\\max_{j\\in\\{0..p-1\\}}X_{b,sk+j,c}$, both $(B,\\lceil N/s\\rceil,C)$.",
        "1",
    ),
    ("2a", "k1 can be 1 or 2, k2 can be 1 or 2", "2/5"),
    ("2b", "X is 6 by 5, W is 2 by 2, so Z is 5 by 4.", "1"),
    ("2b", "***Ans.***", "0"),
    ("1a", "$[1000,256,256,3]$ - [number of images, height, width, channels]", "1"),
    ("1a", "$[1000,256,256,3]$ - [number of images, channels, height, width]", "2/3"),
    ("4a", "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m] * (1 - (tanh(Z[i,j1,j2,m]/2))^2) / 4", "1"),
    (
        "1c",
        "`32 × 300 × 512 × 512 × 3`. First axis is the video, second is the frame, third and fourth are the pixel row"
        " and column, the last is the color.",
        "1",
    ),
    ("2a", "Each of k1 and k2 takes the two values 0 and 1 only.", "1"),
    ("2a", "Each of k1 and k2 takes the two values 0 and 2 only.", ""),
    ("2a", "Σ_{k₁=0}¹Σ_{k₂=0}¹, both to 1", "1"),
    ("2a", "Σ_{k1=0}^1 Σ_{k2=0}^1 because W is 2x2", "1"),
    ("2a", "Σ_{k1=0}^2 Σ_{k2=0}^1 because W is 2x2", "1/2"),
    ("2a", "k1 is 0 or 1 and k2 is 0 or 1.", "1"),
    ("2a", "0 and 1 for both", "1"),
    ("2a", "i from 0 to 1 and j from 0 to 1, since W is 2x2", ""),
    ("2a", "k1 is 0 or 2 and k2 is 0 or 1", ""),
    ("2a", "k1 and k2 from 0 to 1 in steps of 0.5", ""),
    ("2a", "**What are the limits of the sums over k1 and k2?**", "0"),
    ("2a", "k1 and k2 can each only be 0 or 2.", ""),
    ("2a", "k1 and k2 can only be 0 or 1 or 2", ""),
    ("2a", "k1, k2 from zero to one", "1"),
    ("2a", "both k1 and k2 run over zero and one", "1"),
    ("2c", "The maximum is 6 in [2, 3], on the right edge of the object.", "1"),
    ("4c", "dJ/dX[i,j1,j2,n] = sum_{k1=0}^{2} sum_{k2=0}^{2} dJ/dZ[i,j1-k1,j2-k2,m] W[k1,k2,n,m]", ""),
    ("4c", "dJ/dX[i,j1,j2,n] = sum_{k1} sum_{k2} dJ/dZ[i,j1-k1,j2-k2,m] W[k1,k2,n,m]", "3/5"),
    ("2a", "zero up to one, both sums", "1"),
    ("2b", "Rows: 5. Columns: 4.", "1"),
    ("2b", r"size of $Z$. $\rightarrow$ $5\times4$ or $4\times3$, I am not sure which.", ""),
    ("2b", r"$\rightarrow$ $5\times4$ or, in other words, $5\times 4$", "1"),
    ("2a", "k1, k2 from 0 to 1; i from 0 to 4, j from 0 to 3", ""),
    ("2c", "6 is at X[1,3]", ""),
    ("2c", r"the maximum is $Z[1,3] = X[1,3]-X[1,4]+X[2,3]-X[2,4] = 6$", "1"),
    ("3a", "Z: (46, 62, 20), and U the same shape as X", ""),
    ("3a", "Z is (46,62,20) and U has the same shape as Z", "1"),
    ("3a", "neither Z nor U has the shape (46,62,20)", ""),
    ("5a", "[1,3,0,1] doubled", ""),
    ("5b", "argmax: [2,3,10,1]", ""),
    ("3c", "5133600 additions", ""),
    ("3c", "5133600 multiplications, additions not counted", "1"),
    ("1a", "one image has the shape (1000, 256, 256, 3)", ""),
    (
        "1a",
        "Each image has height, width and a colour axis, so the shape is $(1000, 256, 256, 3)$: image, y, x, RGB.",
        "1",
    ),
    ("4c", r"$\sum_{k_1,k_2,m}\frac{dJ}{dZ[i,j_1-k_1,j_2-k_2,m]}W[k_1,k_2,n,m]$ where m is fixed", ""),
    ("4c", r"$\sum_{k_1,k_2,m}\frac{dJ}{dZ[i,j_1-k_1,j_2-k_2,m]}W[k_1,k_2,n,m]$, outside of Z it is zero", "1"),
    ("2a", "k1 and k2 from 0 to 2, i and j from 0 to 1", ""),
    ("2a", "i and j run from 0 to 1", ""),
    ("3c", "$5133600$. There are 57040 outputs, each with 90 multiplications.", "1"),
    ("3c", "$57040$; there are $5133600$ additions", ""),
    ("3d", "1800. The textbook says 1820.", ""),
    ("3d", "1800 for W. b has 20. So 1820.", "1"),
    ("3c", "57040 outputs. Each takes 90 multiplications, makes 5133600.", "1"),
    ("3c", r"$46\cdot62\cdot20\cdot90 \approx 5.13\cdot10^6$, exactly 5133600.", "1"),
    ("5a", "[2,3,10,1]; max pooling gives [1,3,0,1]", ""),
    ("5a", "x = [1,2,3,2,0,10,1,0], stride 2\n\ny = [1, 3, 0, 1]", "1"),
    ("2b", "4x3; X has 5x4", ""),
    ("2c", "12 at (1,3). Each row gives 6.", ""),
    ("2b", "The filter can be put on $5$ rows and $4$ columns, so $Z$ is $5$ by $4$.", "1"),
    ("2b", "The filter can be put on $5$ rows and $4$ columns, so $Z$ is $4$ by $5$.", ""),
    ("2d", "It's $-6$. One of the places is $i=2$, $j=0$.", "1"),
    ("2d", "It's -6 at (2,0)", "1"),
    ("2d", "It's $-5$. One of the places is $i=2$, $j=0$.", "1/2"),
    ("3c", "(46·62·20)·(3·3·10) = 57.040 · 90 = **5.133.600**", "1"),
    ("3a", "Z and U: 46 × 62 × 20 each", "1"),
    ("3a", "20 arrays, 46 × 62 × 20 each", ""),
    ("1a", "1000 × 256 × 256 × 3\n     (image, row, column, R/G/B)", "1"),
    ("1c", "`(32, 300, 3, 512, 512)` → video no., frame (30 × 10), colour, height, width", "1"),
    ("1c", "`(32, 300, 3, 512, 512)`. No. `(30, 10)`", ""),
    ("3d", "~~1800~~ 1820, I forgot the 20 biases", "1"),
    ("3d", r"$3\cdot3\cdot10\cdot20+10+20=1830$", "1/2"),
    (
        "3c",
        r"Each needs $3\cdot3\cdot10=90$ products, there are $46\cdot62\cdot20 = 57{,}040$. In total **5,133,600**.",
        "1",
    ),
    ("3c", r"$46\cdot62\cdot20=57040$. Wait, this is only the outputs. The answer is $57040\cdot90=5133600$.", "1"),
    ("3c", r"$57040\cdot90=5133600$. Wait, or is it $57040\cdot9=513360$?", ""),
    ("5b", "~~$[2, 3, 3, 2, 10, 10, 1]$~~ (this was stride 1) $[2, 3, 10, 1]$", "1"),
    ("5b", r"$\frac15$ $[2, 3, 10, 1]$", ""),
    ("2a", "$k_1$ 從 0 到 1，$k_2$ 從 0 到 1。", "1"),
    ("2a", "$k_1$ 從 0 到 2，$k_2$ 從 0 到 1。", "1/2"),
    ("2d", "most negative = -6, found at position (0, 2)", "7/10"),
    ("2d", "most negative = -6, found at position (1, 0)", "1"),
    (
        "4a",
        r"$\frac{dJ}{dZ}_{[i,j_1,j_2,m]}=\frac{dJ}{dU}_{[i,j_1,j_2,m]}U_{[i,j_1,j_2,m]}(1-U_{[i,j_1,j_2,m]})$",
        "1",
    ),
    ("5c", r"subsampling $y[b,k,c] = x[b,k,s \cdot c]$, max pooling $y[b,k,c] = \max_j x[b,k,s \cdot c+j]$", "1/5"),
    ("2b", "columns: 4, rows: 5", "1"),
    ("2b", "rows: 4, columns: 5", "1/2"),
    ("2b", "One is five, the other four", "1"),
    ("2b", "X is 6x5, therefore Z has 6 − 2 + 1 = 5 rows and 5 − 2 + 1 = 4 columns, i. e. 5x4.", "1"),
    ("2b", "X is 6x5. The size of Z is the same 6x5.", "1/5"),
    ("2c", "max is 6, found at row one, column three", "1"),
    ("2d", "minus six, row one column zero", "1"),
    ("2e", r"$Z[0,1] = 0$, since the window covers $\begin{pmatrix}0&0\\3&3\end{pmatrix}$.", "1"),
    ("2e", r"$\begin{pmatrix}0&1\\0&2\end{pmatrix}$", "1"),
    ("2e", r"$(0,1)$, because the window is $\begin{bmatrix}0&0\\3&3\end{bmatrix}$", "1"),
    ("1a", "a thousand by three by two hundred and fifty-six by two hundred fifty six", "1"),
    ("1b", r"$(40,2400,80)$: sample, time, channel. Here $2400=240\times 10$.", "1"),
    ("1c", "thirty-two by three hundred by five hundred twelve by five hundred twelve by three", "1"),
    ("3a", "Z ∈ ℝ⁴⁶ˣ⁶²ˣ²⁰, U ∈ ℝ⁴⁶ˣ⁶²ˣ²⁰", "1"),
    ("3a", "Z ∈ ℝ⁴⁶ˣ⁶²ˣ¹⁰, U ∈ ℝ⁴⁶ˣ⁶²ˣ²⁰", "7/10"),
    ("3b", "last axis of X = 10, so 10 input channels; last axis of W = 20, so 20 output.", "1"),
    ("3b", "last axis of X = 20, so 20 input channels; last axis of W = 10, so 10 output.", "1/10"),
    ("3b", "Cᵢₙ = 10, Cₒᵤₜ = 20", "1"),
    ("3b", "Cᵢₙ = 20, Cₒᵤₜ = 10", "1/10"),
    ("3c", "In total this makes 5.133.600.", "1"),
    ("3d", "one thousand eight hundred twenty", "1"),
    ("3d", "eighteen hundred and twenty", "1"),
    ("3d", "eighteen hundred twenty-one", "0"),
    ("4a", "∂J／∂Z［i，j1，j2，m］＝∂J／∂U［i，j1，j2，m］×U×（1－U）", "1"),
    ("4a", "∂J／∂Z［i，j1，j2，m］＝∂J／∂U［i，j1，j2，m］×U×（1＋U）", "1/2"),
    ("4b", "∂J／∂W［k1，k2，n，m］＝∑_{i，j1，j2} ∂J／∂Z［i，j1，j2，m］×X［i，j1＋k1，j2＋k2，n］", "1"),
    ("5a", "one, three, zero, one", "1"),
    ("5b", "two, three, ten, one", "1"),
    ("5c", "Y[β,k,γ] = X[β,s·k,γ]; Y[β,k,γ] = max₀≤ⱼ<ₚ X[β,s·k+j,γ]; both B × ⌈N/s⌉ × C", "1"),
    (
        "5c",
        "Sub-sampling: Y[i,k,n] = X[i,s·k,n]. Pooling: Y[i,k,n] = máx_{j=0..p-1} X[i,s·k+j,n]. Both (B, ⌈N/s⌉, C).",
        "1",
    ),
    (
        "5c",
        r"$Y^{\mathrm{sub}}[i,k,n]=X[i,sk,n]$, $Y^{\max}[i,k,n]=\max_{0\le j<p}X[i,sk+j,n]$, $(B,\lceil N/s\rceil,C)$",
        "1",
    ),
    ("2b", "i think 5 times 4", "1"),
    ("2b", "X is 6×5 and W is 2×2. Rows: 6-2+1 = 5, columns: 5-2+1 = 4. Therefore Z is 5×4.", "1"),
    ("2b", "With 6 - 2 + 1 = 5 and 5 - 2 + 1 = 4 we get Z of size 5 x 4 (20 pixels)", "1"),
    ("2b", "The shape goes from (6,5) to (5,4)", "1"),
    ("2b", "The shape goes from (5,4) to (6,5)", "1/5"),
    ("2c", "The max is 6 at row 1 column 3 (also rows 2 and 3)", "1"),
    ("2c", "The max is 6 at row 1 column 3 (also rows 2 and 4)", "3/4"),
    ("2c", "Six. You find it for instance at i = 1, j = 3.", "1"),
    ("2c", "Der größte Wert ist 6 und steht in Zeile 1, Spalte 3.", "1"),
    ("2c", "6，第1行，第3列", "1"),
    ("2c", "6，第3列，第1行", "1"),
    ("2c", "6, ligne 1, colonne 3", "1"),
    ("2c", "6, fila 1, columna 3", "1"),
    ("2b", "(5,4), i.e. 5 wide and 4 tall", ""),
    ("2b", "i goes from 0 to 3 and j from 0 to 4, so Z is 5 by 4", ""),
    ("2b", "i = 0,...,4 and j = 0,...,3: 5 by 4", "1"),
    ("2b", "Z is (6-2+1) x (5-2+1), i.e. 4 by 5", ""),
    ("2b", "Z is (6-2+1) x (5-2+1), i.e. 5 by 4", "1"),
    ("1c", "(32, 10*30, 512, 512, 3), i.e. (32, 10, 30, 512, 512, 3)", ""),
    ("1c", "(32, 10*30, 512, 512, 3), i.e. (32, 300, 512, 512, 3)", "1"),
    ("1a", "1000 (channels) x 256 (height) x 256 (width) x 3 (images)", ""),
    ("1a", "1000 (images) x 256 (height) x 256 (width) x 3 (colours)", "1"),
    ("1a", "1000 = height, 256 = width, 256 = images, 3 = colour", ""),
    ("1b", "channels (40), recordings (80), samples (2400)", ""),
    ("1b", "recordings (40), channels (80), samples (2400)", "1"),
    ("1b", "40 – electrodes; 80 – recordings; 2400 – time points", ""),
    ("1b", "40 – recordings; 80 – electrodes; 2400 – time points", "1"),
    ("1b", "40 x 80 x 2400: recording, channel, sample", "1"),
    ("5a", "We take the maximum of every pair: [1, 3, 0, 1]", ""),
    ("5b", "We take the maximum of every pair: [2, 3, 10, 1]", "1"),
    ("5b", "[2, 3, 10, 1], which are the averages of the pairs", ""),
    ("5b", "[2, 3, 10, 1], which are the maxima of the pairs", "1"),
    ("3d", "1820, that is 1810 for W and 10 for b", ""),
    ("3d", "1820, that is 1800 for W and 20 for b", "1"),
    ("1b", "(40, 80, 2400): recordings, channels, frequencies.", "2/3"),
    ("3a", "Z and U: (46, 62, 20), where 46 is the batch, 62 the width and 20 the height", ""),
    ("3a", "Z and U: (46, 62, 20), where 46 is the height, 62 the width and 20 the number of filters", "1"),
    (
        "1c",
        r"$(32, 10\cdot30, 3, 512, 512)$, with 300 as second entry. video no., frame no., channel, height, width",
        "1",
    ),
    (
        "1c",
        "300 colour images, (300, 512, 512, 3) = frames, rows, columns, RGB. With 32 videos: (32, 300, 512, 512, 3).",
        "1",
    ),
    (
        "1a",
        r"$1000\times256\times256\times3$ where $X[b,r,c,q]$ is colour $q$ at row $r$, column $c$ of image $b$.",
        "1",
    ),
    ("2a", "They run over the kernel: 0..1 for k1 and 0..1 for k2.", "1"),
    ("2a", r"$(k_1,k_2) \in \{(0,0),(0,1),(1,0),(1,1)\}$, the four entries of $W$", "1"),
    ("2b", "In each direction we lose one pixel, hence 6x5 becomes **5x4**.", "1"),
    ("2b", "H_out = 6 - 2 + 1 = 5, W_out = 5 - 2 + 1 = 4", "1"),
    ("2b", r"$5\times 4$. In general it is $(M-K+1)\times(N-L+1)$ for an $M\times N$ image.", "1"),
    ("2c", "$6$ @ $(i,j)=(1,3)$", "1"),
    ("3a", "shape(U) = shape(Z) = 46 × 62 × 20", "1"),
    ("3a", r"$\operatorname{shape}Z=\operatorname{shape}U=(46,62,20)$", "1"),
    (
        "4b",
        r"$\sum_{i,j_1,j_2}\frac{\partial J}{\partial Z[i,j_1,j_2,m]}"
        r"\frac{\partial Z[i,j_1,j_2,m]}{\partial W[k_1,k_2,n,m]}"
        r"=\sum_{i,j_1,j_2}\frac{\partial J}{\partial Z[i,j_1,j_2,m]}X[i,j_1+k_1,j_2+k_2,n]$",
        "1",
    ),
    ("4c", r"$\sum_m\sum_{a+k_1=j_1,\ b+k_2=j_2} \frac{\partial J}{\partial Z[i,a,b,m]}\,W[k_1,k_2,n,m]$", "1"),
    ("5b", "max(1,2), max(3,2), max(0,10), max(1,0) = 2, 3, 10, 1", "1"),
    ("1b", r"40 x 80 x 2400: recording, channel, sample (there are $240 \cdot 10$ of them)", "1"),
    ("1c", r"$32\times 300\times 3\times 512\times 512$ (video, instant, colour, line, column).", "1"),
    ("3a", r"Z and U: \[46, 62, 20\]", "1"),
    ("4b", r"∂J/∂W\[k1, k2, n, m\] \= ∑\_{i,j1,j2} ∂J/∂Z\[i, j1, j2, m\] · X\[i, j1 \+ k1, j2 \+ k2, n\]", "1"),
    ("3a", "Both are (46, 62, 20), because the 3x3 kernel takes 2 pixels away in each direction.", ""),
    ("3a", "Z is (46, 62, 20) and U is unchanged in shape.", ""),
    ("3a", "Z: (46, 62, 20), U: (46, 62)", "7/10"),
    ("5b", "\n\n| k | y[k] |\n|---|---|\n| 0 | 2 |\n| 1 | 3 |\n| 2 | 10 |\n| 3 | 1 |", "1"),
    ("5b", "\n\n| k | y[k] |\n|---|---|\n| 0 | 2 |\n| 1 | 3 |\n| 2 | 10 |\n| 3 | 0 |", "2/5"),
    ("5a", "\n0: x[0] = 1\n1: x[2] = 3\n2: x[4] = 0\n3: x[6] = 1", ""),
    ("2b", "(5,4), i.e. 4 wide and 5 tall", "1"),
    ("2b", "5 x 4. No, vice versa.", ""),
    ("2c", "6 at [1][3]", "1"),
    ("2c", "Z[1,3] = 6", "1"),
    ("2c", "Z[1,3] = 5, so the largest is 6", ""),
    ("2e", "Z[1,1] = 0", "1"),
    ("2e", "Z[1,1] = -1", ""),
    ("2e", "Z[0,1] ≠ 0", ""),
    ("2d", "Minus six, at i = 3, j = 0.", "1"),
    ("2d", "The min is $-6$, reached for $i=1,2,3$ and $j=0$.", "1"),
    ("1a", "1000x256x256x3, no wait, 1000x256x256", ""),
    ("1a", "(1000, 256, 256, 3) or (1000, 256, 256)", ""),
    ("1a", "If colour: (1000, 256, 256, 3). Here: (1000, 256, 256)", ""),
    ("2b", "5 by 4 (no padding)", "1"),
    ("2b", "5x4 (sorry, 4x3)", ""),
    ("2b", "5 by 4 (or 4 by 3)", ""),
    ("2c", "6 at (1,3) (or (2,3), (3,3))", "1"),
    ("2c", "6 at (1,3) (edit: (3,1))", ""),
    ("2c", "6 at (i=1, j=3)", "1"),
    ("2d", "-6 at (j=0, i=2)", "1"),
    ("2e", "(1,1): -1", ""),
    ("3b", "Z has 20 channels and X has 10 channels", "1"),
    ("3b", "Z has 10 channels and X has 20 channels", "1/10"),
    ("3c", "5133600 (correction: 513360)", ""),
    ("3c", "about 5.1 million", ""),
    ("3d", "1820, W has 3*3*10*20 = 1800 parameters and b has 20 parameters", "1"),
    ("3d", "1820 = 1800 weights + 20 biases", ""),
    ("3d", "3*3*10*20 + 20 = 1820, but only 1800 are trainable", ""),
    ("4a", "dJ/dZ = δ * U(1-U), δ = dJ/dU", "1"),
    ("4a", "dJ/dZ = dJ/dU * U(1-U) for Z > 0, 0 otherwise", ""),
    ("4a", r"$dJ/dZ = dJ/dU \cdot U(1-U)$ where $0 < U < 1$", "1"),
    ("4a", "Let δ = dJ/dU. Then dJ/dZ = δ U (1-U)", ""),
    ("4a", "dJ/dZ = dJ/dU * σ(Z)(1-σ(Z)), where σ(x) = max(0, x)", ""),
    ("4b", "sum_{i,j1,j2} dJ/dZ[i,j1,j2,n] * X[i,j1+k1,j2+k2,m]", "3/5"),
    ("4b", "sum over i, j1, j2 of dJ/dZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n] with j1 from 0 to 2", ""),
    ("5a", "1,3,0,1 (4 elements)", ""),
    ("2d", "6 at i = 3, j = 0", "1/2"),
    ("3a", r"$\text{shape}(Z)=\text{shape}(U)=(46,62,20)$", "1"),
    ("3a", "Z.shape = (46, 62, 20)\n\nU.shape = Z.shape", "1"),
    ("3a", "Z is (46, 62, 20), U = X", "1/2"),
    ("3a", "They have the same shape, forty-six by sixty-two by twenty.", "1"),
    ("3c", "46*62*20*9*10 = 5.1336 million", "1"),
    ("3c", "46*62*20*9*10 = 5133600, so roughly 5 million", "1"),
    ("3c", "6.1336 million", "0"),
    ("3c", "5.133.600 ≈ 5,1 Mio.", "1"),
    ("1a", "1,000 x 256 x 256 x 3", "1"),
    ("3b", "10 input channels, 20 output channels. Actually the other way round.", ""),
    ("3b", "neither 10 in nor 20 out", ""),
    ("3d", "1820? No.", ""),
    ("3d", "1800 weights and 20 biases", ""),
    ("3d", "I don't know what counts as trainable here.", "0"),
    ("4c", "I did not manage this one.", "0"),
    ("3d", "I don't know why but it is b", ""),
    ("3d", "nothing", ""),
    ("3d", "Which number of weights do you mean here?", ""),
    ("4c", "not sure, skipped this", "0"),
    ("4a", r"With $s(z) = \frac{1}{1+e^{-z}}$ we get $dJ/dZ = dJ/dU \cdot s(Z) (1 - s(Z))$.", "1"),
    ("4a", r"With $s(z) = \frac{1}{1+e^{-z}}$ we get $dJ/dZ = dJ/dU \cdot (s(Z) - s(Z)^2)$.", "1"),
    ("4a", r"With $s(z) = \frac{1}{1+e^{-z}}$ we get $dJ/dZ = dJ/dU \cdot (1 + s(Z)) s(Z)$.", "1/2"),
    ("4a", r"With $s(z) = \tanh z$ we get $dJ/dZ = dJ/dU \cdot s(Z) (1 - s(Z))$.", "0"),
    ("4a", "With g(u) = u(1-u), h(z) = 1/(1+exp(-z)): dJ/dZ = dJ/dU * g(h(Z))", "1"),
    ("4a", r"$s(z) = z$ or $s(z) = \frac{1}{1+e^{-z}}$, so $dJ/dZ = dJ/dU \cdot s(Z) (1 - s(Z))$", ""),
    ("4a", "`dJdZ = dJdU * U * (1-U)`", "1"),
    ("4a", "`grad_Z = grad_U * U * (1-U)`", "1"),
    ("4a", "dJ/dU . U . (1-U)", "1"),
    ("4a", "dJ/dZ = dJ/dU * dU/dZ, dU/dZ = U(1-U)", "1"),
    ("4a", "dJ/dZ = dJ/dU * dU/dZ, dU/dZ = U(1+U)", "1/2"),
    ("4a", "dJ/dZ = dJ/dU * sigma'(Z), sigma'(Z) = U(1-U)", "1"),
    ("4b", "dJ/dW[k1,k2,n,m] = sum over i, j1, j2 of\ndJ/dZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n]", "1"),
    ("4b", "`dW[k1,k2,n,m] += dZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n]`", "1"),
    (
        "4a",
        "dJ/dZ[i,j1,j2,m] is dJ/dU[i,j1,j2,m] times U[i,j1,j2,m] times (1 - U[i,j1,j2,m])",
        "1",
    ),
    ("4a", r"$\mathrm{d}Z[i,j_1,j_2,m] = \mathrm{d}U[i,j_1,j_2,m]\,U[i,j_1,j_2,m](1-U[i,j_1,j_2,m])$", "1"),
    (
        "4b",
        r"With $\delta_{ij_1j_2m} := \partial J/\partial Z_{ij_1j_2m}$: $\frac{\partial J}{\partial W_{k_1k_2nm}} ="
        r" \sum_{ij_1j_2} \delta_{ij_1j_2m} X_{i,j_1+k_1,j_2+k_2,n}$",
        "1",
    ),
    (
        "4a",
        r"Let $g[i,j_1,j_2,m]$ be $\partial J/\partial U[i,j_1,j_2,m]$ and let $\delta[i,j_1,j_2,m]$ be"
        r" $\partial J/\partial Z[i,j_1,j_2,m]$. Then $\delta[i,j_1,j_2,m] = g[i,j_1,j_2,m] U[i,j_1,j_2,m]"
        r" (1-U[i,j_1,j_2,m])$",
        "1",
    ),
    (
        "4b",
        r"Here $\delta$ denotes $\partial J/\partial Z$. $\frac{\partial J}{\partial W[k_1,k_2,n,m]} = \sum_{i,j_1,j_2}"
        r" \delta[i,j_1,j_2,m] X[i,j_1+k_1,j_2+k_2,n]$",
        "1",
    ),
    (
        "4b",
        r"Let $\delta$ be $\partial J/\partial Z$ with two rows of zeros around it."
        r" $\frac{\partial J}{\partial W[k_1,k_2,n,m]} = \sum_{i,j_1,j_2} \delta[i,j_1,j_2,m] X[i,j_1+k_1,j_2+k_2,n]$",
        "",
    ),
    ("4b", r"$\sum_{i,j_1,j_2} \frac{\partial J}{\partial Z[i,j_1,j_2,m]} X[i,j_1+k_1,j_2+k_2,m]$", "3/5"),
    (
        "4c",
        "∂J/∂X[i,j1,j2,n] = Σ_k1 Σ_k2 Σ_m ∂J/∂Z[i,j1−k1,j2−k2,m] · W[k1,k2,n,m]   (∂J/∂Z = 0 outside the valid pixels)",
        "1",
    ),
    ("2a", "`k1 in range(2)`, `k2 in range(2)`, so both are 0 or 1.\n\n```\n[0., 0., 3.],\n[6., -1., 6.]\n```", "1"),
    ("2a", "k1 goes from 0 to 1 and k2 too", "1"),
    ("2a", "k1 goes from 0 to 1 and k2 too, plus one", ""),
    ("4c", "sum_{k1,k2,m} dJ/dZ[i,j1-k1,j2-k2,m] * W[k1,k2,n,m]  (W = 0)", ""),
    (
        "4b",
        r"Let $\delta$ be $\partial J/\partial Z$, padded with zeros."
        r" $\sum_{i,j_1,j_2} \delta[i,j_1,j_2,m] X[i,j_1+k_1,j_2+k_2,n]$",
        "",
    ),
    ("4c", "sum_{k1,k2,m} dJ/dZ[i,j1-k1,j2-k2,m] * W[k1,k2,n,m] (only terms with k1 > 0 inside Z)", ""),
    ("2a", "k1 and k2 both go from 0 to 1 (W is 2 by 2)", "1"),
    ("3a", "Z and U: (20, 46, 62) = (channel, height, width)", "4/5"),
    ("3b", "in_channels = 10, out_channels = 20", "1"),
    ("3d", "1800; 3*3*10*20", "1/2"),
    ("3d", "1820, not counting b", ""),
    ("3d", "1820 (excluding b)", ""),
    ("3d", "I do not think it is 1820", ""),
    ("3d", "The answer is hardly 1820", ""),
    ("3c", "5133600 for a batch of 32", ""),
    ("5a", "[1,3,0,1] backwards", ""),
    ("4a", "dJ/dU[i,j1,j2,m] * U[i,j1,j2,m] * (1-U[i,j1,j2,m]) with a minus sign in front", ""),
    ("4a", "dZ[i,j1,j2,m] = dU[i,j1,j2,m] .* U[i,j1,j2,m] .* (1 - U[i,j1,j2,m])", "1"),
    (
        "4c",
        r"$$\frac{\partial J}{\partial X[i,j_1,j_2,n]}=\sum_{k_1,k_2,m}"
        r"\frac{\partial J}{\partial Z[i,j_1-k_1,j_2-k_2,m]}"
        "W[k_1,k_2,n,m]$$\n\n(if the index is out of $Z$, this term is 0)",
        "1",
    ),
    (
        "4c",
        "dJ/dX[i,j1,j2,n] = sum_{k1,k2,m} dJ/dZ[i,j1-k1,j2-k2,m] * W[k1,k2,n,m]\n(only terms inside Z)",
        "1",
    ),
    ("4c", "dJ/dX[i,j1,j2,n] = sum_{k1,k2,m} dJ/dZ[i,j1-k1,j2-k2,m] * W[k1,k2,n,m] only if k1 > 0", ""),
    (
        "5c",
        "sub-sampling `Y = X[:, ::s, :]`; max pooling `Y[:, k, :] = X[:, s*k : s*k+p, :].max(axis=1)`. Shape of both is"
        " `(B, (N-1)//s + 1, C)`.",
        "",
    ),
    ("5b", "k = 0: max(1,2) = 2, k = 1: max(3,2) = 3, k = 2: max(0,10) = 10, k = 3: max(1,0) = 1", "1"),
    ("5b", "k = 0: 2, k = 1: 3, k = 2: 10, k = 3: 2", "2/5"),
    ("4b", "dJdW[k1,k2,n,m] = sum(dJdZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n] for all i, j1, j2)", "1"),
    ("4b", "dJdW[k1,k2,n,m] = sum(dJdZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n], over all i, j1, j2)", "1"),
    ("4b", "dJdW[k1,k2,n,m] = sum(dJdZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n], i, j1, j2)", "1"),
    ("4b", "dJdW[k1,k2,n,m] = sum(dJdZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n])", "1"),
    ("4b", "dJdW[k1,k2,n,m] = sum(dJdZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n] for all i, j1)", "3/5"),
    ("3a", "(48-3+1) by (64-3+1) by 20 = 46 by 62 by 20. Same thing for U.", "1"),
    ("3a", "Z = 46 by 62 by 20 and U = 46 by 62 by 20", "1"),
    ("3a", "Z = 46 by 62 by 20 and U = 46 by 62 by 10", "7/10"),
    ("3a", "48-3+1 by 64-3+1 by 20 = 46 by 62 by 20 for Z and U", "1"),
    ("3a", "48-2+1 by 64-3+1 by 20 = 46 by 62 by 20 for Z and U", ""),
    ("2b", "$[6-2+1 \\times 5-2+1] = [5\\times4]$", "1"),
    ("2b", "$[6-1+1 \\times 5-2+1] = [5\\times4]$", ""),
    ("3a", "[46, 62, 20] for both of them (and not [48, 64, 20], as there is no padding).", "1"),
    ("3a", "(46, 62, 20) for Z and U, not (46, 62, 20).", ""),
    ("3a", "(48, 64, 20) for Z and U, not (46, 62, 20).", "2/5"),
    (
        "1b",
        "(40, 2400, 80): the first axis is the recording, the second one the electrode, the last one the time sample",
        "2/3",
    ),
    (
        "1b",
        "(40, 80, 2400): the first axis is the recording, the second one the electrode, the last one the time sample",
        "1",
    ),
    (
        "1c",
        "32 by three hundred by 512 by 512 by three. The axes are, in the same order, the video, "
        "the colour, the pixel row, the pixel column and the frame.",
        "2/3",
    ),
    (
        "1c",
        "32 by three by 512 by 512 by three hundred. The axes are, in the same order, the video, "
        "the colour, the pixel row, the pixel column and the frame.",
        "1",
    ),
    ("3b", "10 in and 20 out. So 10 and 200.", ""),
    ("3b", "10 in and 20 out. So 20 and 10.", ""),
    ("3b", "10 in and 20 out. So 10 and 20.", "1"),
    ("5a", "y is one, three, zero, one", "1"),
    ("5a", "y is one, two, three, two", "0"),
    ("3c", "46*62*20 outputs with 3*3*10 products each: about 5.13 million (5133600 to be exact)", "1"),
    ("3c", "about 5.13 million (5133601 to be exact)", ""),
    (
        "3c",
        "$46\\times62=2852$ pixels, times $20$ output channels, times $9\\times10$ weights, equals $5133600$.",
        "1",
    ),
    ("3c", "a sum of 90 terms takes 89 operations, there are 46·62·20 = 57040 sums: 57040·89 = 5 076 560", "0"),
    (
        "3c",
        "The ten channels are added and not multiplied, so the 10 has to go: "
        "$46\\cdot62\\cdot20\\cdot3\\cdot3=513360$.",
        "2/5",
    ),
    (
        "4a",
        "I forgot a factor. $\\frac{\\partial J}{\\partial Z[i,j_1,j_2,m]}=\\frac{\\partial J}{\\partial "
        "U[i,j_1,j_2,m]}\\,U[i,j_1,j_2,m]\\,(1-U[i,j_1,j_2,m])$",
        "1",
    ),
    (
        "4a",
        "$\\frac{\\partial J}{\\partial Z[i,j_1,j_2,m]}=\\frac{\\partial J}{\\partial "
        "U[i,j_1,j_2,m]}\\,U[i,j_1,j_2,m]\\,(1-U[i,j_1,j_2,m])$. I forgot whether there is a minus.",
        "",
    ),
    (
        "4c",
        "$\\sum_{k_1,k_2,m}\\begin{cases} dJ/dZ[i,j_1-k_1,j_2-k_2,m] W[k_1,k_2,n,m] & \\text{if } "
        "(j_1-k_1,j_2-k_2) \\text{ is a position of } Z\\\\ 0 & \\text{otherwise} \\end{cases}$",
        "1",
    ),
    (
        "4c",
        "$\\sum_{k_1,k_2,m}\\begin{cases} 0 & \\text{if outside of Z}\\\\ dJ/dZ[i,j_1-k_1,j_2-k_2,m] "
        "W[k_1,k_2,n,m] & \\text{otherwise} \\end{cases}$",
        "1",
    ),
    (
        "4c",
        "$\\sum_{k_1,k_2,m}\\begin{cases} dJ/dZ[i,j_1-k_1,j_2-k_2,m] W[k_1,k_2,n,m] & \\text{if "
        "outside of Z}\\\\ 0 & \\text{otherwise} \\end{cases}$",
        "",
    ),
    (
        "4c",
        "$\\sum_{k_1,k_2,m}\\begin{cases} dJ/dZ[i,j_1-k_1,j_2-k_2,m] W[k_1,k_2,n,m] & \\text{if it is "
        "inside and even}\\\\ 0 & \\text{otherwise} \\end{cases}$",
        "",
    ),
    (
        "4c",
        "$\\sum_{k_1,k_2,m}\\begin{cases} dJ/dZ[i,j_1-k_1,j_2-k_2,m] W[k_1,k_2,n,m] & \\text{if "
        "valid}\\\\ 1 & \\text{otherwise} \\end{cases}$",
        "",
    ),
    (
        "4c",
        "sum over k1, k2, m of dJ/dZ[i, j1-k1, j2-k2, m] * W[k1,k2,n,m]   (when j1-k1 or j2-k2 "
        "falls outside of Z we take 0)",
        "1",
    ),
    ("4c", "sum over k1, k2, m of dJ/dZ[i, j1-k1, j2-k2, m] * W[k1,k2,n,m]   (when m is outside 3 we take 0)", ""),
    ("2a", "Both sums have just the two terms 0 and 1, because W is 2 by 2.", "1"),
    ("2a", "Both sums have just the two terms 1 and 2, because W is 2 by 2.", "2/5"),
    ("2a", "Both of the sums start by zero and end by one, so each has two terms.", "1"),
    ("2a", "0 to 1 for k1, 0 to 1 for k2 (the upper limit 2 is not reached any more).", "1"),
    ("2a", "0 to 1 for both (1 is not included)", ""),
    ("2a", "`k1 in np.arange(2)`, `k2 in np.arange(2)`, so 0 and 1", "1"),
    ("2a", "`k1 in np.arange(3)`, `k2 in np.arange(2)`", "1/2"),
    (
        "2a",
        "$k_1=0,\\dots,K_1-1$ and $k_2=0,\\dots,K_2-1$, where $K_1\\times K_2=2\\times2$ is the size of $W$.",
        "1",
    ),
    (
        "2a",
        "$k_1=0,\\dots,K_1$ and $k_2=0,\\dots,K_2-1$, where $K_1\\times K_2=2\\times2$ is the size of $W$.",
        "1/2",
    ),
    ("1c", "tensor with 5 dims: 32 (which video), 300 (which frame), 512 (x), 512 (y), 3 (r/g/b)", "1"),
    ("1c", "tensor with 4 dims: 32 (which video), 300 (which frame), 512 (x), 3 (r/g/b)", "2/5"),
    (
        "5c",
        "sub: $Y[b,k,c]=X[b,sk,c]$; pool: $Y[b,k,c]=\\max_{j<p}X[b,sk+j,c]$; shape $(B,\\lfloor "
        "(N-1)/s\\rfloor+1,C)$ each",
        "1",
    ),
    (
        "5c",
        "sub: $Y[b,k,c]=X[b,sk,c]$; pool: $Y[b,k,c]=\\max_{j<p}X[b,sk+j,c]$. Each output has the "
        "shape $(B,\\lfloor (N-1)/s\\rfloor+1,C)$.",
        "1",
    ),
    ("1a", "(1000, 256, 256, 3) each", ""),
    ("3a", "$\\dim Z = \\dim U = 46 \\times 62 \\times 20$", "1"),
    ("3a", "$\\dim Z = 46 \\times 62 \\times 20$, $\\dim U = 46 \\times 62 \\times 10$", "7/10"),
    ("1b", "2400 × 80 × 40  (time, channel, recording no.); 2400 = 10 s · 240 Hz", "1"),
    ("1b", "2400 × 80 × 40 (time, channel, recording). No, 2400 x 40 x 80", "2/3"),
    ("2b", "5 by 4, it loses one row and one column against the 6 by 5 of X.", "1"),
    ("2b", "6 by 5, as the 6 by 5 of X.", "1/5"),
    ("2d", "It is minus six. We find it in third row, which is position (2,0) if we count from zero.", "1"),
    ("2d", "-6, position (2,0) if the kernel is flipped", ""),
    ("2d", "-6, position (2,0) if we count from one.", ""),
    (
        "5c",
        "sub: Y[b,k,c] = X[b,k*s,c]; pool: Y[b,k,c] = biggest of X[b,k*s+j,c], j=0..p-1; shape of "
        "Y (B, ceil(N/s), C) both",
        "1",
    ),
    (
        "5c",
        "sub: Y[b,k,c] = X[b,k*s,c]; pool: Y[b,k,c] = max X[b,k*s+j,c], j=0,1,...,p-1; shape of Y "
        "(B, ceil(N/s), C) both",
        "1",
    ),
    (
        "5c",
        "sub: Y[b,k,c] = X[b,k*s,c]; pool: Y[b,k,c] = biggest of X[b,k*s+j,c], j=0..p; shape of Y "
        "(B, ceil(N/s), C) both",
        "4/5",
    ),
    (
        "5c",
        "Let $K=\\lceil N/s\\rceil$. For $k=0,\\dots,K-1$ sub-sampling: $Y[i,k,c]=X[i,sk,c]$ pooling: "
        "$Y[i,k,c]=\\max_{j=0,\\dots,p-1}X[i,sk+j,c]$, so that $Y\\in\\mathbb R^{B\\times K\\times C}$ "
        "both times.",
        "1",
    ),
    (
        "5c",
        "sub: Y[b,k,c] = X[b,k*s,c]; pool: Y[b,k,c] = max_{j<p} X[b,k*s+j,c]; shape of Y: (B, "
        "ceil(N/s), C), twice the same",
        "1",
    ),
    (
        "4c",
        "Let $r=j_1+k_1$ and $t=j_2+k_2$ be the position in $X$. Then $j_1=r-k_1$, $j_2=t-k_2$ "
        "and\n\n$$\\frac{\\partial J}{\\partial X[i,r,t,n]}=\\sum_{m}\\sum_{k_1}\\sum_{k_2}\\frac{\\partial "
        "J}{\\partial Z[i,r-k_1,t-k_2,m]}\\cdot W[k_1,k_2,n,m]$$\n\nThe summands for which $r-k_1$ or "
        "$t-k_2$ is not a valid index are zero.",
        "1",
    ),
    (
        "1a",
        "(1000, 256, 256, 3). The 3 is for RGB, 1000 for the number of pics, and 256, 256 are height and width",
        "1",
    ),
    ("1a", "(1000, 256, 256, 3). The 3 is for pictures, 1000 for the number of colours", ""),
    ("3a", "$Z$: $46 \\times 62 \\times 20$. $U$ hat dieselbe Form wie $Z$.", "1"),
    ("3d", "9·10·20 + 20 = 1820 (don't forget the 20 biases)", "1"),
    ("3d", "9·10·20 + 20 = 1820, forget the 20", ""),
    ("2a", "Beide Summen laufen über 0 und 1.", "1"),
    ("2a", "Lower limit zero, upper limit one, for $k_1$ as well as for $k_2$.", "1"),
    ("2a", "Lower limit one, upper limit two, for both.", "2/5"),
    ("3c", "**5133600** – *46\\*62 pixels, 20 filters, 3\\*3\\*10 taps in a filter*", "1"),
    ("3d", "**1810** – one bias each", "1/2"),
    ("3c", "$N=46\\cdot 62\\cdot 20\\cdot 3\\cdot 3\\cdot 10=5\\,133\\,600\\approx 5.1$ million.", "1"),
    ("3c", "$N=46\\cdot 62\\cdot 20\\cdot 3\\cdot 3=513\\,360\\approx 5.1$ million.", "0"),
    ("3d", "3*3*10*20 is 1800, plus twenty for b, makes 1820.", "1"),
    ("3d", "3*3*10*20 is 1800, plus ten for b, makes 1810.", "1/2"),
    (
        "4a",
        "the gradient at Z[i,j1,j2,m] is the gradient at U[i,j1,j2,m] times U[i,j1,j2,m] times (1 minus U[i,j1,j2,m]).",
        "",
    ),
    ("4a", "dJ/dU[i,j1,j2,m] times the derivative of the sigmoid, U[i,j1,j2,m](1 - U[i,j1,j2,m])", ""),
    ("2d", "from the same table -6, take row 3, col 0", "1"),
    ("4c", "I had not time to finish this one, sorry.", "0"),
    ("5a", "$y = (1\\;3\\;0\\;1)$", "1"),
    ("5a", "$y=(1\\quad 3\\quad 0\\quad 1)$", "1"),
    ("5a", "$y = (1\\,2\\,0\\,1)$", "2/5"),
    (
        "5c",
        "$y_{\\text{sub}}[r,k,q]=X[r,\\,sk,\\,q]\\qquad y_{\\text{pool}}[r,k,q]=\\max_{0\\le "
        "j<p}X[r,\\,sk+j,\\,q]$, shape $(B,\\lceil N/s\\rceil,C)$ both",
        "1",
    ),
    ("2b", "$5\\times4$，即 5 列（columns）、4 行（rows）。", ""),
    ("2b", "$5\\times4$，即 5 行（rows）、4 列（columns）。", "1"),
    (
        "1b",
        "A classmate has (40, 80, 2400). I don't think that is right. The tensor has the shape "
        "(80, 2400), and there are 40 of them.",
        "",
    ),
    ("3b", "10 and 20. I am not sure which of them is the input, so I leave that open.", ""),
    ("2a", "$k_1=0,1$；$k_2=0,1$。因为 $W$ 只有 2×2，不是 1,2。", ""),
    ("2c", "最大值 6，position 是 $(1,3)$，不是 $(3,1)$。", ""),
    ("2c", "最大值 6，position 是 $(1,3)$。", "1"),
    (
        "5c",
        "Y[i,k,n] = X[i,s\\*k,n] for sub-sampling, Y[i,k,n] = max_{j=0..p-1} X[i,s\\*k+j,n] for max "
        "pooling, and the shape is (B, ceil(N/s), C) in both cases, not (B, floor(N/s), C).",
        "1",
    ),
    (
        "5c",
        "Y[i,k,n] = X[i,s\\*k,n] for sub-sampling, Y[i,k,n] = max_{j=0..p-1} X[i,s\\*k+j,n] for max "
        "pooling, and the shape is (B, floor(N/s), C) in both cases, not (B, ceil(N/s), C).",
        "4/5",
    ),
    (
        "5c",
        "Y[i,k,n] = X[i,s\\*k,n] for sub-sampling, Y[i,k,n] = max_{j=0..p-1} X[i,s\\*k+j,n] for max "
        "pooling, and the shape is (B, ceil(N/s), C). Edit: so the shape is (B, floor(N/s), C).",
        "",
    ),
    ("3b", "20, 10 (out, in)", "1"),
    ("3b", "20, 10 (in, out)", "1/10"),
    (
        "3b",
        "W = np.zeros((3, 3, 10, 20)); b = np.zeros(20)\nprint(W.shape[2], W.shape[3])  # 10 20  (in, out)",
        "1",
    ),
    ("2a", "$k_1\\in\\{0,1\\}$ and $k_2\\in\\{0,1\\}$. Otherwise $W[k_1,k_2]$ would not exist.", "1"),
    (
        "4a",
        "$\\frac{\\partial J}{\\partial Z[i,j_1,j_2,m]}=\\frac{\\partial J}{\\partial "
        "U[i,j_1,j_2,n]}\\,U[i,j_1,j_2,m]\\,(1-U[i,j_1,j_2,m])$",
        "3/5",
    ),
    ("4a", "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m] * U[i,j2,j1,m] * (1 - U[i,j2,j1,m])", "3/5"),
    ("4a", "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,n] * U[i,j2,j1,m] * (1 - U[i,j2,j1,m])", "0"),
    ("3d", "3*3*10*(20 + 1) = 1890", "1/2"),
    ("1b", "$[\\,40\\mid2400\\mid80\\,]$: recordings, $10\\times240$ samples, channels.", "1"),
    ("1b", "[40 | 2400 | 80] (recordings, samples, channels)", "1"),
    ("3c", "$46\\cdot62=2852$, times $20$ is $57040$, times $3\\cdot3\\cdot10=90$ is $5123600$.", "4/5"),
    ("4a", "dJ/dZ[i,j1,j2,m] equals dJ/dU[i,j1,j2,m] times U[i,j1,j2,m] times (one minus U[i,j1,j2,m]).", "1"),
    ("4a", "dJ/dZ[i,j1,j2,m] equals dJ/dU[i,j1,j2,m] times U[i,j1,j2,m] times one minus U[i,j1,j2,m].", ""),
    (
        "4a",
        "dJ/dZ[i,j1,j2,m] equals dJ/dU[i,j1,j2,m] times U[i,j1,j2,m] times the difference of 1 and U[i,j1,j2,m].",
        "",
    ),
    (
        "4c",
        "dJ/dX[i,j1,j2,n] = sum over (k1, k2, m) of W[k1,k2,n,m] times dJ/dZ[i, j1-k1, j2-k2, m], "
        "leaving out the terms with an index that Z does not have",
        "1",
    ),
    ("4c", "dJ/dX[i,j1,j2,n] = sum over (k1, k2) of W[k1,k2,n,m] dJ/dZ[i, j1-k1, j2-k2, m], 0 outside", "3/5"),
    (
        "4c",
        "∂J/∂X[i, j₁, j₂, n] = Σ_{k₁, k₂, m} ∂J/∂Z[i, j₁ − k₁, j₂ − k₂, m] · W[k₁, k₂, n, m] （∂J/∂Z = 0 outside）",
        "1",
    ),
    ("4a", "dj/dz[i,j1,j2,m] = dj/du[i,j1,j2,m] / (2 + exp(z[i,j1,j2,m]) + exp(-z[i,j1,j2,m]))", "1"),
    ("3b", "$10\\to20$; 10 come in and 20 go out", "1"),
    ("3b", "10 and 20: it reads 20 channels and writes 10", ""),
    ("3c", "count += 1", ""),
    (
        "4c",
        "We multiply $\\frac{\\partial J}{\\partial Z[i,j_1-k_1,j_2-k_2,m]}$ with $W[k_1,k_2,n,m]$ and add it up.",
        "",
    ),
    ("4a", "We multiply $\\frac{\\partial J}{\\partial U[i,j_1,j_2,m]}$ with $U[i,j_1,j_2,m]$.", "3/10"),
    ("2c", "On paper 6 is at (2,4). Converted: 6 at (1,3).", "1"),
    ("2c", "6, (2, 4) and (1, 3)", "3/4"),
    ("2a", "k1: from 0 to 1; k2: the same", "1"),
    ("2a", "k1: 0..1, k2: ditto", "1"),
    ("2a", "both have upper limit 1 and lower limit 0", "1"),
    ("2a", "$k_1$: first value 0, last value 1. $k_2$: first value 0, last value 1.", "1"),
    ("2a", "k1: last 1, first 0; k2: last 1, first 0", "1"),
    ("2a", "k1: upper limit 2, lower limit 0; k2: the same", "3/10"),
    ("2a", "k1 and k2: max 1, min 0", ""),
    (
        "3c",
        "There are 46 × 62 × 20 elements in Z, each the result of 3 × 3 × 10 multiplications, so "
        "5,133,600 multiplications.",
        "1",
    ),
    (
        "4a",
        "I write gZ for dJ/dZ and gU for dJ/dU. gZ[i,j1,j2,m] = gU[i,j1,j2,m] * U[i,j1,j2,m] * (1 - U[i,j1,j2,m])",
        "1",
    ),
    (
        "4b",
        "$\\delta^{Z}_{i,j_1,j_2,m}=\\frac{\\partial J}{\\partial Z[i,j_1,j_2,m]}$, so $\\frac{\\partial "
        "J}{\\partial "
        "W[k_1,k_2,n,m]}=\\sum_{i,j_1,j_2}\\delta^{Z}_{i,j_1,j_2,m}\\,X[i,j_1+k_1,j_2+k_2,n].$",
        "1",
    ),
    ("2b", "5x4, as X is 6x5 and W is 2x2", "1"),
    ("2b", "5x4: X is 6x5, W is 2x2", "1"),
    ("2b", "First 5x4, but X is 6x5", ""),
    ("2d", "The most negative value is −6 (Z[2,0])", "1"),
    ("4b", "With p = j1 + k1 and q = j2 + k2: dJ/dW[k1,k2,n,m] = sum_{i,j1,j2} X[i,p,q,n] dJ/dZ[i,j1,j2,m]", "1"),
    (
        "4b",
        "$\\frac{\\partial J}{\\partial W[k_1,k_2,n,m]} = \\sum_{i,j_1,j_2} X[i,p,q,n] \\frac{\\partial "
        "J}{\\partial Z[i,j_1,j_2,m]}$, where $p=j_1-k_1$ and $q=j_2-k_2$",
        "3/5",
    ),
    (
        "4c",
        "$\\frac{\\partial J}{\\partial X[i,p,q,n]} = \\sum_{k_1,k_2,m} W[k_1,k_2,n,m] \\frac{\\partial "
        "J}{\\partial Z[i,a,b,m]}$ with $a=p-k_1$ and $b=q-k_2$ (zero outside)",
        "1",
    ),
    (
        "5c",
        "Sub-sampling: Y[i,k,n] = X[i,s*k,n], pooling: Y[i,k,n] = max_{0<=j<p} X[i,s*k+j,n]. "
        "Shapes: B x floor((N-1)/s)+1 x C",
        "1",
    ),
    (
        "4c",
        "$\\frac{\\partial J}{\\partial X[i,p,q,n]} = \\sum_{k_1,k_2,m} W[k_1,k_2,n,m] \\frac{\\partial "
        "J}{\\partial Z[i,a,b,m]}$ with $p = a+k_1$ and $q=b+k_2$",
        "",
    ),
    (
        "4c",
        "$\\frac{\\partial J}{\\partial X[i,p,q,n]} = \\sum_{k_1,k_2,m} W[k_1,k_2,n,m] \\frac{\\partial "
        "J}{\\partial Z[i,a,b,m]}$ where a is p - k1 and b is q - k2",
        "",
    ),
    (
        "4c",
        "$\\frac{\\partial J}{\\partial X[i,p,q,n]} = \\sum_{k_1,k_2,m} W[k_1,k_2,n,m] \\frac{\\partial "
        "J}{\\partial Z[i,a,b,m]}$ with $a=p-k_1$ and $b=q-k_2$",
        "1",
    ),
    (
        "4c",
        "$\\frac{\\partial J}{\\partial X[i,p,q,n]} = \\sum_{k_1,k_2,m} W[k_1,k_2,n,m] \\frac{\\partial "
        "J}{\\partial Z[i,a,b,m]}$ ",
        "0",
    ),
    ("2c", "6 at (1,3). Converted: (2,4)", "3/4"),
    (
        "4b",
        "$\\delta^{Z}_{i,j_1,j_2,m}=\\frac{\\partial J}{\\partial Z[i,j_1,j_2,m]}$ flipped, so "
        "$\\frac{\\partial J}{\\partial "
        "W[k_1,k_2,n,m]}=\\sum_{i,j_1,j_2}\\delta^{Z}_{i,j_1,j_2,m}\\,X[i,j_1+k_1,j_2+k_2,n]$.",
        "",
    ),
    ("4b", "G = dJ/dZ flipped, so dJ/dW[k1,k2,n,m] = sum over i, j1, j2 of G[i,j1,j2,m] X[i,j1+k1,j2+k2,n].", ""),
    (
        "4b",
        "Let p = j1 + k1 and q = j2 + k2. Then dJ/dW[k1,k2,n,m] = sum_{i,j1,j2} X[i,p,q,n] dJ/dZ[i,j1,j2,m]",
        "1",
    ),
    (
        "4b",
        "With p = j1 + k1 and q = j2 + k2 exchanged: dJ/dW[k1,k2,n,m] = sum_{i,j1,j2} X[i,p,q,n] dJ/dZ[i,j1,j2,m]",
        "",
    ),
    (
        "4b",
        "dJ/dW[k1,k2,n,m] = sum_{i,j1,j2} X[i,p,q,n] dJ/dZ[i,j1,j2,m], p = j1 + k1 and q = j2 + k2 "
        "(p = j1 - k1 for the last)",
        "",
    ),
    (
        "4a",
        "gU stands for dJ/dU, negated. dJ/dZ[i,j1,j2,m] = gU[i,j1,j2,m] * U[i,j1,j2,m] * (1 - U[i,j1,j2,m])",
        "",
    ),
    ("4a", "gU means dJ/dU divided by B. dJ/dZ[i,j1,j2,m] = gU[i,j1,j2,m] * U[i,j1,j2,m] * (1 - U[i,j1,j2,m])", ""),
    ("2a", "k1 from 0 to 1; k2: the same range shifted by one", ""),
    ("2a", "k1 from 0 to 1, k2 same as the width of X", ""),
    ("2c", "6 at (2,4), converted from (1,3)", "3/4"),
    ("1b", "$(40, 2400, 80)$. The axes are recording, channel, time sample, with $240\\cdot10=2400$.", "2/3"),
    ("1b", "$(40, 2400, 80)$. The axes are recording, time sample, channel, with $240\\cdot10=2400$.", "1"),
    (
        "1a",
        "The tensor is (1000, 256, 256, 3). First comes the number of the image, then the colour "
        "channel, then the row, and last the column.",
        "2/3",
    ),
    (
        "1a",
        "The tensor is (1000, 3, 256, 256). First comes the number of the image, then the colour "
        "channel, then the row, and last the column.",
        "1",
    ),
    (
        "1c",
        "the shape is (32, 300, 512, 512, 3), it is video number, second, image height, image width, frame.",
        "",
    ),
    (
        "1c",
        "There are 32 videos of 10 seconds at 30 frames, thus (32, 3, 300, 512, 512). The order is "
        "video, colour, frame, row, column.",
        "1",
    ),
    (
        "1a",
        "(256, 256, 3, 1000)\n\nOrder of the axes: in a, height, width, colour, image; in b, "
        "channel, sample, recording; in c, height, width, colour, frame, video.",
        "1",
    ),
    ("1a", "(1000, 256, 256, 3). From last to first: colour, column, row, image.", ""),
    (
        "1a",
        "1000 x 256 x 256 x 3 (image, row, column, colour), without the last axis however, since "
        "the colours are three tensors",
        "",
    ),
    (
        "4a",
        "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m] * U[i,j1,j2,m] * (1 - U[i,j1,j2,m]), where "
        "U[i,j1,j2,m] stands for the number that goes into the sigmoid (what the sheet calls Z).",
        "",
    ),
    (
        "4a",
        "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m] * U[i,j1,j2,m] * (1 - U[i,j1,j2,m]), where U is what the sheet calls U.",
        "",
    ),
    (
        "4a",
        "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m] * U[i,j1,j2,m] * (1 - U[i,j1,j2,m])\n\nThis is for the "
        "whole batch; for a single recording it has to be divided by the number of recordings.",
        "",
    ),
    (
        "4a",
        "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m] * U[i,j1,j2,m] * (1 - U[i,j1,j2,m])\n\nNothing has to be averaged here.",
        "1",
    ),
    (
        "4a",
        "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m] * U[i,j1,j2,m] * (1 - U[i,j1,j2,m])\n\nWe must still halve it.",
        "",
    ),
    (
        "4b",
        "$$\\frac{\\partial J}{\\partial W[k_1,k_2,n,m]}=\\sum\\frac{\\partial J}{\\partial "
        "Z[i,j_1,j_2,m]}\\,X[i,j_1+k_1,j_2+k_2,n]$$\nThe sum is over $j_1$ and $j_2$ only, $i$ is "
        "not summed.",
        "",
    ),
    (
        "4b",
        "$$\\frac{\\partial J}{\\partial W[k_1,k_2,n,m]}=\\sum\\frac{\\partial J}{\\partial "
        "Z[i,j_1,j_2,m]}\\,X[i,j_1+k_1,j_2+k_2,n]$$\nThe sum is over $i$, $j_1$ and $j_2$.",
        "1",
    ),
    ("4a", "Multiply dJ/dU[i,j1,j2,m] by U[i,j1,j2,m] (1 - U[i,j1,j2,m]).", "1"),
    ("4a", "Multiply dJ/dU[i,j1,j2,m] by V - V², where V = U[i,j1,j2,m].", "1"),
    ("4a", "Multiply dJ/dU[i,j1,j2,m] by U[i,j1,j2,m] and by (1 - U[i,j1,j2,m]).", ""),
    ("4a", "Multiply dJ/dU[i,j1,j2,m] by U[i,j1,j2,m] (1 - U[i,j1,j2,m]) and divide by 2.", ""),
    ("4a", "Multiply dJ/dU[i,j1,j2,m] by U[i,j1,j2,m] (1 - U[i,j1,j2,m]), then sum over i.", ""),
    ("4a", "Do not multiply dJ/dU[i,j1,j2,m] by U[i,j1,j2,m] (1 - U[i,j1,j2,m]).", ""),
    ("4a", "Multiply dJ/dU[i,j1,j2,m] by U[i,j1,j2,m] (1 - U[i,j1,j2,m]) twice.", ""),
    ("2a", "0 is the lower and 1 the upper limit, for k1 just as for k2", "1"),
    ("2a", "0 and 1 for k1, and the same for k2", "1"),
    ("2a", "1 and 2 for k1, and the same for k2", "2/5"),
    ("2a", "0 is the lower limit and 1 is the upper limit for k1, and for k2 it is 0 and 4", ""),
    ("2a", "0 is the lower limit of k1 and 1 is the upper limit of k2", ""),
    ("2c", "max Z = 6 in row 1, column 3 (the first row is row 0)", "1"),
    ("2c", "max Z = 6 in row 1, column 3 (the first row is row 0, the first column is column 0)", "1"),
    ("2c", "max Z = 6 in row 2, column 4 (the first row is row 1)", ""),
    ("2c", "max Z = 6 in row 2, column 4 (the first row is row 0)", ""),
    (
        "4c",
        "$\\frac{\\partial J}{\\partial X[i,j_1,j_2,n]}=\\sum_{k_1,k_2,m}\\frac{\\partial J}{\\partial "
        "Z[i,j_1-k_1,j_2-k_2,m]}W[k_1,k_2,n,m]$, only with those $k_1,k_2$ for which "
        "$Z[i,j_1-k_1,j_2-k_2,m]$ exists",
        "1",
    ),
    (
        "4c",
        "$\\frac{\\partial J}{\\partial X[i,j_1,j_2,n]}=\\sum_{k_1,k_2,m}\\frac{\\partial J}{\\partial "
        "Z[i,j_1-k_1,j_2-k_2,m]}W[k_1,k_2,n,m]$, only with the even $k_1,k_2$ for which it exists",
        "",
    ),
    (
        "4c",
        "$\\frac{\\partial J}{\\partial X[i,j_1,j_2,n]}=\\sum_{k_1,k_2,m}\\frac{\\partial J}{\\partial "
        "Z[i,j_1-k_1,j_2-k_2,m]}W[k_1,k_2,n,m]$, only for $k_1 = 0$ which exists",
        "",
    ),
    (
        "4c",
        "$\\frac{\\partial J}{\\partial X[i,j_1,j_2,n]}=\\sum_{k_1,k_2,m}\\frac{\\partial J}{\\partial "
        "Z[i,q_1,q_2,m]}W[k_1,k_2,n,m]$ Here $q_1$ and $q_2$ stand for $j_1-k_1$ and $j_2-k_2$.",
        "1",
    ),
    (
        "4c",
        "$\\frac{\\partial J}{\\partial X[i,j_1,j_2,n]}=\\sum_{k_1,k_2,m}\\frac{\\partial J}{\\partial "
        "Z[i,q_1,q_2,m]}W[k_1,k_2,n,m]$ Here $q_1$ and $q_2$ stand for $j_2-k_2$ and $j_1-k_1$.",
        "3/5",
    ),
    (
        "4c",
        "$\\frac{\\partial J}{\\partial X[i,j_1,j_2,n]}=\\sum_{k_1,k_2,m}\\frac{\\partial J}{\\partial "
        "Z[i,q_1,q_2,m]}W[k_1,k_2,n,m]$ Here $q_1$ and $q_2$ stand for $j_1+k_1$ and $j_2+k_2$.",
        "3/5",
    ),
    ("4a", "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m] u (1-u) with u = U[i,j1,j2,m]", "1"),
    ("4a", "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m] u (1-u) with u = Z[i,j1,j2,m]", "2/5"),
    (
        "1a",
        "The first has length 1000 and counts the images, the next two have length 256 each and "
        "are the height and the width, and the last one has length 3 for red, green and blue.",
        "",
    ),
    (
        "2a",
        "$k_1 = 0, 1$ and $k_2 = 0, 1$. We also need the neighbour on the other side, so in the "
        "end both sums go from $-1$ to $1$.",
        "",
    ),
    ("2a", "k1 = 0..1, k2 = 0..1, since the indices of X go from 0 to 5", "1"),
    ("2c", "The largest value is $6$, it stands at $(1,3)$, i.e. in column 1 and row 3.", ""),
    ("2c", "The largest value is $6$, it stands at $(1,3)$, i.e. in row 1 and column 3.", "1"),
    (
        "3c",
        "$46\\cdot62\\cdot20\\cdot3\\cdot3\\cdot10=5133600$, but that is only for one input channel. "
        "For all 10 it takes $51336000$.",
        "",
    ),
    (
        "4a",
        "$\\frac{\\partial J}{\\partial Z[i,j_1,j_2,m]} = \\frac{\\partial J}{\\partial "
        "U[i,j_1,j_2,m]}\\,U(1-U)$, where $U$ is short for the input $Z[i,j_1,j_2,m]$ of the "
        "sigmoid.",
        "",
    ),
    (
        "4a",
        "$\\frac{\\partial J}{\\partial Z[i,j_1,j_2,m]} = \\frac{\\partial J}{\\partial "
        "U[i,j_1,j_2,m]}\\,U(1-U)$, where $U$ is the output of the sigmoid.",
        "1",
    ),
    (
        "4a",
        "$\\frac{\\partial J}{\\partial Z[i,j_1,j_2,m]} = "
        "\\frac14\\operatorname{sech}^2\\left(\\frac{Z[i,j_1,j_2,m]}{2}\\right)\\frac{\\partial "
        "J}{\\partial U[i,j_1,j_2,m]}$",
        "1",
    ),
    (
        "4a",
        "$\\frac{\\partial J}{\\partial Z[i,j_1,j_2,m]} = "
        "\\frac12\\operatorname{sech}^2\\left(\\frac{Z[i,j_1,j_2,m]}{2}\\right)\\frac{\\partial "
        "J}{\\partial U[i,j_1,j_2,m]}$",
        "3/5",
    ),
    (
        "4a",
        "$\\frac{\\partial J}{\\partial Z[i,j_1,j_2,m]} = "
        "\\frac14\\mathrm{foo}^2\\left(\\frac{Z[i,j_1,j_2,m]}{2}\\right)\\frac{\\partial J}{\\partial "
        "U[i,j_1,j_2,m]}$",
        "",
    ),
    (
        "4b",
        "$$\\frac{\\partial J}{\\partial W[k_1,k_2,n,m]} = \\sum_{i,j_1,j_2}\\frac{\\partial J}{\\partial "
        "Z[i,j_1,j_2,m]} X[i,j_1+k_1,j_2+k_2,n]$$ The sum over $i$ in this formula can be left "
        "out, because every recording has its own gradient.",
        "",
    ),
    (
        "4b",
        "$$\\frac{\\partial J}{\\partial W[k_1,k_2,n,m]} = \\sum_{i,j_1,j_2}\\frac{\\partial J}{\\partial "
        "Z[i,j_1,j_2,m]} X[i,j_1+k_1,j_2+k_2,n]$$ So only $j_1$ and $j_2$ are summed.",
        "",
    ),
    (
        "4b",
        "$$\\frac{\\partial J}{\\partial W[k_1,k_2,n,m]} = \\sum_{i,j_1,j_2}\\frac{\\partial J}{\\partial "
        "Z[i,j_1,j_2,m]} X[i,j_1+k_1,j_2+k_2,n]$$ The indices $n$ and $m$ are not summed.",
        "1",
    ),
    ("4a", "dJ/dZ[i,j1,j2,m] = dJ/dU . exp(-Z[i,j1,j2,m]) / (1 + exp(-Z[i,j1,j2,m]))^2", "1"),
    ("4a", "dJ/dZ[i,j1,j2,m] = dJ/dU . exp(Z[i,j1,j2,m]) / (1 + exp(-Z[i,j1,j2,m]))^2", "0"),
    ("3c", "46 . 62 . 20 . 3 . 3 . 10 = 5133600", "1"),
    ("3c", "46 . 62 . 20 . 3 . 3 . 10 = 5313600", "4/5"),
    ("4a", "dJ/dZ[i,j1,j2,m] = g u (1-u) with u = U[i,j1,j2,m] and g = dJ/dU[i,j1,j2,m]", "1"),
    ("4a", "dJ/dZ[i,j1,j2,m] = g u (1-u) with u = U[i,j1,j2,m] and g = dJ/dU[i,j2,j1,m]", "3/5"),
    ("2a", "k1: 0..1   k2: 0..1", "1"),
    ("2a", "k1: 0 to 1   k2: 0 to 2", "1/2"),
    ("1a", "(1000, 256, 256, 3) - n, h, w, c", "1"),
    ("1a", "(1000, 256, 256, 3) – N, RGB, H, W", "2/3"),
    ("4c", "keine Zeit mehr", "0"),
    ("4c", "how do I do this??", "0"),
    (
        "4c",
        "$$\\frac{\\partial J}{\\partial X[i,j_1,j_2,n]} = \\sum_{k_1,k_2,m}\\frac{\\partial J}{\\partial "
        "Z[i,j_1-k_1,j_2-k_2,m]} W[k_1,k_2,n,m]$$\n\nIf $j_1-k_1$ or $j_2-k_2$ is not a valid "
        "position the term is 0.",
        "1",
    ),
    (
        "4c",
        "$$\\frac{\\partial J}{\\partial X[i,j_1,j_2,n]} = \\sum_{k_1,k_2,m}\\frac{\\partial J}{\\partial "
        "Z[i,j_1-k_1,j_2-k_2,m]} W[k_1,k_2,n,m]$$\n\nIf $j_1-k_1$ or $j_2-k_2$ is a valid position "
        "the term is 0.",
        "",
    ),
    (
        "4c",
        "$$\\frac{\\partial J}{\\partial X[i,j_1,j_2,n]} = \\sum_{k_1,k_2,m}\\frac{\\partial J}{\\partial "
        "Z[i,j_1-k_1,j_2-k_2,m]} W[k_1,k_2,n,m]$$\n\nIf $k_1 = 1$ is not valid, the term is 0.",
        "",
    ),
    ("1a", "1000 × 256 × 256 × 3. (images, height, width, R/G/B)", "1"),
    ("3d", "3×3×10×20 + 20 = 1820 (one bias for each output channel)", "1"),
    ("3d", "3×3×10×20 + 20 = 1820 per output channel", ""),
    ("3d", "1820, one filter per output channel", ""),
    ("5b", "The pairs are (1,2), (3,2), (0,10), (1,0), and their maxima y = [2, 3, 10, 1].", "1"),
    ("5b", "The pairs are (1,2), (3,2), (0,10), (1,0), and their minima y = [1, 2, 0, 0].", "0"),
    ("1a", "We have 1000 images with 256 rows, 256 columns, 3 numbers for every pixel. (1000, 256, 256, 3)", "1"),
    (
        "4a",
        "dU/dZ = U(1 - U). No sum appears:\n\ndJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m] U[i,j1,j2,m] (1 - U[i,j1,j2,m])",
        "1",
    ),
    (
        "4a",
        "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m] * U[i,j1,j2,m] * (1 - U[i,j1,j2,m]), and this is then "
        "added up over m, so that the result does not depend on m any more.",
        "",
    ),
    (
        "4a",
        "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m] * U[i,j1,j2,m] * (1 - U[i,j1,j2,m]). This is the "
        "chain rule at every place.",
        "1",
    ),
    (
        "4b",
        "dJ/dW[k1,k2,n,m] = sum over i, j1, j2 of dJ/dZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n], and this "
        "is then also added up over all m.",
        "",
    ),
    (
        "4b",
        "dJ/dW[k1,k2,n,m] = sum over i, j1, j2 of dJ/dZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n]. The "
        "examples of a batch are kept apart.",
        "",
    ),
    (
        "4b",
        "dJ/dW[k1,k2,n,m] = sum over i, j1, j2 of dJ/dZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n]. j1 and j2 go only up to 2.",
        "",
    ),
    (
        "4b",
        "dJ/dW[k1,k2,n,m] = sum over i, j1, j2 of dJ/dZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n]. Every "
        "weight is used at all positions, that is why there is a sum.",
        "1",
    ),
    (
        "4c",
        "dJ/dX[i,j1,j2,n] = sum over k1, k2, m of dJ/dZ[i,j1-k1,j2-k2,m] * W[k1,k2,n,m]. If j1-k1 "
        "gets negative you continue at the other end of Z.",
        "",
    ),
    (
        "4c",
        "dJ/dX[i,j1,j2,n] = sum over k1, k2, m of dJ/dZ[i,j1-k1,j2-k2,m] * W[k1,k2,n,m], where k1 "
        "and k2 take the values -2, -1, 0.",
        "",
    ),
    (
        "4c",
        "dJ/dX[i,j1,j2,n] = sum over k1, k2, m of dJ/dZ[i,j1-k1,j2-k2,m] * W[k1,k2,n,m]. But then "
        "divide by the number of terms.",
        "",
    ),
    (
        "4c",
        "dJ/dX[i,j1,j2,n] = sum over k1, k2, m of dJ/dZ[i,j1-k1,j2-k2,m] * W[k1,k2,n,m]. Of the m "
        "you take only the one with the strongest output.",
        "",
    ),
    (
        "4c",
        "dJ/dX[i,j1,j2,n] = sum over k1, k2, m of dJ/dZ[i,j1-k1,j2-k2,m] * W[k1,k2,n,m] (terms outside of Z are zero).",
        "1",
    ),
    ("1a", "(1000, 256, 256, 3), although the 3 is not an axis of its own.", ""),
    (
        "1b",
        "(40, 80, 2400). First axis: the recordings, second axis: the points in time, third axis: the EEG channels.",
        "2/3",
    ),
    (
        "1b",
        "(40, 80, 2400). First axis: the recordings, second axis: the EEG channels, third axis: the points in time.",
        "1",
    ),
    ("1c", "(32, 300, 512, 512, 3) would hold it all. But I average the colours away first.", ""),
    ("1c", "(32, 300, 512, 512, 3), where the last three are to be seen as one axis", ""),
    (
        "1c",
        "\n\n| video | frame | colour | height | width |\n|---|---|---|---|---|\n| 32 | 300 | 512 | 512 | 3 |",
        "2/3",
    ),
    (
        "1c",
        "\n\n| video | frame | height | width | colour |\n|---|---|---|---|---|\n| 32 | 300 | 512 | 512 | 3 |",
        "1",
    ),
    ("1b", "40 x 80 x 2400 numbers have to be stored, though I write them all one behind the other.", ""),
    ("2a", "k1 = 0, 1 and k2 = 0, 1 in the inside of the picture. In the last column of Z, k2 is only 0.", ""),
    ("3d", "1820 in theory, however in practice the biases are fixed.", ""),
    ("2c", "The biggest entry is $z_{23} = 6$ (row index 2, column index 3).", "1"),
    ("2e", "$z_{01}=0$.", "1"),
    ("2e", "$z_{20}=0$.", "1/5"),
    ("2a", "$0\\le u\\le 1,\\quad 0\\le v\\le 1$", "1"),
    ("2a", "$0\\le u\\le 1,\\quad 0\\le v\\le 2$", ""),
    ("2a", "$0\\le i\\le 1,\\quad 0\\le j\\le 1$", ""),
    (
        "5c",
        "$Y[b,k,c]=X[b,sk,c]$ and $Y[b,k,c]=\\max_{j=0}^{p-1}X[b,sk+j,c]$. The number of samples "
        "becomes $N'=\\lceil N/s\\rceil$ and the shape of $Y$ is $(B,N',C)$ in both cases.",
        "1",
    ),
    (
        "5c",
        "$Y[b,k,c]=X[b,sk,c]$ and $Y[b,k,c]=\\max_{j=0}^{p-1}X[b,sk+j,c]$. The shape of $Y$ is "
        "$(B,N',C)$ in both cases.",
        "",
    ),
    (
        "5c",
        "$Y[b,k,c]=X[b,sk,c]$ and $Y[b,k,c]=\\max_{j=0}^{p-1}X[b,sk+j,c]$. The shape of $Y$ is "
        "$(B,N,C)$ in both cases.",
        "19/25",
    ),
    ("3c", "$46\\cdot62=2852$, times $20$ is $57040$, times $90$ is $5133600$.", "1"),
    ("3c", "$46\\cdot62=2852$, times $20$ is $57040$, times $90$ is $5123600$.", "4/5"),
    ("2a", "$0\\le a\\le 1,\\quad 0\\le b\\le 1$ for the places of Z", ""),
    ("2a", "k1: 0..1   k2: 0..1 (in Matlab style, so shift by one)", ""),
    ("2a", "For both k1 and k2 the lower limit is 0 and the upper limit is 1 (2 not included).", "1"),
    ("2c", "The biggest entry is $x_{23} = 6$.", ""),
    ("2d", "$-6$ at $(1,0)$ in the same convention, column then row.", ""),
    ("2e", "$w_{01}=0$.", ""),
    ("3c", "46 . 62 . 20 . 3 . 3 . 10 = 5133600 per image pixel", ""),
    ("3d", "1820 (one bias for each input channel)", ""),
    ("3d", "1820 (one bias per output channel)", "1"),
    ("4a", "Multiply dJ/dU[i,j1,j2,m] with the sum over m of U[i,j1,j2,m] (1 - U[i,j1,j2,m]).", ""),
]
_SUB, _SHAPES = "sub-sampling: Y[b,k,c] = X[b,s*k,c]; ", "; both shapes are (B, ceil(N/s), C)"
READ += [
    ("3b", "$n$ runs over $10$ input channels, $m$ over $20$ output channels.", "1"),
    ("3b", "n goes over 10 input channels, m over 20 output channels", "1"),
    ("3b", "over 10 input channels, over 20 output channels", ""),
    ("3c", "5133600, 46*62*20 outputs, 3*3*10 products each", "1"),
    ("3c", "5 133 600: 57040 outputs and 90 products for each of them", "1"),
    ("3c", "5133600, 46*62*20 outputs, 3*3*20 products each", ""),
    ("3c", "5133600, or is it 57040 outputs, 90 products each", ""),
    ("3c", "5133601, 46*62*20 outputs, 3*3*10 products each", ""),
]
READ += [
    ("5c", _SUB + pooling + _SHAPES, credit)
    for pooling, credit in (
        ("pooling: Y[b][k][c] = max(X[b][s*k+j][c] for j in range(p))", "1"),
        ("pooling: Y[b][k][c] = max(X[b][s*k+j][c] for j in range(1, p))", "3/5"),
        ("pooling: Y[b,k,c] = max(X[b,s*k+j,c]) for j from 0 to p-1", "1"),
        ("pooling: Y[b,k,c] = max(X[b,s*k+j,c]) for j = 0..p-1", "1"),
        (r"pooling: $Y_{bkc} = \max_{0\le j\le p-1} X_{b,sk+j,c}$", "1"),
        (r"pooling: $Y[b,k,c]=\max\{X[b,sk+j,c] : j=0,\dots,p-1\}$", "1"),
    )
]
_BOTH = _SUB + "pooling: Y[b,k,c] = max[j=0..p-1] X[b,s*k+j,c]"
READ += [
    ("5c", _BOTH + shapes, credit)
    for shapes, credit in (
        ("; both shapes are (B, (N-1)//s + 1, C)", "1"),
        ("; the shape is then (B, N/s, C) rounded up for both", "1"),
        ("; the shape is then (B, N/s, C) rounded down for both", "4/5"),
        ("; both shapes go from (B, N, C) to (B, ceil(N/s), C)", "1"),
        (". Die Ausgabe hat jeweils die Form (B, ceil(N/s), C).", "1"),
    )
]

READ += [  # numbers
    ("3b", "10/20", "1"),
    ("3b", "20 / 10", "1/10"),
    ("3b", "Es gibt zehn Eingangskanäle und zwanzig Ausgangskanäle.", "1"),
    ("3b", "Il y a dix canaux d'entrée et vingt canaux de sortie.", "1"),
    ("3d", "20 filters with 90 weights and one bias each, 20 × 91 = 1820", "1"),
    ("3d", "3 · 3 · 10 · 20 + 20 = 1.820 Parameter", "1"),
    ("3d", "3 · 3 · 10 · 20 + 20 = 1.821 Parameter", "4/5"),
    ("3d", "1820, that is (3 x 3 x 10 + 1) x 20", "1"),
    ("3c", "57040*90 = 5133600. Without convolution (dense layer) it would be 30720*57040 = 1752268800.", "1"),
    ("3c", "57040*90 = 5133600. All in all we get 30720*57040 = 1752268800.", ""),
    ("2d", "-6. If the one closest to zero is meant then it is -1, at (1, 0)", ""),
    # positions
    ("2c", "6, in R it is Z[2, 4], counted from 0 this is (1, 3)", "1"),
    ("2c", "6, in R it is Z[3, 4], counted from 0 this is (1, 3)", "3/4"),
    ("2c", "6，at （i,j）＝（1,3），（2,3），（3,3）", "1"),
    ("2c", "6, in the second row and last column, that is (1, 3) when we start with 0", "1"),
    # shapes
    ("1a", "4 axes: 1000 (image), 256 (row), 256 (column), 3 (rgb)", "1"),
    ("1b", "3 axes: 40 (recording), 2400 (sample), 80 (channel)", "1"),
    ("1a", "4 axes, first the number of images (1000), then color (3), then height and width (256 both)", "1"),
    ("1a", "3 axes, first the number of images (1000), then color (3), then height and width (256 both)", ""),
    ("1a", "4 axes, first the number of images (1000), then color (3), then height and channels (256 both)", ""),
    ("1a", "4 axes, 1000 images, 256x256 pixels, 3 colours", "1"),
    ("1b", "3 axes, 40 for the recordings, 80 for the channels, 240 * 10 = 2400 for the time", "1"),
    ("1b", "4 axes, 40 for the recordings, 80 for the channels, 240 * 10 = 2400 for the time", ""),
    ("1b", "3 axes, 40 for the recordings, 240 for the channels, 80 * 10 = 800 for the time", "0"),
    ("1c", "32 × (10·30 = 300) × 512 × 512 × 3", "1"),
    ("2b", "$5 \\times 4 = 20$", "1"),
    ("2b", "$4 \\times 5 = 20$", "1/2"),
    ("2b", "$5 \\times 4 = 22$", ""),
    ("2b", "X has 6 x 5 = 30 pixels, W has 2 x 2 = 4", ""),
    ("2b", "5 x 4 each", ""),
    ("3a", r"$46\times62\times20$ each", "1"),
    ("3a", r"20 channels of $46\times62\times20$ each", ""),
    ("3c", r"$46\cdot62\cdot20\cdot3\cdot3\cdot10=5\,133\,600$, and the additions come on top", "1"),
    ("3c", "5133600, and the additions come on top, so the total is 10267200", ""),
    ("3c", "5133600, and as many additions", ""),
    ("2b", "$N_1 - K_1 + 1 = 6 - 2 + 1 = 5$\n\n$N_2 - K_2 + 1 = 5 - 2 + 1 = 4$", "1"),
    ("2b", "If the corner is at $(i, j)$ then $i + 1 \\leq 5$ and $j + 1 \\leq 4$. The size is therefore 5 by 4.", "1"),
    ("3a", "`dim(Z) = dim(U) = c(46, 62, 20)`", "1"),
    ("3a", "$Z$ est de taille $(46, 62, 20)$, idem pour $U$", "1"),
    # limits
    ("2a", "0 to 1 for k1 and 0 to 1 for k2", "1"),
    ("2a", "0 to 1 for k1 and 0 to 2 for k2", "1/2"),
    ("2a", "0 to 2 for k1, 0 to 2 for k2", "3/10"),
    ("2a", "k1 can only be zero or one, and k2 can also only be zero or one.", "1"),
    ("2a", "Los dos índices van de 0 a 1.", "1"),
    ("2a", "Beide Indizes laufen von 0 bis 1.", "1"),
    ("2a", "Les deux indices vont de 0 à 1.", "1"),
    ("2a", "The lower limits are 0 and the upper limits are 1, both for $k_1$ and $k_2$.", "1"),
    ("2a", r"$\boxed{k_1: 0 \to 1, \quad k_2: 0 \to 1}$", "1"),
    ("2a", r"$\boxed{k_1: 0 \to 2, \quad k_2: 0 \to 2}$", "3/10"),
]
_SUB, _BOTH = "Y[b,k,c] = X[b, s*k, c] for sub-sampling, pooling: ", ". Shapes (B, (N-1)//s+1, C)"
_PROGRAM = (
    "\n\n```python\nK = (N - 1) // s + 1\nsub = np.zeros((B, K, C))\npool = np.zeros((B, K, C))\nfor k in range(K):\n"
    "    sub[b, k, c] = X[b, s*k, c]\n    pool[b, k, c] = {pooled}\n```\n\n"
    "so shape is `(B, (N-1)//s + 1, C)` for the two of them."
)
READ += [  # windows that reach past the end
    ("5c", _SUB + r"$Y[b,k,c] = \max_{j=sk}^{\min(sk+p-1,N-1)} X[b,j,c]$" + _BOTH, "1"),
    ("5c", _SUB + r"$Y[b,k,c] = \max_{j=0}^{\min(p-1,N-1-sk)} X[b,sk+j,c]$" + _BOTH, "1"),
    ("5c", _SUB + r"$Y[b,k,c] = \max_{j=0}^{\min(p-1,N-2-sk)} X[b,sk+j,c]$" + _BOTH, "3/5"),
    ("5c", _SUB + r"$Y[b,k,c] = \max_{0\le j<p,\ sk+j<N} X[b,sk+j,c]$" + _BOTH, "1"),
    ("5c", _SUB + r"$Y[b,k,c] = \max_{j=0,\dots,p-1,\ sk+j\le N-1} X[b,sk+j,c]$" + _BOTH, "1"),
    ("5c", _SUB + r"$Y[b,k,c] = \max_{0\le j<p,\ sk+j<C} X[b,sk+j,c]$" + _BOTH, "3/5"),
    ("5c", _PROGRAM.format(pooled="max(X[b, s*k + j, c] for j in range(p) if s*k + j < N)"), "1"),
    ("5c", _PROGRAM.format(pooled="max(X[b, s*k + j, c] for j in range(p))"), "1"),
    ("5c", _PROGRAM.format(pooled="max(X[b, s*k + j, c] for j in range(p) if s*k + j < p)"), ""),
    ("5c", _PROGRAM.format(pooled="max(X[b, s*k + j, c] for j in range(p) if j > 0)"), ""),
    ("5c", _PROGRAM.format(pooled="X[b, s*k:s*k+p, c].max()"), "1"),
    ("5c", _PROGRAM.format(pooled="X[b, s*k:s*k+p, c].argmax()"), ""),
    ("5c", _PROGRAM.format(pooled="X[b, s*k:s*k+p-1, c].max()"), ""),
]
_Z, _W, _X = r"\frac{\partial J}{\partial Z", r"\frac{\partial J}{\partial W", r"\frac{\partial J}{\partial X"
_ADDED = "dX[i,j1+k1,j2+k2,n] += dZ[i,j1,j2,m] * W[k1,k2,n,m]"
_SUMMED = "dW[k1,k2,n,m] = sum(dZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n]\n    for i in range(B) for j1 in range(H){more})"
READ += [  # loops
    ("4b", _SUMMED.format(more="\n    for j2 in range(L)"), "1"),
    ("4b", _SUMMED.format(more=""), "3/5"),
    ("4c", f"dX all 0 to start, then for every i, j1, j2, m, k1, k2, n: {_ADDED}  (dX = dJ/dX)", "1"),
    ("4c", f"dX[i,j1,j2,n] = 0. For all i, j1, j2, m, k1, k2, n: {_ADDED}", "1"),
    ("4c", f"dX[i,j1,j2,n] = 1. For all i, j1, j2, m, k1, k2, n: {_ADDED}", ""),
    ("4c", f"For all i, j1, j2, m, k1, k2, n: {_ADDED}\n\ndX[i,0,0,n] = 0", ""),
]
READ += [  # gradients
    ("4a", "dJ/dZ(i,j1,j2,m) = dJ/dU(i,j1,j2,m) * U(i,j1,j2,m) * [1 - U(i,j1,j2,m)]", "1"),
    ("4a", r"$\frac{dJ}{dZ} = \frac{dJ}{dU} \cdot U (1 - U)$ for every index $[i,j_1,j_2,m]$", "1"),
    ("4a", r"$\frac{dJ}{dZ} = \frac{dJ}{dU} \cdot \sigma'(Z)$ with $\sigma'(z) = \sigma(z)(1-\sigma(z))$", "1"),
    ("4a", r"$\frac{dJ}{dZ} = \frac{dJ}{dU} \cdot \sigma'(Z)$ with $\sigma'(z) = \sigma(z)(1+\sigma(z))$", "1/2"),
    ("4a", r"$\frac{dJ}{dZ} = \frac{dJ}{dU} \cdot \sigma'(Z)$", "1/2"),
    (
        "4a",
        r"$\frac{dJ}{dZ} = \frac{dJ}{dU} \cdot \frac{dU}{dZ}$ where $\frac{dU}{dZ} = \frac{e^{-Z}}{(1+e^{-Z})^2}$",
        "1",
    ),
    ("4a", r"$\frac{dJ}{dZ} = \frac{dJ}{dU} \cdot \frac{dU}{dZ}$", "1/2"),
    ("4a", r"$\bar Z = \bar U \odot U \odot (1 - U)$, where $\bar A = \partial J/\partial A$", "1"),
    ("4b", rf"${_W}[k_1,k_2,n,m]}} = \sum_{{i,j_1,j_2}} {_Z}[i,j_1,j_2,m]}}\, X[i,j_1+k1,j_2+k_2,n]$", "1"),
    (
        "4b",
        rf"${_W}_{{k_1,k_2}}^{{(n,m)}}}} = \sum_{{i,j_1,j_2}} {_Z}_{{i,j_1,j_2}}^{{(m)}}}}"
        r" X_{i,j_1+k_1,j_2+k_2}^{(n)}$",
        "1",
    ),
    ("4b", "dJ/dW(k1,k2,n,m) = suma sobre i, j1 y j2 de dJ/dZ(i,j1,j2,m) * X(i,j1+k1,j2+k2,n)", "1"),
    ("4b", "dJ/dW[k1,k2,n,m] = Summe über i, j1 und j2 von dJ/dZ[i,j1,j2,m] X[i,j1+k1,j2+k2,n]", "1"),
    ("4b", "dJ/dW[k1,k2,n,m] = dJ/dZ[i,j1,j2,m] X[i,j1+k1,j2+k2,n] by the summation convention", "1"),
    ("4b", "dJ/dW[k1,k2,n,m] = dJ/dZ[i,j1,j2,m] X[i,j1+k1,j2+k2,n]", "1/2"),
    ("4b", "sum[i,j1,j2] dJ/dZ[i,j1,j2,m] * X[i,k1,k2,n]", "1/2"),
    ("4c", r"$\partial_{X[i,j_1,j_2,n]}J=\sum_{m,k_1,k_2}\partial_{Z[i,j_1-k_1,j_2-k_2,m]}J\cdot W[k_1,k_2,n,m]$", "1"),
    ("4c", "sum_{k1,k2,m} dJ/dZ[i,k1-j1,k2-j2,m] W[k1,k2,n,m]", "3/5"),
    ("4c", "sum_{k1,k2,n} dJ/dZ[i,j1-k1,j2-k2,m] W[k1,k2,n,m]", "1/2"),
    ("4c", r"something like $\sum \frac{dJ}{dZ} \cdot W$ with shifted indices", ""),
    ("4c", r"$\sum_{k_1,k_2,m} " + _Z + r"[i,j_1-k_1,j_2-k_2,m]} W[K_1-1-k_1,K_2-1-k_2,n,m]$", ""),
    ("4c", r"$\sum_m \sum_{k_1=0}^{2} \sum_{k_2=0}^{2} " + _Z + r"[i,j_1-k_1,j_2-k_2,m]} W[k_1,k_2,n,m]$", ""),
    (
        "4b",
        "dJ/dW[k1,k2,n,m] = sum[j1,j2] dJ/dZ[i,j1,j2,m] X[i,j1+k1,j2+k2,n]\n\nwait, also over the batch:\n\n"
        "dJ/dW[k1,k2,n,m] = sum[i,j1,j2] dJ/dZ[i,j1,j2,m] X[i,j1+k1,j2+k2,n]",
        "1",
    ),
]
_FORMULAS = "sub: Y[b,k,c] = X[b,s*k,c]; max: Y[b,k,c] = max_j X[b,sk+j,c], j=0..p-1; "
READ += [  # sub-sampling and pooling
    ("5c", _FORMULAS + "both BxKxC with K=floor((N-1)/s)+1", "1"),
    ("5c", _FORMULAS + "Shape is B x ceil(N/s) x C for both", "1"),
    ("5c", _FORMULAS + "shapes: [B x Ceil(N/s) x C] both", "1"),
    ("5c", _FORMULAS + "each of shape [B, ceil(N/s), C]", "1"),
    (
        "5c",
        "Sous-échantillonnage : $Y[b,k,c] = X[b,sk,c]$. Max pooling : $Y[b,k,c] = \\max_{0 \\leq j < p} X[b,sk+j,c]$. "
        "Dimension : $B \\times \\lceil N/s \\rceil \\times C$ dans les deux cas.",
        "1",
    ),
    (
        "5c",
        "sub-sampling: Y(b,k,c) = X(b,s*k,c), size [B, ceil(N/s), C]\n\n"
        "max pooling: Y(b,k,c) = max over j of X(b,s*k+j,c), j = 0,...,p-1, size [B, ceil(N/s), C]",
        "1",
    ),
    (
        "5c",
        "$Y_1[b,k,c] = X[b,sk,c]$\n\n$Y_2[b,k,c] = \\max(X[b,sk,c],\\ldots,X[b,sk+p-1,c])$\n\n"
        "Shape of $Y_1$ and of $Y_2$: $(B, 1 + \\lfloor (N-1)/s \\rfloor, C)$",
        "1",
    ),
    ("5c", _SUB + "pooling: Y[b,k,c] = max(j=0..p-1) X[b,s*k+j,c]" + _SHAPES, "1"),
    ("5c", _SUB + "pooling: Y(b,k,c) = max de X(b,s*k+j,c) para j = 0, 1, ..., p-1" + _SHAPES, ""),
]

READ += [  # what must not earn full marks beside them
    ("2c", "6 at (1,3), counted from 0, or (2,4)", ""),
    ("4b", "dJ/dW[k1,k2,n,m] = dJ/dZ[i,j1,j2,m] X[i,j1+k1,j2+k2,n] no summation convention here", ""),
    ("4b", "dJ/dW[k1,k2,n,m] = dJ/dZ[i,j1,j2,m] X[i,j1+k1,j2+k2,n] not Einstein", "1/2"),
    ("3a", "(46,62,20) for Z, not the same for U", ""),
    ("3a", "(46,62,20) for Z, and the same for U", "1"),
    ("3a", "Z and U are not different: (46,62,20)", "1"),
]

_RECORDINGS = "40 EEG recordings; each has 80 channels, sampled at 240 Hz for 10 seconds."
READ += [  # the question's own words, and what their writer corrected beside a wrong answer
    ("1b", _RECORDINGS, ""),
    ("1b", _RECORDINGS + "\n\nI don't know how to do this.", ""),
    ("1b", "40 recordings, 80 channels, 10 seconds, 240 Hz", "1/2"),
    ("1b", "40 recordings, 80 channels, 240*10 = 2400 samples", "1"),
    ("1c", "32 colour videos of 10 seconds at 30 frames per second, 512 by 512 pixels.", ""),
    ("1a", "1000 colour images of 256 by 256 pixels.", ""),
    ("5c", "X has shape (B, N, C): batch, samples, channels. Write the equations, and give the output shapes.", ""),
    ("3c", "1800 (edit: 1820)", ""),
    ("3d", "1800 (sorry, I mean 1820)", ""),
    ("3b", "the number of filters is 20, so 20 output channels; the input has 10 channels", "1"),
    ("3b", "X has 10 channels so 10 input channels, 20 output channels", "1"),
    ("3b", "10 in so 10 out", "11/20"),
    ("1a", "![solution](photo.png)", ""),
    ("1a", "Here:\n\n![answer](photo.png)", ""),
]

_DELTA = "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m]"
READ += [  # a derivative named without its argument; sums that run backwards over an axis of three
    ("4a", rf"$\sigma' = \sigma(1-\sigma)$, so ${_DELTA} \sigma'(Z[i,j1,j2,m])$", "1"),
    ("4a", r"$dJ/dZ = dJ/dU \cdot \sigma'(Z)$ where $\sigma' = \sigma \cdot (1-\sigma)$", "1"),
    ("4a", rf"$\sigma' = \sigma(1+\sigma)$, so ${_DELTA} \sigma'(Z[i,j1,j2,m])$", "1/2"),
    ("4a", rf"$\sigma' = \sigma(1-U)$, so ${_DELTA} \sigma'(Z[i,j1,j2,m])$", ""),
    ("4a", f"{_DELTA} sigma'(Z[i,j1,j2,m]), sigma' = sigma*(1-sigma)", ""),
    ("4a", f"{_DELTA} sigma'(Z[i,j1,j2,m])", "1/2"),
    ("4a", f"{_DELTA} U'[i,j1,j2,m], U' = U(1-U)", "1"),
    ("4a", f"{_DELTA} V[i,j1,j2,m], V = U(1-U)", "1"),
    ("4a", f"{_DELTA} V[i,j1,j2,m], V = U(1+U)", "1/2"),
    ("4a", "dJ/dZ = dJ/dU * V with V = U*(1-U)", "1"),
    ("4a", "dJ/dZ = dJ/dU * V with V = Z*(1-U)", "0"),
    ("4a", "dJ/dZ = dJ/dU * V with V = Z*(1-U), V = U*(1-U)", ""),
    ("4a", f"{_DELTA} V[i,j1,j2,m], V = Z(1-U), V = U(1-U)", ""),
    ("4a", "dJ/dZ = dJ/dU * U' with U' = Z, U' = U(1-U)", ""),
    ("4c", "sum_{k1,k2,m} dJ/dZ[i,j1+k1-2,j2+k2-2,m] W[2-k1,2-k2,n,m]", ""),
    ("4c", "sum_{k1,k2,m} dJ/dZ[i,j1+k1,j2+k2,m] W[2-k1,2-k2,n,m]", "0"),
    ("1b", "N=40, channels 80, time (240*10 = 2400)", ""),
]

_EACH = "We have 40 recordings, each with 80 channels and 2400 samples. "
_BATCH = "sum over j1, j2 of dJ/dZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n]"
READ += [  # a shape written out behind what a sentence says of it, longer lists, names against words
    ("1b", _EACH + "Shape: 40 x 2400", ""),
    ("1b", _EACH + "A matrix: 80 * 2400", ""),
    ("1b", _EACH + "Shape: 40 x 80 x 2400", "1"),
    ("1a", "1000 images, 256 x 256 pixels each, RGB", ""),
    ("2a", "both run over 0, 1", "1"),
    ("2a", "both run over 0, 1, 2", "3/10"),
    ("2a", "Both run over $0,1,2$.", "3/10"),
    ("2a", "both are 0, 1, 2, 3", "0"),
    ("3b", "input: n = 10, output: m = 20", "1"),
    ("3b", "input: m = 20, output: n = 10", "1/10"),
    ("3b", "Input channels: M = 10. Output channels: N = 20.", ""),
    ("3b", "W has 10 input and 20 output channels.", "1"),
    ("3a", "Z has 46 x 62 pixels and 20 channels, and so does U.", "1"),
    ("3d", "1800 for W + 20 for b", ""),
    ("5b", "max of (1,2) is 2, max of (3,2) is 3, max of (0,10) is 10, max of (1,0) is 1", ""),
    ("2c", "6 at $(1,3)^T$", "1"),
    ("2c", "6 (second row, fourth column)", ""),
    ("4a", "dJ/dZ = dJ/dU * dU/dZ. The derivative of the sigmoid is U(1-U).", ""),
    ("4b", _BATCH + ", and also over the batch.", ""),
    ("4b", _BATCH, "3/5"),
    ("4b", _BATCH.replace("over j1", "over i, j1") + ", where sum runs over i only", ""),
]

READ += [  # crosses beside brackets; axes named in words stand in no order
    ("5c", _FORMULAS + "Both B x (floor((N-1)/s)+1) x C", "1"),
    ("2e", "column 2, row 1", "1"),
    ("2e", "column 1, row 2", "1/5"),
    ("2e", "row 2, column 1", "1/5"),
]

_SHIFTED = "dJ/dZ at i,j1-k1,j2-k2,m times W at k1,k2,n,m"
READ += [  # gradients under a letter of the student's own, elements and signs in words
    ("4a", r"$\bar Z[i,j_1,j_2,m]=\bar U[i,j_1,j_2,m]\ U[i,j_1,j_2,m](1-U[i,j_1,j_2,m])$", "1"),
    ("4a", r"$D_Z[i,j_1,j_2,m]=D_U[i,j_1,j_2,m]\,U[i,j_1,j_2,m]\bigl(1-U[i,j_1,j_2,m]\bigr)$", "1"),
    ("4a", r"$G^U[i,j_1,j_2,m]=G^Z[i,j_1,j_2,m]\,U[i,j_1,j_2,m](1-U[i,j_1,j_2,m])$", ""),  # the other way round
    ("4a", r"$D_Z[i,j_1,j_2,m]=E_U[i,j_1,j_2,m]\,U[i,j_1,j_2,m](1-U[i,j_1,j_2,m])$", ""),
    (
        "4b",
        r"$\delta^W_{k_1 k_2 n m}=\sum_{i,j_1,j_2}\delta^Z_{i j_1 j_2 m}\,X_{i,\,j_1+k_1,\,j_2+k_2,\,n}$",
        "1",
    ),
    ("4b", r"$\delta^W_{k_1 k_2 n m}=\sum_{i,j_1}\delta^Z_{i j_1 j_2 m}\,X_{i,\,j_1+k_1,\,j_2+k_2,\,n}$", "3/5"),
    ("4c", r"$G^X[i,j_1,j_2,n]=\sum_m\sum_{k_1}\sum_{k_2}G^Z[i,j_1-k_1,j_2-k_2,m]\,W[k_1,k_2,n,m]$", "1"),
    ("4c", rf"dJ/dX at i,j1,j2,n is the sum over k1, k2 and m of {_SHIFTED}", "1"),
    ("4c", rf"dJ/dX at i,j1,j2,n is the sum over k1, k2 and m of {_SHIFTED.replace('-', '+')}", "3/5"),
    ("4a", "dJ/dZ = dJ/dU times U times (1 minus U), everything at the same index i,j1,j2,m", "1"),
    ("4a", "dJ/dZ = dJ/dU times U times (1 plus U), everything at the same index i,j1,j2,m", "1/2"),
    (
        "4a",
        r"$\frac{\partial J}{\partial Z[i,j1,j2,m]} = "
        r"\frac{\partial J}{\partial U[i,j1,j2,m]} U[i,j1,j2,m] (1 - U[i,j1,j2,m])$",
        "1",
    ),
    ("4b", "we have to sum over i, j1 and j2 the product dJ/dZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n]", "1"),
]

READ += [  # numbers and shapes beside others
    ("3b", r"$n\in[10]$ and $m\in[20]$: there are 10 input channels and 20 output channels.", "1"),
    ("3b", r"$n\in[10]$ and $m\in[20]$: there are 20 input channels and 10 output channels.", "1/10"),
    ("3b", r"$n=0,\ldots,9$ gives 10 input channels, $m=0,\ldots,19$ gives 20 output channels.", "1"),
    ("3b", r"$n = 0,\dots,9$ and $m = 0,\dots,19$, i.e. ten channels in, twenty channels out.", "1"),
    ("3c", "The outputs: 46*62*20 = 57040. Multiplications for one output: 3*3*10 = 90. All: 5,133,600.", "1"),
    ("3c", "(46 × 62 × 20) × (3 × 3 × 10) = 57040 × 90 = 51,33,600", "1"),
    ("3c", "57040 outputs with 90 multiplications each, which makes $5.1336$ million", "1"),
    ("3c", "57040 outputs with 90 multiplications each, which makes $51.336$ million", "0"),
    ("3d", "`3 × 3 × 10 × 20 = 1800` for W, `20` for b, `1820` together", "1"),
    ("3d", "1800 together with the 20 biases: 1820", "1"),
    ("1a", "a thousand by 256 by 256 by three. that is picture, row, column, color", "1"),
    ("1a", "a thousand and twenty by 256 by 256 by three", "2/5"),
    ("1a", "$(1000,3,256,256)$ = (sample, color, H, W)", "1"),
    (
        "1c",
        r"$(32,\ 300,\ 512,\ 512,\ 3)$. "
        r"By the way that is $32\cdot300\cdot512\cdot512\cdot3\approx 7.5\cdot10^{9}$ numbers!",
        "1",
    ),
    ("2a", "k₁ = 0, 1 / k₂ = 0, 1", "1"),
    ("2a", "k₁ = 0, 1 / k₂ = 0, 2", "1/2"),
    ("2a", r"$(k_1,k_2)\in\{0,1\}^2$.", "1"),
    ("2a", r"$(k_1,k_2)\in\{0,1\}\times\{0,1,2\}$.", "1/2"),
    ("2a", "Both indices are limited to 0 <= k <= 1.", "1"),
    ("2a", "Both indices are limited to 0 <= k <= 2.", "3/10"),
    ("2a", "0 <= k <= 1.", ""),
    ("2c", "6 at (1,3). Z[0,3] is only 3", "1"),
    ("2d", "-6 at (1,0)  <- not -2 at (3,2), careful", "1"),
    ("2d", "~~-2 at (3, 2)~~ forgot the left edge! it's -6 at (1, 0)", "1"),
    ("2e", "Zero at (x, y) = (2, 1).", "4/5"),
]

_POOLED = "$Y[b,k,c]=X[b,s k,c]$ and $Y[b,k,c]=\\max_{j=0,\\dots,p-1}X[b,s k+j,c]$. "
_U_BRACES = r"\frac{\partial J}{\partial U[i,j_1,j_2,m]}\, U[i,j_1,j_2,m]\,\{1-U[i,j_1,j_2,m]\}"
READ += [  # totals, bounds that are attained, signs for products, parts of a formula below it
    ("3d", "Weights: 3·3·10·20 = 1800. As each gets its bias, biases = 57040. Total = 1800 + 57040 = 58840.", "2/5"),
    ("3d", "Weights = 1800, biases = 20. Total = 1800 + 20 = 1820.", "1"),
    ("2c", r"As $0\le X\le3$ we have $Z\le 3+3=6$. The bound is attained at $(i,j)=(1,3)$.", "1"),
    ("2c", r"As $0\le X\le3$ we have $Z\le 3+4=7$. The bound is attained at $(i,j)=(1,3)$.", "1/2"),
    ("3a", "Z → 46 ⨯ 62 ⨯ 20\nU → 46 ⨯ 62 ⨯ 20", "1"),
    ("1a", "If the 256 x 256 pixels are one number each the tensor is `1000 × 256 × 256` (image, row, column).", "2/5"),
    ("5c", _POOLED + "The shape is $(B,\\lceil N/s\\rceil,C)$ for max pooling and for sub-sampling.", "1"),
    ("5c", _POOLED + "The shape is $(B,N/s,C)$ for max pooling, $(B,\\lceil N/s\\rceil,C)$ for sub-sampling.", "9/10"),
    ("4a", rf"$\frac{{\partial J}}{{\partial Z[i,j_1,j_2,m]}} = {_U_BRACES}$", "1"),
    ("4a", "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m]*s*(1-s); s=1/(1+exp(-Z[i,j1,j2,m]))", "1"),
    ("4a", "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m]*s*(1-s); s=1/(1+exp(-Z[i,j2,j1,m]))", "3/5"),
    ("5a", "[1, 3, 0]", "2/5"),
    ("5b", "[2, 3, 10]", "2/5"),
]

_OWN_LETTERS = r"$\hat Z[i,j_1,j_2,m]=\hat U[i,j_1,j_2,m]\, U[i,j_1,j_2,m](1-U[i,j_1,j_2,m])$"
_WITH_S = "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m]*s*(1-s); s=1/(1+exp(-Z[i,j1,j2,m]))"
READ += [  # what must not earn full marks beside them
    ("2a", "Both indices: 0 <= k <= 1, except k2 which goes to 2", ""),
    ("2a", r"$(k_1,k_2)\in\{0,1\}^2$ without (1,1)", ""),
    ("2c", r"We have $Z \le 6$, but the bound is not attained; the largest is 5 at (1,3)", "1/2"),
    ("2c", r"$Z\le 6$ would be attained at $(1,3)$ if the kernel was reversed", ""),
    ("3a", "(46,62,20) for Z, U is like Z but without the channels", ""),
    ("3d", "1820 together with the running means", ""),
    ("3d", "1800 and 1820 together", ""),
    ("4a", _OWN_LETTERS, ""),
    ("4a", _WITH_S, "1"),
    ("4a", f"{_WITH_S}, s = 2", "0"),
    ("4a", f"{_WITH_S} + 1", "3/10"),
    ("4a", "dJ/dZ = dJ/dU times U times (1 minus U) minus U", ""),
    (
        "5c",
        _POOLED + "The first is max pooling, the second sub-sampling. Shape $(B,\\lceil N/s\\rceil,C)$ for both.",
        "2/5",
    ),
]

_ONES = "dJ/dW(k1,k2,n,m) = sum over i, j1, j2 of dJ/dZ(i,j1,j2,m) * X(i,j1+k1-1,j2+k2{},n)"
READ += [  # indices counted from 1 without a word
    ("4b", _ONES.format("-1"), ""),
    ("4b", _ONES.format(""), "0"),
    ("4c", "dJ/dX(i,j1,j2,n) = sum over k1, k2, m of dJ/dZ(i,j1-k1+1,j2-k2+1,m) * W(k1,k2,n,m)", ""),
    ("4c", r"$\sum_{k1}\sum_{k2,m} dJ/dZ[i,j1-k1,j2-k2,m] W[k1,k2,n,m]$ (only where the index of Z exists)", "1"),
    ("4c", r"$\sum_{k1,k2,m} dJ/dZ[i,j1-k1,j2-k2,m] W[k1,k2,n,m]$ only for k1 = 0", ""),
    ("3a", "X is (48,64,10), Z is (46,62,20), U is (46,62,20)", "1"),
    ("3a", "X: (48, 64, 10) -> Z: (46, 62, 20), U the same", "1"),
    ("3a", "(48,64,10) -> (46,62,20) for Z, U same shape", "1"),
    ("3a", "Z has shape (46,62,20); U shape = Z shape", "1"),
    ("3a", "Z has shape (46,62,20); shape of U = shape of X", "1/2"),
    ("3d", "The filters have 3*3*10*20 = 1800 parameters, the bias has 20, in sum 1820.", "1"),
    ("2a", "k1 0-1 k2 0-1", "1"),
    ("2b", "5 by 4 (5 rows, 4 columns)", "1"),
    ("2b", "Z will have $6-2+1=5$ rows and $5-2+1=4$ cols.", "1"),
    ("3b", "in 10 / out 20", "1"),
    ("3a", "$Z:(46,62,20)$, $U:(46,62,20)$", "1"),
    ("3d", r"$3\cdot 3\cdot 10\cdot 20=1800$ weights, plus $20$ bias, is $1820$.", "1"),
    ("3d", "W: 1800, b: 10 -> 1820", ""),
    ("5a", "y = [1, 3, 0, 1] and y[2] = 10", ""),
    ("5a", "y = [1, 3, 0, 1], so y[3] = 1", "1"),
    ("1b", "(40, 80, 2400): subjects, seconds, channels", "2/3"),
    ("1b", "(40, 80, 2400): subjects, channels, seconds", "1"),
    ("2c", "Z[3,0] = -6, Z[3,1] = 2, Z[3,2] = -2, Z[3,3] = 6. So the largest is 6 at (3,3).", "1"),
    ("3a", "Z 46,62,20  U 46,62,20", "1"),
    ("3a", "Z = 46,62,20; U = 46,62,10", "7/10"),
    ("3a", "X (48,64,10) convolved with W (3,3,10,20) is Z (46,62,20); U has the same shape", "1"),
    ("3a", "The input has shape (48,64,10), so the output Z has shape (46,62,20) and so has U", "1"),
    ("3a", "(46, 62, 20) or (48, 64, 20)", ""),
    ("3a", "48 - 3 + 1 = 45, 64 - 3 + 1 = 62: Z, U = (46, 62, 20)", ""),
    ("1b", "40,80,10,240 (n, c, seconds, samples)", "1/2"),
    ("1c", "32,300,512,512,3 (n, frame, h, w, c)", "1"),
    ("1c", "32, 10, 512, 512, 3. Hmm no, there are 30 frames per second, so it is 32, 300, 512, 512, 3.", "1"),
    ("1b", "`(40, 2400, 80)`: recording, time sample, electrode. Time samples are 240 × 10.", "1"),
    ("1b", "(40, 80, 10 x 240): recordings, channels, samples", "1"),
    ("1b", "(40, 80, 2400), 240*10 = 24000 samples", ""),
    ("1b", "(40, 80, 2400), 240*10 = 2.400 samples", "1"),
    ("1b", "40 channels, 80 recordings, 2400 samples: (40, 80, 2400)", "2/3"),
    ("1b", "40 recordings, 80 channels, 2400 samples: (40, 80, 2400)", "1"),
    ("1b", "(40, 80, 2400): axis 1 = samples, axis 2 = channels", "2/3"),
    ("1a", "(1000, 3, 256, 256), where axis 1 is height, axis 2 is width and axis 3 is colour", "2/3"),
    ("1a", "(1000, 3, 256, 256), where axis 1 is colour, axis 2 is height and axis 3 is width", "1"),
    ("1a", "(3, 256, 256, 1000): the first axis is the image index and the last is the colour", "2/3"),
    ("1a", "1000 colour images of 256 by 256 pixels: (1000, 256, 256, 3)", "1"),
    ("2a", "k1=0,1 k2=0,1", "1"),
    ("2a", "$k_1$ is between 0 and 1, and so is $k_2$.", "1"),
    ("2a", "k1 = 0..1, k2 = 0..1 (i from 0 to 4 and j from 0 to 3)", "1"),
    ("2a", "Since W is 2×2 both sums have the limits 0 and 1.", "1"),
    ("2b", "$Z$ is $5 \\times 4$ if we only use valid pixels.", "1"),
    ("2b", "Z is 5 x 4 if it is padded.", ""),
    ("2b", "The image is 6 x 5 and the kernel is 2 x 2 so the size of Z is 5 x 4.", "1"),
    ("2b", "5 x 4 or 6 x 5", ""),
    ("2b", "width = 5, height = 4, so Z is 5x4", ""),
    ("2c", "6 at 1,3", "1"),
    ("2c", "6 @ 2,3", "1"),
    ("2c", r"$6 \text{ at } (2,3)$", "1"),
    ("2c", "6 at (1..3, 3)", "1"),
    ("2c", "6 at (1..4, 3)", ""),
    ("2d", "-6 at Z[1:4, 0]", "1"),
    ("2c", "6 at i = 1, 2, 3 with j = 3", "1"),
    ("2c", "6, in column 3 for rows 1 to 3", "1"),
    ("2c", "6 for j=3 and 1 ≤ i ≤ 3", "1"),
    ("2c", "6 at (1,3); compare Z[0,3] = 3", "1"),
    ("2c", "6 at (1,3) where i is the column and j the row", ""),
    ("2e", "1,1", "1"),
    ("2e", "2,1", "1/5"),
    ("2e", "Z = 0 for i = 0 and j = 1", "1"),
    ("2e", "(0,1), not (0,0) since Z[0,0] = -3", "1"),
    ("2e", "(0,1) gives 3", ""),
    ("2e", "At (1,1): 3 - 3 + 3 - 2 = 1", ""),
    ("2e", "value 3 at (1,1)", ""),
    ("2e", "rows 0 to 4, column 1", ""),
    ("2e", "i ∈ {0,1} and j ∈ {1,2}", "1"),
    ("2e", "i ∈ {0,1,2} and j ∈ {1,2}", ""),
    ("3b", "10 in and 20 out. *Explanation:* index n goes to 10, index m goes to 20.", "1"),
    ("3b", "10 and 20. *Explanation:* 20 go in and 10 come out.", ""),
    ("3c", "5133600. *Explanation:* so it is 5130000", ""),
    ("3c", "5133600. *Explanation:* 46·62·20 outputs times 90", "1"),
    ("3b", "input = 10, output = 20. No, 20 and 10.", ""),
    ("3b", "input = 10, output = 20. W is 3x3", "1"),
    ("3b", "input = 10, output = 20 (swapped!)", ""),
    ("3c", "I doubt it is 5133600", ""),
    ("3c", "5123600. *Explanation:* 46·62·20 values need 3·3·10 = 90 products each: 46·62·20·90.", ""),
    ("3c", "5133600 multiplications per pixel", ""),
    ("3c", "57040 outputs × 90 multiplications each = 5133600", "1"),
    ("3d", "1820 weights without the bias", ""),
    ("3d", "1820 parameters with the bias", "1"),
    ("4a", "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m] * dU/dZ[i,j1,j2,m], with dU/dZ = U(1-U)", "1"),
    ("4a", "dJ/dZ[i,j1,j2,m] = dJ/dU[i,j1,j2,m] * dU/dZ[i,j1,j2,m], with dU/dZ = 1 - U^2", "3/10"),
    ("4b", r"$\sum_{i,j_1,j_2} dJ/dZ[i,j1,j2,m] X[i,j1+k1,j2+k2,n]$, divided by the batch size", ""),
    ("4b", "dJ/dW[k1,k2,n,m] = sum_{i} sum_{j1} sum_{j2}\n     dJ/dZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n]", "1"),
    (
        "4c",
        "$$\\begin{align*}\\frac{\\partial J}{\\partial X[i,j_1,j_2,n]}&=\\sum_{k_1,k_2,m}\\frac{\\partial J}{"
        "\\partial "
        "Z[i,j_1-k_1,j_2-k_2,m]}\\\\&\\qquad\\cdot W[k_1,k_2,n,m]\\end{align*}$$",
        "1",
    ),
    ("5b", "$[2,3,10,1]$. *Explanation:* the windows are (1,2), (3,2), (0,10), (1,0).", "1"),
    ("5b", "[max(1,2), max(2,3), max(3,2), max(2,0)] = [2, 3, 10, 1]", ""),
    ("5b", "[max(1,2), max(3,2), max(0,10), max(1,0)] = [2, 3, 10, 1]", "1"),
    ("5c", "both B, ceil(N/s), C", "2/5"),
    (
        "5c",
        "sub: Y[b,k,c] = X[b,s*k,c]; pool: Y[b,k,c] = max(X[b,k*s+j,c]) for j in 0..p-1; both (B, math.ceil(N/s), C)",
        "1",
    ),
    ("2a", "je ne sais pas", "0"),
    ("2a", "不会", "0"),
    ("2a", "keine Ahnung", "0"),
    ("2a", r"$k_1=0,\ldots,K_1-1$ and $k_2=0,\ldots,K_2-1$ where $K_1=K_2=2$", "1"),
    ("2a", r"$k_1=0,\ldots,K_1-1$ and $k_2=0,\ldots,K_2-1$ where $K_1=K_2=3$", "3/10"),
    ("2d", "The largest negative value is -1, at $i=2,j=2$.", "1/10"),
    ("2c", "It is where the left column is (3,3) and the right one is (0,0): Z[2,3] = 6", "1"),
    ("3b", r"$N_\text{in}=10$, $N_\text{out}=20$.", "1"),
    ("3b", "10 / 20 (input / output)", "1"),
    ("3b", "20 / 10 (input / output)", "1/10"),
    ("1a", "`(1000, 256, 256, 3)` = (N, H, W, C)", "1"),
    ("4b", "dJ/dW[k1,k2,n,m] = sum(i,j1,j2) of dJ/dZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n]", "1"),
    (
        "4a",
        r"Define $\delta^U_{i j_1 j_2 m} = \partial J/\partial U_{i j_1 j_2 m}$ and $\delta^Z_{i j_1 j_2 m} = "
        r"\partial J/\partial Z_{i j_1 j_2 m}$. Then $\delta^Z_{i j_1 j_2 m} = \delta^U_{i j_1 j_2 m} U_{i j_1 j_2 m}"
        r"(1-U_{i j_1 j_2 m})$",
        "1",
    ),
    ("2a", "k1: 0-1, k2: 1-2", "1/2"),
    ("2c", "It is 6 when i = 1 and j = 3.", "1"),
    ("2d", "-6 if i is 1 and j is 0", "1"),
    ("2d", "-6 if the image is padded", ""),
    ("2e", "At (0, 1) the window is [0 0; 3 3], which gives 0 - 0 + 3 - 3 = 0.", "1"),
    (
        "4a",
        "dJ/dU<sub>i,j1,j2,m</sub> U<sub>i,j1,j2,m</sub> - dJ/dU<sub>i,j1,j2,m</sub> U<sub>i,j1,j2,m</sub><sup>2</sup>",
        "1",
    ),
    ("4a", "dJ/dU[i,j1,j2,m] (1 - U[i,j1,j2,m]^{2})", "3/10"),
    ("5c", _POOLED + "The output of each is B × (⌊(N-1)/s⌋ + 1) × C.", "1"),
    (
        "5c",
        "Y[i,k,n] = X[i,s·k,n]           (sub-sampling)\nmax pooling: Y[i,k,n] = max(X[i,s·k+j,n]), j = 0..p-1\n"
        "shape in both cases: B × (⌊(N−1)/s⌋+1) × C",
        "1",
    ),
    (
        "5c",
        "Y[i,k,n] = X[i,s·k,n]           (sub-sampling)\nmax pooling: Y[i,k,n] = max(X[i,s·k+j,n]), j = 1..p\n"
        "shape in both cases: B × (⌊(N−1)/s⌋+1) × C",
        "4/5",
    ),
]

READ += [  # what an answer turns down, and what it leaves open
    ("1b", "The shape isn't (40, 80, 240) but (40, 80, 2400): recording, channel, sample.", "1"),
    (
        "1b",
        "It can't be (40, 80, 240), since 10 s need 2400 samples. Hence 40 recordings, 80 channels, 2400 samples.",
        "1",
    ),
    ("1b", "It is not (40, 80, 2400).", ""),
    ("1b", "Not (40, 80, 2400) but something else.", ""),
    ("1a", "One could think of (1000, 256, 256, 3), but the shape is (1000, 256, 256)", "2/5"),
    ("1c", "Somebody might write (32, 10, 30, 512, 512, 3); I merge both and write (32, 300, 512, 512, 3)", "1"),
    ("2a", "k1 and k2 do not go from 0 to 1 but from 0 to 2.", "3/10"),
    ("2a", "from k1=k2=0 to k1=k2=1", "1"),
    ("2a", "from k1=k2=1 to k1=k2=2", "2/5"),
    ("2b", "Rows: 6-2+1 = 5, columns: 5-2+1 = 4", "1"),
    ("2b", "It isn't 5 by 4 but 4 by 5", "1/2"),
    ("2d", "-6 at (1,0). I first had -2 at (3,2) but that is not the most negative.", "1"),
    ("2c", "6, in the last column, (1,3) to (3,3)", "1"),
    ("2c", "6 from (3,3) to (1,3)", "1"),
    ("2c", "6 at (1,3) to (4,3)", ""),
    ("2d", "-6 at (1,0)-(3,0)", "1"),
    ("2e", "There is no position where Z is 0, not even (1,1).", ""),
    ("2e", "Z is nowhere 0, also at (1,1) it is 1.", ""),
    ("2e", "(1,1); there is no other position", "1"),
    ("3a", "Z=[46,62,10,20] and U=[46,62,20]", "7/10"),
    ("3a", "Z is 46x62x10x20 and U is 46x62x20", "7/10"),
    ("3a", "The shape of Z is [46, 62], the one of U is [46, 62, 20].", "7/10"),
    ("3a", "The kernel of Z is 3x3, and Z is 46x62x20 like U", "1"),
    ("3a", "Z and U are either (46,62,20) or (46,62,10)", ""),
    ("3a", "Z is (46,62,20) or with padding (48,64,20); U is the same", ""),
    ("3b", "10 is the number of output channels of the layer before, i.e. what comes in here. 20 leave.", ""),
    ("3c", "46·62·20·3·3·10 = 5133600 additions and 46·62·20 = 57040 multiplications.", ""),
    ("3c", "about 5 million", ""),
    ("3c", "5 million", "0"),
    ("1b", "recordings 40, channels 80, samples 2400 = 240 * 10", "1"),
    ("3a", "Z has 46x62 pixels and 20 channels, and U has 46x62 and 10", "7/10"),
    ("3c", "I first had 57040 but the channels count too: 5133600", "1"),
    ("5a", "With stride 2 we throw away 1, 3, 0, 1 and keep 2, 2, 10, 0.", "1/4"),
    ("5b", "The smaller one is dropped (1, 2, 0, 0) and the larger one is kept: 2, 3, 10, 1.", "1"),
    ("3c", "```{r}\n46 * 62 * 20 * 90\n```\n\n```\n## [1] 5133600\n```", "1"),
    ("5a", "```\n## [1] 1 3 0 1\n```", "1"),
]

_DZ, _W = "dJ/dZ[i,j1-k1,j2-k2,m]", "W[k1,k2,n,m]"
_UP_W, _UP_Z = r"\frac{\partial J}{\partial W_{p,q,c,d}}", r"\frac{\partial J}{\partial Z^{(i)}_{u,v,d}}"
_UP_D = r"$ with $\delta^{(i)}_{u,v,d} = " + _UP_Z + "$"
_UP_X = r"\frac{\partial J}{\partial X^{(i)}_{u,v,c}} = \sum_{d,p,q} \frac{\partial J}{\partial Z^{(i)}_{u-p,v-q,d}}"
READ += [  # an index above the others: the sample first, any other where its letter stands elsewhere
    ("4b", rf"${_UP_W} = \sum_i\sum_{{u,v}} {_UP_Z} X^{{(i)}}_{{u+p,v+q,c}}$", "1"),
    ("4b", rf"${_UP_W} = \sum_{{n,u,v}} {_UP_Z.replace('(i)', '(n)')} X^{{(n)}}_{{u+p,v+q,c}}$", "1"),
    ("4b", r"$dW_{pqcd} = \sum_{b,u,v} dZ^{b}_{uvd} X_{u+p,v+q,c}^b$", "1"),
    ("4b", "dJ/dW[k1,k2,n,m] = sum_{i,j1,j2} dJ/dZ^(i)[j1,j2,m] X^(i)[j1+k1,j2+k2,n]", "1"),
    (
        "4b",
        rf"${_UP_W} = \sum_{{i,u,v}} \delta^{{(i)}}_{{u,v,d}} X^{{(i)}}_{{u+p,v+q,c}}{_UP_D}",
        "1",
    ),
    (
        "4b",
        rf"${_UP_W} = \sum_{{i,u,v}} \delta^{{(i)}}_{{v,u,d}} X^{{(i)}}_{{u+p,v+q,c}}{_UP_D}",
        "3/5",
    ),
    ("4b", rf"${_UP_W} = \sum_{{u,v}} {_UP_Z} X^{{(i)}}_{{u+p,v+q,c}}$", "3/5"),
    ("4b", rf"${_UP_W} = \sum_{{i,u,v}} {_UP_Z} X^{{(i)}}_{{u-p,v-q,c}}$", "3/5"),
    ("4b", rf"${_UP_W} = \sum_{{i,u,v}} {_UP_Z.replace('u,v', 'v,u')} X^{{(i)}}_{{u+p,v+q,c}}$", "3/5"),
    ("4b", rf"${_UP_W.replace('p,q,c,d', 'p,q,d,c')} = \sum_{{i,u,v}} {_UP_Z} X^{{(i)}}_{{u+p,v+q,c}}$", "3/5"),
    ("4c", rf"${_UP_X} W_{{p,q,c,d}}$", "1"),
    ("4c", rf"${_UP_X} W^{{(d)}}_{{p,q,c}}$", "1"),
    ("4c", rf"${_UP_X} W_{{p,q}}^{{(c,d)}}$", "1"),
    ("4c", rf"${_UP_X} W_{{p,q}}^{{(d,c)}}$", "1"),
    ("4c", rf"${_UP_X.replace('u-p,v-q', 'u+p,v+q')} W_{{p,q,c,d}}$", "3/5"),
    ("4c", r"$\sum_{k_1,k_2,m} \frac{\partial J}{\partial Z_{i,j_1-k_1,j_2-k_2,m}} W_{k_1,k_2}^{(a,b)}$", ""),
    ("4a", r"$dJ/dZ^{(i)}_{u,v,d} = dJ/dU^{(i)}_{u,v,d} U^{(i)}_{u,v,d} (1 - U^{(i)}_{u,v,d})$", "1"),
    ("4a", r"$dJ/dZ^{(i)}_{u,v,d} = dJ/dU^{(i)}_{u,v,d} (1 - (U^{(i)}_{u,v,d})^2)$", "3/10"),
]

_SHEET = "Largest negative value and one position"
READ += [  # the sheet's words above the answer announce both, and name none
    ("2d", f"*{_SHEET}*\n\n> $-6$ at row 3, column 0.", "1"),
    ("2d", f"{_SHEET}: -6 at row 3, column 0.", "1"),
    ("2d", f"{_SHEET}\n\n-3 at row 3, column 0.", "1/2"),
    ("2d", f"{_SHEET}\n\n-6 at row 3, column 1.", "3/4"),
    ("2d", f"{_SHEET}\n\n-6 in the first column", ""),
    ("2d", f"{_SHEET}\n\n-6, position see above", ""),
    ("2c", "Largest positive value and one position\n\n> The maximum is 6.", "1/2"),
    ("2c", "Largest positive value and one position\n\nThe maximum is 3.", "0"),
]

_TERMS = "dJ/dZ[i,j1,j2,m] times X[i,j1+k1,j2+k2,n]"
_OVER = "dJ/dW[k1,k2,n,m] is {}the sum, over {}, of " + _TERMS
_WINDOW = "sub-sampling: Y[i,k,n] is X[i,s*k,n]; pooling: Y[i,k,n] is {}. Both B x ceil(N/s) x C."
READ += [  # sums and maxima told in sentences, and what makes something else of them
    ("4b", _OVER.format("", "all i in the batch and all output positions j1 and j2"), "1"),
    ("4b", _OVER.format("", "all recordings i and all positions j1, j2"), "1"),
    ("4b", _OVER.format("", "the batch index i and the output positions (j1, j2)"), "1"),
    ("4b", _OVER.format("", "all output positions j1 and j2"), "3/5"),
    ("4b", _OVER.format("", "all i in the batch and some output positions j1 and j2"), ""),
    ("4b", _OVER.format("", "all i in the batch and all even output positions j1 and j2"), ""),
    ("4b", _OVER.format("", "all i in the first batch and all positions j1 and j2"), ""),
    ("4b", _OVER.format("half ", "all i in the batch and all output positions j1 and j2"), ""),
    ("4b", _OVER.format("the average of ", "all i in the batch and all output positions j1 and j2"), ""),
    ("4b", _OVER.format("the square of ", "i, j1 and j2"), ""),
    ("4b", _OVER.format("", "i, j1 and j2").replace("j1+k1,j2+k2", "j1-k1,j2-k2"), "3/5"),
    ("5c", _WINDOW.format("the maximum of X[i,s*k,n], X[i,s*k+1,n], ..., X[i,s*k+p-1,n]"), "1"),
    ("5c", _WINDOW.format("the largest of the values X[i,s*k,n] to X[i,s*k+p-1,n]"), "1"),
    ("5c", _WINDOW.format("the maximum of X[i,s*k,n], X[i,s*k+1,n], ..., X[i,s*k+p,n]"), "4/5"),
    ("5c", _WINDOW.format("the minimum of X[i,s*k,n], X[i,s*k+1,n], ..., X[i,s*k+p-1,n]"), "3/5"),
    ("5c", _WINDOW.format("the maximum of X[i,s*k,n], X[i,s*k+2,n], ..., X[i,s*k+p-1,n]"), ""),
    ("5c", _WINDOW.format("the maximum of X[i,s*k,n] and X[i,s*k+p-1,n]"), ""),
    ("5c", _WINDOW.format("the second largest of X[i,s*k,n], ..., X[i,s*k+p-1,n]"), ""),
    ("5c", _WINDOW.format("the index of the maximum of X[i,s*k,n], ..., X[i,s*k+p-1,n]"), ""),
    ("5c", _WINDOW.format("half the maximum of X[i,s*k,n], ..., X[i,s*k+p-1,n]"), ""),
]

_SLICES = r"$$\frac{dJ}{dX[i,\cdot,\cdot,n]}=\sum_m \frac{dJ}{dZ[i,\cdot,\cdot,m]} * W[\cdot,\cdot,n,m]$$"
_ENTRIES = (
    r"\frac{\partial J}{\partial X[i,a,b,n]}=\sum_{m,p,q}\frac{\partial J}{\partial Z[i,a-p,b-q,m]}\,W[p,q,n,m]$$"
)
READ += [  # whole slices, and then each entry; what a number counts
    ("4c", f"{_SLICES}\n\n$$\\text{{也就是}}\\quad {_ENTRIES}", "1"),
    ("4c", f"{_SLICES}\n\nthat is, $${_ENTRIES}", "1"),
    ("4c", f"{_SLICES}\n\nthat is, $${_ENTRIES.replace('a-p,b-q', 'a+p,b+q')}", "3/5"),
    ("4c", f"{_SLICES}\n\nor $${_ENTRIES}", ""),
    ("4c", _SLICES, ""),
    ("1c", "(32, 300, 512, 512, 3) in the order video, image number, row, column, color", "1"),
    ("1c", "(32, 300, 512, 512, 3) in the order image number, video, row, column, color", "2/3"),
]

_NUMPY = (
    "sub-sampling: `Y[b, k, c] = X[b, s*k, c]`{}\n\nmax pooling: `Y[b, k, c] = X[b, s*k : {}, c].{}()`\n\n"
    "both have the shape `(B, (N-1)//s + 1, C)`"
)
READ += [  # slices, and the same in entries beside them
    ("5c", _NUMPY.format("", "s*k+p", "max"), "1"),
    ("5c", _NUMPY.format(", in numpy `Y = X[:, ::s, :]`", "s*k+p", "max"), "1"),
    ("5c", _NUMPY.format(", in numpy `Y = X[:, :, ::s]`", "s*k+p", "max"), ""),
    ("5c", _NUMPY.format("", "s*k+p+1", "max"), "4/5"),
    ("5c", _NUMPY.format("", "s*k+s", "max"), "4/5"),
    ("5c", _NUMPY.format("", "s*k+p", "argmax"), ""),
    ("5c", _NUMPY.format("", "s*k+p", "mean"), ""),
    ("5c", _NUMPY.format("", "s*k+p", "max").replace("max()", "max() / 2"), ""),
]

READ += [  # one place of one array
    ("4c", f"Sum over k1, k2 and m of {_DZ} * {_W}", "1"),
    ("4c", f"sum[k1,k2,m] {_DZ} * {_W}, without the terms that lie outside Z", "1"),
    ("4c", f"sum[k1,k2,m] {_DZ} * {_W}, without k1 = 0", ""),
    ("4c", f"sum[k1,k2,m] dJ/dZ[i,j1-k1,j2,m] * {_W}", "1/2"),
    ("4c", f"sum[k1,k2,m] dJ/dZ[i,j1-k1,j2+k2,m] * {_W}", "3/5"),
    ("4c", f"sum[k1,k2,m] dJ/dU[i,j1-k1,j2-k2,m] * {_W}", "1/2"),
    ("4c", f"sum[k1,k2,m] U[i,j1-k1,j2-k2,m] * {_W}", "0"),
    ("4c", rf"$\sum_{{k_1=1}}^{{K_1}}\sum_{{k_2=1}}^{{K_2}}\sum_m \frac{{dJ}}{{dZ}}[i,j_1-k_1,j_2-k_2,m] {_W}$", "3/4"),
    ("4c", f"dX[i,j1+k1,j2+k2,n] += dZ[i,j1,j2,m] * {_W}", "1"),
    ("4c", rf"$\frac{{dJ}}{{dX}}[i,j_1+k_1,j_2+k_2,n] \mathrel{{+}}= \frac{{dJ}}{{dZ}}[i,j_1,j_2,m] {_W}$", "1"),
    ("4c", f"```\nfor i, j1, j2, m, k1, k2, n:\n    dX[i,j1+k1,j2+k2,n] += dZ[i,j1,j2,m] * {_W}\n```", "1"),
    ("4c", f"```\nfor i, j1, j2, k1, k2, n:\n    dX[i,j1+k1,j2+k2,n] += dZ[i,j1,j2,m] * {_W}\n```", "3/5"),
    ("4c", f"dX[i,j1-k1,j2-k2,n] += dZ[i,j1,j2,m] * {_W}", ""),
    ("4c", "dX[i,j1+k1,j2+k2,n] += dZ[i,j1,j2,m] * W[k1,k2,m,n]", ""),
    ("4c", f"dJ/dX[i,j1,j2,n] = {_DZ} * {_W}, summed over k1, k2 and m", "1"),
    ("4c", f"dJ/dX[i,j1,j2,n] = {_DZ} * {_W}, summed over k1 and k2", "3/5"),
    ("4c", f"dJ/dX[i,j1,j2,n] = sum[k1,k2,m] {_DZ} * {_W}, summed over i too", ""),
    ("4b", "dJ/dW[k1,k2,n,m] = dJ/dZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n], where we sum over i, j1 and j2", "1"),
    ("4b", "dJ/dW[k1,k2,n,m] = dJ/dZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n], summed over everything", ""),
    ("4b", "sum[i,j1,j2] dJ/dZ[i,j1,j2,m] * X[i,j1+k1,j2,n]", "1/2"),
    ("4b", "sum[i,j1,j2] dJ/dZ[i,j1,j2,m] * X[i,j1+k1,j2+k1,n]", "3/5"),
    ("4b", "sum[i,j1,j2] dJ/dU[i,j1,j2,m] * X[i,j1+k1,j2+k2,n]", "1/2"),
    ("4a", r"$\frac{dJ}{dU}[i,j_1,j_2,m]\cdot(U-U^2)[i,j_1,j_2,m]$", "1"),
    ("4a", r"$\frac{dJ}{dU}[i,j_1,j_2,m]\cdot(U+U^2)[i,j_1,j_2,m]$", "1/2"),
    (
        "4a",
        "Write $\\delta_{b,p,q,m}=dJ/dZ[b,p,q,m]$ and $g_{b,p,q,m}=dJ/dU[b,p,q,m]$. Then\n\n"
        "$\\delta_{b,p,q,m}=g_{b,p,q,m}\\,\\sigma(Z[b,p,q,m])\\,\\sigma(-Z[b,p,q,m])$",
        "1",
    ),
]


def mark_of(homework: PreparedRubric, question: str, text: str) -> Mark:
    """The mark of one answer under its label, in a hand-in of nothing else."""
    document = READERS.load("markdown").read(f"## {question}\n\n{text}\n", "answer.md")
    graded = grade(homework, Submission("answer", (document,)))
    assert graded.log == ()
    return next(mark for mark in graded.marks if mark.id == question)


@pytest.mark.parametrize(("question", "text", "credit"), READ)
def test_an_answer_is_read_as_it_was_meant(question: str, text: str, credit: str, homework: PreparedRubric) -> None:
    """The credit is that of the same answer in the sheet's own notation; what may mean two things is for a person."""
    mark = mark_of(homework, question, text)
    found = "" if mark.status is Status.REVIEW else str(mark.credit)
    assert found == credit, f"read as {mark.read_as!r}"


_ASKED = (
    ("40 EEG recordings; what is the shape?", "(40, 80, 2400)"),
    ("The size of Z?", "5 x 4"),
    ("How many multiplications?", "5133600"),
    ("How many parameters?", "1820"),
)
_RUBRIC = """
questions:
  1: {points: 1, shape: [40, 80, 2400]}
  2: {points: 1, shape: [5, 4]}
  3: {points: 1, number: 5133600}
  4: {points: 1, number: 1820}
"""
_WRITE = {
    "bold": lambda asked, said: f"**{asked}**\n\n{said}",
    "headings": lambda asked, said: f"## {asked}\n\n{said}",
    "quoted": lambda asked, said: f"> {asked}\n\n{said}",
    "questions": lambda asked, said: f"{asked}\n\n{said}",
    "items": lambda asked, said: f"- {asked}\n  > {said}",
}


def unnumbered(style: str, pairs: list[tuple[str, str]]) -> list[str]:
    """The states of a hand-in that repeats the questions without their numbers."""
    text = "\n\n".join(_WRITE[style](asked, said) for asked, said in pairs)
    document = READERS.load("markdown").read(text, "answer.md")
    graded = grade(parse_rubric(_RUBRIC, "rubric"), Submission("answer", (document,)))
    assert graded.log == ()
    return [str(mark.status) for mark in graded.marks]


@pytest.mark.parametrize("style", _WRITE)
def test_without_numbers_the_order_counts_where_nothing_is_left_out(style: str) -> None:
    """As many questions as the rubric has, and answers that fit: each is marked."""
    assert unnumbered(style, list(_ASKED)) == ["right"] * 4


@pytest.mark.parametrize("style", _WRITE)
def test_without_numbers_a_question_left_out_is_for_a_person(style: str) -> None:
    """With one question fewer nobody knows which: all of them are reviewed, none is blank."""
    assert set(unnumbered(style, list(_ASKED[:-1]))) == {"review"}


@pytest.mark.parametrize("style", _WRITE)
def test_without_numbers_another_order_is_for_a_person(style: str) -> None:
    """Answers that do not fit the questions in their order are reviewed, not marked wrong."""
    assert set(unnumbered(style, list(reversed(_ASKED)))) == {"review"}


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ("1820 | 1800 for W, 20 for b", "right"),
        ("1820 | ", "right"),
        ("1820 | no, 1810", "review"),
        ("1820 | 1810", "review"),
        ("1820 | or 1810?", "review"),
        ("1820 | correction: 1810", "review"),
        ("1820 | 1800 for W, 10 for b", "review"),
    ],
)
def test_numbers_in_later_cells_explain_only_what_they_add_up_to(
    cells: str, status: str, homework: PreparedRubric
) -> None:
    """Any other number in the row may be the one that counts, so a person decides."""
    table = f"| q | answer | comment |\n|---|---|---|\n| 3d | {cells} |\n"
    graded = grade(homework, Submission("answer", (READERS.load("markdown").read(table, "answer.md"),)))
    assert next(mark for mark in graded.marks if mark.id == "3d").status.value == status


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ("5133600 | 46*62*20 outputs times 3*3*10", "right"),
        ("46*62*20*3*3*10 | 5133600", "right"),
        ("57040 | and then times 3*3*10", "partial"),
        ("5123600 | = 46*62*20*3*3*10", "review"),
        ("5133600 | no, it is 513360", "review"),
    ],
)
def test_a_column_that_says_how_makes_no_right_answer_unclear(
    cells: str, status: str, homework: PreparedRubric
) -> None:
    """What stands in the column "how" explains; a wrong answer is not made right by it."""
    table = f"| q | answer | how |\n|---|---|---|\n| 3b | 10 in, 20 out | |\n| 3c | {cells} |\n"
    graded = grade(homework, Submission("answer", (READERS.load("markdown").read(table, "answer.md"),)))
    assert next(mark for mark in graded.marks if mark.id == "3c").status.value == status


@pytest.mark.parametrize(
    ("meant", "status"),
    [
        (r"$\delta^Z$ for $\partial J/\partial Z$ and $\delta^U$ for $\partial J/\partial U$", "right"),
        (r"$\delta^Z$ for $\partial J/\partial U$ and $\delta^U$ for $\partial J/\partial Z$", "partial"),
        (r"$\delta^U$ for $\partial J/\partial U$", "review"),
    ],
)
def test_letters_with_an_array_raised_beside_them_mean_what_words_say(
    meant: str, status: str, homework: PreparedRubric
) -> None:
    """ "I write delta^Z for dJ/dZ" above the parts of a problem."""
    formula = r"$\frac{\partial J}{\partial W} = \sum_{i,j_1,j_2} \delta^Z_{i,j_1,j_2,m} X_{i,j_1+k_1,j_2+k_2,n}$"
    text = f"# Problem 4\n\nI write {meant}.\n\n(b) {formula}\n"
    graded = grade(homework, Submission("answer", (READERS.load("markdown").read(text, "answer.md"),)))
    assert next(mark for mark in graded.marks if mark.id == "4b").status.value == status


@pytest.mark.parametrize(
    ("said", "credits"),
    [
        (r"Notation: $[n] = \{0,\dots,n-1\}$", "1 1"),
        (r"$[m]$ means $\{0,1,\ldots,m-1\}$", "1 1"),
        (r"$[m]=\{0,1,\ldots,m-1\}$", "1 1"),
        (r"Notation: $[n] = \{1,\dots,n\}$", "2/5 4/5"),
        (r"Notation: $[n] = \{1,\dots,n\}$ and $[n]=\{0,\dots,n-1\}$", "None None"),
        ("No notation", "None None"),
    ],
)
def test_ranges_in_square_brackets_are_what_the_student_says(said: str, credits: str, homework: PreparedRubric) -> None:
    """`k_1 \\in [2]` is read only where the student says once whether [2] begins at 0."""
    pooled = r"$Y_{sub}[b,k,c]=X[b,sk,c]$, $Y_{max}[b,k,c]=\max_{j\in[p]}X[b,sk+j,c]$, both $(B,\lceil N/s\rceil,C)$"
    text = f"{said}.\n\n# 2\n\n(a) $k_1\\in[2]$, $k_2\\in[2]$\n\n# 5\n\n(c) {pooled}\n"
    graded = grade(homework, Submission("answer", (READERS.load("markdown").read(text, "answer.md"),)))
    assert " ".join(str(mark.credit) for mark in graded.marks if mark.id in ("2a", "5c")) == credits


@pytest.mark.parametrize(
    ("again", "status"),
    [
        ("position (1,3)", "right"),
        ("position (0,0)", "partial"),
        ("the value is 3, position (1,3)", "review"),
    ],
)
def test_a_part_that_stands_further_down_completes_the_answer(
    again: str, status: str, homework: PreparedRubric
) -> None:
    """The value at its place, its position at the end: neither is lost, and another value there is for a person."""
    text = f"2c) The largest value is 6\n\n2d) -6 at (1,0)\n\n2e) (0,1)\n\nRest:\n\n2c) {again}\n"
    graded = grade(homework, Submission("answer", (READERS.load("markdown").read(text, "answer.md"),)))
    assert next(mark for mark in graded.marks if mark.id == "2c").status.value == status


@pytest.mark.parametrize("words", ["see above", "as above", "siehe oben"])
def test_a_cell_that_points_to_the_answer_is_no_second_one(words: str, homework: PreparedRubric) -> None:
    """In a summary table "see above" repeats nothing and contradicts nothing."""
    text = f"2b) 5x4\n\n2e) (0,1)\n\n| part | answer |\n|---|---|\n| 2b | {words} |\n| 2e | (0,1) |\n"
    graded = grade(homework, Submission("answer", (READERS.load("markdown").read(text, "answer.md"),)))
    assert next(mark for mark in graded.marks if mark.id == "2b").status.value == "right"


@pytest.mark.parametrize(
    ("joint", "status"), [("**(a)**", "partial"), ("**(a) and (b)**", "review"), ("(a)(b):", "review")]
)
def test_what_follows_from_an_answer_that_a_person_decides_waits_for_it(
    joint: str, status: str, homework: PreparedRubric
) -> None:
    """A product with the student's own channels is marked as such, and is open while these are."""
    text = f"# Problem 3\n\n{joint} 20 channels in, 10 out, and Z has 46x62x10.\n\n**(c)** 46*62*10*90 = 2566800\n"
    graded = grade(homework, Submission("answer", (READERS.load("markdown").read(text, "answer.md"),)))
    assert next(mark for mark in graded.marks if mark.id == "3c").status.value == status


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (r"$\delta$ is $\partial J/\partial Z$", "right"),
        (r"$\delta$ is $\partial J/\partial U$", "partial"),
    ],
)
def test_what_a_letter_is_counts_more_than_what_it_comes_to(said: str, status: str, homework: PreparedRubric) -> None:
    """A wrong answer to (a) is no other meaning of the letter in which (b) is written."""
    formula = r"$\partial J/\partial W[k_1,k_2,n,m] = \sum_{i,j_1,j_2}\delta[i,j_1,j_2,m] X[i,j_1+k_1,j_2+k_2,n]$"
    wrong = r"$\delta[i,j_1,j_2,m] = U[i,j_1,j_2,m](1-U[i,j_1,j_2,m])$"
    text = f"# Problem 4\n\n{said}.\n\n(a) {wrong}\n\n(b) {formula}\n"
    graded = grade(homework, Submission("answer", (READERS.load("markdown").read(text, "answer.md"),)))
    assert next(mark for mark in graded.marks if mark.id == "4b").status.value == status


_W_BY = r"{W}[k_1,k_2,n,m] = \sum_{{i,j_1,j_2}} {Z}[i,j_1,j_2,m]\, X[i,j_1+k_1,j_2+k_2,n]"


@pytest.mark.parametrize(
    ("meant", "left", "factor", "status"),
    [
        (r"Let $\delta^{A}:=\partial J/\partial A$ for any $A$.", r"\delta^{W}", r"\delta^{Z}", "right"),
        (r"Let $\delta^{A}:=\partial J/\partial A$ for any $A$.", r"\delta^{W}", r"\delta^{U}", "partial"),
        (r"I write $g_A := \partial J/\partial A$.", "g_W", "g_Z", "right"),
        (r"With $\delta W=\partial J/\partial W$, $\delta Z=\partial J/\partial Z$", r"\delta W", r"\delta Z", "right"),
        (
            r"With $\delta W=\partial J/\partial W$, $\delta Z=\partial J/\partial U$",
            r"\delta W",
            r"\delta Z",
            "partial",
        ),
        ("gW and gZ are the gradients of J with respect to W and Z.", "gW", "gZ", "right"),
        ("gW, gU are the gradients of J with respect to W, U.", "gW", "gU", "partial"),
        ("P and Q are the gradients of J with respect to W and Z.", "P", "Q", "right"),
        ("Q is the gradient of the loss J by U.", r"\partial J/\partial W", "Q", "partial"),
        ("Q is the gradient of J by Z, padded.", r"\partial J/\partial W", "Q", "review"),
        ("Q is the gradient of J by Z\nturned by 180 degrees.", r"\partial J/\partial W", "Q", "review"),
        ("-Q is the gradient of J by Z.", r"\partial J/\partial W", "Q", "review"),
        ("Q is the gradient of J by Z, and P is the one by W.", r"\partial J/\partial W", "Q", "right"),
    ],
)
def test_letters_for_gradients_mean_what_was_said_of_them_above(
    meant: str, left: str, factor: str, status: str, homework: PreparedRubric
) -> None:
    """One definition for any array, one for each, or words: the letters stand for these gradients and no others."""
    formula = _W_BY.format(W=left, Z=factor)
    text = f"# Problem 4\n\n{meant}\n\n(b) ${formula}$\n"
    graded = grade(homework, Submission("answer", (READERS.load("markdown").read(text, "answer.md"),)))
    assert next(mark for mark in graded.marks if mark.id == "4b").status.value == status


_POOLED = "(c) $Y[i,k,n] = X[i,sk,n]$ and $Y[i,k,n] = \\max_{j=0..p-1} X[i,sk+j,n]$ both have shape $(B, L, C)$\n"


@pytest.mark.parametrize(
    ("above", "status"),
    [
        ("* $L = \\lfloor (N-1)/s \\rfloor + 1$\n\n## Problem 5\n\n", "right"),
        ("## Problem 5\n\nLet L = ceil(N/s).\n\n(a) 1, 3, 0, 1\n\n", "right"),
        ("## Problem 5\n\nLet L = floor(N/s).\n\n(a) 1, 3, 0, 1\n\n", "partial"),
        ("Let L = 46.\n\n## Problem 5\n\n", "review"),
        ("Let L = ceil(N/s).\n\n## Problem 5\n\nHere L = floor(N/s).\n\n", "review"),
        ("## Problem 5\n\n(a) 1, 3, 0, 1\n\n", "review"),
    ],
)
def test_letters_for_lengths_are_what_is_said_above(above: str, status: str, homework: PreparedRubric) -> None:
    """A letter that is defined once, by declared sizes, above the answer stands for that length."""
    graded = grade(homework, Submission("answer", (READERS.load("markdown").read(above + _POOLED, "answer.md"),)))
    assert next(mark for mark in graded.marks if mark.id == "5c").status.value == status


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("* $\\Delta_Z[i,j_1,j_2,m]$ is the gradient $\\partial J/\\partial Z[i,j_1,j_2,m]$", "right"),
        ("* $\\Delta_Z[i,j_1,j_2,m]$ is the given gradient $\\partial J/\\partial U[i,j_1,j_2,m]$", "wrong"),
        ("* $\\Delta_Z[i,j_2,j_1,m]$ is the gradient $\\partial J/\\partial Z[i,j_1,j_2,m]$", "review"),
    ],
)
def test_an_element_is_said_to_be_that_of_a_gradient(said: str, status: str, homework: PreparedRubric) -> None:
    """Above all answers, with the same indices on both sides."""
    formula = _W_BY.format(W=r"\partial J/\partial W", Z=r"\Delta_Z")
    text = f"Notation:\n\n{said}\n\n# Problem 4\n\n(b) ${formula}$\n"
    graded = grade(homework, Submission("answer", (READERS.load("markdown").read(text, "answer.md"),)))
    assert next(mark for mark in graded.marks if mark.id == "4b").status.value == status
