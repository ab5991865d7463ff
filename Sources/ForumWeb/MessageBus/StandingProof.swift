import Forum
import ForumAPI

/// Who an answer that stays open is for: proved again when their rights changed, and when the proof has
/// aged. A revoked key ends the answer, a group that was left silences its channels.
struct StandingProof: Sendable {
    private let proveAgain: @Sendable () async throws -> Viewer
    private let bus: LiveBus
    private let settings: SettingsStore
    /// Who it was at the beginning: whoever began as a member does not go on as one of everybody.
    private let user: UserID?
    private(set) var viewer: Viewer
    private var version: Int?
    private var age = ContinuousClock.now

    init<Body>(_ call: Call<Body>, bus: LiveBus, settings: SettingsStore) {
        proveAgain = call.proveAgain
        self.bus = bus
        self.settings = settings
        user = call.viewer.principal?.id
        viewer = call.viewer
        version = bus.accessVersion(of: call.viewer)
    }

    /// Whether what was proved still counts.
    var isFresh: Bool {
        let heard = bus.accessVersion(of: viewer)
        return heard != nil && heard == version
            && ContinuousClock.now - age < .seconds(WebLimits.proofSeconds)
    }

    /// The proof with what the viewer is now; `nil` when they may no longer read.
    func renewed() async throws -> StandingProof? {
        var renewed = self
        renewed.version = bus.accessVersion(of: viewer)
        do {
            renewed.viewer = try await proveAgain()
            try RoutePolicy.everybody.check(
                renewed.viewer,
                loginRequired: settings.current.loginRequired
            )
        } catch let error as ForumError where error.code != .unavailable {
            return nil
        }
        renewed.age = .now
        return renewed.viewer.principal?.id == user ? renewed : nil
    }
}
