# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The exact search for cheapest plans: labels along the calendar, the most promising first."""
