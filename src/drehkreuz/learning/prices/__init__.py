# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Prices of items, and what any plan costs at least at these prices: the Lagrangian bound of the exact search."""
