import Forum
import ForumAPI
import Postgres

struct ReportRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Reports.list, .admin) { _ in
            ReportListReply(
                reports: Report.Kind.allCases.map {
                    ReportListReply.Entry(type: $0.rawValue, title: $0.title)
                }
            )
        }
        routes.serve(API.Reports.show, .admin) { call in
            guard let kind = Report.Kind(rawValue: try call.requiredText("type")) else {
                throw ForumError.notFound
            }
            let report = try await community.report(
                kind,
                from: AdminDates.time(call.body.startDate, "start_date"),
                to: AdminDates.time(call.body.endDate, "end_date"),
                for: call.principal
            )
            return ReportReply(
                report: ReportBody(
                    type: kind.rawValue,
                    title: kind.title,
                    data: report.days.map { ReportBody.Point(x: $0.day, y: $0.count) },
                    startDate: report.start.iso8601,
                    endDate: report.end.iso8601,
                    total: report.total,
                    prevPeriod: report.previous
                )
            )
        }
    }
}

/// Dates as administrators give them.
enum AdminDates {
    /// A time, or the beginning of a day; `nil` when nothing is given.
    static func time(_ text: String?, _ field: String) throws(ForumError) -> Timestamp? {
        guard let text, !text.isEmpty else { return nil }
        let full = text.utf8.count == 10 ? text + "T00:00:00Z" : text
        guard let time = Timestamp(iso8601: full) else {
            throw ForumError(.malformed, "\(field) is not a date.", field: field)
        }
        return time
    }
}
