/// A key that the site gives out once its member has said yes in a browser.
package enum LoginApproval: Sendable, Hashable {
    /// The member types `code` at `page`; the program hears of it by itself.
    case device(code: String, page: String)
    /// The member opens `page` and pastes what it shows.
    case paste(page: String)

    package var page: String {
        switch self {
        case .device(_, let page), .paste(let page): page
        }
    }
}

/// The form to log in with.
struct LoginState: Sendable {
    enum Field: Sendable, Hashable {
        case username
        case password
        case code
        /// What the page in the browser showed.
        case payload
    }

    var username = TextField()
    var password = TextField()
    /// A code of the second factor, asked for when the site wants one.
    var code = TextField()
    var wantsCode = false
    var focus = Field.username
    var isSending = false
    /// What waits for a browser; nil while name and password are asked for.
    var approval: LoginApproval?
    var payload = TextField()

    var fields: [Field] {
        switch approval {
        case .device: []
        case .paste: [.payload]
        case nil: wantsCode ? [.username, .password, .code] : [.username, .password]
        }
    }

    mutating func moveFocus(by step: Int) {
        let all = fields
        guard !all.isEmpty else { return }
        let index = all.firstIndex(of: focus) ?? 0
        focus = all[(index + step + all.count) % all.count]
    }

    mutating func edit(_ key: Key) -> Bool {
        switch focus {
        case .username: username.edit(key)
        case .password: password.edit(key)
        case .code: code.edit(key)
        case .payload: payload.edit(key)
        }
    }

    mutating func insert(_ text: String) {
        switch focus {
        case .username: username.insert(text)
        case .password: password.insert(text)
        case .code: code.insert(text)
        case .payload: payload.insert(TextField.unspaced(text))
        }
    }
}

extension TextField {
    /// Without white space: what a page shows in several lines is one word.
    static func unspaced(_ text: String) -> String {
        String(text.filter { !$0.isWhitespace })
    }
}
