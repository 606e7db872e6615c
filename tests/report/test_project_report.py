"""The 项目支出绩效评价报告: sentences as a reader of the published reports expects them."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import (
    NATIONAL_SCHEME,
    SICHUAN_SCHEME,
    WUHUA_SCHEME,
    anju,
    datong,
    empty,
    facts,
    in_wan,
    indicator,
    stated,
    wuhua,
)

from jixiao.evaluation import Evaluation, Stated
from jixiao.figures import parse
from jixiao.law.scheme import Scheme
from jixiao.places import Place
from jixiao.report import sentences
from jixiao.report.document import Chart, Paragraph, Style, Table, WordDocument
from jixiao.report.project import project_report, report_gaps
from typed_rows import changed

SAMPLES = [(wuhua, WUHUA_SCHEME), (datong, NATIONAL_SCHEME), (anju, SICHUAN_SCHEME), (empty, NATIONAL_SCHEME)]
REPORT_FACTS = ("report.basis", "report.organisation", "report.controls", "report.process", "text.experience")


def paragraphs(document: WordDocument, *styles: Style) -> list[str]:
    return [
        block.text
        for block in document.blocks
        if isinstance(block, Paragraph) and (block.style in styles if styles else True)
    ]


def whole_text(document: WordDocument) -> str:
    """Every text of the report without its gaps: paragraphs and table cells."""
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph) and block.style is not Style.GAP]
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return "\n".join(texts + [cell.text for table in tables for row in table.rows for _, cell in row.cells])


def under(document: WordDocument, heading: str) -> list[str]:
    """The paragraphs below a heading, up to the next heading of the same style."""
    blocks = [block for block in document.blocks if isinstance(block, Paragraph)]
    start = next(i for i, block in enumerate(blocks) if block.text == heading)
    style, texts = blocks[start].style, []
    for block in blocks[start + 1 :]:
        if block.style is style:
            break
        texts.append(block.text)
    return texts


def with_facts(evaluation: Evaluation, **texts: str | None) -> Evaluation:
    """The evaluation with single facts set, or removed (None)."""
    facts = dict(evaluation.facts)
    for name, text in texts.items():
        fact = name.replace("_", ".", 1)
        facts.pop(fact, None)
        if text is not None:
            facts[fact] = stated(text)
    return changed(evaluation, facts=facts)


def with_total(evaluation: Evaluation, **texts: str) -> Evaluation:
    """The evaluation with single cells of the fund block's total row set."""
    funds = [
        row._replace(**{field: in_wan(field, stated(text, f"合计 {field}")) for field, text in texts.items()})
        if row.is_total
        else row
        for row in evaluation.funds
    ]
    return changed(evaluation, funds=funds)


def sentence_of(scheme: Scheme, evaluation: Evaluation, **texts: str) -> str:
    """What the report says of one indicator, the only one of its form."""
    row = indicator(30, *(texts.pop(field, "") for field in ("level1", "level2", "name", "weight", "score")), **texts)
    document = project_report(changed(evaluation, indicators=[row], groups=()), scheme)
    name = row.name.text if row.name else ""
    return next(text for text in paragraphs(document, Style.BODY) if text.startswith(f"{name}："))


def with_figures(evaluation: Evaluation, change: Callable[[str], str]) -> Evaluation:
    """The evaluation with every printed number rewritten."""

    def rewritten(cell: Stated) -> Stated:
        text = change(cell.text) if cell.figure else cell.text
        figure, unit = parse(text), cell.figure.heading if cell.figure else ""
        return cell._replace(text=text, figure=figure.of(unit) if figure and unit else figure)

    return evaluation.retold(rewritten)


