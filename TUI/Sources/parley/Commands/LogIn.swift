import ArgumentParser
import ForumClient
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

    func perform() async throws(Failure) {
        guard let name = username ?? Talk.ask("User name: "), !name.isEmpty else {
            throw Failure(.refused, "Give your user name with --username.")
        }
        let typed =
            passwordStdin
            ? readLine(strippingNewline: true) : Talk.askSecretly("Password: ")
        guard let password = typed, !password.isEmpty else {
            throw Failure(.refused, "No password was given; --password-stdin reads it from input.")
        }
        try await Visit.open(try Visit.address(named: url)) {
            (forum, address) async throws(Failure) in
            var result = try await forum.logIn(username: name, password: password, code: code)
            if result == .codeNeeded, let code = Talk.ask("Code of your second factor: ") {
                result = try await forum.logIn(username: name, password: password, code: code)
            }
            guard case .loggedIn(let username) = result else {
                throw Failure(.auth, "The site wants a code of your second factor: use --code.")
            }
            Talk.say("Logged in to \(address.text) as \(username).")
        }
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
