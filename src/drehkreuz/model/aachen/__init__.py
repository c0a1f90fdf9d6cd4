# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The model region of Aachen: generated, calibrated, marked as modelled."""
