/// What the administrators of a community decide, under Discourse's names in camel case.
///
/// A value of this type is a snapshot: one request reads one and sees no change half made.
package struct SiteSettings: Sendable, Equatable {
    // The site.
    package var title = "Parley"
    package var siteDescription = ""
    package var contactEmail = ""
    package var defaultLocale = "en"

    // Who may come in.
    package var loginRequired = false
    package var inviteOnly = false
    package var allowNewRegistrations = true
    package var mustApproveUsers = false
    package var defaultTrustLevel = 0
    /// Who has to have a second factor: `no` (nobody), `staff`, `all`.
    package var enforceSecondFactor = "no"

    // Accounts.
    /// Visitors do not learn whether an address has an account.
    package var hideEmailAddressTaken = true
    /// Days after registration in which members may choose another name; 0 never.
    package var usernameChangePeriod = 3
    /// Names by `|`; what others see of the custom fields of people.
    package var publicUserCustomFields = ""
    package var enableUserStatus = true
    /// Nobody gets every post by mail, whatever they chose.
    package var disableMailingListMode = true
    package var inviteExpiryDays = 30
    package var maxInvitesPerDay = 10
    package var minTrustLevelToAllowInvite = 2
    package var inviteLinkMaxRedemptionsLimit = 5000
    package var inviteLinkMaxRedemptionsLimitUsers = 10

    // Log-in through another site.
    package var enableDiscourseConnect = false
    package var discourseConnectURL = ""
    package var discourseConnectSecret = ""
    package var discourseConnectOverridesEmail = false
    package var discourseConnectOverridesUsername = false
    package var discourseConnectOverridesName = false
    package var discourseConnectOverridesBio = false
    package var discourseConnectOverridesLocation = false
    package var discourseConnectOverridesWebsite = false
    package var enableDiscourseConnectProvider = false
    /// Lines of `domain|secret`.
    package var discourseConnectProviderSecrets = ""

    // What may be written. Lengths in Unicode scalars.
    package var minTopicTitleLength = Limits.titleMin
    package var maxTopicTitleLength = Limits.titleMax
    package var minFirstPostLength = Limits.postMin
    package var minPostLength = Limits.postMin
    package var maxPostLength = Limits.postMax
    package var minPersonalMessageTitleLength = 2
    package var minPersonalMessagePostLength = 10
    package var maxMentionsPerPost = 10
    package var allowUncategorizedTopics = true
    /// Replies can be accepted as the answer of their topic.
    package var allowSolvedOnAllTopics = true

    // Tags.
    package var taggingEnabled = true
    package var maxTagsPerTopic = Limits.tagsPerTopicMax
    package var maxTagLength = Limits.tagMax
    package var minTrustToCreateTag = 3

    // Editing.
    /// Seconds in which an edit by the author makes no revision.
    package var editingGracePeriod = Limits.editGraceSeconds
    /// Minutes in which the author may edit; 0 is for ever.
    package var postEditTimeLimit = 1440
    /// Minutes in which an author of trust level 2 or more may edit; 0 is for ever.
    package var tl2PostEditTimeLimit = 43_200

    // Rates.
    /// Minutes in which the same text by the same author is refused; 0 never refuses.
    package var uniquePostsMins = 5
    /// Seconds between two topics of one member.
    package var rateLimitCreateTopic = 15
    /// Seconds between two posts of one member.
    package var rateLimitCreatePost = 5
    package var rateLimitNewUserCreateTopic = 120
    package var rateLimitNewUserCreatePost = 30
    // For each day, 0 being no limit; staff is exempt from all of them.
    package var maxTopicsPerDay = 20
    package var maxPersonalMessagesPerDay = 20
    package var maxTopicsInFirstDay = 3
    package var maxRepliesInFirstDay = 10
    package var maxLikesPerDay = Limits.likesPerDay
    package var maxBookmarksPerDay = Limits.bookmarksPerDay
    package var maxEditsPerDay = 30
    package var maxPostDeletionsPerDay = 10
    package var maxPostDeletionsPerMinute = 2
    /// Factors for members of trust level 2, 3 and 4, by what they multiply.
    package var tl2LikesMultiplier = "1.5"
    package var tl3LikesMultiplier = "2"
    package var tl4LikesMultiplier = "3"
    package var tl2FlagsMultiplier = "1.5"
    package var tl3FlagsMultiplier = "2"
    package var tl4FlagsMultiplier = "3"
    package var tl2EditsMultiplier = "1.5"
    package var tl3EditsMultiplier = "2"
    package var tl4EditsMultiplier = "3"
    // Requests, 0 being no limit.
    package var maxReqsPerIPPer10Seconds = 50
    package var maxReqsPerIPPerMinute = 200
    /// `block`, `warn` (in the log alone), or `none`.
    package var maxReqsPerIPMode = "block"
    /// From this trust level on, a member is counted by their name and not by their address.
    package var skipPerIPRateLimitTrustLevel = 1
    package var maxAdminAPIReqsPerMinute = 60
    package var maxUserAPIReqsPerMinute = 20
    package var maxUserAPIReqsPerDay = 2880
    package var maxLoginsPerIPPerMinute = 6
    package var maxLoginsPerIPPerHour = 30
    package var rateLimitSearchUser = 30
    package var rateLimitSearchAnonUserPerSecond = 2
    package var rateLimitSearchAnonUserPerMinute = 15
    package var rateLimitSearchAnonGlobalPerMinute = 150
    package var maxPrintsPerHourPerUser = 5
    /// Requests from this machine and from private networks are limited as well.
    package var maxReqsRateLimitOnPrivate = false
    /// Whose word about the addresses of clients is taken: see ``NetworkList``.
    package var trustedProxies = ""
    /// The names under which the site may be asked for, by comma; empty takes any.
    package var allowedHosts = ""
    /// Nothing can be written over the web.
    package var readOnly = false

    /// Domains of addresses, by `|`: of these alone accounts can be made; of those none.
    package var allowedEmailDomains = ""
    package var blockedEmailDomains = "mailinator.com"

    // Search.
    package var minSearchTermLength = 3

    // Mail that comes in.
    package var emailIn = false
    package var emailInMinTrust = 2
    package var enableStagedUsers = true
    package var replyByEmailEnabled = true
    /// An address with `%{reply_key}` in it; empty when the configuration names one, or none is used.
    package var replyByEmailAddress = ""
    /// Further forms of it, by `|`: at these answers are taken, too.
    package var alternativeReplyByEmailAddresses = ""
    package var incomingEmailPreferHtml = true
    package var trimIncomingEmails = true
    package var alwaysShowTrimmedContent = false
    package var blockAutoGeneratedEmails = true
    /// A regular expression; a mail whose subject matches is not posted. Empty matches nothing.
    package var ignoreByTitle = ""

    /// The name of the mail server whose Authentication-Results are believed; empty believes none.
    package var emailInAuthservID = ""
    /// Check signatures ourselves, with the DNS of the machine.
    package var emailInVerifyDKIM = false
    package var emailInTrustedSealers = ""
    /// What is done with mail whose From is proved false: `hold` for staff, or `reject`.
    package var emailInForgedSender = "hold"
    /// Where senders are checked: new topics and staff's mails of which nothing is proved wait for staff.
    package var emailInHoldUnproved = true
    /// The field in which a filter before us marks spam; `none` when there is none.
    package var emailInSpamHeader = "none"
    /// Addresses of programs that may write, by `|`.
    package var autoGeneratedAllowlist = ""
    package var unsubscribeViaEmail = true
    /// Addresses such as `category+subscribe@`.
    package var emailInCommands = true
    package var maxIncomingEmailsPerHour = 60
    package var maximumRecipientsPerNewGroupEmail = 10
    /// `hide`, `quote` or `create_replies`.
    package var forwardedEmailsBehaviour = "hide"
    /// Parts of types and names of files that are left out, by `|`.
    package var blockedAttachmentContentTypes = "pkcs7|x-vcard|pgp-keys|pgp-signature"
    package var blockedAttachmentFilenames = "smime.p7s|signature.asc|winmail.dat"
    package var deleteRejectedEmailAfterDays = Limits.incomingMailKeptDays

    // Mail that comes back.
    package var softBounceScore = 1
    package var hardBounceScore = 2
    /// From this score on somebody gets no mail but about their account.
    package var bounceScoreThreshold = 4
    package var resetBounceScoreAfterDays = 30

    // Mail that goes out.
    /// The sender; empty stands for `noreply@` and the host of the community.
    package var notificationEmail = ""
    package var disableEmails = "no"
    package var maxEmailsPerDayPerUser = Limits.mailPerUserPerDay
    package var disallowReplyByEmailAfterDays = Limits.replyKeyDays
    package var emailSubject = "[%{site_name}] %{optional_cat}%{topic_title}"
    /// What stands in subjects instead of the title, when it is not empty.
    package var emailPrefix = ""
    /// Minutes between a post and its mail, so that readers of the web get none.
    package var emailTimeWindowMins = 10

    // Who hears of what, and how, where members did not choose.
    package var maxHereMentioned = 10
    package var minTrustLevelForHereMention = 2
    package var watchedPrecedenceOverMuted = false
    package var notificationConsolidationThreshold = 3
    package var likesNotificationConsolidationWindowMins = 120
    /// Members of a group beyond whom its mentions are told to nobody.
    package var maxUsersNotifiedPerGroupMention = 100
    /// Minutes, or a constant of `Newness`.
    package var defaultOtherNewTopicDurationMinutes = 2880
    package var defaultOtherAutoTrackTopicsAfterMsecs = 300_000
    package var defaultOtherNotificationLevelWhenReplying = 2
    package var defaultOtherLikeNotificationFrequency = 1
    /// Categories and tags of new members, by `|`.
    package var defaultCategoriesWatching = ""
    package var defaultCategoriesTracking = ""
    package var defaultCategoriesMuted = ""
    package var defaultCategoriesNormal = ""
    package var defaultCategoriesWatchingFirstPost = ""
    package var defaultTagsWatching = ""
    package var defaultTagsTracking = ""
    package var defaultTagsMuted = ""
    package var defaultTagsWatchingFirstPost = ""
    package var defaultOtherExternalLinksInNewTab = false
    package var defaultOtherEnableQuoting = true
    package var defaultOtherEnableSmartLists = true
    package var defaultOtherDynamicFavicon = false
    package var defaultOtherSkipNewUserTips = false
    package var defaultTopicsAutomaticUnpin = true
    package var defaultEmailLevel = 1
    package var defaultEmailMailingListMode = false
    package var defaultEmailMailingListModeFrequency = 1
    package var defaultEmailMessagesLevel = 0
    package var personalEmailTimeWindowSeconds = 20
    package var defaultEmailPreviousReplies = 2
    package var defaultEmailInReplyTo = false
    package var emailPostsContext = 5
    package var disableDigestEmails = false
    package var defaultEmailDigestFrequency = 10_080
    package var defaultIncludeTL0InDigests = false
    package var suppressDigestEmailAfterDays = 180
    package var digestTopics = 5
    package var digestOtherTopics = 5

    // Keys of programs.
    /// Days after which an unused key is revoked; 0 never revokes.
    package var revokeAPIKeysUnusedDays = 180
    package var revokeUserAPIKeysUnusedDays = 180
    /// The longest life that a program may ask for its key, in days.
    package var maxUserAPIKeyExpiryDays = 365
    package var minTrustLevelForUserAPIKey = 0
    /// Scopes, by `|`, that members may give to programs.
    package var allowUserAPIKeyScopes =
        "read|write|message_bus|push|notifications|session_info|one_time_password"
    /// Where a program may be called back, by `|`; `*` stands for anything.
    package var allowedUserAPIAuthRedirects =
        "https://api.discourse.org/api/auth_redirect|discourse://auth_redirect"
    /// Where notices may be pushed to, by `|`.
    package var allowedUserAPIPushURLs = ""

    // Requests to addresses that somebody named.
    /// Hosts inside that requests may go to, by `|`.
    package var allowedInternalHosts = ""
    /// Ports of other hosts that requests may go to, by `|`.
    package var allowedEgressPorts = "80|443"
    /// Minutes that a member has to be away before a notice is pushed.
    package var pushNotificationTimeWindowMins = 10
    /// What a receiver of pushed notices knows the site by.
    package var pushAPISecretKey = ""

    // Files.
    package var authorizedExtensions = "jpg|jpeg|png|gif|webp"
    package var maxImageSizeKb = 4096
    package var maxAttachmentSizeKb = 4096
    package var enableDirectS3Uploads = true
    package var cleanUpUploads = true
    package var cleanOrphanUploadsGracePeriodHours = 48
    package var maximumBackups = 5
    package var allowRestore = false

    // Badges and trust.
    package var enableBadges = true
    // Moderation.
    package var moderatorsViewEmails = false
    /// Administrators may act as members.
    package var allowImpersonation = false
    /// Posts by members below this trust level wait for staff; 0 holds nobody up.
    package var approveUnlessTrustLevel = 0
    /// As many first posts of each new member wait for staff.
    package var approvePostCount = 0
    package var approveNewTopicsUnlessTrustLevel = 0
    package var minTrustToFlagPosts = 1
    package var maxFlagsPerDay = Limits.flagsPerDay
    /// How hard it is to hide a post by flags: 9 low, 6 medium, 3 high, 0 never.
    package var hidePostSensitivity = 9

    package init() {}
}
