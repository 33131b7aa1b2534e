"""Rates that have one dimension and are not one thing: a hertz is a turn a second, a radian a second is none.

SI Brochure (9th edition, 2019), section 5.4.8: the hertz is for periodic phenomena, rad/s for angular velocities.
"""

from __future__ import annotations

import re

from grader.model.patterns import later

_COUNTS = later(r"Hz(?![a-z])|hertz|(?<![A-Za-z])Bq(?![a-z])|becquerel", re.IGNORECASE)
_ANGLES = later(
    r"(?<![A-Za-z])rad(?![a-z])|radian|(?<![A-Za-z])(?:rpm|rev)(?![a-z])|°|(?<![A-Za-z])deg|\\(?:deg|circ)",
    re.IGNORECASE,
)


def mixes_turns(one: str, other: str) -> bool:
    """Whether one unit counts turns or events and the other measures an angle: 2 Hz and 2 rad/s.

    >>> mixes_turns("rad/s", "kHz"), mixes_turns("rad/s", "1/s"), mixes_turns("rad Hz", "Hz")
    (True, False, False)
    """
    counts = [bool(_COUNTS.search(text)) for text in (one, other)]
    angles = [bool(_ANGLES.search(text)) for text in (one, other)]
    return (counts[0] and angles[1] and not angles[0]) or (counts[1] and angles[0] and not angles[1])