class TestOutline:
    @pytest.mark.parametrize(("sample", "scheme"), SAMPLES)
    def test_eight_headings_in_the_order_of_the_national_outline(self, sample, scheme):
        assert paragraphs(project_report(sample(), scheme), Style.HEADING1) == [
            "一、基本情况",
            "二、绩效评价工作开展情况",
            "三、综合评价情况及评价结论（附相关评分表）",
            "四、绩效评价指标分析",
            "五、主要经验及做法",
            "六、存在的问题及原因分析",
            "七、有关建议",
            "八、其他需要说明的问题",
        ]

    def test_title_names_unit_project_and_year(self):
        document = project_report(wuhua(), WUHUA_SCHEME)
        assert document.blocks[0] == Paragraph(
            Style.TITLE, "昆明市五华区社会保险中心\n社会保险保障运行专项经费\n项目支出绩效评价报告"
        )
        assert document.blocks[1] == Paragraph(Style.CENTER, "（2024年度）")

    def test_signature_is_unit_and_date(self):
        document = project_report(wuhua(), WUHUA_SCHEME)
        assert paragraphs(document, Style.SIGNATURE) == ["昆明市五华区社会保险中心", "2025年3月15日"]

    def test_budget_code_stays_out_of_the_title_but_in_the_overview(self):
        document = project_report(anju(), SICHUAN_SCHEME)
        assert "51090423T000007872173" not in document.title
        assert "51090423T000007872173-建国初期" in under(document, "（一）项目概况")[0]

    def test_wuhua_analysis_follows_the_regional_framework(self):
        headings = paragraphs(project_report(wuhua(), WUHUA_SCHEME), Style.HEADING2)
        assert headings[-4:] == [
            "（一）项目决策情况分析",
            "（二）项目过程情况分析",
            "（三）项目产出情况分析",
            "（四）项目效益情况分析",
        ]

    def test_self_evaluation_forms_are_analysed_by_execution_and_level_1(self):
        headings = paragraphs(project_report(anju(), SICHUAN_SCHEME), Style.HEADING2)
        assert headings[-5:] == [
            "（一）项目预算执行情况分析",
            "（二）项目产出情况分析",
            "（三）项目效益情况分析",
            "（四）项目满意度情况分析",
            "（五）项目成本情况分析",
        ]

    def test_satisfaction_stands_under_benefit_in_wuhua(self):
        assert "2.满意度" in under(project_report(wuhua(), WUHUA_SCHEME), "（四）项目效益情况分析")

    def test_a_table_with_nothing_but_strange_levels_is_still_reported(self):
        rows = [indicator(i, f"层级{i}", "", f"指标{i}", "1", "1") for i in range(1, 105)]
        document = project_report(changed(wuhua(), indicators=rows, groups=()), WUHUA_SCHEME)
        headings = paragraphs(document, Style.HEADING2)[-105:]
        shown = [headings[i].partition("）")[0] + "）" for i in (0, 9, 10, 19, 20, 98, 104)]
        assert shown == ["（一）", "（十）", "（十一）", "（二十）", "（二十一）", "（九十九）", "（105）"]
        assert not [block for block in document.blocks if isinstance(block, Chart)]


