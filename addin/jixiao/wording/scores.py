"""How a score came about, in words: ``完成值97%达到指标值95%，得满分10分``."""

JUDGED = "指标值“{target}”、完成值“{actual}”不能用数比较，由人评分，满分{weight}分"
SAME_WORDS = "完成值与指标值同为“{target}”，得满分{weight}分"
REACHED = "完成值{actual}达到指标值{target}，得满分{weight}分"
KEPT_WITHIN = "完成值{actual}不超过指标值{target}，得满分{weight}分"
MISSED = "完成值{actual}未达到指标值{target}"
EXCEEDED = "完成值{actual}超过指标值{target}"
IN_TIME = "完成值{actual}不晚于指标值{target}，得满分{weight}分"
LATE = "完成值{actual}晚于指标值{target}，由人评分，满分{weight}分"
NO_POINTS = "{missed}，不得分"
POINTS = "{missed}，得分＝{weight}×{share}＝{points}分"
SHARE = "({actual}÷{target})"
REVERSE_SHARE = {"ratio": "({target}÷{actual})", "linear": "(1－({actual}－{target})÷{target})（最低0分）"}
