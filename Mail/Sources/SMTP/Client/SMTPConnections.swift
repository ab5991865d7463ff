/// Connections to one relay that take mail after mail: greeting, TLS and AUTH are paid once for many.
package actor SMTPConnections {
    private struct Idle {
        let connection: SMTPConnection
        let since: ContinuousClock.Instant
        /// Mails it has taken.
        let mails: Int
    }

    private let client: SMTPClient
    private let limits: ConnectionLimits
    private var idle: [Idle] = []

    package init(client: SMTPClient, limits: ConnectionLimits = ConnectionLimits()) {
        self.client = client
        self.limits = limits
    }

    /// Sends one mail; see ``SMTPClient/send(from:to:message:)``.
    ///
    /// A connection that turns out to be closed when the envelope is given is replaced by a new one:
    /// nothing of the mail has been said by then.
    package func send(
        from: String,
        to: [String],
        message: [UInt8]
    ) async throws(SMTPClientError) -> String {
        let mail = try OutgoingMail(from: from, to: to, message: message)
        while let used = takeIdle() {
            do {
                return try await send(mail, over: used)
            } catch  where error.isStaleConnection {
                continue
            }
        }
        let connection = try await client.connect()
        return try await send(mail, over: Idle(connection: connection, since: .now, mails: 0))
    }

    /// Says goodbye on every connection that is not in use.
    package func closeIdle() async {
        let all = idle
        idle = []
        for entry in all { await entry.connection.close() }
    }

    private func send(
        _ mail: OutgoingMail,
        over used: Idle
    ) async throws(SMTPClientError) -> String {
        do {
            let reply = try await used.connection.send(mail)
            giveBack(used)
            return reply.description
        } catch {
            giveBack(used)
            throw error
        }
    }

    private func takeIdle() -> Idle? {
        while let entry = idle.popLast() {
            if entry.connection.isOpen, .now - entry.since < limits.idle { return entry }
            close(entry.connection)
        }
        return nil
    }

    private func giveBack(_ used: Idle) {
        let mails = used.mails + 1
        guard used.connection.isOpen, mails < limits.mails, !Task.isCancelled else {
            close(used.connection)
            return
        }
        idle.append(Idle(connection: used.connection, since: .now, mails: mails))
        Task {
            do {
                try await Task.sleep(for: limits.idle)
            } catch {
                return
            }
            closeStale()
        }
    }

    private func closeStale() {
        let now = ContinuousClock.now
        let stale = idle.filter { now - $0.since >= limits.idle }
        idle.removeAll { now - $0.since >= limits.idle }
        for entry in stale { close(entry.connection) }
    }

    /// Nobody waits for the relay's goodbye.
    private func close(_ connection: SMTPConnection) {
        Task { await connection.close() }
    }
}

extension SMTPClientError {
    /// Nothing but the connection was at fault: it broke, or the relay had enough of it, before the
    /// envelope was taken.
    fileprivate var isStaleConnection: Bool {
        switch stage {
        case .connect, .sender, .recipient: reply == nil && isTemporary || reply?.code == 421
        case .check, .greeting, .hello, .tls, .authentication, .data, .end: false
        }
    }

    /// The relay could not be talked to at all: no mail is to blame, and none would do better now.
    package var isAboutRelay: Bool {
        switch stage {
        case .connect, .greeting, .hello, .tls, .authentication: true
        case .check, .sender, .recipient, .data, .end: false
        }
    }

    /// The relay knows no such mailbox (RFC 3463 §3.2, §3.3).
    package var saysNoSuchMailbox: Bool {
        isPermanent && stage == .recipient
            && ["5.1.1", "5.1.3", "5.1.6", "5.1.10", "5.2.1"].contains(reply?.enhanced ?? "")
    }
}
