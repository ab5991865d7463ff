import ForumClient
import Foundation
import TerminalUI

/// The whole journey without a screen, for screen readers and for terminals that cannot place
/// text: everything is a labelled line, every choice a number or a letter, and nothing that was
/// written is ever written over.
final class PlainSession {
    private let forum: ForumSite
    private let address: SiteAddress
    private var site: SiteInfo
    private var list = TopicListKind.latest
    private var rows: [TopicRow] = []
    private var page = 0
    private var hasMore = false
    /// The row that was opened last.
    private var place = 0

    private init(_ forum: ForumSite, _ address: SiteAddress, _ site: SiteInfo) {
        self.forum = forum
        self.address = address
        self.site = site
    }

    /// Opens a site and talks until the reader leaves.
    static func open(_ address: SiteAddress) throws(Failure) -> Never {
        Task {
            do throws(Failure) {
                try await Visit.open(address) { (forum, address) async throws(Failure) in
                    let site = try await forum.info()
                    await PlainSession(forum, address, site).run()
                }
                Parley.leave(ExitStatus.success)
            } catch {
                Talk.say(error.message)
                Parley.leave(ExitStatus.of(error))
            }
        }
        while true {
            pause()
        }
    }

    // MARK: The list

    private static let listHelp = [
        "A number opens that topic. Commands:",
        "x the next topic with unread posts, m more topics, l latest, u unread, n new, t top,",
        "k categories, g messages, i notifications, s WORDS search, c write a topic, w USER a message,",
        "a USER somebody's page, log in, log out, h this help, q quit.",
    ]

    private func run() async {
        Talk.print(lines: ["\(site.title). " + standing, "h and Enter: help."])
        await show(.latest)
        while let line = Talk.askPlainly("Topic number or command: ") {
            let (word, rest) = PlainSession.split(line)
            if let number = Int(word) {
                await openRow(number)
                continue
            }
            guard word != "q" else { return }
            await self.perform(word, rest)
        }
    }

    private var standing: String {
        site.username.map { "You are \($0)." } ?? "You are a guest; “log in” logs in."
    }

    static func split(_ line: String) -> (word: String, rest: String) {
        let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
        return (parts.first?.lowercased() ?? "", parts.count > 1 ? parts[1] : "")
    }

    private func perform(_ word: String, _ rest: String) async {
        switch word {
        case "": break
        case "h", "?": Talk.print(lines: PlainSession.listHelp)
        case "l": await show(.latest)
        case "u": await show(.unread)
        case "n": await show(.new)
        case "t": await show(.top)
        case "g": await show(.messages)
        case "m": await showMore()
        case "k": await showCategories(rest)
        case "s":
            rest.isEmpty
                ? Talk.print(lines: ["Say what to search: s WORDS"]) : await show(.search(rest))
        case "x": await openNextUnread()
        case "w": await writeMessage(to: rest)
        case "i": await showNotifications()
        case "a": await showPerson(rest)
        case "c": await writeTopic()
        case "log": rest == "out" ? await logOut() : await logIn()
        default: Talk.print(lines: ["“\(word)” is no command here; h lists them."])
        }
    }

    /// Runs something that may fail; a failure is a line and nothing ends.
    func attempt(_ body: () async throws(Failure) -> Void) async {
        do throws(Failure) {
            try await body()
        } catch {
            Talk.print(lines: ["Failed: \(error.message)"])
        }
    }

    private func show(_ kind: TopicListKind) async {
        await attempt { () async throws(Failure) in
            let found = try await forum.topics(kind, page: 0)
            (list, page, rows, hasMore, place) = (kind, 0, found.rows, found.hasMore, 0)
            tell(from: 0)
        }
    }

    private func showMore() async {
        guard hasMore else {
            Talk.print(lines: ["That was all."])
            return
        }
        await attempt { () async throws(Failure) in
            let found = try await forum.topics(list, page: page + 1)
            let first = rows.count
            page += 1
            rows += found.rows
            hasMore = found.hasMore
            tell(from: first)
        }
    }

    private func tell(from first: Int) {
        guard rows.count > first else {
            Talk.print(lines: ["\(list.title): no topics."])
            return
        }
        let output = TopicOutput(options: OutputOptions.plain, site: site, now: Loop.now())
        let lines = rows[first...].enumerated().map { offset, row in
            "\(first + offset + 1): " + output.plainLine(row)
        }
        let more = hasMore ? " More with m." : ""
        let count = rows.count == 1 ? "1 topic" : "\(rows.count) topics"
        Talk.print(lines: ["\(list.title), \(count).\(more)"] + lines)
    }

