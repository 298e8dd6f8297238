"""The properties ``$select`` may name, by type of Graph v1.0, and which come without ``$select``.

Facts of Microsoft's published schema (v1.0 metadata); tests compare them with it.
"""

from __future__ import annotations

_BASE_ITEM = (
    "id createdBy createdDateTime description eTag lastModifiedBy lastModifiedDateTime name "
    "parentReference webUrl"
)
_ATTACHMENT = "id contentType isInline lastModifiedDateTime name size"

PROPERTIES: dict[str, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        "organization": (
            "id deletedDateTime assignedPlans businessPhones city country countryLetterCode "
            "createdDateTime defaultUsageLocation displayName marketingNotificationEmails "
            "mobileDeviceManagementAuthority onPremisesLastSyncDateTime onPremisesSyncEnabled "
            "partnerTenantType postalCode preferredLanguage privacyProfile provisionedPlans "
            "securityComplianceNotificationMails securityComplianceNotificationPhones state street "
            "technicalNotificationMails tenantType verifiedDomains"
        ),
        "domain": (
            "id authenticationType availabilityStatus isAdminManaged isDefault isInitial isRoot "
            "isVerified manufacturer model passwordNotificationWindowInDays "
            "passwordValidityPeriodInDays state supportedServices"
        ),
        "user": (
            "id deletedDateTime aboutMe accountEnabled ageGroup assignedLicenses assignedPlans "
            "authorizationInfo birthday businessPhones city companyName consentProvidedForMinor "
            "country createdDateTime creationType customSecurityAttributes department "
            "deviceEnrollmentLimit displayName employeeHireDate employeeId employeeLeaveDateTime "
            "employeeOrgData employeeType externalUserState externalUserStateChangeDateTime "
            "faxNumber givenName hireDate identities identityParentId imAddresses interests "
            "isManagementRestricted isResourceAccount jobTitle lastPasswordChangeDateTime "
            "legalAgeGroupClassification licenseAssignmentStates mail mailboxSettings mailNickname "
            "mobilePhone mySite officeLocation onPremisesDistinguishedName onPremisesDomainName "
            "onPremisesExtensionAttributes onPremisesImmutableId onPremisesLastSyncDateTime "
            "onPremisesProvisioningErrors onPremisesSamAccountName onPremisesSecurityIdentifier "
            "onPremisesSyncEnabled onPremisesUserPrincipalName otherMails passwordPolicies "
            "passwordProfile pastProjects postalCode preferredDataLocation preferredLanguage "
            "preferredName print provisionedPlans proxyAddresses responsibilities schools "
            "securityIdentifier serviceProvisioningErrors showInAddressList signInActivity "
            "signInSessionsValidFromDateTime skills state streetAddress surname usageLocation "
            "userPrincipalName userType"
        ),
        "mailboxSettings": (
            "archiveFolder automaticRepliesSetting dateFormat "
            "delegateMeetingMessageDeliveryOptions language timeFormat timeZone userPurpose "
            "workingHours"
        ),
        "mailFolder": (
            "id childFolderCount displayName isHidden parentFolderId totalItemCount unreadItemCount"
        ),
        "message": (
            "id categories changeKey createdDateTime lastModifiedDateTime bccRecipients body "
            "bodyPreview ccRecipients conversationId conversationIndex flag from hasAttachments "
            "importance inferenceClassification internetMessageHeaders internetMessageId "
            "isDeliveryReceiptRequested isDraft isRead isReadReceiptRequested parentFolderId "
            "receivedDateTime replyTo sender sentDateTime subject toRecipients uniqueBody webLink"
        ),
        "attachment": _ATTACHMENT,
        "fileAttachment": f"{_ATTACHMENT} contentBytes contentId contentLocation",
        "site": f"{_BASE_ITEM} displayName error isPersonalSite root sharepointIds siteCollection",
        "drive": f"{_BASE_ITEM} driveType owner quota sharePointIds system",
        "driveItem": (
            f"{_BASE_ITEM} audio bundle content cTag deleted file fileSystemInfo folder image "
            "location malware package pendingOperations photo publication remoteItem root "
            "searchResult shared sharepointIds size specialFolder video webDavUrl"
        ),
        "list": f"{_BASE_ITEM} displayName list sharepointIds system",
        "listItem": f"{_BASE_ITEM} contentType deleted sharepointIds",
        "columnDefinition": (
            "id boolean calculated choice columnGroup contentApprovalStatus currency dateTime "
            "defaultValue description displayName enforceUniqueValues geolocation hidden "
            "hyperlinkOrPicture indexed isDeletable isReorderable isSealed lookup name number "
            "personOrGroup propagateChanges readOnly required sourceContentType term text "
            "thumbnail type validation"
        ),
        "sitePage": (
            f"{_BASE_ITEM} pageLayout publishingState title promotionKind reactions showComments "
            "showRecommendedPages thumbnailWebUrl titleArea"
        ),
        "permission": (
            "id expirationDateTime grantedTo grantedToIdentities grantedToIdentitiesV2 grantedToV2 "
            "hasPassword inheritedFrom invitation link roles shareId"
        ),
        "team": (
            "id classification createdDateTime description displayName firstChannelName "
            "funSettings guestSettings internalId isArchived memberSettings messagingSettings "
            "specialization summary tenantId visibility webUrl"
        ),
        "channel": (
            "id createdDateTime description displayName email isArchived isFavoriteByDefault "
            "layoutType membershipType migrationMode originalCreatedDateTime summary tenantId "
            "webUrl"
        ),
        "group": (
            "id accessType allowExternalSenders assignedLabels assignedLicenses "
            "autoSubscribeNewMembers classification createdDateTime deletedDateTime "
            "description displayName expirationDateTime groupTypes "
            "hasMembersWithLicenseErrors hideFromAddressLists hideFromOutlookClients "
            "infoCatalogs isArchived isAssignableToRole isFavorite isManagementRestricted "
            "isSubscribedByMail licenseProcessingState mail mailEnabled mailNickname "
            "membershipRule membershipRuleProcessingState onPremisesDomainName "
            "onPremisesExtensionAttributes onPremisesLastSyncDateTime onPremisesNetBiosName "
            "onPremisesProvisioningErrors onPremisesSamAccountName "
            "onPremisesSecurityIdentifier onPremisesSyncEnabled organizationId "
            "preferredDataLocation preferredLanguage proxyAddresses renewedDateTime "
            "resourceBehaviorOptions resourceProvisioningOptions securityEnabled "
            "securityIdentifier serviceProvisioningErrors theme uniqueName "
            "unseenConversationsCount unseenCount unseenMessagesCount visibility "
            "welcomeMessageEnabled"
        ),
        "conversationThread": (
            "id ccRecipients hasAttachments isLocked lastDeliveredDateTime preview "
            "toRecipients topic uniqueSenders"
        ),
        "post": (
            "id body categories changeKey conversationId conversationThreadId createdDateTime "
            "from hasAttachments lastModifiedDateTime newParticipants receivedDateTime sender"
        ),
        "managedDevice": (
            "id activationLockBypassCode androidSecurityPatchLevel azureADDeviceId "
            "azureADRegistered complianceGracePeriodExpirationDateTime complianceState "
            "configurationManagerClientEnabledFeatures deviceActionResults "
            "deviceCategoryDisplayName deviceEnrollmentType deviceHealthAttestationState "
            "deviceName deviceRegistrationState easActivated easActivationDateTime easDeviceId "
            "emailAddress enrolledDateTime enrollmentProfileName ethernetMacAddress "
            "exchangeAccessState exchangeAccessStateReason exchangeLastSuccessfulSyncDateTime "
            "freeStorageSpaceInBytes iccid imei isEncrypted isSupervised jailBroken "
            "lastSyncDateTime managedDeviceName managedDeviceOwnerType managementAgent "
            "managementCertificateExpirationDate managementState manufacturer meid model notes "
            "operatingSystem osVersion partnerReportedThreatState phoneNumber "
            "physicalMemoryInBytes remoteAssistanceSessionErrorDetails "
            "remoteAssistanceSessionUrl requireUserEnrollmentApproval serialNumber "
            "subscriberCarrier totalStorageSpaceInBytes udid userDisplayName userId "
            "userPrincipalName wiFiMacAddress"
        ),
    }.items()
}

BASIC_USER = frozenset({"id", "displayName", "givenName", "mail", "surname", "userPrincipalName"})
"""What User.ReadBasic.All shows."""
