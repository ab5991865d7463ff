import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// The one way of requests whose address somebody else named: a name is resolved once, its addresses
/// are checked, and the connection goes to what was checked. Redirects are not followed, nothing of
/// the environment (proxies, credentials, cookies) is used, and every answer is bounded in time and size.
package struct EgressClient: Sendable {
    package struct Request: Sendable {
        package var url: EgressURL
        package var headers: [(name: String, value: String)]
        package var body: [UInt8]
        /// Off for receivers whose certificate nobody vouches for.
        package var verifiesCertificate = true

        package init(
            url: EgressURL,
            headers: [(name: String, value: String)],
            body: [UInt8],
            verifiesCertificate: Bool = true
        ) {
            self.url = url
            self.headers = headers
            self.body = body
            self.verifiesCertificate = verifiesCertificate
        }
    }

    package struct Response: Sendable {
        package let status: Int
        package let headers: [(name: String, value: String)]
        /// Up to `EgressLimits.responseBytes` of it.
        package let body: [UInt8]
    }

    private let resolver: Resolver

    package init(resolver: Resolver = .system) {
        self.resolver = resolver
    }

    /// Whether requests may go there, as things are now; asked again for each request.
    ///
    /// - Throws: `EgressError`.
    package func check(_ url: EgressURL, _ policy: EgressPolicy) async throws(EgressError) {
        _ = try await destinations(of: url, policy)
    }

    /// Sends a POST.
    package func post(
        _ request: Request,
        _ policy: EgressPolicy
    ) async throws(EgressError) -> Response {
        guard request.body.count <= EgressLimits.requestBytes else {
            throw .refused("the body has \(request.body.count) bytes, more than can be sent")
        }
        return try await within(seconds: EgressLimits.totalSeconds) {
            let destinations = try await self.destinations(of: request.url, policy)
            var failure = EgressError.unreachable("\(request.url.host) has no address")
            for address in destinations.prefix(EgressLimits.addressesTried) {
                do {
                    return try await self.post(request, to: address)
                } catch let error where Self.isBeforeSending(error) {
                    failure = .unreachable("\(request.url.host): \(Self.reason(error))")
                }
            }
            throw failure
        }
    }

    private func destinations(
        of url: EgressURL,
        _ policy: EgressPolicy
    ) async throws(EgressError) -> [IPAddress] {
        try policy.checkPort(of: url)
        if let literal = url.literal { return try policy.checked([literal], of: url) }
        let addresses: [IPAddress]
        do {
            addresses = try await resolver.addresses(url.host)
        } catch let error as EgressError {
            throw error
        } catch {
            throw .unreachable("\(url.host): \(error)")
        }
        return try policy.checked(addresses, of: url)
    }

    /// A client of its own for each request: it knows one address for the name, and no connection
    /// outlives it.
    private func post(_ request: Request, to address: IPAddress) async throws -> Response {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(
                connect: .milliseconds(Int64(EgressLimits.connectSeconds * 1_000)),
                read: .milliseconds(Int64(EgressLimits.totalSeconds * 1_000))
            ),
            decompression: .disabled
        )
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.dnsOverride = [request.url.host: address.description]
        if !request.verifiesCertificate {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.certificateVerification = .none
            configuration.tlsConfiguration = tls
        }
        let client = HTTPClient(
            eventLoopGroupProvider: .shared(HTTPClient.defaultEventLoopGroup),
            configuration: configuration
        )
        let outcome: Result<Response, any Error>
        do {
            outcome = .success(try await exchange(request, client))
        } catch {
            outcome = .failure(error)
        }
        try await client.shutdown()
        return try outcome.get()
    }

    private func exchange(_ request: Request, _ client: HTTPClient) async throws -> Response {
        var outgoing = HTTPClientRequest(url: request.url.text)
        outgoing.method = .POST
        for (name, value) in request.headers { outgoing.headers.add(name: name, value: value) }
        outgoing.body = .bytes(ByteBuffer(bytes: request.body))
        let answer = try await client.execute(
            outgoing,
            timeout: .milliseconds(Int64(EgressLimits.totalSeconds * 1_000))
        )
        var body: [UInt8] = []
        for try await part in answer.body {
            body += part.readableBytesView.prefix(EgressLimits.responseBytes - body.count)
            if body.count >= EgressLimits.responseBytes { break }
        }
        return Response(
            status: Int(answer.status.code),
            headers: answer.headers.prefix(EgressLimits.responseHeaders).map {
                ($0.name, String($0.value.prefix(EgressLimits.responseHeaderBytes)))
            },
            body: body
        )
    }

    /// Whether nothing was sent, so that the next address may be tried.
    private static func isBeforeSending(_ error: any Error) -> Bool {
        if let error = error as? IOError {
            return [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT].contains(error.errnoCode)
        }
        return error is NIOConnectionError || (error as? HTTPClientError) == .connectTimeout
    }

    private static func reason(_ error: any Error) -> String {
        if let error = error as? NIOConnectionError, let first = error.connectionErrors.first {
            return "\(first.error)"
        }
        return "\(error)"
    }

    private func within(
        seconds: Double,
        _ work: @escaping @Sendable () async throws -> Response
    ) async throws(EgressError) -> Response {
        do {
            return try await withThrowingTaskGroup(of: Response?.self) { group in
                group.addTask { try await work() }
                group.addTask {
                    try await Task.sleep(for: .seconds(seconds))
                    return nil
                }
                defer { group.cancelAll() }
                guard let first = try await group.next(), let response = first else {
                    throw EgressError.timeout
                }
                return response
            }
        } catch let error as EgressError {
            throw error
        } catch let error as HTTPClientError where Self.isTimeout(error) {
            throw .timeout
        } catch {
            throw .unreachable(Self.reason(error))
        }
    }

    private static func isTimeout(_ error: HTTPClientError) -> Bool {
        [.deadlineExceeded, .readTimeout, .connectTimeout].contains(error)
    }
}
