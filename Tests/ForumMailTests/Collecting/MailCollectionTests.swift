import Forum
import MailStores
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import ForumMail

/// A place of mails in memory, and what was done there.
private final class Place: Sendable {
    struct State: Sendable {
        var mails: [String: [UInt8]] = [:]
        var settled: [String] = []
        var fetched: [String] = []
        /// Mails that end the connection when they are fetched.
        var deadly: Set<String> = []
        var isDown = false
        var keepsSettled = false
        var mayNotSettle = false
    }

    let state = Mutex(State())

    func open() throws(MailStoreError) -> any MailStore {
        guard !state.withLock(\.isDown) else { throw MailStoreError(.connection, "it is down") }
        return Store(place: self)
    }

    func put(_ uid: String, _ mail: MailText) {
        state.withLock { $0.mails[uid] = mail.bytes }
    }

    private final class Store: MailStore {
        let place: Place

        init(place: Place) { self.place = place }

        func list() async throws(MailStoreError) -> [StoredMail] {
            place.state.withLock { state in
                state.mails.sorted { $0.key < $1.key }.enumerated().map { number, mail in
                    StoredMail(uid: mail.key, size: mail.value.count, number: number)
                }
            }
        }

        func fetch(_ mail: StoredMail) async throws(MailStoreError) -> [UInt8] {
            let (bytes, isDeadly) = place.state.withLock { state in
                state.fetched.append(mail.uid)
                return (state.mails[mail.uid], state.deadly.contains(mail.uid))
            }
            guard !isDeadly else { throw MailStoreError(.connection, "the connection broke") }
            guard let bytes else { throw MailStoreError(.refused, "it is gone") }
            return bytes
        }

        func settle(_ mail: StoredMail) async throws(MailStoreError) {
            guard !place.state.withLock(\.mayNotSettle) else {
                throw MailStoreError(.refused, "it cannot be deleted")
            }
            place.state.withLock { state in
                state.settled.append(mail.uid)
                if !state.keepsSettled { state.mails[mail.uid] = nil }
            }
        }

        func close() async throws(MailStoreError) {}
        func abandon() async {}
    }
}

struct MailCollectionTests {
    private struct Setting {
        let site: MailSite
        let place: Place
        let collection: MailCollection
        let recipient: String

        func mail(_ id: String, _ body: String = "Words long enough to be an answer.") -> MailText {
            MailText(messageID: id, body: body, headers: ["Delivered-To: \(recipient)"])
        }

        func status() async throws -> MailSourceStatus {
            try #require(try await site.community.mailSources([collection.address.name]).first)
        }
    }

    private static func with(
        _ url: String = "pop3://ann:secret@127.0.0.1",
        limits: StoreLimits = StoreLimits(),
        _ body: (Setting) async throws -> Void
    ) async throws {
        try await MailSite.with { site in
            let anna = try await site.site.member("anna")
            let topic = try await site.topic(by: try await site.site.admin())
            let place = Place()
            let collection = MailCollection(
                address: try StoreAddress.parse(url),
                intake: site.intake,
                limits: limits
            ) { () throws(MailStoreError) in try place.open() }
            let recipient = try await site.address(of: anna, for: topic.id)
            try await body(
                Setting(site: site, place: place, collection: collection, recipient: recipient)
            )
        }
    }

