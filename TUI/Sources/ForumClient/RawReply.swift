import ForumAPI

/// A reply as it came.
struct RawReply {
    let status: Int
    let contentType: String?
    let retryAfter: String?
    var date: String?
    var authAPIVersion: String?
    let body: [UInt8]

    /// The site did not accept the token against forged requests.
    var isForged: Bool {
        status == 403 && body.count < 256
            && String(decoding: body, as: UTF8.self).contains("BAD CSRF")
    }

    /// What went wrong, nil for a success. A success with `errors` in it is none.
    var error: ClientError? {
        if 200..<300 ~= status { return errorOfSuccess }
        switch status {
        case 401: return .auth(message: messages.first ?? "The site does not know you.")
        case 403:
            let text = messages.joined(separator: " ")
            guard errorType == APIErrorType.notLoggedIn || isKeyRefused(text) else {
                return .forbidden(message: text.isEmpty ? "You may not do this." : text)
            }
            return .auth(message: text.isEmpty ? "You need to be logged in." : text)
        case 404, 410: return .notFound
        case 409: return .conflict(message: messages.first ?? "")
        case 413: return .tooLarge
        case 429: return .rateLimited(seconds: secondsToWait)
        case 400..<500: return .invalid(messages: messages)
        default: return .server(status: status, message: messages.first ?? "")
        }
    }

    /// A key was taken back or never was one: Discourse says so in words alone.
    private func isKeyRefused(_ text: String) -> Bool {
        errorType == APIErrorType.invalidAccess && text.contains("API username or key is invalid")
    }

    /// `{"errors":["…"]}` with status 200, as some operations refuse.
    private var errorOfSuccess: ClientError? {
        guard body.first == 0x7B, body.count < 65_536 else { return nil }
        guard let object = parsed?.objectValue, object["success"] == nil,
            case .array(let errors) = object["errors"], !errors.isEmpty
        else { return nil }
        return .invalid(messages: messages)
    }

    private var parsed: WireValue? {
        guard let first = body.first, first == 0x7B || first == 0x5B else { return nil }
        do {
            return try WireValue.parse(json: body, lenient: true)
        } catch {
            // Not JSON: a page of a proxy, which has no messages for people.
            return nil
        }
    }

    private var errorType: String? { parsed?["error_type"]?.stringValue }

    /// The site's own words, cut to what a screen can show.
    private var messages: [String] {
        let value = parsed
        var texts: [String] = []
        switch value?["errors"] {
        case .array(let errors): texts = errors.compactMap(\.stringValue)
        case .string(let text): texts = [text]
        default:
            texts = [value?["error"]?.stringValue, value?["message"]?.stringValue]
                .compactMap(\.self)
        }
        return texts.prefix(Limits.errorMessages).map { text in
            String(text.filter { !$0.isControl }.prefix(Limits.errorCharacters))
        }
    }

    /// Seconds by the body, else by the header, else a guess. Discourse's clients wait one more.
    private var secondsToWait: Int {
        let seconds = parsed?["extras"]?["wait_seconds"]?.intValue ?? retryAfter.flatMap { Int($0) }
        return min(max(seconds ?? 10, 1), 86_400)
    }
}

extension Character {
    /// Nothing that a terminal would obey.
    fileprivate var isControl: Bool {
        unicodeScalars.contains { $0.value < 0x20 || 0x7F...0x9F ~= $0.value }
    }
}
