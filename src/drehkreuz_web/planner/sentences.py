# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The region in plain sentences: how it stands, what comes if nothing happens, and what hurdles do together."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from drehkreuz.matching.barriers import ALL_BARRIERS, NO_BARRIER
from drehkreuz_web.planner.contents import BARRIERS, Contents
from drehkreuz_web.planner.together import Together


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


def together(found: Together) -> list[str]:
    """Return what can be filled without the hurdles chosen, why that is not the sum of each alone, and what would add most."""
    today = {
        "today": found.shown(found.filled(NO_BARRIER)),
        "openings": found.contents.words.number(found.total("openings")),
    }
    told = [_("Today %(today)s of %(openings)s posts can be filled, at once or after a course that exists.") % today]
    if not found.chosen:
        return told
    values = {
        "chosen": found.named(found.chosen),
        "then": found.shown(found.filled(found.chosen)),
        "gain": found.shown(found.gain(NO_BARRIER, found.chosen)),
    }
    without = ngettext(
        "Without this hurdle (%(chosen)s) it would be %(then)s. Posts filled in addition, and people placed in addition: %(gain)s.",
        "Without these hurdles (%(chosen)s) it would be %(then)s. Posts filled in addition, and people placed in addition: %(gain)s.",
        found.chosen.bit_count(),
    )
    several = [_no_sum(found)] if found.chosen.bit_count() > 1 else []
    return [*told, without % values, *several, *([_most_on_top(found)] if found.further else [])]


def _no_sum(found: Together) -> str:
    """Return why several hurdles together are not the sum of each alone."""
    all_, alone = found.gain(NO_BARRIER, found.chosen), found.sum_alone
    if all_.least > alone.most:
        told = _(
            "That is more than the sum of each alone (%(sum)s): some posts can be filled only if several hurdles fall, since "
            "all of them stand in front of it, or since one makes room for what another opens."
        )
    elif all_.most < alone.least:
        told = _(
            "That is less than the sum of each alone (%(sum)s): each alone would in part open the same posts, or help the "
            "same people, and every post and every person counts once."
        )
    elif all_ == alone and all_.least == all_.most:
        told = _("That is exactly the sum of each alone (%(sum)s).")
    else:
        told = _("Whether that is more or less than the sum of each alone (%(sum)s) is not proved.")
    return told % {"sum": found.shown(alone)}


def _most_on_top(found: Together) -> str:
    """Return which hurdle would add most on top, or that none would by itself."""
    first = found.further[0]
    gain = found.gain(found.chosen, first)
    if gain.most:
        values = {"hurdle": found.name(first), "gain": found.shown(gain)}
        return _("Most would be added if this fell too: %(hurdle)s (%(gain)s).") % values
    if found.gain(found.chosen, ALL_BARRIERS).most:
        return _("If one more fell, no post could be filled in addition; only several together change anything.")
    return _("Even if all others fell too, no post could be filled in addition.")
