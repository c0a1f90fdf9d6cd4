# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where an employer's pages are."""

from __future__ import annotations

from django.urls import path

from drehkreuz_web.employer import views

app_name = "employer"

urlpatterns = [
    path("employer", views.questions, name="questions"),
    path("employer/park", views.park, name="park"),
    path("employer/file.json", views.file_json, name="file_json"),
    path("employer/template.csv", views.template_csv, name="template"),
    path("employer/<slug:key>", views.result, name="result"),
    path("employer/<slug:key>.json", views.result_json, name="result_json"),
    path("employer/<slug:key>/progress", views.progress, name="progress"),
    path("employer/<slug:key>/part.csv", views.part_csv, name="part_csv"),
    path("employer/<slug:key>/report.html", views.report, name="report"),
    path("employer/<slug:key>/report.pdf", views.report_pdf, name="report_pdf"),
    path("employer/<slug:key>/stop", views.stop, name="stop"),
    path("employer/<slug:key>/forget", views.forget, name="forget"),
]
