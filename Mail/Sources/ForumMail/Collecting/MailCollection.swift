package import Forum
import Logging
package import MailStores
import SMTP

/// Collects the mails of one place and takes them in: POP3, IMAP, Maildir.
///
/// A mail is deleted, moved or marked there only when its verdict stands in the database. What cannot be
/// taken now stays and is tried again, later each time, while the others go on.
package struct MailCollection: Sendable {
    package let address: StoreAddress
    private let intake: Intake
    private let limits: StoreLimits
    private let open: @Sendable () async throws(MailStoreError) -> any MailStore

    private var community: Community { intake.community }
    private var logger: Logger { intake.logger }
    private var source: String { address.name }

    package init(address: StoreAddress, intake: Intake, limits: StoreLimits = StoreLimits()) {
        self.init(address: address, intake: intake, limits: limits) { () throws(MailStoreError) in
            try await address.open(limits: limits)
        }
    }

    init(
        address: StoreAddress,
        intake: Intake,
        limits: StoreLimits = StoreLimits(),
        open: @escaping @Sendable () async throws(MailStoreError) -> any MailStore
    ) {
        self.address = address
        self.intake = intake
        self.limits = limits
        self.open = open
    }

    /// Asked again and again, by one node of all each time.
    package var job: PeriodicJob {
        PeriodicJob(
            PeriodicJob.collectMail + source,
            everySeconds: address.everySeconds
        ) { _ in
            try await run()
        }
    }

    /// Has it asked now, by whatever node comes first.
    ///
    /// - Returns: Whether that is settled; not while it is being asked.
    func hurry() async throws -> Bool { try await community.hurry(job) }

    /// Takes what waits there.
    ///
    /// - Throws: When the database cannot be used; what the place does wrong is noted.
    package func run() async throws {
        let earlier = try await community.beginCollecting(from: source)
        var trouble: MailStoreError?
        do {
            for _ in 0..<MailLimits.collectingRounds {
                let round = try await round()
                trouble = round.trouble
                guard round.isMore else { break }
            }
        } catch let error as MailStoreError {
            // A node that stops ends its connection.
            try Task.checkCancellation()
            trouble = error
        }
        try await community.finishCollecting(from: source, error: trouble?.description)
        report(trouble?.description, earlier)
    }

    /// Once when it begins to fail or fails otherwise, and once when it is over.
    private func report(_ error: String?, _ earlier: String?) {
        guard error != earlier else { return }
        if let error {
            logger.error(
                "mail cannot be collected",
                metadata: ["source": "\(source)", "error": "\(error)"]
            )
        } else {
            logger.notice("mail is collected again", metadata: ["source": "\(source)"])
        }
    }

    private struct Round {
        /// There are mails beyond the limit.
        var isMore = false
        /// A mail that is taken could not be put away.
        var trouble: MailStoreError?
    }

    /// One connection and at most so many mails.
    private func round() async throws -> Round {
        var round = Round()
        let store = try await open()
        do {
            let mails = try await store.list()
            let due = try await community.collectable(
                mails.map(\.uid),
                from: source,
                keeping: address.aftermath == .keep
            )
            let byUID = Dictionary(mails.map { ($0.uid, $0) }) { first, _ in first }
            for entry in due.prefix(MailLimits.mailsPerConnection) {
                try Task.checkCancellation()
                guard let mail = byUID[entry.uid] else { continue }
                var isTaken = entry.isDone
                if !isTaken { isTaken = try await take(mail, from: store) }
                guard isTaken else { continue }
                round.trouble = try await putAway(mail, in: store) ?? round.trouble
            }
            try await store.close()
            round.isMore = due.count > MailLimits.mailsPerConnection
            return round
        } catch {
            await store.abandon()
            throw error
        }
    }

    /// - Returns: Why that one mail could not be put away.
    private func putAway(
        _ mail: StoredMail,
        in store: any MailStore
    ) async throws(MailStoreError) -> MailStoreError? {
        do {
            try await store.settle(mail)
            return nil
        } catch {
            guard error.concernsOneMail else { throw error }
            return error
        }
    }

    /// - Returns: Whether the matter is settled.
    private func take(_ mail: StoredMail, from store: any MailStore) async throws -> Bool {
        try await community.beginAttempt(at: mail.uid, of: source)
        let raw: [UInt8]
        do {
            raw = try await fetch(mail, from: store)
        } catch {
            guard error.concernsOneMail else { throw error }
            try await passOver(mail, error)
            return false
        }
        let verdict = await intake.take(raw, recipientsFromHeaderVia: address.door)
        if let postponement = verdict.postponement {
            try await community.note(.waiting, of: mail.uid, from: source, error: postponement)
            return false
        }
        var isRefused = false
        if case .rejected = verdict { isRefused = true }
        try await community.note(.done, of: mail.uid, from: source, isRefused: isRefused)
        return true
    }

    private func fetch(
        _ mail: StoredMail,
        from store: any MailStore
    ) async throws(MailStoreError) -> [UInt8] {
        if let size = mail.size, size > limits.messageBytes {
            throw MailStoreError(
                .tooLarge,
                "the mail is larger than \(limits.messageBytes) octets"
            )
        }
        return try await store.fetch(mail)
    }

    private func passOver(_ mail: StoredMail, _ error: MailStoreError) async throws {
        logger.warning(
            "a mail cannot be collected",
            metadata: ["source": "\(source)", "uid": "\(mail.uid)", "error": "\(error)"]
        )
        try await community.note(
            error.kind == .tooLarge ? .left : .waiting,
            of: mail.uid,
            from: source,
            error: error.description
        )
    }
}

extension StoreAddress {
    /// The word for it in the log of mails.
    fileprivate var door: String {
        switch place {
        case .maildir: "maildir"
        case .server(let server): server.service.rawValue
        }
    }
}
