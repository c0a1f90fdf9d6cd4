# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import math
from collections import Counter
from datetime import date
from time import process_time

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from drehkreuz.skills._kernels import add_columns
from drehkreuz.skills.linking import GROUP_TRUST, LEAST_SCORE, MARGIN, SKILLS_POWER, TitleIndex
from drehkreuz.skills.text import parse_years, words

TITLES = [
    ("baker", "de", "preferred", "Bäcker/Bäckerin"),
    ("baker", "de", "alternative", "Backwarenhersteller"),
    ("baker", "en", "preferred", "baker"),
    ("electrician", "de", "preferred", "Elektroniker für Betriebstechnik/Elektronikerin für Betriebstechnik"),
    ("electrician", "de", "alternative", "Elektriker"),
    ("electrician", "en", "preferred", "industrial electrician"),
    ("excavator", "de", "preferred", "Abraumbaggerfahrer/Abraumbaggerfahrerin"),
    ("excavator", "de", "alternative", "Baggerführer"),
    ("excavator", "en", "preferred", "excavator operator"),
    ("fitter", "de", "preferred", "Industriemechaniker/Industriemechanikerin"),
    ("fitter", "de", "alternative", "Schlosser"),
    ("locksmith", "de", "preferred", "Schließmacher"),
    ("locksmith", "de", "alternative", "Schlosser"),
    ("nurse", "de", "preferred", "Krankenpfleger/Krankenschwester"),
    ("nurse", "fr", "preferred", "infirmier/infirmière"),
    ("nurse", "nl", "preferred", "verpleegkundige"),
]


def labels(titles: list[tuple[str, str, str, str]]) -> pl.DataFrame:
    frame = pl.DataFrame(titles, schema=["concept_id", "language", "kind", "text"], orient="row")
    return frame.with_columns(concept=pl.lit("occupation"))


@pytest.fixture(scope="module")
def index() -> TitleIndex:
    return TitleIndex(labels(TITLES))


@pytest.mark.parametrize(
    ("title", "telling"),
    [
        ("Elektroniker/in (m/w/d) für Betriebstechnik", "elektroniker betriebstechnik"),
        ("Elektronikerin für Betriebstechnik", "elektroniker betriebstechnik"),
        ("ElektronikerIn [w|m|x]", "elektroniker"),
        ("Elektroniker*innen, Elektroniker:in", "elektroniker"),
        ("Lagerist d/m/w", "lagerist"),
        ("Ingenieur (gn)", "ingenieur"),
        ("Baggerfahrer Tagebau, 18 Jahre", "bagerfahrer tagebau"),
        ("Kauffrau/-mann im Einzelhandel", "kaufman einzelhandel"),
        ("Kaufmann/Kauffrau im Einzelhandel", "kaufman einzelhandel"),
        ("Technischer Leiter/Technische Leiterin", "technischer leiter"),
        ("Baecker", "backer"),
        ("Bäckerin", "backer"),
        ("Backer", "backer"),
        ("Schweißer", "schweiser"),
        ("SCHWEISSER", "schweiser"),
        ("Angestellte/r im Büro", "angestelte buro"),
        ("WissenschaftlicheR MitarbeiterIn", "wisenschaftliche mitarbeiter"),
        ("Elektriker bei RWE Power AG, seit 2005", "elektriker"),
        ("Schlosser GmbH & Co. KG 1998-2016", "schloser co"),
        ("infirmière diplômée", "infirmiere diplomee"),
        ("18 Jahre", ""),
        ("", ""),
    ],
)
def test_words(title: str, telling: str) -> None:
    """Gender forms, umlauts, numbers, employers and small words make no difference; what is left is the work."""
    assert " ".join(words([title])[0]) == telling


@pytest.mark.parametrize("word", ["bei ", "at a ", "(", "m/", "1 ", "seit ", "1999 - ", "e/r", "LehrerIn", "bb"])
def test_a_long_line_is_read_in_one_go(word: str) -> None:
    """A line of many thousand words takes no longer than as many short ones: nothing is looked for over and over."""
    started = process_time()
    words([word * 20_000])
    assert process_time() - started < 5


