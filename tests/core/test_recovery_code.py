"""The recovery code: what is written down comes back, and a slip is found where it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.recovery_code import BYTES, GROUPS, check_group, code_groups, parse_code

SECRETS = st.binary(min_size=BYTES, max_size=BYTES)


@given(SECRETS)
def test_what_is_written_down_comes_back(secret: bytes) -> None:
    groups = code_groups(secret)
    assert len(groups) == GROUPS
    assert parse_code("-".join(groups)) == secret
    assert parse_code(" ".join(groups).lower().replace("0", "o").replace("1", "l")) == secret
    assert parse_code("　".join(chr(ord(one) + 0xFEE0) for one in "".join(groups))) == secret


@given(SECRETS, st.integers(0, GROUPS * 5 - 1), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_character_is_found_in_its_group(secret: bytes, place: int, wrong: str) -> None:
    code = "".join(code_groups(secret))
    typed = code[:place] + wrong + code[place + 1 :]
    if typed == code:
        assert parse_code(typed) == secret
        return
    with pytest.raises(InvalidValueError, match=f"第 {place // 5 + 1} 组"):
        parse_code(typed)


@given(SECRETS, st.integers(0, GROUPS * 5 - 2))
def test_two_characters_that_changed_places_are_found(secret: bytes, place: int) -> None:
    code = "".join(code_groups(secret))
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if code[place] == code[place + 1]:
        assert typed == code
        return
    with pytest.raises(InvalidValueError, match=f"第 {place // 5 + 1} 组"):
        parse_code(typed)


@given(SECRETS, st.integers(0, GROUPS - 1), st.integers(0, GROUPS - 1))
def test_a_group_stands_at_its_place_only(secret: bytes, group: int, place: int) -> None:
    text = code_groups(secret)[group]
    if group == place:
        check_group(text, place)
        return
    with pytest.raises(InvalidValueError, match=f"第 {place + 1} 组"):
        check_group(text, place)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "共 8 组、每组 5 个字符，现在有 0 个"),
        ("00000", "第 1 组|现在有 5 个"),
        ("U0000", "不会出现的字符“U”"),
        ("密码", "不会出现的字符"),
    ],
)
def test_what_is_no_code_says_why(text: str, said: str) -> None:
    with pytest.raises(InvalidValueError, match=said):
        parse_code(text)


def test_a_group_too_many_is_refused() -> None:
    code = "".join(code_groups(bytes(BYTES)))
    with pytest.raises(InvalidValueError, match="第 9 组"):
        parse_code(code + code[:5])


def test_only_twenty_bytes_have_a_code() -> None:
    with pytest.raises(InvalidValueError, match="20 个字节，这里有 3 个"):
        code_groups(b"abc")
