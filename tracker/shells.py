"""Completion in PowerShell, which click does not know: `tracker` there completes what it completes in bash and zsh."""

import os
from typing import Any

from click.shell_completion import CompletionItem, ShellComplete, add_completion_class

_SOURCE = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $ast, $position)
    $before = @($ast.CommandElements | Where-Object { $_.Extent.StartOffset -lt $position } | ForEach-Object {
        if ($_ -is [Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
    })
    $encoding = [Console]::OutputEncoding
    [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
    $env:COMP_WORDS = $before -join [char]31
    $env:COMP_WORD = $word
    $env:%(complete_var)s = 'powershell_complete'
    try {
        & %(prog_name)s | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            if ($value -match '\\s') { $value = "'$value'" }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
        }
    } finally {
        Remove-Item Env:COMP_WORDS, Env:COMP_WORD, Env:%(complete_var)s
        [Console]::OutputEncoding = $encoding
    }
}
"""


class PowerShell(ShellComplete):
    """The words come joined by a character that nobody types; a completion goes back with its help behind a tab."""

    name = "powershell"
    source_template = _SOURCE

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is being typed, and that one, without its quotation marks."""
        words = os.environ.get("COMP_WORDS", "").split("\x1f")[1:]
        typed = os.environ.get("COMP_WORD", "")
        if typed and words:
            words.pop()
        return words, typed.strip("'\"")

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Value and help; a tool tip of PowerShell must not be empty."""
        return f"{item.value}\t{item.help or item.value}"


def add() -> None:
    """Let click know of it."""
    add_completion_class(PowerShell)