@given(st.lists(st.text(alphabet="aäeiouüßnrstABIn /:*(-18,.mwd\n", max_size=30), max_size=6))
def test_titles_are_cleaned_as_one_or_one_by_one(titles: list[str]) -> None:
    """A title's words do not depend on the titles around it."""
    assert words(titles) == [words([title])[0] for title in titles]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Baggerfahrer Tagebau, 18 Jahre", 18.0),
        ("18 J.", 18.0),
        ("18J", 18.0),
        ("seit 18 Jahren", 18.0),
        ("1,5 Jahre", 1.5),
        ("6 Monate", 0.5),
        ("18 years, then 3 years", 18.0),
        ("4 jaar", 4.0),
        ("25 ans", 25.0),
        ("1998-2016", 18.0),
        ("von 1998 bis 2016", 18.0),
        ("seit 2005", 21.0),
        ("seit 05/2006", 20.5),
        ("seit 1.5.2006", 20.5),
        ("0 Jahre", 0.0),
        ("52 Jahre alt", None),
        ("200 Jahre", None),
        ("2016-1998", None),
        ("seit 2030", None),
        ("3 Januar", None),
        ("Halle 3 an der Bahn", None),
        ("Baggerfahrer", None),
    ],
)
def test_parse_years(text: str, years: float | None) -> None:
    """Spans are read as people write them; an age, a future and what is longer than a career are not experience."""
    assert parse_years(text, date(2026, 11, 22)) == years


def test_since_needs_a_day() -> None:
    """Without today's date a year of beginning tells nothing."""
    assert parse_years("seit 2005") is None


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Bäcker", "baker"),
        ("Baeckerin", "baker"),
        ("Backer", "baker"),
        ("Bäker", "baker"),
        ("Baggerfahrer Tagebau, 18 Jahre", "excavator"),
        ("Bagerfarer", "excavator"),
        ("excavater operater", "excavator"),
        ("Elektroniker/in (m/w/d) für Betriebstechnik", "electrician"),
        ("Elecktronickerin Betriebstechnik", "electrician"),
        ("Betriebselektriker:in", "electrician"),
        ("Industrie-Mechanikerin", "fitter"),
        ("infirmiere", "nurse"),
        ("Verpleegkundige (m/v/x)", "nurse"),
    ],
)
def test_first_link(index: TitleIndex, text: str, concept: str) -> None:
    """Typing errors, transcribed umlauts, gender forms, compounds and other languages still meet their occupation."""
    assert index.link(text)[0].concept_id == concept


def test_equal_title(index: TitleIndex) -> None:
    """A text equal to a preferred title scores nearly 1 and is shown with that title."""
    link = index.link("Industriemechanikerin")[0]
    assert link.score > 0.97
    assert (link.label, link.matched_text) == (TITLES[9][3], TITLES[9][3])
    assert link.language == "de"


def test_ambiguity_is_shown(index: TitleIndex) -> None:
    """A title that two occupations bear returns both, even if only one is asked for."""
    links = index.link("Schlosser", top=1)
    assert {link.concept_id for link in links} == {"fitter", "locksmith"}
    assert {link.matched_text for link in links} == {"Schlosser"}
    assert links[0].score - links[1].score < MARGIN
    assert links[0].label != "Schlosser"


def test_nothing_alike(index: TitleIndex) -> None:
    """A text that resembles no title, or holds no word, links to nothing."""
    assert index.link("xyzzy qqq") == []
    assert index.link("18 Jahre (m/w/d)") == []
    assert index.link("") == []


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Ich war zehn Jahre Baggerführer", ["excavator"]),
        ("erst Elektriker, dann Baeckerin, mit Bäckerlehre", ["electrician", "baker"]),
        ("Elektriker, Elektroniker für die Betriebstechnik im Werk", ["electrician"]),
        ("Schlosser", ["fitter", "locksmith"]),
        ("Schlosserei", []),
        ("Betriebstechnik", []),
        ("", []),
    ],
)
def test_titles_that_stand_in_a_text(index: TitleIndex, text: str, concepts: list[str]) -> None:
    """Titles are found word for word, in the order of the text, all concepts of a title; a part of a title is none."""
    assert [link.concept_id for link in index.spot(text)] == concepts


def test_a_part_of_a_title_that_stands_there_is_no_title() -> None:
    """Of two titles in a text, one with all the words of the other and more, only the longer one counts, in any order."""
    titles = [("loader", "de", "preferred", "Lader"), ("dock", "de", "hidden", "Lader an der Rampe")]
    (link,) = TitleIndex(labels(titles)).spot("an der Rampe als Lader")
    assert (link.concept_id, link.kind, link.score) == ("dock", "hidden", 0.9)


def test_languages(index: TitleIndex) -> None:
    """Only titles of the languages asked for are looked at."""
    assert index.link("baker", languages=["en"])[0].language == "en"
    assert all(link.language == "de" for link in index.link("baker", languages=["de"]))
    assert index.link("baker", languages=[]) == []


def test_only_the_concept_asked_for() -> None:
    """Labels of skills and groups are not occupations, unless skills are asked for."""
    frame = labels(TITLES).with_columns(concept=pl.lit("skill"))
    assert TitleIndex(frame).link("Bäcker") == []
    assert TitleIndex(frame, concept="skill").link("Bäcker")[0].concept_id == "baker"


