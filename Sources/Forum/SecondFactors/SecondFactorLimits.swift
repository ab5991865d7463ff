extension Limits {
    package static let authenticatorsPerUser = 50
    package static let authenticatorNameMax = 300
    /// How long somebody may take from the picture of a new secret to its first code.
    static let stagedAuthenticatorSeconds = 3600.0
    static let backupCodes = 10
    /// Random bytes of a backup code: 16 characters.
    static let backupCodeBytes = 10
    /// How long a session counts as confirmed.
    static let confirmedSessionSeconds = 900.0
    /// How long a password that was right is remembered while its owner looks for the second factor.
    static let halfLogInSeconds = 600.0
}
