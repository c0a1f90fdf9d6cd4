# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import gzip
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from drehkreuz.errors import InputError
from drehkreuz.region import TABLES
from drehkreuz.sources.esco import read_esco
from drehkreuz.sources.esco_labels import read_labels
from drehkreuz.sources.esco_rules import ATTITUDE_GROUPS, CLASS_ORDER, CLASS_RULES, EQF_OF_LEVEL, LEVEL_OF_MAJOR_GROUP
from drehkreuz.sources.esco_write import write_esco

Tables = dict[str, pl.DataFrame]

U = "http://data.europa.eu/esco"
REGULATED, FREE = (f"{U}/regulated-professions/{note}" for note in ("regulated", "unregulated"))
T3, T44, S6, S8, S88, K = (
    "021a23e1-907e-4627-b05a-555f889cbb65",
    "fe5eabaa-63f6-4c44-b405-fc3ded8d56cb",
    "03e0b95b-67d1-457a-b3f7-06c407cf6bec",
    "9b8bb484-dcba-49af-8ae0-cfe8b6e9ed45",
    "7b942071-f688-4600-8d9f-ad4c0306abc7",
    "c46fcb45-5c14-4ffa-abed-5a43f104bb22",
)

ENGLISH = {
    "occupations_en.csv": f"""\
conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,regulatedProfessionNote,code
Occupation,{U}/occupation/dig,8342,excavator operator,"digger driver
excavator driver",,released,{FREE},8342.1
Occupation,{U}/occupation/fix,7411,electrician,,sparky,released,{FREE},7411.1
Occupation,{U}/occupation/nurse,2221,nurse,nurse,,released,{REGULATED},2221.1
Occupation,{U}/occupation/soldier,0310,soldier,,,released,{FREE},0310.1
""",
    "skills_en.csv": f"""\
conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels
KnowledgeSkillCompetence,{U}/skill/drive,skill/competence,sector-specific,drive excavators,
KnowledgeSkillCompetence,{U}/skill/drive-big,skill/competence,occupation-specific,drive bucket wheel excavators,
KnowledgeSkillCompetence,{U}/skill/german,knowledge,transversal,German,
KnowledgeSkillCompetence,{U}/skill/lead,skill/competence,cross-sector,lead crews,
KnowledgeSkillCompetence,{U}/skill/plc,skill/competence,sector-specific,program controllers,"write PLC code
PLC programming"
KnowledgeSkillCompetence,{U}/skill/soil,knowledge,cross-sector,soil,
KnowledgeSkillCompetence,{U}/skill/willing,skill/competence,transversal,be reliable,
KnowledgeSkillCompetence,{U}/skill/wire,,,wire cabinets,
""",
    "ISCOGroups_en.csv": f"""\
conceptType,conceptUri,code,preferredLabel,altLabels
ISCOGroup,{U}/isco/C8,8,"Plant operators, and assemblers",
ISCOGroup,{U}/isco/C8342,8342,Earthmoving plant operators,
""",
    "skillGroups_en.csv": f"""\
conceptType,conceptUri,preferredLabel,altLabels,hiddenLabels,code
SkillGroup,{U}/skill/{S8},working with machinery,,,S8
SkillGroup,{U}/skill/{S88},repairing electrical equipment,,,S8.8
SkillGroup,{U}/skill/{T3},self-management,,,T3
SkillGroup,{U}/skill/{T44},leading others,,,T4.4
SkillGroup,{U}/skill/{K},knowledge,,,K
SkillGroup,{U}/isced-f/0532,earth sciences,,,
""",
    "broaderRelationsOccPillar.csv": f"""\
conceptType,conceptUri,broaderType,broaderUri
ISCOGroup,{U}/isco/C8342,ISCOGroup,{U}/isco/C8
Occupation,{U}/occupation/dig,ISCOGroup,{U}/isco/C8342
""",
    "broaderRelationsSkillPillar.csv": f"""\
conceptType,conceptUri,broaderType,broaderUri
KnowledgeSkillCompetence,{U}/skill/drive,SkillGroup,{U}/skill/{S8}
KnowledgeSkillCompetence,{U}/skill/drive-big,KnowledgeSkillCompetence,{U}/skill/drive
KnowledgeSkillCompetence,{U}/skill/lead,SkillGroup,{U}/skill/{S8}
KnowledgeSkillCompetence,{U}/skill/lead,SkillGroup,{U}/skill/{T44}
KnowledgeSkillCompetence,{U}/skill/soil,SkillGroup,{U}/isced-f/0532
KnowledgeSkillCompetence,{U}/skill/soil,KnowledgeSkillCompetence,{U}/skill/drive
KnowledgeSkillCompetence,{U}/skill/willing,SkillGroup,{U}/skill/{T3}
KnowledgeSkillCompetence,{U}/skill/wire,SkillGroup,{U}/skill/{S88}
SkillGroup,{U}/isced-f/0532,SkillGroup,{U}/skill/{K}
SkillGroup,{U}/skill/{S88},SkillGroup,{U}/skill/{S8}
""",
    "digitalSkillsCollection_en.csv": f"""\
conceptType,conceptUri,preferredLabel,altLabels
KnowledgeSkillCompetence,{U}/skill/plc,program controllers,PLC programming | program PLCs
""",
    "languageSkillsCollection_en.csv": f"""\
conceptType,conceptUri,preferredLabel,altLabels
KnowledgeSkillCompetence,{U}/skill/german,German,
""",
    "occupationSkillRelations.csv": f"""\
occupationUri,relationType,skillType,skillUri
{U}/occupation/dig,essential,skill/competence,{U}/skill/drive
{U}/occupation/dig,optional,knowledge,{U}/skill/soil
{U}/occupation/fix,essential,,{U}/skill/wire
""",
}