    private func showCategories(_ name: String) async {
        if let number = Int(name), site.categories.indices.contains(number - 1) {
            let category = site.categories[number - 1]
            await show(.category(id: category.id, slug: category.slug, name: category.name))
            return
        }
        let lines = site.categories.enumerated().map { index, category in
            "\(index + 1): \(category.name), \(category.topicCount) topics. \(category.summary)"
        }
        Talk.print(lines: lines + ["k and a number opens a category."])
    }

    private func showNotifications() async {
        await attempt { () async throws(Failure) in
            let now = Loop.now()
            let found = try await forum.notifications()
            Talk.print(
                lines: found.isEmpty
                    ? ["No notifications."] : found.map { Notifications.line($0, now: now) }
            )
        }
    }

    private func showPerson(_ username: String) async {
        guard !username.isEmpty else {
            Talk.print(lines: ["Say whose page: a USER"])
            return
        }
        await attempt { () async throws(Failure) in
            let person = try await forum.person(username)
            Talk.print(lines: PersonOutput.lines(person, now: Loop.now()))
        }
    }

    private func openRow(_ number: Int) async {
        guard rows.indices.contains(number - 1) else {
            Talk.print(lines: ["There is no topic \(number) in this list."])
            return
        }
        let row = rows[number - 1]
        place = number - 1
        let topic = PlainTopic(forum, site: site, address: address)
        let end = await topic.run(topic: row.id, from: row.placeToOpen ?? 1)
        if end.read > 0 {
            rows[number - 1].setRead(upTo: end.read)
        }
        if end.goesOn {
            await openNextUnread()
        }
    }

    /// The next topic of the list with unread posts, then one of the whole site.
    private func openNextUnread() async {
        let after = rows.indices.filter { $0 > place } + rows.indices.filter { $0 < place }
        if let next = ([place] + after).first(where: {
            rows.indices.contains($0) && rows[$0].hasUnread
        }) {
            await openRow(next + 1)
            return
        }
        await attempt { () async throws(Failure) in
            let found = try await forum.allUnread()
            guard !found.isEmpty else {
                Talk.print(lines: ["You have read everything."])
                return
            }
            (list, page, rows, hasMore, place) = (.allUnread, 0, found, false, 0)
            tell(from: 0)
            await openRow(1)
        }
    }

    // MARK: Writing and logging in

    private func writeTopic() async {
        let composer = PlainComposer(forum, address: address)
        guard composer.isReady(), let title = Talk.askPlainly("Title: "), !title.isEmpty else {
            return
        }
        await tellSimilar(title)
        let slug = Talk.askPlainly("Category (its name, or Enter for none): ") ?? ""
        let category = site.categories.first {
            $0.name.lowercased() == slug.lowercased() || $0.slug == slug.lowercased()
        }
        await attempt { () async throws(Failure) in
            try await composer.write(Draft(title: title, categoryID: category?.id), .newTopic)
        }
    }

    /// Somebody may have asked before.
    private func tellSimilar(_ title: String) async {
        await attempt { () async throws(Failure) in
            let found = try await forum.similar(to: title).prefix(TerminalUI.Limits.similarTopics)
            Talk.print(lines: found.map { "Similar: Topic \($0.id): \($0.title)" })
        }
    }

    private func writeMessage(to names: String) async {
        let composer = PlainComposer(forum, address: address)
        guard composer.isReady() else { return }
        guard !names.isEmpty else {
            Talk.print(lines: ["Say to whom: w USER"])
            return
        }
        guard let title = Talk.askPlainly("Title: "), !title.isEmpty else { return }
        await attempt { () async throws(Failure) in
            try await composer.write(Draft(title: title, recipients: names), .message)
        }
    }

    private func logIn() async {
        guard let way = Talk.askPlainly("p with a password, b with a browser: ") else { return }
        await attempt { () async throws(Failure) in
            let username =
                way == "b"
                ? try await LogIn.byBrowser(forum) : try await LogIn.byPassword(forum)
            site = try await forum.info()
            Talk.print(lines: ["Welcome, \(username)."])
        }
    }

    private func logOut() async {
        await attempt { () async throws(Failure) in
            try await forum.logOut()
            site.username = nil
            Talk.print(lines: ["You are logged out."])
        }
    }
}

extension OutputOptions {
    /// As `--plain` has it.
    static var plain: OutputOptions {
        var options = OutputOptions()
        options.json = false
        options.plain = true
        return options
    }
}

extension Receipt {
    /// What became of a post, in one line.
    func words(site: String) -> String {
        isPending
            ? "Your post waits for approval by the staff."
            : "Sent: \(site)/t/\(topic)/\(postNumber)"
    }
}
