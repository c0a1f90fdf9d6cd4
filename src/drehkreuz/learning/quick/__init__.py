# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Good plans for every pair of a block of people and all profiles, in microseconds each."""
