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

    /// Makes `viewer` what they are now.
    ///
    /// - Returns: Whether they may still read.
    mutating func isStillAllowed() async throws -> Bool {
        let heard = bus.accessVersion(of: viewer)
        let isFresh = ContinuousClock.now - age < .seconds(WebLimits.proofSeconds)
        if heard != nil, heard == version, isFresh { return true }
        do {
            let now = try await proveAgain()
            try RoutePolicy.everybody.check(now, loginRequired: settings.current.loginRequired)
            guard now.principal?.id == user else { return false }
            viewer = now
            version = heard
            age = .now
            return true
        } catch let error as ForumError where error.code != .unavailable {
            return false
        }
    }
}
