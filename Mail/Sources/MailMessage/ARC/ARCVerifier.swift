/// What servers on the way of a mail sealed of it (RFC 8617): who vouches, and for what.
package struct ARCResult: Sendable, Equatable {
    package enum Outcome: String, Sendable, CaseIterable {
        /// Nobody sealed.
        case none
        case pass
        case fail
        /// A key cannot be had at the moment.
        case temporary = "temperror"
    }

    package let outcome: Outcome
    /// Who sealed, the first first. Each could have lied about what was before.
    package let sealers: [String]
    /// What the first of them saw, when the mail was as its author sent it.
    package let firstResults: AuthenticationResults?
    /// Why it is not `pass`.
    package let reason: String?

    static func failed(_ reason: String) -> ARCResult {
        ARCResult(outcome: .fail, sealers: [], firstResults: nil, reason: reason)
    }

    /// What the first sealer said about DMARC, if the chain holds, all of its sealers are trusted, and
    /// its word was of this domain in From.
    ///
    /// - Parameter trusted: Domains in lower case.
    package func vouches(forFrom domain: String, trusted: Set<String>) -> Bool {
        guard outcome == .pass, !sealers.isEmpty, sealers.allSatisfy(trusted.contains),
            let results = firstResults?.results.filter({ $0.method == "dmarc" }), results.count == 1
        else { return false }
        return results[0].result == "pass"
            && results[0].properties.contains {
                $0.type == "header" && $0.name == "from"
                    && $0.value.asciiLowercased == domain.asciiLowercased
            }
    }
}

