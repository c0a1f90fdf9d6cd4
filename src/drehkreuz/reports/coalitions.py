# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What is possible if several hurdles fall together: v(B) for all 128 sets of hurdles, and to whom a post is open then."""

from __future__ import annotations

from drehkreuz.matching.pipeline import Matched
from drehkreuz.reports.breakdown import people_with_a_post
from drehkreuz.reports.pair import Values


def coalitions(matched: Matched) -> Values:
    """
    Return what is possible with each set of hurdles thought away, as lists of 128 by the bits of `Barrier`, fit for JSON.

    Returns:
        `filled`, the openings filled at once in the largest allocation found, which are as many people placed; `most`, no
        more than so many can be, the same where that is proved; `open_to`, the people to whom at least one post is open,
        each counted alone.
    """
    open_to = people_with_a_post(matched).T @ matched.counted.of_row
    return {
        "filled": matched.certificate.lower.tolist(),
        "most": matched.certificate.upper.tolist(),
        "open_to": open_to.tolist(),
    }
