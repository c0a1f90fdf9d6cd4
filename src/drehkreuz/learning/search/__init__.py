# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The exact search for cheapest plans: branch and bound over sets of offers, each set placed in time."""
