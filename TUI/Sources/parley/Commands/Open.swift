import ArgumentParser
import ForumClient
import Foundation
import TerminalUI

/// Opens the terminal interface.
struct Open: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Open a site in the terminal.",
        discussion: "Without URL, PARLEY_SITE or the site that was used last is opened."
    )

    @Argument(help: "The address of the site.")
    var url: String?

    @Flag(help: "Use no colours, as with NO_COLOR.")
    var noColor = false

    func run() throws {
        do throws(Failure) {
            try open()
        } catch {
            Talk.say(error.message)
            throw ExitCode(ExitStatus.of(error))
        }
    }

    private func open() throws(Failure) {
        let address = try address()
        let mailbox = Mailbox()
        let terminal = try openTerminal(mailbox)
        let site: ForumSite
        do {
            site = try Visit.site(address)
        } catch {
            terminal.close()
            throw error
        }
        // Not at the end: a site is remembered though the program may be killed.
        Task { KnownSites.remember(address) }
        let signal = show(site, at: address, on: terminal, mailbox)
        terminal.close()
        Open.close(site)
        if let signal {
            Parley.leave(128 + signal)
        }
    }

    /// Runs the screens until the reader leaves. Returns the signal that ended them, if one did.
    private func show(
        _ site: ForumSite,
        at address: SiteAddress,
        on terminal: Terminal,
        _ mailbox: Mailbox
    ) -> Int32? {
        let model = Model(
            site: SiteInfo(title: address.host, url: address.text, username: site.username),
            size: terminal.size,
            now: Loop.now()
        )
        let runner = EffectRunner(
            service: site,
            kept: KeptAnswers(site: address, account: site.account),
            mailbox: mailbox,
            stateFolder: StateFolder.url,
            draftFolder: StateFolder.drafts(of: address)
        )
        return Loop(model: model, terminal: terminal, mailbox: mailbox, runner: runner).run()
    }

    /// Ends the connections, within a second.
    private static func close(_ site: ForumSite) {
        let isClosed = DispatchSemaphore(value: 0)
        Task {
            await site.close()
            isClosed.signal()
        }
        _ = isClosed.wait(timeout: .now() + 1)
    }

    /// The site that was named, or the usual one, or the answer to a question.
    private func address() throws(Failure) -> SiteAddress {
        if url == nil, Visit.usual == nil,
            let typed = Talk.ask("Address of the site, such as forum.example: "), !typed.isEmpty
        {
            return try Visit.address(named: typed)
        }
        return try Visit.address(named: url)
    }

    private func openTerminal(_ mailbox: Mailbox) throws(Failure) -> Terminal {
        let environment = ProcessInfo.processInfo.environment
        let isPlain = noColor || !(environment["NO_COLOR"] ?? "").isEmpty
        do {
            try FileManager.default.createDirectory(
                at: StateFolder.url,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw Failure(.refused, "\(StateFolder.url.path) cannot be made: \(error)")
        }
        do {
            return try Terminal(
                wake: mailbox.writeEnd,
                allowsColour: !isPlain,
                errorLog: StateFolder.url.appending(path: "parley.log").path
            )
        } catch {
            throw Failure(.refused, "\(error)")
        }
    }
}
