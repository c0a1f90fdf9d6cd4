# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""An employer's page: how the people of a firm come to work, and what would change that; names and files stay with the firm."""
