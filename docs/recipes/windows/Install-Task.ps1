# Run once as an administrator: the source of the events, the folder of the data, the task.
#   -Account 'CONTOSO\mynumber-audit$'   a group managed service account (recommended in a domain)
param([string]$Account = '')
$ErrorActionPreference = 'Stop'
$Data = 'C:\ProgramData\mynumber-audit'
$Reader = if ($Account) { $Account } else { '*S-1-5-19' }

if (-not [System.Diagnostics.EventLog]::SourceExists('mynumber-audit')) {
    New-EventLog -LogName Application -Source mynumber-audit
}
New-Item -ItemType Directory -Force $Data | Out-Null
# Nobody but SYSTEM, administrators and the account of the task; settings and certificate go here.
icacls $Data /inheritance:r /grant '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' "${Reader}:(OI)(CI)M" | Out-Null

$Xml = Get-Content -Raw (Join-Path $PSScriptRoot 'mynumber-audit.xml')
Register-ScheduledTask -TaskName mynumber-audit -Xml ($Xml -replace '^<\?xml[^>]*\?>', '') -Force | Out-Null
if ($Account) {
    $Principal = New-ScheduledTaskPrincipal -UserId $Account -LogonType Password
    Set-ScheduledTask -TaskName mynumber-audit -Principal $Principal | Out-Null
}
