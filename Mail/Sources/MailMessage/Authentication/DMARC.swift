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
    /// `adkim=s`, `aspf=s`: only the very domain counts.
    let isStrict: Bool
    let isStrictForHosts: Bool
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
        isStrictForHosts = tags["aspf"]?.asciiLowercased == "s"
        isTest = tags["t"]?.asciiLowercased == "y"
        psd = tags["psd"]?.asciiLowercased ?? "u"
    }
}

/// What our own check of a mail's sender came to.
package struct SenderCheck: Sendable, Equatable {
    package enum Outcome: String, Sendable, CaseIterable {
        /// A signature of the domain in From, or of its organisation, fits, or the host may send for it.
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
    /// Nil where the host that sent the mail is not known.
    package var host: SPFResult?
    package var chain: ARCResult?
}

/// Whether a mail's From is vouched for: by a signature of the same organisation, by the host that sent
/// it, or by a server on the way that is trusted.
package struct SenderVerifier: Sendable {
    private let resolver: any DNSResolver
    /// Domains whose seals of ARC are believed.
    private let trustedSealers: Set<String>

    package init(resolver: any DNSResolver, trustedSealers: Set<String> = []) {
        self.resolver = resolver
        self.trustedSealers = trustedSealers
    }

    /// - Parameters:
    ///   - domain: Of the one address in From.
    ///   - client: The host that sent it, where that is known.
    ///   - now: In seconds since 1970.
    package func check(
        _ message: Message,
        from domain: String,
        by client: SPFClient? = nil,
        now: Int64
    ) async -> SenderCheck {
        let domain = domain.asciiLowercased
        guard DomainName.isPlain(domain) else { return SenderCheck(outcome: .none, signatures: []) }
        let signatures = await DKIMVerifier(resolver: resolver).verify(message, now: now)
        var host: SPFResult?
        if let client { host = await SPFVerifier(resolver: resolver).check(client) }
        let chain = await ARCVerifier(resolver: resolver).verify(message, now: now)
        var outcome: SenderCheck.Outcome
        do {
            outcome = try await self.outcome(signatures, host, domain)
        } catch {
            outcome = .temporary
        }
        if chain.vouches(forFrom: domain, trusted: trustedSealers) { outcome = .pass }
        return SenderCheck(outcome: outcome, signatures: signatures, host: host, chain: chain)
    }

    private func outcome(
        _ signatures: [DKIMResult],
        _ host: SPFResult?,
        _ domain: String
    ) async throws(TXTLookupFailure) -> SenderCheck.Outcome {
        let signers = Set(signatures.filter { $0.outcome == .pass }.map(\.domain))
        let sender = host?.outcome == .pass ? host?.domain : nil
        if signers.contains(domain) || sender == domain { return .pass }
        let author = try await organisation(of: domain)
        var others = author.policy?.isStrict == true ? [] : signers.sorted()
        if let sender, author.policy?.isStrictForHosts != true { others.append(sender) }
        for other in others {
            if try await organisation(of: other).name == author.name { return .pass }
        }
        if signatures.contains(where: { $0.outcome == .temporary }) || host?.outcome == .temporary {
            return .temporary
        }
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
