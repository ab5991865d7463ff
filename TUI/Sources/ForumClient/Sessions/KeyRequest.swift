import Cryptography
import ForumAPI

/// Asks a site for a key that its member approves in a browser: by the device flow where the site
/// has it, by a page and a pasted answer on every other Discourse.
package struct KeyRequest: Sendable {
    /// What the member does.
    package enum Way: Sendable, Equatable {
        /// The member types `userCode` at `page`; ``poll(_:)`` is asked every `interval` seconds.
        case device(userCode: String, page: String, deviceCode: String, interval: Int, seconds: Int)
        /// The member opens `page` and pastes what it shows into ``open(payload:)``.
        case paste(page: String)
    }

    /// How it stands with a device code.
    package enum Standing: Sendable, Equatable {
        case pending
        case approved(Credentials)
        case denied
        case expired
    }

    package static let applicationName = "parley"
    /// What reading and writing needs; both are allowed on every site.
    private static let scopes = "read,write"

    private let client: SiteClient
    private let key: RSAPrivateKey
    private let nonce: String
    private let clientID: String

    package init(client: SiteClient) throws(ClientError) {
        guard let key = RSAPrivateKey() else {
            throw .invalid(messages: ["A key could not be made on this machine."])
        }
        self.client = client
        self.key = key
        nonce = Random.hex(16)
        clientID = Random.hex(16)
    }

    /// Begins the flow that the site has.
    package func begin() async throws(ClientError) -> Way {
        do {
            return try await beginDevice()
        } catch .notFound {
            // An older Discourse: its page shows the answer instead.
            return .paste(page: page)
        } catch .forbidden {
            return .paste(page: page)
        } catch {
            throw error
        }
    }

    private func beginDevice() async throws(ClientError) -> Way {
        var request = DeviceRequest()
        request.applicationName = KeyRequest.applicationName
        request.clientID = clientID
        request.scopes = KeyRequest.scopes
        request.nonce = nonce
        request.publicKey = key.publicPEM
        let reply = try await client.call(API.UserAPIKeys.startDevice, body: request)
        guard !reply.deviceCode.isEmpty, !reply.userCode.isEmpty else {
            throw .protocolError(reason: "no code for the device")
        }
        return .device(
            userCode: reply.userCode,
            page: reply.verificationURI,
            deviceCode: reply.deviceCode,
            interval: max(1, min(60, reply.interval)),
            seconds: max(30, min(3600, reply.expiresIn))
        )
    }

    /// The page that asks the member, with everything in its address.
    private var page: String {
        let query = [
            ("application_name", KeyRequest.applicationName), ("client_id", clientID),
            ("scopes", KeyRequest.scopes), ("nonce", nonce), ("public_key", key.publicPEM),
        ]
        let text = query.map { "\($0)=\(percentEncoded($1))" }.joined(separator: "&")
        return client.site.url("/user-api-key/new?\(text)")
    }

    /// Asks whether the member has decided.
    package func poll(_ deviceCode: String) async throws(ClientError) -> Standing {
        var request = DevicePollRequest()
        request.deviceCode = deviceCode
        let reply = try await client.call(API.UserAPIKeys.pollDevice, body: request)
        switch DevicePollReply.Status(rawValue: reply.status) {
        case .authorized: return .approved(try open(payload: reply.payload ?? ""))
        case .denied: return .denied
        case .expired: return .expired
        case .pending, nil: return .pending
        }
    }

    /// The key in what the site sealed for this request.
    ///
    /// Throws ``ClientError/invalid(messages:)`` for anything else, such as half of it.
    package func open(payload: String) throws(ClientError) -> Credentials {
        let text = payload.filter { !$0.isWhitespace }
        guard text.utf8.count <= Limits.payloadBytes, let sealed = Base64.decode(text),
            let bytes = key.decrypt(sealed, padding: .pkcs1)
        else {
            throw .invalid(messages: ["That is not what the page showed for this request."])
        }
        do {
            let opened = try decodeReply(Opened.self, from: bytes)
            guard opened.nonce == nonce, !opened.key.isEmpty else {
                throw ClientError.invalid(messages: ["That key answers another request."])
            }
            return .userAPIKey(Secret(opened.key), clientID: clientID)
        } catch let error as ClientError {
            throw error
        } catch {
            throw .protocolError(reason: "no key in the answer")
        }
    }

    private struct Opened: Codable {
        var key: String
        var nonce: String
    }
}
