"""绩效：预算绩效自评表与评价报告的填写、校验和生成。"""

__version__ = "0.1.0"

ADDIN = "jixiao.xlam"  # the Excel add-in, by whose name its macros are called
