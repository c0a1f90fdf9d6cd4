# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Learning, told: one person's plan, and a region's supply against its demand.

`plan` and `supply` work answers out as plain values; `plan_paper` and `supply_paper` tell them as papers, `calendar` as iCalendar.
"""
