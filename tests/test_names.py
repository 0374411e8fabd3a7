"""Names in tiers: the first is silent, the second fine, the third a warning, several an error."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from tracker.names import Tier, accents, bare, exact, index_names, match_name, tone

UNITS = {
    "song-cong": ["Thành phố Sông Công"],
    "thai-nguyen": ["Tỉnh Thái Nguyên"],
    "tp-thai-nguyen": ["Thành phố Thái Nguyên", "TPTN"],
    "dong-hy": ["Huyện Đồng Hỷ"],
    "dinh-hoa": ["Huyện Định Hóa"],
    "van-lang-1": ["Xã Văn Lăng"],
    "van-lang-2": ["Xã Văn Lang"],
    "quy-ky": ["Xã Quy Kỳ"],
    "hu-vo-nhai": ["Huyện ủy Võ Nhai"],
}


@pytest.mark.parametrize(
    ("text", "tier", "found"),
    [
        ("Thành phố Sông Công", Tier.EXACT, "song-cong"),
        ("Sông Công", Tier.EXACT, "song-cong"),
        ("TP. Sông Công", Tier.EXACT, "song-cong"),
        ("Tp Sông  Công", Tier.EXACT, "song-cong"),
        ("T.P Thái Nguyên", Tier.EXACT, "tp-thai-nguyen"),
        ("tỉnh Thái Nguyên", Tier.EXACT, "thai-nguyen"),
        ("tptn", Tier.EXACT, "tp-thai-nguyen"),
        ("huyện Đồng Hỉ", Tier.TONE, "dong-hy"),
        ("H. Định Hoá", Tier.TONE, "dinh-hoa"),
        ("Huyện uỷ Võ Nhai", Tier.TONE, "hu-vo-nhai"),
        ("Ðồng Hỷ", Tier.TONE, "dong-hy"),
        ("Dinh Hoa", Tier.ACCENTS, "dinh-hoa"),
        ("thanh pho song cong", Tier.ACCENTS, "song-cong"),
        ("Văn Lang", Tier.EXACT, "van-lang-2"),
    ],
)
def test_one_unit_answers(text, tier, found):
    for form in ("NFC", "NFD"):
        match = match_name(unicodedata.normalize(form, text), UNITS)
        assert (match.tier, match.matches) == (tier, (found,))


@pytest.mark.parametrize(
    ("text", "found"), [("Thái Nguyên", ("thai-nguyen", "tp-thai-nguyen")), ("Van Lang", ("van-lang-1", "van-lang-2"))]
)
def test_several_units_answer(text, found):
    match = match_name(text, UNITS)
    assert (match.tier, match.matches) == (Tier.AMBIGUOUS, found)


@pytest.mark.parametrize("text", ["xã Định Hóa", "Hà Nội", "", "huyện", "tp", "tp."])
def test_no_unit_answers(text):
    assert match_name(text, UNITS) == (Tier.NONE, ())


def test_tone_placement_is_folded_and_quy_is_left_alone():
    assert tone("hoá khoẻ uỷ thuỷ tuý") == tone("hóa khỏe ủy thủy túy")
    assert tone("quý") == "quý"
    assert tone("quý") != tone("qúy")
    assert tone("hoàn toán") == "hoàn toán"
    assert tone("kỹ lý mỹ tỷ") == "kĩ lí mĩ tỉ"


def test_prefixes():
    assert bare("H. Võ Nhai") == ("huyen", "Võ Nhai")
    assert bare("Thị trấn Đu") == ("thi-tran", "Đu")
    assert bare("Hà Nội") == ("", "Hà Nội")
    assert bare("Xã") == ("", "Xã")


def test_prepared_once_or_each_time_is_the_same():
    assert all(match_name(name, index_names(UNITS)) == match_name(name, UNITS) for names in UNITS.values() for name in names)


@given(st.text(max_size=30))
def test_folding_never_raises_and_is_done_at_once(text):
    match_name(text, UNITS)
    for fold in (exact, tone, accents):
        assert fold(fold(text)) == fold(text)


def test_a_short_name_does_not_answer_to_another_kind():
    units = {"tan-an": ["Huyện Tân An", "Tân An"], "x-tan-an": ["Xã Tân An", "Tân An"], "ha-lam": ["Thị xã Hạ Lâm", "Hạ Lâm"]}
    assert match_name("xã Tân An", units).matches == ("x-tan-an",)
    assert match_name("huyện Tân An", units).matches == ("tan-an",)
    assert match_name("Tân An", units).tier is Tier.AMBIGUOUS
    assert match_name("Hạ Lâm", units).matches == ("ha-lam",)
    assert match_name("xã Hạ Lâm", units).tier is Tier.NONE
