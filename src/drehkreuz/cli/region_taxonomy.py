# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz region taxonomy`: a region moved to another version of ESCO."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click
from rich.padding import Padding
from rich.text import Text

from drehkreuz.cli.output import Bars, Screen, answers, examples
from drehkreuz.cli.region_shown import FINDINGS_SHOWN, show_findings

if TYPE_CHECKING:
    from drehkreuz.sources.taxonomy_move import Move

SHOWN: Final = 20
"""Mappings by name that are shown; all stand in the list."""

CONCEPTS: Final[tuple[Literal["occupation", "skill"], ...]] = ("occupation", "skill")

_PATH: Final = click.Path(path_type=Path)


@click.command(
    epilog=examples(
        "drehkreuz region taxonomy aachen --esco esco-1.2-en.zip --esco esco-1.2-de.zip",
        "drehkreuz region taxonomy aachen --esco esco-1.2-de.zip --codes DE_mapping.csv --replaced replaced.csv",
    )
)
@click.argument("folder", metavar="DIR", type=_PATH)
@click.option(
    "--esco", multiple=True, required=True, type=_PATH, metavar="PATH", help="ESCO's CSV download; may be given again."
)
@click.option(
    "--codes", multiple=True, type=_PATH, metavar="PATH", help="Official crosswalk of it; may be given again."
)
@click.option(
    "--replaced", type=_PATH, metavar="CSV", help="What replaces what: columns old and new, ids or addresses."
)
@click.option("--list", "listed", type=_PATH, metavar="CSV", help="Where all is listed.  [default: in DIR]")
@click.option("--source", default="ESCO", show_default=True, metavar="NAME", help="Name and version, for figures.")
@click.option(
    "--licence",
    default="reuse under Decision 2011/833/EU",
    show_default=True,
    metavar="NAME",
    help="Licence of the new taxonomy.",
)
@click.option("--lenient", is_flag=True, help="Leave faulty rows out, list them, and go on.")
@answers
@click.pass_obj
def taxonomy(
    screen: Screen,
    folder: Path,
    esco: tuple[Path, ...],
    codes: tuple[Path, ...],
    replaced: Path | None,
    listed: Path | None,
    source: str,
    licence: str,
    lenient: bool,
) -> None:
    """
    Move a region to another version of ESCO, or from its own taxonomy to ESCO.

    Occupations and skills of people, posts and courses are found by their address, by what replaces them, by codes, and last
    by their names. What is not found surely is kept beside the new ones, so that no profile loses anything, and is listed.
    """
    from drehkreuz.region import Provenance
    from drehkreuz.region.snapshot import open_region
    from drehkreuz.sources.taxonomy_move import move_taxonomy

    where = Provenance("observed", source, licence, open_region(folder).manifest.day)
    done = move_taxonomy(
        folder,
        esco,
        where,
        codes=codes,
        replaced=replaced,
        listed=listed,
        lenient=lenient,
        progress=Bars(screen.words),
    )
    change = done.change
    if screen.as_json:
        counts = {concept: dict(change.counts(concept)) for concept in CONCEPTS}
        answer = {"folder": folder, "snapshot": done.snapshot, "new": done.new, "list": done.listed, "counts": counts}
        rest = {"moved": change.moved, "merged": change.merged, "unnamed": change.unnamed, "findings": done.findings}
        screen.print_json(answer | rest)
    else:
        _show(screen, done)


def _show(screen: Screen, done: Move) -> None:
    words, change = screen.words, done.change
    if done.findings:
        show_findings(screen, done.findings, most=FINDINGS_SHOWN)
    found = sorted(
        (one for one in change.moved if one.how in {"code", "label"}), key=lambda one: (one.confidence, one.old_id)
    )
    if found:
        screen.console.print(Text(words("taxonomy.unsure"), style="bold"))
    for one in found[:SHOWN]:
        told = words(
            "taxonomy.by_name",
            old=one.old_label,
            new=one.new_label,
            confidence=words.number(one.confidence, 2),
            n=words.counted("taxonomy.rows", one.rows),
        )
        screen.console.print(Padding(Text(told), (0, 0, 0, 2)))
    if len(found) > SHOWN:
        screen.console.print(words("taxonomy.more", n=words.number(len(found) - SHOWN)))
    for concept in CONCEPTS:
        counts = change.counts(concept)
        kept = counts["kept"]
        mapped = counts.total() - kept
        what = words(f"taxonomy.{concept}")
        shown = {name: words.number(n) for name, n in {"mapped": mapped, "same": counts["same"], "kept": kept}.items()}
        screen.console.print(words("taxonomy.counts", what=what, **shown))
    screen.console.print(words("taxonomy.listed", file=done.listed))
    key = "taxonomy.written" if done.new else "taxonomy.unchanged"
    screen.console.print(words(key, title=change.region.manifest.title, number=done.snapshot))
