import Cryptography

/// A signature and whose key it was made with.
struct KeyedSignature: Sendable {
    let algorithm: DKIMSignature.Algorithm
    let signature: [UInt8]
    /// `d=`, in lower case.
    let domain: String
    let selector: String
}

/// Holds signatures against the keys that their domains publish.
struct KeyCheck: Sendable {
    typealias Finding = (outcome: DKIMResult.Outcome, reason: String?)

    let resolver: any TXTResolver

    /// - Parameter input: What was signed, before it is hashed.
    func check(_ seal: KeyedSignature, of input: [UInt8]) async -> Finding {
        let records: [String]
        do {
            records = try await resolver.records(of: "\(seal.selector)._domainkey.\(seal.domain)")
        } catch {
            return (.temporary, "no answer about the key")
        }
        guard let record = records.lazy.compactMap({ DKIMKeyRecord($0) }).first else {
            return (.permanent, "no key")
        }
        guard !record.bytes.isEmpty else { return (.permanent, "the key was withdrawn") }
        guard let key = record.key(for: seal.algorithm) else {
            return (.permanent, "the key does not fit")
        }
        // RFC 8463 §3: Ed25519 signs the hash; RSA has the hash in its padding.
        let signed = seal.algorithm == .rsaSHA256 ? input : Digest.sha256(input)
        guard key.verifies(seal.signature, of: signed) else {
            return (.fail, "the header was changed")
        }
        return record.isTest ? (.neutral, "the domain only tests") : (.pass, nil)
    }
}
