# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from drehkreuz.errors import InputError
from drehkreuz.sources.esco import read_esco

if TYPE_CHECKING:
    from pathlib import Path

U = "http://data.europa.eu/esco"
FREE = f"{U}/regulated-professions/unregulated"

OCCUPATIONS = f"""\
conceptUri,iscoGroup,preferredLabel,altLabels,regulatedProfessionNote
{U}/occupation/dig,8342,excavator operator,,{FREE}
{U}/occupation/fix,7411,electrician,"sparky
fitter",{FREE}
"""
SKILLS = f"""\
conceptUri,skillType,reuseLevel,preferredLabel,altLabels
{U}/skill/drive,skill/competence,sector-specific,drive excavators,
{U}/skill/wire,skill/competence,sector-specific,wire cabinets,
"""
GROUPS = f"""\
conceptUri,preferredLabel
{U}/skill/s6,handling
{U}/skill/s8,working with machinery
"""
STEPS = f"""\
conceptType,conceptUri,broaderType,broaderUri
KnowledgeSkillCompetence,{U}/skill/drive,SkillGroup,{U}/skill/s8
KnowledgeSkillCompetence,{U}/skill/wire,SkillGroup,{U}/skill/s8
SkillGroup,{U}/skill/s8,SkillGroup,{U}/skill/s6
"""
RELATIONS = f"""\
occupationUri,relationType,skillType,skillUri
{U}/occupation/dig,essential,skill/competence,{U}/skill/drive
{U}/occupation/fix,essential,skill/competence,{U}/skill/wire
"""
GOOD = {
    "occupations_en.csv": OCCUPATIONS,
    "skills_en.csv": SKILLS,
    "skillGroups_en.csv": GROUPS,
    "broaderRelationsSkillPillar.csv": STEPS,
    "occupationSkillRelations.csv": RELATIONS,
}
GOOD_ROWS = (2, 2, 2, 3)
"""Their occupations, skills, relations and steps."""


@dataclass(frozen=True)
class Fault:
    """
    A fault sown into the good files, and what must be said.

    Attributes:
        name: What is wrong.
        file: Which file.
        content: What it holds instead; None: it is not there.
        message: How the one finding begins.
        lenient: What is left when it is left out: (occupations, skills, relations, steps); None: refused all the same.
    """

    name: str
    file: str
    content: str | bytes | None
    message: str
    lenient: tuple[int, int, int, int] | None = None


