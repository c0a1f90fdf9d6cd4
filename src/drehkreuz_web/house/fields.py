# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Form fields that understand numbers as people write them, and say plainly what is wrong."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST: Final = 40
"""Characters of a number."""

_GROUPED: Final = re.compile(r"[+−-]?\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,2})?")
_PLAIN: Final = re.compile(r"[+−-]?\d+(?:[.,]\d+)?")


class NumberField(forms.CharField):
    """
    A number between two limits; `2.350`, `2 350,00 €` and `2350` are the same.

    Args:
        low: Least value allowed.
        high: Largest value allowed.
        unit: Word shown behind the field.
        whole: Only whole numbers: others are rounded.
    """

    def __init__(
        self,
        *,
        low: float,
        high: float,
        unit: str | Promise,
        whole: bool = True,
        **options: Any,  # noqa: ANN401  # Django's
    ) -> None:
        self.low, self.high, self.unit, self.whole = low, high, unit, whole
        super().__init__(**options)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "maxlength": str(LONGEST)}

    def to_python(self, value: Any) -> float | int | None:  # type: ignore[override]  # noqa: ANN401  # a number, not text
        """Return the number; None where nothing is written."""
        text = super().to_python(value) or ""
        if not text:
            return None
        number = parse_number(text)
        if number is None:
            raise ValidationError(_("Please write a number here, in digits."), code="number")
        if not self.low <= number <= self.high:
            message = _("Please write a number from %(low)s to %(high)s.")
            raise ValidationError(message, code="range", params={"low": f"{self.low:g}", "high": f"{self.high:g}"})
        return round(number) if self.whole else number

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401  # Django's
        """Return a number without needless decimals."""
        return f"{value:g}" if isinstance(value, float) and abs(value) < 100_000 else value


def parse_number(text: str) -> float | None:
    """Return the number that a short text is, None where it is none; a dot or comma before three digits groups them."""
    bare = re.sub(r"(?:€|euro?)\.?", "", text.casefold()).strip().replace("\u00a0", " ")
    if len(bare) > LONGEST:
        return None
    if _GROUPED.fullmatch(bare):
        bare = re.sub(r"[.,' ](?=\d{3})", "", bare)
    if not _PLAIN.fullmatch(bare):
        return None
    return float(bare.replace("−", "-").replace(",", "."))
