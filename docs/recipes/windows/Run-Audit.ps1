# One periodic audit: audit, write the reports, and write an event where there is something to see.
# Ends with 0 where an event was written: findings and gaps are news for a person, no failure of the
# machine. 1 and 2 (failed, bad settings) and 130 (interrupted, goes on next time) are passed on.
# With -News an event is written only where something came, opened to more people or became
# unreadable since the audit before, not for as long as findings stand.
param(
    [string]$Program = 'C:\Program Files\mynumber-audit\.venv\Scripts\mynumber-audit.exe',
    [string]$Data = 'C:\ProgramData\mynumber-audit',
    [switch]$News
)
$ErrorActionPreference = 'Stop'
$env:MYNUMBER_AUDIT_CONFIG = Join-Path $Data 'audit.toml'
$env:MYNUMBER_AUDIT_WORKSPACE = Join-Path $Data 'workspace'
$Certificate = Join-Path $Data 'certificate.pem'
if (Test-Path $Certificate) { $env:AZURE_CLIENT_CERTIFICATE_PATH = $Certificate }

# The summary names files, which do not belong into a log; it stands in the report.
& $Program audit --fail-on medium --fail-on-incomplete --quiet | Out-Null
$Code = $LASTEXITCODE
if ($Code -in 0, 3, 4, 5) {
    & $Program report --output-formats html,csv | Out-Null
    if ($LASTEXITCODE -ne 0) { $Code = 1 }
}
if ($News -and $Code -in 3, 4, 5) {
    # Without an audit before, diff prints nothing: then the findings themselves are the news.
    $Changes = & $Program diff --fail-on medium --fail-on-incomplete --quiet
    if ($Changes -and $LASTEXITCODE -in 0, 3, 4, 5) { $Code = $LASTEXITCODE }
}

$Words = @{
    1 = 'The audit failed.'
    2 = 'The settings or the command are wrong.'
    3 = 'My Numbers were found; see the report.'
    4 = 'Something could not be read; see the coverage part of the report.'
    5 = 'My Numbers were found, and something could not be read; see the report.'
}
if ($Words.ContainsKey($Code)) {
    $Kind = if ($Code -ge 3) { 'Warning' } else { 'Error' }
    Write-EventLog -LogName Application -Source mynumber-audit -EventId (1000 + $Code) `
        -EntryType $Kind -Message $Words[$Code]
}
if ($Code -in 3, 4, 5) { exit 0 }
exit $Code
