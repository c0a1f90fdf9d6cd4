# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""People made for the village and for a county that is not Aachen's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import plausible_people
from aachen_region import made
from drehkreuz.errors import InputError
from drehkreuz.model.aachen.work_today import DAY
from drehkreuz.model.population import Population, populate, read_margins, write_populated
from drehkreuz.model.population.carried import examples
from drehkreuz.region import TABLES, Manifest, Provenance, Region, check
from drehkreuz.region.fitted import fitted_to, refuse_mixture, speaks_for_region

WriteMargin = Callable[..., Path]

STATUS = (
    "Status;Anzahl",
    "beschäftigt|Teilzeit;600",
    "arbeitslos;90",
    "nicht erwerbstätig|Studium|Ausbildung|selbstständig;210",
)
"""900 people of the village."""
RENAMED = {"occupations": "occupation_id", "labels": "concept_id", "person_occupations": "occupation_id"}
"""Tables that name an occupation, and the column that does."""
AGE = ("Alter;Anzahl", "15-29;200", "30-49;400", "50+;300")


@cache
def _county() -> tuple[Region, Region]:
    """A county of three towns that nobody lives in yet, and the people of the model region as examples."""
    examples = made(0.02).tables
    known = Provenance("modelled", "test", "Apache-2.0", DAY)
    reference = {name: frame for name, frame in examples.items() if name in TABLES}
    zones = TABLES["zones"].conform(
        pl.DataFrame(
            {
                "zone_id": [f"N{i}" for i in range(9)],
                "municipality": [f"9900{i // 3}" for i in range(9)],
                "lat": [53.0 + i / 50 for i in range(9)],
                "lon": [9.0 + i % 3 / 50 for i in range(9)],
                "population": [900, 400, 0, 3000, 800, 100, 500, 500, 500],
            }
        )
    )
    creches = reference["places"].filter(kind="care").head(2).with_columns(lat=pl.Series([53.0, 53.16]), lon=9.0)
    taxonomy = {
        name: reference[name] for name in ("occupations", "skills", "labels", "occupation_skills", "qualifications")
    }
    tables = taxonomy | {"zones": zones, "places": creches}
    manifest = Manifest("county", "Musterkreis", DAY, "de", dict.fromkeys(tables, known))
    of_people = Manifest("aachen", "Aachen", DAY, "de", dict.fromkeys(reference, known))
    return Region(manifest, tables), Region(of_people, reference)


