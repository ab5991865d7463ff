package import NIOSSL

/// TLS towards a server of mail.
package enum ClientTLS {
    /// Reads the authorities: slow, once for each client.
    package static func context(for server: ServerURL) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        switch server.verification {
        case .full: configuration.certificateVerification = .fullVerification
        case .none: configuration.certificateVerification = .none
        }
        if let authorities = server.authorities {
            configuration.trustRoots = .file(authorities)
        }
        return try NIOSSLContext(configuration: configuration)
    }

    /// For a name the certificate is checked against the name, for an address against the
    /// address of the connection; SNI carries names alone.
    package static func handler(
        _ context: NIOSSLContext,
        host: String
    ) throws -> NIOSSLClientHandler {
        let isAddress = SocketHost.isIPv4(host) || SocketHost.isIPv6(host)
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
    }
}
