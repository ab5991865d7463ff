import ForumAPI
import ForumClient
import Foundation
import Synchronization
import TerminalUI

/// Logging in and out.
extension ForumSite {
    func logIn(
        username: String,
        password: String,
        code: String?
    ) async throws(Failure) -> LogInResult {
        try await ask { () async throws(ClientError) in
            let outcome = try await client.logIn(
                username,
                password: Secret(password),
                secondFactor: code.map { Secret($0) }
            )
            switch outcome {
            case .secondFactorNeeded:
                return .codeNeeded
            case .loggedIn(let user):
                try keep()
                return .loggedIn(username: user.username)
            }
        }
    }

    /// Asks for a key that the member approves in a browser. `show` is told what the member has
    /// to do; with a page to paste from, the answer comes through ``openKey(_:)`` and this
    /// returns nil.
    func logInByBrowser(
        _ show: @Sendable (LoginApproval) -> Void
    ) async throws(Failure) -> String? {
        try await ask { () async throws(ClientError) in
            let request = try KeyRequest(client: client)
            pendingKey.withLock { $0 = request }
            switch try await request.begin() {
            case .paste(let page):
                show(.paste(page: page))
                return nil
            case .device(let code, let page, let deviceCode, let interval, let seconds):
                show(.device(code: code, page: page))
                let credentials = try await ForumSite.approval(
                    of: deviceCode,
                    request,
                    every: interval,
                    for: seconds
                )
                return try await use(credentials)
            }
        }
    }

    /// Takes the key out of what the page in the browser showed.
    func openKey(_ payload: String) async throws(Failure) -> String {
        try await ask { () async throws(ClientError) in
            guard let request = pendingKey.withLock({ $0 }) else {
                throw .invalid(messages: ["Begin again: that request is over."])
            }
            return try await use(try request.open(payload: payload))
        }
    }

    /// Asks until the member has decided or the code is too old.
    private static func approval(
        of deviceCode: String,
        _ request: KeyRequest,
        every interval: Int,
        for seconds: Int
    ) async throws(ClientError) -> Credentials {
        let end = ContinuousClock.now + .seconds(seconds)
        var pause = interval
        while ContinuousClock.now < end {
            do {
                try await Threads.sleep(for: .seconds(pause))
            } catch {
                throw .cancelled
            }
            do throws(ClientError) {
                switch try await request.poll(deviceCode) {
                case .pending: break
                case .approved(let credentials): return credentials
                case .denied: throw ClientError.forbidden(message: "The request was refused.")
                case .expired: throw ClientError.invalid(messages: ["The code is too old."])
                }
            } catch .rateLimited(let wait) {
                pause = max(interval, min(60, wait))
            } catch .network {
                // The member may be away from the network; the code lives on.
                continue
            } catch {
                throw error
            }
        }
        throw .invalid(messages: ["The code is too old. Begin again."])
    }

    /// Calls with these credentials from now on, if the site takes them.
    private func use(_ credentials: Credentials) async throws(ClientError) -> String {
        let earlier = client.credentials
        client.use(credentials)
        guard let user = try await client.currentUser() else {
            client.use(earlier)
            throw .auth(message: "The site does not take the key.")
        }
        pendingKey.withLock { $0 = nil }
        try keep()
        return user.username
    }

    func logOut() async throws(Failure) {
        try await ask { () async throws(ClientError) in
            try store.keep(.anonymous, for: client.site)
            kept.withLock { $0 = .anonymous }
            try await client.logOut()
        }
    }

    /// Keeps the session of now for the next run.
    private func keep() throws(ClientError) {
        let credentials = client.credentials
        try store.keep(credentials, for: client.site)
        kept.withLock { $0 = credentials }
    }

    func close() async {
        if isMember, client.credentials != kept.withLock({ $0 }) {
            do throws(ClientError) {
                try keep()
            } catch {
                // The older cookies are still there; the site decides whether they are good.
                await client.close()
                return
            }
        }
        await client.close()
    }
}
