# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Speed, shown and not judged: `python -m benchmarks.NAME [--data DIR] [--json]`."""
