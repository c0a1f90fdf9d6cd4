# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Which chains a person takes to a post: every shift in time, the month within the budget, at the least cost in time and money."""
