# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Cheapest covers: sets of kinds of offers that bring what is asked, in the bits of one pair."""
