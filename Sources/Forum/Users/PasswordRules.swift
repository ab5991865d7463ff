/// Which passwords are good enough (NIST SP 800-63B §5.1.1.2: length and a list, no composition).
package enum PasswordRules {
    /// What is wrong with a password, in Discourse's words; empty when it is good.
    package static func problems(
        _ password: String,
        username: String,
        email: String?,
        name: String? = nil,
        isStaff: Bool = false
    ) -> [String] {
        guard password.utf8.count <= Limits.passwordBytesMax else {
            return ["Password is too long (maximum is \(Limits.passwordBytesMax) bytes)"]
        }
        let minimum = isStaff ? Limits.passwordMinAdmin : Limits.passwordMin
        guard password.unicodeScalars.count >= minimum else {
            return ["Password is too short (minimum is \(minimum) characters)"]
        }
        let folded = UsernameRules.fold(password)
        if folded == UsernameRules.fold(username) {
            return ["Password is the same as your username. Please use a more secure password."]
        }
        if let name, folded == UsernameRules.fold(name) {
            return ["Password is the same as your name. Please use a more secure password."]
        }
        if let email, folded == email.lowercased() {
            return ["Password is the same as your email. Please use a more secure password."]
        }
        if Set(folded.unicodeScalars).count < 4 {
            return ["Password has too few different characters. Please use a more secure password."]
        }
        if CommonPasswords.contains(folded) {
            return [
                "Password is one of the most common passwords. Please use a more secure password."
            ]
        }
        return []
    }
}
