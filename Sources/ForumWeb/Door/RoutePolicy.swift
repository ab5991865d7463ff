import Forum
import ForumAPI

/// Who may use a route at all. Every route declares one; what exactly a person may do is asked again
/// by the use case.
package enum RoutePolicy: Sendable, CaseIterable {
    /// Also on a site that shows nothing before log-in: how one gets in.
    case open
    /// Whoever may read the site.
    case everybody
    case member
    /// To others these routes do not exist, as in Discourse.
    case staff
    case admin

    var audience: OperationDescription.Audience {
        switch self {
        case .open: .open
        case .everybody: .everybody
        case .member: .member
        case .staff: .staff
        case .admin: .admin
        }
    }

    /// - Throws: `.unauthenticated`, or `.notFound` where the route is to be unknown.
    func check(_ viewer: Viewer, loginRequired: Bool) throws(ForumError) {
        switch self {
        case .open: return
        case .everybody:
            if loginRequired, viewer == .anonymous { throw .notLoggedIn }
        case .member:
            _ = try viewer.requirePrincipal()
        case .staff:
            guard viewer.isStaff else { throw .notFound }
        case .admin:
            guard viewer.isAdmin else { throw .notFound }
        }
    }
}
