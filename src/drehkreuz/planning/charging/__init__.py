# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Charging cars and trucks: how much is needed where, what stands already, what the law asks along roads, what the grid must carry."""
