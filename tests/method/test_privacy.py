"""Personal data in texts is found and masked; ordinary numbers and dates are left alone."""

import pandas as pd
import pytest

from cjm_helpers.method.privacy import has_personal_data, mask_personal_data

PERSONAL = ["Write to lena@example.org.", "Call +49 30 1234567", "My card 4111 1111 1111 1111", "order 20260314551"]
HARMLESS = ["I tried 3 cards on 2026-03-14.", "It took 45 minutes, twice.", "1,500 people", "@home with the app", ""]


@pytest.mark.parametrize("text", PERSONAL)
def test_personal_data_is_found_and_masked(text):
    """An e-mail address, a telephone, card or customer number is found, and nothing of it is left."""
    assert has_personal_data(pd.Series([text])).all()
    masked = mask_personal_data(text)
    assert "[…]" in masked and not has_personal_data(pd.Series([masked])).any()


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_texts_stay(text):
    """Small numbers, dates and an @ alone are no personal data."""
    assert not has_personal_data(pd.Series([text])).any()
    assert mask_personal_data(text) == text