class TestFigures:
    """Data sentences; the figures are those of the published report of 五华."""

    @pytest.mark.parametrize(
        "sentence",
        [
            "资金到位率＝（实际到位数/年初预算数）×100%＝17.32/17.32＝100%。",
            "预算执行率＝（实际支出数/实际到位数）×100%＝17.29/17.32＝99.83%。",
            "实际完成率＝（实际完成值/指标值）×100%＝100/100＝100%。",
            "成本节约率＝［（计划成本-实际成本）/计划成本］×100%＝［（17.32-17.29）/17.32］×100%＝0.17%",
            "（2）预算执行率：预算执行率＝",
            "分值3分，得2.99分。",
            "分值10分，得9.98分。",
            "社会公众或服务对象满意度：指标值90%，实际满意度90%",
            "评价综合得分为99.97分，评分等级为优。",
            "优（得分≥90），良（90＞得分≥80），中（80＞得分≥60），差（得分＜60）",
            "2024年度年初预算数17.32万元，实际到位数17.32万元，实际支出数17.29万元，执行率为99.83%。",
            "实际支出按资金来源分：区级财政17.29万元。",
            "项目类型为经常性项目。",
        ],
    )
    def test_wuhua(self, sentence):
        assert sentence in whole_text(project_report(wuhua(), WUHUA_SCHEME))

    def test_execution_rate_divides_by_what_the_scheme_says_under_the_form_s_own_name(self):
        assert "预算执行率＝（全年执行数/全年预算数）×100%＝135/194≈70%。分值10分，得10分。" in whole_text(
            project_report(datong(), NATIONAL_SCHEME)
        )
        assert "预算执行率＝（预算执行数/调整后预算数）×100%＝1.27/1.27＝100.00%。" in whole_text(
            project_report(anju(), SICHUAN_SCHEME)
        )

    def test_a_form_without_arrivals_says_nothing_of_them(self):
        assert "到位" not in whole_text(project_report(datong(), NATIONAL_SCHEME))

    def test_a_lowered_budget_is_called_lowered(self):
        text = whole_text(project_report(anju(), SICHUAN_SCHEME))
        assert "调整后预算数比年初预算调减。" in text
        assert "情况说明：退休干部去世，年中调减。" in text

    @pytest.mark.parametrize(
        ("executed", "rate", "words"),
        [("253", "-1.20%", "为超支"), ("250", "0.00%", "持平"), ("248", "0.80%", None)],
    )
    def test_cost_direction_follows_the_amounts(self, executed, rate, words):
        evaluation = with_total(wuhua(), initial="250", arrived="250", executed=executed)
        text = whole_text(project_report(with_facts(evaluation, saving_rate=rate), WUHUA_SCHEME))
        assert f"［（250-{executed}）/250］×100%＝{rate}" in text
        assert [word for word in ("为超支", "持平") if word in text] == ([words] if words else [])

    def test_a_saving_is_not_claimed_where_no_indicator_speaks_of_costs(self):
        evaluation = with_facts(datong(), saving_rate="30.41%")
        assert "节约" not in whole_text(project_report(evaluation, NATIONAL_SCHEME))

    def test_targets_carry_nature_and_unit_only_where_they_mean_something(self):
        text = whole_text(project_report(anju(), SICHUAN_SCHEME))
        assert "指标值2人。" in text
        assert "发放对象满意度指标：指标值≥95%。" in text
        assert "按标准发放：指标值优。" in text

    @pytest.mark.parametrize(
        ("cell", "said"),
        [
            ("经常性项目（  ）       一次性项目（√）", "项目类型为一次性项目。"),
            ("经常性项目（  ）       一次性项目（  ）", None),
            ("常年项目", "项目类型为常年项目。"),
        ],
    )
    def test_the_kind_is_the_ticked_one(self, cell, said):
        text = whole_text(project_report(with_facts(wuhua(), project_kind=cell), WUHUA_SCHEME))
        assert ("项目类型" in text) == bool(said)
        assert (said or "") in text

    def test_another_word_for_the_grade_is_the_scheme_s_grade(self):
        assert "评分等级为优。" in whole_text(project_report(with_facts(wuhua(), grade="优秀"), WUHUA_SCHEME))

    def test_a_changed_fact_changes_everywhere(self):
        before = whole_text(project_report(wuhua(), WUHUA_SCHEME))
        twice = {"17.29": "34.58", "17.32": "34.64"}  # the rates stay what they are
        after = whole_text(project_report(with_figures(wuhua(), lambda text: twice.get(text, text)), WUHUA_SCHEME))
        assert before.count("17.29") > 2
        assert after == before.replace("17.29", "34.58").replace("17.32", "34.64")

    @given(
        st.sampled_from(SAMPLES),
        st.randoms(use_true_random=False),
    )
    def test_no_figure_from_nowhere(self, sample_and_scheme, random):
        sample, scheme = sample_and_scheme
        evaluation = with_figures(sample(), lambda text: f"{random.randrange(1000, 10**6) / 1000:.3f}")
        known = {str(band.least) for band in scheme.grades}
        for value in [
            *evaluation.facts.values(),
            *(cell for row in [*evaluation.funds, *evaluation.indicators] for cell in row if isinstance(cell, Stated)),
            *(group.weight for group in evaluation.groups),
        ]:
            known.update(figures(value.text))
        document = project_report(evaluation, scheme)
        for line in whole_text(document).splitlines():
            assert figures(re.sub(r"^(（\d+）|\d+\.(?!\d))", "", line)) <= known


