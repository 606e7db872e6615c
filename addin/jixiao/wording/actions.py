"""What actions say they did or found, on every desk. Sentences end without their full stop where a desk adds the place."""

FILLED = "已填写 {count} 个单元格"
REFRESHED = "表中内容未改动，已补存 {count} 个公式的计算结果"
NOTHING_TO_FILL = "没有需要填写的单元格"
TYPED_HEAD = "以下计算单元格是手工填写的，未改动"
REPLACE_HINT = "（如需改回，请加 --replace-typed）"

SHEET = "〔{sheet}〕"
SUMMARY = "共 {errors} 个错误、{warnings} 个警告、{infos} 个提示"
FOUND = "发现 {errors} 个错误、{warnings} 个警告、{infos} 个提示，详见“校验结果”表；有疑问的单元格已用底色标出"
UNMARKED = "已去掉标记"
STILL_ERRORS = "注意：表中还有 {count} 个错误，文件照表中所填生成；建议先校验、改正，再生成一次。"

NO_JOURNAL = "{name}：没有写入：写了要能撤销，而撤销记录存不下来；请检查磁盘空间和个人文件夹的写入权限后再试。"
NOTHING_TO_UNDO = "{name}：没有可以撤销的填写或校验。"
UNDONE = "已恢复 {count} 个单元格"
MARKS_UNDONE = "已去掉校验的标记和清单"
NOT_UNDONE = (
    "{name}：没有恢复：表{sheets}已改名、删去，或者行列有增减。请改回原样再撤销，或者到“备份”文件夹里找回以前的文件。"
)
KEPT = "另有 {count} 个单元格之后又改过，保持不动"

UNPLACED = "原文件中有 {count} 处内容不属于表样，已原样列在“未导入内容”表中"
UNPLACED_MORE = "……还有 {count} 处"
NOTHING_FITS = "{name}：“{title}”里没有一项内容能放进表样 {form}；请换一个表样，或者不加 --form，按原样导入。"
UNIT_UNKNOWN = (
    "{name}：没有注明金额单位，或者前后不一致，不能换算后放进表样 {form}；请在表的上方注明，如“单位：万元”，"
    "或者不加 --form，按原样导入。"
)

NEW_NAME = "{year}年{title}.xlsx"
IMPORT_SUFFIX, REPORT_SUFFIX, EXPORT_SUFFIX, DRAWN_SUFFIX = "-导入", "-评价报告", "-上报版", "-表样"
NOT_MARKED = "没有标记"
NO_RESULTS_SHEET = "工作簿里没有“校验结果”表，不能标记，结果只显示在这里；收录的表样可以先用“导入”（jixiao import）生成本工具的工作簿。"
