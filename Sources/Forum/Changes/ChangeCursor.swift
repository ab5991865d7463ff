import Cryptography

/// Where a reader of the change feed stands.
///
/// On the wire it is sealed: what stands in it (how many entries there are, how far the hidden ones have
/// come) is not the reader's to know, and each answer has another text even where nothing moved.
struct ChangeCursor: Sendable, Equatable {
    /// The kind that the walk over everything is at, `nil` once it is done.
    var walking: Change.Kind?
    /// The last number of that kind that was looked at.
    var lastID: Int64 = .min
    /// The database cluster whose transactions are meant.
    var cluster: Int64
    /// All entries up to this one are done with.
    var xid: Int64
    var seq: Int64
    /// Of the groups of the viewer it was made for.
    var audience: Int64

    /// A number that stands for the viewer's groups.
    static func audience(of viewer: Viewer) -> Int64 {
        let groups = viewer.groupIDs.sorted().map(String.init).joined(separator: ",")
        let digest = Digest.sha256("\(viewer.principal?.id.value ?? 0):\(viewer.isAdmin):\(groups)")
        return integer(digest[0..<8])
    }

    func sealed(with secrets: SiteSecrets) -> String {
        var plain: [UInt8] = [Self.version, UInt8(walking?.rawValue ?? 0)]
        for number in [lastID, cluster, xid, seq, audience] { plain += Self.bytes(number) }
        let nonce = Random.bytes(Self.nonceBytes)
        let hidden = zip(plain, Self.stream(nonce, secrets)).map { $0 ^ $1 }
        return Base64.encodeURL(nonce + hidden + Self.tag(nonce + hidden, secrets))
    }

    /// - Returns: `nil` for a text that this site did not make.
    static func unsealed(_ text: String, with secrets: SiteSecrets) -> ChangeCursor? {
        let plainBytes = 2 + 5 * 8
        guard text.utf8.count <= 128, let bytes = Base64.decode(text, alphabet: .url),
            bytes.count == nonceBytes + plainBytes + tagBytes
        else { return nil }
        let sealed = Array(bytes.dropLast(tagBytes))
        guard constantTimeEqual(Array(bytes.suffix(tagBytes)), tag(sealed, secrets)) else {
            return nil
        }
        let nonce = Array(sealed.prefix(nonceBytes))
        let plain = zip(sealed.dropFirst(nonceBytes), stream(nonce, secrets)).map { $0 ^ $1 }
        guard plain[0] == version else { return nil }
        let numbers = (0..<5).map { integer(plain[(2 + $0 * 8)..<(10 + $0 * 8)]) }
        return ChangeCursor(
            walking: Change.Kind(rawValue: Int(plain[1])),
            lastID: numbers[0],
            cluster: numbers[1],
            xid: numbers[2],
            seq: numbers[3],
            audience: numbers[4]
        )
    }

    private static let version: UInt8 = 1
    private static let nonceBytes = 12
    private static let tagBytes = 12

    private static func key(_ use: String, _ secrets: SiteSecrets) -> [UInt8] {
        HMAC.sha256(key: secrets.links, message: "change cursor: \(use)")
    }

    /// 64 bytes that go with the nonce.
    private static func stream(_ nonce: [UInt8], _ secrets: SiteSecrets) -> [UInt8] {
        let key = key("stream", secrets)
        return HMAC.sha256(key: key, message: nonce + [0])
            + HMAC.sha256(key: key, message: nonce + [1])
    }

    private static func tag(_ sealed: [UInt8], _ secrets: SiteSecrets) -> [UInt8] {
        Array(HMAC.sha256(key: key("tag", secrets), message: sealed).prefix(tagBytes))
    }

    private static func bytes(_ number: Int64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * Int64($0))) }
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> Int64 {
        bytes.reduce(0) { $0 << 8 | Int64($1) }
    }
}
