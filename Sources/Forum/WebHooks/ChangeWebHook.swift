import Cryptography
import Postgres

extension Community {
    /// What stands for a secret that is not shown; sent back, it leaves the secret as it is.
    package static let hiddenSecret = "••••••••••••"

    /// - Throws: `.forbidden` for anybody but administrators, `.invalid` with what is wrong.
    package func createWebHook(
        _ fields: WebHookFields,
        by principal: Principal
    ) async throws -> WebHook {
        let permitted = try principal.mayAdministerSite()
        let checked = try await checked(fields, of: nil)
        let now = clock()
        let id = try await database.transaction { transaction -> WebHookID in
            guard
                let id = try await transaction.value(
                    WebHookQueries.insert(checked, permitted, at: now),
                    as: WebHookID.self
                )
            else {
                throw ForumError(
                    .invalid,
                    "There are \(Limits.webHooksMax) webhooks already; remove one first."
                )
            }
            try await write(checked.sealedSecret, of: id, permitted, in: transaction)
            try await transaction.execute(
                StaffLogQueries.record(
                    StaffAction(
                        .createWebHook,
                        subject: "\(id)",
                        details: Self.details(checked)
                    ),
                    by: principal,
                    at: now
                )
            )
            return id
        }
        return try await webHook(id, by: principal)
    }

    /// - Throws: `.forbidden`, `.notFound`, `.invalid` with what is wrong.
    package func updateWebHook(
        _ id: WebHookID,
        _ fields: WebHookFields,
        by principal: Principal
    ) async throws -> WebHook {
        let permitted = try principal.mayAdministerSite()
        let old = try await webHook(id, by: principal)
        let checked = try await checked(fields, of: old)
        let now = clock()
        try await database.transaction { transaction in
            let updated = try await transaction.query(
                WebHookQueries.update(id, checked, permitted, at: now)
            )
            guard !updated.isEmpty else { throw ForumError.notFound }
            try await write(checked.sealedSecret, of: id, permitted, in: transaction)
            try await transaction.execute(
                StaffLogQueries.record(
                    StaffAction(
                        .updateWebHook,
                        subject: "\(id)",
                        details: Self.details(checked),
                        from: old.shownURL
                    ),
                    by: principal,
                    at: now
                )
            )
        }
        signals.requestsQueued()
        return try await webHook(id, by: principal)
    }

    /// Removes a webhook with everything that waits for it.
    ///
    /// - Throws: `.forbidden`, `.notFound`.
    package func deleteWebHook(_ id: WebHookID, by principal: Principal) async throws {
        let permitted = try principal.mayAdministerSite()
        let hook = try await webHook(id, by: principal)
        _ = try await database.batch([
            WebHookQueries.delete(id, permitted),
            StaffLogQueries.record(
                StaffAction(.deleteWebHook, subject: "\(id)", details: hook.shownURL),
                by: principal,
                at: clock()
            ),
        ])
    }

    private func write(
        _ secret: CheckedWebHook.SecretChange,
        of id: WebHookID,
        _ permitted: Permitted<AdministerSite, WholeSite>,
        in transaction: Transaction
    ) async throws {
        var sealed: [UInt8]?
        switch secret {
        case .keep: return
        case .none: break
        case .set(let bytes): sealed = serverKey.seal(bytes, context: Self.secretContext(of: id))
        }
        try await transaction.execute(WebHookQueries.setSecret(id, sealed, permitted))
    }

    /// What a sealed secret is bound to.
    static func secretContext(of id: WebHookID) -> String { "secret of webhook \(id)" }

    private static func details(_ hook: CheckedWebHook) -> String {
        """
        payload_url: \(hook.payloadURL.prefix { $0 != "?" })
        events: \(hook.isWildcard ? "all" : names(hook.eventTypes))
        categories: \(hook.categoryIDs) tags: \(hook.tagIDs) groups: \(hook.groupIDs)
        verify_certificate: \(hook.verifiesCertificate) active: \(hook.isActive)
        """
    }