class TestSavings:
    """成本节约率 is said where the budget was the plan to the end, and only of an indicator that measures costs."""

    COST = {"level1": "产出", "level2": "产出成本", "name": "经济成本指标", "weight": "10", "score": "10"}

    def test_a_cut_budget_spent_to_the_last_fen_saves_nothing(self):
        evaluation = anju()
        evaluation = with_total(evaluation, initial="26.48", adjusted="20.18", executed="20.18")
        evaluation = with_facts(evaluation, saving_rate="23.79%")
        cost = {"level1": "成本指标", "level2": "经济成本指标", "name": "按要求发放", "weight": "15", "score": "15"}
        assert sentence_of(SICHUAN_SCHEME, evaluation, **cost, nature="定性", target="优") == (
            "按要求发放：指标值优。分值15分，得15分。"
        )
        assert "节约" not in sentence_of(SICHUAN_SCHEME, evaluation, **cost, nature="≤", target="26.48", unit="万元")

    def test_a_form_without_arrivals_does_not_ask_for_it(self):
        evaluation = with_facts(with_total(datong(), executed="194"), saving_rate="0.00%")
        assert "节约" not in sentence_of(NATIONAL_SCHEME, evaluation, **self.COST)

    @pytest.mark.parametrize(
        "amounts",
        [
            {"initial": "20.00", "arrived": "15.00", "executed": "15.00"},  # what never came is not saved
            {"initial": "20.00", "arrived": "", "executed": "15.00"},
            {"initial": "20.00", "adjusted": "15.00", "arrived": "20.00", "executed": "15.00"},
        ],
    )
    def test_a_budget_that_changed_is_no_plan(self, amounts):
        evaluation = with_facts(with_total(wuhua(), **amounts), saving_rate="25.00%")
        assert sentence_of(WUHUA_SCHEME, evaluation, **self.COST) == "经济成本指标：分值10分，得10分。"

    def test_a_target_in_words_is_qualitative(self):
        text = sentence_of(WUHUA_SCHEME, wuhua(), **self.COST, target="控制在预算内", actual="控制在预算内")
        assert text == "经济成本指标：指标值控制在预算内，实际完成值控制在预算内。分值10分，得10分。"

    def test_a_rate_that_the_amounts_contradict_stands_alone(self):
        evaluation = with_facts(wuhua(), saving_rate="-5.00%")
        assert sentence_of(WUHUA_SCHEME, evaluation, **self.COST) == (
            "经济成本指标：成本节约率为-5.00%。分值10分，得10分。"
        )


class TestEquations:
    """An equation in the report is a true one; 135/194 is 69.5876…%, 2/3 is 66.666…%."""

    @pytest.mark.parametrize(
        ("executed", "budget", "rate", "said"),
        [
            ("135", "194", "69.59%", "135/194＝69.59%"),
            ("135", "194", "70%", "135/194≈70%"),
            ("135", "194", "69.6%", "135/194≈69.6%"),
            ("135", "194", "69.588%", "135/194＝69.588%"),
            ("135", "194", "80%", "预算执行率为80%。"),
            ("97", "194", "50%", "97/194＝50%"),
            ("194", "194", "100.00%", "194/194＝100.00%"),
            ("0", "0", "0.00%", "预算执行率为0.00%。"),
            ("135万元", "194", "69.59%", "预算执行率为69.59%。"),
        ],
    )
    def test_execution_rate(self, executed, budget, rate, said):
        evaluation = with_total(datong(), adjusted=budget, executed=executed, rate=rate)
        text = under(project_report(evaluation, NATIONAL_SCHEME), "（一）项目预算执行情况分析")[0]
        assert said in text
        assert ("＝" in text or "≈" in text) == ("/" in said)

    def test_a_rate_of_the_exact_amounts_is_roughly_that_of_the_printed_ones(self):
        """172920/173246 is 99.8118…%, 17.29/17.32 is 99.8267…%."""
        evaluation = with_total(wuhua(), rate="99.81%")
        total = evaluation.funds[0]
        exact = total._replace(
            arrived=total.arrived._replace(exact=Decimal("17.3246")),
            executed=total.executed._replace(exact=Decimal("17.2920")),
        )
        text = whole_text(project_report(changed(evaluation, funds=[exact, *evaluation.funds[1:]]), WUHUA_SCHEME))
        assert "17.29/17.32≈99.81%。" in text


AMOUNTS = st.sampled_from([Decimal(0), Decimal("0.01"), Decimal(1)]) | st.decimals(0, 300, places=2)


def between(quotient: Decimal, rate: str) -> str:
    """What stands between a quotient and its printed rate, worked out by hand."""
    figure = parse(rate)
    digits = max(4, -figure.quantum.as_tuple().exponent)
    if quotient.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) == figure.value:
        return "＝"
    return "≈" if abs(quotient - figure.value) <= figure.quantum / 2 else ""


