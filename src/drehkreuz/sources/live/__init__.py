# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Posts and courses that live: feeds read again and again, told apart, read closely, and published into a region."""
