import Cryptography
import Forum
import ForumAPI
import Hummingbird

/// One's own second factors, and the confirmation of the session that changing them asks for.
struct SecondFactorRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        let api = API.SecondFactors.self
        routes.serve(api.confirmSession, .member) { call in
            SecondFactorPresenter.confirmation(try await confirm(call))
        }
        routes.serve(api.trustedSession, .member) { call in
            let isConfirmed = try await community.isConfirmed(
                call.sessionToken,
                of: call.principal
            )
            return isConfirmed
                ? SecondFactorReply(success: "OK") : SecondFactorReply(failed: "FAILED")
        }
        routes.serve(api.list, .member) { call in try await list(call) }
        routes.serve(api.disableAll, .member) { call in
            try await community.removeSecondFactors(by: call.principal, session: call.sessionToken)
            return SuccessReply()
        }
        routes.serve(api.makeBackupCodes, .member) { call in
            BackupCodesReply(
                backupCodes: try await community.makeBackupCodes(
                    by: call.principal,
                    session: call.sessionToken
                )
            )
        }
        addAuthenticators(to: routes)
    }

    private func addAuthenticators(to routes: RouteTable) {
        let api = API.SecondFactors.self
        routes.serve(api.create, .member) { call in
            let staged = try await community.stageAuthenticator(
                by: call.principal,
                session: call.sessionToken
            )
            return StagedAuthenticatorReply(
                key: staged.key,
                qr: "data:image/png;base64," + Base64.encode(staged.picture)
            )
        }
        routes.serve(api.enable, .member) { call in
            guard let code = call.body.secondFactorToken, !code.isEmpty else {
                return SecondFactorReply(failed: "FAILED", error: "Please provide a code.")
            }
            guard let name = call.body.name, !name.isEmpty else {
                return SecondFactorReply(failed: "FAILED", error: "Please provide a name.")
            }
            let isRight = try await community.enableAuthenticator(
                named: name,
                code: code,
                by: call.principal,
                session: call.sessionToken
            )
            guard isRight else {
                return SecondFactorReply(
                    failed: "FAILED",
                    error: "Invalid authentication code. Each code can only be used once."
                )
            }
            return SecondFactorReply(success: "OK")
        }
        routes.serve(api.update, .member) { call in
            try await update(call)
            return SuccessReply()
        }
    }

    private func confirm(
        _ call: Call<ConfirmSessionRequest>
    ) async throws -> ConfirmationOutcome {
        try await community.confirmSession(
            call.sessionToken,
            of: call.principal,
            password: call.body.password ?? "",
            secondFactor: SecondFactorProof(
                token: call.body.secondFactorToken,
                method: call.body.secondFactorMethod
            ),
            clientIP: call.clientAddress
        )
    }

    /// Older clients send the password along instead of confirming the session first.
    private func list(_ call: Call<ConfirmSessionRequest>) async throws -> SecondFactorListReply {
        if call.body.password != nil {
            let confirmation = SecondFactorPresenter.confirmation(try await confirm(call))
            if let error = confirmation.error {
                return SecondFactorListReply(failed: "FAILED", error: error)
            }
        }
        guard try await community.isConfirmed(call.sessionToken, of: call.principal) else {
            return SecondFactorListReply(unconfirmedSession: true, passwordRequired: true)
        }
        let authenticators = try await community.authenticators(
            of: call.principal,
            session: call.sessionToken
        )
        return SecondFactorListReply(
            success: "OK",
            totps: authenticators.map { SecondFactorPresenter.authenticator($0) },
            securityKeys: []
        )
    }

    private func update(_ call: Call<UpdateSecondFactorRequest>) async throws {
        let body = call.body
        let (principal, session) = (try call.principal, call.sessionToken)
        let removes = body.disable ?? false
        switch SecondFactorMethod(rawValue: body.secondFactorTarget) {
        case .totp:
            guard let id = body.id.map(Int64.init) else { throw WireError.missing(parameter: "id") }
            if let name = body.name, !name.isEmpty {
                try await community.renameAuthenticator(
                    id,
                    to: name,
                    by: principal,
                    session: session
                )
            }
            if removes {
                try await community.removeAuthenticator(id, by: principal, session: session)
            }
        case .backupCode:
            if removes { try await community.removeBackupCodes(by: principal, session: session) }
        case .securityKey, nil:
            throw ForumError(
                .malformed,
                "second_factor_target must be 1 or 2.",
                field: "second_factor_target"
            )
        }
    }
}
