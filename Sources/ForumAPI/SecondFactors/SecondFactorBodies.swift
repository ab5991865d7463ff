/// Who asks to be taken for the owner of a session again.
package struct ConfirmSessionRequest: Codable, Sendable, Equatable {
    package var password: String?
    package var secondFactorToken: String?
    /// 1 an authenticator, 2 a backup code.
    package var secondFactorMethod: Int?

    package init(
        password: String? = nil,
        secondFactorToken: String? = nil,
        secondFactorMethod: Int? = nil
    ) {
        self.password = password
        self.secondFactorToken = secondFactorToken
        self.secondFactorMethod = secondFactorMethod
    }

    private enum CodingKeys: String, CodingKey {
        case password
        case secondFactorToken = "second_factor_token"
        case secondFactorMethod = "second_factor_method"
    }
}

/// `success`, or (with status 200 too) `failed` and `error`.
package struct SecondFactorReply: Codable, Sendable, Equatable {
    @IfPresent package var success: String?
    @IfPresent package var failed: String?
    @IfPresent package var error: String?
    /// As a log-in names it.
    @IfPresent package var reason: String?
    @IfPresent package var totpEnabled: Bool?
    @IfPresent package var backupEnabled: Bool?

    package init(
        success: String? = nil,
        failed: String? = nil,
        error: String? = nil,
        reason: String? = nil,
        totpEnabled: Bool? = nil,
        backupEnabled: Bool? = nil
    ) {
        self.success = success
        self.failed = failed
        self.error = error
        self.reason = reason
        self.totpEnabled = totpEnabled
        self.backupEnabled = backupEnabled
    }

    private enum CodingKeys: String, CodingKey {
        case success
        case failed
        case error
        case reason
        case totpEnabled = "totp_enabled"
        case backupEnabled = "backup_enabled"
    }
}

/// An authenticator of the caller.
package struct AuthenticatorBody: Codable, Sendable, Equatable {
    package var id: Int
    package var name: String
    package var lastUsed: String?
    package var createdAt: String
    /// 1: an authenticator.
    package var method: Int

    package init(id: Int, name: String, lastUsed: String?, createdAt: String, method: Int = 1) {
        self.id = id
        self.name = name
        self.lastUsed = lastUsed
        self.createdAt = createdAt
        self.method = method
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case lastUsed = "last_used"
        case createdAt = "created_at"
        case method
    }
}

/// The second factors, or that the session has to be confirmed before they are told.
package struct SecondFactorListReply: Codable, Sendable, Equatable {
    @IfPresent package var success: String?
    @IfPresent package var totps: [AuthenticatorBody]?
    /// Always empty: security keys are not offered.
    @IfPresent package var securityKeys: [AuthenticatorBody]?
    @IfPresent package var unconfirmedSession: Bool?
    /// The older name of the same.
    @IfPresent package var passwordRequired: Bool?
    @IfPresent package var failed: String?
    @IfPresent package var error: String?

    package init(
        success: String? = nil,
        totps: [AuthenticatorBody]? = nil,
        securityKeys: [AuthenticatorBody]? = nil,
        unconfirmedSession: Bool? = nil,
        passwordRequired: Bool? = nil,
        failed: String? = nil,
        error: String? = nil
    ) {
        self.success = success
        self.totps = totps
        self.securityKeys = securityKeys
        self.unconfirmedSession = unconfirmedSession
        self.passwordRequired = passwordRequired
        self.failed = failed
        self.error = error
    }

    private enum CodingKeys: String, CodingKey {
        case success
        case totps
        case securityKeys = "security_keys"
        case unconfirmedSession = "unconfirmed_session"
        case passwordRequired = "password_required"
        case failed
        case error
    }
}

/// A new secret: this is the only time that it can be read.
package struct StagedAuthenticatorReply: Codable, Sendable, Equatable {
    package var success: String
    /// Base 32 in groups of four.
    package var key: String
    /// A `data:` address of a PNG: the QR code.
    package var qr: String

    package init(success: String = "OK", key: String, qr: String) {
        self.success = success
        self.key = key
        self.qr = qr
    }
}

/// `POST /u/enable_second_factor_totp`.
package struct EnableAuthenticatorRequest: Codable, Sendable, Equatable {
    package var name: String?
    package var secondFactorToken: String?

    package init(name: String? = nil, secondFactorToken: String? = nil) {
        self.name = name
        self.secondFactorToken = secondFactorToken
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case secondFactorToken = "second_factor_token"
    }
}

/// `PUT /u/second_factor`.
package struct UpdateSecondFactorRequest: Codable, Sendable, Equatable {
    /// Of an authenticator.
    package var id: Int?
    package var name: String?
    /// Whether it is removed.
    package var disable: Bool?
    /// 1 an authenticator, 2 the backup codes, all of them.
    package var secondFactorTarget: Int

    package init(
        id: Int? = nil,
        name: String? = nil,
        disable: Bool? = nil,
        secondFactorTarget: Int
    ) {
        self.id = id
        self.name = name
        self.disable = disable
        self.secondFactorTarget = secondFactorTarget
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case disable
        case secondFactorTarget = "second_factor_target"
    }
}

/// New backup codes: this is the only time that they can be read.
package struct BackupCodesReply: Codable, Sendable, Equatable {
    package var success: String
    package var backupCodes: [String]

    package init(success: String = "OK", backupCodes: [String]) {
        self.success = success
        self.backupCodes = backupCodes
    }

    private enum CodingKeys: String, CodingKey {
        case success
        case backupCodes = "backup_codes"
    }
}
