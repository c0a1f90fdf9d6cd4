# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What every page of the site stands on: access, security, limits, logs, language, the region, the layout."""
