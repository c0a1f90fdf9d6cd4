# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Shared vehicles: where one stands, taking it, giving it back, and all of it as GBFS."""
