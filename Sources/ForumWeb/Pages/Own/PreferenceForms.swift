import Forum
import ForumAPI
import Postgres

/// The forms of the preferences, with what is chosen now.
struct PreferenceForms: Sendable {
    let profile: UserProfile
    let details: AccountDetails

    private static let root = "\(RouteTable.formRoot)preferences/"

    // MARK: Account and profile

    var account: [PlainPage.Section] {
        var name = PlainPage.Section(title: "User name")
        name.paragraphs = ["You are \(profile.user.username)."]
        if details.mayChangeUsername {
            name.form = PageForm(
                Self.root + "username",
                "Change the user name",
                [
                    FormField(
                        "new_username",
                        "New user name",
                        value: profile.user.username,
                        autocomplete: "username",
                        isRequired: true,
                        aliases: ["username"]
                    )
                ]
            )
        }
        var email = PlainPage.Section(title: "E-mail address")
        email.paragraphs = [profile.email.map { "Mails go to \($0)." } ?? "There is none."]
        if !details.unconfirmedEmails.isEmpty {
            let waiting = details.unconfirmedEmails.joined(separator: ", ")
            email.paragraphs.append("Waits to be confirmed: \(waiting).")
        }
        if details.mayChangeEmail {
            email.form = PageForm(
                Self.root + "email",
                "Change the address",
                [
                    FormField(
                        "email",
                        "New address",
                        .line("email"),
                        hint: "It counts once you have followed the link in the mail to it.",
                        autocomplete: "email",
                        isRequired: true
                    )
                ]
            )
        }
        return [name, email]
    }

    var profileForm: PageForm {
        let user = profile.user
        return PageForm(
            Self.root + "profile",
            "Save",
            [
                FormField("name", "Name", value: user.name ?? "", autocomplete: "name"),
                FormField(
                    "bio_raw",
                    "About me",
                    .area(rows: 8),
                    value: user.bioRaw ?? "",
                    hint: "Markdown. Shown on your profile."
                ),
                FormField("location", "Location", value: user.location ?? ""),
                FormField(
                    "website",
                    "Website",
                    .line("url"),
                    value: user.website ?? "",
                    autocomplete: "url"
                ),
            ]
        )
    }

    // MARK: Mails and notifications

    /// One option among those of `UserOptions`.
    struct Choice: Sendable {
        let name: String
        let label: String
        var hint: String?
        /// Numbers and what they mean; none for what is on or off.
        var values: [(Int, String)] = []
    }

    static let mailChoices: [Choice] = [
        Choice(
            name: "email_messages_level",
            label: "Mails about messages to me",
            values: mailLevels
        ),
        Choice(
            name: "mailing_list_mode",
            label: "A mail for every post on the site",
            hint: "Besides what else is chosen; replies by mail work as ever."
        ),
        Choice(name: "email_digests", label: "A summary of what I missed"),
        Choice(
            name: "digest_after_minutes",
            label: "How often",
            values: [
                (30, "Every half hour"), (60, "Every hour"), (1440, "Every day"),
                (10_080, "Every week"), (43_200, "Every month"), (259_200, "Every six months"),
            ]
        ),
        Choice(
            name: "email_previous_replies",
            label: "Earlier replies at the end of mails",
            values: [(0, "Always"), (1, "Unless they were sent before"), (2, "Never")]
        ),
        Choice(
            name: "email_in_reply_to",
            label: "An excerpt of what a post answers, in mails"
        ),
    ]

    static let noticeChoices: [Choice] = [
        Choice(
            name: "like_notification_frequency",
            label: "Tell me when I am liked",
            values: [
                (0, "Always"), (1, "First time and daily"), (2, "First time"), (3, "Never"),
            ]
        ),
        Choice(
            name: "notification_level_when_replying",
            label: "When I post in a topic, it is",
            values: [(1, "Normal"), (2, "Tracking"), (3, "Watching")]
        ),
        Choice(
            name: "auto_track_topics_after_msecs",
            label: "Track topics that I enter",
            values: [
                (-1, "Never"), (0, "At once"), (30_000, "After 30 seconds"),
                (60_000, "After one minute"), (180_000, "After 3 minutes"),
                (240_000, "After 4 minutes"), (300_000, "After 5 minutes"),
                (600_000, "After 10 minutes"),
            ]
        ),
        Choice(
            name: "new_topic_duration_minutes",
            label: "Topics are new",
            values: [
                (-1, "Until I have seen them"), (1440, "For a day"), (2880, "For two days"),
                (10_080, "For a week"), (20_160, "For two weeks"),
                (-2, "Since I was here last"),
            ]
        ),
        Choice(name: "allow_private_messages", label: "Others may send me messages"),
        Choice(name: "hide_profile", label: "Hide my profile from others"),
    ]

    private static let mailLevels = [(0, "Always"), (1, "Only when away"), (2, "Never")]

