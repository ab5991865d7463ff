@testable import ForumWeb

/// The addresses by which one route is asked in every world, open ones and secret ones.
///
/// In the worlds that have no secrets, the numbers of the secret things belong to nothing.
struct TwoWorldLine: Sendable {
    let signature: String
    let uris: [String]
    /// Keys of the JSON answer whose values differ between any two answers.
    var masked: [String] = []
    /// Why something is masked, or nothing is asked.
    var reason: String?

    init(signature: String, uris: [String]) {
        self.signature = signature
        self.uris = uris
    }

    init(_ signature: String, _ uris: String...) {
        self.signature = signature
        self.uris = uris
    }

    init(_ form: Representation, _ path: String, _ uris: String...) {
        signature = "GET \(form.signed(path))"
        self.uris = uris.map { form.routed($0) }
    }

    init(_ signature: String, _ uris: String..., masking keys: [String], because reason: String) {
        self.signature = signature
        self.uris = uris
        masked = keys
        self.reason = reason
    }

    /// A route that cannot be compared; the reason stands here for whoever reads the table.
    static func skipped(_ signature: String, because reason: String) -> TwoWorldLine {
        TwoWorldLine(signature, masking: [], because: reason)
    }

    /// An answer without the values that differ anyway.
    func masking(_ text: String) throws -> String {
        try masked.reduce(text) { text, key in
            let value = try Regex("\"\(key)\":(\"[^\"]*\"|[0-9]+)")
            return text.replacing(value, with: "\"\(key)\":…")
        }
    }
}
