"""Kinds of vehicle, written and read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.profiles import KINDS, Profile, Size, is_profile

sizes = st.none() | st.integers(1, 9999).map(lambda it: it / 100)
sized = st.builds(Profile, st.just("van"), sizes, sizes, sizes, sizes)
trucks = st.builds(Profile, st.just("truck"), sizes, sizes, sizes, sizes, st.booleans())


@given(sized | trucks | st.sampled_from(KINDS).map(Profile))
def test_what_is_written_can_be_read(profile: Profile) -> None:
    assert Profile.parse(str(profile)) == profile


def test_what_is_usual_is_not_written() -> None:
    assert str(Profile()) == "car"
    assert str(Profile("truck", 3.8, hazmat=True)) == "truck-h3.8-hazmat"
    assert Profile.parse("truck-h3.8").size == Size(3.8, 2.55, 9.0, 12.0)
    assert Profile("foot").size is None


@pytest.mark.parametrize(
    "text",
    ["", "boat", "car-h2", "bicycle-hazmat", "van-hazmat", "truck-", "truck-h", "truck-h0",
     "truck-x3", "truck-h1e3", "truck h3", "TRUCK", "truck-h-3", "car@rush"],
)  # fmt: skip
def test_what_is_no_profile(text: str) -> None:
    assert not is_profile(text)
    with pytest.raises(ValueError, match=r"is none of|says nothing|has no size"):
        Profile.parse(text)
