# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The region sees itself: what a planner asks of it, as figures with their sources, charts, a map and tables to take away."""