    private static func names(_ types: [Int64]) -> String {
        types.compactMap { WebHookEventType(rawValue: Int($0))?.name }.joined(separator: ", ")
    }

    // MARK: Rules

    private func checked(
        _ fields: WebHookFields,
        of old: WebHook?
    ) async throws -> CheckedWebHook {
        var problems: [String] = []
        let url = (fields.payloadURL ?? old?.payloadURL ?? "").trimmingWhitespace
        if url.isEmpty { problems.append("Payload URL can't be blank") }
        if url.utf8.count > Limits.webHookURLMax { problems.append("Payload URL is too long") }
        let contentType = fields.contentType ?? old?.contentType.rawValue ?? 1
        if WebHook.ContentType(rawValue: contentType) == nil {
            problems.append("Content type must be 1 (JSON) or 2 (form)")
        }
        let isWildcard = fields.isWildcard ?? old?.isWildcard ?? false
        let types = Array(Set(fields.eventTypes ?? old?.eventTypes.map(\.rawValue) ?? [])).sorted()
        let unknown = types.filter { WebHookEventType(rawValue: $0) == nil }
        if !unknown.isEmpty {
            problems.append(
                "Web hook event types has no \(unknown.map(String.init).joined(separator: ", "))"
            )
        }
        if types.isEmpty, !isWildcard { problems.append("Web hook event types can't be blank") }
        let secret = Self.secretChange(fields.secret, &problems)
        let filters = try await filters(fields, of: old, &problems)
        guard problems.isEmpty else { throw ForumError(.invalid, problems) }
        return CheckedWebHook(
            payloadURL: url,
            contentType: contentType,
            sealedSecret: secret,
            isWildcard: isWildcard,
            eventTypes: types.map { Int64($0) },
            categoryIDs: filters.categories,
            tagIDs: filters.tags,
            groupIDs: filters.groups,
            verifiesCertificate: fields.verifiesCertificate ?? old?.verifiesCertificate ?? true,
            isActive: fields.isActive ?? old?.isActive ?? false
        )
    }

    private static func secretChange(
        _ secret: String?,
        _ problems: inout [String]
    ) -> CheckedWebHook.SecretChange {
        guard let secret, secret != hiddenSecret else { return .keep }
        guard !secret.isEmpty else { return .none }
        if secret.unicodeScalars.count < Limits.webHookSecretMin {
            problems.append(
                "Secret is too short (minimum is \(Limits.webHookSecretMin) characters)"
            )
        }
        if secret.unicodeScalars.count > Limits.webHookSecretMax {
            problems.append(
                "Secret is too long (maximum is \(Limits.webHookSecretMax) characters)"
            )
        }
        return .set(Array(secret.utf8))
    }

    private func filters(
        _ fields: WebHookFields,
        of old: WebHook?,
        _ problems: inout [String]
    ) async throws -> (categories: [Int64], tags: [Int64], groups: [Int64]) {
        let categories = fields.categoryIDs ?? old?.categoryIDs.map(\.value) ?? []
        let groups = fields.groupIDs ?? old?.groupIDs.map(\.value) ?? []
        let keys = (fields.tagNames ?? old?.tagNames ?? []).map {
            TagRules.cleaned($0, maximum: 100)
        }
        guard [categories.count, groups.count, keys.count].max() ?? 0 <= Limits.webHookFilterMax
        else {
            problems.append("A filter has more than \(Limits.webHookFilterMax) entries")
            return ([], [], [])
        }
        let answers = try await database.batch([
            // Only what is named now: a filter that is left alone may name what is gone.
            WebHookQueries.unknown(
                categories: fields.categoryIDs ?? [],
                groups: fields.groupIDs ?? [],
                tagKeys: fields.tagNames == nil ? [] : keys
            ),
            WebHookQueries.tagIDs(keys),
        ])
        for unknown in try answers[0].values(String.self) {
            problems.append("There is no \(unknown)")
        }
        return (categories, try answers[1].values(), groups)
    }
}
