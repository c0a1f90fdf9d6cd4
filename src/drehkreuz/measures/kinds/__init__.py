# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The kinds of measures, one file each: its constant `KIND` says everything about it."""
