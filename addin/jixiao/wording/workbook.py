"""The words a workbook of ours prints beside the official form."""

RESULTS = "校验结果"
RESULTS_HINT = "由“校验”写入；改好后再校验一次，列表和标记会自动更新。"
RESULT_COLUMNS = (
    ("级别", 6),
    ("工作表", 14),
    ("位置", 7),
    ("项目", 18),
    ("问题", 44),
    ("表中数", 12),
    ("应为", 16),
    ("依据", 24),
    ("处理", 30),
)
SUMMARY = "项目汇总"
SUMMARY_HEADING = "部门预算项目支出绩效自评汇总表（万元）"
SUMMARY_COLUMNS = (
    ("工作表", 16),
    ("项目名称", 44),
    ("年初预算数", 12),
    ("调整后预算数", 12),
    ("预算执行数", 12),
    ("预算执行率", 12),
    ("自评得分", 10),
    ("评价等次", 10),
    ("结余率", 10),
    ("结余率大于10%", 12),
)
SUMMARY_TOTAL = "合计"
SUMMARY_NO_UNIT = "金额单位未注明"
OVER_TEN = "是"
NOT_OVER_TEN = "否"
UNPLACED = "未导入内容"
UNPLACED_HEADING = "原文件中未能放入表样的内容（请核对）"
UNPLACED_COLUMNS = (("位置", 24), ("内容", 100))
FOR_REPORT = "报告用（不打印）"
LEGEND = {"input": "填写", "suggested": "建议得分，可改写", "computed": "自动计算"}
NOTE_AUTHOR = "绩效"
REFUSED = "无法计算，请核对所用的数"
NOT_IN_LIST = "不在列表中，确定要这样填吗？"
PAGE_NUMBER = "第 &P 页，共 &N 页"
NEW_WORKBOOK = "新建的工作簿"
OWN_SHEETS = (RESULTS, SUMMARY, UNPLACED)
PROJECT_SHEET = "项目{number}"
