/// What a domain wants done with mail that only pretends to be from it (RFC 7489 §6.3; the organisation
/// a name belongs to is found by walking up the tree, as its successor does, for no list of suffixes
/// can be kept up to date here).
package struct DMARCPolicy: Sendable, Equatable {
    package enum Request: String, Sendable, CaseIterable {
        case none
        case quarantine
        case reject
    }

    let request: Request
    let subdomainRequest: Request
    /// `adkim=s`: only the very domain counts.
    let isStrict: Bool
    /// `t=y`: the domain only watches.
    let isTest: Bool
    let psd: String

    /// - Returns: `nil` for a record that is none of DMARC.
    init?(_ record: String) {
        guard let tags = TagList(record.utf8), tags.firstName == "v", tags["v"] == "DMARC1" else {
            return nil
        }
        let request = tags["p"].flatMap { Request(rawValue: $0.asciiLowercased) } ?? .none
        self.request = request
        subdomainRequest = tags["sp"].flatMap { Request(rawValue: $0.asciiLowercased) } ?? request
        isStrict = tags["adkim"]?.asciiLowercased == "s"
        isTest = tags["t"]?.asciiLowercased == "y"
        psd = tags["psd"]?.asciiLowercased ?? "u"
    }
}

/// What our own check of a mail's sender came to.
package struct SenderCheck: Sendable, Equatable {
    package enum Outcome: String, Sendable, CaseIterable {
        /// A signature of the domain in From, or of its organisation, fits.
        case pass
        /// None does, and the domain wants such mail refused.
        case fail
        /// Nothing is proved.
        case none
        /// The DNS did not answer.
        case temporary = "temperror"
    }

    package let outcome: Outcome
    package let signatures: [DKIMResult]
}

/// Whether a mail's From is vouched for by a signature of the same organisation.
package struct SenderVerifier: Sendable {
    private let resolver: any TXTResolver

    package init(resolver: any TXTResolver) {
        self.resolver = resolver
    }

    /// - Parameters:
    ///   - domain: Of the one address in From.
    ///   - now: In seconds since 1970.
    package func check(_ message: Message, from domain: String, now: Int64) async -> SenderCheck {
        let domain = domain.asciiLowercased
        guard DomainName.isPlain(domain) else { return SenderCheck(outcome: .none, signatures: []) }
        let signatures = await DKIMVerifier(resolver: resolver).verify(message, now: now)
        do {
            let outcome = try await outcome(signatures, domain)
            return SenderCheck(outcome: outcome, signatures: signatures)
        } catch {
            return SenderCheck(outcome: .temporary, signatures: signatures)
        }
    }

    private func outcome(
        _ signatures: [DKIMResult],
        _ domain: String
    ) async throws(TXTLookupFailure) -> SenderCheck.Outcome {
        let signers = Set(signatures.filter { $0.outcome == .pass }.map(\.domain))
        if signers.contains(domain) { return .pass }
        let author = try await organisation(of: domain)
        if author.policy?.isStrict != true {
            for signer in signers.sorted() {
                if try await organisation(of: signer).name == author.name { return .pass }
            }
        }
        if signatures.contains(where: { $0.outcome == .temporary }) { return .temporary }
        guard let policy = author.policy, !policy.isTest else { return .none }
        let request = author.hasOwnPolicy ? policy.request : policy.subdomainRequest
        return request == .none ? .none : .fail
    }

    private struct Organisation {
        var name: String
        var policy: DMARCPolicy?
        /// Whether the policy stands at the domain asked about, not above it.
        var hasOwnPolicy: Bool
    }

    /// The tree walk: the domain itself, then its parents, at most eight questions.
    private func organisation(
        of domain: String
    ) async throws(TXTLookupFailure) -> Organisation {
        let labels = domain.split(separator: ".")
        var result = Organisation(name: domain, policy: nil, hasOwnPolicy: false)
        var length = labels.count
        while length > 0 {
            let name = labels.suffix(length).joined(separator: ".")
            let records = try await resolver.records(of: "_dmarc.\(name)")
            let policies = records.compactMap { DMARCPolicy($0) }
            // More than one record counts as none (RFC 7489 §6.6.3).
            if policies.count == 1, let policy = policies.first {
                if policy.psd == "y", length < labels.count {
                    // A registry: the organisation is one label longer.
                    result.name = labels.suffix(length + 1).joined(separator: ".")
                    result.policy = result.policy ?? policy
                    return result
                }
                result.name = name
                if result.policy == nil {
                    result.policy = policy
                    result.hasOwnPolicy = length == labels.count
                }
                if policy.psd == "n" { return result }
            }
            // From a long name the walk goes on seven labels above the root.
            length = length > 8 ? 7 : length - 1
        }
        return result
    }
}
