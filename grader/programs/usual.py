"""What students use and forget to import: modules, and names that are taken from them."""

from __future__ import annotations

MODULES = {"np": "numpy", "la": "numpy.linalg", "LA": "numpy.linalg"} | {
    name: name
    for name in (
        "bisect cmath collections copy fractions functools heapq itertools math numpy operator random re statistics"
        " string sys time"
    ).split()
}
# Of a name that several modules have, such as `mean`, `floor` or `random`, only the one that takes arrays is here.
_TAKEN = {
    "numpy": """array arange zeros ones eye linspace exp log sqrt sin cos tan tanh dot pi linalg maximum minimum mean
        std var reshape transpose concatenate where argmax argmin log2 log10 log1p floor ceil sign clip diff cumsum
        cumprod prod median argsort unique isclose allclose isnan newaxis inf nan identity diag full empty zeros_like
        ones_like asarray outer matmul trace vstack hstack stack convolve bincount argwhere nonzero meshgrid arcsin
        arccos arctan arctan2 sinh cosh expm1 einsum tensordot tile roll flip fliplr flipud kron inner vdot cross cov
        corrcoef quantile percentile searchsorted histogram triu tril vander polyfit polyval isfinite isinf
        count_nonzero flatnonzero hypot ravel squeeze expand_dims column_stack ndarray float64 int64
        logspace""",
    "numpy.linalg": "inv norm det solve lstsq eig eigh eigvals eigvalsh svd qr pinv matrix_rank matrix_power cholesky",
    "numpy.lib.stride_tricks": "sliding_window_view as_strided",
    "math": "comb factorial gcd isqrt lcm perm",
    "itertools": """accumulate chain combinations combinations_with_replacement cycle dropwhile groupby islice pairwise
        permutations product starmap takewhile zip_longest""",
    "functools": "cache lru_cache partial reduce",
    "collections": "Counter OrderedDict defaultdict deque namedtuple",
    "copy": "deepcopy",
    "dataclasses": "dataclass",
    "decimal": "Decimal",
    "fractions": "Fraction",
    "heapq": "heapify heappop heappush nlargest nsmallest",
    "bisect": "bisect_left bisect_right insort",
    "operator": "itemgetter",
    "statistics": "pstdev pvariance stdev variance",
    "string": "ascii_letters ascii_lowercase ascii_uppercase",
    "typing": "Any Callable Dict Iterable Iterator List Optional Sequence Set Tuple Union",
}
# What the names of the usual imports stand for: `inv` for numpy.linalg.inv.
IMPORTS = MODULES | {name: f"{module}.{name}" for module, names in _TAKEN.items() for name in names.split()}
PRELUDE = "".join(
    [f"import {module} as {name}\n" for name, module in MODULES.items()]
    + [f"from {module} import {', '.join(names.split())}\n" for module, names in _TAKEN.items()]
)
