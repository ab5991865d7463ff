import Forum
import ForumAPI
import Postgres

/// The log of what staff did, and the lists that sign-ups are checked against.
struct AdminLogRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.AdminLogs.staffActions, .staff) { call in
            let body = call.body
            let filter = StaffLogFilter(
                action: Self.given(body.actionName),
                actor: Self.given(body.actingUser),
                target: Self.given(body.targetUser),
                subject: Self.given(body.subject),
                start: try AdminDates.time(body.startDate, "start_date"),
                end: try AdminDates.time(body.endDate, "end_date"),
                page: body.page ?? 0
            )
            let entries = try await community.staffActions(filter, for: call.principal)
            return StaffActionLogsReply(
                logs: entries.map(Self.body),
                actions: StaffAction.Kind.allCases.enumerated().map { place, kind in
                    UserHistoryActionBody(id: kind.rawValue, actionID: place + 1)
                }
            )
        }
        addScreening(to: routes)
        addAddresses(to: routes)
    }

    private func addScreening(to routes: RouteTable) {
        routes.serve(API.AdminLogs.screenedEmails, .staff) { call in
            let page = call.body.page ?? 0
            return try await community.screenedEmails(page: page, for: call.principal).map {
                ScreenedEmailBody(
                    id: Int($0.id),
                    email: $0.what,
                    action: Self.name($0.action),
                    matchCount: $0.matchCount,
                    lastMatchAt: $0.lastMatchAt?.iso8601,
                    createdAt: $0.createdAt.iso8601,
                    ipAddress: $0.clientIP
                )
            }
        }
        routes.serve(API.AdminLogs.forgetEmail, .admin) { call in
            try await community.forgetScreenedEmail(call.id("id"), by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.AdminLogs.screenedURLs, .staff) { call in
            let page = call.body.page ?? 0
            return try await community.screenedURLs(page: page, for: call.principal).map {
                ScreenedURLBody(
                    id: Int($0.id),
                    url: $0.what,
                    domain: $0.domain ?? "",
                    action: Self.name($0.action),
                    matchCount: $0.matchCount,
                    lastMatchAt: $0.lastMatchAt?.iso8601,
                    createdAt: $0.createdAt.iso8601,
                    ipAddress: $0.clientIP
                )
            }
        }
    }

    private func addAddresses(to routes: RouteTable) {
        routes.serve(API.AdminLogs.screenedAddresses, .staff) { call in
            try await community.screenedAddresses(
                matching: Self.given(call.body.filter),
                page: call.body.page ?? 0,
                for: call.principal
            ).map(Self.address)
        }
        routes.serve(API.AdminLogs.screenAddress, .admin) { call in
            guard let address = Self.given(call.body.ipAddress) else {
                throw WireError.missing(parameter: "ip_address")
            }
            let made = try await community.screenAddress(
                address,
                Self.action(call.body.actionName) ?? .block,
                by: call.principal
            )
            return ScreenIPAddressReply(Self.address(made))
        }
        routes.serve(API.AdminLogs.changeAddress, .admin) { call in
            let changed = try await community.changeScreenedAddress(
                call.id("id"),
                network: Self.given(call.body.ipAddress),
                action: Self.action(call.body.actionName),
                by: call.principal
            )
            return ScreenIPAddressReply(Self.address(changed))
        }
        routes.serve(API.AdminLogs.forgetAddress, .admin) { call in
            try await community.forgetScreenedAddress(call.id("id"), by: call.principal)
            return SuccessReply()
        }
    }

    private static func body(_ entry: StaffActionEntry) -> StaffActionLogBody {
        var body = StaffActionLogBody()
        body.id = Int(entry.id)
        body.actionName = entry.action
        body.details = entry.details
        body.context = entry.context
        body.ipAddress = entry.clientIP
        body.email = entry.email
        body.createdAt = entry.createdAt.iso8601
        body.subject = entry.subject
        body.previousValue = entry.previousValue
        body.newValue = entry.newValue
        body.topicID = entry.topicID.map { Int($0.value) }
        body.postID = entry.postID.map { Int($0.value) }
        body.categoryID = entry.categoryID.map { Int($0.value) }
        body.actingUser = entry.actor.map(AdminUserPresenter.basic)
        body.targetUser = entry.target.map(AdminUserPresenter.basic)
        return body
    }

    private static func address(_ entry: ScreenedEntry) -> ScreenedIPAddressBody {
        ScreenedIPAddressBody(
            id: Int(entry.id),
            ipAddress: entry.what,
            actionName: name(entry.action),
            matchCount: entry.matchCount,
            lastMatchAt: entry.lastMatchAt?.iso8601,
            createdAt: entry.createdAt.iso8601
        )
    }

    private static func name(_ action: Int) -> String {
        ScreeningAction(rawValue: action)?.name ?? "do_nothing"
    }

    private static func action(_ name: String?) throws(ForumError) -> ScreeningAction? {
        guard let name = given(name) else { return nil }
        guard let action = ScreeningAction.allCases.first(where: { $0.name == name }) else {
            throw ForumError(
                .malformed,
                "action_name must be block, do_nothing or allow_admin.",
                field: "action_name"
            )
        }
        return action
    }

    private static func given(_ text: String?) -> String? {
        text.flatMap { $0.isEmpty ? nil : $0 }
    }
}
