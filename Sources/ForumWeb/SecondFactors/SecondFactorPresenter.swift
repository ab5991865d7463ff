import Forum
import ForumAPI
import Postgres

/// Second factors as Discourse's clients know them.
enum SecondFactorPresenter {
    /// What a log-in answers that lacks one, with status 200.
    static func logIn(_ refusal: SecondFactorRefusal) -> LogInReply {
        LogInReply(
            error: refusal.message,
            reason: refusal.reason.rawValue,
            failed: "FAILED",
            ok: false,
            totpEnabled: refusal.state.isOn,
            backupEnabled: refusal.state.hasBackupCodes,
            securityKeyEnabled: false,
            multipleSecondFactorMethods: refusal.state.hasBackupCodes
        )
    }

    static func confirmation(_ outcome: ConfirmationOutcome) -> SecondFactorReply {
        switch outcome {
        case .confirmed: SecondFactorReply(success: "OK")
        case .wrongPassword: SecondFactorReply(failed: "FAILED", error: "Incorrect password")
        case .secondFactorWanted(let refusal): reply(refusal)
        }
    }

    static func reply(_ refusal: SecondFactorRefusal) -> SecondFactorReply {
        SecondFactorReply(
            failed: "FAILED",
            error: refusal.message,
            reason: refusal.reason.rawValue,
            totpEnabled: refusal.state.isOn,
            backupEnabled: refusal.state.hasBackupCodes
        )
    }

    static func authenticator(_ authenticator: Authenticator) -> AuthenticatorBody {
        AuthenticatorBody(
            id: Int(authenticator.id),
            name: authenticator.name,
            lastUsed: authenticator.lastUsedAt?.iso8601,
            createdAt: authenticator.createdAt.iso8601
        )
    }
}