class TestRatesAreRelations:
    @given(AMOUNTS, AMOUNTS, st.integers(0, 3), st.sampled_from([0, 0, 0, 1, -1, 7]))
    def test_they_say_what_the_quotient_of_the_printed_amounts_says(self, spent, budget, places, off):
        quotient = spent / budget if budget else Decimal(0)
        percent = [100 * share + off * Decimal(1).scaleb(-places) for share in (quotient, 1 - quotient)]
        rate, saved = (f"{share.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}%" for share in percent)
        amounts = {"executed": str(spent), "arrived": str(budget), "initial": str(budget)}
        form = with_facts(with_total(wuhua(), **amounts, rate=rate), saving_rate=saved)
        for said, name, share, stated_rate in (
            (sentences.execution(form, WUHUA_SCHEME), "预算执行率", quotient, rate),
            (sentences.saving(form, WUHUA_SCHEME), "成本节约率", 1 - quotient, saved),
        ):
            sign = between(share, stated_rate) if budget else ""
            assert (f"{sign}{stated_rate}" in said) if sign else said == f"{name}为{stated_rate}。"


class TestCompletion:
    ROW = {"level1": "产出指标", "level2": "数量指标", "name": "办件", "weight": "10", "score": "8"}

    @pytest.mark.parametrize(
        ("cells", "said"),
        [
            ({"target": "5", "actual": "6", "completion": "120.00%"}, "＝6/5＝120.00%。"),
            ({"target": "3", "actual": "2", "completion": "67%"}, "＝2/3≈67%。"),
            ({"target": "≥90%", "actual": "99%", "completion": "110.00%"}, "，实际完成率为110.00%。"),
            ({"target": "95", "actual": "９６%", "completion": "101.05%"}, "，实际完成率为101.05%。"),
            ({"target": "95", "unit": "%", "actual": "96%", "completion": "101.05%"}, "，实际完成率为101.05%。"),
            ({"target": "95", "unit": "%", "actual": "96", "completion": "101.05%"}, "＝96/95＝101.05%。"),
            ({"target": "4", "actual": "3", "completion": "90.00%"}, "，实际完成率为90.00%。"),
            ({"target": "≥24场", "actual": "12场", "completion": "50.00%"}, "值12场，实际完成率为50.00%。"),
            ({"target": "5.3万人", "actual": "53000人", "completion": "100.00%"}, "值53000人，实际完成率为100.00%。"),
        ],
    )
    def test_a_rate_is_an_equation_where_both_figures_have_one_unit(self, cells, said):
        text = sentence_of(NATIONAL_SCHEME, datong(), **self.ROW, **cells)
        assert said in text
        assert text.count("实际完成率") == 1

    @pytest.mark.parametrize(
        "cells",
        [
            {"target": ">95%", "actual": ">95%", "completion": "100.00%"},
            {"target": "95%", "actual": "≥96%", "completion": "101.05%"},
            {"target": "100", "actual": "约100", "completion": "100.00%"},
            {"target": "1000件", "actual": "10万元", "completion": "100.00%"},
            {"target": "每季度1次", "actual": "2次", "completion": "200.00%"},
            {"target": "3万张", "actual": "3", "completion": "0.01%"},
            {"target": "≤5300元/户", "actual": "5830元/户", "completion": "110.00%"},
            {"target": "3-5天", "actual": "4天", "completion": "100.00%"},
            {"target": "及时", "actual": "及时", "completion": "100.00%"},
            {"target": "≤5", "actual": "6", "completion": "120.00%"},
            {"target": "5", "actual": "6", "nature": "≤", "completion": "120.00%"},
            {"target": "5", "actual": "6", "nature": "＜", "completion": "120.00%"},
            {"target": "不超过5", "actual": "6", "completion": "120.00%"},
            {"target": "5", "actual": "6", "nature": "定性", "completion": "120.00%"},
            {"target": "5", "actual": "6", "nature": "其他", "completion": "120.00%"},
        ],
    )
    def test_no_rate_where_it_would_not_tell_of_fulfilment(self, cells):
        text = sentence_of(NATIONAL_SCHEME, datong(), **self.ROW, **cells)
        assert "完成率" not in text
        assert text.endswith(f"实际完成值{cells['actual']}。分值10分，得8分。")

    @pytest.mark.parametrize("target", ["≥24场", "不少于24场", "24场以上"])
    def test_a_target_that_says_so_itself_gets_no_sign_from_its_nature(self, target):
        row = {**self.ROW, "target": target, "nature": "≥", "unit": "场", "actual": "24场"}
        assert f"指标值{target}，" in sentence_of(NATIONAL_SCHEME, datong(), **row)

    def test_a_missed_reverse_target_in_full(self):
        row = {**self.ROW, "target": "≤5", "actual": "6", "completion": "120.00%"}
        assert sentence_of(NATIONAL_SCHEME, datong(), **row) == "办件：指标值≤5，实际完成值6。分值10分，得8分。"


