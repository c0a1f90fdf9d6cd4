# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The person's way: what one can do, learn and reach; nothing of the person is stored."""