    var emailForm: PageForm {
        let level = FormField(
            "email_level",
            "Mails when somebody answers, quotes or mentions me, or posts where I watch",
            .choice(Self.mailLevels.map { (String($0.0), $0.1) }),
            value: String(profile.user.emailLevel)
        )
        return PageForm(
            Self.root + "emails",
            "Save",
            [level] + Self.mailChoices.map { field($0) }
        )
    }

    var notificationForm: PageForm {
        PageForm(Self.root + "notifications", "Save", Self.noticeChoices.map { field($0) })
    }

    /// A field that shows what is chosen, or what stands for it when nothing is.
    private func field(_ choice: Choice) -> FormField {
        guard !choice.values.isEmpty else {
            let isOn = options[choice.name] == .bool(true)
            return FormField(
                choice.name,
                choice.label,
                .flag,
                value: isOn ? "true" : "",
                hint: choice.hint
            )
        }
        let current = options[choice.name]?.intValue ?? choice.values[0].0
        var values = choice.values
        if !values.contains(where: { $0.0 == current }) {
            values.append((current, String(current)))
        }
        return FormField(
            choice.name,
            choice.label,
            .choice(values.map { (String($0.0), $0.1) }),
            value: String(current),
            hint: choice.hint
        )
    }

    /// All options with their defaults, as the API shows them.
    private var options: WireValue {
        let body = UserOptionBody(
            details.options,
            userID: Int(profile.user.id.value),
            emailLevel: profile.user.emailLevel
        )
        do {
            return try WireValue.parse(json: encodeJSON(body))
        } catch {
            return .object(WireObject([]))
        }
    }

    /// What was chosen, as the use case takes it.
    static func options(
        _ choices: [Choice],
        _ call: Call<WireValue>
    ) throws -> [String: OptionValue] {
        var options: [String: OptionValue] = [:]
        for choice in choices {
            if choice.values.isEmpty {
                options[choice.name] = .flag(try call.bool(choice.name))
            } else if let number = try call.int(choice.name) {
                options[choice.name] = .number(number)
            }
        }
        return options
    }

    // MARK: Ways in

    var security: [PlainPage.Section] {
        var password = PlainPage.Section(title: "Password")
        password.paragraphs = ["A mail with a link to choose a new one is sent to you."]
        password.form = PageForm(Self.root + "password", "Send the mail")
        let rows = details.sessions.map { session -> PlainPage.Table.Row in
            let device = AccountPresenter.session(session)
            let seen = session.lastUsedAt.iso8601.prefix(16).replacing("T", with: " ")
            var row = PlainPage.Table.Row(
                cells: [
                    "\(device.browser), \(device.device)", session.clientIP ?? "", "\(seen) UTC",
                ]
            )
            if session.isCurrent {
                row.mark = "this one"
            } else {
                var form = PageForm(Self.root + "sessions/revoke", "Log out")
                form.buttons[0].isPlain = true
                form.hidden = [("token_id", String(session.id))]
                row.form = form
            }
            return row
        }
        var sessions = Self.section(
            "Where you are logged in",
            rows,
            columns: ["Program", "Address", "Last seen"],
            none: "You are logged in nowhere."
        )
        var all = PageForm(Self.root + "sessions/revoke", "Log out everywhere else")
        all.isGrave = true
        if rows.count > 1 { sessions.form = all }
        var factor = PlainPage.Section(title: "Second factor")
        factor.paragraphs = [
            details.secondFactors.isOn
                ? "A code of your authenticator is asked for at log-in."
                : "Nothing is asked for but the password."
        ]
        factor.link = (
            "Set up the second factor",
            SecondFactorGate.setUpPath(username: profile.user.username)
        )
        return [password, factor, sessions]
    }

    static func apps(_ keys: [HeldUserAPIKey]) -> [PlainPage.Section] {
        let rows = keys.map { key -> PlainPage.Table.Row in
            var form = PageForm(root + "apps/revoke", "Take back")
            form.buttons[0].isPlain = true
            form.hidden = [("id", String(key.id))]
            let used = key.lastUsedAt.map { String($0.iso8601.prefix(10)) } ?? "never"
            return PlainPage.Table.Row(
                cells: [
                    key.applicationName, key.scopes.map(\.meaning).joined(separator: "; "),
                    String(key.createdAt.iso8601.prefix(10)), used,
                ],
                form: form
            )
        }
        return [
            section(
                "Programs that may act for you",
                rows,
                columns: ["Program", "May", "Since", "Last used"],
                none: "No program may act for you."
            )
        ]
    }

    private static func section(
        _ title: String,
        _ rows: [PlainPage.Table.Row],
        columns: [String],
        none: String
    ) -> PlainPage.Section {
        var section = PlainPage.Section(title: title)
        if rows.isEmpty {
            section.paragraphs = [none]
        } else {
            section.table = PlainPage.Table(columns: columns, rows: rows)
        }
        return section
    }
}
