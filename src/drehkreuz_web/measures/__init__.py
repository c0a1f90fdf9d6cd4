# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The planner's measures: the catalogue, a scenario built from forms, what it changes."""
