# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The planner's pages, their tables as files, and their twins in JSON; all answer from figures that are computed already."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from drehkreuz.matching.barriers import Barrier, names
from drehkreuz.reports.outlook import outlook_sentences
from drehkreuz_web.house.access import Access, access
from drehkreuz_web.house.region import market
from drehkreuz_web.planner import atlas, charts, outlook, sentences
from drehkreuz_web.planner.answer import Status, state
from drehkreuz_web.planner.contents import BARRIERS, MATCHED, OUTLOOK, VIEWS, Contents, View, small_counts
from drehkreuz_web.planner.pages import from_figures, json_twin, page, page_table
from drehkreuz_web.planner.table import Table
from drehkreuz_web.planner.together import BY_NAME, KEY, Together, asked, query


@access(Access.PUBLIC)
@require_safe
@from_figures
def overview(request: HttpRequest, contents: Contents) -> HttpResponse:
    """Show how the region stands, what comes if nothing happens, and what stands between people and openings."""
    table, closures = contents.overall(), contents.closures()
    swatches = ["found", *sorted(BARRIERS, key=lambda name: -_shares(contents)[name]), "left"]
    context = {
        "sentences": sentences.standing(contents),
        "ahead": sentences.without_change(contents),
        "closures": page_table(closures, contents) if closures.rows else None,
        "barriers": page_table(table, contents),
        "bars": charts.bars(table, 1, swatches, contents.words),
        "reasons": page_table(contents.reasons(), contents),
        "proof": _proof(contents),
        "origins": contents.origins(MATCHED),
        "closing_origins": contents.origins(["people", "projects"]),
        "closing_sources": [_closing_source(contents, one) for one in contents.report["closures"]["closures"]],
        "json": "region.json",
    }
    return page(request, "overview", contents, context)


@access(Access.PUBLIC)
@require_safe
@from_figures
def overview_json(_request: HttpRequest, contents: Contents) -> HttpResponse:
    """Give the overview's values."""
    return json_twin(
        contents,
        sentences=sentences.standing(contents),
        if_nothing_happens=sentences.without_change(contents),
        barriers=contents.overall().as_json(),
        reasons=contents.reasons().as_json(),
        closures=contents.closures().as_json(),
        certificate=contents.report["headline"]["certificate"],
        origins=contents.origins([*MATCHED, "projects"]),
    )


@access(Access.PUBLIC)
@require_safe
@from_figures
def view(request: HttpRequest, contents: Contents, slug: str) -> HttpResponse:
    """Show what stands between people and openings by groups."""
    chosen = _chosen(slug)
    table = contents.view(chosen)
    context = {
        "view": chosen,
        "table": page_table(table, contents),
        "bars": charts.stacked(table, 1, contents.words),
        "legend": [column for column in table.columns if column.swatch],
        "has_minus": any(isinstance(value, int) and value < 0 for row in table.rows for value in row),
        "origins": contents.origins(MATCHED),
        "json": f"region/{slug}.json",
    }
    return page(request, "view", contents, context)


@access(Access.PUBLIC)
@require_safe
@from_figures
def view_json(_request: HttpRequest, contents: Contents, slug: str) -> HttpResponse:
    """Give the values of a page by groups."""
    return json_twin(contents, table=contents.view(_chosen(slug)).as_json(), origins=contents.origins(MATCHED))


@access(Access.PUBLIC)
@require_safe
@from_figures
def map_page(request: HttpRequest, contents: Contents) -> HttpResponse:
    """Show people, openings or reach on a map, and all three in a table."""
    asked = request.GET.get("show", "")
    layer = next((layer for layer in atlas.LAYERS if layer.key == asked), atlas.LAYERS[0])
    table = contents.municipalities()
    column = next(at for at, column in enumerate(table.columns) if column.key == layer.key)
    values = [row[column] for row in table.rows]
    shown = {
        town["key"]: value if isinstance(value, int) else None
        for town, value in zip(contents.report["municipalities"], values, strict=True)
    }
    drawn = atlas.draw(market().region, contents.report, layer, shown, contents.words) if table.rows else None
    context = {
        "layers": atlas.LAYERS,
        "layer": layer,
        "map": drawn,
        "table": page_table(table, contents),
        "within": contents.report["within"],
        "origins": contents.origins([*MATCHED, "municipalities"]),
        "json": "region/map.json",
    }
    return page(request, "map", contents, context)


