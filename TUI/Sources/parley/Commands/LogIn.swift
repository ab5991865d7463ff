import ArgumentParser
import ForumClient
import Foundation
import TerminalUI

/// Logs in and remembers the session.
struct LogIn: Verb {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Log in to a site and remember it."
    )

    @Argument(help: "The address of the site.")
    var url: String

    @Option(help: "Your user name or e-mail address; asked for when it is left out.")
    var username: String?

    @Flag(help: "Read the password from the first line of standard input.")
    var passwordStdin = false

    @Option(help: "A code of your second factor.")
    var code: String?

    @Flag(help: "Approve this program in a browser, here or on another machine.")
    var browser = false

    @Option(help: "Which of your accounts on the site this is.")
    var account: String?

    func validate() throws {
        guard !(browser && (username != nil || passwordStdin)) else {
            throw ValidationError("With --browser the site asks who you are.")
        }
    }

    func perform() async throws(Failure) {
        if let account {
            setenv("PARLEY_ACCOUNT", account, 1)
        }
        try await Visit.open(try Visit.address(named: url)) {
            (forum, address) async throws(Failure) in
            let member =
                browser
                ? try await LogIn.byBrowser(forum)
                : try await LogIn.byPassword(
                    forum,
                    username: username,
                    code: code,
                    fromInput: passwordStdin
                )
            Talk.say("Logged in to \(address.text) as \(member).")
        }
    }
}

/// The ways to log in, with questions on the terminal for whatever is not given.
extension LogIn {
    static func byPassword(
        _ forum: ForumSite,
        username: String? = nil,
        code: String? = nil,
        fromInput: Bool = false
    ) async throws(Failure) -> String {
        guard let name = username ?? Talk.ask("User name: "), !name.isEmpty else {
            throw Failure(.refused, "Give your user name with --username.")
        }
        let typed =
            fromInput ? readLine(strippingNewline: true) : Talk.askSecretly("Password: ")
        guard let password = typed, !password.isEmpty else {
            throw Failure(.refused, "No password was given; --password-stdin reads it from input.")
        }
        var result = try await forum.logIn(username: name, password: password, code: code)
        if result == .codeNeeded, let code = Talk.ask("Code of your second factor: ") {
            result = try await forum.logIn(username: name, password: password, code: code)
        }
        guard case .loggedIn(let member) = result else {
            throw Failure(.auth, "The site wants a code of your second factor: use --code.")
        }
        return member
    }

    static func byBrowser(_ forum: ForumSite) async throws(Failure) -> String {
        let member = try await forum.logInByBrowser { approval in
            switch approval {
            case .device(let code, let page):
                Talk.say("Open this page in any browser:\n\(page)\nand type this code: \(code)")
            case .paste(let page):
                Talk.say("Open this page in a browser and say yes:\n\(page)")
            }
        }
        if let member { return member }
        guard let payload = Talk.askLong("Paste what it shows, then an empty line: ") else {
            throw Failure(.auth, "Nothing was pasted.")
        }
        return try await forum.openKey(payload)
    }
}

/// Ends the session.
struct LogOut: Verb {
    static let configuration = CommandConfiguration(
        commandName: "logout",
        abstract: "Log out and forget the session."
    )

    @OptionGroup var site: SiteOptions

    func perform() async throws(Failure) {
        try await site.withSite { (forum, address) async throws(Failure) in
            let kept = KeptAnswers(site: address, account: forum.account)
            try await forum.logOut()
            _ = await kept.keep(.loggedOut)
            Talk.say("Logged out of \(address.text).")
        }
    }
}

/// Lists the sites that were used.
struct Sites: Verb {
    static let configuration = CommandConfiguration(abstract: "List the sites that were used.")

    @OptionGroup var output: OutputOptions

    func perform() async throws(Failure) {
        let sites = KnownSites.all()
        if output.json {
            Talk.print(json: sites)
        } else {
            Talk.print(lines: sites)
        }
    }
}
