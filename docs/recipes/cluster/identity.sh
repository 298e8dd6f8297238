#!/bin/sh
# The identity that reads the tenant, and its tie to the service account of cluster.yaml. No secret is
# made: pods get tokens of the cluster, which Entra exchanges (workload identity).
#
#   GROUP      resource group of the AKS cluster
#   CLUSTER    its name; made with --enable-oidc-issuer --enable-workload-identity
#   LOCATION   such as japaneast
#
# Permissions to read come after it; the README lists them.
set -eu

issuer=$(az aks show --resource-group "$GROUP" --name "$CLUSTER" --query oidcIssuerProfile.issuerUrl --output tsv)
az identity create --resource-group "$GROUP" --name mynumber-audit --location "$LOCATION" --output none
az identity federated-credential create --resource-group "$GROUP" --identity-name mynumber-audit \
  --name mynumber-audit-cluster --issuer "$issuer" \
  --subject system:serviceaccount:mynumber-audit:audit --audiences api://AzureADTokenExchange --output none
echo "Put this client id into cluster.yaml, in both places:"
az identity show --resource-group "$GROUP" --name mynumber-audit --query clientId --output tsv