@access(Access.PUBLIC)
@require_safe
@from_figures
def map_json(_request: HttpRequest, contents: Contents) -> HttpResponse:
    """Give the map's values."""
    origins = contents.origins([*MATCHED, "municipalities"])
    return json_twin(contents, table=contents.municipalities().as_json(), origins=origins)


@access(Access.PUBLIC)
@require_safe
@from_figures
def together(request: HttpRequest, contents: Contents) -> HttpResponse:
    """Show how many posts can be filled without the hurdles that a visitor ticks, and what each adds to the others."""
    chosen, unknown = asked(request.GET.getlist(KEY))
    found = Together(contents, chosen)
    tables = found.tables()
    context = {
        "key": KEY,
        "hurdles": _hurdles(found),
        "chosen": chosen,
        "unknown": unknown,
        "sentences": sentences.together(found),
        "bars": charts.bars(tables["steps"], 1, ["found"] * (len(tables["steps"].rows) - 1) + ["left"], contents.words),
        "tables": {
            name: page_table(table, contents, query(chosen), list(map(_address, found.links(name))))
            for name, table in tables.items()
        },
        "proof": _proof(contents) if found.proved else "",
        "step": found.step,
        "origins": contents.origins(MATCHED),
        "json": f"region/together.json{query(chosen)}",
    }
    return page(request, "together", contents, context)


@access(Access.PUBLIC)
@require_safe
@from_figures
def together_json(request: HttpRequest, contents: Contents) -> HttpResponse:
    """Give what hurdles do together, for the choice asked and for all 128."""
    chosen, unknown = asked(request.GET.getlist(KEY))
    found = Together(contents, chosen)
    return json_twin(
        contents,
        **{KEY: names(chosen)},
        unknown=unknown,
        sentences=sentences.together(found),
        tables={name: table.as_json() for name, table in found.tables().items()},
        choices=found.as_json(),
        certificate=contents.report["headline"]["certificate"],
        origins=contents.origins(MATCHED),
    )


@access(Access.PUBLIC)
@require_safe
@from_figures
def outlook_page(request: HttpRequest, contents: Contents) -> HttpResponse:
    """Show the region by year if nothing happens: in sentences, as a chart, in tables, with what is assumed."""
    report = contents.report["outlook"]
    shown = {table.name.partition("-")[2]: page_table(table, contents) for table in outlook.tables(contents)}
    context = {
        "report": report,
        "sentences": outlook_sentences(report, contents.words) if report else [],
        "chart": outlook.chart(report, contents.words) if report else None,
        "years": shown.get("years"),
        "towns": shown.get("municipalities"),
        "assumed": shown.get("assumptions"),
        "origins": contents.origins(OUTLOOK),
        "json": "region/outlook.json",
    }
    return page(request, "outlook", contents, context)


@access(Access.PUBLIC)
@require_safe
@from_figures
def outlook_json(_request: HttpRequest, contents: Contents) -> HttpResponse:
    """Give the values of the region by year, and every assumed value."""
    report = contents.report["outlook"]
    return json_twin(
        contents,
        sentences=outlook_sentences(report, contents.words) if report else [],
        tables={table.name: table.as_json() for table in outlook.tables(contents)},
        region=report and report["region"],
        assumptions=report and report["assumptions"],
        origins=contents.origins(OUTLOOK),
    )


