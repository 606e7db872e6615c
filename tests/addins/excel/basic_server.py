"""Macros of one workbook in LibreOffice: run by the system's Python (which has ``uno``), never imported by a test.

Arguments: the pipe the office listens on, the workbook. A line in is ``[macro, arguments]``, a line out ``{"value": …}``.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from office_edit_calc import desktop, properties  # noqa: E402

ALWAYS_EXECUTE = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN
SCRIPT = "vnd.sun.star.script:JixiaoForm.{}?language=Basic&location=document"


def serve(pipe, url):
    document = desktop(pipe).loadComponentFromURL(
        url, "_blank", 0, properties(Hidden=True, MacroExecutionMode=ALWAYS_EXECUTE)
    )
    scripts = document.getScriptProvider()
    for line in sys.stdin:
        macro, arguments = json.loads(line)
        try:
            answer = {"value": scripts.getScript(SCRIPT.format(macro)).invoke(tuple(arguments), (), ())[0]}
        except Exception as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)
    document.close(True)


if __name__ == "__main__":
    serve(*sys.argv[1:])
