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
