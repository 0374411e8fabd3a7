"""LibreOffice without a screen: saving files as it does, and typing answers into cells by a macro of its own."""

import subprocess
from datetime import datetime
from html import escape
from pathlib import Path

from openpyxl.utils import get_column_letter

FILTER = "Calc MS Excel 2007 XML"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {kind} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{dtd}.dtd">\n'
_XLINK = 'xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"'
_LIBRARIES = _HEAD.format(kind="library:libraries", dtd="libraries") + (
    f'<library:libraries {_XLINK}><library:library library:name="Standard" '
    'xlink:href="$(USER)/basic/Standard/{part}.xlb/" xlink:type="simple" library:link="false"/></library:libraries>'
)
_LIBRARY = _HEAD.format(kind="library:library", dtd="library") + (
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false">{elements}</library:library>'
)
_MODULE = _HEAD.format(kind="script:module", dtd="module") + (
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">'
    "{code}</script:module>"
)
_FILL = """Sub Fill
 Dim p(0) As New com.sun.star.beans.PropertyValue
 Dim q(0) As New com.sun.star.beans.PropertyValue
 p(0).Name = "Hidden"
 p(0).Value = True
 q(0).Name = "FilterName"
 q(0).Value = "{filter}"
 d = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, p())
 If Not IsNull(d) Then
  s = d.Sheets.getByIndex(0)
{cells}
  d.storeToURL("{target}", q())
  d.close(True)
 End If
 StarDesktop.terminate()
End Sub
"""


def started(profile: Path, *words: str) -> None:
    """Run soffice once with a profile of its own; it is set up by the first run, which runs no macro."""
    user = f"-env:UserInstallation={profile.as_uri()}"
    subprocess.run(["soffice", user, "--headless", "--norestore", *words], check=True, capture_output=True, timeout=180)


def converted(profile: Path, out: Path, *files: Path) -> None:
    """Save the files as LibreOffice does, in one start."""
    started(profile, "--convert-to", f"xlsx:{FILTER}", "--outdir", str(out), *map(str, files))


def typed(profile: Path, source: Path, target: Path, answers: dict[tuple[int, int], object]) -> bool:
    """Have LibreOffice write values into the first sheet, by row and column; whether it did: it may lack Basic."""
    basic = profile / "user" / "basic"
    (basic / "Standard").mkdir(parents=True, exist_ok=True)
    cells = "\n".join(f'  s.getCellRangeByName("{get_column_letter(column)}{row}").{_put(value)}' for (row, column), value in answers.items())
    code = _FILL.format(filter=FILTER, source=source.as_uri(), target=target.as_uri(), cells=cells)
    files = {
        "script.xlc": _LIBRARIES.replace("{part}", "script"),
        "dialog.xlc": _LIBRARIES.replace("{part}", "dialog"),
        "Standard/script.xlb": _LIBRARY.format(elements='<library:element library:name="Module1"/>'),
        "Standard/dialog.xlb": _LIBRARY.format(elements=""),
        "Standard/Module1.xba": _MODULE.format(code=escape(code)),
    }
    for name, text in files.items():
        (basic / name).write_text(text, encoding="utf-8")
    started(profile, "macro:///Standard.Module1.Fill()")
    return target.is_file()


def _put(value: object) -> str:
    if isinstance(value, datetime):
        return f"Value = DateSerial({value.year}, {value.month}, {value.day})"
    if isinstance(value, str):
        doubled = value.replace('"', '""')
        return f'String = "{doubled}"'
    return f"Value = {value}"