GERMAN = {
    "occupations_de.csv": f"""\
conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,regulatedProfessionNote,code
Occupation,{U}/occupation/dig,8342,Baggerführer/Baggerführerin,"Baggerführer
Baggerführerin",,released,{FREE},8342.1
Occupation,{U}/occupation/new,2512,Neuberuf,Neuling,,released,{FREE},2512.9
""",
    "ISCOGroups_de.csv": f"""\
conceptType,conceptUri,code,preferredLabel
ISCOGroup,{U}/isco/C8342,8342,Fahrer von Erdbewegungsmaschinen
""",
    "digitalSkillsCollection_de.csv": f"""\
conceptType,conceptUri,preferredLabel,altLabels
KnowledgeSkillCompetence,{U}/skill/plc,Steuerungen programmieren,SPS programmieren
""",
}


def put(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def english(tmp_path: Path) -> Path:
    return put(tmp_path / "v1.1-en", ENGLISH)


@pytest.fixture
def german(tmp_path: Path) -> Path:
    return put(tmp_path / "v1.2-de", GERMAN)


def same(left: Tables, right: Tables) -> None:
    assert sorted(left) == sorted(right)
    for name, frame in left.items():
        assert_frame_equal(frame, right[name])


# ------------------------------------------------------------------------------------------------------------ by hand


def test_occupations(english: Path) -> None:
    """Code, level, assumed EQF and regulation of an occupation follow from its row; armed forces have no level."""
    tables, _ = read_esco([english])
    columns = ["occupation_id", "isco08", "level", "eqf", "regulated", "source", "source_id"]
    assert tables["occupations"].select(columns).rows() == [
        ("dig", "8342", 2, 4, False, "esco", "8342.1"),
        ("fix", "7411", 2, 4, False, "esco", "7411.1"),
        ("nurse", "2221", 4, 6, True, "esco", "2221.1"),
        ("soldier", "0310", None, None, False, "esco", "0310.1"),
    ]
    assert tables["occupations"]["esco_uri"][0] == f"{U}/occupation/dig"


def test_skills(english: Path) -> None:
    """
    The class follows from collections, then own groups, then broader skills.

    `lead` is in a group of machines and one of leadership: leadership goes first. `soil` is knowledge by its own group,
    though a manual skill is broader; `drive-big` has no group and takes the class of `drive`.
    """
    tables, report = read_esco([english])
    assert tables["skills"].select("skill_id", "class", "kind", "reuse").rows() == [
        ("drive", "manual", "skill", "sector-specific"),
        ("drive-big", "manual", "skill", "occupation-specific"),
        ("german", "language", "knowledge", "transversal"),
        ("lead", "leadership", "skill", "cross-sector"),
        ("plc", "digital", "skill", "sector-specific"),
        ("soil", "technical", "knowledge", "cross-sector"),
        ("willing", "social", "attitude", "transversal"),
        ("wire", "manual", "skill", None),
    ]
    assert [str(finding) for finding in report] == [
        "skills_en.csv: 1 skills have no skillType. They are read as skills, not as knowledge."
    ]


def test_labels(english: Path) -> None:
    """Alternatives may stand one a line or between bars; a text that is preferred is not an alternative too."""
    tables, _ = read_esco([english])
    labels = tables["labels"].filter(pl.col("concept_id").is_in(["dig", "fix", "nurse", "plc", "C8"]))
    assert labels.select("concept_id", "concept", "kind", "text").rows() == [
        ("C8", "occupation_group", "preferred", "Plant operators, and assemblers"),
        ("dig", "occupation", "alternative", "digger driver"),
        ("dig", "occupation", "alternative", "excavator driver"),
        ("dig", "occupation", "preferred", "excavator operator"),
        ("fix", "occupation", "hidden", "sparky"),
        ("fix", "occupation", "preferred", "electrician"),
        ("nurse", "occupation", "preferred", "nurse"),
        ("plc", "skill", "alternative", "PLC programming"),
        ("plc", "skill", "alternative", "program PLCs"),
        ("plc", "skill", "alternative", "write PLC code"),
        ("plc", "skill", "preferred", "program controllers"),
    ]
    assert set(tables["labels"]["language"]) == {"en"}


def test_relations_and_hierarchies(english: Path) -> None:
    """Relations and steps come by the last parts of their URIs, each step under its hierarchy."""
    tables, _ = read_esco([english])
    assert tables["occupation_skills"].rows() == [
        ("dig", "drive", "essential"),
        ("dig", "soil", "optional"),
        ("fix", "wire", "essential"),
    ]
    assert tables["broader"].filter(pl.col("concept") == "occupation").rows() == [
        ("C8342", "C8", "occupation"),
        ("dig", "C8342", "occupation"),
    ]
    assert len(tables["broader"].filter(pl.col("concept") == "skill")) == 10


def test_tables_are_complete(english: Path) -> None:
    """Every table has exactly the region's columns and is sorted by its key."""
    tables, _ = read_esco([english])
    assert sorted(tables) == ["broader", "labels", "occupation_skills", "occupations", "skills"]
    for name, frame in tables.items():
        assert frame.schema == TABLES[name].polars
        assert_frame_equal(frame, frame.sort(TABLES[name].key))
        assert frame.select(TABLES[name].key).is_unique().all()


def test_german_labels_are_added(english: Path, german: Path) -> None:
    """A second download adds labels by URI, also from collections, and what the base has not is told, not dropped."""
    tables, report = read_esco([english, german])
    labels = tables["labels"].filter(pl.col("language") == "de")
    assert labels.select("concept_id", "concept", "kind", "text").rows() == [
        ("C8342", "occupation_group", "preferred", "Fahrer von Erdbewegungsmaschinen"),
        ("dig", "occupation", "alternative", "Baggerführer"),
        ("dig", "occupation", "alternative", "Baggerführerin"),
        ("dig", "occupation", "preferred", "Baggerführer/Baggerführerin"),
        ("plc", "skill", "alternative", "SPS programmieren"),
        ("plc", "skill", "preferred", "Steuerungen programmieren"),
    ]
    assert "v1.2-de: 2 labels of 1 concepts that the base has not, such as new, were left out" in str(report[-1])
    alone, _ = read_esco([english])
    same({**tables, "labels": tables["labels"].filter(pl.col("language") == "en")}, alone)


def test_base_is_the_one_with_relations(english: Path, german: Path) -> None:
    """Which download is the base follows from its relations, not from its place."""
    first, second = read_esco([english, german])[0], read_esco([german, english])[0]
    same(first, second)


def test_languages(english: Path, german: Path) -> None:
    """Only labels of the languages asked for are taken; the base's rows stay, whatever its language."""
    tables, _ = read_esco([english, german], languages=["de"])
    assert set(tables["labels"]["language"]) == {"de"}
    assert len(tables["occupations"]) == 4
    assert read_esco([english], languages=[])[0]["labels"].is_empty()


def test_one_folder_in_two_languages(tmp_path: Path) -> None:
    """Downloads of one version in two languages may lie in one folder, with suffixed relations as in version 1.2."""
    renamed = {"occupationSkillRelations.csv", "broaderRelationsOccPillar.csv", "broaderRelationsSkillPillar.csv"}
    files = {name: text for name, text in ENGLISH.items() if name not in renamed}
    for name in renamed:
        for language in ("en", "de"):
            files[name.replace(".csv", f"_{language}.csv")] = ENGLISH[name]
    files["occupations_de.csv"] = "\n".join(GERMAN["occupations_de.csv"].split("\n")[:3]) + "\n"
    tables, report = read_esco([put(tmp_path / "both", files)])
    expected, _ = read_esco([put(tmp_path / "one", ENGLISH)])
    same({**tables, "labels": tables["labels"].filter(pl.col("language") == "en")}, expected)
    assert len(report) == 1


def test_columns_of_version_12(tmp_path: Path) -> None:
    """Further columns, as version 1.2 has beside the old ones, change nothing."""
    relations = ENGLISH["occupationSkillRelations.csv"].replace("\n", ",label\n")
    expected, _ = read_esco([put(tmp_path / "1.1", ENGLISH)])
    found, _ = read_esco([put(tmp_path / "1.2", ENGLISH | {"occupationSkillRelations.csv": relations})])
    same(found, expected)


@pytest.mark.parametrize("packing", ["zip", "zip in a folder", "gzip", "crlf", "bom", "semicolons"])
def test_packing_makes_no_difference(tmp_path: Path, packing: str) -> None:
    """Zips, gzipped files, other line ends, a byte order mark and semicolons give the same tables."""
    expected, _ = read_esco([put(tmp_path / "plain", ENGLISH)])
    path = tmp_path / "packed"
    if packing.startswith("zip"):
        path = tmp_path / "esco.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in ENGLISH.items():
                archive.writestr(f"csv/{name}" if "folder" in packing else name, text)
    elif packing == "gzip":
        path.mkdir()
        for name, text in ENGLISH.items():
            (path / f"{name}.gz").write_bytes(gzip.compress(text.encode()))
    elif packing == "semicolons":
        frames = {name: pl.read_csv(text.encode(), infer_schema=False) for name, text in ENGLISH.items()}
        put(path, {name: frame.write_csv(separator=";") for name, frame in frames.items()})
    else:
        path.mkdir()
        for name, text in ENGLISH.items():
            data = text.replace("\n", "\r\n").encode() if packing == "crlf" else b"\xef\xbb\xbf" + text.encode()
            (path / name).write_bytes(data)
    same(read_esco([path])[0], expected)


def test_rows_in_any_order(tmp_path: Path) -> None:
    """The order of the rows of relations and hierarchies makes no difference."""
    turned = dict(ENGLISH)
    for name in ("occupationSkillRelations.csv", "broaderRelationsSkillPillar.csv"):
        header, *rows = ENGLISH[name].splitlines()
        turned[name] = "\n".join([header, *reversed(rows)]) + "\n"
    same(read_esco([put(tmp_path / "a", turned)])[0], read_esco([put(tmp_path / "b", ENGLISH)])[0])


def test_progress(english: Path) -> None:
    """Each file read is told of once."""
    told: list[object] = []

    class Watch:
        def start(self, label: str, total: int | None) -> None:
            told.append((label, total))

        def advance(self, steps: int = 1) -> None:
            told.append(steps)

        def finish(self) -> None:
            told.append("end")

    read_esco([english], progress=Watch())
    assert told == [("ESCO", len(ENGLISH)), *[1] * len(ENGLISH), "end"]


def test_rules_fit_the_schema() -> None:
    """Every class, level and EQF level that the rules give is one that a region allows."""
    assert (
        {rule.skill_class for rule in CLASS_RULES} == set(CLASS_ORDER) == set(TABLES["skills"].columns["class"].allowed)
    )
    assert len({rule.group_id for rule in CLASS_RULES}) == len({rule.code for rule in CLASS_RULES}) == len(CLASS_RULES)
    assert set(LEVEL_OF_MAJOR_GROUP.values()) == set(EQF_OF_LEVEL) == {1, 2, 3, 4}


# ----------------------------------------------------------------------------------------------------- further labels


def test_read_labels(english: Path, tmp_path: Path) -> None:
    """A plain CSV adds labels by URI or code; a second preferred label becomes an alternative."""
    path = tmp_path / "more.csv"
    path.write_text(
        "concept_uri,language,kind,text\n"
        f"{U}/skill/soil,de,preferred,Boden\n"
        "wire,de,preferred,Schaltschränke verdrahten\n"
        f"{U}/isco/C8,fr,preferred,Conducteurs d'installations\n"
        f"{U}/skill/soil,en,preferred,earth\n"
        f"{U}/skill/none,de,preferred,Nichts\n",
        encoding="utf-8",
    )
    before, _ = read_esco([english])
    tables, report = read_labels(path, before)
    added = tables["labels"].join(before["labels"], on=tables["labels"].columns, how="anti")
    assert added.rows() == [
        ("C8", "occupation_group", "fr", "preferred", "Conducteurs d'installations"),
        ("soil", "skill", "de", "preferred", "Boden"),
        ("soil", "skill", "en", "alternative", "earth"),
        ("wire", "skill", "de", "preferred", "Schaltschränke verdrahten"),
    ]
    assert [finding.problem for finding in report] == [
        "1 labels of 1 concepts that the base has not, such as none, were left out",
        "1 preferred labels became alternatives, since their concepts have one already",
    ]
    assert read_labels(path, before, languages=["fr"])[0]["labels"]["language"].n_unique() == 2


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("soil,xx,preferred,Boden", "more.csv:2: language 'xx': is none of de, en, nl, fr"),
        ("soil,de,prefered,Boden", "more.csv:2: kind 'prefered': is none of preferred, alternative, hidden"),
        ("soil,de,preferred,", "more.csv:2: text '': is empty"),
        (",de,preferred,Boden", "more.csv:2: concept_uri '': is empty"),
    ],
)
def test_faulty_labels(english: Path, tmp_path: Path, row: str, message: str) -> None:
    """A faulty row of further labels is refused with its line, or left out and listed."""
    path = tmp_path / "more.csv"
    path.write_text(f"concept_uri,language,kind,text\n{row}\n", encoding="utf-8")
    before, _ = read_esco([english])
    with pytest.raises(InputError, match=message.replace(".", r"\.")):
        read_labels(path, before)
    tables, report = read_labels(path, before, lenient=True)
    same(tables, before)
    assert str(report[0]).startswith(message)


