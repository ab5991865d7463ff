import Cryptography
import Forum
import ForumAPI
import Hummingbird

/// Discourse's snare for programs that fill in every field: a visitor's client asks for two words
/// before it makes an account, and sends one back as it is and one reversed.
struct SignUpSnare: Sendable {
    let community: Community

    /// What goes with a `_forum_session` cookie.
    func value(_ cookie: String) -> String { word("value", cookie) }

    func challenge(_ cookie: String) -> String { word("challenge", cookie) }

    /// Whether a request to make an account went past the snare. Programs with a key need not.
    func passes(_ call: Call<CreateUserRequest>) -> Bool {
        call.proof == .apiKey
            || passes(call, call.body.passwordConfirmation, challenge: call.body.challenge)
    }

    /// Whether both words came back as this browser was to send them.
    func passes<Body>(_ call: Call<Body>, _ value: String?, challenge: String?) -> Bool {
        guard let cookie = call.cookies[SessionCookie.forum]?.value, let value, let challenge
        else { return false }
        return constantTimeEqual(Array(value.utf8), Array(self.value(cookie).utf8))
            && constantTimeEqual(
                Array(challenge.utf8.reversed()),
                Array(self.challenge(cookie).utf8)
            )
    }

    private func word(_ purpose: String, _ cookie: String) -> String {
        let message = "hp:\(purpose):\(cookie)"
        let mac = HMAC.sha256(key: community.secrets.csrf, message: Array(message.utf8))
        return Hex.encode(Array(mac.prefix(16)))
    }
}
