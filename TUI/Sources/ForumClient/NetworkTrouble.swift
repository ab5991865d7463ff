import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix

/// Why a site was not reached, in words for people.
enum NetworkTrouble {
    static func reason(_ error: any Error) -> String {
        switch error {
        case let error as HTTPClientError: error.shortDescription
        case let error as NIOConnectionError: reason(error)
        case let error as IOError: reason(error)
        case let error: String(describing: error)
        }
    }

    private static func reason(_ error: NIOConnectionError) -> String {
        let tried = error.connectionErrors.compactMap { $0.error as? IOError }
        if let refused = tried.first { return reason(refused) }
        return error.dnsAError == nil && error.dnsAAAAError == nil
            ? String(describing: error) : "no host has the name \(error.host)"
    }

    private static func reason(_ error: IOError) -> String {
        switch error.errnoCode {
        case ECONNREFUSED: "nobody answers at this address"
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN: "there is no way to it from here"
        case ETIMEDOUT: "it does not answer"
        case ECONNRESET, EPIPE: "the connection broke"
        default: String(cString: strerror(error.errnoCode))
        }
    }
}
