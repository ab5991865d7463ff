/// Second factors of one's own account. All but the two of sessions ask for a confirmed session.
extension API {
    package enum SecondFactors {
        package static let confirmSession = Endpoint<ConfirmSessionRequest, SecondFactorReply>(
            .post,
            "/u/confirm-session",
            summary: "Prove within a session who you are"
        )
        package static let trustedSession = Endpoint<NoBody, SecondFactorReply>(
            .get,
            "/u/trusted-session",
            summary: "Whether the session is confirmed"
        )
        package static let list = Endpoint<ConfirmSessionRequest, SecondFactorListReply>(
            .post,
            "/u/second_factors",
            summary: "List second factors"
        )
        package static let create = Endpoint<NoBody, StagedAuthenticatorReply>(
            .post,
            "/u/create_second_factor_totp",
            summary: "Make a secret for an authenticator"
        )
        /// A wrong code answers 200 with `error`.
        package static let enable = Endpoint<EnableAuthenticatorRequest, SecondFactorReply>(
            .post,
            "/u/enable_second_factor_totp",
            summary: "Turn an authenticator on by its first code"
        )
        package static let update = Endpoint<UpdateSecondFactorRequest, SuccessReply>(
            .put,
            "/u/second_factor",
            summary: "Rename or remove a second factor"
        )
        package static let disableAll = Endpoint<NoBody, SuccessReply>(
            .put,
            "/u/disable_second_factor",
            summary: "Turn all second factors off"
        )
        package static let makeBackupCodes = Endpoint<NoBody, BackupCodesReply>(
            .put,
            "/u/second_factors_backup",
            summary: "Make new backup codes"
        )

        static let signatures = [
            confirmSession.signature,
            trustedSession.signature,
            list.signature,
            create.signature,
            enable.signature,
            update.signature,
            disableAll.signature,
            makeBackupCodes.signature,
        ]
    }
}
