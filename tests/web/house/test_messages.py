# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Every sentence of the site in its languages."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import polib
import pytest

from scripts import ROOT, script

pytestmark = pytest.mark.usefixtures("site")

CATALOGUES = sorted((ROOT / "src" / "drehkreuz_web").glob("*/locale/*/LC_MESSAGES/django.po"))


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """What tools/messages.py defines."""
    return script("tools/messages.py")


def test_no_sentence_lacks_german(tool: ModuleType) -> None:
    """Every sentence of every feature has its German, some simple German, and what is compiled is what is written."""
    missing = [line for feature in tool.features() for line in tool.bring_up_to_date(feature, write=False)]
    assert missing == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parents[3].name}-{path.parents[1].name}")
def test_values_are_kept(path: Path) -> None:
    """A translation names the same values as its sentence, and has the same markup."""
    for entry in polib.pofile(str(path)):
        for said in filter(None, [entry.msgstr, *entry.msgstr_plural.values()]):
            for pattern in (r"%\(\w+\)[sd]", r"</?\w+[^>]*>"):
                english = sorted(set(re.findall(pattern, entry.msgid + entry.msgid_plural)))
                assert sorted(set(re.findall(pattern, said))) == english, entry.msgid


def test_one_sentence_one_translation() -> None:
    """Two features do not translate the same sentence differently: one would silently win."""
    seen: dict[tuple[str, str, str], str] = {}
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            key = (path.parents[1].name, entry.msgctxt or "", entry.msgid)
            assert seen.setdefault(key, entry.msgstr) == entry.msgstr, entry.msgid


def test_collecting(tool: ModuleType) -> None:
    """Sentences are found in calls and in templates turned into calls, whatever else stands there."""
    from django.utils.translation.template import templatize  # noqa: PLC0415  # needs settings

    source = (
        '_("One") + ngettext("%(n)s way", "%(n)s ways", n); pgettext("verb", "Open"); gettext(\n  "Two "\n  "halves")'
    )
    assert [tuple(found) for found in tool.sentences(source)] == [
        ("", "One", ""),
        ("", "%(n)s way", "%(n)s ways"),
        ("verb", "Open", ""),
        ("", "Two halves", ""),
    ]
    template = (
        "{% load i18n %}<p title=\"{% translate 'It is' %}\">don't {% blocktranslate count n=n %}{{ n }} day"
        "{% plural %}{{ n }} days{% endblocktranslate %}</p>\n  <b>(\n{% translate 'After' context 'time' %}"
    )
    assert [tuple(found) for found in tool.sentences(templatize(template))] == [
        ("", "It is", ""),
        ("", "%(n)s day", "%(n)s days"),
        ("time", "After", ""),
    ]
