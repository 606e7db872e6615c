"""How a finding is told: how grave it is, what is expected."""

SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}
BLANK = "空白"
"""What an empty cell states."""
MISSING = "；应填{expected}"
WRONG = "；应为{expected}"
CITATION = "（{citation}）"
MORE = "等{count}项"
"""Behind a list that does not name all of them."""
