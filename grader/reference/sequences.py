"""Layers of sequences, for inputs of shape (..., steps, width): recurrent layers, attention, feed-forward blocks."""

from __future__ import annotations

from grader.reference.cost import Arguments, Cost, Lengths, split_last


def _recurrent(shape: Lengths, said: Arguments, gates: int, others: int) -> Cost:
    """`gates` maps of input and state, each H×D and H×H with `biases` vectors; `others` FLOPs a unit and step.

    (..., T, D) gives (..., T, H), or (..., H) with `outputs=last`.
    """
    sequences, (steps, width) = split_last(shape, 2, "a recurrent layer", "steps, width")
    units, biases = said.number("units"), said.number("biases", 0, 2)
    weights = gates * units * (width + units)
    states = shape[:-2] if said.flag("outputs") else shape[:-1]
    rounds = sequences * steps
    return Cost((*states, units), weights + gates * units * biases, rounds * weights, rounds * units * others)


def rnn(shape: Lengths, said: Arguments) -> Cost:
    """`h' = tanh(U x + W h + b)`: H(D + H) weights, H biases (Goodfellow, Bengio, Courville, "Deep Learning", 2016,
    equations 10.8 and 10.9).

    With `biases=2` the input and the state have a bias each, as in cuDNN and PyTorch; both can be added up before.
    Besides its MACs a unit takes one tanh a step.
    """
    return _recurrent(shape, said, 1, 1)


def lstm(shape: Lengths, said: Arguments) -> Cost:
    """Four maps: input, forget and output gate, and the cell's input: 4(H(D + H) + H·biases) parameters.

    Hochreiter, Schmidhuber, "Long short-term memory", Neural Computation 9, 1997, with the forget gate of Gers,
    Schmidhuber, Cummins 2000 and without peepholes (Goodfellow et al. 2016, equations 10.40 to 10.44). Besides its
    MACs a unit takes 9 FLOPs a step: 4 gate functions, `f·c + i·g` (3), tanh and its product with o.
    """
    return _recurrent(shape, said, 4, 9)


def gru(shape: Lengths, said: Arguments) -> Cost:
    """Three maps: reset and update gate, and the candidate: 3(H(D + H) + H·biases) parameters.

    Cho et al., arXiv:1406.1078, equations 5 to 8. Besides its MACs a unit takes 8 FLOPs a step: 3 gate functions,
    `r·h` (1), `z·h + (1 - z)·g` (4). With two biases the reset gate stands outside, `W x + b + r·(U h + b')`, as in
    cuDNN and PyTorch: the sum is one FLOP more.
    """
    return _recurrent(shape, said, 3, 9 if said.number("biases", 0, 2) == 2 else 8)


def attention(shape: Lengths, said: Arguments) -> Cost:
    """Multi-head attention with its projections; the shape (..., T, D) stays.

    Vaswani et al., arXiv:1706.03762, sections 3.2.1 and 3.2.2: h heads, keys of length k and values of length v
    (both D/h unless said), M places attended to (`memory`; T unless said). Projections D→hk twice, D→hv, hv→D,
    each with a bias (the paper has none: `bias=no`). MACs: T·D·hk + M·D·hk + M·D·hv, then h·T·M·(k + v), then
    T·hv·D. Each score is scaled, taken to `exp` and divided by the sum of its row: h·T·(4M - 1) FLOPs besides.
    Raises ValueError if the heads do not divide the width.
    """
    sequences, (steps, width) = split_last(shape, 2, "attention", "steps, width")
    heads = said.number("heads")
    if not said.given("keys") and width % heads:
        raise ValueError(f"a width of {width} cannot be shared out among {heads} heads")
    keys = said.number("keys") if said.given("keys") else width // heads
    values = said.number("values") if said.given("values") else keys
    memory = said.number("memory") if said.given("memory") else steps
    key, value = heads * keys, heads * values
    params = 2 * width * (key + value) + (2 * key + value + width if said.flag("bias") else 0)
    projections = steps * width * (key + value) + memory * width * (key + value)
    products = steps * memory * (key + value)
    scores = heads * steps * (4 * memory - 1)
    return Cost(shape, params, sequences * (projections + products), sequences * scores)


def feed_forward(shape: Lengths, said: Arguments) -> Cost:
    """`W2 max(0, W1 x + b1) + b2` at every place; the shape (..., D) stays.

    Vaswani et al., arXiv:1706.03762, equation 2: 2·D·hidden weights, hidden + D biases, as many MACs as weights at
    each place, and one comparison for each hidden unit.
    """
    places, (width,) = split_last(shape, 1, "a feed-forward block", "width")
    hidden = said.number("hidden")
    weights = 2 * width * hidden
    biases = hidden + width if said.flag("bias") else 0
    return Cost(shape, weights + biases, places * weights, places * hidden)
