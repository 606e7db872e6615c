"""The way of the add-in into Excel, and what 检查安装 looks at there."""