@access(Access.PUBLIC)
@require_safe
@from_figures
def sources(request: HttpRequest, contents: Contents) -> HttpResponse:
    """Show where the figures come from: data, targets, method and assumptions."""
    targets = contents.targets()
    context = {
        "tables": page_table(contents.tables(), contents),
        "targets": page_table(targets, contents) if targets else None,
        "kept": sum(target["met"] for target in contents.report["targets"]),
        "all": len(contents.report["targets"]),
        "proof": _proof(contents),
        "within": contents.report["within"],
        "assumed": contents.report["headline"]["assumptions"],
        "small_counts": small_counts(),
        "may_be_real": contents.report["may_be_real"],
        "json": "region/sources.json",
    }
    return page(request, "sources", contents, context)


@access(Access.PUBLIC)
@require_safe
@from_figures
def sources_json(_request: HttpRequest, contents: Contents) -> HttpResponse:
    """Give the values of the page on sources, and every assumed value."""
    targets = contents.targets()
    return json_twin(
        contents,
        tables=contents.tables().as_json(),
        targets=targets.as_json() if targets else None,
        assumptions=contents.report["headline"]["assumptions"],
        certificate=contents.report["headline"]["certificate"],
    )


@access(Access.PUBLIC)
@require_safe
@from_figures
def table_csv(request: HttpRequest, contents: Contents, name: str) -> HttpResponse:
    """Give a table as a file."""
    chosen, _unknown = asked(request.GET.getlist(KEY))
    found = next((table for table in _tables(contents, chosen) if table.name == name), None)
    if found is None:
        raise Http404
    response = HttpResponse(found.as_csv(contents.words), content_type="text/csv; charset=utf-8")
    region = contents.report["headline"]["provenance"]
    response["Content-Disposition"] = f'attachment; filename="drehkreuz-{region["region"]}-{region["day"]}-{name}.csv"'
    return response


@access(Access.PUBLIC)
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Say how far the figures are; a page that asks by script is loaded anew once they are there."""
    now = state()
    response = render(request, "planner/_progress.html", {"state": now})
    if now.status is not Status.COMPUTING:
        response["HX-Refresh"] = "true"
    return response


def _tables(contents: Contents, chosen: Barrier) -> list[Table]:
    found = [contents.overall(), contents.reasons(), contents.closures(), contents.municipalities(), contents.tables()]
    targets = contents.targets()
    views = [contents.view(view) for view in VIEWS]
    together = Together(contents, chosen).tables().values()
    return [*found, *views, *([targets] if targets else []), *outlook.tables(contents), *together]


def _chosen(slug: str) -> View:
    found = next((view for view in VIEWS if view.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _shares(contents: Contents) -> dict[str, int]:
    shares: dict[str, int] = contents.report["barriers"]["openings"]["all"]["shares"]
    return shares


def _proof(contents: Contents) -> str:
    """Return how sure the figures on who can find whom are."""
    headline, words = contents.report["headline"], contents.words
    if headline["certificate"]["exact"]:
        return words("match.exact", pairs=words.number(headline["certificate"]["pairs"]))
    least, most = words.number(headline["filled_today"]), words.number(headline["filled_today_most"])
    return words("match.bounds", low=least, high=most)


def _closing_source(contents: Contents, closure: dict[str, Any]) -> str:
    """Return where what is announced of a closure is from."""
    late = _("may come later") if closure["may_be_late"] else ""
    about = f"{closure['label']}: {closure['source']} ({contents.day(closure['source_date'])})"
    return f"{about}; {late}" if late else about


def _address(chosen: Barrier) -> str:
    """Return where a choice of hurdles is shown."""
    return f"{reverse('planner:together')}{query(chosen)}#result"


def _hurdles(found: Together) -> list[dict[str, Any]]:
    """Return the seven hurdles to be ticked."""
    return [
        {
            "value": value,
            "label": found.name(barrier),
            "hint": found.hint(barrier),
            "ticked": barrier in found.chosen,
        }
        for value, barrier in BY_NAME.items()
    ]
