/// Whether a host may send in the name of a domain (RFC 7208 §2.6).
package struct SPFResult: Sendable, Equatable {
    package enum Outcome: String, Sendable, CaseIterable {
        /// The domain says nothing.
        case none
        case neutral
        case pass
        case fail
        case softFail = "softfail"
        /// The DNS did not answer.
        case temporary = "temperror"
        /// What the domain says cannot be understood, or asks too much.
        case permanent = "permerror"
    }

    package let outcome: Outcome
    /// Whose record was asked: of the envelope's sender, or what the host calls itself.
    package let domain: String
}

/// A host that sends a mail, by the transport.
package struct SPFClient: Sendable, Hashable {
    package let address: IPAddress
    package let helo: String
    /// Empty for `<>`.
    package let mailFrom: String

    package init(address: IPAddress, helo: String, mailFrom: String) {
        self.address = address
        self.helo = helo
        self.mailFrom = mailFrom
    }
}

/// Asks the records of SPF.
package struct SPFVerifier: Sendable {
    private let resolver: any DNSResolver

    package init(resolver: any DNSResolver) { self.resolver = resolver }

    package func check(_ client: SPFClient) async -> SPFResult {
        let sender = client.mailFrom.isEmpty ? "postmaster@\(client.helo)" : client.mailFrom
        let values = SPFMacro.Values(
            sender: sender,
            domain: "",
            helo: client.helo,
            address: client.address
        )
        let domain = String(values.senderDomain).asciiLowercased
        var check = SPFCheck(resolver: resolver, values: values)
        let outcome = await check.run(domain)
        return SPFResult(outcome: outcome, domain: domain)
    }
}

/// One question and all that follow from it.
private struct SPFCheck {
    /// Terms that ask the DNS (RFC 7208 §4.6.4), names of one of them, and answers without anything.
    private static let lookups = 10
    private static let names = 10
    private static let voids = 2

    private enum Stop: Error {
        case temporary
        case permanent
    }

    private let resolver: any DNSResolver
    private var values: SPFMacro.Values
    private var lookups = 0
    private var voids = 0

    init(resolver: any DNSResolver, values: SPFMacro.Values) {
        self.resolver = resolver
        self.values = values
    }

    mutating func run(_ domain: String) async -> SPFResult.Outcome {
        do {
            return try await check(domain)
        } catch {
            return error == .temporary ? .temporary : .permanent
        }
    }

    /// check_host() of RFC 7208 §4. It calls itself by `include` alone, which the count of lookups bounds.
    private mutating func check(_ domain: String) async throws(Stop) -> SPFResult.Outcome {
        var domain = domain
        guard var record = try await record(of: domain) else { return .none }
        // A redirect goes on with another domain; each counts as a lookup.
        while true {
            values.domain = domain
            for directive in record.directives
            where try await matches(directive.mechanism, in: domain) {
                return directive.result
            }
            guard let redirect = record.redirect else { return .neutral }
            try countLookup()
            domain = try await expanded(redirect, in: domain)
            guard let next = try await self.record(of: domain) else { throw .permanent }
            record = next
        }
    }

    private func record(of domain: String) async throws(Stop) -> SPFRecord? {
        guard DomainName.isPlain(domain), domain.contains(".") else { return nil }
        let texts: [String]
        do {
            texts = try await resolver.records(of: domain).filter(SPFRecord.isOne)
        } catch {
            throw .temporary
        }
        guard let text = texts.first else { return nil }
        guard texts.count == 1 else { throw .permanent }
        do {
            return try SPFRecord(text)
        } catch {
            throw .permanent
        }
    }

