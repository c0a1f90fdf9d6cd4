# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The documentation is true: pages made from the software are up to date, links lead somewhere, commands exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from types import ModuleType

import pytest

from scripts import ROOT, script

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    return script("docs/generate.py")


@pytest.mark.parametrize("page", ["tables.md", "command-line.md", "assumptions.md", "measures.md"])
def test_the_reference_is_up_to_date(generate: ModuleType, page: str) -> None:
    """A page written by docs/generate.py is what the software says now; run `python docs/generate.py` after a change."""
    assert (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8") == generate.PAGES[page]()


def test_the_readme_shows_what_commands_print(generate: ModuleType) -> None:
    """Outputs in the README are what the commands print now; run `python docs/generate.py` after a change."""
    for page in generate.PASTED:
        text = page.read_text(encoding="utf-8")
        assert generate.OUTPUT.search(text)
        assert text == generate.with_outputs(text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of a page names a file that is there."""
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_setting_is_documented() -> None:
    """Each environment variable that the software reads stands on the page of settings, and no other of its name."""
    source = "".join(
        path.read_text(encoding="utf-8") for path in [*ROOT.glob("src/**/*.py"), ROOT / "tests" / "conftest.py"]
    )
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"DREHKREUZ_[A-Z_]+", source)) == set(re.findall(r"DREHKREUZ_[A-Z_]+", page))


def commands(page: Path) -> list[str]:
    """Return the lines of a page's shell blocks that call drehkreuz."""
    blocks = re.findall(r"```(?:sh|console)\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    lines = [line.removeprefix("$ ").strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("drehkreuz ")]


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: page.name)
def test_commands_in_the_documentation_exist(generate: ModuleType, page: Path) -> None:
    """Every verb and option that a page shows is one the command line has."""
    verbs = {name: command for name, command, _ in generate.walk(generate.drehkreuz, generate.root_context())}
    for line in commands(page):
        words = shlex.split(line, comments=True)
        name = max((verb for verb in verbs if words[: len(verb.split())] == verb.split()), key=len, default=None)
        assert name is not None, line
        known = {option for parameter in verbs[name].params for option in [*parameter.opts, *parameter.secondary_opts]}
        known |= {option for parameter in verbs["drehkreuz"].params for option in parameter.opts} | {"--help"}
        used = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert used <= known, f"{line}: {sorted(used - known)}"
