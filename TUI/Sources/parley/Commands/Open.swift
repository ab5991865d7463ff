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

    @Option(help: "Which of your accounts on the site; by default PARLEY_ACCOUNT, or the only one.")
    var account: String?

    @Flag(help: "Use no colours, as with NO_COLOR.")
    var noColor = false

    @Option(help: "Use colours: auto, always or never.")
    var color: Configuration.Colour?

    @Flag(
        name: [.customLong("plain"), .customLong("screen-reader")],
        help: "Labelled lines and numbered questions instead of a full screen."
    )
    var plain = false

    func run() throws {
        do throws(Failure) {
            try open()
        } catch {
            Talk.say(error.message)
            throw ExitCode(ExitStatus.of(error))
        }
    }

    private func open() throws(Failure) {
        if let account {
            setenv("PARLEY_ACCOUNT", account, 1)
        }
        let configuration = Configuration.current
        if isPlain(configuration) {
            try PlainSession.open(try address())
        }
        if url != nil, KnownSites.all().isEmpty {
            Talk.say(
                "With a screen reader: parley --plain URL. Here, ? shows all keys and q leaves."
            )
        }
        Threads.share()
        var address = try address()
        // Before the screen: a command for the key may ask for a password of its own.
        var site = try Visit.site(address)
        let mailbox = Mailbox()
        let terminal: Terminal
        do throws(Failure) {
            terminal = try openTerminal(mailbox, configuration)
        } catch {
            Open.close(site)
            throw error
        }
        var place: (topic: Int?, near: Int?) = (nil, nil)
        while true {
            // Not at the end: a site is remembered though the program may be killed.
            let visited = address
            Task { KnownSites.remember(visited) }
            let end = show(site, at: address, on: terminal, mailbox, place)
            Open.close(site)
            switch end {
            case .left(let signal):
                terminal.close()
                signal.map { Parley.leave(128 + $0) }
                return
            case .entered(let next, let topic, let near):
                do throws(Failure) {
                    site = try Visit.site(next)
                    address = next
                    place = (topic, near)
                } catch {
                    mailbox.post(.notice(error.message))
                    site = try Visit.site(address)
                    place = (nil, nil)
                }
            }
        }
    }

    private func isPlain(_ configuration: Configuration) -> Bool {
        let wish = ProcessInfo.processInfo.environment["PARLEY_SCREEN_READER"] ?? ""
        return plain || configuration.isPlain || !(wish.isEmpty || wish == "0")
    }

    /// Runs the screens of one site until the reader leaves it.
    private func show(
        _ site: ForumSite,
        at address: SiteAddress,
        on terminal: Terminal,
        _ mailbox: Mailbox,
        _ place: (topic: Int?, near: Int?)
    ) -> Loop.End {
        let configuration = Configuration.current
        let (keymap, keyProblems) = configuration.keymap()
        var settings = Settings()
        settings.keymap = keymap
        settings.patterns = PatternFile.load()
        settings.ringsBell = configuration.ringsBell
        settings.cursorOnSelection = configuration.cursorOnSelection
        settings.showsPanes = configuration.showsPanes
        settings.prefetches = configuration.prefetches
        settings.sendDelay = configuration.sendDelay
        let model = Model(
            site: SiteInfo(
                title: address.host,
                url: address.text,
                username: site.username ?? (site.isMember ? "" : nil)
            ),
            size: terminal.size,
            now: Loop.now(),
            settings: settings
        )
        if let problem = (configuration.problems + keyProblems).first {
            mailbox.post(.notice("\(Configuration.file.path): \(problem)"))
        }
        let runner = EffectRunner(
            service: site,
            kept: KeptAnswers(site: address, account: site.account),
            at: SiteFolders(of: address),
            mailbox: mailbox
        )
        return Loop(model: model, terminal: terminal, mailbox: mailbox, runner: runner)
            .run(topic: place.topic, near: place.near)
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
            let typed = Talk.ask(
                "Address of the site, such as forum.example"
                    + (plain ? ": " : " (with a screen reader, run parley open --plain): ")
            ), !typed.isEmpty
        {
            return try Visit.address(named: typed)
        }
        return try Visit.address(named: url)
    }

    /// Whether colours are used: the command line counts before NO_COLOR, that before the file.
    private func allowsColour(_ configuration: Configuration) -> Bool {
        let hasWish = !(ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
        let choice = noColor ? .never : color ?? (hasWish ? .never : configuration.colour)
        return choice != .never
    }

    private func openTerminal(
        _ mailbox: Mailbox,
        _ configuration: Configuration
    ) throws(Failure) -> Terminal {
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
                allowsColour: allowsColour(configuration),
                usesMouse: configuration.usesMouse,
                setsTitle: configuration.setsTitle,
                errorLog: StateFolder.url.appending(path: "parley.log").path
            )
        } catch {
            throw Failure(.refused, "\(error)")
        }
    }
}

extension Configuration.Colour: ExpressibleByArgument {}