class TestNamesakes:
    """Other rates of arrival and execution are not those of the funds."""

    @pytest.mark.parametrize("name", ["人员到位率", "政策执行率"])
    def test_a_rate_of_something_else_tells_nothing_of_the_funds(self, name):
        row = {"level1": "产出", "level2": "产出质量", "name": name, "weight": "5", "score": "5"}
        text = sentence_of(WUHUA_SCHEME, wuhua(), **row, target="98%", actual="99%")
        assert text == f"{name}：指标值98%，实际完成值99%。分值5分，得5分。"


class TestFailedFormulas:
    @pytest.mark.parametrize("error", ["#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#REF!"])
    def test_an_error_is_a_blank_everywhere(self, error):
        evaluation = wuhua()
        broken = [row._replace(score=stated(error, "得分", row=row.row, column=8)) for row in evaluation.indicators]
        facts_of = {**evaluation.facts, **facts(total_score=error, grade=error, arrival_rate=error, saving_rate=error)}
        evaluation = with_total(changed(evaluation, indicators=broken, facts=facts_of), rate=error)
        document = project_report(evaluation, WUHUA_SCHEME)
        assert error not in whole_text(document)
        assert "（2）立项程序规范性：分值4分。" in whole_text(document)
        gaps = report_gaps(document)
        assert "待补充：“立项程序规范性”的得分（请在 H27 单元格“得分”栏填写）" in gaps
        assert "尚有17项未评分，暂不定等次" in gaps
        assert len([gap for gap in gaps if "评价总分" in gap]) == 1

    @pytest.mark.parametrize("score", ["#NAME?", ""])
    def test_a_row_without_name_and_weight_is_no_indicator(self, score):
        evaluation = anju()
        rest = indicator(26, "", "", "", "", score, completion="#NAME?")
        document = project_report(changed(evaluation, indicators=[*evaluation.indicators, rest]), SICHUAN_SCHEME)
        assert document == project_report(evaluation, SICHUAN_SCHEME)

    def test_a_row_with_a_weight_but_no_name_is_reported_and_asked_about(self):
        row = indicator(26, "产出指标", "数量指标", "", "5", "5", target="1", actual="1")
        row = row._replace(name=stated("", "三级指标", row=26, column=4))
        document = project_report(changed(anju(), indicators=[row]), SICHUAN_SCHEME)
        assert "名称未填的指标：指标值1，实际完成值1。分值5分，得5分。" in whole_text(document)
        assert "待补充：指标名称（请在 D26 单元格“三级指标”栏填写）" in report_gaps(document)

    def test_a_text_that_begins_with_a_hash_is_no_error(self):
        assert "#1机组维修" in project_report(with_facts(datong(), project_name="#1机组维修"), NATIONAL_SCHEME).title


def figures(text: str) -> set[str]:
    """The numbers in a text, without the ``×100%`` of a formula."""
    return set(re.findall(r"\d+(?:\.\d+)?", text.replace("×100%", "")))