FAULTS = [
    Fault("no relations", "occupationSkillRelations.csv", None, "{folder}: no occupationSkillRelations.csv is there"),
    Fault("no occupations", "occupations_en.csv", None, "{folder}: occupations_….csv is missing; found are broader"),
    Fault("no skills", "skills_en.csv", None, "{folder}: skills_….csv is missing; found are broader"),
    Fault("hierarchy without groups", "skillGroups_en.csv", None, "{folder}: skillGroups_….csv is missing; found are"),
    Fault("empty file", "occupations_en.csv", "", "occupations_en.csv: the file is empty"),
    Fault("header alone", "skills_en.csv", SKILLS.split("\n", maxsplit=1)[0], "skills_en.csv: holds no row"),
    Fault(
        "relations without rows",
        "occupationSkillRelations.csv",
        RELATIONS.split("\n", maxsplit=1)[0] + "\n",
        "occupationSkillRelations.csv: holds no relation",
    ),
    Fault(
        "missing column",
        "skills_en.csv",
        SKILLS.replace("reuseLevel,", "").replace("sector-specific,", ""),
        "skills_en.csv:1: column 'reuseLevel' is missing; found are conceptUri, skillType, preferredLabel, altLabels. Name",
    ),
    Fault(
        "misspelt column",
        "occupations_en.csv",
        OCCUPATIONS.replace("iscoGroup", "isco_group"),
        "occupations_en.csv:1: column 'iscoGroup' is missing; found are conceptUri, isco_group",
    ),
    Fault(
        "no header",
        "occupationSkillRelations.csv",
        RELATIONS.split("\n", 1)[1],
        "occupationSkillRelations.csv:1: columns occupationUri, relationType, skillUri are missing; found are http://",
    ),
    Fault(
        "not UTF-8",
        "occupations_en.csv",
        OCCUPATIONS.replace("electrician", "élèctrician").encode("cp1252"),
        "occupations_en.csv:3: not UTF-8",
    ),
    Fault("UTF-16 cut in the middle", "skills_en.csv", SKILLS.encode("utf-16")[:-3], "skills_en.csv:"),
    Fault(
        "quotation mark never closed",
        "occupations_en.csv",
        OCCUPATIONS[: OCCUPATIONS.index("fitter") + 3],
        "occupations_en.csv:3: a quotation mark is not closed",
    ),
    Fault(
        "row cut short",
        "skills_en.csv",
        SKILLS + f"{U}/skill/x,know\n",
        "skills_en.csv:4: 2 fields where the header has 5",
        GOOD_ROWS,
    ),
    Fault(
        "occupation twice",
        "occupations_en.csv",
        OCCUPATIONS + f"{U}/occupation/dig,8342,digger,,{FREE}\n",
        f"occupations_en.csv:5: conceptUri '{U}/occupation/dig': stands twice in this file",
        GOOD_ROWS,
    ),
    Fault(
        "no URI",
        "skills_en.csv",
        SKILLS + "weld,skill/competence,sector-specific,weld,\n",
        "skills_en.csv:4: conceptUri 'weld': is no URI",
        GOOD_ROWS,
    ),
    Fault(
        "leading zero lost in a spreadsheet",
        "occupations_en.csv",
        OCCUPATIONS.replace("8342", "310"),
        "occupations_en.csv:2: iscoGroup '310': is no ISCO-08 unit group of four digits",
        GOOD_ROWS,
    ),
    Fault(
        "regulation unheard of",
        "occupations_en.csv",
        OCCUPATIONS.replace(f'sparky\nfitter",{FREE}', f'sparky\nfitter",{U}/regulated-professions/perhaps'),
        f"occupations_en.csv:3: regulatedProfessionNote '{U}/regulated-professions/pe",
        GOOD_ROWS,
    ),
    Fault(
        "type of skill unknown",
        "skills_en.csv",
        SKILLS.replace("drive,skill/competence", "drive,talent"),
        "skills_en.csv:2: skillType 'talent': is none of skill/competence, knowledge",
        GOOD_ROWS,
    ),
    Fault(
        "reuse level unknown",
        "skills_en.csv",
        SKILLS.replace("sector-specific,wire", "sometimes,wire"),
        "skills_en.csv:3: reuseLevel 'sometimes': is none of transversal",
        GOOD_ROWS,
    ),
    Fault(
        "type of relation unknown",
        "occupationSkillRelations.csv",
        RELATIONS.replace("fix,essential", "fix,useful"),
        "occupationSkillRelations.csv:3: relationType 'useful': is none of essential, optional",
        (2, 2, 1, 3),
    ),
    Fault(
        "essential and optional",
        "occupationSkillRelations.csv",
        RELATIONS + f"{U}/occupation/dig,optional,skill/competence,{U}/skill/drive\n",
        f"occupationSkillRelations.csv:4: skillUri '{U}/skill/drive': is essential and optional",
        GOOD_ROWS,
    ),
    Fault(
        "relation to no occupation",
        "occupationSkillRelations.csv",
        RELATIONS + f"{U}/occupation/gone,essential,skill/competence,{U}/skill/drive\n",
        "occupationSkillRelations.csv: occupationUri 'gone': has no row of its own; 1 of 3 rows",
        GOOD_ROWS,
    ),
    Fault(
        "relation to no skill",
        "occupationSkillRelations.csv",
        RELATIONS.replace("skill/wire", "skill/gone"),
        "occupationSkillRelations.csv: skillUri 'gone': has no row of its own; 1 of 2 rows",
        (2, 2, 1, 3),
    ),
    Fault(
        "step to no group",
        "skillGroups_en.csv",
        GROUPS.replace("s6", "s7"),
        "broaderRelationsSkillPillar.csv: broaderUri 's6': has no row of its own; 1 of 3 rows",
        (2, 2, 2, 2),
    ),
    Fault(
        "kind of concept unknown",
        "broaderRelationsSkillPillar.csv",
        STEPS.replace("SkillGroup,", "SkilGroup,", 1),
        "broaderRelationsSkillPillar.csv:2: broaderType 'SkilGroup': is none of Occupation",
        (2, 2, 2, 2),
    ),
    Fault(
        "loop of three",
        "broaderRelationsSkillPillar.csv",
        STEPS + f"SkillGroup,{U}/skill/s6,KnowledgeSkillCompetence,{U}/skill/drive\n",
        "broaderRelationsSkillPillar.csv:s6: the hierarchy runs in a loop: drive → s8 → s6 → drive",
        GOOD_ROWS,
    ),
    Fault(
        "a concept broader than itself",
        "broaderRelationsSkillPillar.csv",
        STEPS + f"SkillGroup,{U}/skill/s6,SkillGroup,{U}/skill/s6\n",
        "broaderRelationsSkillPillar.csv:s6: the hierarchy runs in a loop: s6 → s6",
        GOOD_ROWS,
    ),
]


