import Cryptography
package import Postgres

/// A way to prove oneself beside the password, under Discourse's numbers.
package enum SecondFactorMethod: Int, Sendable, CaseIterable {
    case totp = 1
    case backupCode = 2
    /// Not offered here.
    case securityKey = 3
}

/// What somebody gives beside the password.
package struct SecondFactorProof: Sendable {
    /// `nil`: none was named, or one that there is not.
    let method: SecondFactorMethod?
    let token: String

    /// - Parameter method: Discourse's number of it.
    package init?(token: String?, method: Int?) {
        guard token != nil || method != nil else { return nil }
        self.method = method.flatMap { SecondFactorMethod(rawValue: $0) }
        self.token = token ?? ""
    }

    /// For forms with one field: what has the length of an authenticator's code is one, anything else
    /// is a backup code.
    package init?(anyOf text: String?) {
        guard let text, !text.isEmpty else { return nil }
        token = text
        let digits = text.filter { !$0.isWhitespace }
        let isTOTP =
            digits.utf8.count == OneTimeCode.digits
            && digits.utf8.allSatisfy { (48...57).contains($0) }
        method = isTOTP ? .totp : .backupCode
    }
}

/// Which second factors somebody has.
package struct SecondFactorState: Sendable, Equatable, RowDecodable {
    package let authenticators: Int
    package let backupCodes: Int

    package var isOn: Bool { authenticators > 0 }
    package var hasBackupCodes: Bool { isOn && backupCodes > 0 }

    package init(authenticators: Int, backupCodes: Int) {
        self.authenticators = authenticators
        self.backupCodes = backupCodes
    }

    package init(from row: inout RowReader) throws(PostgresError) {
        authenticators = try row.next()
        backupCodes = try row.next()
    }
}

/// Why a second factor did not let somebody on; thrown where a use case has no outcome to say it by.
package struct SecondFactorRefusal: Error, Sendable, Equatable {
    /// Discourse's names.
    package enum Reason: String, Sendable, CaseIterable {
        /// A code that is wrong, or was used.
        case invalidCode = "invalid_second_factor"
        /// No method, or one that there is not: this is also how the first factor alone is answered.
        case invalidMethod = "invalid_second_factor_method"
        case methodNotEnabled = "not_enabled_second_factor_method"
    }

    package let reason: Reason
    /// What the person could prove themselves by.
    package let state: SecondFactorState

    package var message: String {
        switch reason {
        case .invalidCode: "Invalid authentication code. Each code can only be used once."
        case .invalidMethod: "The selected two-factor method is invalid."
        case .methodNotEnabled:
            "The selected two-factor method is not enabled for your account."
        }
    }
}

/// One authenticator of somebody.
package struct Authenticator: Sendable, RowDecodable {
    package let id: Int64
    package let name: String
    package let createdAt: Timestamp
    package let lastUsedAt: Timestamp?

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        name = try row.next()
        createdAt = try row.next()
        lastUsedAt = try row.next()
    }
}