class TestTexts:
    def test_each_line_is_a_paragraph_numbered_as_typed(self):
        document = project_report(datong(), NATIONAL_SCHEME)
        assert under(document, "六、存在的问题及原因分析") == [
            "一、项目经费存在多头管理的现象。",
            "二、项目经费延迟拨付。",
        ]

    def test_a_stray_semicolon_ends_the_line_before(self):
        document = project_report(with_facts(datong(), goal_expected="目标1\n\n目标2\n；\n"), NATIONAL_SCHEME)
        assert under(document, "（二）项目绩效目标") == ["目标1", "目标2；"]

    def test_suggestions_answer_the_problems(self):
        document = project_report(datong(), NATIONAL_SCHEME)
        assert under(document, "七、有关建议")[0] == "针对存在的问题，提出以下改进措施和建议："

    @pytest.mark.parametrize("problems", ["无", "无。", "暂无", ""])
    def test_suggestions_without_problems_do_not_mention_problems(self, problems):
        document = project_report(with_facts(wuhua(), text_problems=problems), WUHUA_SCHEME)
        assert under(document, "七、有关建议") == [
            "结合2024年度项目实施情况，提出以下建议：",
            "1.完善制度。",
            "2.加强监督。",
        ]

    def test_no_suggestions_have_no_introduction(self):
        assert under(project_report(anju(), SICHUAN_SCHEME), "七、有关建议") == ["无"]

    def test_evidence_and_reason_follow_their_indicator(self):
        evaluation = wuhua()
        rows = [
            row._replace(evidence=stated("按规定程序申请。\n审批材料齐全。"), reason=stated("无"))
            if row.name.text == "立项程序规范性"
            else row
            for row in evaluation.indicators
        ]
        texts = under(project_report(changed(evaluation, indicators=rows), WUHUA_SCHEME), "1.项目立项")
        assert texts[1:5] == [
            "（2）立项程序规范性：分值4分，得4分。",
            "按规定程序申请。",
            "审批材料齐全。",
            "偏差原因及改进措施：无",
        ]

    def test_judged_indicators_claim_nothing_without_evidence(self):
        texts = under(project_report(wuhua(), WUHUA_SCHEME), "2.组织实施")
        assert texts[:2] == ["（1）管理制度健全性：分值3分，得3分。", "（2）制度执行有效性：分值4分，得4分。"]

    def test_author_texts_with_braces_are_plain_text(self):
        evaluation = with_facts(wuhua(), project_name="{unit}{0}", text_other="{没有}%s")
        document = project_report(evaluation, WUHUA_SCHEME)
        assert under(document, "八、其他需要说明的问题")[0] == "{没有}%s"
        assert "{unit}{0}项目支出绩效。" in whole_text(document)

    def test_execution_is_analysed_in_the_author_s_words(self):
        document = project_report(datong(), NATIONAL_SCHEME)
        assert under(document, "（一）项目预算执行情况分析")[1] == "保证了单位职工日常办公需要。"