def sow(folder: Path, fault: Fault | None = None) -> Path:
    """Write the good files into a new folder, with a fault or without."""
    folder.mkdir()
    for name, text in GOOD.items():
        content = fault.content if fault and name == fault.file else text
        if content is not None:
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault_is_named(tmp_path: Path, fault: Fault) -> None:
    """A fault is refused with one finding that says where, what and what to do."""
    folder = sow(tmp_path / "esco", fault)
    with pytest.raises(InputError) as caught:
        read_esco([folder])
    assert len(caught.value.findings) == 1, caught.value.findings
    finding = caught.value.findings[0]
    assert str(finding).startswith(fault.message.format(folder=folder)), finding
    assert finding.remedy.endswith((".", "?"))
    assert "\n" not in str(finding)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_lenient_reading(tmp_path: Path, fault: Fault) -> None:
    """A lenient reader leaves faulty rows out and lists them; what cannot be read at all is refused all the same."""
    folder = sow(tmp_path / "esco", fault)
    if fault.lenient is None:
        with pytest.raises(InputError):
            read_esco([folder], lenient=True)
        return
    tables, report = read_esco([folder], lenient=True)
    names = ("occupations", "skills", "occupation_skills", "broader")
    assert tuple(len(tables[name]) for name in names) == fault.lenient
    errors = [str(finding) for finding in report if finding.severity == "error"]
    assert len(errors) == 1
    assert errors[0].startswith(fault.message.format(folder=folder))


def test_good_files(tmp_path: Path) -> None:
    """Without a fault the files are read, and only what is not there is noted."""
    tables, report = read_esco([sow(tmp_path / "esco")])
    assert [len(tables[name]) for name in ("occupations", "skills", "occupation_skills", "broader")] == [2, 2, 2, 3]
    assert {finding.severity for finding in report} == {"warning"}
    assert [finding.where for finding in report] == [
        "broaderRelationsOccPillar.csv",
        "languageSkillsCollection.csv",
        "digitalSkillsCollection.csv",
    ]


