import Markup
import Postgres

/// What a group is made with or changed to; `nil` leaves as it is, an empty text removes.
package struct GroupFields: Sendable, Equatable {
    package var name: String?
    package var fullName: String?
    package var bioRaw: String?
    package var title: String?
    package var visibilityLevel: Int?
    package var membersVisibilityLevel: Int?
    package var mentionableLevel: Int?
    package var messageableLevel: Int?
    package var defaultNotificationLevel: Int?
    package var isPrimary: Bool?
    /// 0 takes the grant away, as Discourse has it.
    package var grantTrustLevel: Int?
    package var flairIcon: String?
    package var flairColor: String?
    package var flairBackground: String?
    package var isOpenToJoin: Bool?
    package var isOpenToLeave: Bool?
    package var takesRequests: Bool?
    package var requestTemplate: String?
    package var publishesReadState: Bool?
    package var emailDomains: String?
    package var incomingEmail: String?
    /// Notification level to the categories or tags that new members follow at it.
    package var categories: [Int: [CategoryID]] = [:]
    package var tags: [Int: [String]] = [:]

    package init() {}

    /// Without what only administrators decide: owners' other wishes are not heard (Discourse).
    var forOwners: Self {
        var fields = self
        fields.name = nil
        fields.isPrimary = nil
        fields.grantTrustLevel = nil
        fields.emailDomains = nil
        fields.incomingEmail = nil
        fields.visibilityLevel = nil
        return fields
    }

    /// What can be changed of a group that the forum keeps itself.
    var forAutomatic: Self {
        var fields = Self()
        fields.bioRaw = bioRaw
        fields.visibilityLevel = visibilityLevel
        fields.membersVisibilityLevel = membersVisibilityLevel
        fields.mentionableLevel = mentionableLevel
        fields.messageableLevel = messageableLevel
        fields.defaultNotificationLevel = defaultNotificationLevel
        fields.flairIcon = flairIcon
        fields.flairColor = flairColor
        fields.flairBackground = flairBackground
        fields.publishesReadState = publishesReadState
        return fields
    }

    /// - Throws: `.invalid` with everything that is wrong.
    func check() throws(ForumError) {
        var problems: [(field: String, text: String)] = []
        for (field, label, text, maximum) in texts {
            guard let text else { continue }
            if text.unicodeScalars.count > maximum {
                problems.append(
                    (field, "\(label) is too long (maximum is \(maximum) characters)")
                )
            }
            if text.utf8.contains(0) { problems.append((field, "\(label) is invalid")) }
        }
        for (field, label, level, known) in levels {
            if let level, !known.contains(level) {
                problems.append((field, "\(label) is not included in the list"))
            }
        }
        for (field, color) in [("flair_color", flairColor), ("flair_bg_color", flairBackground)] {
            if let color, !color.isEmpty, !Self.isColor(color) {
                problems.append((field, "\(field) is invalid"))
            }
        }
        if let incomingEmail, !incomingEmail.isEmpty,
            EmailAddressRules.normalise(incomingEmail) == nil
        {
            problems.append(("incoming_email", "'\(incomingEmail)' is not a valid email address."))
        }
        for domain in domains where !Self.isDomain(domain) {
            problems.append(
                ("automatic_membership_email_domains", "The domain \"\(domain)\" is not valid")
            )
        }
        guard let first = problems.first else { return }
        throw ForumError(.invalid, problems.map(\.text), field: first.field)
    }

    private var domains: [String] {
        (emailDomains ?? "").split(separator: "|").map(String.init)
    }

    private var texts: [(String, String, String?, Int)] {
        [
            ("full_name", "Full name", fullName, 100), ("bio_raw", "About Group", bioRaw, 3000),
            ("title", "Title", title, 255), ("flair_icon", "Flair icon", flairIcon, 255),
            ("membership_request_template", "Template", requestTemplate, 500),
            ("automatic_membership_email_domains", "Domains", emailDomains, 1000),
            ("incoming_email", "Incoming email", incomingEmail, 255),
        ]
    }

    private var levels: [(String, String, Int?, [Int])] {
        let seen = Group.Level.allCases.map(\.rawValue)
        let addressed = Group.AliasLevel.allCases.map(\.rawValue)
        return [
            ("visibility_level", "Visibility level", visibilityLevel, seen),
            (
                "members_visibility_level", "Members visibility level", membersVisibilityLevel,
                seen
            ),
            ("mentionable_level", "Mentionable level", mentionableLevel, addressed),
            ("messageable_level", "Messageable level", messageableLevel, addressed),
            (
                "default_notification_level", "Default notification level",
                defaultNotificationLevel, Array(0...4)
            ),
            ("grant_trust_level", "Grant trust level", grantTrustLevel, Array(0...4)),
        ]
    }

    private static func isColor(_ text: String) -> Bool {
        (3...6).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (48...57).contains($0) || (65...70).contains($0) || (97...102).contains($0)
            }
    }

    private static func isDomain(_ text: String) -> Bool {
        text.contains(".") && EmailAddressRules.normalise("a@\(text)") != nil
    }
}

/// What a new group is, in short.
package struct NewGroup: Sendable {
    package var name: String
    package var fullName: String?
    package var visibilityLevel: Group.Level
    package var membersVisibilityLevel: Group.Level
    package var mentionableLevel: Group.AliasLevel
    package var messageableLevel: Group.AliasLevel

    package init(
        name: String,
        fullName: String? = nil,
        visibilityLevel: Group.Level = .everybody,
        membersVisibilityLevel: Group.Level = .everybody,
        mentionableLevel: Group.AliasLevel = .nobody,
        messageableLevel: Group.AliasLevel = .nobody
    ) {
        self.name = name
        self.fullName = fullName
        self.visibilityLevel = visibilityLevel
        self.membersVisibilityLevel = membersVisibilityLevel
        self.mentionableLevel = mentionableLevel
        self.messageableLevel = messageableLevel
    }

    var fields: GroupFields {
        var fields = GroupFields()
        fields.name = name
        fields.fullName = fullName
        fields.visibilityLevel = visibilityLevel.rawValue
        fields.membersVisibilityLevel = membersVisibilityLevel.rawValue
        fields.mentionableLevel = mentionableLevel.rawValue
        fields.messageableLevel = messageableLevel.rawValue
        return fields
    }
}
