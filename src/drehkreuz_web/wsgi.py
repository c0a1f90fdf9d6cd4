# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The site as a WSGI application for any server; importing it makes the site ready."""

from __future__ import annotations

from drehkreuz_web.start import make_ready

application = make_ready()