@pytest.fixture
def populated(write_margin: WriteMargin) -> Population:
    """The county with an older, poorer population than Aachen's: more unemployed, fewer cars, most in one town."""
    ages = [
        f"9900{town};{band};{n}"
        for town, of in enumerate((60, 240, 100))
        for band, n in zip(
            ("15-29", "30-44", "45-54", "55+"), (of // 10, of // 5, of * 3 // 10, of * 4 // 10), strict=True
        )
    ]
    work = (
        "Status;Auto;Anzahl",
        "arbeitslos;ja;60",
        "arbeitslos;nein;90",
        "beschäftigt|Teilzeit;ja;130",
        "beschäftigt|Teilzeit;nein;*",
        "nicht erwerbstätig|Studium|Ausbildung|selbstständig;;70",
    )
    region, reference = _county()
    margins = read_margins([write_margin("alter", "Gemeinde;Alter;Anzahl", *ages), write_margin("arbeit", *work)])
    return populate(region, margins, reference=reference)


def test_a_county_of_other_margins_keeps_them(populated: Population) -> None:
    """Every figure that is told is kept to the person, and the secret one takes what is left."""
    assert [(kept.tae, kept.asked, kept.secret) for kept in populated.kept] == [(0, 400, 0), (0, 350, 1)]
    people = populated.tables["people"]
    assert len(people) == 400
    without = plausible_people.AT_WORK & ~pl.col("car")
    assert len(people.filter(without)) == 50
    zones = _county()[0].table("zones").select("zone_id", "municipality", "population")
    homes = people.join(zones, on="zone_id")
    assert dict(homes.group_by("municipality").len().iter_rows()) == {"99000": 60, "99001": 240, "99002": 100}
    assert homes.filter(population=0).is_empty()


def test_a_county_of_other_margins_is_plausible(populated: Population) -> None:
    """Its people pass the checks of the model region, and the region as a whole passes its own."""
    region, _ = _county()
    tables = {**region.tables, **populated.tables}
    plausible_people.no_licence_before_its_age(tables, DAY)
    for kind in ("school", "vocational", "certificate"):
        plausible_people.no_award_before_it_can_be_had(tables, DAY, kind)
    plausible_people.certificates_in_use_are_valid(tables, DAY)
    plausible_people.work_fits_into_a_life(tables, DAY)
    plausible_people.who_works_has_an_occupation(tables)
    plausible_people.need_is_plausible(tables)
    plausible_people.children_have_parents_of_an_age(tables, DAY)
    wrong = check(region.with_tables(populated.tables))
    assert {finding.where for finding in wrong if finding.severity == "error"} <= {"region.toml"}  # nobody said of whom
    assert [finding.column for finding in populated.findings] == ["closure_id"]  # the county has no mine


def test_the_villages_people_are_the_same_again(village: Region, write_margin: WriteMargin) -> None:
    """The same seed and margins make the same people, another seed others; ids count through."""
    margins = read_margins([write_margin("status", *STATUS), write_margin("alter", *AGE)])
    one, again, other = (populate(village, margins, seed=seed).tables for seed in (1, 1, 2))
    for name in one:
        assert_frame_equal(one[name], again[name])
    assert not one["people"].equals(other["people"])
    assert one["people"]["person_id"].to_list()[:2] == ["S0000001", "S0000002"]
    assert not set(one["people"]["person_id"]) & set(village.table("people")["person_id"])


def test_attributes_come_from_people_alike(village: Region, write_margin: WriteMargin) -> None:
    """What no margin speaks of is an example's of the same kind, all of it together; what is theirs has a person."""
    margins = read_margins([write_margin("status", *STATUS), write_margin("alter", *AGE)])
    tables = populate(village, margins).tables
    people = tables["people"]
    assert set(tables["person_occupations"]["person_id"]) <= set(people["person_id"])
    brought = [
        "employment_status",
        "net_today_eur_month",
        "net_need_eur_month",
        "birth_year_from",
        "car",
        "max_minutes",
    ]
    assert people.join(village.table("people"), on=brought, how="anti", nulls_equal=True).is_empty()


def test_a_row_may_stand_for_many(village: Region, write_margin: WriteMargin) -> None:
    """With a weight of ten there are a tenth of the rows, and every margin is kept within ten people a row."""
    margins = read_margins([write_margin("status", *STATUS), write_margin("alter", *AGE)])
    made_people = populate(village, margins, weight=10)
    people = made_people.tables["people"]
    assert set(people["weight"]) == {10.0}
    assert people["weight"].sum() == 900
    assert all(abs(kept.worst_off) < 10 for kept in made_people.kept)


def test_the_region_says_what_it_was_fitted_to(village: Region, write_margin: WriteMargin, tmp_path: Path) -> None:
    """Provenance names every margin with its day; only then, and while all are kept, a report is one for the region."""
    margins = read_margins([write_margin("status", *STATUS), write_margin("alter", *AGE, source="Anderes Amt")])
    known = dict(village.manifest.provenance)
    known["vacancies"] = replace(known["vacancies"], kind="observed")
    real = village.with_manifest(provenance=known)
    report = write_populated(real, populate(real, margins), margins, tmp_path / "new")
    about = report.region.manifest.provenance["people"]
    assert about.kind == "modelled"
    assert "Statistisches Amt Musterland (status, 2025-12-31); Anderes Amt (alter, 2025-12-31)" in about.source
    assert "dl-de/by-2-0" in about.licence
    assert [(margin.name, margin.kept) for margin in fitted_to(report.region)] == [("alter", True), ("status", True)]
    assert speaks_for_region(report.region)
    assert not speaks_for_region(village)
    missed = report.region.table("targets").with_columns(result=pl.lit(0.5))
    assert not speaks_for_region(report.region.with_tables({"targets": missed}))
    again = write_populated(real, populate(real, margins), margins, tmp_path / "new")
    assert (again.snapshot, again.new) == (1, False)


def test_no_count_mixes_synthetic_and_consented_people(village: Region) -> None:
    """Synthetic and consented people in one table are refused; either alone is counted."""
    people = village.table("people")
    real = people.head(1).with_columns(origin=pl.lit("consented"))
    refuse_mixture(village)
    refuse_mixture(village.with_tables({"people": real}))
    with pytest.raises(InputError, match="consented and synthetic; no count mixes them"):
        refuse_mixture(village.with_tables({"people": pl.concat([people.slice(1), real])}))
    margins_of_real = village.with_tables({"people": real})
    with pytest.raises(InputError, match="is no example"):
        populate(village, [], reference=margins_of_real)


@pytest.mark.parametrize(
    ("name", "lines", "told"),
    [
        ("alter", ("Alter;Anzahl", "15-29;300", "30+;900"), "contradicts status.csv: .* off by 300.0 people in all"),
        ("alter", ("Alter;Anzahl", "15-29;1", "20-40;9"), r"line 6 \(age 20-40\)|counts people whom line 5"),
        ("alter", ("Alter;Anzahl", "15+;899", "100+;1"), "reference has nobody like them|counts people whom"),
        ("alter", ("Alter;Anzahl", "15-99;899", "100+;1"), "counts 1 people .age 100.., and the reference has nobody"),
        ("alter", ("Alter;Anzahl", "15-29;*", "30+;000"), "tell no figure above zero"),
        ("ort", ("Zelle;Anzahl", "Z1;900"), "is no zone_id of the region's zones"),
        ("alter", ("Alter;Anzahl", "15+;9.000.000"), "--weight"),
    ],
)
def test_what_cannot_be_fitted_is_told(
    village: Region, write_margin: WriteMargin, name: str, lines: tuple[str, ...], told: str
) -> None:
    """Margins that contradict each other, count twice, or ask for people without an example are refused with what to do."""
    first = [write_margin("status", *STATUS)] if "000" not in lines[-1] else []
    with pytest.raises(InputError, match=told):
        populate(village, read_margins([*first, write_margin(name, *lines)]))


def test_small_contradictions_are_told_and_the_first_holds(village: Region, write_margin: WriteMargin) -> None:
    """Margins that miss each other by less than two percent are fitted, the first one exactly, and both are named."""
    ages = ("Alter;Anzahl", "15-29;200", "30-49;400", "50+;309")
    margins = read_margins([write_margin("status", *STATUS), write_margin("alter", *ages)])
    made_people = populate(village, margins)
    assert [
        (finding.where, finding.severity) for finding in made_people.findings if "contradicts" in finding.problem
    ] == [("alter.csv", "warning")]
    assert [kept.tae for kept in made_people.kept] == [0, 9]


def test_a_place_left_empty_is_everywhere(village: Region, write_margin: WriteMargin) -> None:
    """Rows by zone may stand beside one that counts everywhere, as long as nobody is counted twice."""
    margins = read_margins([write_margin("x", "Zelle;Status;Anzahl", "Z01;arbeitslos;5", ";beschäftigt;30")])
    people = populate(village, margins).tables["people"]
    assert people["employment_status"].value_counts(sort=True)["count"].to_list() == [30, 5]
    assert set(people.filter(employment_status="unemployed")["zone_id"]) == {"Z01"}
    assert people.filter(employment_status="employed")["zone_id"].n_unique() > 5


def test_examples_of_another_taxonomy_are_looked_up_or_refused(village: Region) -> None:
    """Occupations become the region's own of the same ISCO-08 group; where it has none, another reference is asked for."""
    _, reference = _county()
    with pytest.raises(InputError, match="Take a reference whose occupations the region's taxonomy has"):
        examples(reference, village)
    own = village.table("occupations")
    code = own.filter(isco08="7411")["occupation_id"][0]
    renamed = {
        name: village.table(name).with_columns(pl.col(key).replace({code: "x-e"})) for name, key in RENAMED.items()
    }
    found = examples(village.with_tables(renamed), village)
    assert [(one.occupation_id, one.mapped_to) for one in found.mapped] == [("x-e", code)]
    assert_frame_equal(
        found.tables["person_occupations"].sort("person_id", "occupation_id"),
        village.table("person_occupations").sort("person_id", "occupation_id"),
    )
