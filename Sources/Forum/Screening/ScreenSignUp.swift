import Foundation
import Postgres

extension Community {
    /// Whether somebody may sign up with that address from there.
    ///
    /// - Throws: `.invalid` when one of the two is blocked.
    func screenSignUp(email: String, clientIP: String?) async throws {
        guard settings.current.allowsAccounts(with: email) else { throw ForumError.emailNotAllowed }
        let now = clock()
        let address = clientIP.flatMap { ClientNetwork.isAddress($0) ? $0 : nil }
        var statements = [ScreeningQueries.matchEmail(email, clientIP: address, at: now)]
        if let address { statements.append(ScreeningQueries.matchIP(address, at: now)) }
        let answers = try await database.batch(statements)
        guard answers[0].isEmpty else {
            throw ForumError(.invalid, "Email is not allowed.", field: "email")
        }
        guard address != nil, let action = try answers[1].firstValue(Int.self) else { return }
        guard action != ScreeningAction.block.rawValue else {
            throw ForumError(
                .invalid,
                "New registrations are not allowed from your IP address.",
                field: "ip_address"
            )
        }
    }

    /// The addresses that nobody signs up with.
    ///
    /// - Throws: `.notFound` for anybody but staff; moderators who see no addresses get none.
    package func screenedEmails(
        page: Int = 0,
        for principal: Principal
    ) async throws -> [ScreenedEntry] {
        try checkSeesScreening(principal)
        return try await database.all(
            ScreeningQueries.emails(
                limit: Limits.screenedRowsListed,
                offset: Self.screeningOffset(page)
            )
        )
    }

    private func checkSeesScreening(_ principal: Principal) throws(ForumError) {
        guard principal.isStaff, principal.seesEmails(settings.current) else { throw .notFound }
    }

    private static func screeningOffset(_ page: Int) -> Int {
        min(max(page, 0), 1000) * Limits.screenedRowsListed
    }

    package func forgetScreenedEmail(_ id: Int64, by principal: Principal) async throws {
        let permitted = try principal.mayAdministerSite()
        let email = try await database.value(
            ScreeningQueries.forgetEmail(id, permitted),
            as: String.self
        )
        guard let email else { throw ForumError.notFound }
        try await record(
            StaffAction(.screeningChanged, subject: "email removed", email: email),
            by: principal
        )
    }

    /// The networks that sign-ups are checked against.
    package func screenedAddresses(
        matching filter: String? = nil,
        page: Int = 0,
        for principal: Principal
    ) async throws -> [ScreenedEntry] {
        try checkSeesScreening(principal)
        return try await database.all(
            ScreeningQueries.addresses(
                matching: try filter.map { try Self.network($0) },
                limit: Limits.screenedRowsListed,
                offset: Self.screeningOffset(page)
            )
        )
    }

    package func screenedURLs(
        page: Int = 0,
        for principal: Principal
    ) async throws -> [ScreenedEntry] {
        try checkSeesScreening(principal)
        return try await database.all(
            ScreeningQueries.urls(
                limit: Limits.screenedRowsListed,
                offset: Self.screeningOffset(page)
            )
        )
    }

    package func screenAddress(
        _ network: String,
        _ action: ScreeningAction,
        by principal: Principal
    ) async throws -> ScreenedEntry {
        let permitted = try principal.mayAdministerSite()
        let network = try Self.network(network)
        let id = try await database.value(
            ScreeningQueries.insertAddress(network, action, permitted),
            as: Int64.self
        )
        guard let id else {
            throw ForumError(.invalid, "Ip address has already been taken", field: "ip_address")
        }
        return try await recordedAddress(id, "\(action.name) \(network)", by: principal)
    }

    package func changeScreenedAddress(
        _ id: Int64,
        network: String?,
        action: ScreeningAction?,
        by principal: Principal
    ) async throws -> ScreenedEntry {
        let permitted = try principal.mayAdministerSite()
        let network = try network.map { try Self.network($0) }
        do {
            let changed = try await database.value(
                ScreeningQueries.changeAddress(id, network, action, permitted),
                as: Int64.self
            )
            guard changed != nil else { throw ForumError.notFound }
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            throw ForumError(.invalid, "Ip address has already been taken", field: "ip_address")
        }
        return try await recordedAddress(id, "changed", by: principal)
    }

    package func forgetScreenedAddress(_ id: Int64, by principal: Principal) async throws {
        let permitted = try principal.mayAdministerSite()
        let network = try await database.value(
            ScreeningQueries.forgetAddress(id, permitted),
            as: String.self
        )
        guard let network else { throw ForumError.notFound }
        try await record(
            StaffAction(.screeningChanged, subject: "address removed", details: network),
            by: principal
        )
    }

    private func recordedAddress(
        _ id: Int64,
        _ details: String,
        by principal: Principal
    ) async throws -> ScreenedEntry {
        try await record(
            StaffAction(.screeningChanged, subject: "address", details: details),
            by: principal
        )
        guard let entry: ScreenedEntry = try await database.first(ScreeningQueries.address(id))
        else { throw ForumError.notFound }
        return entry
    }

    /// - Returns: An address or a network such as `192.0.2.0/24`; `192.0.2.*` is one too.
    private static func network(_ text: String) throws(ForumError) -> String {
        let refusal = ForumError(
            .invalid,
            "Ip address is not valid. Please enter a valid IP address or network.",
            field: "ip_address"
        )
        var text = text.trimmingWhitespace
        if text.hasSuffix(".*") {
            let stars = text.split(separator: ".").filter { $0 == "*" }.count
            let kept = text.split(separator: ".").filter { $0 != "*" }
            guard kept.count + stars == 4 else { throw refusal }
            text =
                (kept.map(String.init) + Array(repeating: "0", count: stars)).joined(separator: ".")
                + "/\(kept.count * 8)"
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let address = parts.first, parts.count <= 2,
            ClientNetwork.isAddress(String(address))
        else { throw refusal }
        guard parts.count == 2 else { return String(address) }
        guard let length = Int(parts[1]), (1...(address.contains(":") ? 128 : 32)).contains(length)
        else { throw refusal }
        return "\(address)/\(length)"
    }
}
