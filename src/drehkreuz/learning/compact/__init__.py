# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One person's problem, small: the items lacking as bits, and the offers left."""
