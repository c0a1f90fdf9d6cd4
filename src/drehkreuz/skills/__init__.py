# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What people bring and what posts ask: taxonomy, profiles, requirements, fit, title linking."""
