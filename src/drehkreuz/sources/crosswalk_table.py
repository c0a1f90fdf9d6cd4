# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Official crosswalks between ESCO and national classifications of occupations, as the EURES countries publish them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.region import TABLES
from drehkreuz.sources.archive import about
from drehkreuz.sources.grid import PREAMBLE, Sheet, find_headings, read_grid
from drehkreuz.sources.mapping import fold
from drehkreuz.sources.records import Records
from drehkreuz.sources.schema_org import ESCO

_EURES: Final = ("Classification 2 ID", "Mapping relation")
_ONET: Final = ("O*NET Id", "Type of Match")

ADDRESSES: Final = ("Classification 1 URI", "Classification 1 URL", "Classification 1 ID", "ESCO or ISCO URI")
CODES: Final = ("Classification 2 ID", "O*NET Id")
NAMES: Final = (
    "Classification 2 PrefLabel",
    "Classification 2 PrefLabel NL",
    "Classification 2 prefered label",
    "O*NET Title",
)
RELATIONS: Final = ("Mapping relation", "Type of Match")

CLASSIFICATIONS: Final = (
    ("klassifikation_der_berufe", "kldb2010"),
    ("competent", "competent"),
    ("dutch_noc", "noc_nl"),
    ("ams_berufssystematik", "ams"),
    ("rome", "rome"),
    ("o_net", "onet"),
)
"""Classification by the beginning of its name in the lines above the headings, folded."""

RELATION_OF_SKOS: Final = {
    "exactmatch": "exact", "closematch": "close", "narrowmatch": "narrow", "broadmatch": "broad", "relatedmatch": "related",
}  # fmt: skip
TURNED: Final = {"narrow": "broad", "broad": "narrow"}
SURE: Final = ("exact", "close", "narrow", "broad", "related")
"""Relations, the surest first."""

COLUMN_OF: Final = {"kldb2010": "kldb2010", "noc_nl": "code_nl", "competent": "code_be", "rome": "code_fr"}
"""Column of `occupations` by classification."""

_KLDB: Final = re.compile(r"B (\d{5})-\d{3}", re.ASCII)

GROUPS: Final = "speak of groups of ISCO-08, which are no occupations, and are left out"
WITHOUT: Final = "have no counterpart in the other classification and are left out"
UNRELATED: Final = "say no relation and are left out"
AGAIN: Final = "say again what an earlier row says, or what it says more surely, and are left out"


def read_crosswalk(path: str | Path, *, lenient: bool = False) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """
    Read a crosswalk; which classification it is stands above its headings.

    Where the national classification comes first (O*NET), relations are turned, so that they always say how the code lies to
    ESCO's occupation.

    Args:
        path: CSV, plain, gzipped or alone in a zip, or Excel.
        lenient: Leave out faulty rows instead of refusing the file; each is listed.

    Returns:
        The table `occupation_codes`, and what a person should know; the number of mapping rows is told first.

    Raises:
        InputError: If the file cannot be read, is no crosswalk with ESCO, or a row is faulty and the reading is not lenient.
    """
    sheet, classification = _opened(path)
    records = Records(sheet.where, lenient=lenient)
    for note in sheet.notes:
        records.note(note, "Nothing is to be done if names look right.")
    counts: Counter[str] = Counter()
    best: dict[tuple[str, str], tuple[int, str, str | None]] = {}
    turned = classification == "onet"
    places = {what: _places(sheet, names) for what, names in _COLUMNS.items()}
    mapped = 0
    for line, cells in sheet.rows:
        told = {what: _first(cells, places[what]) for what in ("code", "name", "relation")}
        address = next((match for place in places["address"] if (match := ESCO.match(_cell(cells, place)))), None)
        if address is None:
            if told["code"] or told["relation"]:
                records.fault(str(line), "names no address of ESCO", value=told["code"], column="code")
            continue
        mapped += 1
        if not told["code"]:
            counts[WITHOUT] += 1
            continue
        kind, own = address.groups()
        relation = RELATION_OF_SKOS.get(told["relation"].rpartition(":")[2].lower())
        if kind == "isco" or relation is None:
            counts[GROUPS if kind == "isco" else UNRELATED] += 1
            continue
        sure = SURE.index(TURNED.get(relation, relation) if turned else relation)
        key = (own, told["code"])
        counts[AGAIN] += key in best
        if key not in best or sure < best[key][0]:
            best[key] = (sure, str(line), told["name"] or None)
    _enter(records, classification, best)
    records.note(f"holds {mapped:,} mapping rows of {classification}", "Nothing is to be done.")
    for what, count in sorted(counts.items()):
        if count:
            records.note(f"{count:,} of {mapped:,} rows {what}", "Nothing is to be done.")
    return records.settle("occupation_codes")


_COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "address": ADDRESSES,
    "code": CODES,
    "name": NAMES,
    "relation": RELATIONS,
}


def _opened(path: str | Path) -> tuple[Sheet, str]:
    """Return the table and which classification it is of."""
    name, rows, notes = read_grid(path)
    head = list(islice(rows, PREAMBLE))
    for wanted in (_EURES, _ONET):
        try:
            sheet = find_headings(name, chain(head, rows), wanted, notes)
        except InputError:
            continue
        words = " ".join(f"|{fold(cell)}" for _, cells in sheet.preamble for cell in cells if cell)
        words += "|o_net" if wanted == _ONET else ""
        found = next((own for start, own in CLASSIFICATIONS if f"|{start}" in words), None)
        if found is None:
            break
        return sheet, found
    remedy = "Name a crosswalk file of a EURES country (DE, AT, NL, BE, FR) or of O*NET."
    raise InputError(about(path, "is no crosswalk with ESCO that is known", remedy))


def _places(sheet: Sheet, names: Sequence[str]) -> list[int]:
    return [sheet.headings[fold(name)] for name in names if fold(name) in sheet.headings]


def _cell(cells: list[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _first(cells: list[str], places: Sequence[int]) -> str:
    return next((cells[place] for place in places if place < len(cells) and cells[place]), "")


def _enter(records: Records, classification: str, best: Mapping[tuple[str, str], tuple[int, str, str | None]]) -> None:
    for (own, code), (sure, line, name) in best.items():
        values = {
            "occupation_id": own,
            "classification": classification,
            "code": code,
            "label": name,
            "relation": SURE[sure],
        }
        records.add("occupation_codes", line, values)


def known_codes(tables: Mapping[str, pl.DataFrame]) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """
    Return `occupation_codes` of known occupations alone, and `occupations` with the codes that follow from them.

    A column that is empty gets the code of the surest relation, where all rows of that relation agree on it; of KldB 2010 on the five
    digits. Their last is the level by definition, and replaces one concluded from ISCO-08.

    Args:
        tables: With `occupations` and `occupation_codes`.
    """
    occupations, codes = tables["occupations"], tables["occupation_codes"]
    known = codes.filter(pl.col("occupation_id").is_in(occupations["occupation_id"].implode()))
    findings = []
    if len(known) < len(codes):
        problem = (
            f"{len(codes) - len(known):,} of {len(codes):,} rows are of occupations that the taxonomy does not have"
        )
        remedy = "They are left out: the crosswalk is of another version of ESCO."
        findings.append(Finding("occupation_codes", "", "", "", problem, remedy, "warning"))
    for classification, column in COLUMN_OF.items():
        agreed = _agreed(known.filter(classification=classification), classification)
        occupations = occupations.join(agreed, "occupation_id", how="left", maintain_order="left")
        occupations = occupations.with_columns(pl.coalesce(column, "agreed").alias(column)).drop("agreed")
    digit = pl.col("kldb2010").str.slice(4, 1).cast(pl.Int32, strict=False)
    new = pl.Series("new", tables["occupations"]["kldb2010"].is_null()) & digit.is_between(1, 4)
    changed = occupations.select((new & (pl.col("level") != digit)).sum()).item()
    occupations = occupations.with_columns(pl.when(new).then(digit).otherwise("level").alias("level"))
    if changed:
        problem = (
            f"{changed:,} occupations get the level of their KldB 2010 code instead of the one concluded from ISCO-08"
        )
        findings.append(Finding("occupations", "", "level", "", problem, "Nothing is to be done.", "warning"))
    return {"occupations": TABLES["occupations"].conform(occupations), "occupation_codes": known}, findings


def _agreed(codes: pl.DataFrame, classification: str) -> pl.DataFrame:
    code = pl.col("code")
    if classification == "kldb2010":
        code = code.str.extract(f"^{_KLDB.pattern}$", 1)
    sure = pl.col("relation").replace_strict(
        {relation: place for place, relation in enumerate(SURE)}, return_dtype=pl.Int32
    )
    ranked = codes.with_columns(code.alias("agreed"), sure.alias("sure")).drop_nulls("agreed")
    surest = ranked.filter(pl.col("sure") == pl.col("sure").min().over("occupation_id"))
    return (
        surest.group_by("occupation_id")
        .agg(pl.col("agreed").n_unique().alias("n"), pl.col("agreed").first())
        .filter(pl.col("n") == 1)
        .select("occupation_id", "agreed")
    )
