# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Allocations of both sides: what is possible (auction), what is likely (limited search), and who is shown what (congestion)."""
