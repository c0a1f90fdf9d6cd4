# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Papers to be handed round: what one says is made once (`document`), and printed as a page or as PDF.

`printing.write_paper` writes a document by the ending of its file, `printing.write_tables` its tables as CSV.
"""
