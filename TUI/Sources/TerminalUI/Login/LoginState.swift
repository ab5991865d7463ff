/// The form to log in with.
struct LoginState: Sendable {
    enum Field: Sendable, Hashable {
        case username
        case password
        case code
    }

    var username = TextField()
    var password = TextField()
    /// A code of the second factor, asked for when the site wants one.
    var code = TextField()
    var wantsCode = false
    var focus = Field.username
    var isSending = false

    var fields: [Field] { wantsCode ? [.username, .password, .code] : [.username, .password] }

    mutating func moveFocus(by step: Int) {
        let all = fields
        let index = all.firstIndex(of: focus) ?? 0
        focus = all[(index + step + all.count) % all.count]
    }

    mutating func edit(_ key: Key) -> Bool {
        switch focus {
        case .username: username.edit(key)
        case .password: password.edit(key)
        case .code: code.edit(key)
        }
    }

    mutating func insert(_ text: String) {
        switch focus {
        case .username: username.insert(text)
        case .password: password.insert(text)
        case .code: code.insert(text)
        }
    }
}
