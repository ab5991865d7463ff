import Cryptography

/// What a DKIM-Signature field says (RFC 6376 §3.5, RFC 8463).
struct DKIMSignature: Sendable {
    enum Algorithm: String, Sendable {
        case rsaSHA256 = "rsa-sha256"
        case ed25519SHA256 = "ed25519-sha256"

        /// As the record of a key names it.
        var keyType: String {
            switch self {
            case .rsaSHA256: "rsa"
            case .ed25519SHA256: "ed25519"
            }
        }
    }

    let seal: KeyedSignature
    let bodyHash: [UInt8]
    let headerForm: Canonicalization
    let bodyForm: Canonicalization
    /// `h=`, in lower case.
    let names: [String]
    /// `l=`: how many bytes of the body are covered.
    let bodyLength: Int?
    /// `x=`, in seconds since 1970.
    let expires: Int64?

    /// Why a field cannot be used.
    struct Malformed: Error {
        let reason: String
    }

    init(_ value: [UInt8]) throws(Malformed) {
        guard let tags = TagList(value) else { throw Malformed(reason: "no list of tags") }
        guard tags["v"] == "1" else { throw Malformed(reason: "version") }
        try self.init(tags)
        guard Self.isOf(seal.domain, identity: tags["i"]) else {
            throw Malformed(reason: "domain")
        }
    }

    /// What DKIM and the signature of ARC (RFC 8617 §4.1.2) have in common: all but version and identity.
    init(_ tags: TagList) throws(Malformed) {
        seal = try KeyedSignature(tags)
        guard let bodyHash = tags.compact("bh").flatMap({ Cryptography.Base64.decode($0) }) else {
            throw Malformed(reason: "signature")
        }
        guard let names = tags.list("h")?.map(\.asciiLowercased), names.count <= 200,
            names.contains("from")
        else { throw Malformed(reason: "From is not signed") }
        guard let forms = Self.forms(tags.compact("c")) else {
            throw Malformed(reason: "canonicalization")
        }
        guard let length = Self.number(tags["l"]), let expires = Self.number(tags["x"]) else {
            throw Malformed(reason: "number")
        }
        self.bodyHash = bodyHash
        (headerForm, bodyForm) = forms
        self.names = names
        bodyLength = length.map { Int(clamping: $0) }
        self.expires = expires
    }

    /// `i=` has to be of the domain or below it (§3.5).
    private static func isOf(_ domain: String, identity: String?) -> Bool {
        guard let identity else { return true }
        guard let at = identity.lastIndex(of: "@") else { return false }
        let host = identity[identity.index(after: at)...].lowercased()
        return host == domain || host.hasSuffix("." + domain)
    }

    private static func forms(_ text: String?) -> (Canonicalization, Canonicalization)? {
        guard let text else { return (.simple, .simple) }
        let parts = text.asciiLowercased.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let header = Canonicalization(rawValue: String(parts[0])) else {
            return nil
        }
        guard parts.count == 2 else { return (header, .simple) }
        return Canonicalization(rawValue: String(parts[1])).map { (header, $0) }
    }

    /// - Returns: `nil` for what is no number; a number or nothing otherwise.
    private static func number(_ text: String?) -> Int64?? {
        guard let text else { return .some(nil) }
        guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy(\.isDigit),
            let value = Int64(text)
        else { return nil }
        return .some(value)
    }
}

extension KeyedSignature {
    init(_ tags: TagList) throws(DKIMSignature.Malformed) {
        guard
            let algorithm = tags["a"].flatMap({
                DKIMSignature.Algorithm(rawValue: $0.asciiLowercased)
            })
        else { throw DKIMSignature.Malformed(reason: "algorithm") }
        guard let signature = tags.compact("b").flatMap({ Cryptography.Base64.decode($0) }),
            !signature.isEmpty
        else { throw DKIMSignature.Malformed(reason: "signature") }
        guard let domain = tags["d"]?.asciiLowercased, DomainName.isPlain(domain),
            let selector = tags["s"]?.asciiLowercased, DomainName.isPlain(selector)
        else { throw DKIMSignature.Malformed(reason: "domain") }
        self.algorithm = algorithm
        self.signature = signature
        self.domain = domain
        self.selector = selector
    }
}

/// The public key of a selector, as its domain publishes it (RFC 6376 §3.6.1).
struct DKIMKeyRecord: Sendable {
    let keyType: String
    /// Empty when the key was withdrawn.
    let bytes: [UInt8]
    private let hashes: [String]?
    private let services: [String]?
    private let flags: [String]

    init?(_ record: String) {
        guard let tags = TagList(record.utf8) else { return nil }
        if let version = tags["v"] {
            guard version == "DKIM1", tags.firstName == "v" else { return nil }
        }
        guard let key = tags.compact("p"),
            let bytes = key.isEmpty ? [] : Cryptography.Base64.decode(key)
        else {
            return nil
        }
        keyType = tags["k"]?.asciiLowercased ?? "rsa"
        self.bytes = bytes
        hashes = tags.list("h")?.map(\.asciiLowercased)
        services = tags.list("s")?.map(\.asciiLowercased)
        flags = tags.list("t")?.map(\.asciiLowercased) ?? []
    }

    /// Whether its domain says that signatures of it prove nothing yet.
    var isTest: Bool { flags.contains("y") }

    /// The key, if the record is for signatures of this kind.
    func key(for algorithm: DKIMSignature.Algorithm) -> VerifyingKey? {
        guard keyType == algorithm.keyType, hashes?.contains("sha256") ?? true,
            services.map({ $0.contains("*") || $0.contains("email") }) ?? true
        else { return nil }
        return switch algorithm {
        case .rsaSHA256: VerifyingKey(rsa: bytes)
        case .ed25519SHA256: VerifyingKey(ed25519: bytes)
        }
    }
}
