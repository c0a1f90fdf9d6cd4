# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A firm's commutes and a business park's, told: fit for JSON, as a paper, with texts for works council and data protection."""
