# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Shared vehicles: what is lent at which price and when, how many stand where, what that costs and earns."""