def test_empty_index() -> None:
    """A taxonomy without titles links to nothing."""
    index = TitleIndex(labels(TITLES).clear())
    assert len(index) == 0
    assert index.link("Bäcker") == []


def test_label_without_preferred() -> None:
    """A concept without a preferred label in the language is shown by the title that matched."""
    link = TitleIndex(labels([("x", "de", "hidden", "Hauer")])).link("Hauer")[0]
    assert link.label == link.matched_text == "Hauer"


@given(st.permutations(TITLES), st.sampled_from([title[3] for title in TITLES] + ["Mechaniker", "Fahrer im Tagebau"]))
@settings(max_examples=15)
def test_row_order_does_not_matter(titles: list[tuple[str, str, str, str]], text: str) -> None:
    """The same labels in any order give the same links, scores included."""
    assert TitleIndex(labels(titles)).link(text) == TitleIndex(labels(TITLES)).link(text)


def plain_scores(titles: list[tuple[str, str, str, str]], text: str) -> dict[str, float]:
    """Return the score of each concept by the formula, with dictionaries and loops."""

    def pieces(spelt: list[str]) -> Counter[str]:
        marked = [f" {word} " for word in spelt]
        return Counter(m[i : i + n] for m in marked for n in range(2, 6) for i in range(len(m) - n + 1))

    def vector(counts: Counter[str]) -> dict[str, float]:
        raw = {p: (1 + math.log(c)) * (math.log((1 + len(forms)) / (1 + held[p])) + 1) for p, c in counts.items()}
        length = math.sqrt(sum(w * w for w in raw.values()))
        return {p: w / length for p, w in raw.items()}

    def cosine(a: dict[str, float], b: dict[str, float]) -> float:
        return sum(w * b.get(p, 0.0) for p, w in a.items())

    trust = {"preferred": 1.0, "alternative": 0.95, "hidden": 0.9}
    forms: dict[tuple[str, str, str], float] = {}
    for concept, language, kind, title in titles:
        key = (concept, language, " ".join(words([title])[0]))
        forms[key] = max(forms.get(key, 0.0), trust[kind])
    counts = {key: pieces(key[2].split()) for key in forms}
    held = Counter(piece for count in counts.values() for piece in count)
    groups: dict[tuple[str, str], Counter[str]] = {}
    for key, count in counts.items():
        groups.setdefault(key[:2], Counter()).update(count)
    spelt = words([text])[0]
    query = vector(pieces(spelt))
    best: dict[str, float] = {}
    for key, factor in forms.items():
        share = 0.03 if key[2].split() == spelt else 0.3
        alone, together = cosine(query, vector(counts[key])), cosine(query, vector(groups[key[:2]]))
        best[key[0]] = max(best.get(key[0], 0.0), factor * ((1 - share) * alone + share * together))
    return best


@pytest.mark.parametrize(
    "text", ["Bäcker", "Schlosser", "Mechaniker", "Baggerfahrer Tagebau", "excavator", "Backwarenhersteller Bäckerin"]
)
def test_scores_by_the_formula(index: TitleIndex, text: str) -> None:
    """The index gives exactly the scores that the formula in its documentation gives."""
    expected = {concept: score for concept, score in plain_scores(TITLES, text).items() if score >= LEAST_SCORE}
    links = index.link(text, top=100)
    assert {link.concept_id: link.score for link in links} == pytest.approx(expected, abs=1e-6)
    assert [link.score for link in links] == sorted((link.score for link in links), reverse=True)


SKILLS = {
    "dig": "Abraum baggern",
    "belt": "Förderbänder prüfen und warten",
    "bake": "Teig kneten",
    "wire": "Schaltschränke verdrahten",
}
ASKED = [("excavator", "dig"), ("fitter", "belt"), ("baker", "bake"), ("electrician", "wire"), ("electrician", "belt")]


def asked() -> pl.DataFrame:
    return pl.DataFrame(ASKED, schema=["occupation_id", "skill_id"], orient="row")


def with_skills(titles: list[tuple[str, str, str, str]]) -> pl.DataFrame:
    names = labels([(skill, "de", "preferred", text) for skill, text in SKILLS.items()])
    return pl.concat([labels(titles), names.with_columns(concept=pl.lit("skill"))])


