import SMTP

extension StoreAddress {
    /// Connects and logs in.
    package func open(
        limits: StoreLimits = StoreLimits()
    ) async throws(MailStoreError) -> any MailStore {
        switch place {
        case .maildir(let path): return try MaildirStore(path: path, limits: limits)
        case .server(let server):
            let transport = try await NetworkTransport.connect(to: server, limits: limits)
            return server.service == .imap
                ? try await IMAPStore.open(self, server, over: transport, limits: limits)
                : try await POP3Store.open(self, server, over: transport, limits: limits)
        }
    }

    /// A connection on which a server tells of mail.
    package func openWatch() async throws(MailStoreError) -> IMAPStore {
        guard isWatched, case .server(let server) = place else {
            throw MailStoreError(.unsupported, "nobody tells of mail there")
        }
        let limits = StoreLimits.watching
        let transport = try await NetworkTransport.connect(to: server, limits: limits)
        return try await IMAPStore.open(self, server, over: transport, limits: limits)
    }

    /// How many mails are there; takes none.
    package func waitingMails() async throws(MailStoreError) -> Int {
        let store = try await open()
        do {
            let count = try await store.list().count
            try await store.close()
            return count
        } catch {
            await store.abandon()
            throw error
        }
    }
}
