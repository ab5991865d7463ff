package import Forum
package import Hummingbird
import NIOCore

/// How the viewer of a request was proved.
package enum Proof: Sendable, Equatable {
    case none
    case session(token: String)
    case apiKey
}

/// Who a request is from, as far as it proved it.
package struct Proven: Sendable {
    package var viewer: Viewer = .anonymous
    package var proof: Proof = .none
    /// What the key of the request is for.
    package var grant: KeyGrant = .everything
    /// Tells one key of a member's program from another, when one was used.
    package var userKey: String?
    /// A session cookie was sent that proves nothing (any more).
    package var hasDeadSession = false
}

/// What a request carries through the router: who asks, and how they proved it.
package struct WebContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    package var proven = Proven()
    /// The address the request comes from, as far as it can be believed; `nil` without one.
    package var clientAddress: String?
    private let channel: any Channel

    package var viewer: Viewer { proven.viewer }
    package var proof: Proof { proven.proof }
    package var grant: KeyGrant { proven.grant }

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        clientAddress = source.channel.remoteAddress?.ipAddress
        channel = source.channel
    }

    /// Ends the connection once the answer had time to arrive: what else is sent on it is not read.
    package func closeSoon() {
        let channel = channel
        channel.eventLoop.scheduleTask(in: .seconds(WebLimits.lingerSeconds)) {
            channel.close(promise: nil)
        }
    }
}
