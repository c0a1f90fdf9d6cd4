# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`measure` as people meet it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from drehkreuz.measures import every_kind

Run = Callable[..., tuple[int, str, str]]


def test_the_list_names_every_measure_in_both_languages(run: Run) -> None:
    """Each stands with its name and its title; the JSON object holds the same ones."""
    for language in ("de", "en"):
        code, out, err = run("measure", "list", "--lang", language)
        assert (code, err) == (0, "")
        for kind in every_kind().values():
            assert kind.name in out
            assert kind.title.told(language).split()[0] in out
    answer = json.loads(run("measure", "list", "--json")[1])
    assert [one["name"] for one in answer["measures"]] == list(every_kind())


@pytest.mark.parametrize("kind", ["bus_line", "pay_raise", "fare", "placebo"])
def test_a_measure_is_explained(run: Run, kind: str) -> None:
    """Parameters, who takes part, costs and a section to copy are shown; no English sentence stands in the German answer."""
    code, out, err = run("measure", "explain", kind)
    assert (code, err) == (0, "")
    assert all(parameter.name in out for parameter in every_kind()[kind].parameters)
    assert "Ändert Tabellen" in out
    assert f'kind = "{kind}"' in out
    assert "assumed" not in out
    answer = json.loads(run("measure", "explain", kind, "--json")[1])
    assert answer["name"] == kind
    assert answer["changes"] == list(every_kind()[kind].changes)


def test_a_slip_is_answered_with_the_nearest_name(run: Run) -> None:
    """One sentence, exit code 2, no traceback."""
    code, out, err = run("measure", "explain", "bus-line")
    assert (code, out) == (2, "")
    assert "Did you mean 'bus_line'?" in err
