# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The region in plain sentences: how it stands, and what comes if nothing happens."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from drehkreuz_web.planner.contents import BARRIERS, Contents


def standing(contents: Contents) -> list[str]:
    """Return three sentences: who looks and what is open, who can find whom, what stands in between most."""
    words, headline = contents.words, contents.report["headline"]
    openings, people = (contents.report["barriers"][side]["all"] for side in ("openings", "people"))
    values = {
        "people": words.number(headline["people"]),
        "openings": words.number(headline["openings"]),
        "filled": words.number(openings["found"]),
        "share": words.percent(openings["found"] / headline["openings"] if headline["openings"] else 0),
        "stable": words.number(headline["stable"]),
        "found": words.number(people["found"]),
    }
    most_openings = max(BARRIERS, key=lambda name: openings["shares"][name])
    most_people = max(BARRIERS, key=lambda name: people["shares"][name])
    told = [
        _("%(people)s people are looking for a path, and %(openings)s posts are open.") % values,
        _(
            "%(filled)s of the posts (%(share)s) can be filled today, at once or after a course that exists; "
            "%(stable)s are if both sides choose freely."
        )
        % values,
    ]
    if openings["shares"][most_openings]:
        named = {
            "barrier": contents.barrier(most_openings),
            "n": words.number(openings["shares"][most_openings]),
            "other": contents.barrier(most_people),
        }
        if most_openings == most_people:
            told.append(_("What stands in between most is: %(barrier)s. It keeps %(n)s posts open.") % named)
        else:
            told.append(
                _(
                    "What stands in between most is: %(barrier)s. It keeps %(n)s posts open. "
                    "For the people who find nothing it is above all: %(other)s."
                )
                % named
            )
    return told


def without_change(contents: Contents) -> list[str]:
    """Return what comes if nothing happens: whose posts end, what they have today, how many have nothing in sight."""
    found, words = contents.report["closures"], contents.words
    all_, count = found["all"], words.number
    if not all_["people"] or contents.report["may_be_real"]:
        return []
    ends = ngettext(
        "By the end of %(year)s, %(n)s person loses their post because their site closes.",
        "By the end of %(year)s, %(n)s people lose their posts because their sites close.",
        all_["people"],
    )
    return [
        ends % {"year": found["until"], "n": count(all_["people"])},
        _(
            "To %(path)s of them at least one post is open today that nothing keeps them from; to %(now)s of these without a course. "
            "Each is counted alone: several may want the same post."
        )
        % {"path": count(all_["path"]), "now": count(all_["at_once"])},
        _(
            "%(pension)s will have reached the pension age of 67 by then, and adjustment pay as a bridge to it is possible, or to be asked for, for %(pay)s. "
            "For %(none)s there is none of these in sight."
        )
        % {
            "pension": count(all_["pension"]),
            "pay": count(all_["adjustment_pay"] + all_["adjustment_pay_ask"]),
            "none": count(all_["nothing"]),
        },
    ]
