"""Which of the official fonts this machine lacks."""

import shutil
import subprocess
import sys

OFFICIAL = ("方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312")


def missing_fonts() -> list[str]:
    """The official fonts that are not installed; empty where that cannot be told quickly (Windows, macOS)."""
    if sys.platform != "linux" or not shutil.which("fc-list"):
        return []
    listed = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, timeout=10, check=False)
    families = {name.strip() for line in listed.stdout.splitlines() for name in line.split(",")}
    return [font for font in OFFICIAL if font not in families]
