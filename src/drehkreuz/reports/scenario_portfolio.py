# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What measures bring together: the answer for screen and JSON."""

from __future__ import annotations

from drehkreuz.errors import Finding, InputError
from drehkreuz.measures.paired.joint import Joint
from drehkreuz.measures.paired.portfolio import EXACT
from drehkreuz.reports.pair import Values


def portfolio_answer(title: str, joint: Joint, figure: str, budget: float | None, language: str) -> Values:
    """
    Return what each measure adds to all of them, which help and which replace each other, and which to take, fit for JSON.

    Args:
        title: Of the scenario.
        joint: The measures together.
        figure: What counts.
        budget: EUR a year; None: no choice is made.
        language: `de` or another: English.

    Raises:
        InputError: If there is a budget and a measure whose costs are not known.
    """
    portfolio = joint.portfolio
    costs = {name: cost for name, cost in joint.costs.items() if cost is not None}
    unknown = [name for name in portfolio.measures if name not in costs]
    if budget is not None and unknown:
        remedy = "Write invest and per_year of it into the scenario, or leave --budget away."
        problem = f"costs of {', '.join(unknown)} are not known"
        raise InputError(Finding("--budget", "", "", "", problem, remedy))
    last_in = portfolio.last_in()
    answer: Values = {
        "scenario": title,
        "figure": figure,
        "joint": portfolio.joint,
        "exact": len(portfolio.measures) <= EXACT,
        "measures": [
            {
                "id": share.measure,
                "title": joint.measures[share.measure].title or joint.measures[share.measure].kind.title.told(language),
                "alone": portfolio.v((share.measure,)),
                "share": round(float(share.share), 2),
                "share_error": round(share.error, 2),
                "last_in": last_in[share.measure],
                "cost_eur_year": joint.costs[share.measure],
            }
            for share in portfolio.shares()
        ],
        "pairs": [pair._asdict() for pair in portfolio.pairs() if pair.extra],
        "order": [] if unknown else [{"id": name, "adds": adds} for name, adds in portfolio.order(costs)],
    }
    if budget is not None:
        answer["budget"] = {"eur_year": budget, **portfolio.best(costs, budget)._asdict()}
    return answer
