# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Loops in a directed graph, each named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def loops(edges: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """
    Yield loops such that without the last step of each the graph has none left.

    Depth-first search: an edge back to a node on the current path closes a loop. Nodes are taken in order of their
    names, so the same edges in any order give the same loops.

    Args:
        edges: Pairs from, to.

    Yields:
        Nodes along a loop; the first is not repeated at the end.
    """
    successors: dict[str, list[str]] = {}
    for tail, head in sorted(set(edges)):
        successors.setdefault(tail, []).append(head)
    done: set[str] = set()
    for start in successors:
        if start not in done:
            yield from _below(start, successors, done)


def _below(start: str, successors: dict[str, list[str]], done: set[str]) -> Iterator[list[str]]:
    """Yield the loops closed below a node; mark every node reached as done."""
    path = {start: iter(successors[start])}  # a dictionary keeps its order: the current path, last node last
    while path:
        node, following = next(reversed(path.items()))
        for head in following:
            if head in path:
                on_path = list(path)
                yield on_path[on_path.index(head) :]
            elif head not in done:
                path[head] = iter(successors.get(head, ()))
                break
        else:
            path.popitem()
            done.add(node)
