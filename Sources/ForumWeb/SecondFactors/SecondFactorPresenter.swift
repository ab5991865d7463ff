import Forum
import ForumAPI

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
}
