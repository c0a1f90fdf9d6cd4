# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Learning, for planners and providers: what is taught against what is needed, every offer, and what is worth teaching next."""
