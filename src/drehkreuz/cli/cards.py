# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A person's answer on a terminal: a card for each path."""

from __future__ import annotations

from typing import Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from drehkreuz.cli.output import Screen
from drehkreuz.cli.staying import show_staying, show_warning
from drehkreuz.reports.notes import sentence
from drehkreuz.reports.pair import Values
from drehkreuz.reports.sentences import held, learned, note, offered, ordering, own, posts, rows, status
from drehkreuz.reports.words import Words

NEARLY: Final = 3
"""Cards of posts that nearly work."""

OCCUPATIONS: Final = 10
"""Occupations listed; how many more there are is said."""

UNSURE: Final = 0.9
"""Meanings of a text that score at least this share of the best are all named."""


def show_paths(answer: Values, screen: Screen) -> None:
    """Print the answer of `drehkreuz.reports.paths.paths`."""
    words, console = screen.words, screen.console
    person, counts = answer["person"], answer["counts"]
    show_warning(answer["staying"], screen)
    console.print(Text(words("paths.title", who=person["label"]), style="bold"))
    for line in _about(answer, words):
        console.print(line)
    console.print()
    if answer["paths"]:
        below = all(path["levels_below"] for path in answer["paths"])
        console.print(Text(words("paths.best_below" if below else "paths.best"), style="bold underline"), end="\n\n")
        for number, path in enumerate(answer["paths"], start=1):
            _card(number, path, screen)
        console.print(Text(words("paths.occupations"), style="bold underline"))
        console.print(_occupations(answer, words))
        console.print()
        show_staying(answer["staying"], screen)
    else:
        console.print(Text(words("paths.nothing"), style="bold"))
        console.print(words("paths.ask"), end="\n\n")
    if answer["nearly"]:
        console.print(Text(words("paths.nearly"), style="bold underline"), end="\n\n")
        for path in answer["nearly"][:NEARLY]:
            _card(None, path, screen)
    if counts["now"] + counts["after_learning"] < counts["posts"]:
        console.print(Text(words("paths.change"), style="bold underline"))
        console.print(_changes(answer, words))
        console.print()
    if answer["paths"]:
        console.print(Text(ordering(answer, words), style="dim"))
    console.print(Text(note(answer, words), style="dim"))
    for group in answer["findings"]:
        console.print(Text(sentence(group), style="dim"))


def _about(answer: Values, words: Words) -> list[str]:
    person, counts = answer["person"], answer["counts"]
    lines = _understood(person, words)
    through = [held(entry, words) for entry in person["through"]]
    if person["skills"]:
        key = "paths.brings_one" if person["skills"] == 1 else "paths.brings_many"
        lines.append(words(key, n=person["skills"], through=words.listed(through or [words("paths.own_claims")])))
    else:
        lines.append(words("paths.brings_nothing"))
    need, today = words.money(person["net_need_eur_month"]), person["net_today_eur_month"]
    if today is None:
        lines.append(words("paths.today_unknown", need=need))
    else:
        lines.append(words("paths.today", today=words.money(today), need=need))
    lines.append(
        words(
            "paths.counts",
            all=words.number(counts["posts"]),
            now=words.number(counts["now"]),
            after=words.number(counts["after_learning"]),
            nearly=words.number(counts["nearly"]),
        )
    )
    lines += own(answer, words)
    if counts["training"]:
        lines.append(words.counted("paths.counts_training", counts["training"]))
    if counts["over"]:
        lines.append(words.counted("paths.counts_over", counts["over"]))
    staying = answer["staying"]
    if staying["options"] and staying["summary"]:
        lines.append(f"{staying['title']} {staying['summary']}")
    return lines


def _understood(person: Values, words: Words) -> list[str]:
    """Return how free text was understood; several close meanings are all named, wishes are told apart."""
    wished = [words("paths.wished", wish=wish) for wish in person.get("wishes", ())]
    if "text" not in person:
        return wished
    names = {held["occupation_id"]: held["label"] for held in person["through"]}  # in the language of the answer
    first, *others = (
        {**link, "label": names.get(link["occupation_id"], link["label"])} for link in person["understood_as"]
    )
    close = [link["label"] for link in others if link["score"] >= UNSURE * first["score"]]
    if close:
        labels = words.listed([first["label"], *close])
        return [words("paths.linked_unsure", text=person["text"], labels=labels, label=first["label"]), *wished]
    return [words("paths.linked", text=person["text"], label=first["label"]), *wished]


def _card(number: int | None, path: Values, screen: Screen) -> None:
    words = screen.words
    head = Text(f"{number}  " if number else "·  ", style="bold")
    head.append(path["title"], style="bold")
    head.append(f"  {status(path, words)}", style="green" if path["status"] != "blocked" else "yellow")
    place = words("paths.employer", employer=path["employer"] or "", place=path["place"])
    screen.console.print(head)
    kind = words(f"paths.kind_{path['kind']}")
    screen.console.print(Padding(Text(f"{kind}, {place}", style="dim"), (0, 0, 0, 3)))
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(style="dim", no_wrap=True, min_width=18)
    table.add_column(ratio=1)
    before = None
    for heading, text in rows(path, words):
        table.add_row("" if heading == before else heading, text)
        before = heading
    screen.console.print(Padding(table, (0, 0, 1, 3)))


def _occupations(answer: Values, words: Words) -> Padding:
    """Return the first occupations, a line each, and how many more there are."""
    lines = [_occupation(entry, words) for entry in answer["occupations"][:OCCUPATIONS]]
    if more := len(answer["occupations"][OCCUPATIONS:]):
        lines.append(words.counted("paths.occupations_more", more))
    return Padding("\n".join(lines), (0, 0, 0, 3))


def _occupation(entry: Values, words: Words) -> str:
    return words(
        "paths.occupation_line", label=entry["label"], posts=offered(entry, words), weeks=learned(entry, words)
    )


def _changes(answer: Values, words: Words) -> Padding:
    lines = [
        words("paths.change_line", barrier=words(f"barrier.{entry['barrier'].upper()}"), n=posts(entry["posts"], words))
        for entry in answer["would_change"]
    ]
    return Padding("\n".join(lines or [words("paths.change_none")]), (0, 0, 0, 3))
