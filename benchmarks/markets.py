# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Random markets with structure: many seekers a seat, in fields of work, all agreeing a little on what and who is best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.pairs import EDGES, DenseRelation, PairBlock, splitmix

OWN_FIELD: Final = 0.8
"""Share of a person's posts that lie in the person's own field of work."""

BLOCK: Final = 512
"""People a block."""


@dataclass(frozen=True)
class Market:
    """
    A market of so many people and posts with one opening each.

    Everybody has `each` posts without a barrier; what else they meet has the barriers between their field and the post, drawn once.
    Utilities are correlated: all people agree in part on which posts are good, all employers on who is.

    Attributes:
        people: Rows.
        posts: Columns.
        each: Posts without a barrier a person, drawn with replacement.
        fields: Fields of work.
        seed: Decides everything.
    """

    people: int
    posts: int
    each: int
    fields: int
    seed: int = 1

    @cached_property
    def person_keys(self) -> NDArray[np.uint64]:
        """Keys of the people."""
        return splitmix(np.arange(self.people, dtype=np.uint64))

    @cached_property
    def vacancy_keys(self) -> NDArray[np.uint64]:
        """Keys of the posts."""
        return splitmix(np.arange(self.posts, dtype=np.uint64) + np.uint64(self.people))

    @cached_property
    def capacity(self) -> NDArray[np.int32]:
        """One opening each."""
        return np.ones(self.posts, dtype=np.int32)

    @cached_property
    def field(self) -> NDArray[np.int32]:
        """Field of each person."""
        return np.random.default_rng(self.seed).integers(self.fields, size=self.people, dtype=np.int32)

    @cached_property
    def edges(self) -> pl.DataFrame:
        """The pairs without a barrier, `EDGES`, by person; posts of a field lie side by side."""
        random, shape = np.random.default_rng(self.seed + 1), (self.people, self.each)
        ends = np.linspace(0, self.posts, self.fields + 1).astype(np.int64)
        first, last = ends[self.field][:, None], ends[self.field + 1][:, None]
        inside = first + (random.random(shape) * (last - first)).astype(np.int64)
        anywhere = random.integers(self.posts, size=shape)
        drawn = np.where(random.random(shape) < OWN_FIELD, inside, anywhere)
        pairs = np.unique(np.arange(self.people)[:, None] * self.posts + drawn)
        person, post = pairs // self.posts, pairs % self.posts
        good_post, good_person = random.normal(size=self.posts), random.normal(size=self.people)
        own = 1500 + 250 * good_post[post] + 150 * random.normal(size=len(pairs))
        other = 0.5 + 0.15 * good_person[person] + 0.1 * random.normal(size=len(pairs))
        columns = (person, post, np.zeros(len(pairs)), own, np.clip(other, 0, 1))
        return pl.DataFrame(dict(zip(EDGES, columns, strict=True)), schema_overrides=EDGES).cast(dict(EDGES))

    @cached_property
    def barriers(self) -> NDArray[np.uint8]:
        """Mask of each field and post, never 0."""
        random, shape = np.random.default_rng(self.seed + 2), (self.fields, self.posts)
        mask = np.zeros(shape, dtype=np.uint8)
        for bit in range(7):
            mask |= (random.random(shape) < 1 / 3).astype(np.uint8) << np.uint8(bit)
        return np.where(mask == 0, np.uint8(1), mask)

    def blocks(self) -> Iterator[PairBlock]:
        """Yield all pairs; the arrays of a block are used again for the next."""
        mask = np.empty((BLOCK, self.posts), dtype=np.uint8)
        own, other = np.zeros_like(mask, dtype=np.float32), np.zeros_like(mask, dtype=np.float32)
        person, post = self.edges["person"].to_numpy(), self.edges["vacancy"].to_numpy()
        worth, liked = self.edges["utility_person"].to_numpy(), self.edges["utility_employer"].to_numpy()
        ends = np.searchsorted(person, np.arange(0, self.people + BLOCK, BLOCK))
        for number, first in enumerate(range(0, self.people, BLOCK)):
            n, part = min(BLOCK, self.people - first), slice(ends[number], ends[number + 1])
            at = person[part] - first, post[part]
            np.take(self.barriers, self.field[first : first + n], axis=0, out=mask[:n])
            mask[at], own[at], other[at] = 0, worth[part], liked[part]
            yield PairBlock(first, mask[:n], own[:n], other[:n])
            own[at], other[at] = 0, 0


def dense(people: int, posts: int, seed: int = 1) -> DenseRelation:
    """
    Return a market of which every pair can be solved: each barrier stands where a hidden need of the post exceeds what the person has.

    Barriers of a post are alike for all, those of a person likewise, so that some posts and some people are hard to place.
    """
    random = np.random.default_rng(seed)
    mask = np.zeros((people, posts), dtype=np.uint8)
    for bit in range(7):
        has, needs = random.normal(0.5, 1, people), random.normal(0, 1, posts)
        noise = random.normal(0, 0.5, (people, posts))
        mask |= (has[:, None] + noise < needs).astype(np.uint8) << np.uint8(bit)
    utilities = random.random((2, people, posts), dtype=np.float32)
    ids = [f"person {i}" for i in range(people)], [f"post {i}" for i in range(posts)]
    return DenseRelation.of(mask, *utilities, np.ones(posts), *ids)
