# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Work that people can do, can learn and can reach; and what keeps a region's people and work apart."""

__version__ = "0.1.0"
