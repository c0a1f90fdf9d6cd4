# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What programs may ask: the same answers as the pages, as JSON, described by OpenAPI."""
