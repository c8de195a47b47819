"""A scheme file with a mistake is refused with the place, what is wrong, and what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpidesk.core.errors import KpiDeskError
from kpidesk.exchange.builtin import FOLDER, builtin_ids, builtin_scheme
from kpidesk.exchange.scheme_file import SchemeFileError, read_scheme

MANAGER = (FOLDER / "account-manager-kpi.toml").read_text(encoding="utf-8")
STUB = (FOLDER / "sales-director.toml").read_text(encoding="utf-8")
LEAF = "indicators 第 1 项（定量） → children 第 1 项（销售完成率）"


def complaint(folder: Path, text: str) -> SchemeFileError:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SchemeFileError) as refused:
        read_scheme(path)
    return refused.value


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            'kind = "step_deviation"',
            'kind = "step_deviaton"',
            f"{LEAF} → rule：没有“step_deviaton”这种 kind，是不是“step_deviation”？",
        ),
        ('kind = "step_deviation"', "", f"{LEAF} → rule：缺少 kind。可用的有：all_conform"),
        ('kind = "points_sum"', 'kind = "x"', "aggregation：没有“x”这种 kind。可用的有："),
        ("contract_title =", "contract_titel =", "没有“contract_titel”这一项，是不是“contract_t"),
        ('"ratio", actual =', '"ratio", actaul =', f"{LEAF} → rule → measure：没有“actaul”"),
        ("worth = 25", "worth = inf", f"{LEAF} → worth：应为数字；现在是数字 Infinity。"),
        ("worth = 25", "worth = nan", f"{LEAF} → worth：应为数字；现在是数字 NaN。"),
        ("worth = 25", 'worth = "25分"', f"{LEAF} → worth：应为数字；现在是文字“25分”。"),
        ("worth = 25", "worth = true", f"{LEAF} → worth：应为数字；现在是 true。"),
        ("worth = 25", "worth = [25]", f"{LEAF} → worth：应为数字；现在是列表。"),
        ("worth = 25", "worth = { a = 1 }", f"{LEAF} → worth：应为数字；现在是一张表。"),
        ("worth = 25", "worth = 2024-01-01", f"{LEAF} → worth：应为数字；现在是 2024-01-01。"),
        ("version = 1", "version = 1.5", "version：应为整数；现在是数字 1.5。"),
        (
            'cycle = "month"',
            'cycle = "mouth"',
            "month、quarter、half_year、year、cycle；现在",
        ),
        ('cycle = "month"', 'cycle = "mouth"', "是不是“month”？"),
        ("calendar_cycle = true", "calendar_cycle = 1", "calendar_cycle：应为 true 或 false；现在"),
        ("notes = [", 'notes = "x"\nother = [', "notes：应为列表，写成 [ … ]，或每项一个 [[ ]]"),
        ('parameter = "normalise"', 'parametr = "n"', "aggregation → normalise：没有“parametr”"),
        (
            "normalise = {",
            "normalise = 5 # {",
            '应为参数，写成 { parameter = "参数名" }；',
        ),
        ('title = "大客户经理/专员', '#title = "', "缺少“title”"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    error = complaint(tmp_path, changed(MANAGER, old, new))
    assert str(error).startswith("own.toml：方案文件有 ")
    assert says in str(error)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('raters = "x"\n' + STUB, "raters：应为列表"),
        (
            "aggregation = 5\n" + STUB.replace("[aggregation]", "[agg]"),
            "写明 kind 和各项；现在",
        ),
        ("roles = [5]\n" + STUB.replace("[[roles]]", "[[role]]"), "roles 第 1 项：应为一张表"),
        ("grades = 5\n" + STUB, "grades：应为一张表"),
    ],
)
def test_a_list_or_table_in_the_wrong_place_is_named(tmp_path: Path, text: str, says: str) -> None:
    assert says in str(complaint(tmp_path, text))


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    twice = changed(changed(MANAGER, "worth = 25", 'worth = "a"'), "version = 1", 'version = "b"')
    error = complaint(tmp_path, twice)
    assert len(error.problems) == 2
    assert "有 2 处错误" in str(error)


def test_what_only_the_values_know_is_said_as_well(tmp_path: Path) -> None:
    error = complaint(tmp_path, changed(MANAGER, "worth = 25", "worth = -25"))
    assert "权重或满分不能为负数(-25)" in str(error)


@pytest.mark.parametrize("scheme_id", builtin_ids())
def test_every_built_in_scheme_is_read(scheme_id: str) -> None:
    assert builtin_scheme(scheme_id).id == scheme_id


@pytest.mark.parametrize(
    "number", ["1e999999999", "1e-999999999", "9" * 4000, "0x" + "f" * 5000, "1e400"]
)
def test_a_number_without_end_is_refused_at_once(tmp_path: Path, number: str) -> None:
    """Written out, it would take all the memory and time there is."""
    error = complaint(tmp_path, changed(MANAGER, "worth = 25", f"worth = {number}"))
    assert "数字过大或位数过多" in str(error)


def test_a_file_that_is_no_scheme_by_its_size_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "录像.toml"
    with path.open("wb") as file:
        file.truncate(4_000_000)
    with pytest.raises(KpiDeskError, match=r"录像\.toml：有 4 MB，太大了"):
        read_scheme(path)
