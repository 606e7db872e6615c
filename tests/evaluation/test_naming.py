import pytest

from jixiao.evaluation.naming import without_code


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("51000021Y000000012345-某某项目", "某某项目"),
        ("51090423T000007870783 － 基金风险防控项目2023", "基金风险防控项目2023"),
        ("51090424—老机保清理", "老机保清理"),
        ("社保公共服务能力建设经费", "社保公共服务能力建设经费"),
        ("2023-2025年林业项目", "2023-2025年林业项目"),
        ("G318-某某段养护", "G318-某某段养护"),
        ("", ""),
    ],
)
def test_the_platform_s_code_is_no_part_of_a_name(name: str, expected: str) -> None:
    assert without_code(name) == expected
