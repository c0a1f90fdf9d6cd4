# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A CV as JSON Resume or Europass: what is taken of it, and that nothing else is."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.region import Region
from drehkreuz.skills.linking import Link
from drehkreuz.sources.cv import Cv, read_cv
from drehkreuz.sources.person import read_person

RESUME: dict[str, Any] = {
    "basics": {"name": "Erika Beispiel", "email": "erika@example.org", "location": {"address": "Musterweg 1"}},
    "work": [
        {"position": "Elektrikerin", "name": "Beispielwerk", "startDate": "2014-01", "endDate": "2018-12-31"},
        {"position": "Schweißerin", "startDate": "2019-01"},
        {"position": "Elektrikerin", "startDate": "2010", "endDate": "2010"},
        {"position": "Xqzvw"},
    ],
    "education": [{"studyType": "Staplerschein"}, {"studyType": "Orchideenkunde"}],
    "certificates": [{"name": "Unbekannt"}],
    "languages": [
        {"language": "Deutsch", "fluency": "Muttersprache"},
        {"language": "English", "fluency": "B2 (upper intermediate)"},
        {"language": "French", "fluency": "fluent"},
        {"language": "Klingon", "fluency": "C1"},
    ],
    "skills": [{"name": "Nichts davon", "keywords": ["auch nicht"]}],
}

EUROPASS: dict[str, Any] = {
    "SkillsPassport": {
        "LearnerInfo": {
            "Identification": {"PersonName": {"FirstName": "Erika", "Surname": "Beispiel"}},
            "WorkExperience": [
                {
                    "Period": {"From": {"Year": 2014, "Month": "--01"}, "To": {"Year": 2018, "Month": "--12"}},
                    "Position": {"Label": "Elektrikerin"},
                },
                {"Period": {"From": {"Year": 2019}, "Current": True}, "Position": {"Label": "Schweißerin"}},
            ],
            "Skills": {
                "Linguistic": {
                    "MotherTongue": [{"Description": {"Code": "de", "Label": "Deutsch"}}],
                    "ForeignLanguage": [
                        {
                            "Description": {"Code": "en"},
                            "ProficiencyLevel": {"Listening": "C1", "Reading": "B2", "Writing": "B1"},
                        }
                    ],
                },
                "Driving": {"Description": ["B", "C1", "Z9"]},
            },
        }
    }
}


def find(title: str) -> list[Link]:
    """Know two trades by the beginnings of their names."""
    known = {"Elektrik": "o-electrician", "Schweiß": "o-welder"}
    return [Link(own, word, "de", 1.0, word) for word, own in known.items() if title.startswith(word)]


def read(folder: Path, document: object, region: Region) -> Cv:
    path = folder / "cv.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return read_cv(path, region, find, years_unsaid=3.0)


def test_json_resume(village: Region, tmp_path: Path) -> None:
    """Jobs become occupations with their years, languages their levels; what has no place is listed with its reason."""
    cv = read(tmp_path, RESUME, village)
    assert cv.sections["occupation"] == [
        {"occupation_id": "o-electrician", "years": 5.1, "current": False, "last_year": 2018},
        {"occupation_id": "o-welder", "years": 7.9, "current": True},
    ]
    assert cv.sections["language"] == [
        {"language": "de", "cefr": "C2", "certified": True},
        {"language": "en", "cefr": "B2", "certified": False},
    ]
    assert {entry for entry, _ in cv.unread} >= {"Xqzvw", "Orchideenkunde", "Unbekannt", "French fluent", "Klingon C1"}
    assert "Erika" not in str(cv)
    assert "Musterweg" not in str(cv)


def test_europass(village: Region, tmp_path: Path) -> None:
    """A Europass gives the same jobs, of five levels of a language the lowest, and classes of driving licence."""
    cv = read(tmp_path, EUROPASS, village)
    assert [one["occupation_id"] for one in cv.sections["occupation"]] == ["o-electrician", "o-welder"]
    assert cv.sections["occupation"][0]["years"] == 5
    assert cv.sections["language"][1] == {"language": "en", "cefr": "B1", "certified": False}
    assert cv.sections["licence"] == [{"licence": "B"}, {"licence": "C1"}]
    assert ("Z9", "is no class of driving licence") in cv.unread
    assert "Erika" not in str(cv)


def test_awards_and_skills_by_name(village: Region, tmp_path: Path) -> None:
    """An award of the region and a skill of the taxonomy are found by their names."""
    award = village.table("qualifications").row(0, named=True)
    skill = village.table("labels").filter(pl.col("concept") == "skill").sort("concept_id").row(0, named=True)
    cv = read(
        tmp_path, {"certificates": [{"name": award["label_de"]}], "skills": [{"keywords": [skill["text"]]}]}, village
    )
    assert cv.sections["qualification"] == [{"qualification_id": award["qualification_id"]}]
    assert cv.sections["skill"] == [{"skill_id": skill["concept_id"], "through": "claim"}]


@pytest.mark.parametrize("document", [{}, [], {"work_": []}, "text"])
def test_no_cv(village: Region, tmp_path: Path, document: object) -> None:
    """JSON of another kind is refused in words."""
    with pytest.raises(InputError, match="is no CV that is known"):
        read(tmp_path, document, village)


def test_in_a_persons_file(village: Region, tmp_path: Path) -> None:
    """A person's file names a CV and says the rest; what the file says itself comes before the CV."""
    zone = village.table("zones")["zone_id"][0]
    (tmp_path / "cv.json").write_text(json.dumps(RESUME), encoding="utf-8")
    path = tmp_path / "person.toml"
    rest = f"""
cv = "cv.json"
zone_id = "{zone}"
employment_status = "employed"
net_need_eur_month = 1800
max_minutes = 45
available_from = 2027-01-01
[[language]]
language = "en"
cefr = "C1"
"""
    path.write_text(rest, encoding="utf-8")
    person = read_person(path, village)
    languages = person.tables["person_languages"].select("language", "cefr").rows()
    assert languages == [("en", "C1"), ("de", "C2")]
    assert len(person.tables["person_occupations"])
    assert person.cv is not None
    assert person.cv.understood
    for wrong in ('cv = ""', "cv = 7", 'cv = "other.json"'):
        path.write_text(rest.replace('cv = "cv.json"', wrong), encoding="utf-8")
        with pytest.raises(InputError):
            read_person(path, village)


SCRAPS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["Year", "name", "Period"]), inner),
    max_leaves=6,
)


@settings(max_examples=20)
@given(
    key=st.sampled_from(sorted(RESUME)), inner=st.sampled_from(["WorkExperience", "Skills", "Education"]), value=SCRAPS
)
def test_any_value_anywhere(
    village: Region, tmp_path_factory: pytest.TempPathFactory, key: str, inner: str, value: Any
) -> None:
    """Whatever stands in the place of a list or an entry, it is read or refused in words."""
    folder = tmp_path_factory.mktemp("cv")
    work = [{"position": "Elektrikerin", "startDate": value, "endDate": value}]
    passport = {"SkillsPassport": {"LearnerInfo": {inner: value, "Skills": {"Linguistic": value}}}}
    for document in (RESUME | {key: value}, {"work": work, "languages": [value]}, passport):
        with suppress(InputError):
            read(folder, document, village)