def plain_skill_scores(text: str) -> dict[tuple[str, str], float]:
    """Return the cosine of a text with the names of each concept's skills, in German, with dictionaries and loops."""

    def pieces(spelt: list[str]) -> Counter[str]:
        marked = [f" {word} " for word in spelt]
        return Counter(m[i : i + n] for m in marked for n in range(2, 6) for i in range(len(m) - n + 1))

    concepts = sorted({(concept, language) for concept, language, _, _ in TITLES})
    rows: dict[tuple[str, str], Counter[str]] = {key: Counter() for key in concepts}
    for concept, skill in ASKED:
        rows[concept, "de"] += pieces(words([SKILLS[skill]])[0])
    held = Counter(piece for row in rows.values() for piece in row)

    def vector(counts: Counter[str]) -> dict[str, float]:
        raw = {p: (1 + math.log(c)) * (math.log((1 + len(rows)) / (1 + held[p])) + 1) for p, c in counts.items()}
        length = math.sqrt(sum(w * w for w in raw.values())) or 1.0
        return {p: w / length for p, w in raw.items()}

    query = vector(pieces(words([text])[0]))
    vectors = {key: vector(row) for key, row in rows.items()}
    return {key: sum(w * row.get(p, 0.0) for p, w in query.items()) for key, row in vectors.items()}


@pytest.mark.parametrize("text", ["Förderbänder warten", "Schaltschrank verdrahten", "Bagger", "Teigkneter", "nurse"])
def test_skills_add_what_the_formula_says(text: str) -> None:
    """A concept whose skills sound like the text fills a part of what spelling leaves open, by the stated formula."""
    spelling: dict[tuple[str, str], float] = {}
    for language in {title[1] for title in TITLES}:
        for link in TitleIndex(labels(TITLES)).link(text, languages=[language], top=100):
            spelling[link.concept_id, language] = link.score
    skills = plain_skill_scores(text)
    found = TitleIndex(with_skills(TITLES), asked=asked()).link(text, top=100)
    for link in found:
        z = spelling.get((link.concept_id, link.language))
        if z is not None:
            s = skills[link.concept_id, link.language]
            assert link.score == pytest.approx(1 - (1 - z) * (1 - s) ** SKILLS_POWER, abs=1e-5)
    assert {concept for concept, _ in spelling} <= {link.concept_id for link in found}


def test_skills_find_who_does_the_work() -> None:
    """A text that names no title but a skill meets the occupation that asks it; without the skills it does not."""
    text = "Schaltschränke verdrahten"
    assert "electrician" not in {link.concept_id for link in TitleIndex(labels(TITLES)).link(text)}
    assert TitleIndex(with_skills(TITLES), asked=asked()).link(text)[0].concept_id == "electrician"


def test_without_names_of_skills_nothing_changes() -> None:
    """Occupations whose skills have no name in the language of their titles are found by spelling alone."""
    alone, beside = TitleIndex(labels(TITLES)), TitleIndex(labels(TITLES), asked=asked())
    assert beside.link("Baggerführer") == alone.link("Baggerführer")


def test_a_group_is_a_lesser_answer() -> None:
    """A group of occupations is found beside them where asked for, with less trust."""
    group = labels([("C75", "de", "preferred", "Wachszieher")]).with_columns(concept=pl.lit("occupation_group"))
    both = pl.concat([labels(TITLES), group])
    assert TitleIndex(both).link("Wachszieher") == TitleIndex(labels(TITLES)).link("Wachszieher")
    assert TitleIndex(both, beside="occupation_group").link("Wachszieher")[0].score == pytest.approx(GROUP_TRUST)


@given(st.lists(st.lists(st.integers(0, 6), max_size=5, unique=True), min_size=1, max_size=6), st.data())
def test_columns_are_added_as_by_hand(rows: list[list[int]], drawn: st.DataObject) -> None:
    """The compiled sum of weighted columns is the product of the matrix and the vector."""
    matrix = np.zeros((7, len(rows)), dtype=np.float32)
    for column, filled in enumerate(rows):
        matrix[filled, column] = 1 + np.arange(len(filled))
    columns = np.array(drawn.draw(st.lists(st.integers(0, len(rows) - 1), max_size=4, unique=True)), dtype=np.int64)
    weights = np.arange(1, len(columns) + 1, dtype=np.float32)
    by_column = sparse.csc_array(matrix)
    total = np.zeros(7)
    starts, at = by_column.indptr.astype(np.int64), by_column.indices.astype(np.int32)
    add_columns(starts, at, by_column.data, columns, weights, total)
    assert total == pytest.approx(matrix[:, columns] @ weights)


@given(st.text(max_size=40))
@settings(max_examples=40)
def test_any_text_gets_an_answer(text: str) -> None:
    """Whatever is typed, the answer is a ranked list of scores from the least to 1, each concept once."""
    links = TitleIndex(labels(TITLES)).link(text)
    assert all(LEAST_SCORE <= link.score <= 1 for link in links)
    assert len({link.concept_id for link in links}) == len(links)
