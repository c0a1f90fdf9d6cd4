# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Both sides at once: pair relation, working set, allocations, certificates."""