def test_few_relations_to_nowhere(tmp_path: Path) -> None:
    """Fewer than one relation in a thousand may lead nowhere, as in the official v1.1.1: noted even when strict."""
    skills = "".join(f"{U}/skill/n{i},knowledge,cross-sector,n{i},\n" for i in range(1000))
    relations = "".join(f"{U}/occupation/dig,optional,knowledge,{U}/skill/n{i}\n" for i in range(1000))
    files = {
        "skills_en.csv": SKILLS + skills,
        "occupationSkillRelations.csv": RELATIONS
        + relations
        + f"{U}/occupation/gone,optional,knowledge,{U}/skill/n1\n",
    }
    folder = sow(tmp_path / "esco")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    tables, report = read_esco([folder])
    assert len(tables["occupation_skills"]) == 1002
    assert str(report[0]) == (
        "occupationSkillRelations.csv: occupationUri 'gone': has no row of its own; 1 of 1,003 rows name such a concept. "
        "They are left out: so few are known in official versions."
    )
    assert {finding.severity for finding in report} == {"warning"}


def test_second_base(tmp_path: Path) -> None:
    """Of a second complete download only the labels are read, and that is said."""
    first = sow(tmp_path / "first")
    relations = RELATIONS.replace("fix,essential", "fix,optional")
    second = sow(tmp_path / "second", Fault("other", "occupationSkillRelations.csv", relations, ""))
    tables, report = read_esco([first, second])
    assert set(tables["occupation_skills"]["relation"]) == {"essential"}
    assert "second: holds relations too; only its labels are read" in str(report[0])


def test_other_languages(tmp_path: Path) -> None:
    """Labels in a language that a region does not know are left out, and that is said."""
    folder = sow(tmp_path / "esco")
    (folder / "occupations_xx.csv").write_text(OCCUPATIONS, encoding="utf-8")
    tables, report = read_esco([folder])
    assert str(report[0]) == "esco: labels in xx are left out. A region has labels in de, en, nl, fr."
    assert set(tables["labels"]["language"]) == {"en"}


@pytest.mark.parametrize(
    ("languages", "message"),
    [
        (["xx"], "ESCO: language 'xx': a region has no labels in this language. Choose from de, en, nl, fr."),
        (["fr"], "ESCO: language 'fr': no file has labels in this language. Add the download in it, or do without it."),
    ],
)
def test_languages_that_are_not_there(tmp_path: Path, languages: list[str], message: str) -> None:
    """A language asked for that no file or no region has is named."""
    folder = sow(tmp_path / "esco")
    with pytest.raises(InputError) as caught:
        read_esco([folder], languages=languages)
    assert str(caught.value) == message


def test_name_without_language(tmp_path: Path) -> None:
    """A file of labels whose name does not say the language is refused."""
    folder = sow(tmp_path / "esco", Fault("none", "occupations_en.csv", None, ""))
    (folder / "occupations.csv").write_text(OCCUPATIONS, encoding="utf-8")
    with pytest.raises(
        InputError, match=r"occupations\.csv: the name does not say the language\. Name it occupations_en"
    ):
        read_esco([folder])


def test_zip_of_something_else(tmp_path: Path) -> None:
    """A zip without any file of ESCO is refused with what it holds."""
    path = tmp_path / "timetable.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("stops.txt", "stop_id\n")
    with pytest.raises(InputError, match=r"timetable\.zip: holds no ESCO file; found are stops\.txt"):
        read_esco([path])


def test_zip_without_occupations(tmp_path: Path) -> None:
    """A zip that lacks the occupations is refused with what it holds and what may have been meant."""
    path = tmp_path / "esco.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in GOOD.items():
            archive.writestr(name.replace("occupations_en", "ocupations_en"), text)
    with pytest.raises(InputError, match=r"occupations_….csv is missing.*Did you mean 'ocupations_en.csv'"):
        read_esco([path])


def test_no_folder_at_all(tmp_path: Path) -> None:
    """Naming no folder, or one that is not there, is refused."""
    with pytest.raises(InputError, match=r"no occupationSkillRelations\.csv is there"):
        read_esco([])
    with pytest.raises(InputError, match="there is no such file or folder"):
        read_esco([tmp_path / "esco"])
