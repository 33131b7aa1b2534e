"""Foreseen mistakes of a valid cross-correlation, for convolution.yaml."""

import numpy as np


def _correlate(X, W):
    windows = np.lib.stride_tricks.sliding_window_view(X, W.shape)
    return np.tensordot(windows, W, axes=2)


def full(X, W):
    rows, columns = W.shape
    return _correlate(np.pad(X, ((rows - 1, rows - 1), (columns - 1, columns - 1))), W)


def same(X, W):
    rows, columns = W.shape
    return _correlate(np.pad(X, (((rows - 1) // 2, rows // 2), ((columns - 1) // 2, columns // 2))), W)


def one_short(X, W):
    return _correlate(X, W)[:-1, :-1]


def transposed(X, W):
    return _correlate(X, W).T
