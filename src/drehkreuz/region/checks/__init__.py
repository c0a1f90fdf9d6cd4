# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a region, as data: each module lists the rules of one part of it."""