    @Test func `mails become posts, once, and leave their place`() async throws {
        try await Self.with { setting in
            setting.place.put("1", setting.mail("1@x", "The first of two answers by mail."))
            setting.place.put("2", setting.mail("2@x", "The second of two answers by mail."))
            setting.place.put("3", MailText(messageID: "3@x"))
            let before = try await setting.site.posts()
            try await setting.collection.run()
            try await setting.collection.run()
            #expect(try await setting.site.posts() == before + 2)
            let state = setting.place.state.withLock(\.self)
            #expect(state.settled == ["1", "2", "3"])
            #expect(state.fetched == ["1", "2", "3"])
            let status = try await setting.status()
            #expect((status.taken, status.refused, status.waiting) == (2, 1, 0))
            #expect(status.error == nil)
            #expect(
                try await setting.site.log() == [
                    "posted", "posted", "rejected BadDestinationAddress",
                ]
            )
            #expect(
                try await setting.site.text("SELECT max(created_via) FROM incoming_emails")
                    == "pop3"
            )
        }
    }

    @Test func `what stays there is not taken again`() async throws {
        try await Self.with("pop3://ann:secret@127.0.0.1?then=keep") { setting in
            setting.place.state.withLock { $0.keepsSettled = true }
            setting.place.put("1", setting.mail("1@x"))
            for _ in 0..<3 { try await setting.collection.run() }
            setting.place.put("2", setting.mail("2@x", "Another answer, also by mail."))
            try await setting.collection.run()
            #expect(setting.place.state.withLock(\.fetched) == ["1", "2"])
            // What is not there any more is forgotten.
            setting.place.state.withLock { $0.mails["1"] = nil }
            try await setting.collection.run()
            #expect(try await setting.site.count("SELECT count(*) FROM mail_source_mails") == 1)
        }
    }

    @Test func `a mail that ends the connection waits its turn, and holds nobody up`() async throws
    {
        try await Self.with { setting in
            setting.place.put("1", setting.mail("1@x"))
            setting.place.put("2", setting.mail("2@x", "An answer behind a poisoned one."))
            setting.place.state.withLock { $0.deadly = ["1"] }
            try await setting.collection.run()
            #expect(try await setting.status().error == "the connection broke")
            try await setting.collection.run()
            #expect(setting.place.state.withLock(\.settled) == ["2"])
            let status = try await setting.status()
            #expect(status.error == nil)
            #expect((status.taken, status.waiting) == (1, 1))
            setting.site.site.clock.advance(seconds: 61)
            setting.place.state.withLock { $0.deadly = [] }
            try await setting.collection.run()
            #expect(setting.place.state.withLock(\.settled) == ["2", "1"])
        }
    }

    @Test func `what is too large is left, and what cannot be put away is tried again`()
        async throws
    {
        var limits = StoreLimits()
        limits.messageBytes = 1000
        try await Self.with(limits: limits) { setting in
            setting.place.put("1", setting.mail("1@x", String(repeating: "long ", count: 300)))
            setting.place.put("2", setting.mail("2@x"))
            setting.place.state.withLock { $0.mayNotSettle = true }
            for _ in 0..<2 { try await setting.collection.run() }
            var status = try await setting.status()
            #expect((status.taken, status.left) == (1, 1))
            #expect(status.error == "it cannot be deleted")
            #expect(status.mailError?.contains("1000") == true)
            setting.place.state.withLock { $0.mayNotSettle = false }
            try await setting.collection.run()
            status = try await setting.status()
            #expect((status.taken, status.error) == (1, nil))
            let state = setting.place.state.withLock(\.self)
            #expect(state.settled == ["2"])
            #expect(state.fetched == ["2"])
        }
    }

    @Test func `what cannot be stored now is left, and taken later`() async throws {
        try await Self.with { setting in
            setting.place.put("1", setting.mail("1@x"))
            let pool = setting.site.site.database.pool
            try await pool.execute(
                """
                CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION USING errcode = 'disk_full', message = 'full'; END $$
                """
            )
            try await pool.execute(
                """
                CREATE TRIGGER full_disk BEFORE INSERT ON incoming_emails
                FOR EACH ROW EXECUTE FUNCTION full_disk()
                """
            )
            try await setting.collection.run()
            #expect(setting.place.state.withLock(\.settled).isEmpty)
            #expect(try await setting.status().waiting == 1)
            try await pool.execute("DROP TRIGGER full_disk ON incoming_emails")
            setting.site.site.clock.advance(seconds: 61)
            try await setting.collection.run()
            #expect(setting.place.state.withLock(\.settled) == ["1"])
        }
    }

    @Test func `a place that is down says so until it is back`() async throws {
        try await Self.with { setting in
            setting.place.state.withLock { $0.isDown = true }
            for _ in 0..<2 { try await setting.collection.run() }
            var status = try await setting.status()
            #expect(status.error == "it is down")
            #expect(status.succeededAt == nil)
            #expect(status.failingSince != nil)
            setting.place.state.withLock { $0.isDown = false }
            try await setting.collection.run()
            status = try await setting.status()
            #expect(status.error == nil)
            #expect(status.failingSince == nil)
            #expect(status.succeededAt != nil)
        }
    }

    @Test func `of several nodes one asks at a time`() async throws {
        try await Self.with("pop3://ann:secret@127.0.0.1?every=300") { setting in
            setting.place.put("1", setting.mail("1@x"))
            let community = setting.site.community
            let job = setting.collection.job
            #expect(job.kind == "collect_mail:pop3://ann@127.0.0.1:110")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let runner = JobRunner(community: community, only: [job])
                        try await runner.plan()
                        try await runner.runDue()
                    }
                }
                try await group.waitForAll()
            }
            #expect(setting.place.state.withLock(\.fetched) == ["1"])
        }
    }
}