/// Checks chains of ARC.
package struct ARCVerifier: Sendable {
    private static let mostSets = 50

    private let resolver: any TXTResolver

    package init(resolver: any TXTResolver) { self.resolver = resolver }

    /// One server's three fields.
    private struct SealSet {
        var results: HeaderField
        var signature: HeaderField
        var seal: HeaderField
    }

    /// - Parameter now: In seconds since 1970.
    package func verify(_ message: Message, now: Int64) async -> ARCResult {
        let sets: [SealSet]
        do {
            sets = try Self.sets(of: message.headers)
        } catch {
            return .failed(error.reason)
        }
        guard !sets.isEmpty else {
            return ARCResult(outcome: .none, sealers: [], firstResults: nil, reason: nil)
        }
        do {
            try await checkSignature(sets[sets.count - 1], message, now: now)
            var sealers: [String] = []
            // From the last to the first, each over all that was there before it.
            for index in sets.indices.reversed() {
                sealers.insert(try await checkSeal(sets[...index], message.headers), at: 0)
            }
            let first = message.headers.bytes(of: sets[0].results)
            return ARCResult(
                outcome: .pass,
                sealers: sealers,
                firstResults: Self.withoutInstance(first).flatMap { AuthenticationResults($0) },
                reason: nil
            )
        } catch {
            return ARCResult(
                outcome: error.isTemporary ? .temporary : .fail,
                sealers: [],
                firstResults: nil,
                reason: error.reason
            )
        }
    }

    private struct Broken: Error {
        let reason: String
        var isTemporary = false
    }

    // MARK: The sets

    /// Exactly one field of each kind for every number from 1 on.
    private static func sets(of headers: HeaderFields) throws(Broken) -> [SealSet] {
        let results = try numbered(headers, "ARC-Authentication-Results")
        let signatures = try numbered(headers, "ARC-Message-Signature")
        let seals = try numbered(headers, "ARC-Seal")
        let count = max(results.count, signatures.count, seals.count)
        guard count > 0 else { return [] }
        guard count <= mostSets else { throw Broken(reason: "too many seals") }
        var sets: [SealSet] = []
        for number in 1...count {
            guard let result = results[number], let signature = signatures[number],
                let seal = seals[number]
            else { throw Broken(reason: "the chain has gaps") }
            sets.append(SealSet(results: result, signature: signature, seal: seal))
        }
        return sets
    }

    private static func numbered(
        _ headers: HeaderFields,
        _ name: String
    ) throws(Broken) -> [Int: HeaderField] {
        var found: [Int: HeaderField] = [:]
        for field in headers.all(name) {
            let value = headers.bytes(of: field)
            guard let number = instance(of: value), found[number] == nil else {
                throw Broken(reason: "\(name) without a number of its own")
            }
            found[number] = field
            guard found.count <= mostSets else { throw Broken(reason: "too many seals") }
        }
        return found
    }

    /// `i=` of any of the three fields: in the results it has to come first.
    private static func instance(of value: [UInt8]) -> Int? {
        let digits: [UInt8]
        if let tags = TagList(value), let text = tags["i"] {
            digits = Array(text.utf8)
        } else {
            guard let head = value.split(separator: ASCII.semicolon, maxSplits: 1).first,
                let equal = head.firstIndex(of: ASCII.equal),
                head[..<equal].trimmed.elementsEqual("i".utf8)
            else { return nil }
            digits = Array(head[(equal + 1)...].trimmed)
        }
        guard (1...2).contains(digits.count), digits.allSatisfy(\.isDigit),
            let number = Int(String(decoding: digits, as: UTF8.self)), (1...50).contains(number)
        else { return nil }
        return number
    }

    private static func withoutInstance(_ value: [UInt8]) -> [UInt8]? {
        value.firstIndex(of: ASCII.semicolon).map { Array(value[($0 + 1)...]) }
    }

    // MARK: Signatures

    /// Over the mail as the last sealer passed it on (RFC 8617 §4.1.2).
    private func checkSignature(
        _ set: SealSet,
        _ message: Message,
        now: Int64
    ) async throws(Broken) {
        guard let tags = TagList(message.headers.bytes(of: set.signature)) else {
            throw Broken(reason: "ARC-Message-Signature: no list of tags")
        }
        let signature: DKIMSignature
        do {
            signature = try DKIMSignature(tags)
        } catch {
            throw Broken(reason: "ARC-Message-Signature: \(error.reason)")
        }
        guard !signature.names.contains("arc-seal") else {
            throw Broken(reason: "ARC-Message-Signature covers a seal")
        }
        let finding = await DKIMVerifier(resolver: resolver).check(
            signature,
            message.headers.wire(set.signature),
            message.headers.wireFields,
            message.wireBody,
            now: now
        )
        try Self.demand(finding, "ARC-Message-Signature")
    }

    /// Over all three fields of every set so far (RFC 8617 §5.1.1).
    ///
    /// - Returns: Who sealed.
    private func checkSeal(
        _ sets: ArraySlice<SealSet>,
        _ headers: HeaderFields
    ) async throws(Broken) -> String {
        guard let last = sets.last, let tags = TagList(headers.bytes(of: last.seal)) else {
            throw Broken(reason: "ARC-Seal: no list of tags")
        }
        let seal: KeyedSignature
        do {
            seal = try KeyedSignature(tags)
        } catch {
            throw Broken(reason: "ARC-Seal: \(error.reason)")
        }
        guard tags["h"] == nil, tags["bh"] == nil,
            tags["cv"]?.asciiLowercased == (sets.count == 1 ? "none" : "pass")
        else { throw Broken(reason: "ARC-Seal: the chain was broken before") }
        var input: [UInt8] = []
        for set in sets.dropLast() {
            for field in [set.results, set.signature, set.seal] {
                input += Self.line(headers.wire(field))
            }
        }
        input += Self.line(headers.wire(last.results)) + Self.line(headers.wire(last.signature))
        let own = SignedBytes.withoutSignature(headers.wire(last.seal))
        input += Canonicalization.relaxed.field(own)
        try Self.demand(await KeyCheck(resolver: resolver).check(seal, of: input), "ARC-Seal")
        return seal.domain
    }

    private static func line(_ field: [UInt8]) -> [UInt8] {
        Canonicalization.relaxed.field(field) + [ASCII.cr, ASCII.lf]
    }

    private static func demand(
        _ finding: KeyCheck.Finding,
        _ name: String
    ) throws(Broken) {
        guard finding.outcome != .pass else { return }
        throw Broken(
            reason: "\(name): \(finding.reason ?? finding.outcome.rawValue)",
            isTemporary: finding.outcome == .temporary
        )
    }
}
