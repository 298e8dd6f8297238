# Runbook of Azure Automation (PowerShell): starts the audit's job and waits for its end. The audit
# itself would not fit into a runbook's sandbox. The Automation account signs in with its
# system-assigned managed identity, which needs the role "Container Apps Jobs Operator" on the job.
param(
    [Parameter(Mandatory)][string]$SubscriptionId,
    [Parameter(Mandatory)][string]$ResourceGroup,
    [string]$Job = 'mynumber-audit'
)
$ErrorActionPreference = 'Stop'
Connect-AzAccount -Identity -Subscription $SubscriptionId | Out-Null
$Path = "/subscriptions/$SubscriptionId/resourceGroups/$ResourceGroup/providers/Microsoft.App/jobs/$Job"
$Version = '?api-version=2024-03-01'

$Started = Invoke-AzRestMethod -Method POST -Path "$Path/start$Version"
if ($Started.StatusCode -notin 200, 202) { throw "The job did not start ($($Started.StatusCode))." }
$Name = ($Started.Content | ConvertFrom-Json).name

# A runbook may run for three hours; a longer audit goes on without being watched.
$Until = (Get-Date).AddMinutes(170)
do {
    Start-Sleep -Seconds 60
    $Seen = Invoke-AzRestMethod -Method GET -Path "$Path/executions/$Name$Version"
    $Status = ($Seen.Content | ConvertFrom-Json).properties.status
} while ($Status -in 'Running', 'Processing' -and (Get-Date) -lt $Until)

# Findings and gaps end the job with Succeeded; the alert rule on the job's log tells of them.
Write-Output "${Name}: $Status"
if ($Status -in 'Failed', 'Degraded', 'Stopped') { throw "The audit did not end well: $Status." }
