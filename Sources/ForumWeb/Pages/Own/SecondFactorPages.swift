import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import Postgres

/// Setting up a second factor in a browser: the password first, then an authenticator, then backup
/// codes.
struct SecondFactorPages: Sendable {
    let community: Community
    let pages: PageWriter

    private static let root = "\(RouteTable.formRoot)second-factor/"

    func add(to routes: RouteTable) {
        routes.serve(.html, "/u/{username}/preferences/second-factor", .member) { call in
            let own = try call.principal.username
            guard try call.requiredText("username").lowercased() == own.lowercased() else {
                throw ForumError.notFound
            }
            var page = try await page(call)
            if try call.bool("saved") { page.notice = "Saved." }
            return try await pages.document(page, for: call)
        }
        form("confirm", routes) { call in
            try await confirm(call)
            return Self.back(try call.principal)
        }
        addAuthenticators(to: routes)
        form("backup-codes", routes) { call in
            let codes = try await community.makeBackupCodes(
                by: call.principal,
                session: call.sessionToken
            )
            var page = try frame("Backup codes", call)
            page.paragraphs = [
                "Each of these codes lets you in once without your authenticator. Keep them in a "
                    + "safe place: they are shown only now."
            ]
            page.secret = codes.joined(separator: "\n")
            page.links = [
                ("Done", SecondFactorGate.setUpPath(username: try call.principal.username))
            ]
            return try await pages.response(page, for: call)
        }
        form("remove-backup-codes", routes) { call in
            try await community.removeBackupCodes(by: call.principal, session: call.sessionToken)
            return Self.back(try call.principal)
        }
    }

    private func addAuthenticators(to routes: RouteTable) {
        form("stage", routes) { call in
            let staged = try await community.stageAuthenticator(
                by: call.principal,
                session: call.sessionToken
            )
            return try await pages.response(try staging(staged, call), for: call)
        }
        form("enable", routes) { call in
            let isRight = try await community.enableAuthenticator(
                named: call.requiredText("name"),
                code: call.requiredText("code"),
                by: call.principal,
                session: call.sessionToken
            )
            guard isRight else {
                throw ForumError(
                    .invalid,
                    "Invalid authentication code. Each code can only be used once.",
                    field: "code"
                )
            }
            return Self.back(try call.principal)
        }
        form("remove", routes) { call in
            guard let id = try call.int("id") else { throw ForumError.notFound }
            try await community.removeAuthenticator(
                Int64(id),
                by: call.principal,
                session: call.sessionToken
            )
            return Self.back(try call.principal)
        }
    }

    private static func back(_ principal: Principal) -> Response {
        .seeOther("\(SecondFactorGate.setUpPath(username: principal.username))?saved=true")
    }

    private func form(
        _ name: String,
        _ routes: RouteTable,
        _ work: @escaping @Sendable (Call<WireValue>) async throws -> Response
    ) {
        routes.form(
            "second-factor/\(name)",
            .member,
            pages,
            again: FormAgain { call, error in
                var page = try await page(call)
                if name == "enable" {
                    // The key is not shown again, but its form is.
                    page = try frame("New authenticator", call)
                    page.form = try enabling.filled(from: call).refused(error)
                } else if page.form?.action == Self.root + name {
                    page.form = try page.form?.filled(from: call).refused(error)
                } else {
                    page.problems = error.messages
                }
                return try await pages.document(page, for: call)
            },
            work
        )
    }

    // MARK: Pages

    private func frame(_ title: String, _ call: Call<WireValue>) throws -> PlainPage {
        var page = PlainPage(title)
        page.isNarrow = false
        page.head.place = "preferences"
        page.tabs = PreferencePages.tabs(.security, try call.principal)
        return page
    }

    private func page(_ call: Call<WireValue>) async throws -> PlainPage {
        let principal = try call.principal
        var page = try frame("Second factor", call)
        let state = try await community.secondFactors(of: principal.id)
        guard try await community.isConfirmed(call.sessionToken, of: principal) else {
            page.paragraphs = ["Please confirm that it is you."]
            var inputs = [
                FormField(
                    "password",
                    "Password",
                    .line("password"),
                    autocomplete: "current-password",
                    isRequired: true
                )
            ]
            if state.isOn { inputs.append(LogInPages.codeField) }
            page.form = PageForm(Self.root + "confirm", "Confirm", inputs)
            return page
        }
        let authenticators = try await community.authenticators(
            of: principal,
            session: call.sessionToken
        )
        page.sections = [Self.section(authenticators)]
        if state.isOn { page.sections.append(Self.section(ofCodes: state.backupCodes)) }
        return page
    }

    private static func section(_ authenticators: [Authenticator]) -> PlainPage.Section {
        var section = PlainPage.Section(title: "Authenticators")
        if authenticators.isEmpty {
            section.paragraphs = [
                "With an authenticator, a program on your telephone that makes codes, nobody gets in "
                    + "by your password alone."
            ]
        } else {
            let rows = authenticators.map { item -> PlainPage.Table.Row in
                var form = PageForm(root + "remove", "Remove")
                form.buttons[0].isPlain = true
                form.hidden = [("id", String(item.id))]
                let used = item.lastUsedAt.map { String($0.iso8601.prefix(10)) } ?? "never"
                return PlainPage.Table.Row(
                    cells: [item.name, String(item.createdAt.iso8601.prefix(10)), used],
                    form: form
                )
            }
            section.table = PlainPage.Table(columns: ["Name", "Since", "Last used"], rows: rows)
        }
        section.form = PageForm(root + "stage", "Add an authenticator")
        return section
    }

    private static func section(ofCodes count: Int) -> PlainPage.Section {
        var section = PlainPage.Section(title: "Backup codes")
        section.paragraphs = [
            count == 0
                ? "You have none." : "You have \(PageParts.count(count, "code")) left.",
            "They let you in once each when the authenticator is not at hand.",
        ]
        section.form = PageForm(root + "backup-codes", "Make new backup codes")
        return section
    }

    private func staging(
        _ staged: StagedAuthenticator,
        _ call: Call<WireValue>
    ) throws -> PlainPage {
        var page = try frame("New authenticator", call)
        page.paragraphs = [
            "Show the picture to your authenticator, or type the key into it; then type in the code "
                + "that it shows."
        ]
        page.picture = staged.picture
        page.head.hasOwnPicture = true
        page.secret = staged.key
        page.form = enabling
        return page
    }

    private var enabling: PageForm {
        PageForm(
            Self.root + "enable",
            "Turn it on",
            [
                FormField("name", "Name", value: "Authenticator", isRequired: true),
                FormField("code", "Code", autocomplete: "one-time-code", isRequired: true),
            ]
        )
    }

    private func confirm(_ call: Call<WireValue>) async throws {
        let outcome = try await community.confirmSession(
            call.sessionToken,
            of: call.principal,
            password: call.requiredText("password"),
            secondFactor: SecondFactorProof(anyOf: call.text("code")),
            clientIP: call.clientAddress
        )
        switch outcome {
        case .confirmed: return
        case .wrongPassword:
            throw ForumError(.forbidden, "Incorrect password", field: "password")
        case .secondFactorWanted(let refusal):
            throw ForumError(.forbidden, refusal.message, field: "code")
        }
    }
}
