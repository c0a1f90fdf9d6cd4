# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What every answer tells the browser."""

from __future__ import annotations

import pytest
from django.test import Client

PATHS = ("/imprint", "/privacy", "/health", "/no-such-page", "/static/vendor/nothing.css")


@pytest.mark.parametrize("path", PATHS)
def test_headers(client: Client, path: str) -> None:
    """Every answer forbids what is not from here, framing, sniffing and telling others where one was."""
    response = client.get(path)
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]


def test_pages_are_private(client: Client) -> None:
    """No proxy keeps a page, and nothing keeps the answer to a form."""
    assert client.get("/imprint")["Cache-Control"] == "private, no-cache"
    assert client.post("/language", {"language": "en"})["Cache-Control"] == "no-store"


def test_no_cookie_without_need(client: Client) -> None:
    """A visitor who only reads gets the token of forms and nothing else; there are no sessions."""
    assert set(client.get("/imprint").cookies) <= {"csrftoken"}


@pytest.mark.usefixtures("site")
def test_form_without_token() -> None:
    """A forged form is refused with a page that says what to do."""
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    response = strict.post("/language", {"language": "en"})
    assert response.status_code == 403
    assert "noch einmal ab" in response.content.decode()


def test_unknown_host(client: Client) -> None:
    """A host that the site does not answer for gets 400, and its name stands nowhere in the answer."""
    response = client.get("/imprint", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil" not in response.content.decode()


def test_static_files_never_change(client: Client) -> None:
    """A file's name follows from its content, so browsers keep it for good."""
    page = client.get("/imprint").content.decode()
    styles = page.split('rel="stylesheet" href="')[1].split('"')[0]
    response = client.get(styles)
    assert response.status_code == 200
    assert "immutable" in response["Cache-Control"]
    assert b"".join(response.streaming_content).startswith(b"@charset")  # type: ignore[arg-type]  # a static file
