"""``doctor --profile``: the permissions an audit wants, and a script that registers the app.

The script is for a person to read and run: this program itself changes nothing in a tenant. Names
of permissions are turned into their ids by the service, when the script runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import connectors
from auditor.locales import has_word, word
from connectors import _questions as questions
from connectors._model import Need

__all__ = ["script"]

GRAPH = "00000003-0000-0000-c000-000000000000"
"""The id of Microsoft Graph's own application, the same in every tenant."""

_AZ = """\
set -euo pipefail
umask 077
TENANT={tenant}
NAME=mynumber-audit
openssl req -x509 -newkey rsa:3072 -nodes -days 365 -subj "/CN=$NAME" \\
  -keyout "$NAME.key" -out "$NAME.crt"
cat "$NAME.key" "$NAME.crt" > "$NAME.pem"
az login --tenant "$TENANT" --allow-no-subscriptions
APP=$(az ad app create --display-name "$NAME" --sign-in-audience AzureADMyOrg --query appId -o tsv)
az ad app credential reset --id "$APP" --cert "@$NAME.crt" --append
az ad sp create --id "$APP"
for ROLE in {roles}; do
  ID=$(az ad sp show --id {graph} --query "appRoles[?value=='$ROLE'].id | [0]" -o tsv)
  az ad app permission add --id "$APP" --api {graph} --api-permissions "$ID=Role"
done
sleep 30
az ad app permission admin-consent --id "$APP"
"""
_AZ_ROLE = """\
az role assignment create --assignee "$APP" --role "{role}" \\
  --scope "/subscriptions/$(az account show --query id -o tsv)"
"""
_AZ_END = """\
echo "AZURE_CLIENT_ID=$APP"
echo "AZURE_CLIENT_CERTIFICATE_PATH=$PWD/$NAME.pem"
"""
_POWERSHELL = """\
$ErrorActionPreference = "Stop"
$Name = "mynumber-audit"
$Cert = New-SelfSignedCertificate -Subject "CN=$Name" -CertStoreLocation Cert:\\CurrentUser\\My `
  -KeyExportPolicy Exportable -KeyLength 3072 -NotAfter (Get-Date).AddYears(1)
Connect-MgGraph -TenantId "{tenant}" `
  -Scopes Application.ReadWrite.All, AppRoleAssignment.ReadWrite.All
$App = New-MgApplication -DisplayName $Name -SignInAudience AzureADMyOrg `
  -KeyCredentials @(@{{ Type = "AsymmetricX509Cert"; Usage = "Verify"; Key = $Cert.RawData }})
$Sp = New-MgServicePrincipal -AppId $App.AppId
$Graph = Get-MgServicePrincipal -Filter "appId eq '{graph}'"
foreach ($Role in {roles}) {{
  $Id = ($Graph.AppRoles | Where-Object Value -eq $Role).Id
  New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $Sp.Id -PrincipalId $Sp.Id `
    -ResourceId $Graph.Id -AppRoleId $Id
}}
"""
_POWERSHELL_ROLE = """\
New-AzRoleAssignment -ApplicationId $App.AppId -RoleDefinitionName "{role}" `
  -Scope "/subscriptions/$((Get-AzContext).Subscription.Id)"
"""
_POWERSHELL_END = """\
Write-Output "AZURE_CLIENT_ID=$($App.AppId)"
"""
_SITES = """\
# az rest --method POST --url "https://graph.microsoft.com/v1.0/sites/SITE_ID/permissions" \\
#   --body '{"roles":["read"],"grantedToIdentities":[{"application":
#           {"id":"APP_ID","displayName":"mynumber-audit"}}]}'
"""
_MAILBOXES = """\
# Connect-ExchangeOnline
# New-ServicePrincipal -AppId APP_ID -ObjectId SERVICE_PRINCIPAL_ID -DisplayName mynumber-audit
# New-ManagementScope -Name "mynumber-audit" -RecipientRestrictionFilter "Department -eq 'HR'"
# New-ManagementRoleAssignment -App APP_ID -Role "Application Mail.Read" `
#   -CustomResourceScope "mynumber-audit"
"""


def script(sources: Sequence[str], profile: str, shell: str, tenant: str, lang: str) -> str:
    """The whole text: a shell or PowerShell script whose comments explain it."""
    needs = _needs(sources, profile)
    return "".join(f"{line}\n" for line in _lines(sources, needs, profile, shell, tenant, lang))


def _needs(sources: Sequence[str], profile: str) -> dict[str, Need]:
    """What the sources want, each permission once."""
    wanted: dict[str, Need] = {}
    for source in sources:
        for need in connectors.load(source).NEEDS:
            if profile == "full" or not need.optional:
                wanted.setdefault(need.permission, need)
    if profile == "full":
        for need in questions.needs():
            wanted.setdefault(need.permission, need)
    return wanted


def _lines(
    sources: Sequence[str], needs: dict[str, Need], profile: str, shell: str, tenant: str, lang: str
) -> Iterator[str]:
    yield f"# {word(f'cli.profile.{profile}', lang, sources=', '.join(sources))}"
    yield f"# {word('cli.profile.about', lang)}"
    yield "#"
    for name, need in needs.items():
        key = f"sources.needs.{need.opens}"
        opens = word(key, lang) if has_word(key, lang) else need.opens
        yield f"#   {name}: {opens}"
    yield "#"
    for step in ("consent", "settings"):
        yield f"# {word(f'cli.profile.{step}', lang)}"
    yield ""
    graph = [name for name, need in needs.items() if need.service == "graph"]
    azure = [name for name, need in needs.items() if need.service == "storage"]
    first, role, end = (
        (_AZ, _AZ_ROLE, _AZ_END)
        if shell == "az"
        else (_POWERSHELL, _POWERSHELL_ROLE, _POWERSHELL_END)
    )
    listed = " ".join(graph) if shell == "az" else ", ".join(f'"{name}"' for name in graph)
    yield first.format(tenant=tenant, roles=listed or '""', graph=GRAPH).rstrip()
    for name in azure:
        yield role.format(role=name).rstrip()
    yield end.rstrip()
    if any(need.service == "dataverse" for need in needs.values()):
        yield f"\n# {word('cli.profile.dataverse', lang)}"
    yield from _narrower(graph, lang)


def _narrower(graph: Sequence[str], lang: str) -> Iterator[str]:
    """How to open less than the whole tenant."""
    if "Sites.Read.All" in graph:
        yield f"\n# {word('cli.profile.sites', lang)}"
        yield _SITES.rstrip()
    if "Mail.Read" in graph:
        yield f"\n# {word('cli.profile.mailboxes', lang)}"
        yield _MAILBOXES.rstrip()
