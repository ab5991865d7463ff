import Cryptography

/// What became of one signature (RFC 6376 §3.9, in the words of RFC 8601 §2.7.1).
package struct DKIMResult: Sendable, Equatable {
    package enum Outcome: String, Sendable, CaseIterable {
        case pass
        /// It does not fit the mail.
        case fail
        /// It fits, but is not good enough for us.
        case policy
        case neutral
        /// The key cannot be had at the moment.
        case temporary = "temperror"
        case permanent = "permerror"
    }

    package let outcome: Outcome
    /// `d=`; empty when the field cannot be read.
    package let domain: String
    package let selector: String
    /// Why it is not `pass`.
    package let reason: String?
}

/// Checks the signatures of mails.
package struct DKIMVerifier: Sendable {
    private let resolver: any TXTResolver

    package init(resolver: any TXTResolver) {
        self.resolver = resolver
    }

    /// - Parameter now: In seconds since 1970.
    /// - Returns: A result for each of the first signatures.
    package func verify(_ message: Message, now: Int64) async -> [DKIMResult] {
        let signatures = message.headers.all("DKIM-Signature").prefix(Limits.signatures)
        guard !signatures.isEmpty else { return [] }
        let fields = message.headers.wireFields
        let body = message.wireBody
        var results: [DKIMResult] = []
        for field in signatures {
            let signature: DKIMSignature
            do {
                signature = try DKIMSignature(message.headers.bytes(of: field))
            } catch {
                results.append(
                    DKIMResult(
                        outcome: .permanent,
                        domain: "",
                        selector: "",
                        reason: error.reason
                    )
                )
                continue
            }
            let wire = message.headers.wire(field)
            let (outcome, reason) = await check(signature, wire, fields, body, now: now)
            results.append(
                DKIMResult(
                    outcome: outcome,
                    domain: signature.seal.domain,
                    selector: signature.seal.selector,
                    reason: reason
                )
            )
        }
        return results
    }

    /// What a signature over all of the mail comes to.
    func check(
        _ signature: DKIMSignature,
        _ wire: [UInt8],
        _ fields: [[UInt8]],
        _ body: [UInt8],
        now: Int64
    ) async -> KeyCheck.Finding {
        if let expires = signature.expires, expires < now { return (.policy, "expired") }
        let canonical = signature.bodyForm.body(body)
        if let length = signature.bodyLength, length < canonical.count {
            // §8.2: anybody may have added the rest.
            return (.policy, "the signature covers only a part of the body")
        }
        guard Digest.sha256(canonical) == signature.bodyHash else {
            return (.fail, "the body was changed")
        }
        if let name = Self.partlySigned(signature.names, fields) {
            return (.policy, "a field \(name) was added")
        }
        let input = SignedBytes.header(
            fields,
            names: signature.names,
            signature: SignedBytes.withoutSignature(wire),
            signature.headerForm
        )
        return await KeyCheck(resolver: resolver).check(signature.seal, of: input)
    }

    /// A field of which readers see another than the one that is signed.
    private static func partlySigned(_ names: [String], _ fields: [[UInt8]]) -> String? {
        let there = fields.map(SignedBytes.name(of:))
        return shownOnce.first { name in
            let signed = names.count { $0 == name }
            return signed > 0 && there.count { $0 == name } > signed
        }
    }

    private static let shownOnce = [
        "from", "subject", "date", "to", "reply-to", "message-id", "in-reply-to", "references",
        "mime-version", "content-type", "content-transfer-encoding",
    ]
}