    private mutating func matches(
        _ mechanism: SPFRecord.Mechanism,
        in domain: String
    ) async throws(Stop) -> Bool {
        switch mechanism {
        case .all: return true
        case .network(let network, let bits): return values.address.isEqual(to: network, bits: bits)
        case .include(let name): return try await includes(name, in: domain)
        case .addresses(let name, let prefix):
            try countLookup()
            return try await isAddress(of: try await target(name, in: domain), prefix)
        case .mailServers(let name, let prefix):
            try countLookup()
            return try await isMailServer(of: try await target(name, in: domain), prefix)
        case .names(let name):
            try countLookup()
            let suffix = try await target(name, in: domain).asciiLowercased
            return await provedNames().contains { $0 == suffix || $0.hasSuffix(".\(suffix)") }
        case .exists(let name):
            try countLookup()
            return try await !ask(for: try await expanded(name, in: domain), .four).isEmpty
        }
    }

    private mutating func includes(
        _ name: String,
        in domain: String
    ) async throws(Stop) -> Bool {
        try countLookup()
        let included = try await expanded(name, in: domain)
        let outcome = try await check(included)
        values.domain = domain
        switch outcome {
        case .pass: return true
        case .fail, .softFail, .neutral: return false
        case .temporary: throw .temporary
        case .permanent, .none: throw .permanent
        }
    }

    private mutating func isAddress(
        of name: String,
        _ prefix: SPFRecord.Prefix
    ) async throws(Stop) -> Bool {
        let family = values.address.family
        let bits = family == .four ? prefix.four : prefix.six
        let address = values.address
        return try await ask(for: name, family).contains { $0.isEqual(to: address, bits: bits) }
    }

    private mutating func isMailServer(
        of name: String,
        _ prefix: SPFRecord.Prefix
    ) async throws(Stop) -> Bool {
        let servers: [String]
        do {
            servers = try await resolver.mailServers(of: name)
        } catch {
            throw .temporary
        }
        try count(isVoid: servers.isEmpty)
        guard servers.count <= Self.names else { throw .permanent }
        for server in servers where try await isAddress(of: server, prefix) { return true }
        return false
    }

    /// Names of the address that lead back to it.
    private func provedNames() async -> [String] {
        let names: [String]
        do {
            names = try await resolver.names(of: values.address)
        } catch {
            // What the DNS does not answer proves nothing here (RFC 7208 §5.5).
            return []
        }
        var proved: [String] = []
        for name in names.prefix(Self.names) where await leadsBack(name) {
            proved.append(name.asciiLowercased)
        }
        return proved
    }

    private func leadsBack(_ name: String) async -> Bool {
        do {
            return try await resolver.addresses(of: name, values.address.family)
                .contains(values.address)
        } catch {
            // As above.
            return false
        }
    }

    private mutating func ask(
        for name: String,
        _ family: IPAddress.Family
    ) async throws(Stop) -> [IPAddress] {
        guard DomainName.canBeAsked(name) else { return [] }
        let found: [IPAddress]
        do {
            found = try await resolver.addresses(of: name, family)
        } catch {
            throw .temporary
        }
        try count(isVoid: found.isEmpty)
        return found
    }

    private func target(_ name: String?, in domain: String) async throws(Stop) -> String {
        guard let name else { return domain }
        return try await expanded(name, in: domain)
    }

    private func expanded(_ text: String, in domain: String) async throws(Stop) -> String {
        var values = values
        values.domain = domain
        do {
            let macro = try SPFMacro(text)
            return macro.expanded(values, name: macro.needsName ? await bestName(domain) : "")
        } catch {
            throw .permanent
        }
    }

    /// The domain itself, a name below it, any other that is proved, or `unknown` (RFC 7208 §7.3).
    private func bestName(_ domain: String) async -> String {
        let names = await provedNames()
        return names.first { $0 == domain } ?? names.first { $0.hasSuffix(".\(domain)") }
            ?? names.first ?? "unknown"
    }

    private mutating func countLookup() throws(Stop) {
        lookups += 1
        guard lookups <= Self.lookups else { throw .permanent }
    }

    private mutating func count(isVoid: Bool) throws(Stop) {
        if isVoid { voids += 1 }
        guard voids <= Self.voids else { throw .permanent }
    }
}