def test_labels_without_a_column(english: Path, tmp_path: Path) -> None:
    """A file of labels that lacks a column is refused, naming those it must have."""
    path = tmp_path / "more.csv"
    path.write_text("concept,language,kind,text\n", encoding="utf-8")
    with pytest.raises(InputError, match="'concept_uri' is missing; found are concept, language, kind, text"):
        read_labels(path, read_esco([english])[0])


# --------------------------------------------------------------------------------------------------------- round trip

names = st.text(alphabet="abcxyz019-", min_size=1, max_size=4)
texts = st.text(alphabet="aeÄßçø,;\"'/ ", min_size=1, max_size=8).map(str.strip).filter(bool)


@st.composite
def taxonomies(draw: st.DrawFn) -> Tables:
    """Draw the tables of a small taxonomy as ESCO can hold it; classes and levels as the rules give them."""
    occupations = draw(st.lists(names.map("o{}".format), min_size=1, max_size=4, unique=True))
    skills = draw(st.lists(names.map("s{}".format), min_size=1, max_size=5, unique=True))
    frame_o = []
    for name in occupations:
        isco = draw(st.from_regex(r"[0-9][1-9]{3}", fullmatch=True) | st.none())
        level = None if isco is None else LEVEL_OF_MAJOR_GROUP.get(isco[0])
        frame_o.append(
            {
                "occupation_id": name,
                "esco_uri": f"{U}/occupation/{name}",
                "isco08": isco,
                "level": level,
                "eqf": None if level is None else EQF_OF_LEVEL[level],
                "regulated": draw(st.booleans()),
                "source": "esco",
                "source_id": draw(st.sampled_from(["", "1.2"])),
            }
        )
    steps: set[tuple[str, str, str]] = set()
    frame_s = []
    for name in skills:
        listed = draw(st.sampled_from([None, "digital", "language"]))
        rule = draw(st.none() | st.sampled_from(CLASS_RULES))
        reuse = draw(st.sampled_from(["transversal", "cross-sector", None]))
        kind = draw(st.sampled_from(["skill", "knowledge"]))
        if rule is not None:
            steps.add((name, rule.group_id, "skill"))
            if kind == "skill" and reuse == "transversal" and rule.group_id in ATTITUDE_GROUPS:
                kind = "attitude"
        frame_s.append(
            {
                "skill_id": name,
                "esco_uri": f"{U}/skill/{name}",
                "class": listed or (rule.skill_class if rule else "technical"),
                "kind": kind,
                "reuse": reuse,
                "source": "esco",
            }
        )
    for narrower, broader in draw(st.lists(st.tuples(*[st.integers(0, 3)] * 2), max_size=3)):
        if narrower < broader < len(occupations):
            steps.add((occupations[narrower], occupations[broader], "occupation"))
    groups = sorted({group for _, group, _ in steps if "-" in group and len(group) == 36})
    concepts = [(o, "occupation") for o in occupations] + [(s, "skill") for s in skills]
    concepts += [(g, "skill_group") for g in groups]
    labels = []
    for concept_id, concept in concepts:
        for language in draw(st.sets(st.sampled_from(["de", "en"]))):
            written = draw(st.lists(texts, max_size=3, unique=True))
            kinds = ["preferred", *draw(st.lists(st.sampled_from(["alternative", "hidden"]), min_size=2, max_size=2))]
            labels += [(concept_id, concept, language, k, t) for k, t in zip(kinds, written, strict=False)]
    pairs = st.lists(
        st.tuples(st.sampled_from(occupations), st.sampled_from(skills)), min_size=1, max_size=6, unique=True
    )
    relations = [(*pair, draw(st.sampled_from(["essential", "optional"]))) for pair in draw(pairs)]
    raw = {
        "occupations": pl.DataFrame(frame_o, infer_schema_length=None),
        "skills": pl.DataFrame(frame_s, infer_schema_length=None),
        "labels": pl.DataFrame(labels, schema=TABLES["labels"].polars, orient="row"),
        "occupation_skills": pl.DataFrame(relations, schema=TABLES["occupation_skills"].polars, orient="row"),
        "broader": pl.DataFrame(sorted(steps), schema=TABLES["broader"].polars, orient="row"),
    }
    return {name: TABLES[name].conform(frame).sort(TABLES[name].key) for name, frame in raw.items()}


@given(taxonomies())
@settings(max_examples=15)
def test_round_trip(tables: Tables) -> None:
    """What is written in ESCO's layout is read back the same."""
    with TemporaryDirectory() as folder:
        write_esco(tables, folder)
        same(read_esco([folder])[0], tables)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([("dig", "occupation", "de", "alternative", "a|b")], "labels:dig: text 'a|b': ESCO's layout parts labels"),
        ([("dig", "occupation", "de", "preferred", t) for t in "ab"], "labels:dig: text 'b': is a second preferred"),
    ],
)
def test_labels_that_the_layout_cannot_hold(english: Path, tmp_path: Path, labels: list[object], message: str) -> None:
    """A label with a bar, and a second preferred one, are refused before anything is written."""
    tables, _ = read_esco([english])
    frame = pl.DataFrame(labels, schema=TABLES["labels"].polars, orient="row")
    with pytest.raises(InputError) as caught:
        write_esco({**tables, "labels": frame}, tmp_path / "out")
    assert str(caught.value).startswith(message)