class TestGaps:
    def test_a_blank_text_is_a_gap_that_says_where_to_type(self):
        facts = {**datong().facts, "report.basis": stated("", "立项依据", row=3, column=14)}
        document = project_report(changed(datong(), facts=facts), NATIONAL_SCHEME)
        assert under(document, "1.项目立项依据")[0] == (
            "【待补充：立项依据（请在 N3 单元格“立项依据”栏填写文件名称和文号，一行一个）】"
        )

    def test_a_form_without_the_cell_gets_a_general_hint(self):
        document = project_report(with_facts(datong(), report_basis=None), NATIONAL_SCHEME)
        assert under(document, "1.项目立项依据")[0] == (
            "【待补充：立项依据（请在表格右侧“报告用”部分填写文件名称和文号，一行一个）】"
        )

    def test_a_word_table_is_named_by_its_label_alone(self):
        blank = Stated("", Place(table=2, row=4, column=3, label="年度目标 完成情况"))
        document = project_report(changed(anju(), facts={**anju().facts, "goal.actual": blank}), SICHUAN_SCHEME)
        assert "待补充：绩效目标实现情况（请在“年度目标完成情况”栏填写）" in report_gaps(document)

    def test_the_reason_is_asked_for_in_the_form_s_own_column(self):
        row = indicator(14, "产出指标", "质量指标", "正常化开展工作", "30", "25", target="优", actual="良")
        row = row._replace(reason=stated("", "未完成原因分析", row=14, column=11))
        document = project_report(changed(anju(), indicators=[row]), SICHUAN_SCHEME)
        assert "待补充：“正常化开展工作”的扣分原因（请在 K14 单元格“未完成原因分析”栏填写）" in report_gaps(document)

    def test_every_visible_gap_is_listed_even_where_two_read_the_same(self):
        rows = [indicator(row, "产出", "产出数量", "同名指标", "5", "5", target="1", actual="1") for row in (40, 41)]
        blanks = [row._replace(score=Stated("", Place(table=1, label="得分"))) for row in rows]
        gaps = report_gaps(project_report(changed(wuhua(), indicators=blanks), WUHUA_SCHEME))
        assert gaps == ["尚有2项未评分，暂不定等次"] + ["待补充：“同名指标”的得分（请在“得分”栏填写）"] * 2

    @pytest.mark.parametrize("fact", REPORT_FACTS)
    def test_each_missing_text_is_listed(self, fact):
        complete = report_gaps(project_report(wuhua(), WUHUA_SCHEME))
        name = fact.replace(".", "_")
        missing = report_gaps(project_report(with_facts(wuhua(), **{name: None}), WUHUA_SCHEME))
        assert len(missing) == len(complete) + 1

    def test_points_lost_without_a_reason_are_a_gap_but_a_rate_explains_itself(self):
        gaps = report_gaps(project_report(wuhua(), WUHUA_SCHEME))
        assert gaps == ["待补充：“经济成本指标”的扣分原因（请在 A40 单元格“评价说明”栏填写）"]

    def test_blank_actual_values_are_gaps(self):
        gaps = report_gaps(project_report(anju(), SICHUAN_SCHEME))
        assert sum("的实际完成值" in gap for gap in gaps) == 6
        assert "待补充：“应发尽发”的实际完成值（请在 A19 单元格“完成值”栏填写）" in gaps

    def test_a_blank_score_is_a_gap_and_no_sentence(self):
        evaluation = wuhua()
        first = evaluation.indicators[0]._replace(score=stated("", "得分", row=26, column=7))
        document = project_report(changed(evaluation, indicators=[first, *evaluation.indicators[1:]]), WUHUA_SCHEME)
        assert under(document, "1.项目立项")[:2] == [
            "（1）立项依据充分性：分值3分。",
            "【待补充：“立项依据充分性”的得分（请在 G26 单元格“得分”栏填写）】",
        ]

    def test_an_empty_form_is_all_gaps_and_states_no_figure(self):
        document = project_report(empty(), NATIONAL_SCHEME)
        assert [re.split("[：（]", gap)[1] for gap in report_gaps(document)] == [
            "单位名称",
            "项目名称",
            "评价年度",
            "立项依据",
            "资金投入和使用情况",
            "项目绩效目标",
            "项目组织保障情况",
            "内控机制",
            "评价依据",
            "评价方法",
            "评价工作过程",
            "评价总分",
            "评分等级",
            "绩效目标实现情况",
            "绩效评价指标",
            "主要经验及做法",
            "存在的问题及原因分析",
            "有关建议",
            "其他需要说明的问题",
            "报告日期",
        ]
        assert not [block for block in document.blocks if isinstance(block, Table | Chart)]
        sentences = "".join(paragraphs(document, Style.TITLE, Style.CENTER, Style.BODY))
        assert figures(re.sub(r"[1-4]\.", "", sentences)) == {"90", "80", "60"}

    @pytest.mark.parametrize("fact", ["total.score", "grade"])
    def test_a_missing_result_is_a_gap_not_a_sentence(self, fact):
        name = fact.replace(".", "_")
        document = project_report(with_facts(wuhua(), **{name: None}), WUHUA_SCHEME)
        result = under(document, "（一）综合结论")
        assert result[0] == {"total.score": "评分等级为优。", "grade": "评价综合得分为99.97分。"}[fact]
        assert "待补充" in result[1]


class TestChart:
    def chart(self, evaluation, scheme):
        blocks = project_report(evaluation, scheme).blocks
        return next((block for block in blocks if isinstance(block, Chart)), None)

    def test_sums_of_wuhua_by_part(self):
        chart = self.chart(wuhua(), WUHUA_SCHEME)
        assert list(chart.categories) == ["决策", "过程", "产出", "效益"]
        assert dict(chart.series) == {"分值": [21, 19, 40, 20], "得分": [21, 18.99, 39.98, 20]}

    def test_execution_is_a_column_of_its_own_in_the_self_evaluation_forms(self):
        chart = self.chart(datong(), NATIONAL_SCHEME)
        assert list(chart.categories) == ["预算执行", "产出", "效益", "满意度"]
        assert dict(chart.series) == {"分值": [10, 50, 30, 10], "得分": [10, 50, 30, 10]}

    def test_no_chart_of_half_the_scores(self):
        evaluation = wuhua()
        first = evaluation.indicators[0]._replace(score=stated("待定"))
        assert self.chart(changed(evaluation, indicators=[first, *evaluation.indicators[1:]]), WUHUA_SCHEME) is None
